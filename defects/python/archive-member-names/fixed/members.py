"""Names of the members of archives, made safe for unpacking."""


class UnsafeMember(ValueError):
    """A member that would be written outside of the folder where the archive is unpacked."""


def member_path(name):
    """The path of a member below the archive's root.

    Archives made with `tar -c .` have `./` before each name; it is dropped. The root itself is
    the empty path. Raises UnsafeMember for absolute names and for those that lead upwards.
    """
    name = name.replace("\\", "/")
    if name.startswith("/") or name[1:2] == ":":
        raise UnsafeMember(f"absolute name in the archive: {name}")
    if ".." in name.split("/"):
        raise UnsafeMember(f"name that leads upwards in the archive: {name}")
    path = name.removeprefix("./").rstrip("/")
    return "" if path == "." else path


def common_root(names):
    """The one folder that everything in the archive is in, or None.

    Many source archives have one, named after the release, and unpacking leaves it out.
    """
    roots = set()
    for path in filter(None, map(member_path, names)):
        root, slash, _ = path.partition("/")
        roots.add(root if slash else None)
    return roots.pop() if len(roots) == 1 else None


def unpacked_paths(names):
    """Where each member goes, as {name: path}, without the common root folder."""
    names = [name for name in names if member_path(name)]
    root = common_root(names)
    prefix = f"{root}/" if root else ""
    return {name: member_path(name).removeprefix(prefix) for name in names}
