"""The page in a real browser: it sorts, filters and unpacks, and nothing goes wrong meanwhile."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from repair_eval.measures.prices import READY, read_prices
from repair_eval.report import evaluate, page

from tests.eval.repair_eval.report.large import draw_run

pytestmark = pytest.mark.slow
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# Does what a reader does, and leaves what they see in the title of the page.
READER = """<script>
const seen = { errors: [] };
addEventListener("error", (event) => seen.errors.push(event.message));
addEventListener("securitypolicyviolation", (event) => seen.errors.push(event.blockedURI));
const board = document.querySelector("#leaderboard table");
const column = (at) => [...board.tBodies[0].rows].map((row) => row.cells[at].dataset.value);
const titles = [...board.tHead.rows[0].cells].map((head) => head.textContent);
const time = titles.indexOf("Time, s");
seen.before = column(time);
const button = board.tHead.rows[0].cells[time].querySelector("button");
button.click();
seen.up = column(time);
button.click();
seen.down = column(time);
seen.sorted = board.tHead.rows[0].cells[time].getAttribute("aria-sort");
seen.all = filter.shown.value;
filter.text.value = "java/";
filter.text.dispatchEvent(new Event("input", { bubbles: true }));
seen.some = filter.shown.value;
seen.wide = document.documentElement.scrollWidth > innerWidth;
const box = document.querySelectorAll("details.defect")[21];
box.open = true;
const look = setInterval(() => {
  const attempts = box.querySelectorAll(".inside > details.attempt");
  if (!attempts.length) return;
  clearInterval(look);
  for (const one of attempts) one.open = true;
  setTimeout(() => {
    seen.attempts = attempts.length;
    seen.diffs = box.querySelectorAll(".diff").length;
    seen.reasons = [...box.querySelectorAll(".reason")].map((one) => one.textContent);
    document.title = JSON.stringify(seen);
  }, 100);
}, 20);
</script>"""


@pytest.fixture(scope="module")
def browser() -> str:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("needs Chromium")
    return found


@pytest.mark.parametrize("width", [1280, 390])
def test_what_a_reader_sees(browser: str, width: int, tmp_path: Path):
    drawn = page(evaluate([("drawn", draw_run(45, 9))], read_prices(READY)))
    file = tmp_path / "page.html"
    file.write_text(drawn.replace("</body>", f"{READER}</body>"), "utf-8")
    seen = _see(browser, file, width)
    assert seen["errors"] == []
    assert not seen["wide"]
    up = [float(value) for value in seen["up"]]
    assert up == sorted(up) != [float(value) for value in seen["before"]]
    assert (seen["down"], seen["sorted"]) == (seen["up"][::-1], "descending")
    assert seen["all"] == "45 of 45"
    shown, _, of = seen["some"].split()
    assert (0 < int(shown) < 45, of) == (True, "45")
    assert seen["attempts"] == 1 + 11  # the reference fix, and nine configurations with controls
    assert seen["diffs"] > 10
    assert any("assert 3 == 4" in reason for reason in seen["reasons"])


def _see(browser: str, file: Path, width: int) -> dict[str, Any]:
    done = subprocess.run(
        [
            browser,
            "--headless",
            "--no-sandbox",  # in a container as root there is none to be had
            "--disable-gpu",
            f"--user-data-dir={file.parent / 'profile'}",
            f"--window-size={width},900",
            "--virtual-time-budget=20000",
            "--dump-dom",
            file.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
    )
    title = re.search(r"<title>(.*?)</title>", done.stdout, re.DOTALL)
    assert title is not None
    found = json.loads(unescape(title[1]))
    assert isinstance(found, dict)
    return found
