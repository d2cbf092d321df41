"""Sampling through an endpoint: what is asked, what counts as an answer, what is a breakdown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from repair_eval.configs import Hybrid, Option, Sampling, Search
from repair_eval.sources import Problem, facts, open_source
from repair_eval.suite import load_suite

from repairlsp.errors import ModelError
from repairlsp.sandbox import NEVER
from tests.eval.repair_eval.copies import SUITE
from tests.eval.repair_eval.sources.endpoint_server import serve

BUGGY = "total = int(part[1]) * _UNITS[part[2]]"
FIXED = "total += int(part[1]) * _UNITS[part[2]]"


@pytest.fixture(scope="module")
def problem() -> Problem:
    (defect,) = load_suite(SUITE, ["python/duration-parts"]).defects
    return Problem(defect, seed=3, sandbox="limits")


def _spec(url: str, **changes: Any) -> Sampling:
    spec = Sampling(
        runtime="endpoint",
        model="coder",
        url=url,
        key_variable="",
        prompt="rewrite-function-1",
        localization="given",
        samples=1,
        temperature=0.0,
        top_p=1.0,
        max_tokens=200,
        context_tokens=4096,
        threads=None,
        verify=False,
        seconds=20.0,
    )
    return replace(spec, **changes)


def _code(body: dict[str, Any]) -> str:
    """The code that was asked about."""
    return str(body["messages"][-1]["content"]).split("```python\n")[1].split("```")[0]


def _repaired(body: dict[str, Any]) -> str:
    return f"Here it is:\n```python\n{_code(body).replace(BUGGY, FIXED)}```\nDone."


def _unchanged(body: dict[str, Any]) -> str:
    return f"```\n{_code(body)}```"


def test_the_model_is_shown_the_function_and_what_fails(problem: Problem):
    with serve(_repaired) as served:
        found = open_source(_spec(served.url), None).answer(problem, NEVER)
    (body,) = served.requests
    text = body["messages"][-1]["content"]
    assert _code(body).startswith("def ")
    assert "tests/" in text
    assert (body["model"], body["max_tokens"], body["seed"]) == ("coder", 200, 3000)
    (answer,) = found.answers
    assert (answer.origin, answer.well_formed) == ("endpoint", True)
    changed = [line for line in answer.diff.splitlines() if line[:1] in "+-"][2:]
    assert [line[1:].strip() for line in changed] == [BUGGY, FIXED]
    assert (found.prompt_tokens, found.output_tokens) == (100, 20)
    assert found.first_verified_seconds is None


def test_a_server_is_told_what_the_configuration_adds(problem: Problem):
    with serve(_repaired) as served:
        spec = _spec(served.url, extra=(Option("repeat_penalty", 1.0),))
        open_source(spec, None).answer(problem, NEVER)
    (body,) = served.requests
    assert body["repeat_penalty"] == 1.0


def test_each_sample_has_a_seed_of_its_own_and_is_submitted(problem: Problem):
    words = iter(["no code", "```python\n```", "x"])
    with serve(lambda body: next(words)) as served:
        source = open_source(_spec(served.url, samples=3, temperature=0.8), None)
        found = source.answer(problem, NEVER)
    assert [body["seed"] for body in served.requests] == [3000, 3001, 3002]
    assert [(one.diff, one.well_formed) for one in found.answers] == [("", False)] * 3


def test_verifying_stops_at_the_first_answer_that_passes(problem: Problem):
    def answer(body: dict[str, Any]) -> str:
        return _repaired(body) if body["seed"] == 3001 else _unchanged(body)

    with serve(answer) as served:
        spec = _spec(served.url, samples=5, temperature=0.8, verify=True)
        found = open_source(spec, None).answer(problem, NEVER)
    assert len(served.requests) == 2
    assert [bool(one.diff) for one in found.answers] == [True, False]
    assert found.first_verified_seconds is not None


def test_the_large_model_is_asked_only_where_nothing_was_verified(problem: Problem):
    small = Search("", True, "ochiai", True, "found", 30.0, 1, 1, None)
    with serve(_repaired) as served:
        large = _spec(served.url, verify=True)
        found = open_source(Hybrid(small, large), None).answer(problem, NEVER)
        assert len(served.requests) == 1
        assert found.answers[0].origin == "endpoint"
        again = open_source(Hybrid(large, large), None).answer(problem, NEVER)
        assert len(served.requests) == 2
    assert len(again.answers) == 1


def test_a_server_that_breaks_down_is_no_answer(problem: Problem):
    with serve(_repaired, status=500) as served:
        source = open_source(_spec(served.url), None)
        with pytest.raises(ModelError, match="HTTP 500"):
            source.answer(problem, NEVER)
    with pytest.raises(ModelError, match=r"/chat/completions: "):
        source.answer(problem, NEVER)


def test_a_key_comes_from_the_environment(problem: Problem, monkeypatch: pytest.MonkeyPatch):
    with serve(_repaired) as served:
        spec = _spec(served.url, key_variable="CODER_KEY")
        with pytest.raises(ModelError, match="CODER_KEY is not set"):
            open_source(spec, None)
        monkeypatch.setenv("CODER_KEY", "secret")
        open_source(spec, None).answer(problem, NEVER)
    assert served.keys == ["Bearer secret"]


def test_what_is_not_there_is_told_before_a_run(tmp_path: Path):
    with serve(_repaired) as served:
        assert facts(_spec(served.url)).engine == "openai"
        with pytest.raises(ModelError, match="has no model 'other'"):
            facts(_spec(served.url, model="other"))
    with pytest.raises(ModelError) as caught:
        facts(_spec(served.url))
    assert caught.value.hint == "is the server running?"
