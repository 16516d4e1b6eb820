#!/usr/bin/env python3
"""Words a second from text to records, beside spaCy's small pipeline alone on the same texts in the same run.

Two mixes. The news stream: the English articles of ``demo-news.warc.gz`` of ../shared/samples, as ``tocsin ingest`` extracts
them, not chosen for what they tell. The quiet mix: the articles of ``false_alarms.txt``, in which there is nothing to code,
with the bundled sample reports, which are all on security. Of each the share of articles from which a record came is
printed: the more of them, the slower we are, and spaCy is not. Ours is all of the way from text to records
(``article_from_text``, the reader with the layer ``records``, as the register reads); spaCy's is ``nlp.pipe`` with every
component of the model, and nothing is made of what it finds. CPU-seconds of one process and one thread; the two take turns,
a few articles each.

    python benchmarks/text_speed.py [--articles 40]     at most so many of each kind of text

Needs spaCy (pip install 'tocsin[compare]'); where it is not installed, the benchmark is skipped with a line.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from typing import Any

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[name] = "1"  # before anything loads that counts threads

import false_alarms  # noqa: E402
import reading  # noqa: E402
from _floors import check  # noqa: E402
from spacy_parser import MODEL, SpacyParser  # noqa: E402
from speed import REPORTS, samples  # noqa: E402
from tocsin import Reader  # noqa: E402
from tocsin.errors import ModelError  # noqa: E402
from tocsin.reading import article_from_text  # noqa: E402

Text = tuple[str, str | None]  # with the day of publication
_TURN = 8  # articles that one codes before it is the other's turn


def main() -> int:
    """Measure, print, compare with the floors; exit status 1 below one."""
    options = argparse.ArgumentParser(description="from text to records, beside spaCy alone")
    options.add_argument("--articles", type=int, metavar="N", help="of each kind of text, so many at most")
    most = options.parse_args().articles
    try:
        nlp = SpacyParser().load()
    except ModelError as error:
        print(f"text_speed: skipped, there is no spaCy to compare with (pip install 'tocsin[compare]'): {error}")
        return 0
    print(f"text_speed: spaCy's {MODEL} with {', '.join(nlp.pipe_names)}")
    reader, figures = Reader(), dict[str, Any]()
    for mix, texts in _mixes(most).items():
        figures |= {f"{mix}_{key}": value for key, value in measured(reader, nlp, texts).items()}
    for key, value in figures.items():
        print(f"text_speed.{key}: {value}")
    faults = check("text_speed", figures) if most is None else []
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def measured(reader: Reader, nlp: Any, texts: Sequence[Text]) -> dict[str, float]:
    """Figures of a mix of texts."""
    _ours(reader, texts[:1])  # what is loaded with the first text is no part of the speed
    _theirs(nlp, texts[:1])
    seconds, telling = {"ours": 0.0, "spacy": 0.0}, 0
    for start in range(0, len(texts), _TURN):
        turn = texts[start:start + _TURN]
        for who in ("ours", "spacy") if start // _TURN % 2 else ("spacy", "ours"):
            began = time.process_time()
            if who == "ours":
                telling += _ours(reader, turn)
            else:
                _theirs(nlp, turn)
            seconds[who] += time.process_time() - began
    words = sum(len(text.split()) for text, _ in texts)
    return {"articles": len(texts), "words": words, "with_records_percent": round(100 * telling / len(texts), 1),
            **{f"{who}_words_per_cpu_s": round(words / taken) for who, taken in seconds.items()},
            "times_spacy": round(seconds["spacy"] / seconds["ours"], 2)}


def _ours(reader: Reader, texts: Sequence[Text]) -> int:
    """Read texts; from how many a record came."""
    found = 0
    for text, day in texts:
        article, _ = article_from_text(text, published=day)
        found += bool(reader.read_article(article, layers=("records",)).records)
    return found


def _theirs(nlp: Any, texts: Sequence[Text]) -> None:
    for _ in nlp.pipe(text for text, _ in texts):
        pass


def _mixes(most: int | None) -> dict[str, list[Text]]:
    """The mixes of which the texts are here."""
    found: dict[str, list[Text]] = {}
    if reading.SAMPLES.is_dir():
        found["stream"] = _stream()[:most]
    if false_alarms.CORPORA.is_dir() and REPORTS.is_dir():
        quiet = [(f"{title}\n\n{text}", day) for _, title, day, text in false_alarms.listed()]
        found["quiet"] = quiet[:most] + [(text, "2024-01-02") for text in samples()][:most]
    return found


def _stream() -> list[Text]:
    """The English articles of the archive."""
    return [(article.text, article.published.value) for _, article in reading.english()]


if __name__ == "__main__":
    raise SystemExit(main())
