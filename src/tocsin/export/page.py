"""One self-contained page: results in, HTML out. The text with its evidence marked, the records beside it.

Everything that comes from an article is escaped; the page asks for nothing from outside, and its security policy lets
only its own style and script run. The same results give the same page, byte for byte.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import get_args

from markupsafe import Markup

from tocsin import __version__
from tocsin.export.entry import entry_of
from tocsin.export.templating import environment
from tocsin.knowledge.words import Words
from tocsin.model import Result
from tocsin.model.record import Status

STATUSES: tuple[str, ...] = get_args(Status)


def render(results: Iterable[Result], words: Words) -> str:
    """The page for any number of results."""
    entries = [entry_of(f"a{n}", result, words) for n, result in enumerate(results, 1)]
    style, script = _part("page.css"), _part("page.js")
    total = sum(len(entry.records) for entry in entries)
    types = dict.fromkeys(kind for entry in entries for kind, _ in entry.types)
    return environment("tocsin.export").get_template("page.html").render(
        entries=entries, words=words, version=__version__, types=types,
        articles=words("count.articles", n=len(entries)), records=words("count.records", n=total),
        style=Markup(style), script=Markup(script), policy=_policy(style, script),
        statuses=STATUSES,
    )


@cache
def _part(name: str) -> str:
    return resources.files("tocsin.export").joinpath("templates", name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """The security policy: nothing is fetched, and only this style and this script run."""
    digests = (base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in (style, script))
    rules = "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
    return rules.format(*digests)
