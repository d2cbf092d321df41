from flat_settings import as_environment, differences, flatten


def test_many_levels():
    settings = {"a": {"b": {"c": {"d": 1}, "e": 2}, "f": 3}, "g": 4}
    assert list(flatten(settings)) == [("a.b.c.d", 1), ("a.b.e", 2), ("a.f", 3), ("g", 4)]


def test_equal_names_in_different_places():
    settings = {"primary": {"db": {"port": 1}}, "replica": {"db": {"port": 2}}}
    assert dict(flatten(settings)) == {"primary.db.port": 1, "replica.db.port": 2}


def test_keys_that_are_not_text():
    assert dict(flatten({1: {2: {3: "x"}}})) == {"1.2.3": "x"}


def test_prefix():
    assert dict(flatten({"a": {"b": 1}}, "app")) == {"app.a.b": 1}


def test_empty_mappings_and_lists_are_values():
    assert dict(flatten({"a": {"b": {}}, "c": [{"d": 1}]})) == {"a.b": {}, "c": [{"d": 1}]}
    assert dict(flatten({})) == {}


def test_deep_differences():
    old = {"x": {"y": {"z": 1, "w": 0}}}
    new = {"x": {"y": {"z": 2, "w": 0}}, "v": False}
    assert differences(old, new) == ["v: (not set) -> False", "x.y.z: 1 -> 2"]


def test_deep_environment():
    assert as_environment({"a": {"b": {"c-d": 0}}}, "x") == {"X_A_B_C_D": "0"}
