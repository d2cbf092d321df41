"""The settings of a running gallery."""

from gallery import environment
from gallery.defaults import DEFAULTS
from gallery.layers import merge, read_file


class Settings:
    """Read access by dotted names: `settings["server.port"]`."""

    def __init__(self, tree, defaults):
        self._tree = tree
        self._defaults = defaults

    @classmethod
    def load(cls, path=None, environ=None, defaults=DEFAULTS):
        """The defaults, covered by the file at `path`, covered by the variables in `environ`."""
        tree = merge(defaults, {} if path is None else read_file(path))
        environment.apply(tree, environ or {})
        return cls(tree, defaults)

    def __getitem__(self, name):
        value = self._tree
        for step in name.split("."):
            try:
                value = value[step]
            except (KeyError, TypeError):
                raise KeyError(name) from None
        return value

    def changed(self):
        """The settings that are not as in the defaults, as (name, value) in order of names."""
        defaults = dict(_flat(self._defaults))
        return [
            (name, value)
            for name, value in _flat(self._tree)
            if name not in defaults or defaults[name] != value
        ]


def _flat(tree, prefix=""):
    for key in sorted(tree):
        if isinstance(tree[key], dict):
            yield from _flat(tree[key], f"{prefix}{key}.")
        else:
            yield prefix + key, tree[key]
