"""The role of an expression: what the code around takes it for.

Two expressions with one role can stand in for one another: values of the same keyword, arguments of
the same function at the same place, what is assigned to the same name.
"""

from __future__ import annotations

import ast

Role = tuple[str, ...]


def role(node: ast.expr, parent: ast.AST) -> Role | None:
    """The role that `parent` gives its part `node`; None where it has none of its own."""
    match parent:
        case ast.Call(func=func, args=arguments) if func is not node:
            at = next((at for at, argument in enumerate(arguments) if argument is node), None)
            return None if at is None else ("argument", last_name(func), str(at))
        case ast.keyword(arg=str(name)):
            return ("keyword", name)
        case ast.Assign(targets=[target, *_], value=value) if value is node:
            return ("assigned", last_name(target))
        case ast.AnnAssign(target=target, value=value) if value is node:
            return ("assigned", last_name(target))
        case ast.AugAssign(target=target, value=value) if value is node:
            return ("added", last_name(target))
        case ast.Return():
            return ("returned",)
        case ast.If() | ast.While() | ast.Assert() if parent.test is node:
            return ("condition",)
        case ast.IfExp():
            return ("condition",) if parent.test is node else ("choice",)
        case ast.BoolOp():
            return ("condition",)
        case ast.comprehension():
            return ("iterated",) if parent.iter is node else ("condition",)
        case ast.For() | ast.AsyncFor() if parent.iter is node:
            return ("iterated",)
        case ast.Subscript(value=value, slice=index) if index is node:
            return ("index", last_name(value))
        case ast.Compare(left=left, comparators=[right]):
            return ("compared", last_name(right if left is node else left))
        case ast.Dict(keys=keys, values=values):
            if node in keys:
                return ("key",)
            key = keys[values.index(node)] if node in values else None
            text = key.value if isinstance(key, ast.Constant) else None
            return ("entry", text) if isinstance(text, str) else ("entry",)
        case ast.BinOp():
            return ("operand",)
        case _:
            return None


def last_name(node: ast.AST) -> str:
    """The word that says most about an expression: `b` of `b`, `a.b`, `a.b(c)`, `b[0]`."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=inner) | ast.Subscript(value=inner) | ast.Starred(value=inner):
            return last_name(inner)
        case _:
            return ""
