"""Fix templates: the classic small repairs, as rewrites of the suspicious function's syntax tree.

The families follow template-based repair (PAR, Kim et al. 2013; TBar, Liu et al. 2019) and the
studies of one-statement bugs (ManySStuBs4J, Karampatsis and Sutton 2020; PySStuBs, Kamienski et al.
2021), widened to what Python has that Java has not.
"""

from __future__ import annotations

from collections.abc import Iterator

from repairlsp.generate.templates.edits import Checked, edit_of
from repairlsp.generate.templates.ranking import ranked
from repairlsp.generate.templates.registry import Template, templates
from repairlsp.generate.templates.syntax import repair_syntax
from repairlsp.generate.templates.target import Target
from repairlsp.source import SourceText
from repairlsp.types import Candidate, RepairContext

__all__ = ["LIMIT", "Template", "propose", "templates"]

LIMIT = 1000
"""Candidates per call. With no line marked, the first 1000 hold 0.99 of the prior probability of a
70-line function (1158 rewrites), 0.88 at 55 denser lines (2148) and 0.50 at 249 lines (10633);
marked lines make it far fewer."""


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
    checked = Checked(target)
    for score, template, rewrite in ranked(target, templates()):
        edit = edit_of(target, rewrite)
        if edit is not None and checked.is_new(edit):
            yield Candidate((edit,), f"template:{template}", score=score)
            limit -= 1
            if limit <= 0:
                return
