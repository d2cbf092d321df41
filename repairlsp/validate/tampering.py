"""Does a patch add code that could end or fool the test run rather than repair the program?

What runs in the same process as the tests can in the end do all that they can. Most ways of
fooling them show in a run (verify.py); those that do not, such as an object that equals everything,
or a look at what the test expects, need names that a repair has no need of. They are refused where
a patch *adds* them: a program that has them already may go on using them.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

# End the process or another one, run code that cannot be seen here, or reach into the interpreter.
_CALLS = frozenset(
    {
        "__import__",
        "compile",
        "eval",
        "exec",
        "exit",
        "quit",
        "sys.exit",
        "sys.addaudithook",
        "sys.setprofile",
        "sys.settrace",
        "sys._current_frames",
        "sys._getframe",
        "os._exit",
        "os.abort",
        "os.closerange",
        "os.dup2",
        "os.fork",
        "os.forkpty",
        "os.kill",
        "os.killpg",
        *(f"os.{kind}{end}" for kind in ("exec", "spawn") for end in
          ("l", "le", "lp", "lpe", "v", "ve", "vp", "vpe")),
        "atexit.register",
        "faulthandler._sigsegv",
        "faulthandler._sigabrt",
        "importlib.import_module",
        "importlib.reload",
        "inspect.currentframe",
        "inspect.getouterframes",
        "inspect.stack",
        "inspect.trace",
        "resource.setrlimit",
        "signal.raise_signal",
        "threading.setprofile",
        "threading.settrace",
    }
)  # fmt: skip
_MODULES = frozenset(
    {"_pytest", "builtins", "ctypes", "gc", "hypothesis", "mock", "pluggy", "pytest", "unittest"}
)
_USES = frozenset({*_MODULES, "__builtins__"})
_OF_SYS = frozenset(
    {"excepthook", "meta_path", "modules", "monitoring", "path_hooks", "unraisablehook"}
)
# The way from an object to the code that uses it.
_ATTRIBUTES = frozenset(
    {
        "__builtins__",
        "__closure__",
        "__code__",
        "__globals__",
        "__subclasses__",
        "ag_frame",
        "co_code",
        "co_consts",
        "cr_frame",
        "f_back",
        "f_builtins",
        "f_code",
        "f_globals",
        "f_locals",
        "gi_frame",
        "tb_frame",
        "tb_next",
    }
)
_WORDS = ("pytest", "repairlsp", "/proc/", "/dev/fd/", "unittest")
_COMPARISONS = frozenset(
    {"__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__contains__"}
    | {"__instancecheck__", "__subclasscheck__"}
)
_BY_NAME = ("delattr", "getattr", "setattr")
_HIDDEN_NAMES = frozenset(
    {"_exit", "_getframe", "get_objects", "get_referrers", "f_back", "f_code"}
)
_BROAD = frozenset({"Exception", "BaseException"})


def added_tampering(before: ast.AST, after: ast.AST) -> str | None:
    """What `after` has more of than `before` that a repair has no need of; None for nothing."""
    added = Counter(_marks(after)) - Counter(_marks(before))
    classes = {node.name for node in ast.walk(before) if isinstance(node, ast.ClassDef)}
    for node in ast.walk(after):
        if isinstance(node, ast.ClassDef) and node.name not in classes:
            # Of a class that was there, a repair may well complete the comparisons.
            added.update(f"a new class with {name}" for name in _defined(node) & _COMPARISONS)
    if not added:
        return None
    return f"the edit adds {min(added)}, which could end or mislead the test run"


def _marks(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call():
                yield from _of_call(node)
            case ast.Raise(exc=ast.Name("SystemExit") | ast.Call(func=ast.Name("SystemExit"))):
                yield "SystemExit"
            case ast.Import() | ast.ImportFrom():
                yield from _of_import(node)
            case ast.Name(id=name) if name in _USES:
                yield f"a use of {name}"
            case ast.Attribute(value=ast.Name("sys"), attr=name) if name in _OF_SYS:
                yield f"a use of sys.{name}"
            case ast.Attribute(attr=name) if name in _ATTRIBUTES:
                yield f"a use of {name}"
            case ast.Constant(value=str(text)):
                yield from _of_text(text)
            case ast.Try():
                yield from _of_handlers(node)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield from _of_function(node)


def _of_import(node: ast.Import | ast.ImportFrom) -> Iterator[str]:
    module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
    for alias in node.names:
        name = f"{module}.{alias.name}" if module else alias.name
        top = name.partition(".")[0]
        of_sys = module == "sys" and alias.name in _OF_SYS
        if top in _MODULES or top.startswith("repairlsp_") or name in _CALLS or of_sys:
            yield f"an import of {name}"


def _of_call(call: ast.Call) -> Iterator[str]:
    name = _dotted(call.func)
    if name in _CALLS:
        yield f"a call of {name}"
    elif name in _BY_NAME and len(call.args) > 1 and _is_in_pieces(call.args[1]):
        yield f"a {name} with a disguised name"
    if any(_dotted(argument) == "AssertionError" for argument in call.args):
        yield "a call that is given AssertionError"


def _of_text(text: str) -> Iterator[str]:
    if text in _COMPARISONS or text in _HIDDEN_NAMES:
        yield f"the name {text} as text"
    elif any(word in text.lower() for word in _WORDS):
        yield "a text that names the test runner"


def _of_handlers(node: ast.Try) -> Iterator[str]:
    yields = any(isinstance(each, ast.Yield) for part in node.body for each in ast.walk(part))
    for handler in node.handlers:
        caught = {"BaseException"}
        if handler.type is not None:
            caught = {_dotted(each) for each in ast.walk(handler.type)}
        if "AssertionError" in caught:
            yield "an except clause for AssertionError"
        raises = any(isinstance(each, ast.Raise) for each in ast.walk(handler))
        if yields and not raises and caught & _BROAD:
            yield "a context manager that swallows exceptions"


def _of_function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    if node.name in ("__exit__", "__aexit__"):
        for each in ast.walk(node):
            if isinstance(each, ast.Return) and not _is_false(each.value):
                yield f"an {node.name} that swallows exceptions"
    elif node.name in _COMPARISONS and len(node.args.args) > 1:
        other = node.args.args[1].arg
        names = [each.id for each in ast.walk(node) if isinstance(each, ast.Name)]
        answers = [each.value for each in ast.walk(node) if isinstance(each, ast.Return)]
        if other not in names and any(_is_true(answer) for answer in answers):
            yield f"an {node.name} that does not look at the other object"


def _is_true(answer: ast.expr | None) -> bool:
    return isinstance(answer, ast.Constant) and answer.value is True


def _is_false(answer: ast.expr | None) -> bool:
    return answer is None or (isinstance(answer, ast.Constant) and not answer.value)


def _is_in_pieces(name: ast.expr) -> bool:
    """Whether a constant text is put together: it was not to be found."""
    names = any(isinstance(each, ast.Name) for each in ast.walk(name))
    return not names and not isinstance(name, ast.Constant)


def _defined(node: ast.ClassDef) -> set[str]:
    """The names that a class body gives to functions and values."""
    found = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
    for each in node.body:
        if isinstance(each, ast.Assign):
            found |= {_dotted(target) for target in each.targets}
    return found


def _dotted(node: ast.AST) -> str:
    """`os.path.join` of the expression; empty for anything else."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name) if _dotted(value):
            return f"{_dotted(value)}.{name}"
    return ""
