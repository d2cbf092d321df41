"""What holds for all tests."""

import os

# The pytest runs that tests start are of small projects without plugins. Loading those that our
# own tests need (pytest-lsp above all) would cost each run about 2 s of CPU.
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
