import pytest
from keymap import Tabs, default_keymap, normalized


def test_spelling():
    assert normalized("Shift+CTRL+a") == "ctrl+shift+a"
    with pytest.raises(ValueError):
        normalized("hyper+a")


def test_to_the_next_tab():
    tabs = Tabs("a", "b")
    keymap = default_keymap(tabs)
    assert keymap.press("ctrl+pagedown")
    assert tabs.current == 1
    assert keymap.press("ctrl+pagedown")
    assert tabs.current == 0


def test_to_the_second_tab():
    tabs = Tabs("a", "b", "c", "d")
    assert default_keymap(tabs).press("alt+2")
    assert tabs.current == 1


def test_unbound_keys():
    assert not default_keymap(Tabs("a")).press("alt+x")
