"""Does it."""

import shutil
from pathlib import Path

from mirror.ignore import Ignore
from mirror.plan import Plan, make_plan
from mirror.scan import NOTHING, scan


def sync(source: Path, target: Path, ignore: Ignore = NOTHING, dry_run: bool = False) -> Plan:
    """Make `target` a copy of `source`; what was done, or would be in a dry run.

    What is ignored stays as it is on both sides: it is neither copied nor removed. A folder that
    is not in the source is removed when nothing is left in it.
    """
    target.mkdir(parents=True, exist_ok=True)
    plan = make_plan(scan(source, ignore), scan(target))
    if not dry_run:
        _carry_out(plan, source, target)
    return plan


def _carry_out(plan: Plan, source: Path, target: Path) -> None:
    for name in plan.remove:
        path = target / name
        if not path.is_dir():
            path.unlink()
        elif not any(path.iterdir()):
            path.rmdir()
    for name in plan.make:
        (target / name).mkdir(exist_ok=True)
    for name in plan.copy:
        shutil.copyfile(source / name, target / name)
