"""Accounts in a database, changed in transactions."""

import sqlite3


class Transaction:
    """What is done inside of `with` is done as a whole, or not at all.

    An error undoes it and goes on its way to the caller. Transactions may be nested: the inner
    ones are savepoints, so that the outer one can handle their errors and go on.
    """

    _depths = {}

    def __init__(self, connection):
        self._connection = connection
        self._name = None

    def __enter__(self):
        depth = self._depths.get(id(self._connection), 0)
        self._depths[id(self._connection)] = depth + 1
        self._name = f"level_{depth}"
        self._connection.execute(f"SAVEPOINT {self._name}")
        return self._connection

    def __exit__(self, kind, error, trace):
        self._depths[id(self._connection)] -= 1
        if kind is not None:
            self._connection.execute(f"ROLLBACK TO {self._name}")
        self._connection.execute(f"RELEASE {self._name}")
        return True


class Accounts:
    """Balances by the name of the account, which is never below zero."""

    def __init__(self, path=":memory:"):
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS account"
            " (name TEXT PRIMARY KEY, balance INTEGER NOT NULL CHECK (balance >= 0))"
        )

    def transaction(self):
        return Transaction(self._connection)

    def open(self, name, balance=0):
        """sqlite3.IntegrityError where there is one of that name."""
        with self.transaction() as connection:
            connection.execute("INSERT INTO account VALUES (?, ?)", (name, balance))

    def balances(self):
        return dict(self._connection.execute("SELECT name, balance FROM account ORDER BY name"))

    def book(self, name, amount):
        """Add an amount, which may be negative. KeyError where there is no such account, and
        sqlite3.IntegrityError where the balance is too low.
        """
        with self.transaction() as connection:
            done = connection.execute(
                "UPDATE account SET balance = balance + ? WHERE name = ?", (amount, name)
            )
            if not done.rowcount:
                raise KeyError(name)

    def transfer(self, source, target, amount):
        """Move an amount from one account to another."""
        with self.transaction():
            self.book(target, amount)
            self.book(source, -amount)

    def close(self):
        self._connection.close()
