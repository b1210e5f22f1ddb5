-- Argo CD counts an Application as healthy at once, so that the root application would not wait for its waves.
-- This passes the health of the application on, but only when it is the health of what the spec now asks for:
-- right after a promotion the status still tells about the old folder.

-- Whether everything in `part` is also in `whole`. Argo CD adds empty fields to the source that it has compared.
local function contains(whole, part)
  if type(part) ~= "table" then return whole == part end
  if type(whole) ~= "table" then return next(part) == nil end
  for key, value in pairs(part) do
    if not contains(whole[key], value) then return false end
  end
  return true
end

local function sameSource(a, b)
  for _, field in ipairs({ "repoURL", "path", "targetRevision", "chart" }) do
    if a[field] ~= b[field] then return false end
  end
  return contains(a, b)
end

local status = obj.status or {}
local sync = status.sync or {}
local operation = status.operationState or {}
local compared = (sync.comparedTo or {}).source

if compared == nil or obj.spec.source == nil or not sameSource(compared, obj.spec.source) then
  return { status = "Progressing", message = "not compared with its source yet" }
end
if sync.status ~= "Synced" then
  local result = operation.syncResult or {}
  local failed = operation.phase == "Failed" or operation.phase == "Error"
  -- A failure counts only for the source and revision that are asked for now: the fix must not fail for the fault.
  if failed and result.revision == sync.revision and result.source ~= nil and sameSource(result.source, obj.spec.source) then
    return { status = "Degraded", message = operation.message or "the sync has failed" }
  end
  return { status = "Progressing", message = "is " .. (sync.status or "Unknown") }
end
if operation.phase == "Running" then
  return { status = "Progressing", message = operation.message or "is syncing" }
end
local health = status.health or {}
if health.status == "Healthy" or health.status == "Degraded" or health.status == "Suspended" then
  return { status = health.status, message = health.message or "" }
end
return { status = "Progressing", message = health.message or ("health is " .. (health.status or "Unknown")) }
