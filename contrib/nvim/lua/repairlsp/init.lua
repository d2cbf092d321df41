-- The client's side of `repairlsp serve`: its configuration, and how it is started before 0.11.

local M = {}

local ROOT_MARKERS = { "repairlsp.toml", "pyproject.toml", ".git" }

-- The table for vim.lsp.config, or for vim.lsp.start_client.
function M.config()
  local ours = {
    experimental = { repairlsp = { proposals = true, status = true } },
    -- Neovim checks versions where it gets them, but says that it cannot.
    workspace = { workspaceEdit = { documentChanges = true } },
  }
  return {
    name = "repairlsp",
    cmd = { "repairlsp", "serve" },
    filetypes = { "python" },
    root_markers = ROOT_MARKERS,
    capabilities = vim.tbl_deep_extend(
      "force",
      vim.lsp.protocol.make_client_capabilities(),
      ours
    ),
    handlers = {
      ["repairlsp/proposal"] = function(...)
        return require("repairlsp.proposal").handle(...)
      end,
      ["repairlsp/status"] = function(...)
        return require("repairlsp.status").handle(...)
      end,
      ["window/workDoneProgress/create"] = function(...)
        return require("repairlsp.progress").created(...)
      end,
    },
  }
end

-- Neovim 0.7 to 0.10: start the server for a buffer, or attach to the one that runs for its folder.
function M.start(buffer)
  local name = vim.api.nvim_buf_get_name(buffer)
  local config = M.config()
  config.root_dir = M.root(name)
  config.workspace_folders =
    { { uri = vim.uri_from_fname(config.root_dir), name = config.root_dir } }
  for _, client in pairs(M.clients()) do
    if client.config.root_dir == config.root_dir then
      return vim.lsp.buf_attach_client(buffer, client.id)
    end
  end
  local id = vim.lsp.start_client(config)
  if id then
    vim.lsp.buf_attach_client(buffer, id)
  end
end

-- The nearest folder above a file that holds a marker; its own folder where none does.
function M.root(file)
  local folder = vim.fn.fnamemodify(file, ":p:h")
  local at = folder
  while at ~= vim.fn.fnamemodify(at, ":h") do
    for _, marker in ipairs(ROOT_MARKERS) do
      if vim.loop.fs_stat(at .. "/" .. marker) then
        return at
      end
    end
    at = vim.fn.fnamemodify(at, ":h")
  end
  return folder
end

-- The servers of ours that run.
function M.clients()
  local all = (vim.lsp.get_clients or vim.lsp.get_active_clients)()
  return vim.tbl_filter(function(client)
    return client.name == "repairlsp"
  end, all)
end

-- The server of a buffer, or nil.
function M.client_of(buffer)
  for _, client in pairs(M.clients()) do
    if vim.lsp.buf_is_attached(buffer, client.id) then
      return client
    end
  end
end

-- Calls a method of a client: with a colon since 0.11, with a dot before.
function M.call(client, method, ...)
  if vim.fn.has("nvim-0.11") == 1 then
    return client[method](client, ...)
  end
  return client[method](...)
end

function M.say(text, level)
  vim.notify("repairlsp: " .. text, level or vim.log.levels.INFO)
end

return M
