"""Other runners' commands as pytest's, and the command of a project that does not name one."""

from __future__ import annotations

from pathlib import Path

import pytest

from repairlsp.errors import UsageError
from repairlsp.runners import as_pytest, usual_command

ONLY = "-o python_classes= -o python_functions="


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for path in ("tests/__init__.py", "tests/unit/test_a.py", "shop/tests.py", "src/shop.py"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    return tmp_path


def translated(command: str, project: Path) -> str:
    return " ".join(as_pytest(command.split(), project))


@pytest.mark.parametrize(
    "command", ["pytest -q -n 4", "python -m pytest", "python run.py", "make test", ""]
)
def test_other_commands_stay_as_they_are(command: str, project: Path) -> None:
    assert translated(command, project) == command


# --------------------------------------------------------------------------- unittest


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("", f"-o python_files=test*.py {ONLY}"),
        ("-v -b --durations 3", f"-o python_files=test*.py {ONLY}"),
        ("discover", f"-o python_files=test*.py {ONLY}"),
        ("discover -v -s tests -p *_test.py -t .", f"-o python_files=*_test.py {ONLY} tests"),
        ("discover tests *_test.py", f"-o python_files=*_test.py {ONLY} tests"),
        ("tests.unit.test_a", f"-o python_files=test*.py {ONLY} tests/unit/test_a.py"),
        (
            "tests.unit.test_a.TestX.test_y tests.unit tests/unit/test_a.py",
            f"-o python_files=test*.py {ONLY} tests/unit/test_a.py::TestX::test_y tests/unit "
            "tests/unit/test_a.py",
        ),
        ("-k empty -k *total*", f"-o python_files=test*.py {ONLY} -k empty or total"),
    ],
)
def test_unittest(arguments: str, told: str, project: Path) -> None:
    want = f"python3 -m pytest -q {told}"
    assert translated(f"python3 -m unittest {arguments}", project) == want


def test_unittest_under_coverage(project: Path) -> None:
    told = f"python -m pytest -q -o python_files=test*.py {ONLY} tests"
    for command in ("coverage run --branch", "python -m coverage run --source=src -p"):
        assert translated(f"{command} -m unittest discover tests", project) == told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("tests.nowhere", "there is no test tests.nowhere in "),
        ("-k te*st", "pytest has no like of -k te*st"),
        ("discover --frobnicate", "cannot be run with pytest: unrecognized arguments"),
    ],
)
def test_what_unittest_alone_can_do(arguments: str, said: str, project: Path) -> None:
    with pytest.raises(UsageError) as told:
        translated(f"python -m unittest {arguments}", project)
    assert said in str(told.value)
    assert told.value.hint


# --------------------------------------------------------------------------- Django

MANAGE = """\
def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site.settings")
"""
DJANGO = f"python -m pytest -q -p repairlsp_django -o python_files=test*.py {ONLY}"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("python manage.py test", f"DJANGO_SETTINGS_MODULE=site.settings {DJANGO}"),
        ("./manage.py test -v 2 --parallel 4 --keepdb", "DJANGO_SETTINGS_MODULE=site.settings"),
        ("python manage.py test shop.tests", f"site.settings {DJANGO} shop/tests.py"),
        ("python manage.py test shop -p tests.py", "python_files=tests.py"),
        ("python -m django test --settings=a.b", f"DJANGO_SETTINGS_MODULE=a.b {DJANGO}"),
        ("django-admin test --settings a.b", f"DJANGO_SETTINGS_MODULE=a.b {DJANGO}"),
    ],
)
def test_django(command: str, told: str, project: Path) -> None:
    (project / "manage.py").write_text(MANAGE)
    assert told in translated(command, project)


def test_django_without_settings(project: Path) -> None:
    with pytest.raises(UsageError, match="does not say which settings") as told:
        translated("django-admin test", project)
    assert "--settings" in told.value.hint
    assert translated("python manage.py migrate", project) == "python manage.py migrate"


# --------------------------------------------------------------------------- tox and nox

TOX_INI = """\
[tox]
envlist = py311, lint
[testenv]
deps = pytest
set_env =
    SHOP = test
    HOME = {envtmpdir}
commands =
    pip check
    - coverage erase
    pytest {posargs:tests} --cov shop -n 4 \\
        --junitxml={envlogdir}/x.xml
    py311: pytest -q -m "not slow" -W error --import-mode=importlib {toxinidir}/tests 7
[testenv:unit]
commands = {envpython} -m unittest discover -s tests
[testenv:lint]
commands = ruff check
"""
TOX_TOML = """\
[env_run_base]
set_env = { SHOP = "test" }
commands = [["pip", "check"], ["pytest", { replace = "posargs", extend = true }, "tests"]]
[env.unit]
commands = [["python", "-m", "unittest", "discover", "tests"]]
"""
SETUP_CFG = "[tox:tox]\nenvlist = py\n[tox:testenv]\ncommands = python -m pytest -v tests\n"
LEGACY = "[tool.tox]\nlegacy_tox_ini = '''\n[testenv]\ncommands = py.test tests/unit\n'''\n"


@pytest.mark.parametrize(
    ("file", "text", "command", "told"),
    [
        # A line that only tox can fill in is passed over.
        (
            "tox.ini",
            TOX_INI,
            "tox -e py311",
            "SHOP=test pytest -q -m not slow --import-mode=importlib ./tests",
        ),
        (
            "tox.ini",
            TOX_INI,
            "tox run -e unit -- -k x",
            f"SHOP=test python -m pytest -q -o python_files=test*.py {ONLY} tests",
        ),
        ("tox.toml", TOX_TOML, "python -m tox", "SHOP=test pytest -q tests"),
        (
            "tox.toml",
            TOX_TOML,
            "tox -eunit",
            f"SHOP=test python -m pytest -q -o python_files=test*.py {ONLY} tests",
        ),
        ("setup.cfg", SETUP_CFG, "tox", "python -m pytest -q tests"),
        ("pyproject.toml", LEGACY, "tox", "pytest -q tests/unit"),
    ],
)
def test_tox(file: str, text: str, command: str, told: str, project: Path) -> None:
    (project / file).write_text(text)
    assert translated(command, project) == told


NOXFILE = """\
import nox

raise SystemExit("this file is never run")

@nox.session(python=["3.11", "3.12"])
def tests(session):
    session.install("-e", ".", "pytest")
    session.run("pytest", "--cov=shop", *(session.posargs or ["tests"]), env={"SHOP": "test"})

@nox.session(name="unit")
def _unit(session: nox.Session) -> None:
    session.run("python", "-m", "unittest", "discover", *session.posargs)

@nox.session
def lint(session):
    session.run("ruff", "check")
"""


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("nox", "SHOP=test pytest -q tests"),
        ("nox -s tests-3.11", "SHOP=test pytest -q tests"),
        ("python -m nox --session=unit", f"-o python_files=test*.py {ONLY}"),
    ],
)
def test_nox(command: str, told: str, project: Path) -> None:
    (project / "noxfile.py").write_text(NOXFILE)
    assert translated(command, project).endswith(told)


@pytest.mark.parametrize(
    ("file", "text", "command"),
    [
        ("tox.ini", TOX_INI, "tox -e lint"),
        ("noxfile.py", NOXFILE, "nox -s lint"),
        ("setup.py", "", "tox"),
        ("setup.py", "", "nox"),
    ],
)
def test_what_runs_no_tests_that_we_know(file: str, text: str, command: str, project: Path) -> None:
    (project / file).write_text(text)
    with pytest.raises(UsageError, match=f"nothing that {command} runs is known") as told:
        translated(command, project)
    assert "after --" in told.value.hint


@pytest.mark.parametrize(
    ("file", "text", "command"),
    [
        ("tox.ini", "commands = 1\n", "tox"),
        ("tox.toml", "[", "tox"),
        ("pyproject.toml", "tool.tox.legacy_tox_ini = 'a'", "tox"),
        ("tox.ini", "[testenv]\ncommands = caf\xe9", "tox"),
        ("noxfile.py", "def", "nox"),
    ],
)
def test_a_configuration_that_cannot_be_read(
    file: str, text: str, command: str, project: Path
) -> None:
    (project / file).write_text(text, "latin-1")
    with pytest.raises(UsageError, match="cannot be read"):
        translated(command, project)
    assert usual_command(project) == ("pytest", "-q")


# --------------------------------------------------------------------------- what is usual


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("pyproject.toml", "tool = 3"),
        ("pyproject.toml", "[tool.tox]\nenv = 1\nenv_run_base = { commands = 3, set_env = [] }"),
        ("tox.toml", "env_run_base = { commands = [3, [], ['']], set_env = { A = 1 } }"),
        ("noxfile.py", "@nox.session\ndef a(session):\n    session.run(1, *b, env={**c})\n"),
        ("manage.py", "\0"),
    ],
)
def test_nonsense_is_passed_over(file: str, text: str, project: Path) -> None:
    (project / file).write_text(text)
    assert usual_command(project) == ("pytest", "-q")


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, "pytest -q"),
        ({"tox.ini": TOX_INI}, "SHOP=test pytest -q -m not slow --import-mode=importlib ./tests"),
        ({"noxfile.py": NOXFILE}, "SHOP=test pytest -q tests"),
        ({"manage.py": MANAGE}, f"DJANGO_SETTINGS_MODULE=site.settings {DJANGO}"),
        ({"manage.py": "import shop\n"}, "pytest -q"),
        # Where pytest is configured, it knows best.
        ({"tox.ini": TOX_INI + "[pytest]\n"}, "pytest -q"),
        ({"tox.ini": TOX_INI, "pyproject.toml": "[tool.pytest.ini_options]\n"}, "pytest -q"),
        ({"manage.py": MANAGE, "conftest.py": ""}, "pytest -q"),
    ],
)
def test_the_usual_command(files: dict[str, str], told: str, project: Path) -> None:
    for name, text in files.items():
        (project / name).write_text(text)
    assert " ".join(usual_command(project)) == told
