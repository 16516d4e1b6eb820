#!/usr/bin/env python3
"""Score the reader on articles that were hand-coded without sight of it, and before it was changed for them.

    python benchmarks/blind.py                     score each round; it is blind for the first measurement only
    python benchmarks/blind.py --round 1 --errors
    python benchmarks/blind.py pack FOLDER --round 2    take hand-coded articles (<id>.txt, .yaml) into benchmarks/blind/2

The repository keeps our labels, offsets and a hash of each text, not the texts: they are found again in ../shared/corpora,
whose rows the labels name. Without that folder nothing can be scored, which is said.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import html
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from gold import score_folder

HERE = Path(__file__).resolve().parent
LABELS = HERE / "blind"
CORPORA = HERE.parents[1] / "shared" / "corpora"
_QUOTED = ("text", "exact", "name")  # words of the article in the labels: kept as offsets


def main() -> int:
    """Run from the command line; returns the exit status."""
    options = _parser().parse_args()
    if options.command == "pack":
        return _pack_all(options.folder, options.round)
    if not CORPORA.is_dir():
        print(f"blind: skipped, {CORPORA} is not there (the texts of the labels lie in it)")
        return 0
    status = 0
    for number in [options.round] if options.round else sorted(path.name for path in LABELS.iterdir() if path.is_dir()):
        with tempfile.TemporaryDirectory() as folder:
            count = unpack(Path(folder), number)
            print(f"blind, round {number}: {count} articles")
            status |= score_folder(Path(folder), options.errors, options.type, options.json, f"blind_{number}")
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="score the reader on blind hand-coded articles")
    parser.add_argument("command", nargs="?", choices=["score", "pack"], default="score")
    parser.add_argument("folder", nargs="?", type=Path, help="pack: the hand-coded articles")
    parser.add_argument("--round", help="the round to score or to pack into (default: all)")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--type", action="append", default=[])
    parser.add_argument("--json", type=Path)
    return parser


def _pack_all(folder: Path | None, number: str | None) -> int:
    if folder is None or number is None:
        print("give the folder and --round N", file=sys.stderr)
        return 2
    texts = list(_corpus())
    (LABELS / number).mkdir(parents=True, exist_ok=True)
    lost = 0
    for file in sorted(folder.glob("*.yaml")):
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        text = file.with_suffix(".txt").read_text(encoding="utf-8")
        place = _find(text, texts)
        if place is None:
            print(f"{file.name}: its text is in no corpus", file=sys.stderr)
            lost += 1
            continue
        packed = _without_words(data, text) | {"where": place}
        target = LABELS / number / file.name
        shown = yaml.safe_dump(packed, sort_keys=False, allow_unicode=True, width=120, default_flow_style=None)
        target.write_text(shown, encoding="utf-8")
    return 1 if lost else 0


def _corpus() -> Iterator[tuple[str, str, str]]:
    """(file, key, text) of every unlabelled article of the corpora."""
    csv.field_size_limit(10**8)
    for file in sorted((CORPORA / "open_releases").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield f"open_releases/{file.name}", row["id"], row["text"]
    for file in sorted((CORPORA / "wikinews_2019_2020").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                yield f"wikinews_2019_2020/{file.name}", row["url"], f"{row['title']}\n\n{row['text']}"
    for file in sorted((CORPORA / "re3d").glob("**/documents.json")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield f"re3d/{file.relative_to(CORPORA / 're3d').as_posix()}", row["_id"], row["text"]
    for file in sorted((CORPORA / "timeml").glob("**/[!.]*.tml")):
        body = re.search(r"<TEXT>(.*?)</TEXT>", file.read_text(encoding="utf-8"), re.DOTALL)
        if body:  # its tags are others' labels
            text = html.unescape(re.sub(r"<[^>]+>", "", body[1])).strip()
            yield f"timeml/{file.relative_to(CORPORA / 'timeml').as_posix()}", file.stem, text


def _find(text: str, texts: list[tuple[str, str, str]]) -> dict[str, Any] | None:
    """Where a text stands: file, key, and which characters; each line of it must be found, in order."""
    lines = [line for line in text.split("\n") if line.strip()]
    for file, key, whole in texts:
        spans, at = [], 0
        for line in lines:
            start = whole.find(line, at)
            if start < 0:
                break
            spans.append([start, start + len(line)])
            at = start + len(line)
        if len(spans) == len(lines):
            return {"file": file, "key": key, "lines": spans, "breaks": _breaks(text)}
    return None


def _breaks(text: str) -> list[int]:
    """How many line breaks follow each line that is not blank; the first number is of those before the first line."""
    counts, waiting = [], 0
    for line in text.split("\n"):
        if line.strip():
            counts.append(waiting)
            waiting = 0
        waiting += 1
    return [*counts, waiting - 1]


def _without_words(value: Any, text: str) -> Any:
    """The labels with each quotation as its offsets."""
    if isinstance(value, list):
        return [_without_words(item, text) for item in value]
    if not isinstance(value, dict):
        return value
    out = {}
    for key, item in value.items():
        if key in ("exact", "title", "note", "reason"):
            continue
        if key in _QUOTED and isinstance(item, str):
            start = text.find(item)
            if start >= 0:
                out[f"{key}_at"] = [start, start + len(item)]
        else:
            out[key] = _without_words(item, text)
    return out


def unpack(target: Path, number: str | None) -> int:
    """Write the labels and texts of a round (of all) into a folder; returns how many articles."""
    texts = {(file, key): text for file, key, text in _corpus()}
    files = sorted(LABELS.glob(f"{number or '*'}/*.yaml"))
    for file in files:
        data = yaml.safe_load(file.read_text(encoding="utf-8"))
        text = _text(data.pop("where"), texts)
        if hashlib.sha256(text.encode()).hexdigest() != data["text_sha256"]:
            raise SystemExit(f"{file}: the corpus no longer holds the text that was coded")
        (target / file.name).with_suffix(".txt").write_text(text, encoding="utf-8", newline="")
        (target / file.name).write_text(yaml.safe_dump(_with_words(data, text), allow_unicode=True), encoding="utf-8")
    return len(files)


def _text(where: dict[str, Any], texts: dict[tuple[str, str], str]) -> str:
    whole = texts[where["file"], where["key"]]
    lines = [whole[a:b] for a, b in where["lines"]]
    *before, last = where["breaks"]
    return "".join("\n" * n + line for n, line in zip(before, lines, strict=True)) + "\n" * last


def _with_words(value: Any, text: str) -> Any:
    if isinstance(value, list):
        return [_with_words(item, text) for item in value]
    if not isinstance(value, dict):
        return value
    out = {}
    for key, item in value.items():
        if key.endswith("_at") and key.removesuffix("_at") in _QUOTED:
            out[key.removesuffix("_at")] = text[item[0] : item[1]]
        else:
            out[key] = _with_words(item, text)
    return out


if __name__ == "__main__":
    raise SystemExit(main())
