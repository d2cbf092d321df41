"""Runs in cosmic-ray's environment: a function's source in (a JSON text a line), its mutants out.

All operators of its core provider that need no arguments, but one: the exceptions that its
exception_replacer puts in bear its name, so nobody would take them for a slip. An operator's name
is that of its module: the provider has one class for each pair of operators, some hundred in all.
"""

import json
import sys
from itertools import count

from cosmic_ray.mutating import MutationVisitor  # type: ignore[import-not-found]
from cosmic_ray.plugins import get_operator, operator_names  # type: ignore[import-not-found]
from parso import ParserSyntaxError  # type: ignore[import-not-found]


def mutants(source: str) -> list[tuple[str, str]]:
    """(operator, mutated source) pairs."""
    found = []
    for name in sorted(operator_names()):
        operator = get_operator(name)
        family = operator.__module__.rpartition(".")[2]
        if operator.arguments() or family == "exception_replacer":
            continue
        for occurrence in count():
            try:
                mutated = MutationVisitor.mutate_code(source, operator(), occurrence)
            except ParserSyntaxError:
                return []
            except AttributeError:
                break  # an operator stumbles over syntax that it does not expect
            if mutated is None:
                break
            found.append((family, mutated))
    return found


def main() -> None:
    """Answer until standard input ends."""
    for line in sys.stdin:
        print(json.dumps(mutants(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
