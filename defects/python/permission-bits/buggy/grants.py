"""Who may do what with a document."""

from enum import IntFlag


class Right(IntFlag):
    """What can be allowed; each right is a bit, as it is stored in the database."""

    NONE = 0
    READ = 1
    COMMENT = 2
    WRITE = 4
    SHARE = 8
    OWNER = READ | COMMENT | WRITE | SHARE

    @classmethod
    def parse(cls, text):
        """From names joined by commas, as in `read,comment`. ValueError for other names."""
        rights = cls.NONE
        for name in filter(None, (part.strip() for part in text.split(","))):
            try:
                rights |= cls[name.upper()]
            except KeyError:
                raise ValueError(f"not a right: {name!r}") from None
        return rights


class Grants:
    """The rights of each user on one document."""

    def __init__(self, owner):
        self._rights = {owner: Right.OWNER}

    def rights(self, user):
        return self._rights.get(user, Right.NONE)

    def allows(self, user, needed):
        """Whether the user has all of the rights needed."""
        return self.rights(user) & needed == needed

    def grant(self, user, rights):
        self._rights[user] = self.rights(user) | rights

    def revoke(self, user, rights):
        """Take rights away; those that the user does not have stay away."""
        left = self.rights(user) ^ rights
        if left:
            self._rights[user] = left
        else:
            self._rights.pop(user, None)

    def users(self, needed=Right.READ):
        """The users who have the rights, in order of their names."""
        return sorted(user for user in self._rights if self.allows(user, needed))
