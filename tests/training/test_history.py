"""Past fixes are read from a real repository's history."""

from collections.abc import Iterator
from pathlib import Path

import git
import psutil
import pytest

from repairlsp.training import settings
from repairlsp.training.history import past_fixes

RECIPE = settings.load()
BEFORE = '''class Basket:
    def total(self):
        """What it costs."""
        cents = 0
        for item in self.items:
            cents = item.cents
        return cents
'''


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[git.Repo]:
    before = psutil.Process().children()
    with git.Repo.init(tmp_path) as repo:
        with repo.config_writer() as config:
            config.set_value("user", "name", "Ada").set_value("user", "email", "ada@example.org")
        commit(repo, {"shop/basket.py": BEFORE, "tests/test_basket.py": BEFORE}, "Baskets")
        yield repo
    assert psutil.Process().children() == before  # git's readers of objects are gone


def commit(repo: git.Repo, files: dict[str, str], message: str) -> None:
    for name, text in files.items():
        path = Path(repo.working_dir, name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    repo.index.add(list(files))
    repo.index.commit(message)


def found(repo: git.Repo) -> list[tuple[str, str]]:
    fixes = past_fixes(Path(repo.working_dir), RECIPE.corpus, RECIPE.samples.max_answer_lines)
    return [("\n".join(fix.before), "\n".join(fix.after)) for fix in fixes]


def test_a_fix_is_the_function_before_and_after(repository: git.Repo) -> None:
    commit(repository, {"shop/basket.py": BEFORE.replace("= item", "+= item")}, "Fix the total")
    (before, after) = found(repository)[0]
    assert before.startswith("def total(self):")
    assert "    cents = item.cents" in before
    assert "    cents += item.cents" in after


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("shop/basket.py", BEFORE.replace("= item", "+= item"), "Sum up the items"),
        ("shop/basket.py", BEFORE.replace("What it costs", "The price"), "Fix the docstring"),
        ("shop/basket.py", BEFORE.replace("cents = 0", "cents = 0  # none"), "Fix a comment"),
        ("tests/test_basket.py", BEFORE.replace("= item", "+= item"), "Fix the test"),
        ("shop/basket.py", BEFORE + "\n\ndef more(x):\n    y = x\n    return y\n", "Fix: more"),
    ],
)
def test_what_is_no_fix_of_a_function(
    repository: git.Repo, file: str, text: str, message: str
) -> None:
    commit(repository, {file: text}, message)
    assert found(repository) == []


def test_no_repository_has_no_history(tmp_path: Path) -> None:
    assert not list(past_fixes(tmp_path, RECIPE.corpus, RECIPE.samples.max_answer_lines))
