"""What a shared HTTP cache may keep, and for how long (RFC 9111, sections 3 and 4.2)."""

_PERMIT_AUTHORIZED = frozenset({"must-revalidate", "public", "s-maxage"})
_KEEPABLE = frozenset({200, 203, 204, 300, 301, 404, 405, 410, 414, 501})


def parse_cache_control(header):
    """The directives of a Cache-Control header, as {name: argument}, None for no argument.

    >>> parse_cache_control('no-cache, max-age="60"')
    {'no-cache': None, 'max-age': '60'}
    """
    directives = {}
    for part in header.split(","):
        name, equals, argument = part.strip().partition("=")
        if name:
            directives[name.lower()] = argument.strip('"') if equals else None
    return directives


def _seconds(argument):
    """An argument as a number of seconds; None for what is not one."""
    return int(argument) if argument and argument.isdigit() else None


def may_store(status, directives, *, authorized=False):
    """Whether a shared cache may store a response.

    A response to a request with an Authorization header is one user's own, unless the server
    permits to share it, by any of the directives must-revalidate, public and s-maxage.
    """
    if status not in _KEEPABLE:
        return False
    if "no-store" in directives or "private" in directives:
        return False
    return not authorized or not _PERMIT_AUTHORIZED.isdisjoint(directives)


def fresh_seconds(status, headers, *, authorized=False):
    """How many seconds a shared cache may answer with the response without asking again.

    `headers` has lower-case names. 0 is "ask each time", None is "do not store".
    """
    directives = parse_cache_control(headers.get("cache-control", ""))
    if not may_store(status, directives, authorized=authorized):
        return None
    if "no-cache" in directives:
        return 0
    for name in ("s-maxage", "max-age"):
        if name in directives:
            lifetime = _seconds(directives[name]) or 0
            return max(0, lifetime - (_seconds(headers.get("age")) or 0))
    return 0
