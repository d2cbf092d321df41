"""Reads rules as users write them.

    rule Newsletters              # a name, then conditions and actions, one a line
      if List-Id contains news
      if not From is boss@work.example
      move News

A condition is `if HEADER TEST TEXT`, or `if not ...` for the opposite; the header `text` stands for
the message's text. An action is `move FOLDER`, `copy FOLDER`, `mark FLAG`, `discard` or `stop`.
Empty lines and comments are passed over.
"""

from mailsort.rules import TESTS, VERBS, Action, Condition, Rule


class RuleError(ValueError):
    """A line that is no rule. The message begins with its number."""


def read_rules(source: str) -> list[Rule]:
    """The rules in the order in which they stand. Raises RuleError."""
    rules: list[Rule] = []
    for number, line in enumerate(source.splitlines(), start=1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        if words[0] == "rule":
            rules.append(Rule(" ".join(words[1:]), (), ()))
        elif not rules:
            raise RuleError(f"{number}: not within a rule")
        else:
            rules[-1] = _extended(rules[-1], words, number)
    return rules


def _extended(rule: Rule, words: list[str], number: int) -> Rule:
    """The rule with one more condition or action."""
    if words[0] == "if":
        condition = _condition(words[1:], number)
        return Rule(rule.name, (*rule.conditions, condition), rule.actions)
    action = _action(words, number)
    return Rule(rule.name, rule.conditions, (*rule.actions, action))


def _condition(words: list[str], number: int) -> Condition:
    negated = words[:1] == ["not"]
    if negated:
        words = words[1:]
    if len(words) < 3 or words[1] not in TESTS:
        raise RuleError(f"{number}: a condition is HEADER {'|'.join(TESTS)} TEXT")
    return Condition(words[0], words[1], " ".join(words[2:]), negated)


def _action(words: list[str], number: int) -> Action:
    verb, what = words[0], " ".join(words[1:])
    if verb not in VERBS or bool(what) != VERBS[verb]:
        raise RuleError(f"{number}: not an action: {' '.join(words)}")
    return Action(verb, what)
