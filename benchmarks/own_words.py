#!/usr/bin/env python3
"""Whether the sentences of this repository are our own: cases, examples of frames and demo reports beside others' texts.

In: ../shared. Out: how many of our sentences have most of their words in runs of five that stand in one of those files, too;
with ``--errors`` each with that file. Short sentences and stock phrases share runs by chance, so that a sentence counts as
copied only with ten words or more and three quarters of them shared.

    python benchmarks/own_words.py [--shared ../shared] [--errors]
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from _floors import check

ROOT = Path(__file__).resolve().parents[1]
_RUN, _LEAST, _SHARE = 5, 10, 0.75  # words of a run, of a sentence; the share of a sentence's words
_WORD, _TAG, _END = re.compile(r"[a-z0-9]+"), re.compile(r"<[^>]+>"), re.compile(r"(?<=[.!?])\s+|\n+")
_KINDS = {".txt", ".jsonl", ".json", ".csv", ".tsv", ".xml", ".tml", ".conllu", ".gz"}
_MOST = 80_000_000  # bytes of a file

Ours = tuple[str, str, list[str]]  # where it stands, the sentence, its words


def main() -> int:
    """Run from the command line; returns the exit status."""
    options = argparse.ArgumentParser(description="whether our sentences are our own")
    options.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options.add_argument("--errors", action="store_true", help="list the sentences")
    chosen = options.parse_args()
    if not chosen.shared.is_dir():
        print(f"own_words: skipped, {chosen.shared} is not there")
        return 0
    ours = [one for one in _ours() if len(one[2]) >= _LEAST]
    copied = sorted(_copied(ours, chosen.shared))
    for share, where, sentence, source in copied if chosen.errors else ():
        print(f"{share:.2f} {where} [{source}] {sentence}")
    figures = {"sentences": len(ours), "copied": len(copied)}
    print("\n".join(f"own_words.{name}: {value}" for name, value in figures.items()))
    faults = check("own_words", figures)
    print("\n".join(faults)) if faults else None
    return int(bool(faults))


def _ours() -> Iterator[Ours]:
    """Sentences of cases, of the frames' examples, of the demo reports."""
    for file in sorted([*ROOT.glob("tests/cases/**/*.yaml"), *ROOT.glob("src/tocsin/knowledge/frames/**/*.yaml")]):
        for text in _texts(yaml.safe_load(file.read_text(encoding="utf-8"))):
            yield from _cut(text, str(file.relative_to(ROOT)))
    for file in sorted(ROOT.glob("src/tocsin/demo/reports/*.json")):
        yield from _cut(json.loads(file.read_text(encoding="utf-8"))["text"], str(file.relative_to(ROOT)))


def _texts(node: Any) -> Iterator[str]:
    """All that stands under ``text`` in a table."""
    if isinstance(node, dict):
        if isinstance(node.get("text"), str):
            yield node["text"]
        node = list(node.values())
    if isinstance(node, list):
        for one in node:
            yield from _texts(one)


def _cut(text: str, where: str) -> Iterator[Ours]:
    for sentence in _END.split(text):
        yield where, sentence, _WORD.findall(sentence.lower())


def _copied(ours: list[Ours], shared: Path) -> Iterator[tuple[float, str, str, str]]:
    runs: defaultdict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for number, (_, _, words) in enumerate(ours):
        for at in range(len(words) - _RUN + 1):
            runs[tuple(words[at : at + _RUN])].append((number, at))
    most: dict[int, tuple[float, str]] = {}
    for source, text in _theirs(shared):
        found: defaultdict[int, set[int]] = defaultdict(set)
        theirs = _WORD.findall(text.lower())
        for run in zip(*(theirs[at:] for at in range(_RUN)), strict=False):
            for number, at in runs.get(run, ()):
                found[number].update(range(at, at + _RUN))
        for number, places in found.items():
            share = len(places) / len(ours[number][2])
            most[number] = max(most.get(number, (0.0, "")), (share, source))
    for number, (share, source) in most.items():
        if share >= _SHARE:
            yield share, *ours[number][:2], source


def _theirs(shared: Path) -> Iterator[tuple[str, str]]:
    """Texts of others; of trees the lines that give the sentence, of marked-up files what is no tag."""
    for file in sorted(shared.rglob("*")):
        if file.suffix not in _KINDS or not file.is_file() or file.stat().st_size > _MOST or "design" in file.parts:
            continue
        data = file.read_bytes()
        if file.suffix == ".gz":
            try:
                data = gzip.decompress(data)
            except (OSError, EOFError):  # some of the samples are damaged
                continue
        text = data.decode("utf-8", "replace")
        if file.suffix == ".conllu":
            text = "\n".join(line[9:] for line in text.splitlines() if line.startswith("# text = "))
        yield str(file.relative_to(shared)), _TAG.sub(" ", text) if file.suffix in (".xml", ".tml") else text


if __name__ == "__main__":
    raise SystemExit(main())
