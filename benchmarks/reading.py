#!/usr/bin/env python3
"""Reading of web pages: how often title, day and author are right, how much of the body is found, and how fast, with
trafilatura on the same pages in the same run beside it.

In: ``demo-news.warc.gz`` of ../shared/samples, 258 news pages in many languages, and title, authors, time and body of 250 of
them. A title or author is compared without capitals, accents, quotation marks and white space; a day as the truth writes
it; an author is found where one of those of the page is named; F1 is that of the words (each as often as it stands there),
the mean over pages. A live blog is read as one article, as the truth has it. Seconds are CPU-seconds.

    python benchmarks/reading.py [--list title|date|author|body]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from _floors import check

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Found:
    """What a reader found on a page."""

    title: str | None = None
    day: str | None = None
    author: str | None = None
    body: str = ""
    note: str = ""


def main() -> int:
    """Measure, print, compare with the floors; exit status 1 below one."""
    options = argparse.ArgumentParser(description="title, day, author, body of web pages")
    options.add_argument("--list", choices=("title", "date", "author", "body"), help="print the pages that are wrong")
    listed = options.parse_args().list
    if not SAMPLES.is_dir():
        print(f"reading: skipped, {SAMPLES} is not there")
        return 0
    truth = {row["url"]: row for row in map(json.loads, (SAMPLES / "demo-news.gold.jsonl").open(encoding="utf-8"))}
    held = [page for page in pages() if page.url in truth]
    figures: dict[str, Any] = {"pages": len(held)}
    for name, read in {"ours": _ours, "trafilatura": _theirs, "precise": _precise}.items():
        read(held[0])  # what is loaded with the first page is no part of the speed
        began = time.process_time()
        found = [read(page) for page in held]
        seconds = time.process_time() - began
        rows = [truth[page.url] for page in held]
        figures |= {f"{name}_{key}": value for key, value in _score(found, rows).items()}
        figures[f"{name}_per_s"] = round(len(held) / seconds, 1)
        if name == "ours" and listed:
            _list(listed, found, rows)
    best = max(figures["trafilatura_body"], figures["precise_body"])
    figures["body_above"] = round(figures["ours_body"] - best, 4)
    figures["speed_ratio"] = round(figures["ours_per_s"] / figures["trafilatura_per_s"], 2)
    for key, value in figures.items():
        print(f"reading.{key}: {value}")
    faults = check("reading", figures)
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def pages() -> list[Any]:
    """The pages of the archive, without what else it holds."""
    from tocsin.sources import RawPage, open_sources

    return [page for page in open_sources([str(SAMPLES / "demo-news.warc.gz")]) if isinstance(page, RawPage)]


def english() -> list[tuple[Any, Any]]:
    """The pages of the archive that hold an article in English, each with it."""
    from tocsin.errors import InputError
    from tocsin.reading import read_page
    from tocsin.reading.language import is_foreign

    found = []
    for page in pages():
        try:
            article, _ = read_page(page)
        except InputError:
            continue
        if not is_foreign(article):
            found.append((page, article))
    return found


def _ours(page: Any) -> Found:
    from tocsin.errors import InputError
    from tocsin.reading import read_page

    try:
        article, _ = read_page(page)
    except InputError as error:
        return Found(note=str(error))
    title = article.title or ""
    text = article.text[len(title):] if title and article.text.startswith(title) else article.text
    return Found(title, article.published.value, article.author, text, article.published.basis)


def _theirs(page: Any, precise: bool = False) -> Found:
    import trafilatura

    found = trafilatura.bare_extraction(page.content, with_metadata=True, include_comments=False, favor_precision=precise)
    return Found() if found is None else Found(found.title, found.date, found.author, found.text or "")


def _precise(page: Any) -> Found:
    return _theirs(page, True)


def _score(found: list[Found], rows: list[dict[str, Any]]) -> dict[str, float]:
    pairs = list(zip(found, rows, strict=True))
    authors = [(one, row) for one, row in pairs if row["authors"]]
    return {"title": _share([title_right(one, row) for one, row in pairs]),
            "date": _share([one.day == row["published"][:10] for one, row in pairs]),
            "author": _share([author_right(one, row) for one, row in authors]),
            "body": round(sum(body_f1(one, row) for one, row in pairs) / len(pairs), 4)}


def _share(right: list[bool]) -> float:
    return round(sum(right) / len(right), 4)


def title_right(found: Found, row: dict[str, Any]) -> bool:
    return plain(found.title or "") == plain(row["title"])


def author_right(found: Found, row: dict[str, Any]) -> bool:
    written = plain(found.author or "")
    return any(plain(name) and plain(name) in written for name in row["authors"])


def body_f1(found: Found, row: dict[str, Any]) -> float:
    """F1 of the words of the body."""
    wanted, given = _words(body_of(row)), _words(found.body)
    shared = (wanted & given).total()
    return 2 * shared / (wanted.total() + given.total()) if shared else 0.0


def body_of(row: dict[str, Any]) -> str:
    """The body of the truth: its summary, headings and paragraphs."""
    parts = list(row["body"]["summary"])
    for section in row["body"]["sections"]:
        parts += [*section["headline"], *section["paragraphs"]]
    return "\n".join(parts)


def plain(text: str) -> str:
    """Text without capitals, accents, signs and white space."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if sign.isalnum())


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def _list(what: str, found: list[Found], rows: list[dict[str, Any]]) -> None:
    for one, row in zip(found, rows, strict=True):
        if what == "title" and not title_right(one, row):
            print(f"  {row['name']}: {one.title!r} for {row['title']!r} {one.note}")
        elif what == "date" and one.day != row["published"][:10]:
            print(f"  {row['name']}: {one.day} ({one.note}) for {row['published']}")
        elif what == "author" and row["authors"] and not author_right(one, row):
            print(f"  {row['name']}: {one.author!r} for {row['authors']!r}")
        elif what == "body" and body_f1(one, row) < 0.9:
            ours, wanted = _words(one.body), _words(body_of(row))
            shared = (ours & wanted).total()
            print(f"  {row['name']}: P {shared / max(1, ours.total()):.2f} R {shared / max(1, wanted.total()):.2f} "
                  f"{ours.total()} words for {wanted.total()} {one.note}")


if __name__ == "__main__":
    raise SystemExit(main())
