"""Runs in mutmut's environment: a function's source in (a JSON text a line), its mutants out.

Operators are mutmut's own, one at a time, so that each mutant has the name of its operator. Only
nodes inside functions are mutated, as mutmut does.
"""

import contextlib
import json
import os
import sys
import tempfile
from pathlib import Path

from libcst import ParserSyntaxError, parse_module  # type: ignore[import-not-found]
from libcst.metadata import MetadataWrapper  # type: ignore[import-not-found]
from mutmut.mutation.file_mutation import MutationVisitor  # type: ignore[import-not-found]
from mutmut.mutation.mutators import mutation_operators  # type: ignore[import-not-found]
from mutmut.mutation.pragma_handling import get_ignored_lines  # type: ignore[import-not-found]


def mutants(source: str) -> list[tuple[str, str]]:
    """(operator, mutated source) pairs."""
    try:
        wrapper = MetadataWrapper(parse_module(source))
    except ParserSyntaxError:
        return []
    ignored = get_ignored_lines("function.py", source, wrapper)
    found = []
    for kind, operator in mutation_operators:
        visitor = MutationVisitor([(kind, operator)], ignored)
        module = wrapper.visit(visitor)
        for mutation in visitor.mutations:
            if mutation.contained_by_top_level_function is not None:
                mutated = module.deep_replace(mutation.original_node, mutation.mutated_node)
                found.append((operator.__name__.removeprefix("operator_"), mutated.code))
    return found


def main() -> None:
    """Answer until standard input ends. mutmut prints at times; that goes to standard error."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        Path("src").mkdir()  # without a project to read settings from it refuses to work
        for line in sys.stdin:
            with contextlib.redirect_stdout(sys.stderr):
                answer = mutants(json.loads(line))
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
