from rollout import Account, Audience, Feature, Rollout

NORDIC = Audience(countries=frozenset({"SE", "NO", "FI"}))


def test_everybody_has_a_finished_feature():
    assert Rollout([Feature("search", 100)]).is_on("search", Account("a1", "DE"))


def test_other_countries_do_not_have_a_nordic_feature():
    rollout = Rollout([Feature("invoices", 100, NORDIC)])
    assert rollout.is_on("invoices", Account("a1", "SE"))
    assert not rollout.is_on("invoices", Account("a1", "DE"))


def test_staff_have_it_first():
    rollout = Rollout([Feature("invoices", 0, NORDIC)])
    assert rollout.is_on("invoices", Account("boss", "DE", staff=True))


def test_unknown_features_are_off():
    assert not Rollout([]).is_on("search", Account("boss", "DE", staff=True))
