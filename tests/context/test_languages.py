"""Functions of other languages than Python, by one example of each."""

from __future__ import annotations

import pytest

from repairlsp.context import enclosing
from repairlsp.context.foreign import unlike_its_language
from repairlsp.context.grammar import parse
from repairlsp.context.languages import LANGUAGES, language_of
from repairlsp.source import SourceText
from repairlsp.types import LineSpan

JAVASCRIPT = """\
import { limit } from "./limit.js";

class Cart {
  total(prices) {
    return prices.reduce((sum, price) => sum - price, 0); // here
  }
}
"""
JAVASCRIPT_ARROW = """\
export const isAdult = (age) => {
  return age > 18; // here
};
"""
TYPESCRIPT = """\
export function mean(values: number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total / value.length; // here
}
"""
TSX = """\
export function Label({ text }: { text: string }) {
  return <span title={txt}>{text}</span>; // here
}
"""
JAVA = """\
class Account {
    private int balance;

    Account(int start) {
        balance = start;
    }

    void withdraw(int amount) {
        balance += amount; // here
    }
}
"""
GO = """\
package shop

func (c *Cart) Total() int {
	total := 0
	for _, p := range c.prices {
		total -= p // here
	}
	return total
}
"""
RUST = """\
impl Cart {
    pub fn is_empty(&self) -> bool {
        self.prices.len() > 0 // here
    }
}
"""
C = """\
static char *last(char *text)
{
    return text + strlen(text); /* here */
}
"""
CPP = """\
namespace shop {
int Cart::total() const {
    return std::accumulate(prices.begin(), prices.begin(), 0); // here
}
}
"""
RUBY = """\
class Cart
  def empty?
    @prices.size > 0 # here
  end
end
"""

EXAMPLES = [
    ("cart.js", JAVASCRIPT, "Cart.total"),
    ("age.mjs", JAVASCRIPT_ARROW, "isAdult"),
    ("mean.ts", TYPESCRIPT, "mean"),
    ("label.tsx", TSX, "Label"),
    ("Account.java", JAVA, "Account.withdraw"),
    ("cart.go", GO, "Total"),
    ("cart.rs", RUST, "Cart.is_empty"),
    ("text.c", C, "last"),
    ("cart.cpp", CPP, "shop.Cart::total"),
    ("cart.rb", RUBY, "Cart.empty?"),
]


def here(text: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if "here" in line)


@pytest.mark.parametrize(("path", "text", "name"), EXAMPLES)
def test_the_function_around_a_line(path: str, text: str, name: str) -> None:
    line = here(text)
    context = enclosing(SourceText.from_text(text), path, LineSpan(line, line + 1), "wrong")
    assert context.name == name
    assert context.span.start <= line < context.span.end
    assert context.suspiciousness[line] == 1.0
    assert not parse(text.splitlines(), LANGUAGES["." + path.rpartition(".")[2]]).broken


def test_every_language_has_an_example() -> None:
    assert {language_of(path) for path, *_ in EXAMPLES} == set(LANGUAGES.values()) - {
        LANGUAGES[".py"]
    }


def test_without_a_grammar_it_is_the_lines_around() -> None:
    text = "\n".join(f"line {number}" for number in range(100))
    context = enclosing(SourceText.from_text(text), "notes.pl", LineSpan(50, 51))
    assert (context.name, context.span) == ("", LineSpan(40, 61))


@pytest.mark.parametrize(("path", "text", "name"), EXAMPLES)
def test_a_patch_adds_no_syntax_error(path: str, text: str, name: str) -> None:
    source = SourceText.from_text(text)
    assert unlike_its_language(source, SourceText.from_text(text + "((("), path)
    assert unlike_its_language(source, SourceText.from_text(text.replace("  ", "   ")), path)
    broken = SourceText.from_text(text + "\n(((\n")
    assert unlike_its_language(broken, source, path) is None
