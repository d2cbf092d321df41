"""Limits how often a function may be called, for services that are paid for by the call."""

import functools


class QuotaExceeded(Exception):
    """The function has been called as often as it may be, until the quota is renewed."""


def quota(calls, *, on_error="count"):
    """Decorator: the function may be called `calls` times until `renew()`.

    `remaining()` and `renew()` are attributes of the decorated function. `on_error` says whether a
    call that raises is counted (`count`) or not (`free`).
    """
    if on_error not in ("count", "free"):
        raise ValueError(f"on_error is 'count' or 'free', not {on_error!r}")

    def decorate(function):
        used = 0

        @functools.wraps(function)
        def limited(*args, **kwargs):
            nonlocal used
            if used >= calls:
                raise QuotaExceeded(f"{function.__name__} has been called {calls} times")
            used += 1
            try:
                return function(*args, **kwargs)
            except Exception:
                if on_error == "free":
                    used -= 1
                raise

        def remaining():
            return calls - used

        def renew():
            nonlocal used
            used = 0

        limited.remaining = remaining
        limited.renew = renew
        return limited

    return decorate


def renew_all(*functions):
    """Renew the quotas of the functions that have one."""
    for function in functions:
        getattr(function, "renew", lambda: None)()
