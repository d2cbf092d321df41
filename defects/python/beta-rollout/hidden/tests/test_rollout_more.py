import pytest
from rollout import Account, Audience, Feature, Rollout, bucket

PAYING = Audience(plans=frozenset({"pro", "team"}))


def accounts(plan):
    return [Account(f"acc-{number}", "CH", plan) for number in range(200)]


def test_nobody_has_a_feature_at_zero_percent():
    rollout = Rollout([Feature("export", 0, PAYING), Feature("themes", 0)])
    assert not any(rollout.names_for(account) for account in accounts("pro"))


@pytest.mark.parametrize("percent", [1, 30, 75])
def test_a_share_of_the_audience(percent):
    rollout = Rollout([Feature("export", percent, PAYING)])
    reached = [account for account in accounts("team") if rollout.is_on("export", account)]
    assert reached == [a for a in accounts("team") if bucket("export", a.id) < percent]


@pytest.mark.parametrize("percent", [1, 50, 99, 100])
def test_nobody_outside_the_audience(percent):
    rollout = Rollout([Feature("export", percent, PAYING)])
    assert not any(rollout.is_on("export", account) for account in accounts("free"))


def test_both_restrictions_hold():
    audience = Audience(frozenset({"CH"}), frozenset({"pro"}))
    rollout = Rollout([Feature("export", 100, audience)])
    assert rollout.is_on("export", Account("x", "CH", "pro"))
    assert not rollout.is_on("export", Account("x", "CH", "free"))
    assert not rollout.is_on("export", Account("x", "AT", "pro"))


def test_a_disabled_feature_is_off_for_staff():
    rollout = Rollout([Feature("old", 100, enabled=False)])
    assert not rollout.is_on("old", Account("boss", "CH", staff=True))


def test_names_are_in_order():
    rollout = Rollout([Feature("b", 100), Feature("c", 0), Feature("a", 100)])
    assert rollout.names_for(Account("x", "CH")) == ["a", "b"]
