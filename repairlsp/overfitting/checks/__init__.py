"""The checks, one family per file. `registry.checks` imports them all."""
