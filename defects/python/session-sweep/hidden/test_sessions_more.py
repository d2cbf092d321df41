import pytest
from sessions import SessionStore


@pytest.mark.parametrize(
    "pattern", ["xxxx", "xx..", ".xx.", "x.xx", "..xxx", "xxx.xxx", "....", ""]
)
def test_any_pattern_of_expired_sessions(pattern):
    ended = []
    store = SessionStore(idle=10, on_end=lambda session: ended.append(session.key))
    for number, mark in enumerate(pattern):
        store.start(str(number), "ann", now=0 if mark == "x" else 95)
    expired = [str(number) for number, mark in enumerate(pattern) if mark == "x"]
    assert store.sweep(now=100) == len(expired)
    assert ended == expired
    assert len(store) == pattern.count(".")
    for number, mark in enumerate(pattern):
        assert (store.find(str(number), now=100) is not None) == (mark == ".")
    assert store.sweep(now=100) == 0


def test_remembered_sessions_stay():
    store = SessionStore(idle=10)
    for key in "abcd":
        store.start(key, "ann", now=0, remembered=key in "bc")
    assert store.sweep(now=199) == 2
    assert store.sweep(now=200) == 2


def test_log_out_of_everything():
    ended = []
    store = SessionStore(on_end=lambda session: ended.append(session.key))
    for key in "abc":
        store.start(key, "ann", now=0)
    store.log_out("bob")
    assert len(store) == 3
    store.log_out("ann")
    assert ended == ["a", "b", "c"]
