"""Undo and redo for the text of one buffer."""


class History:
    """Remembers up to `limit` earlier texts."""

    def __init__(self, text="", limit=100):
        self._text = text
        self._limit = limit
        self._undone = []
        self._done = []

    @property
    def text(self):
        return self._text

    @property
    def can_undo(self):
        return bool(self._done)

    @property
    def can_redo(self):
        return bool(self._undone)

    def edit(self, text):
        """Replace the text. Replacing it by the same text is no edit."""
        if text == self._text:
            return
        self._done.append(self._text)
        if len(self._done) > self._limit:
            del self._done[0]
        self._text = text

    def undo(self):
        """Go back one edit; False when there is none."""
        if not self._done:
            return False
        self._undone.append(self._text)
        self._text = self._done.pop()
        return True

    def redo(self):
        """Take back the last undo; False when there is none."""
        if not self._undone:
            return False
        self._done.append(self._text)
        self._text = self._undone.pop()
        return True
