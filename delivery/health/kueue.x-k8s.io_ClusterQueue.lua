-- Kueue admits jobs through a ClusterQueue while its condition Active is true.
local stop = obj.spec and obj.spec.stopPolicy
if stop == "Hold" or stop == "HoldAndDrain" then
  return { status = "Suspended", message = "stopped by stopPolicy " .. stop }
end
for _, condition in ipairs((obj.status or {}).conditions or {}) do
  if condition.type == "Active" then
    local seen = condition.observedGeneration
    if seen ~= nil and obj.metadata.generation ~= nil and seen < obj.metadata.generation then
      return { status = "Progressing", message = "the last change is not taken in yet" }
    end
    if condition.status == "True" then
      return { status = "Healthy", message = condition.message or "" }
    end
    return { status = "Degraded", message = condition.message or condition.reason or "is not active" }
  end
end
return { status = "Progressing", message = "Kueue has not looked at it yet" }
