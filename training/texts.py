"""Plain texts to make silver trees of: news and releases under open licences.

    python training/texts.py --corpora ../shared/corpora --out runs/texts.jsonl [--coded ../shared/gold]

Taken: the open releases, Wikinews, re3d without the folder of the European Union, MEANTIME; all of them may be trained
on. Left out: articles that may be hand-coded blind one day. Those that were (benchmarks/blind), each read since, and the
development gold come with --coded: the rules were fitted to what a parser makes of them, and its successor is shown it.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import yaml

BLIND = Path(__file__).resolve().parents[1] / "benchmarks" / "blind"
KEPT_BACK = frozenset("01234")  # first digits of the hash of articles that may be coded blind one day


def main() -> None:
    """Run from the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--corpora", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--coded", type=Path, help="folder of the development gold; the texts coded blind are then taken, too")
    o = p.parse_args()
    coded = {yaml.safe_load(file.read_text(encoding="utf-8"))["where"]["key"] for file in BLIND.glob("*/*.yaml")}
    gold = _gold(o.coded) if o.coded else iter(())
    count = 0
    with o.out.open("w", encoding="utf-8") as out:
        for key, text in (*_texts(o.corpora), *gold):
            if (o.coded is not None) if key in coded else not _kept_back(key):
                out.write(json.dumps({"id": key, "text": text}, ensure_ascii=False) + "\n")
                count += 1
    print(f"{o.out}: {count} texts")


def _kept_back(key: str) -> bool:
    return hashlib.sha1(key.encode()).hexdigest()[0] in KEPT_BACK


def _gold(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.glob("*.txt")):
        yield "gold/" + file.stem, file.read_text(encoding="utf-8")


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
