"""Key bindings of a terminal application."""

from __future__ import annotations

from collections.abc import Callable

_MODIFIERS = ("ctrl", "alt", "shift")


def normalized(keys: str) -> str:
    """One spelling for a chord: `Shift+CTRL+a` is `ctrl+shift+a`."""
    *modifiers, key = keys.lower().split("+")
    unknown = set(modifiers) - set(_MODIFIERS)
    if unknown:
        raise ValueError(f"not a modifier: {', '.join(sorted(unknown))}")
    return "+".join([name for name in _MODIFIERS if name in modifiers] + [key])


class Keymap:
    """Actions for chords. Pressing one that is not bound does nothing."""

    def __init__(self) -> None:
        self._actions: dict[str, Callable[[], object]] = {}

    def bind(self, keys: str, action: Callable[[], object]) -> None:
        self._actions[normalized(keys)] = action

    def press(self, keys: str) -> bool:
        """Run the chord's action; False where there is none."""
        action = self._actions.get(normalized(keys))
        if action is None:
            return False
        action()
        return True


class Tabs:
    """Open documents, of which one is shown."""

    def __init__(self, *titles: str) -> None:
        self.titles = list(titles)
        self.current = 0

    def show(self, index: int) -> None:
        """Show the tab with the index, or the last one where there are not so many."""
        self.current = min(index, len(self.titles) - 1)

    def move(self, by: int) -> None:
        """Show another tab, counted from the current one; after the last comes the first."""
        self.current = (self.current + by) % len(self.titles)


def default_keymap(tabs: Tabs) -> Keymap:
    """Alt with a digit shows that tab, counted from 1; ctrl with page up and down goes through
    them, with shift ten at a time.
    """
    keymap = Keymap()
    for digit in range(1, 10):
        keymap.bind(f"alt+{digit}", lambda index=digit - 1: tabs.show(index))
    keymap.bind("ctrl+pagedown", lambda: tabs.move(1))
    keymap.bind("ctrl+pageup", lambda: tabs.move(-1))
    keymap.bind("ctrl+shift+pagedown", lambda: tabs.move(10))
    keymap.bind("ctrl+shift+pageup", lambda: tabs.move(-10))
    return keymap
