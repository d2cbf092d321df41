"""What can be wrong with plugins."""


class PluginError(Exception):
    """`spec` is the plugin as the configuration names it."""

    def __init__(self, spec: str, problem: str) -> None:
        super().__init__(f"{spec}: {problem}")
        self.spec = spec


class PluginNotFound(PluginError):
    """There is no such plugin: it is not installed, or misspelt."""


class PluginBroken(PluginError):
    """The plugin is there, but it cannot be used. The cause is the error that it raised."""
