"""Builds a site."""

from __future__ import annotations

from pathlib import Path

from press.layouts import Layouts
from press.pages import read_pages
from press.records import Records


def build(site: Path, target: Path) -> list[str]:
    """Make `target` the site of the pages in `site/pages` and the layouts in `site/layouts`.

    Writes the files whose page or layout, with all that the layout puts in, is not as it was at
    the last build, and those that are missing; returns their names. Removes the files of pages
    that are gone. Other files in the target are left alone.
    """
    target.mkdir(parents=True, exist_ok=True)
    layouts = Layouts(site / "layouts")
    records = Records(target)
    written = []
    for page in read_pages(site / "pages"):
        sources = (page.text, layouts.source(page.layout))
        path = target / page.file_name
        if records.is_current(page.file_name, *sources) and path.exists():
            continue
        path.write_text(layouts.render(page.layout, page.values()), encoding="utf-8")
        records.written(page.file_name, *sources)
        written.append(page.file_name)
    records.save()
    return written
