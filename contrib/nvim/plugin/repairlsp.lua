-- User commands. Nothing else is loaded before one of them is used or a Python file is opened.
if vim.g.loaded_repairlsp then
  return
end
vim.g.loaded_repairlsp = true

local define = vim.api.nvim_create_user_command

define("RepairFix", function(options)
  require("repairlsp.commands").fix(options.range > 0 and { options.line1, options.line2 } or nil)
end, { range = true, desc = "Fix the bug at the cursor, or in the selected lines" })

define("RepairTest", function(options)
  require("repairlsp.commands").fix_test(options.bang)
end, { bang = true, desc = "Fix the failing test at the cursor; with !, all failing tests" })

define("RepairRun", function()
  require("repairlsp.commands").run_tests()
end, { desc = "Run the tests, and show what fails and where the fault may be" })

define("RepairCancel", function()
  require("repairlsp.commands").cancel()
end, { desc = "Stop the search for a fix" })

define("RepairStatus", function()
  require("repairlsp.commands").status()
end, { desc = "What the server is doing, and its model" })
