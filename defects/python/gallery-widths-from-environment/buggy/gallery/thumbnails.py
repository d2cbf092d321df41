"""Which files a picture is stored as."""


def plan(settings, name, width):
    """The file names of a picture that is `width` pixels wide, with their widths.

    There is a thumbnail for every configured width below the picture's own, and the picture
    itself where it is kept.
    """
    stem, _, suffix = name.rpartition(".")
    files = {
        f"{stem}-{wanted}.{suffix}": wanted
        for wanted in sorted(settings["thumbnails.widths"])
        if wanted < width
    }
    if settings["thumbnails.keep"] or not files:
        files[name] = width
    return files
