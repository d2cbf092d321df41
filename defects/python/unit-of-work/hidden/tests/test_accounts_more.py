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


@pytest.mark.parametrize(
    ("source", "target", "amount", "error"),
    [
        ("ann", "bob", 101, sqlite3.IntegrityError),
        ("ann", "eve", 1, KeyError),
        ("eve", "ann", 1, KeyError),
        ("bob", "ann", -101, sqlite3.IntegrityError),
    ],
)
def test_all_or_nothing(accounts, source, target, amount, error):
    with pytest.raises(error):
        accounts.transfer(source, target, amount)
    assert accounts.balances() == {"ann": 100, "bob": 20}
    accounts.transfer("ann", "bob", 100)
    assert accounts.balances() == {"ann": 0, "bob": 120}


def test_any_error_undoes_the_steps(accounts):
    with pytest.raises(ZeroDivisionError), accounts.transaction():
        accounts.book("ann", 5)
        _ = 1 // 0
    assert accounts.balances()["ann"] == 100


def test_an_error_that_the_outer_transaction_handles(accounts):
    with accounts.transaction():
        accounts.book("ann", 5)
        with pytest.raises(KeyError):
            accounts.transfer("ann", "eve", 50)
        accounts.book("bob", 5)
    assert accounts.balances() == {"ann": 105, "bob": 25}


def test_an_account_is_opened_once(accounts):
    with pytest.raises(sqlite3.IntegrityError):
        accounts.open("ann", 7)
    assert accounts.balances()["ann"] == 100


def test_what_is_done_stays(tmp_path):
    path = tmp_path / "accounts.db"
    first = Accounts(path)
    first.open("ann", 1)
    with pytest.raises(KeyError):
        first.book("bob", 1)
    first.close()
    second = Accounts(path)
    assert second.balances() == {"ann": 1}
    second.close()
