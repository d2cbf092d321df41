"""The patch policy, on real files and real git repositories.

Checks 17 (paths, links) and 18 (tests, configuration, CI, lock files). Modes and renames cannot be
said by an edit; that applying keeps modes is in test_apply.py.
"""

import os
import subprocess
from pathlib import Path

import pytest

from repairlsp.patches import Policy, check
from repairlsp.patches.policy import MAX_FILES, MAX_LINE_LENGTH, MAX_LINES
from repairlsp.types import Edit, LineSpan


def edit(path: str, *lines: str) -> Edit:
    return Edit(path, LineSpan(1, 2), lines or ("x = 2",))


def write(project: Path, path: str, text: str = "x = 1\n") -> None:
    file = project / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


@pytest.mark.parametrize(
    "path",
    [
        "a.py",
        "src/pkg/tests.py",
        "pkg/testing.py",
        "pkg/sub dir/ü.py",
        "shop/vendor/a.py",
        "pkg/setup/a.py",
        "pkg/ci.py",
        "app/conf.py",
        ".hidden/a.py",
    ],
)
def test_ordinary_sources_may_be_patched(tmp_path: Path, path: str) -> None:
    write(tmp_path, path)
    assert check([edit(path)], tmp_path) is None


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("tests/test_a.py", "is a test"),
        ("pkg/test_a.py", "is a test"),
        ("conftest.py", "is a test"),
        ("pkg/conftest.py", "is a test"),
        ("tests/helpers.py", "is a test"),
        (".github/scripts/build.py", "continuous integration"),
        (".gitlab-ci.yml", "continuous integration"),
        (".ci/run.py", "continuous integration"),
        (".forgejo/workflows/run.py", "continuous integration"),
        ("Tests/helper.py", "is a test"),
        ("doc/source/conf.py", "configuration"),
        ("hatch_build.py", "configuration"),
        ("venv/bin/tool.py", "installed"),
        (".tox/py311/bin/tool.py", "installed"),
        ("poetry.lock", "lock file"),
        ("sub/package-lock.json", "lock file"),
        ("requirements-dev.txt", "lock file"),
        ("setup.py", "configuration"),
        ("docs/conf.py", "configuration"),
        ("sitecustomize.py", "configuration"),
        ("pyproject.toml", "not a Python source"),
        ("setup.cfg", "not a Python source"),
        ("pytest.ini", "not a Python source"),
        ("evil.pth", "not a Python source"),
        ("pip/_vendor/a.py", "vendored"),
        ("vendor/a.py", "vendored"),
        (".venv/lib/python3.11/site-packages/a.py", "vendored"),
        ("pkg/api_pb2.py", "generated"),
    ],
)
def test_protected_files(tmp_path: Path, path: str, reason: str) -> None:
    write(tmp_path, path)
    assert reason in str(check([edit(path)], tmp_path))


@pytest.mark.parametrize(
    "path",
    [
        "../a.py",
        "pkg/../../a.py",
        "pkg/../a.py",
        "/etc/passwd.py",
        "./a.py",
        "pkg//a.py",
        "a.py/",
        ".git/hooks/a.py",
        "pkg/.git/a.py",
        ".GIT/a.py",
        ".hg/a.py",
        "",
        ".",
        "..",
        "a\\b.py",
        "a\n.py",
        "a\x00.py",
    ],
)
def test_paths_that_leave_the_project_or_are_not_plain(tmp_path: Path, path: str) -> None:
    project = tmp_path / "project"
    write(project, "a.py")
    write(project, "pkg/a.py")
    write(project, ".git/hooks/a.py")
    write(tmp_path, "a.py")
    assert check([edit(path)], project) is not None


def test_links_and_other_things_are_refused(tmp_path: Path) -> None:
    project = tmp_path / "project"
    write(tmp_path, "outside/a.py")
    write(project, "real/a.py")
    (project / "link.py").symlink_to("real/a.py")
    (project / "out.py").symlink_to(tmp_path / "outside/a.py")
    (project / "dangling.py").symlink_to("nothing.py")
    (project / "folder").symlink_to(tmp_path / "outside")
    (project / "inner").symlink_to("real")
    (project / "dir.py").mkdir()
    os.mkfifo(project / "pipe.py")
    policy = Policy(project)
    for path in ("link.py", "out.py", "dangling.py", "folder/a.py", "inner/a.py"):
        assert "symbolic link" in str(policy.check([edit(path)])), path
    for path in ("dir.py", "pipe.py"):
        assert "not a regular file" in str(policy.check([edit(path)]))
    assert "does not exist" in str(policy.check([edit("new.py")]))
    assert "does not exist" in str(policy.check([edit("no/new.py")]))
    assert policy.check([edit("real/a.py")]) is None


def test_a_buffer_that_was_never_saved_may_be_patched(tmp_path: Path) -> None:
    write(tmp_path, "outside/a.py")
    write(tmp_path, "project/saved.py")
    project = tmp_path / "project"
    (project / "link.py").symlink_to("saved.py")
    (project / "folder").symlink_to(tmp_path / "outside")
    texts = dict.fromkeys(["new.py", "link.py", "folder/new.py", "test_new.py"], "x = 1\n")
    policy = Policy(project, unsaved={**texts, "made.py": "# @generated\n"})
    assert policy.check([edit("new.py")]) is None
    assert "says that it is generated" in str(policy.check([edit("made.py")]))
    assert "is a test" in str(policy.check([edit("test_new.py")]))
    for path in ("link.py", "folder/new.py"):
        assert "symbolic link" in str(policy.check([edit(path)])), path


def test_a_project_reached_through_a_link_is_fine(tmp_path: Path) -> None:
    write(tmp_path, "real/a.py")
    (tmp_path / "link").symlink_to("real")
    assert check([edit("a.py")], tmp_path / "link") is None


def test_files_that_git_ignores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    write(tmp_path, ".gitignore", "build/\n/local.py\n*_tracked.py\n")
    for path in ("build/a.py", "local.py", "is_tracked.py", "src/a.py", ":(top)odd.py"):
        write(tmp_path, path)
    subprocess.run(["git", "-C", str(tmp_path), "add", "-f", "is_tracked.py"], check=True)
    # Inside a git hook these point at another repository.
    monkeypatch.setenv("GIT_DIR", "/nonexistent")
    policy = Policy(tmp_path)
    assert "ignored by git" in str(policy.check([edit("build/a.py")]))
    assert "ignored by git" in str(policy.check([edit("local.py")]))
    assert policy.check([edit("is_tracked.py")]) is None
    assert policy.check([edit("src/a.py")]) is None
    assert policy.check([edit(":(top)odd.py")]) is None


def test_a_strangers_git_configuration_starts_nothing(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    write(tmp_path, "a.py")
    hook = tmp_path / "hook"
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\n")
    hook.chmod(0o755)
    git = ["git", "-C", str(tmp_path), "-c", "core.fsmonitor=false"]
    subprocess.run([*git, "add", "a.py"], check=True)
    subprocess.run([*git, "config", "core.fsmonitor", str(hook)], check=True)
    assert check([edit("a.py")], tmp_path) is None
    assert not (tmp_path / "started").exists()


@pytest.mark.parametrize("kind", ["submodule", "clone"])
def test_files_of_another_repository_inside(tmp_path: Path, kind: str) -> None:
    write(tmp_path, "libs/other/pkg/a.py")
    write(tmp_path, "libs/a.py")
    if kind == "clone":
        (tmp_path / "libs/other/.git").mkdir()
    else:
        (tmp_path / "libs/other/.git").write_text("gitdir: ../../.git/modules/other\n")
    assert "another repository, libs/other" in str(check([edit("libs/other/pkg/a.py")], tmp_path))
    assert check([edit("libs/a.py")], tmp_path) is None


def test_tabs_and_form_feeds_may_stand_in_a_line(tmp_path: Path) -> None:
    write(tmp_path, "a.py")
    assert check([edit("a.py", "\tx = '\t\u2028\x85'\f")], tmp_path) is None


@pytest.mark.parametrize(
    "header",
    ["# @generated by protoc\n", "#!/usr/bin/env python\n# AUTO-GENERATED FILE. DO NOT EDIT!\n"],
)
def test_generated_files(tmp_path: Path, header: str) -> None:
    write(tmp_path, "a.py", header + "x = 1\n")
    assert "generated" in str(check([edit("a.py")], tmp_path))


def test_a_docstring_may_speak_of_generated_code(tmp_path: Path) -> None:
    write(tmp_path, "a.py", '"""Reads auto-generated files; do not edit them."""\n')
    assert check([edit("a.py")], tmp_path) is None


def test_files_of_the_test_run_are_tests(tmp_path: Path) -> None:
    write(tmp_path, "app/tests.py")
    assert check([edit("app/tests.py")], tmp_path) is None
    assert "is a test" in str(check([edit("app/tests.py")], tmp_path, tests={"app/tests.py"}))


def test_one_bad_file_refuses_the_whole_patch(tmp_path: Path) -> None:
    write(tmp_path, "a.py")
    write(tmp_path, "test_a.py")
    assert "test_a.py" in str(check([edit("a.py"), edit("test_a.py")], tmp_path))


def test_sizes(tmp_path: Path) -> None:
    paths = [f"m{number}.py" for number in range(MAX_FILES + 1)]
    for path in paths:
        write(tmp_path, path)
    policy = Policy(tmp_path)
    assert policy.check([edit(path) for path in paths[:-1]]) is None
    assert "files" in str(policy.check([edit(path) for path in paths]))
    assert policy.check([edit("m0.py", *["x"] * (MAX_LINES - 1))]) is None
    assert "lines" in str(policy.check([edit("m0.py", *["x"] * MAX_LINES)]))
    assert "lines" in str(policy.check([Edit("m0.py", LineSpan(1, MAX_LINES + 2), ())]))
    assert policy.check([edit("m0.py", "x" * MAX_LINE_LENGTH)]) is None
    assert "longer" in str(policy.check([edit("m0.py", "x" * (MAX_LINE_LENGTH + 1))]))
    assert "empty" in str(policy.check([]))
    write(tmp_path, "big.py", "x = 1\n" * 1_000_000)
    assert "larger" in str(policy.check([edit("big.py")]))


@pytest.mark.parametrize(
    "line", ["a\nb", "a\rb", "a\0b", "x = '\u202e'", "\u2066x", "\x1b[2K", "a\bb", "\x9b1A", "\x7f"]
)
def test_lines_that_are_not_what_they_seem(tmp_path: Path, line: str) -> None:
    write(tmp_path, "a.py")
    assert check([edit("a.py", line)], tmp_path) is not None


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("src/cart.ts", True),
        ("Cart.java", True),
        ("tool.pl", True),
        ("src/generate.rs", True),
        ("builder.rs", True),
        ("jest.config.js", False),
        ("src/.eslintrc.js", False),
        ("webpack.mix.js", False),
        ("Gulpfile.ts", False),
        ("dist/cart.min.js", False),
        ("api/cart.pb.go", False),
        ("src/__mocks__/cart.js", False),
        ("build.rs", False),
        ("cart.test.js", False),
        ("cart_test.go", False),
        ("package.json", False),
    ],
)
def test_source_of_other_languages_only_as_suggestions(
    tmp_path: Path, path: str, allowed: bool
) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("x\n")
    assert (Policy(tmp_path, foreign=True).check_path(path) is None) == allowed
    assert Policy(tmp_path).check_path(path) is not None


@pytest.mark.parametrize(
    "text",
    [
        "// Code generated by protoc-gen-go. DO NOT EDIT.\npackage cart\n",
        "/**\n * @generated by a tool\n */\nexport {}\n",
        "/* Automatically generated */\nint x;\n",
    ],
)
def test_generated_source_of_other_languages_says_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "cart.go").write_text(text)
    refusal = Policy(tmp_path, foreign=True).check_path("cart.go")
    assert refusal is not None
    assert "generated" in str(refusal)
