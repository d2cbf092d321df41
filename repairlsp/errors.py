"""The errors that repairlsp raises on purpose. Each message says what happened and what to do."""


class RepairlspError(Exception):
    """Base of all our own errors. `str(error)` is one message fit to show to a user.

    `hint` says what to do next; it may be empty.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(RepairlspError):
    """The request itself is wrong: a path that does not exist, an option out of range."""


class BrokenEnvironmentError(RepairlspError):
    """Something that the request needs does not work here: no pytest, an unreadable project."""


class SandboxUnavailableError(BrokenEnvironmentError):
    """The sandbox that was asked for cannot be had on this machine."""


class ModelError(RepairlspError):
    """The model folder is missing or damaged, or the model worker died."""


class PatchError(RepairlspError):
    """A patch is not allowed, does not fit its file, or could not be written."""


class CancelledError(RepairlspError):
    """The work was cancelled by whoever asked for it."""

    def __init__(self, message: str = "cancelled") -> None:
        super().__init__(message)
