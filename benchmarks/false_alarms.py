"""How often something is coded where there is nothing: articles on sport, weather, health, business, films, domestic law.

In: the articles named in ``false_alarms.txt``, found in ../shared/corpora. Out: records per 100 articles, and what they are.

    python benchmarks/false_alarms.py [--records]
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from _floors import check
from tocsin import Reader
from tocsin.evaluation.faults import compact
from tocsin.reading import article_from_text

HERE = Path(__file__).resolve().parent
CORPORA = HERE.parents[1] / "shared" / "corpora"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def main() -> int:
    """Run from the command line; returns the exit status."""
    options = argparse.ArgumentParser(description="records in articles with nothing to code")
    options.add_argument("--records", action="store_true", help="print them")
    shown = options.parse_args().records
    if not CORPORA.is_dir():
        print(f"false_alarms: skipped, {CORPORA} is not there")
        return 0
    reader, records, with_any, words, began = Reader(), 0, 0, 0, time.process_time()
    articles = listed()
    for key, title, day, text in articles:
        words += len(text.split())
        article, _ = article_from_text(f"{title}\n\n{text}", source=key, published=day, title=title)
        found = reader.read_article(article, layers=("records",)).records  # as the register reads
        records, with_any = records + len(found), with_any + bool(found)
        for record in found if shown else ():
            print(f"{key}\n    {compact(record.model_dump(mode='json', by_alias=True))}\n    {record.evidence[0].exact}")
    rate = 100 * records / max(1, len(articles))
    cost = 1000 * (time.process_time() - began) / max(1, words)
    print(f"{len(articles)} articles, {words} words: {records} records in {with_any} of them,"
          f" {rate:.1f} per 100; {cost:.2f} s CPU per 1,000 words")
    figures = {"articles": len(articles), "per_100": round(rate, 2), "cpu_s_per_1000_words": round(cost, 3)}
    faults = check("false_alarms", figures)
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def listed() -> list[tuple[str, str, str | None, str]]:
    """(key, title, day, text) of the articles with nothing to code."""
    lines = (HERE / "false_alarms.txt").read_text(encoding="utf-8").splitlines()
    wanted = {line for line in lines if line and line[0] != "#"}
    return [article for article in _articles() if article[0] in wanted]


def _articles() -> Iterator[tuple[str, str, str | None, str]]:
    """(key, title, day, text) of the articles that may be named."""
    csv.field_size_limit(10**8)
    for file in sorted((CORPORA / "wikinews_2019_2020").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                day = _DAY.search(row["date"] or "")
                yield row["url"], row["title"], day[0] if day else None, row["text"]
    for line in (CORPORA / "open_releases" / "white_house.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["id"], row["title"], row["published"], row["text"]


if __name__ == "__main__":
    raise SystemExit(main())
