"""Packages that are not installed with Tocsin: imported when they are wanted, with words that say how to get them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from tocsin.errors import UsageError
from tocsin.knowledge.words import words


def needed(module: str, extra: str) -> Any:
    """A module of an extra. UsageError names the extra where it is not installed."""
    try:
        return import_module(module)
    except ImportError:
        raise UsageError(words()("error.extra", package=module.split(".")[0], extra=extra)) from None
