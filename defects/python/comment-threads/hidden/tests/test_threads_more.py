from itertools import permutations

from threads import Comment, best_first, render, threads


def comment(number, reply_to=None, votes=0):
    return Comment(number, f"u{number}", "x", votes, reply_to)


def shape(found):
    return {thread.comment.id: shape(thread.replies) for thread in found}


def test_any_order():
    comments = [comment(1), comment(2, 1), comment(3, 2), comment(4, 1), comment(5)]
    for order in permutations(comments):
        assert shape(threads(order)) == {1: {2: {3: {}}, 4: {}}, 5: {}}


def test_order_on_each_level():
    comments = [comment(9, 2), comment(3), comment(7, 3), comment(2), comment(8, 2), comment(6, 3)]
    found = threads(iter(comments))
    assert [thread.comment.id for thread in found] == [3, 2]
    assert [[reply.comment.id for reply in thread.replies] for thread in found] == [[7, 6], [9, 8]]


def test_replies_to_deleted_comments():
    found = threads([comment(4, 3), comment(3, 99), comment(2, 98), comment(1)])
    assert [thread.comment.id for thread in found] == [3, 2, 1]
    assert shape(found) == {3: {4: {}}, 2: {}, 1: {}}


def test_best_first():
    comments = [comment(1, votes=1), comment(2, 1, 5), comment(3, 1, 7), comment(4, votes=1)]
    comments += [comment(5, 3, 90), comment(6, votes=-2), comment(7, 1, 7)]
    found = best_first(comments)
    assert [c.id for thread in found for _, c in thread.walk()] == [1, 3, 5, 7, 2, 4, 6]
    assert [len(thread) for thread in found] == [5, 1, 1]


def test_a_deep_thread_from_below():
    comments = [comment(number, number - 1 if number > 1 else None) for number in range(60, 0, -1)]
    found = threads(comments)
    assert [len(thread) for thread in found] == [60]
    assert render(found).splitlines()[-1] == "  " * 59 + "u60: x"


def test_calls_do_not_share_replies():
    comments = [comment(2, 1), comment(1)]
    assert shape(threads(comments)) == shape(threads(comments)) == {1: {2: {}}}
    assert threads([]) == []
