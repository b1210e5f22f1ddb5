-- A recommendation takes hours of usage, so having none yet is no reason to hold a sync up. Two conditions never mend
-- themselves: a target that can't be scaled this way, and a selector that no pod matches.
local message = "no recommendation yet"
for _, condition in ipairs((obj.status or {}).conditions or {}) do
  if condition.status == "True" then
    if condition.type == "ConfigUnsupported" or condition.type == "NoPodsMatched" then
      return { status = "Degraded", message = condition.message or condition.type }
    end
    if condition.type == "RecommendationProvided" then message = "has a recommendation" end
  end
end
return { status = "Healthy", message = message }
