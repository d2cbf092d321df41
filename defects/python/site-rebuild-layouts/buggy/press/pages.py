"""Pages as their authors write them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Page:
    """A page. `text` is the whole file, `body` what follows its header."""

    name: str
    text: str
    body: str
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def layout(self) -> str:
        return self.fields.get("layout", "page")

    @property
    def file_name(self) -> str:
        return f"{self.name}.html"

    def values(self) -> dict[str, str]:
        """What a layout may put in."""
        return {"title": self.name, **self.fields, "body": self.body}


def read_page(path: Path) -> Page:
    """The page in a file. A header, where there is one, stands between two lines `---`."""
    text = path.read_text(encoding="utf-8")
    fields = {}
    body = text
    if text.startswith("---\n"):
        header, _, body = text.removeprefix("---\n").partition("\n---\n")
        for line in header.splitlines():
            key, colon, value = line.partition(":")
            if not colon:
                raise ValueError(f"{path.name}: no field: {line!r}")
            fields[key.strip()] = value.strip()
    return Page(path.stem, text, body, fields)


def read_pages(folder: Path) -> list[Page]:
    """The pages of a site in order of their names."""
    return [read_page(path) for path in sorted(folder.glob("*.txt"))]
