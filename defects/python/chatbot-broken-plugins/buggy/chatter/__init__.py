"""A chat bot made of plugins."""

from chatter.bot import Bot
from chatter.errors import PluginBroken, PluginError, PluginNotFound
from chatter.loader import load, load_all
from chatter.plugin import Plugin, command

__all__ = [
    "Bot",
    "Plugin",
    "PluginBroken",
    "PluginError",
    "PluginNotFound",
    "command",
    "load",
    "load_all",
]
