"""The errors that answer a request, each with the code that tells a client what to make of it."""

from __future__ import annotations

from pygls.exceptions import JsonRpcException

from repairlsp.server import messages


class AnswerError(JsonRpcException):
    """An error that is a proper answer to a request, not a bug."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code=self.CODE)


class InvalidParamsError(AnswerError):
    """The params have the right types, but their content makes no sense."""

    CODE = messages.INVALID_PARAMS


class RequestCancelledError(AnswerError):
    """Cancelled, but not by `$/cancelRequest`: by the progress's button, or a newer request."""

    CODE = messages.REQUEST_CANCELLED


class ContentModifiedError(AnswerError):
    """The document is no longer the one that the request was about."""

    CODE = messages.CONTENT_MODIFIED


class RequestFailedError(AnswerError):
    """A valid request that could not be fulfilled. The message says why, for the user."""

    CODE = messages.REQUEST_FAILED
