"""Writes small SVG drawings: bars, lines and their labels."""


def escaped(text):
    """Text as it has to be written between tags and in attributes."""
    text = str(text)
    text = text.replace("<", "&lt;")
    text = text.replace(">", "&gt;")
    text = text.replace('"', "&quot;")
    return text.replace("&", "&amp;")


def _number(value):
    """Coordinates with at most two decimals: 3, 2.5, 0.33."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


class Element:
    """An element with attributes, and either text or elements inside."""

    def __init__(self, name, text="", **attributes):
        self.name = name
        self.text = text
        self.attributes = attributes
        self.children = []

    def add(self, child):
        self.children.append(child)
        return child

    def render(self, indent=""):
        attributes = ""
        for name, value in self.attributes.items():
            if value is not None:
                value = _number(value) if isinstance(value, float) else value
                attributes += f' {name.replace("_", "-")}="{escaped(value)}"'
        start = f"{indent}<{self.name}{attributes}"
        if self.children:
            inside = "\n".join(child.render(indent + "  ") for child in self.children)
            return f"{start}>\n{inside}\n{indent}</{self.name}>"
        if self.text:
            return f"{start}>{escaped(self.text)}</{self.name}>"
        return f"{start}/>"


def bar_chart(values, width=200, row=20):
    """A drawing of {label: value} as bars, the largest of which is as wide as the drawing."""
    drawing = Element("svg", width=width, height=row * len(values))
    largest = max(values.values(), default=0) or 1
    for position, (label, value) in enumerate(values.items()):
        group = drawing.add(Element("g", transform=f"translate(0 {position * row})"))
        bar = group.add(Element("rect", width=width * value / largest, height=row - 2))
        bar.attributes["data_label"] = label
        group.add(Element("text", f"{label}: {value}", x=4, y=row - 6))
    return drawing.render()
