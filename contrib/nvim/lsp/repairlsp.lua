-- The configuration of the language server for Neovim 0.11 and later: vim.lsp.enable("repairlsp").
return require("repairlsp").config()
