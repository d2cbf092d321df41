"""What holds for all tests."""

import os
import signal

from hypothesis import settings

# The pytest runs that tests start are of small projects without plugins. Loading those that our
# own tests need (pytest-lsp above all) would cost each run about 2 s of CPU.
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"

# Shells start background jobs with Ctrl-C ignored, and what is ignored stays so in programs that
# the tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

# No deadlines, which slow machines miss; where CI decides, the same examples in every run.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
