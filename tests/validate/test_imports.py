"""The copy's modules are tested, wherever the user's environment would import them from."""

import pytest

from repairlsp.types import Edit, LineSpan
from tests.validate.projects import PYTEST, bench, environment_in, outcomes, write_project

TEST = "from pkg.mod import f\ndef test_f(): assert f() == 2\n"
BUG = {"pkg/__init__.py": "", "pkg/mod.py": "def f():\n    return 1\n"}
ID = "tests/test_mod.py::test_f"

FINDER = """\
import sys
from importlib.util import spec_from_file_location
from pathlib import Path

MAPPING = {mapping!r}
NAMESPACES = {{}}


class Finder:
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name in MAPPING:
            place = Path(MAPPING[name])
            return spec_from_file_location(
                name, place / "__init__.py", submodule_search_locations=[str(place)])


def install():
    sys.meta_path.{how}
"""


def patched_run(project, sandbox, path):
    """The outcome before the fix, after it, and the status after it."""
    fix = Edit(path, LineSpan(2, 3), ("    return 2",))
    with bench(project, sandbox, *PYTEST) as pkg_bench:
        before = pkg_bench.run(coverage=True)
        covered = {line.path for line in before.coverage.get(ID, ())}
        with pkg_bench.copy.patched([fix]):
            after = pkg_bench.run()
    return outcomes(before)[ID], outcomes(after)[ID], after.run.status, path in covered


def under(folder, files):
    return {f"{folder}/{name}": text for name, text in files.items()}


def test_an_src_layout_that_is_not_installed(tmp_path, sandbox):
    project = write_project(tmp_path / "p", {**under("src", BUG), "tests/test_mod.py": TEST})
    assert patched_run(project, sandbox, "src/pkg/mod.py") == ("failed", "passed", "passed", True)


@pytest.mark.parametrize("folder", ["src", "python", "."])
def test_an_editable_install_by_path(tmp_path, each_sandbox, folder):
    project = write_project(tmp_path / "p", {**under(folder, BUG), "tests/test_mod.py": TEST})
    environment_in(project / ".venv", project / folder)
    path = f"{folder}/pkg/mod.py".removeprefix("./")
    assert patched_run(project, each_sandbox, path) == ("failed", "passed", "passed", True)


@pytest.mark.parametrize("how", ["append(Finder)", "insert(0, Finder)"])
def test_an_editable_install_by_finder(tmp_path, each_sandbox, how):
    project = write_project(tmp_path / "p", {**under("lib", BUG), "tests/test_mod.py": TEST})
    packages = environment_in(
        project / ".venv", code="import __editable___pkg_finder; __editable___pkg_finder.install()"
    )
    finder = FINDER.format(mapping={"pkg": str(project / "lib/pkg")}, how=how)
    (packages / "__editable___pkg_finder.py").write_text(finder)
    assert patched_run(project, each_sandbox, "lib/pkg/mod.py") == (
        "failed", "passed", "passed", True,
    )  # fmt: skip


def test_a_module_from_the_users_own_tree_is_refused_by_name(tmp_path, sandbox):
    project = write_project(tmp_path / "p", {**under("lib", BUG)})
    text = f"import sys\nsys.path.insert(0, {str(project / 'lib')!r})\n{TEST}"
    write_project(project, {"tests/test_mod.py": text})
    with bench(project, sandbox) as pkg_bench:
        run = pkg_bench.run().run
    assert run.status == "broken"
    assert f"import pkg from {project}/lib/pkg/__init__.py" in run.message


def test_bytecode_is_written_nowhere_in_the_users_tree(tmp_path, sandbox):
    project = write_project(tmp_path / "p", {**BUG, "tests/test_mod.py": TEST})
    packages = environment_in(project / ".venv", project)
    write_project(packages, {"helper.py": "VALUE = 1\n"})
    write_project(project, {"tests/test_helper.py": "import helper\ndef test_it(): helper.VALUE\n"})
    with bench(project, sandbox) as pkg_bench:
        pkg_bench.run()
        # It is kept all the same: the next run finds it compiled.
        assert list(pkg_bench.copy.bytecode.rglob("helper.*.pyc"))
    assert not [path for path in project.rglob("*.pyc") if "helper" in path.name]
    assert not list(project.rglob("tests/__pycache__"))
    assert not (project / ".pytest_cache").exists()


def test_a_namespace_package(tmp_path, each_sandbox):
    project = write_project(
        tmp_path / "p", {"pkg/mod.py": BUG["pkg/mod.py"], "tests/test_mod.py": TEST}
    )
    assert patched_run(project, each_sandbox, "pkg/mod.py") == ("failed", "passed", "passed", True)


def test_a_namespace_package_half_of_which_is_installed(tmp_path, each_sandbox):
    test = f"import pkg.other\n{TEST}"
    project = write_project(
        tmp_path / "p", {"pkg/mod.py": BUG["pkg/mod.py"], "tests/test_mod.py": test}
    )
    packages = environment_in(tmp_path / "environment")
    write_project(packages, {"pkg/other.py": "VALUE = 1\n"})
    (project / ".venv").symlink_to(tmp_path / "environment")
    assert patched_run(project, each_sandbox, "pkg/mod.py") == ("failed", "passed", "passed", True)


def test_pythonpath_inside_and_outside_the_project(tmp_path, each_sandbox, monkeypatch):
    test = f"import elsewhere\n{TEST}"
    project = write_project(tmp_path / "p", {**under("code", BUG), "tests/test_mod.py": test})
    outside = write_project(tmp_path / "outside", {"elsewhere.py": "VALUE = 1\n"})
    monkeypatch.setenv("PYTHONPATH", f"{project / 'code'}:{outside}")
    path = "code/pkg/mod.py"
    assert patched_run(project, each_sandbox, path) == ("failed", "passed", "passed", True)


def test_the_active_environment_of_conda(tmp_path, each_sandbox, monkeypatch):
    """A folder conda-meta, and activation by CONDA_PREFIX alone."""
    test = f"import conda_only\n{TEST}"
    project = write_project(tmp_path / "p", {**BUG, "tests/test_mod.py": test})
    prefix = tmp_path / "conda"
    packages = environment_in(prefix)
    write_project(packages, {"conda_only.py": "VALUE = 1\n"})
    write_project(prefix, {"conda-meta/history": ""})
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    monkeypatch.setenv("CONDA_PREFIX", str(prefix))
    assert patched_run(project, each_sandbox, "pkg/mod.py") == ("failed", "passed", "passed", True)
