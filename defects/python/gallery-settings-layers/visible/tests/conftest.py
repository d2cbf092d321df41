import pytest


@pytest.fixture
def defaults():
    """Fewer settings than a gallery has."""
    return {
        "server": {"host": "localhost", "port": 8000},
        "log": {"level": "info", "files": {"access": "access.log", "error": "error.log"}},
        "formats": ["jpg", "png"],
    }
