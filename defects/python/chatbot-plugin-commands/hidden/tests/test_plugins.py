from chatter import Bot, Plugin, command


class Base(Plugin):
    @command("where", help="where we are")
    def where(self, text):
        return "at home"

    @command("who", help="who we are")
    def who(self, text):
        return "base"


class Derived(Base):
    @command("who", help="who derived is")
    def who_else(self, text):
        return "derived"

    @command("extra")
    def extra(self, text):
        return text.upper()


class Sibling(Base):
    def where(self, text):
        return "in the sibling"


class Other(Plugin):
    @command("other")
    def other(self, text):
        return "other"


class Empty(Plugin):
    pass


def words(plugin):
    return sorted(plugin.commands)


def test_commands_are_of_the_class_and_its_bases():
    assert words(Plugin) == words(Empty) == []
    assert words(Base) == ["where", "who"]
    assert words(Derived) == ["extra", "where", "who"]
    assert words(Sibling) == ["where", "who"]
    assert words(Other) == ["other"]


def test_a_command_is_replaced_below_only():
    assert Base().answer("who", "") == "base"
    assert Derived().answer("who", "") == "derived"
    assert Sibling().answer("who", "") == "base"


def test_methods_are_overridden():
    assert Sibling().answer("where", "") == "in the sibling"
    assert Derived().answer("where", "") == "at home"


def test_every_plugin_is_reached():
    bot = Bot([Other(), Empty(), Sibling(), Derived()])
    assert bot.reply("!other") == "other"
    assert bot.reply("!where") == "in the sibling"
    assert bot.reply("!who") == "base"
    assert bot.reply("!extra abc") == "ABC"


def test_help():
    assert Bot([Other(), Base()]).reply("!help").splitlines() == [
        "!other  ",
        "!where  where we are",
        "!who  who we are",
    ]


def test_classes_made_later():
    class Late(Plugin):
        @command("late")
        def late(self, text):
            return "late"

    assert words(Late) == ["late"]
    assert "late" not in Other.commands
    assert Bot([Other()]).reply("!late") == "I do not know !late. Try !help."
