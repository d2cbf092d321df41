import pytest
from hours.__main__ import main


@pytest.fixture
def report(tmp_path, capsys):
    """Runs the command on a sheet; the lines that it prints."""

    def run(sheet, *options):
        path = tmp_path / "sheet.txt"
        path.write_text(sheet)
        assert main([str(path), *options]) == 0
        return capsys.readouterr().out.splitlines()

    return run
