-- What the servers last said of themselves.

local M = {}

local statuses = {}

-- Handler of `repairlsp/status`.
function M.handle(_, status, context)
  statuses[context.client_id] = status
  vim.cmd("silent! doautocmd <nomodeline> User RepairStatus")
end

local function text(value)
  return value ~= nil and value ~= vim.NIL and value or nil
end

-- One server's state in a line.
function M.describe(client_id)
  local status = statuses[client_id]
  if not status then
    return "the server has not said anything yet"
  end
  if status.health ~= "ok" then
    return status.message
  end
  local model = status.model
  local memory = text(model.memoryMiB)
  local parts = { text(status.running) or "idle" }
  if status.queue > 0 then
    table.insert(parts, string.format("%d waiting", status.queue))
  end
  local loaded = memory and string.format("%d MiB", memory) or "not loaded"
  table.insert(parts, string.format("model %s (%s)", text(model.name) or "embedded", loaded))
  table.insert(parts, string.format("server %d MiB", status.memoryMiB))
  return table.concat(parts, ", ")
end

-- For a status line: what runs, or nothing.
function M.running()
  for _, status in pairs(statuses) do
    if text(status.running) then
      return status.running
    end
  end
  return ""
end

return M
