"""Settings from several places."""

from collections import ChainMap
from types import MappingProxyType

_SWITCHES = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


class Settings:
    """Settings with their origins.

    A setting given on the command line is stronger than one from the environment, that one is
    stronger than one from the file, and the defaults are the weakest.
    """

    def __init__(self, defaults, file=None, environment=None, arguments=None):
        self.layers = {
            "command line": self._given(arguments),
            "environment": self._given(environment),
            "file": self._given(file),
            "default": dict(defaults),
        }
        self._values = ChainMap(*reversed(self.layers.values()))

    @staticmethod
    def _given(layer):
        """What a layer really sets: None is how the parsers say that something is not given."""
        return {name: value for name, value in (layer or {}).items() if value is not None}

    def __getitem__(self, name):
        return self._values[name]

    def __contains__(self, name):
        return name in self._values

    def switch(self, name):
        """A setting as a bool. ValueError where it is neither on nor off."""
        value = self[name]
        if isinstance(value, bool):
            return value
        try:
            return _SWITCHES[str(value).strip().lower()]
        except KeyError:
            raise ValueError(f"{name}: neither on nor off: {value!r}") from None

    def origin(self, name):
        """The layer that a setting comes from."""
        for layer, values in self.layers.items():
            if name in values:
                return layer
        raise KeyError(name)

    def merged(self):
        """All settings, read-only."""
        return MappingProxyType(dict(self._values))

    def explain(self):
        """One line for each setting: its value and where it comes from."""
        return [f"{name} = {self[name]} ({self.origin(name)})" for name in sorted(self._values)]
