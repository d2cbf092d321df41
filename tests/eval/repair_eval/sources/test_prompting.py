"""What a model is asked, wherever it runs: no secret of the code or of a message (check 26)."""

from __future__ import annotations

import pytest
from repair_eval.sources.prompting import load_prompting
from repair_eval.sources.region import Region

from repairlsp.source import SourceText
from repairlsp.types import LineSpan, RepairContext

SECRET = "".join(chr(ord("a") + n * 7 % 26) + str(n * 3 % 10) for n in range(12))
OTHER = SECRET[::-1]
LINES = (
    "    def login(self):",
    f'        password = "{SECRET}"',
    "        return self.connect(password) is None",
)
MESSAGE = f'AuthError: password = "{OTHER}" was refused'


def region() -> Region:
    source = SourceText.from_text("class Client:\n" + "\n".join(LINES) + "\n")
    context = RepairContext("client.py", "login", LineSpan(2, 5), LINES, {4: 0.5}, MESSAGE)
    return Region(context, source)


@pytest.mark.parametrize("name", ["rewrite-function-1", "repair-lines-1"])
def test_no_secret_is_in_a_prompt(name: str) -> None:
    asked = load_prompting(name).prompt(region(), [MESSAGE], "python")
    said = asked.text + "".join(message.content for message in asked.messages)
    assert "self.connect(password)" in said
    assert SECRET not in said
    assert OTHER not in said


def test_half_a_secret_is_not_either() -> None:
    """Failures are cut, and the cut may go through one."""
    for before in range(340, 400):
        failure = "x " * (before // 2) + f'password = "{OTHER}"'
        asked = load_prompting("rewrite-function-1").prompt(region(), [failure], "python")
        assert OTHER[:6] not in asked.messages[-1].content


def test_an_answer_gets_the_codes_own_back() -> None:
    prompting = load_prompting("rewrite-function-1")
    (user,) = [m for m in prompting.prompt(region(), [], "python").messages if m.role == "user"]
    placeholder = next(word.strip('"') for word in user.content.split() if "SECRET_" in word)
    answer = (
        f'```python\ndef login(self):\n    password = "{placeholder}"\n'
        "    return self.connect(password) is not None\n```\n"
    )
    edits = prompting.edits(region(), answer)
    assert edits is not None
    assert edits[0].lines == (*LINES[:2], "        return self.connect(password) is not None")
