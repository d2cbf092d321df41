"""No prompt holds a secret (check 26), and masking one costs nothing: an edit brings it back.

The secrets are made here, at random, in the forms that their issuers publish.
"""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repairlsp.generate.masking import Masking, secrets_in
from repairlsp.generate.prompt import LineEdit, load
from repairlsp.generate.view import View
from repairlsp.types import LineSpan, RepairContext

RANDOM = random.Random(20)
LETTERS = string.ascii_letters + string.digits
HEX = "0123456789abcdef"
FORMAT = load("repair-lines-1")


def some(count: int, alphabet: str = LETTERS) -> str:
    return "".join(RANDOM.choice(alphabet) for _ in range(count))


SECRETS = [
    ('key = "{}"', "AKIA" + some(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")),
    ('aws_secret_access_key = "{}"', some(40)),
    ('run("{}")', "ghp_" + some(36)),
    ("# {}", "github_pat_" + some(60)),
    ('post("{}")', "xoxb-" + some(12, string.digits) + "-" + some(24)),
    ('stripe.api_key = "{}"', "sk_" + "live_" + some(24)),
    ('Client(api_key="{}")', "sk-proj-" + some(48)),
    ('url = "https://maps?key={}"', "AIza" + some(35)),
    ('login("{}")', "hf_" + some(34)),
    ('connect("postgres://admin:{}@db.example.org/x")', some(12)),
    ('token = "{}"', "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0." + some(43)),
    ('headers = {{"Authorization": "Bearer {}"}}', some(40)),
    ('password = "{}"', some(14)),
    ("db(user='a', passwd='{}')", some(12) + "!x"),
    ('SECRET: bytes = b"{}"', some(24)),
    ('config["api-key"] = "{}"', some(32, HEX)),
    ('os.environ.setdefault("AUTH_TOKEN", "{}")', some(20)),
    ('get(url, auth=("me", "{}"))', some(16)),
    ('x = "Endpoint=sb://a;SharedAccessKey={};"', some(43) + "="),
    ('salt = "{}"', some(64, HEX)),
]
HARMLESS = [
    'password = "password"',
    "password = getpass.getpass()",
    'token = tokens["access_token"]',
    'content_type = "multipart/form-data"',
    'raise ValueError("the token must not be empty")',
    'url = "https://example.org/path:with@sign"',
    "secret_key = settings.SECRET_KEY",
    'parser.add_argument("--password", help="the password")',
    'token_type = "bearer"',
    'alphabet = "abcdefghijklmnopqrstuvwxyzabcdefgh"',
    "author = (first, last)",
    'f"{user}:{password}@{host}"',
]


@pytest.mark.parametrize(("line", "secret"), SECRETS)
def test_secrets_are_found(line: str, secret: str) -> None:
    (found,) = secrets_in(line.format(secret))
    assert found in secret or secret in found
    assert secret not in Masking.of([line.format(secret)]).hide(line.format(secret))


@pytest.mark.parametrize("line", HARMLESS)
def test_ordinary_code_is_left_alone(line: str) -> None:
    assert secrets_in(line) == []


def context_of(lines: list[str], message: str = "") -> RepairContext:
    return RepairContext("a.py", "f", LineSpan(5, 5 + len(lines)), tuple(lines), {}, message)


@pytest.mark.parametrize(("line", "secret"), SECRETS)
def test_a_prompt_has_none_and_an_edit_brings_it_back(line: str, secret: str) -> None:
    whole = "    " + line.format(secret)
    message = f"NameError: {line.format(secret)} is not defined"
    view = View.of(context_of(["def f():", whole, "    return x"], message), FORMAT)
    prompt = FORMAT.render(view.lines, view.marked, view.message)
    assert secret not in prompt
    kept = view.to_file(LineEdit(2, 3, ("    if y:", "    " + view.lines[1])))
    assert kept is not None
    assert kept.lines == ("    if y:", "    " + whole)
    assert view.to_prompt([kept]) is not None
    edits = view.to_prompt([kept])
    assert edits is not None
    assert secret not in FORMAT.answer(edits)


def test_a_key_over_several_lines() -> None:
    body = [some(64) for _ in range(3)]
    lines = ['KEY = """-----BEGIN RSA PRIVATE KEY-----', *body, '-----END RSA PRIVATE KEY-----"""']
    masking = Masking.of([*lines, "x = 1"])
    hidden = "\n".join(map(masking.hide, lines))
    assert not any(line in hidden for line in body)
    assert [masking.show(masking.hide(line)) for line in lines] == lines


def test_a_placeholder_that_is_in_the_source_is_not_used() -> None:
    line = f'password = "{some(14)}"'
    masking = Masking.of(["SECRET_1 = 3", line])
    assert masking.hide("SECRET_1 = 3") == masking.show("SECRET_1 = 3") == "SECRET_1 = 3"
    assert masking.show(masking.hide(line)) == line


@given(st.lists(st.sampled_from(SECRETS), max_size=6), st.lists(st.text(max_size=30), max_size=6))
def test_what_is_hidden_comes_back(secrets: list[tuple[str, str]], others: list[str]) -> None:
    lines = [*(line.format(secret) for line, secret in secrets), *others]
    masking = Masking.of(lines)
    assert [masking.show(masking.hide(line)) for line in lines] == lines


@pytest.mark.parametrize(
    "piece", ["token", "a", "http://", "eyJ", "sk-", "'a1", "auth=(", "=", "://a:"]
)
def test_lines_that_are_hard_on_patterns(piece: str) -> None:
    # A pattern that takes quadratic time would not come to an end here.
    line = (piece * 100_000)[:100_000]
    masking = Masking.of([line])
    assert masking.show(masking.hide(line)) == line
