"""The command line of `repair-eval`: one module per verb, `configure(parser)` and `run(args)`."""
