#!/usr/bin/env python3
"""A long stream of articles ingested in one run: whether memory stays flat, nothing is lost and nothing is doubled.

In: the open corpora of ../shared. Each article of the stream is made of paragraphs drawn from several of theirs, with other
numbers and names, so that it is no copy of another. One in thirty speaks of security and is parsed; one in fifty is a web
page, read in the process aside; one in a hundred is the same as an earlier one at another place, one in two hundred cannot
be read. Out: figures, with ``--json`` in a file. Held to: the largest memory of any of the last nine tenths within 10 % of
that after the first tenth, all articles stored once.

    python benchmarks/stream_soak.py [--articles 100000] [--json FILE]
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared" / "corpora"
_NUMBER, _NAME = re.compile(r"\b\d{1,4}\b"), re.compile(r"(?<=[a-z,] )[A-Z][a-z]{4,}\b")
_WORDS = 130  # of an article at least, so that its words decide whether it is parsed
_CODED = 1 / 30  # share of articles made of paragraphs that speak of security
_SEVERAL = 2.5  # points in two neighbouring sentences
_FLAT = 0.1  # of the memory after the first tenth


def main() -> int:
    """Run, print, hold to the bars; exit status 1 where one is missed."""
    options = argparse.ArgumentParser(description="memory over a long stream")
    options.add_argument("--articles", type=int, default=100_000, metavar="N")
    options.add_argument("--json", type=Path, metavar="FILE")
    chosen = options.parse_args()
    if not SHARED.is_dir():
        print(f"stream_soak: skipped, {SHARED} is not there")
        return 0
    figures = run(chosen.articles)
    for key, value in figures.items():
        print(f"stream_soak.{key}: {value}")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0 if figures["flat"] and figures["lost"] == figures["doubled"] == 0 and figures["integrity"] == "ok" else 1


def run(count: int) -> dict[str, object]:
    """Ingest a stream of so many articles into a new register."""
    from tocsin.cli.ingest import make_reader
    from tocsin.knowledge.words import words
    from tocsin.pipeline import How, Ingest, run_of
    from tocsin.register import Register

    began, cpu, memory = time.monotonic(), time.process_time(), []
    with tempfile.TemporaryDirectory() as folder, Register(Path(folder, "r.db")) as register:
        job = Ingest(register, run_of(None), make_reader, words())
        for number, _ in enumerate(job.pages(_stream(count), How()), 1):
            if number % max(1, count // 100) == 0:
                memory.append(_resident())
                if number % max(1, count // 20) == 0:
                    print(f"{number:,} articles, {memory[-1]} MB, {time.monotonic() - began:.0f} s", file=sys.stderr)
        failed = len(job.tally.failures)
        held = [row.source for row in register.articles()]
        wanted = count - failed
        groups = sum(1 for _ in register.copy_groups(limit=count))
        integrity = _integrity(Path(folder, "r.db"))
        size = sum(file.stat().st_size for file in Path(folder).iterdir()) >> 20
    settled = memory[len(memory) // 10 :]
    growth = max(settled) / settled[0] - 1
    return {"articles": count, "failed": failed, "records": job.tally.records, "copy_groups": groups,
            "lost": wanted - len(set(held)), "doubled": len(held) - len(set(held)), "integrity": integrity,
            "register_mb": size, "memory_mb_early": settled[0], "memory_mb_late": memory[-1], "memory_mb_most": max(memory),
            "growth": round(growth, 3), "flat": growth <= _FLAT, "seconds": round(time.monotonic() - began),
            "cpu_ms_per_article": round(1000 * (time.process_time() - cpu) / count, 1)}


def _integrity(file: Path) -> str:
    import sqlite3

    with sqlite3.connect(file) as db:
        return str(db.execute("PRAGMA integrity_check").fetchone()[0])


def _resident() -> int:
    """Megabytes that this process and those it started hold."""
    processes = [str(os.getpid()), *_children()]
    return sum(_pages(process) for process in processes) * os.sysconf("SC_PAGE_SIZE") >> 20


def _children() -> list[str]:
    found = Path(f"/proc/self/task/{os.getpid()}/children")
    return found.read_text(encoding="ascii").split() if found.exists() else []


def _pages(process: str) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):  # it has ended, or the system has no such file
        return 0


def _stream(count: int) -> Iterator[object]:
    """Pages of text and markup, each a new one, save the copies and what cannot be read."""
    from tocsin.sources import RawPage

    draw = random.Random(100_000)
    quiet, security = _sorted([*_paragraphs(_news()), *_paragraphs(_releases())])
    names = sorted({name for text in quiet for name in _NAME.findall(text)})
    earlier: list[str] = []
    for number in range(count):
        source, day = f"https://made.invalid/{number}", f"2024-{1 + number % 12:02d}-{1 + number % 28:02d}"
        if number % 200 == 150:
            yield RawPage(f"{source}.html", "html", b"\0" * 50 + b"damaged", url=source)
            continue
        text = draw.choice(earlier) if number % 100 == 99 and earlier else _article(
            draw, security if draw.random() < _CODED else quiet, names, number)
        earlier = [*earlier[-50:], text]
        if number % 50 == 3:
            yield RawPage(f"{source}.html", "html", _page(text, day).encode(), url=source)
        else:
            yield RawPage(f"{source}.txt", "text", text.encode(), url=source)


def _article(draw: random.Random, paragraphs: list[str], names: list[str], number: int) -> str:
    chosen: list[str] = []
    while sum(len(one.split()) for one in chosen) < _WORDS:
        chosen.append(_varied(draw, draw.choice(paragraphs), names))
    return f"{' '.join(chosen[0].split()[:7])}, part {number}\n\n" + "\n\n".join(chosen)


def _varied(draw: random.Random, text: str, names: list[str]) -> str:
    """A paragraph with other numbers, and half of its names others."""
    text = _NUMBER.sub(lambda _: str(draw.randrange(2, 2000)), text)
    return _NAME.sub(lambda match: draw.choice(names) if draw.random() < 0.5 else match[0], text)


def _page(text: str, day: str) -> str:
    title, _, body = text.partition("\n\n")
    paragraphs = "".join(f"<p>{html.escape(one)}</p>" for one in body.split("\n\n"))
    menu = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(30))
    return (f"<!doctype html><html lang=en><head><title>{html.escape(title)}</title>"
            f'<meta property="article:published_time" content="{day}"></head><body><nav><ul>{menu}</ul></nav>'
            f"<article><h1>{html.escape(title)}</h1>{paragraphs}</article></body></html>")


def _paragraphs(texts: Iterator[str]) -> list[str]:
    return [line.strip() for text in texts for line in text.split("\n") if 20 <= len(line.split()) <= 120]


def _sorted(paragraphs: list[str]) -> tuple[list[str], list[str]]:
    """Paragraphs without a word of security, and those with several."""
    from tocsin.reader import Reader
    from tocsin.reading import article_from_text

    relevance, quiet, security = Reader().relevance, [], []
    for text in paragraphs:
        bearing = relevance.of(article_from_text(text, plain=True)[0])
        if not bearing.hits:
            quiet.append(text)
        elif bearing.together >= _SEVERAL:
            security.append(text)
    return quiet, security


def _news() -> Iterator[str]:
    for file in sorted(SHARED.glob("wikinews_2019_2020/*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            yield from (row["text"] or "" for row in csv.DictReader(lines))


def _releases() -> Iterator[str]:
    for file in sorted(SHARED.glob("open_releases/*.jsonl")):
        with file.open(encoding="utf-8") as lines:
            yield from (json.loads(line)["text"] for line in lines)


if __name__ == "__main__":
    raise SystemExit(main())
