#!/usr/bin/env python3
"""How often, how fast and by what does the search repair fresh bugs? 200 of them, made by programs.

    python eval/synthetic/main.py build --training runs/training.jsonl.gz   make bugs.jsonl anew
    python eval/synthetic/main.py check                     every bug fails its tests, twice alike
    python eval/synthetic/main.py run                       repair them all, 60 s each; resumable
    python eval/synthetic/main.py run --first 60 --max-seconds 30 --without model
    python eval/synthetic/main.py report                    tables of all runs into eval/results/

The first use downloads the packages' source releases and makes virtual environments for their tests
and for the two mutation testers, with pip. `--help` after a verb has its options.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from real_packages.sdists import SdistError

from repairlsp.errors import RepairlspError
from synthetic import verbs
from synthetic.environment import CACHE, EnvironmentFailureError
from synthetic.packages import CatalogueError
from synthetic.pytest_run import PytestError

EXPECTED = (
    SdistError,
    RepairlspError,
    EnvironmentFailureError,
    CatalogueError,
    PytestError,
)


def main(argv: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(argv)
    try:
        return int(options.verb(options))
    except EXPECTED as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--cache", type=Path, default=CACHE / "synthetic", help="kept downloads")
    kinds = parser.add_subparsers(required=True, metavar="VERB")
    for module in verbs.ALL:
        words = (module.__doc__ or "").splitlines()[0]
        name = module.__name__.rpartition(".")[2]
        verb = kinds.add_parser(name, parents=[shared], help=words, description=words)
        module.add_options(verb)
        verb.set_defaults(verb=module.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
