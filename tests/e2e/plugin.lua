-- Drives Neovim with the plugin of contrib/nvim, and writes down what its user saw.
--
-- Environment: E2E_PLUGIN, the plugin's folder; E2E_FILE, what is opened; E2E_STEPS, Lua code that
-- is run with the functions below; E2E_RESULT, a JSON file to write.

local WAIT = 300000
local seen = { messages = {} }

vim.notify = function(text)
  table.insert(seen.messages, text)
end

function wait(what, condition)
  assert(vim.wait(WAIT, condition, 20), "in vain: " .. what)
end

function lines(buffer)
  return vim.api.nvim_buf_get_lines(buffer or 0, 0, -1, false)
end

-- Wait for the diff, and return its lines.
function proposal()
  wait("a proposal", function() return vim.bo.filetype == "diff" end)
  return lines()
end

-- Press keys, as a user does.
function press(keys)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys, true, false, true), "xm", false)
end

function message()
  wait("a message", function() return #seen.messages > 0 end)
  return table.remove(seen.messages, 1)
end

function see(name, value)
  seen[name] = value
end

local ok, problem = pcall(function()
  vim.opt.runtimepath:prepend(vim.env.E2E_PLUGIN)
  vim.cmd("runtime plugin/repairlsp.lua")
  local repairlsp = require("repairlsp")
  local options = { search_seconds = 300, max_seconds = 300 } -- the machine may be busy
  if vim.lsp.config then
    vim.lsp.config("repairlsp", { init_options = options })
    vim.lsp.enable("repairlsp")
  else
    local config = repairlsp.config
    repairlsp.config = function()
      return vim.tbl_extend("force", config(), { init_options = options })
    end
    vim.cmd("autocmd FileType python lua require('repairlsp').start(tonumber(vim.fn.expand('<abuf>')))")
    vim.cmd("filetype on")
  end
  vim.cmd("edit " .. vim.env.E2E_FILE)
  wait("the server", function()
    local client = repairlsp.client_of(0)
    return client and client.initialized
  end)
  assert((loadstring or load)(vim.env.E2E_STEPS))()
end)
if not ok then
  seen.problem = tostring(problem)
end
local file = io.open(vim.env.E2E_RESULT, "w")
file:write(vim.fn.json_encode(seen))
file:close()
vim.cmd("qall!")
