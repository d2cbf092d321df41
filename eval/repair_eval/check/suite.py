"""Prove all defects of a suite, some at a time."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from repair_eval.check.proof import Proof, prove
from repair_eval.suite import Suite
from repairlsp.sandbox import NEVER, Sandbox
from repairlsp.types import CancelToken


def check_suite(
    suite: Suite, sandbox: Sandbox, jobs: int = 1, cancel: CancelToken = NEVER
) -> Iterator[Proof]:
    """The proofs in order of the defects, each as soon as it and those before it are there; those
    that could not be loaded come first. Raises CancelledError."""
    for refused in suite.refused:
        yield Proof(refused.id, "fails", tuple(refused.problems))
    pool = ThreadPoolExecutor(max_workers=jobs)
    try:
        yield from pool.map(lambda defect: prove(defect, sandbox, cancel), suite.defects)
    finally:
        pool.shutdown(cancel_futures=True)
