"""Sessions of users who are logged in. Times are seconds of any one clock."""

from dataclasses import dataclass


@dataclass
class Session:
    key: str
    user: str
    last_seen: float
    remembered: bool = False


class SessionStore:
    """Sessions in order of their start.

    A session ends when its user logs out, or when it has not been used for `idle` seconds. One
    that is to be remembered lives 20 times as long. `on_end` is called with each that ends.
    """

    def __init__(self, idle=1800, on_end=None):
        self._idle = idle
        self._on_end = on_end or (lambda session: None)
        self._sessions = []

    def __len__(self):
        return len(self._sessions)

    def start(self, key, user, now, remembered=False):
        session = Session(key, user, now, remembered)
        self._sessions.append(session)
        return session

    def _expired(self, session, now):
        lifetime = self._idle * (20 if session.remembered else 1)
        return now - session.last_seen >= lifetime

    def find(self, key, now):
        """The session with the key, which counts as a use of it; None where there is none, or
        where it has expired.
        """
        for session in self._sessions:
            if session.key == key:
                if self._expired(session, now):
                    return None
                session.last_seen = now
                return session
        return None

    def log_out(self, user):
        """End all sessions of a user."""
        self._end([session for session in self._sessions if session.user == user])

    def sweep(self, now):
        """End all sessions that have expired, and return how many there were."""
        before = len(self._sessions)
        self._end(session for session in self._sessions if self._expired(session, now))
        return before - len(self._sessions)

    def _end(self, sessions):
        for session in sessions:
            self._sessions.remove(session)
            self._on_end(session)
