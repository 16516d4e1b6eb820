"""The browser of the person before the terminal, where there is one that has a window of its own."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from contextlib import suppress

_WINDOWS = ("DISPLAY", "WAYLAND_DISPLAY")


def open_page(address: str) -> bool:
    """Open a page, beside what goes on here. False where no browser can be: none is there, or one for the terminal only,
    which would stand in the way of it."""
    if not _has_window():
        return False
    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return False
    if not os.environ.get("BROWSER") and type(found) is webbrowser.GenericBrowser:
        return False
    threading.Thread(target=_opened, args=(found, address), daemon=True).start()
    return True


def _has_window() -> bool:
    if os.environ.get("BROWSER"):
        return True
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in _WINDOWS)


def _opened(found: webbrowser.BaseBrowser, address: str) -> None:
    with suppress(OSError, webbrowser.Error):  # the address stands on the terminal
        found.open(address)
