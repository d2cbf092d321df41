import pytest
from chatter import Bot, Plugin, command


class Greeter(Plugin):
    @command("hi", help="say hello")
    def greet(self, text):
        return f"Hello {text or 'you'}!"


class Counter(Plugin):
    def __init__(self):
        self.votes = {}

    @command("vote", help="vote for something")
    def vote(self, text):
        self.votes[text] = self.votes.get(text, 0) + 1
        return f"{text}: {self.votes[text]}"


@pytest.fixture
def bot():
    return Bot([Greeter(), Counter()])


def test_first_plugin(bot):
    assert bot.reply("!hi") == "Hello you!"
    assert bot.reply("!hi  Ann ") == "Hello Ann!"


def test_second_plugin(bot):
    assert bot.reply("!vote tea") == "tea: 1"
    assert bot.reply("!vote tea") == "tea: 2"


def test_not_for_the_bot(bot):
    assert bot.reply("hi") == ""


def test_unknown(bot):
    assert bot.reply("!abracadabra") == "I do not know !abracadabra. Try !help."
