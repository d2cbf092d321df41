from datetime import datetime, timedelta

from nofridays import Rota, Span

START = datetime(2025, 3, 3, 10)
ROTA = Rota(("Ada", "Grace"), START)


def test_nobody_is_on_call_before_the_first_handover():
    assert ROTA.on_call(START - timedelta(minutes=1)) is None


def test_people_take_turns():
    turns = [ROTA.on_call(START + timedelta(weeks=week)) for week in range(3)]
    assert turns == ["Ada", "Grace", "Ada"]


def test_an_absence_leaves_a_gap():
    lunch = Span(START + timedelta(hours=2), START + timedelta(hours=3))
    rota = Rota(("Ada",), START, {"Ada": (lunch,)})
    assert rota.on_call(lunch.start) is None
    assert rota.covered(Span(START, lunch.start))
    assert not rota.covered(Span(START, lunch.end))
