-- :checkhealth repairlsp

local M = {}

-- Neovim before 0.10 names these functions otherwise.
local health = vim.health or require("health")
local start = health.start or health.report_start
local ok = health.ok or health.report_ok
local warn = health.warn or health.report_warn
local fail = health.error or health.report_error

local function check_program()
  start("The program")
  if vim.fn.executable("repairlsp") == 0 then
    fail("`repairlsp` is not on the PATH of Neovim", {
      "Install it, for example: pipx install repairlsp",
      "Or name its full path: vim.lsp.config('repairlsp', { cmd = { '/path/repairlsp', 'serve' } })",
    })
    return false
  end
  ok(vim.trim(vim.fn.system({ "repairlsp", "--version" })) .. " at " .. vim.fn.exepath("repairlsp"))
  return true
end

local function check_servers()
  start("Servers that run")
  local clients = require("repairlsp").clients()
  if #clients == 0 then
    warn("none", { "Open a Python file; on 0.11 or later, vim.lsp.enable('repairlsp') first" })
  end
  for _, client in pairs(clients) do
    local root = client.config.root_dir or "no folder"
    ok(root .. ": " .. require("repairlsp.status").describe(client.id))
  end
end

-- What `repairlsp doctor` finds on this machine.
local function check_machine()
  start("This machine")
  local output = vim.fn.system({ "repairlsp", "doctor", "--json" })
  local parsed, found = pcall(vim.fn.json_decode, output)
  if not parsed or type(found) ~= "table" or not found.checks then
    return fail("`repairlsp doctor` gave no answer: " .. vim.trim(output))
  end
  local tell = { ok = ok, warn = warn, fail = fail }
  for _, check in ipairs(found.checks) do
    local advice = check.advice ~= "" and { check.advice } or nil
    tell[check.health](check.name .. ": " .. check.detail, advice)
  end
end

function M.check()
  if check_program() then
    check_servers()
    check_machine()
  end
end

return M
