import pytest


@pytest.fixture
def tree(tmp_path):
    """Makes folders with files from {path: text}; a text of None makes an empty folder."""

    def make(name, files):
        folder = tmp_path / name
        folder.mkdir()
        for path, text in files.items():
            place = folder / path
            if text is None:
                place.mkdir(parents=True)
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text)
        return folder

    return make


@pytest.fixture
def names():
    """Lists all that is in a folder."""
    return lambda folder: sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
