import pytest
from shelf import Books, Database, migrate


@pytest.fixture
def database(tmp_path):
    made = Database(tmp_path / "shelf.db", durable=False)
    migrate(made)
    yield made
    made.close()


@pytest.fixture
def books(database):
    return Books(database)
