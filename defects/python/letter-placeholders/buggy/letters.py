"""Form letters: texts with placeholders, filled in for each recipient."""

import re

_PLACEHOLDER = re.compile(r"\{\{\s*(.+)\s*\}\}")


class MissingField(KeyError):
    """A placeholder for which the recipient has no value."""

    def __init__(self, name, known):
        super().__init__(name)
        self.name = name
        self.known = sorted(known)

    def __str__(self):
        return f"no field {self.name!r}; there are {', '.join(self.known) or 'none'}"


def placeholders(text):
    """The names of the fields that a letter uses, each once, in the order of their first use."""
    names = (match[1].partition("|")[0].strip() for match in _PLACEHOLDER.finditer(text))
    return list(dict.fromkeys(names))


def fill(text, fields):
    """The letter with `{{name}}` replaced by the value of that field.

    `{{name|friend}}` has a text for recipients without a value; without one, MissingField is
    raised. Names may have blanks inside, and around them. Values are put in as they are.
    """

    def value(match):
        name, bar, default = (part.strip() for part in match[1].partition("|"))
        found = fields.get(name)
        if found not in (None, ""):
            return str(found)
        if not bar:
            raise MissingField(name, fields)
        return default

    return _PLACEHOLDER.sub(value, text)


def letters(text, recipients):
    """Yield (recipient, letter). Recipients for whom a field is missing come without: None."""
    for fields in recipients:
        try:
            yield fields, fill(text, fields)
        except MissingField:
            yield fields, None
