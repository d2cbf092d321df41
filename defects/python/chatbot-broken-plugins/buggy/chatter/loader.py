"""Finds plugins by the names that are in the configuration, as `package.module:Class`."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from importlib import import_module

from chatter.errors import PluginBroken, PluginNotFound
from chatter.plugin import Plugin

log = logging.getLogger(__name__)


def load(spec: str) -> Plugin:
    """The plugin of that name.

    Raises PluginNotFound where there is no such module, or no such class in it, and PluginBroken
    where the module or the class is there and fails, whatever it fails of.
    """
    module_name, _, class_name = spec.partition(":")
    try:
        module = import_module(module_name)
    except ImportError as error:
        raise PluginNotFound(spec, f"there is no module {module_name}") from error
    except Exception as error:
        raise PluginBroken(spec, str(error)) from error
    found = getattr(module, class_name, None)
    if not isinstance(found, type) or not issubclass(found, Plugin):
        raise PluginNotFound(spec, f"there is no plugin {class_name} in {module_name}")
    try:
        return found()
    except Exception as error:
        raise PluginBroken(spec, str(error)) from error


def load_all(specs: Iterable[str]) -> list[Plugin]:
    """The plugins that are there, in order; a warning is logged for each that is not.

    Raises PluginBroken: a bot does not start with a plugin that fails.
    """
    plugins = []
    for spec in specs:
        try:
            plugins.append(load(spec))
        except PluginNotFound as error:
            log.warning("left out: %s", error)
    return plugins
