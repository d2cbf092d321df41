"""Landlock (https://docs.kernel.org/userspace-api/landlock.html): a process of Linux 5.19 or later
gives up, for itself and for all that it will start, to write anywhere but in some folders.

Our own system calls rather than a package's, because the launcher, which uses them between fork and
exec, runs without site-packages. They have the same numbers on every architecture.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Sequence

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_FOR_VERSION = 1
_RULE_PATH_BENEATH = 1
_PR_SET_NO_NEW_PRIVS = 38

_WRITE_FILE = 1 << 1
_REMOVE_AND_MAKE = 0b1_1111_1111 << 4  # folders, files, devices, sockets, pipes, links
_REFER = 1 << 13  # rename and link from one folder to another
_TRUNCATE = 1 << 14
_SCOPE_SIGNAL = 1 << 1

# Version 1 lets nobody rename from one folder to another, below the allowed ones either.
_OLDEST, WITH_TRUNCATE, _WITH_SIGNALS = 2, 3, 6

_DEVICES = ("full", "null", "ptmx", "pts", "random", "tty", "urandom", "zero")
_SHARED_MEMORY = "/dev/shm"  # named semaphores: without them there is no multiprocessing.Lock


def landlock_version() -> int:
    """The version of the kernel's Landlock; 0 where there is none that we can use."""
    if sys.platform != "linux":
        return 0
    version = _system_call(_CREATE_RULESET, None, 0, _ASK_FOR_VERSION)
    return version if version >= _OLDEST else 0


def restrict_writes(folders: Sequence[str]) -> None:
    """From now on this thread, and what it starts, writes only in `folders`, to harmless devices
    and to shared memory; from version 6 on it signals no process that was there before. Programs
    that would run as another user do not. Cannot be undone. Raises OSError.

    Before `WITH_TRUNCATE` a file elsewhere can still be emptied.
    """
    version = landlock_version()
    rights = _WRITE_FILE | _REMOVE_AND_MAKE | _REFER
    if version >= WITH_TRUNCATE:
        rights |= _TRUNCATE
    signals = _SCOPE_SIGNAL if version >= _WITH_SIGNALS else 0
    # struct landlock_ruleset_attr; kernels that know only its first fields take zeros after them
    attributes = struct.pack("=QQQ", rights, 0, signals)
    rules = _checked(_system_call(_CREATE_RULESET, attributes, len(attributes), 0))
    try:
        for folder in folders:
            _allow(rules, folder, rights)
        for device in _DEVICES:
            _allow_if_there(rules, f"/dev/{device}", rights & (_WRITE_FILE | _TRUNCATE))
        _allow_if_there(rules, _SHARED_MEMORY, rights)
        _checked(ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        _checked(_system_call(_RESTRICT_SELF, rules, 0))
    finally:
        os.close(rules)


def _allow_if_there(rules: int, path: str, rights: int) -> None:
    if os.path.exists(path):  # noqa: PTH110 (pathlib would double the launcher's start)
        _allow(rules, path, rights)


def _allow(rules: int, path: str, rights: int) -> None:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        beneath = struct.pack("=Qi", rights, place)  # struct landlock_path_beneath_attr
        _checked(_system_call(_ADD_RULE, rules, _RULE_PATH_BENEATH, beneath, 0))
    finally:
        os.close(place)


def _system_call(number: int, *arguments: int | bytes | None) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    whole = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    result: int = libc.syscall(ctypes.c_long(number), *whole)
    return result


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"Landlock: {os.strerror(number)}")
    return result
