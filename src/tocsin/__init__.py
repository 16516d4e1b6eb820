"""Tocsin: news in, a sourced register of international-security events out.

import tocsin
reader = tocsin.Reader()
result = reader.read_text("Russia has sent 12 armoured vehicles to Tajikistan.", published="2021-09-13")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Article", "Reader", "Record", "Register", "Result", "TocsinError", "verify"]

if TYPE_CHECKING:
    from tocsin.coding.verify import verify
    from tocsin.errors import TocsinError
    from tocsin.model import Article, Record, Result
    from tocsin.reader import Reader
    from tocsin.register import Register

_WHERE = {
    "Article": "tocsin.model",
    "Reader": "tocsin.reader",
    "Record": "tocsin.model",
    "Register": "tocsin.register",
    "Result": "tocsin.model",
    "TocsinError": "tocsin.errors",
    "verify": "tocsin.coding.verify",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that importing the package stays cheap."""
    if name not in _WHERE:
        raise AttributeError(f"module 'tocsin' has no attribute {name!r}; public names: {', '.join(__all__)}")
    from importlib import import_module

    return getattr(import_module(_WHERE[name]), name)
