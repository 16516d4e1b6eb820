"""Plain texts to make silver trees of: news and releases under open licences.

    python training/texts.py --corpora ../shared/corpora --out runs/texts.jsonl [--coded ../shared/gold [--own FILE]]

Taken: the open releases, Wikinews, re3d without the folder of the European Union, MEANTIME; all of them may be trained
on. Left out: articles that may be hand-coded blind one day, and those that were. With --coded comes what the rules were
fitted to, for a successor of the parser is to be shown what its predecessor makes of it: the articles coded blind
(benchmarks/blind), each read since, the development gold, and our own sentences (cases, frames' examples, samples).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import html
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
BLIND = ROOT / "benchmarks" / "blind"
KEPT_BACK = frozenset("01234")  # first digits of the hash of articles that may be coded blind one day


def main() -> None:
    """Run from the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--corpora", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--coded", type=Path, help="folder of the development gold; the texts coded blind are then taken, too")
    p.add_argument("--own", type=Path, help="with --coded: where to write what it adds once more, by itself")
    o = p.parse_args()
    coded = {yaml.safe_load(file.read_text(encoding="utf-8"))["where"]["key"] for file in BLIND.glob("*/*.yaml")}
    found = [(key, text) for key, text in _texts(o.corpora) if key not in coded and not _kept_back(key)]
    fitted = [(key, text) for key, text in _texts(o.corpora) if key in coded] if o.coded else []
    fitted += [*_gold(o.coded), *_own()] if o.coded else []
    _write(o.out, found + fitted)
    if o.own:
        _write(o.own, fitted)


def _write(out: Path, texts: Sequence[tuple[str, str]]) -> None:
    lines = (json.dumps({"id": key, "text": text}, ensure_ascii=False) + "\n" for key, text in texts)
    out.write_text("".join(lines), encoding="utf-8")
    print(f"{out}: {len(texts)} texts")


def _kept_back(key: str) -> bool:
    return hashlib.sha1(key.encode()).hexdigest()[0] in KEPT_BACK


def _gold(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.glob("*.txt")):
        yield "gold/" + file.stem, file.read_text(encoding="utf-8")


def _own() -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / "tests" / "cases").glob("*.yaml")):
        yield from ((case["id"], case["text"]) for case in yaml.safe_load(file.read_text(encoding="utf-8")))
    for file in sorted((ROOT / "src" / "tocsin" / "knowledge" / "frames").glob("**/*.yaml")):
        frames = yaml.safe_load(file.read_text(encoding="utf-8"))
        for frame in frames if isinstance(frames, list) else ():  # the others say what a record type is
            for number, example in enumerate((*frame.get("examples", ()), *frame.get("negatives", ()))):
                yield f"{frame['id']}/{number}", example["text"]
    for file in sorted((ROOT / "src" / "tocsin" / "demo" / "reports").glob("*.json")):
        yield file.stem, json.loads(file.read_text(encoding="utf-8"))["text"]


def _texts(corpora: Path) -> Iterator[tuple[str, str]]:
    csv.field_size_limit(10**8)
    for file in sorted((corpora / "open_releases").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield row["id"], row["text"]
    for file in sorted((corpora / "wikinews_2019_2020").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                yield row["url"], row["text"]
    for file in sorted((corpora / "re3d").glob("*/documents.json")):
        if "European Union" not in file.parent.name:
            for line in file.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                yield row["_id"], row["text"]
    for file in sorted((corpora / "meantime").glob("**/*.xml")):
        yield file.stem, _of_tokens(file.read_text(encoding="utf-8"))


def _of_tokens(source: str) -> str:
    """The words of a CAT file as text, a sentence a line."""
    lines: dict[str, list[str]] = {}
    for sentence, word in re.findall(r'<token [^>]*?sentence="(\d+)"[^>]*>([^<]*)</token>', source):
        lines.setdefault(sentence, []).append(html.unescape(word))
    return "\n".join(re.sub(r" ([,.;:?!%)\]]|'s\b|n't\b)", r"\1", " ".join(words)) for words in lines.values())


if __name__ == "__main__":
    main()
