"""Settings from environment variables: `GALLERY_SERVER__PORT=80` sets `server.port`."""

PREFIX = "GALLERY_"
_TRUE = ("1", "yes", "true", "on")
_FALSE = ("0", "no", "false", "off")


def apply(tree, environ):
    """Put the variables that start with PREFIX into the tree. Two underscores part its levels.

    ValueError for a variable that is no setting, or whose text does not fit.
    """
    for name in sorted(environ):
        if not name.startswith(PREFIX):
            continue
        *tables, key = name.removeprefix(PREFIX).lower().split("__")
        table = tree
        for step in tables:
            table = table.get(step)
            if not isinstance(table, dict):
                break
        if not isinstance(table, dict) or key not in table or isinstance(table[key], dict):
            raise ValueError(f"{name}: there is no such setting")
        try:
            table[key] = convert(environ[name], table[key])
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None


def convert(text, like):
    """The text as a value of the type of `like`.

    Lists are parted by commas; their items are of the type of the first item of `like`, which
    has one.
    """
    if isinstance(like, bool):
        if text.lower() not in _TRUE + _FALSE:
            raise ValueError(f"{text!r} is neither yes nor no")
        return text.lower() in _TRUE
    if isinstance(like, (int, float)):
        return type(like)(text)
    if isinstance(like, list):
        return _items(text)
    return text


def _items(text):
    return [part.strip() for part in text.split(",") if part.strip()]
