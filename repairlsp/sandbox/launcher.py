"""Starts one command with resource limits and takes every process of it down at the end.

Run by `supervise.py` as a script of its own (`python -I -S launcher.py ...`), never imported by the
rest of the package: limits and a new network have to be set between fork and exec, which is not
safe inside a process with threads. It starts once per run, so it does without modules that are slow
to import: `signal` and `pathlib` alone would double its 15 ms.

Arguments: CONTROL MEMORY CPU FILE PROCESSES OFFLINE FOLDERS FOLDER... -- COMMAND...
- CONTROL: a socket's file descriptor. When the other end closes it (cancel, time limit, or its
  process died) the command is killed. At the end the launcher writes "REASON STATUS" to it: REASON
  is a word of `Ending`, STATUS the command's exit code (negative: the signal that killed it).
- MEMORY, CPU, FILE: bytes of address space, seconds of processor time, bytes of a file; 0: none.
- PROCESSES: how many processes the command may have at once; 0: any number.
- OFFLINE: 1 to take the network away where the kernel lets us.
- FOLDERS: how many folders follow, which alone the command may write to; -1: anywhere it can.
"""

# ruff: noqa: PTH123, PTH208, SIM105

import _signal as signal  # type: ignore[import-not-found]
import ctypes
import os
import resource
import select
import sys

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
SIOCSIFFLAGS, IFF_UP = 0x8914, 0x1
LINUX = sys.platform == "linux"
LIBC = ctypes.CDLL(None, use_errno=True) if LINUX else None
TOLD_TO_END = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
TICK = 0.25  # seconds between two looks at the number of processes


def main() -> None:
    control, memory, cpu, file_size, processes, offline, count = map(int, sys.argv[1:8])
    folders = sys.argv[8 : 8 + count] if count >= 0 else None
    command = sys.argv[9 + max(count, 0) :]
    os.set_inheritable(control, False)
    wake = watch_signals()
    if LIBC is not None:
        # Orphans of the command become our children, so that none escapes kill_tree().
        LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: cpu,
        resource.RLIMIT_FSIZE: file_size,
        resource.RLIMIT_NPROC: processes and threads_on_machine() + processes,
    }
    child = start(command, limits, folders, bool(offline))
    if not child:
        child = start(command, limits, folders, offline=False)
    reason, status = wait(child, control, wake, processes)
    kill_tree(child)
    try:
        os.write(control, f"{reason} {status}".encode())
    except OSError:
        pass  # nobody is left to read it


def watch_signals() -> int:
    """A file descriptor that becomes readable when a child ends or we are told to end."""
    read, write = os.pipe()
    os.set_blocking(read, False)
    os.set_blocking(write, False)
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    for number in (signal.SIGCHLD, *TOLD_TO_END):
        signal.signal(number, lambda *_: None)
    return read


def start(
    command: list[str], limits: dict[int, int], folders: list[str] | None, offline: bool
) -> int:
    """Fork and exec the command in a session of its own; 0 when it could not be taken offline."""
    failed, report = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            prepare(limits)
            if offline and not take_network_away():
                os.write(report, b"x")
                os._exit(127)
            if folders is not None:
                confine(folders)  # last: it forbids the writing that a new network takes
            os.execvp(command[0], command)
        except OSError as error:
            os.write(2, f"cannot run {command[0]}: {error.strerror}\n".encode())
        finally:
            os._exit(127)
    os.close(report)
    stillborn = os.read(failed, 1)  # ends with the exec, which closes `report`
    os.close(failed)
    if stillborn:
        os.waitpid(pid, 0)
        return 0
    return pid


def prepare(limits: dict[int, int]) -> None:
    """What the child does to itself before exec."""
    os.setsid()
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for kind, value in ((resource.RLIMIT_CORE, 0), *limits.items()):
        if not value and kind != resource.RLIMIT_CORE:
            continue
        hard = resource.getrlimit(kind)[1]
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(kind, (bound, bound))
        except (OSError, ValueError):
            pass  # macOS refuses RLIMIT_AS


def take_network_away() -> bool:
    """Move to a network that has only loopback. True also where the kernel does not let us;
    False when we are left half-way and must start anew."""
    if LIBC is None:
        return True
    uid, gid = os.geteuid(), os.getegid()
    if uid == 0 and LIBC.unshare(CLONE_NEWNET) == 0:
        raise_loopback()
        return True
    if LIBC.unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
        return True
    try:
        write("/proc/self/setgroups", "deny")
        write("/proc/self/uid_map", f"{uid} {uid} 1")
        write("/proc/self/gid_map", f"{gid} {gid} 1")
    except OSError:
        return False
    raise_loopback()
    return True


def confine(folders: list[str]) -> None:
    """Take away the right to write anywhere else. Raises OSError."""
    sys.path.append(os.path.dirname(__file__))  # -I leaves it out  # noqa: PTH120
    from landlock import restrict_writes  # type: ignore[import-not-found]

    restrict_writes(folders)


def write(path: str, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)


def raise_loopback() -> None:
    """A new network's loopback is down; tests that serve on localhost need it."""
    import _socket
    import fcntl

    probe = _socket.socket(_socket.AF_INET, _socket.SOCK_DGRAM, 0)
    try:
        # struct ifreq: the name in 16 bytes, then a short of flags
        request = b"lo".ljust(16, b"\0") + bytes([IFF_UP]).ljust(24, b"\0")
        fcntl.ioctl(probe.fileno(), SIOCSIFFLAGS, request)
    except OSError:
        pass  # tests without a server do not miss it
    finally:
        probe.close()


def wait(child: int, control: int, wake: int, processes: int) -> tuple[str, int]:
    """Wait until the command ends or has to."""
    threads_at_start = threads_on_machine()
    while True:
        ready, _, _ = select.select([wake, control], [], [], TICK)
        if control in ready:
            return "killed", 0
        if wake in ready and set(os.read(wake, 4096)) & TOLD_TO_END:
            return "killed", 0
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return "lost", 0
            if pid == child:
                return "itself", os.waitstatus_to_exitcode(status)
            if pid == 0:
                break
        # The kernel does not hold root to RLIMIT_NPROC. Looking through /proc costs milliseconds,
        # so it is done only when the whole machine has that many more threads.
        grown = threads_on_machine() - threads_at_start
        if processes and grown > processes and len(descendants()) > processes:
            return "processes", 0


def threads_on_machine() -> int:
    try:
        with open("/proc/loadavg") as file:
            return int(file.read().split()[3].split("/")[1])
    except OSError:
        return 1024


def kill_tree(child: int) -> None:
    """SIGKILL every process that the command left, again until none is left (2 s at most)."""
    for _ in range(200):
        try:
            os.killpg(child, signal.SIGKILL)
        except OSError:
            pass  # the group is gone
        victims = descendants()
        for pid in victims:
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass  # it was faster
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        select.select([], [], [], 0.005)


def descendants() -> list[int]:
    """Every process below us; empty where there is no /proc."""
    children: dict[int, list[int]] = {}
    try:
        names = os.listdir("/proc")
    except OSError:
        return []
    for name in names:
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as stat:
                    parent = int(stat.read().rpartition(b")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(name))
    found, queue = [], [os.getpid()]
    while queue:
        below = children.get(queue.pop(), [])
        found += below
        queue += below
    return found


if __name__ == "__main__":
    main()
