"""Suggests folders for incoming mail, from what is in them."""

import re
from collections import Counter, defaultdict

_WORD = re.compile(r"[^\W\d_]{3,}")


def words(text):
    """The words that count, in lower case; short ones say nothing."""
    return [word.lower() for word in _WORD.findall(text)]


class Suggestions:
    """Learns from the mails that people move, and suggests folders for others.

    Words are taken to be independent, and each is counted once more than it was seen, so that a
    new word excludes no folder.
    """

    def __init__(self):
        self._mails = Counter()
        self._words = defaultdict(Counter)
        self._vocabulary = set()

    def learn(self, folder, text):
        """A mail is in the folder."""
        found = words(text)
        self._mails[folder] += 1
        self._words[folder].update(found)
        self._vocabulary.update(found)

    def forget(self, folder):
        """The folder is gone, and with it its mails."""
        self._mails.pop(folder, None)
        self._words.pop(folder, None)

    def probabilities(self, text):
        """{folder: probability} that the mail belongs there; they add up to 1. Mails may have any
        length. Empty where nothing has been learnt.
        """
        known = [word for word in words(text) if word in self._vocabulary]
        scores = {}
        for folder, mails in self._mails.items():
            counts = self._words[folder]
            size = counts.total() + len(self._vocabulary)
            score = mails / self._mails.total()
            for word in known:
                score *= (counts[word] + 1) / size
            scores[folder] = score
        total = sum(scores.values()) or 1.0
        return {folder: score / total for folder, score in scores.items()}

    def suggest(self, text, certainty=0.8):
        """The folder for a mail, or None where none has at least that probability."""
        probabilities = self.probabilities(text)
        folder = max(probabilities, key=probabilities.get, default=None)
        if folder is None or probabilities[folder] < certainty:
            return None
        return folder
