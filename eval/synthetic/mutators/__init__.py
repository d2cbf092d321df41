"""Where the bugs come from: our training operators, and two mutation testers that we did not write.

Every source turns a function's lines into `Mutant`s; see `mutant.py`.
"""
