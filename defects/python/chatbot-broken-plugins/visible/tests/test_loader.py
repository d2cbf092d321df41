import pytest
from chatter import Bot, PluginBroken, PluginNotFound, load, load_all

DICE = """
from chatter import Plugin, command

class Dice(Plugin):
    @command("roll")
    def roll(self, text):
        return "4"
"""


def test_load(installed):
    installed({"bot_dice.py": DICE})
    assert Bot([load("bot_dice:Dice")]).reply("!roll") == "4"


def test_not_installed(installed, caplog):
    installed({"bot_dice.py": DICE})
    assert len(load_all(["bot_cards:Cards", "bot_dice:Dice"])) == 1
    assert "left out: bot_cards:Cards: there is no module bot_cards" in caplog.text


def test_no_such_class(installed):
    installed({"bot_dice.py": DICE})
    with pytest.raises(PluginNotFound):
        load("bot_dice:Cards")


def test_a_plugin_that_fails(installed):
    installed({"bot_dice.py": "SIDES = 6 / 0"})
    with pytest.raises(PluginBroken, match="division by zero"):
        load_all(["bot_dice:Dice"])


def test_a_plugin_without_its_library(installed):
    installed({"bot_weather.py": "import weather_service_client\n" + DICE})
    with pytest.raises(PluginBroken, match="weather_service_client"):
        load_all(["bot_weather:Dice"])
