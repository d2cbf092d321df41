"""The settings of a gallery that nobody has configured."""

DEFAULTS = {
    "server": {"host": "127.0.0.1", "port": 8080, "proxies": ["127.0.0.1"]},
    "thumbnails": {"widths": [160, 640, 1280], "quality": 0.8, "keep": True},
    "log": {"level": "info", "files": {"access": "access.log", "error": "error.log"}},
}
