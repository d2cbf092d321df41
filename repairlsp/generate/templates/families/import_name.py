"""An import that is misspelt: of a module, or of a name that the file then uses under another."""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Iterator
from difflib import get_close_matches

from repairlsp.generate.templates.names import bindings
from repairlsp.generate.templates.registry import Example, template
from repairlsp.generate.templates.rewrite import Rewrite
from repairlsp.generate.templates.target import Target
from repairlsp.splice import node_text, replace_node


@template(
    "import-name",
    source="ImportError, ModuleNotFoundError; Pylint E0401, E0611 (import errors)",
    examples=[
        Example(
            "from collections import Conter\n\ntally = Counter('ab')",
            "from collections import Counter\n\ntally = Counter('ab')",
        ),
        Example("import maths\n\nx = math.pi", "import math\n\nx = math.pi"),
        Example(
            "from colections import deque\n\nx = deque()",
            "from collections import deque\n\nx = deque()",
        ),
    ],
)
def import_name(target: Target) -> Iterator[Rewrite]:
    read = {
        node.id
        for node in ast.walk(target.module)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    bound = bindings(target.module)
    unbound = [name for name in sorted(read) if name not in bound and not hasattr(builtins, name)]
    for statement in target.select(ast.Import, ast.ImportFrom):
        for alias in statement.names:
            if alias.asname is None and alias.name not in read:
                for name in get_close_matches(alias.name, unbound, cutoff=0.5):
                    yield Rewrite(statement, (replace_node(alias, name),), 1.0)
        if isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
            top = statement.module.partition(".")[0]
            for module in _spelt_alike(top):
                text = node_text(statement, target.lines).replace(top, module, 1)
                yield Rewrite(statement, (replace_node(statement, text),), 0.5)


def _spelt_alike(module: str) -> list[str]:
    """Modules of the standard library with nearly the name of one that is none of them."""
    if module in sys.stdlib_module_names:
        return []
    public = sorted(name for name in sys.stdlib_module_names if not name.startswith("_"))
    return get_close_matches(module, public, cutoff=0.75)
