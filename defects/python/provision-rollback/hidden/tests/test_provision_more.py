import pytest
from provision import Setup, SetupFailed


class Traced:
    def __init__(self, name, sticks=False, fails=False):
        self.name = name
        self.sticks = sticks
        self.fails = fails

    def apply(self, context):
        if self.fails:
            raise KeyError(self.name)
        context.setdefault("trace", []).append(f"+{self.name}")

    def undo(self, context):
        context["trace"].append(f"-{self.name}")
        if self.sticks:
            raise RuntimeError(self.name)


@pytest.mark.parametrize("sticking", ["", "a", "b", "c", "ac", "bc", "abc"])
def test_every_step_is_undone_once(sticking):
    context = {}
    steps = [Traced(name, sticks=name in sticking) for name in "abc"]
    with pytest.raises(SetupFailed) as caught:
        Setup([*steps, Traced("d", fails=True), Traced("e")]).run(context)
    assert context["trace"] == ["+a", "+b", "+c", "-c", "-b", "-a"]
    assert caught.value.left == [name for name in "cba" if name in sticking]
    assert caught.value.step == "d"
    assert isinstance(caught.value.__cause__, KeyError)


def test_nothing_to_undo():
    with pytest.raises(SetupFailed) as caught:
        Setup([Traced("a", fails=True)]).run({})
    assert str(caught.value) == "a failed"
    assert caught.value.left == []


def test_message():
    steps = [Traced("a", sticks=True), Traced("b", sticks=True), Traced("c", fails=True)]
    with pytest.raises(SetupFailed, match="^c failed; left behind: b, a$"):
        Setup(steps).run({})


def test_progress():
    seen = []
    with pytest.raises(SetupFailed):
        Setup([Traced("a"), Traced("b", sticks=True), Traced("c", fails=True)], seen.append).run({})
    assert seen == ["a ...", "b ...", "c ...", "undoing b ...", "undoing a ..."]


def test_an_interrupt_is_not_handled():
    class Interrupted(Traced):
        def apply(self, context):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Setup([Traced("a"), Interrupted("b")]).run({})
