import pytest
from keymap import Keymap, Tabs, default_keymap


@pytest.mark.parametrize("digit", range(1, 10))
def test_every_digit(digit):
    tabs = Tabs(*"abcdefghij")
    keymap = default_keymap(tabs)
    keymap.press("ctrl+pageup")
    assert tabs.current == 9
    assert keymap.press(f"ALT+{digit}")
    assert tabs.current == digit - 1


def test_digits_without_a_tab_show_the_last():
    tabs = Tabs("a", "b", "c")
    keymap = default_keymap(tabs)
    keymap.press("alt+9")
    assert tabs.current == 2
    keymap.press("alt+1")
    assert tabs.current == 0


def test_two_windows():
    left, right = Tabs(*"abcd"), Tabs(*"abcd")
    left_keys, right_keys = default_keymap(left), default_keymap(right)
    left_keys.press("alt+3")
    right_keys.press("alt+2")
    assert (left.current, right.current) == (2, 1)


def test_tabs_that_are_opened_later():
    tabs = Tabs("a")
    keymap = default_keymap(tabs)
    tabs.titles += ["b", "c"]
    keymap.press("alt+2")
    assert tabs.current == 1


@pytest.mark.parametrize("keys", ["alt+0", "1", "ctrl+1", "alt+shift+1"])
def test_what_is_not_bound(keys):
    tabs = Tabs("a", "b", "c")
    assert not default_keymap(tabs).press(keys)


def test_ten_at_a_time():
    tabs = Tabs(*"abcdefghijklmno")
    keymap = default_keymap(tabs)
    keymap.press("shift+ctrl+pagedown")
    assert tabs.current == 10
    keymap.press("ctrl+shift+pageup")
    assert tabs.current == 0


def test_the_last_binding_counts():
    keymap, seen = Keymap(), []
    keymap.bind("a", lambda: seen.append(1))
    keymap.bind("A", lambda: seen.append(2))
    keymap.press("a")
    assert seen == [2]
