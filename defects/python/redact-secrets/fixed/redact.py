"""Takes secrets out of text before it is logged or sent with a crash report."""

import re

_HIDDEN = "***"
_NAMES = ("password", "passwd", "secret", "token", "api[_-]?key")
_SETTING = rf"(\b[\w-]*(?:{'|'.join(_NAMES)})[\"']?\s*[=:]\s*)([\"']?)([^\s\"'&,;]+)"
_URL_LOGIN = r"(\w+://[^\s:/@]*):[^\s/@]+@"


def redact(text):
    """The text with `***` for each secret: values of settings that are named like one (in any
    case, and however many there are), and passwords in URLs.

    >>> redact("token=abc123 user=ann")
    'token=*** user=ann'
    """
    text = re.sub(_URL_LOGIN, rf"\1:{_HIDDEN}@", text)
    return re.sub(_SETTING, rf"\1\2{_HIDDEN}", text, flags=re.IGNORECASE)


def redacted_mapping(values):
    """A copy of a mapping of headers or variables, safe to log; nested mappings are, too."""
    safe = {}
    for name, value in values.items():
        if isinstance(value, dict):
            safe[name] = redacted_mapping(value)
        elif re.search("|".join(_NAMES), name, re.IGNORECASE):
            safe[name] = _HIDDEN
        else:
            safe[name] = redact(value) if isinstance(value, str) else value
    return safe


class Redacting:
    """A text stream that writes to another one, without the secrets."""

    def __init__(self, stream):
        self._stream = stream
        self._line = ""

    def write(self, text):
        """Write the lines that are complete; the rest waits for its end."""
        *lines, self._line = (self._line + text).split("\n")
        for line in lines:
            self._stream.write(redact(line) + "\n")

    def close(self):
        if self._line:
            self._stream.write(redact(self._line))
            self._line = ""
