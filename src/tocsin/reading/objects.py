"""Articles given as JSON objects: keys checked, the rest kept. One decoded object in, its fields out."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any

from tocsin.errors import InputError, UsageError
from tocsin.model import Problem
from tocsin.reading.dates import metadata_day, parse_published

_NEEDED = "an article is an object with `text` (required), `title`, `url`, `published`, `author`, `publisher`, `id`"
_KNOWN = ("text", "title", "url", "published", "author", "publisher")


@dataclass(frozen=True, slots=True)
class ArticleObject:
    """Fields of an article given as an object; keys that are not its own stand in ``extra``, and so does ``id``."""

    text: str
    title: str | None = None
    url: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_object(content: dict[str, Any], where: str) -> ArticleObject:
    """Check an object and take it apart.

    Raises InputError, naming ``where`` and what is needed, for a missing `text` or a value of the wrong kind.
    """
    if "text" not in content:
        keys = ", ".join(map(repr, list(content)[:8])) or "none"
        raise InputError(f"{where}: there is no `text` (keys found: {keys}); {_NEEDED}")
    if not isinstance(content["text"], str):
        raise InputError(f"{where}: `text` is {_kind(content['text'])}, not a string; {_NEEDED}")
    _check_characters(content, where)
    published, problems = _day(content.get("published"))
    return ArticleObject(
        text=content["text"],
        title=_string(content, "title", where), url=_string(content, "url", where),
        author=_string(content, "author", where), publisher=_string(content, "publisher", where),
        published=published, problems=problems,
        extra={key: value for key, value in content.items() if key not in _KNOWN},
    )


def _string(content: dict[str, Any], key: str, where: str) -> str | None:
    """A string, null, or for people a list of names."""
    value = content.get(key)
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, list) and key == "author" and all(isinstance(name, str) for name in value):
        return ", ".join(value) or None
    raise InputError(f"{where}: `{key}` is {_kind(value)}, not a string; leave it out or set it to null")


def _day(value: Any) -> tuple[dt.date | None, tuple[Problem, ...]]:
    """The day of publication; one that cannot be read costs the day, not the article."""
    if value in (None, ""):
        return None, ()
    try:
        return parse_published(value), ()
    except UsageError as error:
        day = metadata_day(value)
        return day, () if day else (Problem(stage="published", message=f"`published`: {error}; the day is left open"),)


def _check_characters(content: dict[str, Any], where: str) -> None:
    try:
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise InputError(f"{where}: half a character (a lone surrogate); save it as UTF-8") from error
    except (RecursionError, TypeError, ValueError) as error:
        raise InputError(f"{where}: the object cannot be kept: {error}") from error


def _kind(value: Any) -> str:
    return {"int": "a number", "float": "a number", "bool": "true or false", "list": "a list", "dict": "an object",
            "NoneType": "null"}.get(type(value).__name__, type(value).__name__)
