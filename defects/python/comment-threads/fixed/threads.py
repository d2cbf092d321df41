"""Comments of an article as threads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Comment:
    id: int
    author: str
    text: str
    votes: int = 0
    reply_to: int | None = None


@dataclass
class Thread:
    """A comment and the threads that reply to it."""

    comment: Comment
    replies: list[Thread] = field(default_factory=list)

    def __len__(self) -> int:
        """How many comments there are in the thread."""
        return 1 + sum(map(len, self.replies))

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Comment]]:
        """Yield (depth, comment) from top to bottom."""
        yield depth, self.comment
        for reply in self.replies:
            yield from reply.walk(depth + 1)


def threads(comments: Iterable[Comment]) -> list[Thread]:
    """The threads of the comments, which come in any order, as they do from a query by votes.

    On each level the comments stay in the order in which they come. A reply to a comment that is
    not among them, because it was deleted, is at the top.
    """
    comments = list(comments)
    by_id = {comment.id: Thread(comment) for comment in comments}
    top: list[Thread] = []
    for comment in comments:
        thread = by_id[comment.id]
        parent = by_id.get(comment.reply_to)
        if parent is None:
            top.append(thread)
        else:
            parent.replies.append(thread)
    return top


def best_first(comments: Iterable[Comment]) -> list[Thread]:
    """The threads, in which those with more votes are above others on their level."""
    return threads(sorted(comments, key=lambda comment: (-comment.votes, comment.id)))


def render(found: Iterable[Thread]) -> str:
    """The threads as text, two columns to the right on each level."""
    return "\n".join(
        f"{'  ' * depth}{comment.author}: {comment.text}"
        for thread in found
        for depth, comment in thread.walk()
    )
