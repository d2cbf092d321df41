-- The tokens under which the server reports progress: what there is to cancel.

local repairlsp = require("repairlsp")

local M = {}

local tokens = {}

-- Handler of `window/workDoneProgress/create`.
function M.created(err, params, context, config)
  tokens[context.client_id] = params.token
  return vim.lsp.handlers["window/workDoneProgress/create"](err, params, context, config)
end

-- Stop the latest job of each server. The server ignores the token of one that is done.
function M.cancel()
  for _, client in pairs(repairlsp.clients()) do
    local token = tokens[client.id]
    if token then
      repairlsp.call(client, "notify", "window/workDoneProgress/cancel", { token = token })
    end
  end
end

return M
