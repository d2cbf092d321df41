"""`python -m mirror SOURCE TARGET`"""

import argparse
from pathlib import Path

from mirror.ignore import Ignore
from mirror.sync import sync


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="mirror")
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("-n", "--dry-run", action="store_true", help="only show what would be done")
    options = parser.parse_args(arguments)
    ignore = Ignore.read(options.source / ".mirrorignore")
    steps = sync(options.source, options.target, ignore, options.dry_run).describe()
    print(steps or "up to date")


if __name__ == "__main__":
    main()
