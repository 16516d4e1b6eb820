#!/usr/bin/env python3
"""Words a second from text to records, beside spaCy's small pipeline alone on the same texts in the same run.

Three mixes. Mixed news: the articles of Wikinews of two years, on all that was in the news; the bar is meant of these. The
news stream: the English articles of ``demo-news.warc.gz`` of ../shared/samples, as ``tocsin ingest`` extracts them, not
chosen for what they tell. The quiet mix: the articles of ``false_alarms.txt``, in which there is nothing to code, with the
bundled sample reports, which are all on security. Of each the share of articles from which a record came is printed: the
more of them, the slower we are, and spaCy is not; so is what follows for a stream of which they are a twentieth. Ours is all
of the way from text to records (``article_from_text``, the reader with the layer ``records``, as the register reads);
spaCy's is ``nlp.pipe`` with every component of the model, and nothing is made of what it finds. CPU-seconds, one
thread each. spaCy has a process of its own, for beside our tables it would be slower; the two take turns all the same, a few
articles each, of which spaCy reads every fourth: how fast it is does not hang on what a text tells.

    python benchmarks/text_speed.py [--all]     all three mixes; else mixed news alone

Needs spaCy (pip install 'tocsin[compare]'); where it is not installed, the benchmark is skipped with a line.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[name] = "1"  # before anything loads that counts threads

import false_alarms  # noqa: E402
import reading  # noqa: E402
from _floors import check  # noqa: E402
from _mention_texts import absent, texts  # noqa: E402
from spacy_parser import MODEL, SpacyParser  # noqa: E402
from speed import REPORTS, samples  # noqa: E402
from tocsin import Reader  # noqa: E402
from tocsin.errors import ModelError  # noqa: E402
from tocsin.reading import article_from_text  # noqa: E402

Text = tuple[str, str | None]  # with the day of publication
_TURN = 32  # articles that one codes before it is the other's turn
_SPACY = SpacyParser()  # loaded in its own process alone
_EACH = 4  # spaCy reads one in so many


def main() -> int:
    """Measure, print, compare with the floors; exit status 1 below one."""
    options = argparse.ArgumentParser(description="from text to records, beside spaCy alone")
    options.add_argument("--all", action="store_true", help="all mixes; else mixed news alone")
    options.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    chosen = options.parse_args()
    with ProcessPoolExecutor(1, get_context("spawn")) as spacy:
        try:
            print(f"text_speed: spaCy's {MODEL} with {spacy.submit(_components).result()}")
        except ModelError as error:
            print(f"text_speed: skipped, there is no spaCy to compare with (pip install 'tocsin[compare]'): {error}")
            return 0
        reader, figures = Reader(), dict[str, Any]()
        for mix, mixed in _mixes(every=chosen.all).items():
            figures |= {f"{mix}_{key}": value for key, value in measured(reader, spacy, mixed).items()}
    for key, value in figures.items():
        print(f"text_speed.{key}: {value}")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures), encoding="utf-8")
    faults = check("text_speed", figures)
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def measured(reader: Reader, spacy: Executor, texts: Sequence[Text]) -> dict[str, float]:
    """Figures of a mix of texts."""
    _ours(reader, texts[0])  # what is loaded with the first text is no part of the speed
    spacy.submit(_theirs, [texts[0][0]]).result()
    ours, theirs, read = list[tuple[float, int, bool]](), 0.0, 0
    for start in range(0, len(texts), _TURN):
        turn = texts[start:start + _TURN]
        some = [text for text, _ in turn[::_EACH]]
        for who in ("ours", "spacy") if start // _TURN % 2 else ("spacy", "ours"):
            if who == "ours":
                ours += [_ours(reader, text) for text in turn]
            else:
                theirs += spacy.submit(_theirs, some).result()
                read += sum(len(text.split()) for text in some)
    words, rate = sum(count for _, count, _ in ours), read / theirs
    return {"articles": len(texts), "words": words,
            "with_records_percent": round(100 * sum(telling for _, _, telling in ours) / len(texts), 1),
            "ours_words_per_cpu_s": round(_rate(ours)), "spacy_words_per_cpu_s": round(rate),
            "times_spacy": round(_rate(ours) / rate, 2),
            **{f"{name}_times_spacy": round(_rate([one for one in ours if one[2] == telling]) / rate, 2)
               for name, telling in (("with_records", True), ("without", False))},
            "one_in_twenty_times_spacy": round(_mixed(ours) / rate, 2)}


def _ours(reader: Reader, text: Text) -> tuple[float, int, bool]:
    """Seconds that a text took, its words, and whether a record came from it."""
    began = time.process_time()
    article, _ = article_from_text(text[0], published=text[1])
    found = bool(reader.read_article(article, layers=("records",)).records)
    return time.process_time() - began, len(text[0].split()), found


def _rate(read: Sequence[tuple[float, int, bool]]) -> float:
    """Words a second."""
    return sum(words for _, words, _ in read) / sum(seconds for seconds, _, _ in read) if read else 0.0


def _mixed(read: Sequence[tuple[float, int, bool]]) -> float:
    """Words a second of a stream of which one word in twenty stands in an article with records, the others as they are."""
    telling, others = (_rate([one for one in read if one[2] == wanted]) for wanted in (True, False))
    return 1 / (0.05 / telling + 0.95 / others) if telling and others else 0.0


def _components() -> str:
    """spaCy's pipeline, loaded; ModelError where it is not installed."""
    return ", ".join(_SPACY.load().pipe_names)


def _theirs(texts: Sequence[str]) -> float:
    """Seconds that texts took."""
    began = time.process_time()
    for _ in _SPACY.load().pipe(texts):
        pass
    return time.process_time() - began


def _mixes(*, every: bool) -> dict[str, list[Text]]:
    """The mixes of which the texts are here: every one, or mixed news alone."""
    found: dict[str, list[Text]] = {}
    if not absent(names=("wikinews",)):
        found["mixed"] = _news()
    if every and reading.SAMPLES.is_dir():
        found["stream"] = _stream()
    if every and false_alarms.CORPORA.is_dir() and REPORTS.is_dir():
        quiet = [(f"{title}\n\n{text}", day) for _, title, day, text in false_alarms.listed()]
        found["quiet"] = quiet + [(text, "2024-01-02") for text in samples()]
    return found


def _news() -> list[Text]:
    """The articles of Wikinews."""
    return [(text.text, text.published) for text in texts(names=("wikinews",))]


def _stream() -> list[Text]:
    """The English articles of the archive."""
    return [(article.text, article.published.value) for _, article in reading.english()]


if __name__ == "__main__":
    raise SystemExit(main())
