"""Tables of answers to a survey."""

from collections import Counter
from typing import Iterable, Mapping, Sequence


def percentages(counts: Sequence[int]) -> list[int]:
    """The counts as whole percentages of their sum, which add up to 100.

    Each exact percentage is rounded down, and what is missing to 100 then goes, one each, to those
    that lost the most by it; of equal ones to the first. Where all counts are 0, all are 0.
    """
    if any(count < 0 for count in counts):
        raise ValueError("a count is negative")
    total = sum(counts)
    if total == 0:
        return [0] * len(counts)
    return [round(100 * count / total) for count in counts]


def tally(answers: Iterable[str], options: Sequence[str]) -> dict[str, int]:
    """How often each of the options was chosen, in their order; other answers count as `other`,
    which is left out where there are none.
    """
    found = Counter(answer.strip().lower() for answer in answers)
    counts = {option: found.pop(option.lower(), 0) for option in options}
    rest = sum(found.values())
    return {**counts, "other": rest} if rest else counts


def table(counts: Mapping[str, int], width: int = 20) -> str:
    """Text with the name, the percentage and a bar for each answer. The longest bar is `width`
    characters wide.
    """
    shares = percentages(list(counts.values()))
    longest = max(shares, default=0) or 1
    name_width = max(map(len, counts), default=0)
    lines = []
    for name, share in zip(counts, shares):
        bar = "#" * (share * width // longest)
        lines.append(f"{name:<{name_width}} {share:>3}% {bar}".rstrip())
    return "\n".join(lines)
