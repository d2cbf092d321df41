import pytest
from chatter import PluginBroken, PluginNotFound, load, load_all

PLUGIN = "from chatter import Plugin\nclass P(Plugin): pass\n"


@pytest.mark.parametrize(
    "source",
    [
        "import bot_one_helpers",
        "import bot_o",
        "import bot_on",
        "from json import there_is_no_such_name",
        "import json.there_is_no_such_module",
        "raise ImportError('built for another version')",
        "raise ModuleNotFoundError('no display')",
        "import bot_two",
        "def",
        "raise KeyError('x')",
    ],
)
def test_modules_that_fail(installed, source):
    installed({"bot_one.py": f"{source}\n{PLUGIN}", "bot_two.py": "import bot_three"})
    with pytest.raises(PluginBroken) as caught:
        load("bot_one:P")
    assert caught.value.spec == "bot_one:P"
    assert caught.value.__cause__ is not None


def test_a_module_of_the_package_is_missing(installed):
    installed({"bots/__init__.py": "", "bots/one.py": "import bots.two\n" + PLUGIN})
    with pytest.raises(PluginBroken, match="bots.two"):
        load("bots.one:P")


@pytest.mark.parametrize("spec", ["bots.two:P", "bots.one.two:P", "cats.one:P", "bots_one:P"])
def test_modules_that_are_not_there(installed, spec):
    installed({"bots/__init__.py": "", "bots/one.py": PLUGIN})
    with pytest.raises(PluginNotFound):
        load(spec)


def test_plugins_in_packages(installed):
    installed({"bots/__init__.py": "", "bots/one.py": PLUGIN})
    assert type(load("bots.one:P")).__module__ == "bots.one"


def test_a_plugin_that_cannot_be_made(installed):
    source = PLUGIN + "class Q(P):\n    def __init__(self):\n        import bot_nothing\n"
    installed({"bot_one.py": source})
    with pytest.raises(PluginBroken, match="bot_nothing"):
        load("bot_one:Q")


def test_a_broken_one_is_not_left_out(installed, caplog):
    installed({"bot_one.py": "import bot_nothing", "bot_two.py": PLUGIN})
    with pytest.raises(PluginBroken):
        load_all(["bot_missing:P", "bot_one:P", "bot_two:P"])
    assert "bot_missing" in caplog.text
    assert "bot_one" not in caplog.text
