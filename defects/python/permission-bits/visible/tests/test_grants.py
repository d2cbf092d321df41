import pytest
from grants import Grants, Right


@pytest.fixture
def grants():
    made = Grants("ada")
    made.grant("ben", Right.READ | Right.COMMENT)
    return made


def test_granted(grants):
    assert grants.allows("ben", Right.COMMENT)
    assert not grants.allows("ben", Right.READ | Right.WRITE)


def test_revoked(grants):
    grants.revoke("ben", Right.COMMENT)
    assert grants.rights("ben") == Right.READ


def test_no_longer_an_editor(grants):
    grants.revoke("ben", Right.WRITE | Right.COMMENT)
    assert not grants.allows("ben", Right.WRITE)


def test_users(grants):
    assert grants.users() == ["ada", "ben"]
    assert grants.users(Right.SHARE) == ["ada"]
