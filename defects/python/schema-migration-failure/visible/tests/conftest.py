import pytest
from shelf import Database


@pytest.fixture
def database(tmp_path):
    made = Database(tmp_path / "shelf.db", durable=False)
    yield made
    made.close()
