import pytest
from members import UnsafeMember, common_root, member_path, unpacked_paths


def test_plain_names():
    assert member_path("docs/index.md") == "docs/index.md"
    assert member_path("./docs/index.md") == "docs/index.md"


def test_upwards():
    with pytest.raises(UnsafeMember):
        member_path("docs/../../etc/passwd")


def test_a_release():
    names = ["tool-1.2/setup.py", "tool-1.2/src/tool.py"]
    assert common_root(names) == "tool-1.2"
    assert list(unpacked_paths(names).values()) == ["setup.py", "src/tool.py"]


def test_a_repository():
    names = [".gitignore", "./.github/workflows/test.yml", "README.md"]
    assert list(unpacked_paths(names).values()) == [
        ".gitignore",
        ".github/workflows/test.yml",
        "README.md",
    ]
