"""Puts a candidate's code into functions that are already loaded, where that is sure to be the same
as loading the patched file.

Both forms of the changed top-level statements are compiled, and their code compared in parallel.
What runs when a module is loaded (module level, class bodies, decorators, defaults) must be equal,
for it has run; functions that differ get the new code, each live function object of them. They must
not have run yet: what they did or returned while the tests were collected is there to stay.

Python 3.9 or later, nothing but the standard library.
"""

from __future__ import annotations
import __future__

import dis
import gc
import os
import sys
import types
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

_OPTIMIZED = 0x1  # functions have it; modules and class bodies do not
_KINDS = 0x4 | 0x8 | 0x20 | 0x80 | 0x200  # *args, **kwargs, generator, coroutine, async generator
# What a function does before its first line: not evidence that this line ran.
_PROLOGUE = {"RESUME", "RETURN_GENERATOR", "MAKE_CELL", "COPY_FREE_VARS", "GEN_START", "CACHE"}
# Python 3.13 notes in each class where it stands and what its methods assign to `self`.
_NOTED = {"__firstlineno__", "__static_attributes__"}
_Suspended = (types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType)
_CODES = ("gi_code", "cr_code", "ag_code")

Code = types.CodeType


class Refused(Exception):  # noqa: N818 (it is an answer)
    """The candidate needs its modules loaded anew; the text says why."""


class Region(NamedTuple):
    """The lines of whole top-level statements, before and after; `start` lines stand before them.
    `future` are the file's `__future__` features, `imported` the names that its module level
    imports: Python compiles the call of a module's function otherwise than that of a method."""

    path: str
    start: int
    before: list[str]
    after: list[str]
    future: list[str]
    imported: list[str]


class Level(NamedTuple):
    """Code that runs when its module is loaded: its instructions, and the code nested in it."""

    instructions: list[Any]
    nested: list[Code]


class Swap:
    """New code for live functions; made before the fork, applied after it."""

    def __init__(self) -> None:
        self._new: list[tuple[types.FunctionType, Code]] = []

    def put(self, function: types.FunctionType, code: Code) -> None:
        self._new.append((function, code))

    def apply(self) -> None:
        for function, code in self._new:
            function.__code__ = code


class LoadedFile:
    """What is loaded of one file. `ran` are its lines that ran outside every test, `suspended` the
    code of generators that wait somewhere."""

    def __init__(self, ran: set[int], suspended: set[Code]) -> None:
        self.functions: list[types.FunctionType] = []
        self.ran, self.suspended = ran, suspended
        self._known: dict[Any, tuple[Level, Counter[Code]]] = {}

    @property
    def filename(self) -> str:
        """As the functions have it."""
        names = {function.__code__.co_filename for function in self.functions}
        if len(names) != 1:
            raise Refused("no function of the file is loaded, or from several places")
        return names.pop()

    def old(self, region: Region) -> tuple[Level, Counter[Code]]:
        """The region as it is loaded, and how often each nested code occurs in it."""
        key = (region.start, *region.before)
        if key not in self._known:
            code = compiled(region, region.before, self.filename)
            self._known[key] = level_of(code), Counter(below(code))
        return self._known[key]


class LoadedProject:
    """The functions of the files below `root` that are loaded now, and what ran to load them.

    `ran` are the lines of each file that ran outside every test. To be made when all is loaded, and
    before `gc.freeze()`, which hides objects.
    """

    def __init__(self, root: str, ran: dict[str, list[int]]) -> None:
        self._root = root + os.sep
        self._places: dict[str, str] = {}
        self._files: dict[str, LoadedFile] = {}
        suspended: set[Code] = set()
        places = {self._relative(file) for file in loaded_files().values()}
        for path in {*places, *ran}:
            self._files[path] = LoadedFile(set(ran.get(path, ())), suspended)
        for thing in gc.get_objects():
            kind = type(thing)
            if kind is types.FunctionType:
                path = self._relative(thing.__code__.co_filename)
                self._files.setdefault(path, LoadedFile(set(), suspended)).functions.append(thing)
            elif kind in _Suspended:
                code = next(getattr(thing, a) for a in _CODES if hasattr(thing, a))
                suspended.add(code)
        self._files.pop("", None)

    def _relative(self, filename: str) -> str:
        """The path below the root; empty for what lies elsewhere."""
        if filename not in self._places:
            path = os.path.abspath(filename)  # noqa: PTH100 (a link must not lead out)
            inside = path.startswith(self._root)
            self._places[filename] = path[len(self._root) :].replace(os.sep, "/") if inside else ""
        return self._places[filename]

    def swap(self, regions: list[Region]) -> Swap:
        """What makes the loaded project the patched one. Raises Refused."""
        swap = Swap()
        for region in regions:
            file = self._files.get(region.path)
            if file is not None:  # else the tests will load what is on the disk
                _Comparison(region, file).into(swap)
        return swap


def loaded_files() -> dict[str, str]:
    """The loaded modules, in the order of their loading, with the files that they came from."""
    found = {}
    for name, module in [*sys.modules.items()]:
        file = vars(module).get("__file__") if isinstance(module, types.ModuleType) else None
        if isinstance(file, str):
            found[name] = file
    return found


def compiled(region: Region, lines: list[str], filename: str) -> Code:
    """One form of a region, as a module; lines number as in the file. Raises Refused."""
    flags = 0
    for name in region.future:
        flags |= getattr(__future__, name).compiler_flag
    text = "\n" * region.start + "\n".join(lines) + "\n"
    if region.imported:
        text += f"import {', '.join(region.imported)}\n"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            code: Code = compile(text, filename, "exec", flags, dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise Refused(f"{region.path} would not compile: {error}") from error
    return code


class _Comparison:
    """The old and the new form of one region."""

    def __init__(self, region: Region, file: LoadedFile) -> None:
        self._region, self._file = region, file
        self._replaced: dict[Code, Code] = {}
        self._old, self._twins = file.old(region)

    def into(self, swap: Swap) -> None:
        region = self._region
        new = level_of(compiled(region, region.after, self._file.filename))
        self._compare_levels(self._old, new)
        moved = len(region.after) - len(region.before)
        last = region.start + len(region.before)
        for function in self._file.functions:
            code = function.__code__
            if code in self._replaced:
                swap.put(function, self._replaced[code])
            elif moved and code.co_firstlineno > last:
                swap.put(function, shifted(code, moved))

    # ------------------------------------------------------------------ comparing

    def _compare_levels(self, old: Level, new: Level) -> None:
        if old.instructions != new.instructions or len(old.nested) != len(new.nested):
            raise Refused("the change is seen when the module is loaded")
        for before, after in zip(old.nested, new.nested):  # noqa: B905 (Python 3.9)
            if is_level(before):
                self._compare_levels(level_of(before), level_of(after))
            else:
                self._compare_functions(before, after, outermost=True)

    def _compare_functions(self, old: Code, new: Code, outermost: bool) -> bool:
        """Take note of what has to be replaced in live functions, from outside to inside. Returns
        whether the function, or one in it, does something else now."""
        if old == new:
            return False
        changed = own(old) != own(new)
        live = [function for function in self._file.functions if function.__code__ == old]
        if changed:
            self._check(old, new, bool(live))
        else:  # what is nested differs, or the lines
            for before, after in zip(nested(old), nested(new)):  # noqa: B905
                changed |= self._compare_functions(before, after, outermost=False)
        if changed and outermost and not live:
            raise Refused(f"no loaded function is {old.co_name} of line {old.co_firstlineno}")
        if live:
            self._replaced[old] = new
        return changed

    def _check(self, old: Code, new: Code, is_live: bool) -> None:
        """Whether a function that differs may be replaced."""
        name = old.co_name
        if self._twins[old] > 1:
            raise Refused(f"line {old.co_firstlineno} has several functions that look the same")
        if signature(old) != signature(new):
            raise Refused(f"the signature of {name} changes")
        if docstring(old) != docstring(new):
            raise Refused(f"the docstring of {name} changes")
        if name == "__annotate__":
            raise Refused("an annotation changes")
        if is_live and old.co_freevars != new.co_freevars:
            raise Refused(f"{name} uses other variables of the function around it")
        if own_lines(old) & self._file.ran:
            raise Refused(f"{name} ran before the tests")
        if old in self._file.suspended:
            raise Refused(f"a generator of {name} was started before the tests")
        inner = set(below(old))
        if any(function.__code__ in inner for function in self._file.functions):
            raise Refused(f"{name} has made functions before the tests")


# ------------------------------------------------------------------------------- looking at code


def is_level(code: Code) -> bool:
    """Whether code runs when it is defined: a class body, or the scope of type parameters."""
    return not code.co_flags & _OPTIMIZED or code.co_name.startswith("<generic parameters")


def level_of(code: Code) -> Level:
    instructions: list[Any] = [code.co_freevars, code.co_cellvars]
    instructions.append(getattr(code, "co_exceptiontable", b""))
    found: list[Code] = []
    for each in dis.get_instructions(code):
        value = each.argval if each.argval is not None else each.arg
        if isinstance(value, Code):
            found.append(value)
            value = Code
        elif each.opcode in dis.hasconst:
            value = constant(each.argval)
        if each.opname == "STORE_NAME" and value in _NOTED:
            while instructions[-1][0] == "EXTENDED_ARG":
                instructions.pop()
            instructions[-1] = ("noted", value)
        instructions.append((each.opname, value))
    return Level(instructions, found)


def nested(code: Code) -> list[Code]:
    return [value for value in code.co_consts if isinstance(value, Code)]


def below(code: Code) -> Iterator[Code]:
    """All code nested in code, at any depth."""
    for each in nested(code):
        yield each
        yield from below(each)


def own(code: Code) -> tuple[Any, ...]:
    """What a function does by itself: equal for functions that differ in lines or in what is nested
    in them."""
    return (
        code.co_name,
        code.co_code,
        code.co_flags,
        code.co_names,
        code.co_varnames,
        code.co_freevars,
        code.co_cellvars,
        code.co_argcount,
        code.co_posonlyargcount,
        code.co_kwonlyargcount,
        getattr(code, "co_exceptiontable", b""),
        [constant(value) for value in code.co_consts],
    )


def constant(value: Any) -> Any:
    """A constant so that `==` tells 1 from True and from 1.0, and 0.0 from -0.0."""
    if isinstance(value, Code):
        return Code
    if isinstance(value, tuple):
        return tuple, tuple(constant(item) for item in value)
    if isinstance(value, frozenset):
        return frozenset, frozenset(constant(item) for item in value)
    return type(value), repr(value) if isinstance(value, (float, complex)) else value


def signature(code: Code) -> tuple[Any, ...]:
    """What a decorator may have looked at."""
    count = code.co_argcount + code.co_kwonlyargcount
    count += bool(code.co_flags & 0x4) + bool(code.co_flags & 0x8)
    counts = code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount
    return counts, code.co_varnames[:count], code.co_flags & _KINDS


def docstring(code: Code) -> Any:
    """What `__doc__` of a new function with this code is; Python's versions keep it differently."""
    cells = tuple(types.CellType() for _ in code.co_freevars)
    return types.FunctionType(code, {}, closure=cells).__doc__


def own_lines(code: Code) -> set[int]:
    """The lines of a function itself: not those of its `def`, which run when it is defined, nor of
    functions in it, whose `def` counts though."""
    starts = dict(dis.findlinestarts(code))
    lines: set[int] = set()
    line, before = code.co_firstlineno, ""
    for each in dis.get_instructions(code):
        line = starts.get(each.offset) or line
        if each.opname not in _PROLOGUE and before != "RETURN_GENERATOR":
            lines.add(line)
        before = each.opname
    return lines


def shifted(code: Code, lines: int) -> Code:
    """The same code, some lines further down."""
    constants = tuple(
        shifted(value, lines) if isinstance(value, Code) else value for value in code.co_consts
    )
    replace: Callable[..., Code] = code.replace
    return replace(co_firstlineno=code.co_firstlineno + lines, co_consts=constants)
