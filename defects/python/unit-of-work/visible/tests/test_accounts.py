import sqlite3

import pytest
from accounts import Accounts


@pytest.fixture
def accounts():
    made = Accounts()
    made.open("ann", 100)
    made.open("bob", 20)
    yield made
    made.close()


def test_transfer(accounts):
    accounts.transfer("ann", "bob", 30)
    assert accounts.balances() == {"ann": 70, "bob": 50}


def test_too_little_money(accounts):
    with pytest.raises(sqlite3.IntegrityError):
        accounts.book("bob", -30)
    assert accounts.balances() == {"ann": 100, "bob": 20}


def test_several_steps(accounts):
    with accounts.transaction():
        accounts.book("ann", 5)
        accounts.book("bob", 5)
    assert accounts.balances() == {"ann": 105, "bob": 25}
