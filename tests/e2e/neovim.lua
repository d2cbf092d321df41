-- Drives Neovim from opening a file to an accepted fix, and writes down what its user saw.
--
-- Environment: E2E_SETUP, a Lua file that configures the server; E2E_FILE, what is opened;
-- E2E_LINE, where the cursor goes (from 1); E2E_MESSAGE, the squiggle that another tool has put
-- there (empty for none); E2E_TYPE, what is typed while the fix is computed (empty for nothing);
-- E2E_RESULT, a JSON file to write.

local seen = { titles = {}, messages = {} }
local WAIT = 300000

vim.notify = function(text)
  table.insert(seen.messages, text)
end
local echo = vim.api.nvim_echo
vim.api.nvim_echo = function(chunks, ...)
  for _, chunk in ipairs(chunks) do
    table.insert(seen.messages, chunk[1])
  end
  return echo(chunks, ...)
end
vim.ui.select = function(items, options, choose)
  for _, item in ipairs(items) do
    table.insert(seen.titles, (options.format_item(item)))
  end
  choose(items[1], 1)
end

local progress = 0
local handler = vim.lsp.handlers["$/progress"]
vim.lsp.handlers["$/progress"] = function(...)
  progress = progress + 1
  return handler(...)
end

local function finish()
  seen.lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  local file = io.open(vim.env.E2E_RESULT, "w")
  file:write(vim.json and vim.json.encode(seen) or vim.fn.json_encode(seen))
  file:close()
  vim.cmd("qall!")
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
end

local ok, problem = pcall(function()
  dofile(vim.env.E2E_SETUP)
  vim.cmd("edit " .. vim.env.E2E_FILE)
  local line = tonumber(vim.env.E2E_LINE)
  vim.api.nvim_win_set_cursor(0, { line, 4 })
  local attached = vim.wait(WAIT, function()
    local clients = vim.lsp.get_clients or vim.lsp.get_active_clients
    for _, client in pairs(clients()) do
      if client.name == "repairlsp" and client.initialized then
        return true
      end
    end
  end)
  assert(attached, "the server did not start")
  if vim.env.E2E_MESSAGE then
    vim.diagnostic.set(vim.api.nvim_create_namespace("checker"), 0, {
      { lnum = line - 1, col = 4, end_col = 10, message = vim.env.E2E_MESSAGE, source = "checker" },
    })
  end

  local before = text()
  vim.api.nvim_feedkeys("grf", "xm", false)
  assert(vim.wait(WAIT, function() return #seen.titles > 0 end), "no code action was offered")
  if vim.env.E2E_TYPE then
    assert(vim.wait(WAIT, function() return progress > 0 end), "the fix did not start")
    vim.api.nvim_buf_set_lines(0, 0, 0, false, { vim.env.E2E_TYPE })
    before = text()
  end
  vim.wait(WAIT, function() return text() ~= before or #seen.messages > 0 end)
  vim.wait(500) -- whatever else would come
end)
if not ok then
  seen.problem = tostring(problem)
end
finish()
