import pytest
from grants import Grants, Right


@pytest.mark.parametrize("taken", [0, 1, 2, 4, 5, 8, 11, 15])
def test_what_is_left(taken):
    for before in range(16):
        grants = Grants("ada")
        grants.grant("ben", Right(before))
        grants.revoke("ben", Right(taken))
        for right in (Right.READ, Right.COMMENT, Right.WRITE, Right.SHARE):
            assert grants.allows("ben", right) == (bool(before & right) and not taken & right)


def test_revoking_twice():
    grants = Grants("ada")
    grants.grant("ben", Right.WRITE)
    grants.revoke("ben", Right.WRITE)
    grants.revoke("ben", Right.WRITE)
    assert grants.users(Right.WRITE) == ["ada"]
    assert grants.rights("ben") == Right.NONE


def test_revoking_from_a_stranger():
    grants = Grants("ada")
    grants.revoke("eve", Right.parse("read, share"))
    assert grants.users(Right.NONE) == ["ada"]


def test_granting_twice():
    grants = Grants("ada")
    grants.grant("ben", Right.READ)
    grants.grant("ben", Right.READ)
    assert grants.allows("ben", Right.READ)


def test_names():
    assert Right.parse("Read,write,") == Right.READ | Right.WRITE
    assert Right.parse("") == Right.NONE
    with pytest.raises(ValueError):
        Right.parse("admin")
