"""`python -m gallery`: show the settings that are in force."""

import argparse
import os

from gallery.settings import Settings


def main(arguments=None, environ=os.environ):
    parser = argparse.ArgumentParser(prog="gallery")
    parser.add_argument("--settings", metavar="FILE", help="a .toml or .json file")
    options = parser.parse_args(arguments)
    try:
        settings = Settings.load(options.settings, environ)
    except (OSError, ValueError) as error:
        parser.error(str(error))
    for name, value in settings.changed():
        print(f"{name} = {value!r}")


if __name__ == "__main__":
    main()
