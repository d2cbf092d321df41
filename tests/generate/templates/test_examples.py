"""Every template makes the fixes that its own examples show."""

from __future__ import annotations

import pkgutil

import pytest

from repairlsp.generate.templates import families, templates
from repairlsp.generate.templates.edits import edit_of
from repairlsp.generate.templates.ranking import priors
from repairlsp.generate.templates.registry import Example, Template
from repairlsp.generate.templates.target import Target
from repairlsp.source import SourceText
from repairlsp.types import LineSpan, RepairContext

_EXAMPLES = [
    pytest.param(template, example, id=f"{template.name}-{number}")
    for template in templates()
    for number, example in enumerate(template.examples, 1)
]


@pytest.mark.parametrize(("template", "example"), _EXAMPLES)
def test_the_template_turns_before_into_after(template: Template, example: Example) -> None:
    source = SourceText.from_text(example.before)
    context = RepairContext("m.py", "f", LineSpan(1, len(source.lines) + 1), source.lines)
    target = Target.of(source, context)
    edits = [edit_of(target, rewrite) for rewrite in template.propose(target)]
    assert example.after in [source.apply([edit]).text for edit in edits if edit]


@pytest.mark.parametrize("template", templates(), ids=lambda template: template.name)
def test_a_template_has_a_source_two_examples_and_a_prior(template: Template) -> None:
    assert template.source
    assert len(template.examples) >= 2
    assert priors().templates[template.name] > 0


def test_each_prior_is_of_a_template() -> None:
    assert sorted(priors().templates) == [template.name for template in templates()]


def test_each_family_file_registers_one_template() -> None:
    files = [module.name for module in pkgutil.iter_modules(families.__path__)]
    modules = [template.propose.__module__.rpartition(".")[2] for template in templates()]
    assert sorted(modules) == sorted(files)
