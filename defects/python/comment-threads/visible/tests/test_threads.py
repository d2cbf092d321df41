from threads import Comment, best_first, render, threads

FIRST = Comment(1, "ann", "Nice.", votes=2)
REPLY = Comment(2, "bob", "Why?", votes=9, reply_to=1)
OTHER = Comment(3, "cy", "No.", votes=5)


def test_render():
    assert render(threads([FIRST, REPLY, OTHER])) == "ann: Nice.\n  bob: Why?\ncy: No."


def test_a_reply_with_many_votes():
    assert render(best_first([FIRST, REPLY, OTHER])) == "cy: No.\nann: Nice.\n  bob: Why?"


def test_a_deleted_comment():
    assert [thread.comment for thread in threads([REPLY, OTHER])] == [REPLY, OTHER]


def test_length():
    assert [len(thread) for thread in threads([FIRST, REPLY, OTHER])] == [2, 1]
