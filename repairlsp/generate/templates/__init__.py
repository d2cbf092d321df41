"""Fix templates: the classic small repairs, as rewrites of the suspicious function's syntax tree.

The families follow template-based repair (PAR, Kim et al. 2013; TBar, Liu et al. 2019) and the
studies of one-statement bugs (ManySStuBs4J, Karampatsis and Sutton 2020; PySStuBs, Kamienski et al.
2021), widened to what Python has that Java has not.
"""

from __future__ import annotations

from collections.abc import Iterator

from repairlsp.generate.templates.compiling import Compiling
from repairlsp.generate.templates.ranking import ranked
from repairlsp.generate.templates.registry import Template, templates
from repairlsp.generate.templates.syntax import repair_syntax
from repairlsp.generate.templates.target import Target
from repairlsp.source import SourceText
from repairlsp.types import Candidate, RepairContext

__all__ = ["LIMIT", "Template", "propose", "templates"]

LIMIT = 2000
"""Candidates per call: about what can be checked in a minute, where tests take milliseconds. With
no line marked a function has 2,200 in the median, 8,200 in one case of ten; of the fixes that are
among them, 99 % are among the first 2,000 (eval/bench/templates.py)."""


def propose(
    source: SourceText, context: RepairContext, *, limit: int = LIMIT
) -> Iterator[Candidate]:
    """Candidates of every template for the context's suspicious lines, most promising first.

    All lines of the context count as suspicious when none is marked. At most `limit` candidates,
    no two with the same outcome, each of which compiles if the source did. `score` is the natural
    logarithm of an (unnormalised) prior probability. A source that does not parse gets repairs of
    its syntax instead.
    """
    try:
        target = Target.of(source, context)
    except SyntaxError:
        yield from repair_syntax(source, context, limit=limit)
        return
    compiling = Compiling(target)
    for score, template, edit in ranked(target, templates(), limit):
        if compiling.accepts(edit):
            yield Candidate((edit,), f"template:{template}", score=score)
