-- What the user commands do.

local repairlsp = require("repairlsp")
local progress = require("repairlsp.progress")

local M = {}

-- The server of the current buffer; a message where there is none.
local function server()
  local client = repairlsp.client_of(0)
  if not client then
    repairlsp.say("no server for this buffer; see :checkhealth repairlsp", vim.log.levels.WARN)
  end
  return client
end

-- The squiggles of a line, whoever made them: Neovim would hand over only the server's own.
local function squiggles(line)
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(0, { lnum = line })) do
    local lsp = each.user_data and each.user_data.lsp or {}
    table.insert(found, {
      range = {
        start = { line = each.lnum, character = each.col },
        ["end"] = { line = each.end_lnum or each.lnum, character = each.end_col or each.col },
      },
      message = each.message,
      severity = each.severity,
      source = each.source,
      code = each.code or lsp.code,
      data = lsp.data,
    })
  end
  return found
end

-- Offer the fixes at the cursor, or of the lines `{ first, last }`.
function M.fix(lines)
  if not server() then
    return
  end
  local context = { only = { "quickfix.repairlsp", "refactor.rewrite.repairlsp" } }
  if lines then
    context.diagnostics = {}
    local range = { start = { lines[1], 0 }, ["end"] = { lines[2] + 1, 0 } }
    if vim.fn.has("nvim-0.8") == 1 then
      return vim.lsp.buf.code_action({ context = context, range = range })
    end
    return vim.lsp.buf.range_code_action(context, range.start, range["end"])
  end
  context.diagnostics = squiggles(vim.api.nvim_win_get_cursor(0)[1] - 1)
  vim.lsp.buf.code_action({ context = context })
end

-- Have the server run a command about a place of the current buffer.
local function execute(command, place, done)
  local client = server()
  if not client then
    return
  end
  place.uri = vim.uri_from_bufnr(0)
  local params = { command = command, arguments = { place } }
  repairlsp.call(client, "request", "workspace/executeCommand", params, function(err, result)
    if err then
      if err.code ~= -32800 then -- cancelled: it is what the user wanted
        repairlsp.say(err.message, vim.log.levels.WARN)
      end
    elseif done then
      done(result)
    end
    if vim.lsp.codelens and client.server_capabilities.codeLensProvider then
      pcall(vim.lsp.codelens.refresh)
    end
  end)
end

-- Fix the failing test at the cursor; all failing tests with `all`, or outside files of tests.
function M.fix_test(all)
  local name = vim.fn.expand("%:t")
  local in_tests = name:match("^test_.*%.py$") or name:match("_test%.py$")
  local line = vim.api.nvim_win_get_cursor(0)[1] - 1
  execute("repairlsp.fixTest", { line = in_tests and not all and line or nil })
end

function M.run_tests()
  execute("repairlsp.runTests", {}, function(result)
    if result.message ~= "" then
      return repairlsp.say(result.message, vim.log.levels.WARN)
    end
    repairlsp.say(string.format("%d passed, %d failed", result.passed, result.failed))
  end)
end

function M.cancel()
  progress.cancel()
end

function M.status()
  local client = server()
  if client then
    repairlsp.say(require("repairlsp.status").describe(client.id))
  end
end

return M
