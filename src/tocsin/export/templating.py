"""Templates of pages: escaped throughout, and text made safe to stand on a page.

In: packages with a folder ``templates``. Out: a Jinja environment that finds them, the first package first.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

# Characters that a page cannot carry or that would turn what stands beside them: C0 and C1 controls but tab and line feed,
# direction controls, surrogates. Each is replaced by one character, so that offsets hold.
_UNSHOWN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0x202A, 0x202F),
                          *range(0x2066, 0x206A), *range(0xD800, 0xE000)], "\ufffd")
_UNSHOWN[13] = ""  # of a line end that is two characters


@cache
def environment(*packages: str) -> Environment:
    """The environment for the templates of some packages."""
    def load(name: str) -> str | None:
        for package in packages:
            file = resources.files(package).joinpath("templates", name)
            if file.is_file():
                return file.read_text(encoding="utf-8")
        return None

    found = Environment(autoescape=True, loader=FunctionLoader(load), undefined=StrictUndefined, trim_blocks=True,
                        lstrip_blocks=True, keep_trailing_newline=True, finalize=_finished)
    found.filters["shown"] = shown
    return found


def _finished(value: Any) -> Any:
    """What any expression of a template gives, as it is put on the page; what is markup was made so already."""
    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def shown(value: Any) -> str:
    """Text with the characters that no page can carry replaced."""
    return str(value).translate(_UNSHOWN)
