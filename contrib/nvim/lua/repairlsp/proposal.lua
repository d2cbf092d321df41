-- A proposal of the server, shown as a diff in a split, and applied only when its user says so.

local repairlsp = require("repairlsp")

local M = {}

-- Handler of `repairlsp/proposal`.
function M.handle(_, proposal, context)
  M.show(proposal, context.client_id, 1)
end

-- Show fix number `at`, from 1, of a proposal.
function M.show(proposal, client_id, at)
  local fix = proposal.fixes[at]
  local many = #proposal.fixes > 1
  local lines = {
    string.format("%s: %s", proposal.title, fix.proof),
    "<CR> applies it, q closes this" .. (many and ", ]f and [f show the others" or ""),
  }
  if many then
    lines[1] = string.format("%s (%d of %d)", lines[1], at, #proposal.fixes)
  end
  if fix.remark ~= "" then
    table.insert(lines, fix.remark)
  end
  table.insert(lines, "")
  vim.list_extend(lines, vim.split(fix.diff:gsub("\n$", ""), "\n", { plain = true }))

  vim.cmd("botright new")
  local buffer = vim.api.nvim_get_current_buf()
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  for name, value in pairs({
    buftype = "nofile",
    bufhidden = "wipe",
    swapfile = false,
    modifiable = false,
    filetype = "diff",
  }) do
    vim.api.nvim_buf_set_option(buffer, name, value)
  end
  vim.api.nvim_win_set_height(0, math.min(#lines, math.floor(vim.o.lines / 2)))

  local function close()
    if vim.api.nvim_buf_is_valid(buffer) then
      vim.api.nvim_buf_delete(buffer, { force = true })
    end
  end
  local function map(key, act)
    vim.keymap.set("n", key, act, { buffer = buffer, nowait = true })
  end
  map("q", close)
  map("<CR>", function()
    close()
    M.accept(proposal, client_id, at)
  end)
  for key, step in pairs({ ["]f"] = 1, ["[f"] = -1 }) do
    map(key, function()
      close()
      M.show(proposal, client_id, (at - 1 + step) % #proposal.fixes + 1)
    end)
  end
end

-- The buffers of the files that a fix changes, with the state that each is in.
local function ticks(fix)
  local found = {}
  for _, file in ipairs(fix.files) do
    local buffer = vim.uri_to_bufnr(file.uri)
    found[buffer] = vim.api.nvim_buf_get_changedtick(buffer)
  end
  return found
end

-- Ask the server for the edit, which it gives if the files are as they were, and apply it.
function M.accept(proposal, client_id, at)
  local client = vim.lsp.get_client_by_id(client_id)
  if not client then
    return repairlsp.say("the server has ended; search again", vim.log.levels.WARN)
  end
  local asked = ticks(proposal.fixes[at])
  local params = { id = proposal.id, fix = at - 1 }
  repairlsp.call(client, "request", "repairlsp/acceptProposal", params, function(err, result)
    if err then
      return repairlsp.say(err.message, vim.log.levels.WARN)
    end
    if not vim.deep_equal(asked, ticks(proposal.fixes[at])) then
      return repairlsp.say("the text was changed just now; nothing was applied", vim.log.levels.WARN)
    end
    vim.lsp.util.apply_workspace_edit(result.edit, client.offset_encoding)
  end)
end

return M
