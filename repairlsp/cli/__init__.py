"""The command line: `main.py` picks the verb, each verb has a file of its own."""
