import pytest
from provision import Setup, SetupFailed


class Make:
    """A step that makes a thing of its name."""

    def __init__(self, name, fails="", sticks=False):
        self.name = name
        self.fails = fails
        self.sticks = sticks

    def apply(self, context):
        if self.fails:
            raise RuntimeError(self.fails)
        context["things"].append(self.name)

    def undo(self, context):
        if self.sticks:
            raise OSError("in use")
        context["things"].remove(self.name)


def test_all_steps():
    context = {"things": []}
    Setup([Make("network"), Make("database")]).run(context)
    assert context["things"] == ["network", "database"]


def test_a_failing_step_takes_back_the_others():
    context = {"things": []}
    with pytest.raises(SetupFailed, match="^dns failed$") as caught:
        Setup([Make("network"), Make("database"), Make("dns", "no such zone")]).run(context)
    assert context["things"] == []
    assert str(caught.value.__cause__) == "no such zone"


def test_what_sticks_is_left_behind():
    context = {"things": []}
    steps = [Make("network"), Make("disk", sticks=True), Make("dns", "no such zone")]
    with pytest.raises(SetupFailed, match="left behind: disk"):
        Setup(steps).run(context)
    assert context["things"] == ["disk"]
