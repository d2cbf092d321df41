"""SWE-bench (Jimenez et al., ICLR 2024) and what is laid out like it: JSON lines.

Keys: `instance_id`, `repo`, `base_commit`, `patch`, `test_patch`, `FAIL_TO_PASS`, `PASS_TO_PASS`
(lists, or lists as JSON in a text), `problem_statement`. Tests are ids of pytest. SWE-bench shows a
repair no test; here every other one of each list is visible, and all of them judge.
"""

from __future__ import annotations

from collections.abc import Iterator

from repair_eval.importers.changes import apply, parts, resolve
from repair_eval.importers.draft import Base, Draft, Expected, Item, NotImported, UnfitError
from repair_eval.importers.lines import Row, read_rows
from repair_eval.importers.source import Source

_NEEDED = ("repo", "base_commit", "patch", "test_patch", "FAIL_TO_PASS")


def read(source: Source) -> Iterator[Item]:
    """The instances, in their order."""
    for row in read_rows(source.place, "instance_id", _NEEDED):
        if isinstance(row, NotImported):
            yield row
            continue
        try:
            yield _draft(source, row)
        except UnfitError as error:
            yield NotImported(row.name, str(error))


def _draft(source: Source, row: Row) -> Draft:
    project = row.text("repo")
    expected = Expected(row.texts("FAIL_TO_PASS"), row.texts("PASS_TO_PASS"))
    ids = [*expected.fail_to_pass, *expected.pass_to_pass]
    if not expected.fail_to_pass:
        raise UnfitError("its FAIL_TO_PASS is no list of texts")
    odd = next((id_ for id_ in ids if not id_.partition("::")[0].endswith(".py")), None)
    if odd is not None:
        raise UnfitError(f"its tests are no ids of pytest: {odd}")
    repository = source.repository(project)
    base = resolve(repository, row.text("base_commit"))
    found = parts(apply(base, row.text("patch")))
    tests = parts(apply(base, row.text("test_patch")))
    if tests.source:
        raise UnfitError(f"its test_patch changes {min(tests.source)}, which is no test")
    title = next(iter(row.text("problem_statement").split("\n")), "").strip().rstrip(".")
    return Draft(
        name=row.name,
        about=f"{title or f'An issue of {project}'}.",
        provenance=f"imported from a SWE-bench-like file: {row.name}",
        traits=("project",),
        base=Base(repository, project.replace("/", "__"), base.id),
        fixed=found.source,
        visible={**found.tests, **tests.tests},
        parting="tests",
        interpreter=source.interpreter(project),
        arguments=sorted({id_.partition("::")[0] for id_ in ids}),
        expected=expected,
        seconds=600,
        case_seconds=60,
    )
