"""Answers messages."""

from __future__ import annotations

from collections.abc import Iterable

from chatter.plugin import Plugin


class Bot:
    """Asks its plugins, the first one first."""

    def __init__(self, plugins: Iterable[Plugin]) -> None:
        self._plugins = list(plugins)

    def reply(self, message: str) -> str:
        """The answer to a message; empty for one that is not meant for the bot."""
        if not message.startswith("!"):
            return ""
        word, _, text = message[1:].partition(" ")
        if word == "help":
            return self._help()
        for plugin in self._plugins:
            if word in plugin.commands:
                return plugin.answer(word, text.strip())
        return f"I do not know !{word}. Try !help."

    def _help(self) -> str:
        """All commands, plugin by plugin."""
        lines = []
        for plugin in self._plugins:
            lines += [f"!{word}  {plugin.commands[word].help}" for word in sorted(plugin.commands)]
        return "\n".join(lines)
