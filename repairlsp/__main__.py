"""`python -m repairlsp` is the command `repairlsp`."""

import sys

from repairlsp.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
