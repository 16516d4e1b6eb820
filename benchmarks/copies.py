#!/usr/bin/env python3
"""Near copies: how many planted ones a register links to their original, and how many articles it links that are none.

In: releases and news in English from ../shared/corpora (White House, Kremlin and Kyiv, Wikinews). Planted are, of articles
of 150 words and more: cuts to 60 % and to 30 % of the sentences (from the beginning, as editors cut, or any), edits
(a word in twelve replaced), each under another headline and from another source, in random order. False is a link between
articles of different stories: without the planted ones, all that are linked though less than 95 % of the shorter one's words
stand, in order and in runs of eight and more, in the other.

    python benchmarks/copies.py [--list]
"""

from __future__ import annotations

import argparse
import csv
import difflib
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from _floors import check

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_ORIGINALS = 500
_KINDS = ("cut60", "cut60_any", "cut30", "cut30_any", "edited")


def main() -> int:
    """Measure, print, compare with the floors; exit status 1 below one."""
    options = argparse.ArgumentParser(description="near copies found and falsely linked")
    options.add_argument("--list", action="store_true", help="print what is linked without being planted")
    listed = options.parse_args().list
    if not (CORPORA / "open_releases").is_dir():
        print(f"copies: skipped, {CORPORA} is not there")
        return 0
    texts = list(dict.fromkeys(_texts()))
    figures = _planted(texts) | _false(texts, listed=listed)
    for key, value in figures.items():
        print(f"copies.{key}: {value}")
    faults = check("copies", figures)
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def _texts() -> Iterator[str]:
    for name in ("white_house", "kremlin_kyiv"):
        for line in (CORPORA / "open_releases" / f"{name}.jsonl").open(encoding="utf-8"):
            yield json.loads(line)["text"]
    csv.field_size_limit(10**7)
    for path in sorted((CORPORA / "wikinews_2019_2020").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                yield max((value or "" for value in row.values()), key=len)


def _planted(texts: list[str]) -> dict[str, float]:
    """Shares of planted copies that are in the group of their original, and seconds an article."""
    from tocsin.reading import article_from_text
    from tocsin.register import Register

    draw = random.Random(11)
    long = [text for text in texts if len(text.split()) >= 150]
    chosen = draw.sample(long, min(_ORIGINALS, len(long)))
    made = [(number, "whole", text) for number, text in enumerate(chosen)]
    made += [(number, kind, _copy(text, kind, draw)) for number, text in enumerate(chosen) for kind in _KINDS]
    draw.shuffle(made)
    with tempfile.TemporaryDirectory() as folder, Register(Path(folder) / "r.db") as register:
        articles = [article_from_text(text, source=f"{number}-{kind}.txt")[0] for number, kind, text in made]
        seconds = _added(register, articles)
        groups = {}
        for article, (number, kind, _) in zip(articles, made, strict=True):
            group = register.copy_group(article.id)
            groups[number, kind] = group.id if group else None
    found = {kind: sum(groups[number, kind] is not None and groups[number, kind] == groups[number, "whole"]
                       for number in range(len(chosen))) / len(chosen) for kind in _KINDS}
    return {"planted": len(_KINDS) * len(chosen), **{kind: round(share, 4) for kind, share in found.items()},
            "ms_per_article": round(1000 * seconds / len(made), 1)}


def _added(register: object, articles: list[object]) -> float:
    from tocsin.model import Result

    began = time.process_time()
    register.add_all([Result(article=article) for article in articles])  # type: ignore[attr-defined]
    return time.process_time() - began


def _copy(text: str, kind: str, draw: random.Random) -> str:
    """A planted copy, under another headline."""
    _, _, body = text.partition("\n")
    sentences = [one for one in _SENTENCE.split(body) if one.strip()]
    if kind == "edited":
        words = body.split(" ")
        body = " ".join("otherwise" if number % 12 == 5 else word for number, word in enumerate(words))
    else:
        kept = max(1, round(len(sentences) * (0.6 if "60" in kind else 0.3)))
        places = sorted(draw.sample(range(len(sentences)), kept)) if kind.endswith("any") else range(kept)
        body = "\n".join(sentences[place] for place in places)
    return f"Another headline of story {draw.randrange(10**6)}\n\n{body}"


def _false(texts: list[str], *, listed: bool) -> dict[str, float]:
    """Links among articles of which none was planted."""
    from tocsin.reading import article_from_text
    from tocsin.register import Register

    with tempfile.TemporaryDirectory() as folder, Register(Path(folder) / "r.db") as register:
        articles = [article_from_text(text, source=f"{number}.txt")[0] for number, text in enumerate(texts)]
        _added(register, articles)
        bodies = {article.id: article.text for article in articles}
        false: set[str] = set()
        linked = pairs = 0
        for group in register.copy_groups(limit=len(texts)):
            for member in group.members:
                linked += 1
                if member.article == group.anchor or member.kind == "same":
                    continue
                share = _shared(bodies[member.article], bodies[group.anchor])
                if share < 0.95:
                    pairs += 1
                    false |= {member.article, group.anchor}
                    if listed:
                        print(f"  {share:.2f} {member.kind} {member.share:.2f} {bodies[member.article][:90]!r}"
                              f" / {bodies[group.anchor][:90]!r}")
    count = len(articles)
    return {"articles": count, "linked": linked, "false_pairs_per_100000": round(pairs / (count * (count - 1) / 2) * 1e5, 3),
            "false_articles_percent": round(100 * len(false) / count, 2)}


def _shared(one: str, other: str) -> float:
    """Share of the shorter text's words that stand in the other in runs of eight and more, in order."""
    ours, theirs = sorted((one.casefold().split(), other.casefold().split()), key=len)
    blocks = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= 8) / max(1, len(ours))


if __name__ == "__main__":
    raise SystemExit(main())
