"""What a template proposes: one rewrite of the program at one site, not yet a candidate."""

from __future__ import annotations

import ast
from typing import NamedTuple

from repairlsp.splice import Splice, SplicedLines


class Rewrite(NamedTuple):
    """A change at `site`.

    `site` is the node that would be wrong: its statement gives the suspiciousness, and the
    alternatives at one site share the template's prior in proportion to their `weight`s. Weights
    that add up to less than one leave a part of it unused.
    """

    site: ast.AST
    change: tuple[Splice, ...] | SplicedLines
    weight: float = 1.0
