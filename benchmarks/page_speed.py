#!/usr/bin/env python3
"""From web pages to articles with the first look, and on to records, beside trafilatura alone on the same pages.

In: the English pages of ``demo-news.warc.gz`` of ../shared/samples, not chosen for what they tell. Ours lays aside those
that do not speak of security, as ``tocsin ingest`` does, and extracts the others; trafilatura extracts text and metadata of
every page, and nothing is made of it. Out: pages a CPU-second of both; the same on the pages laid aside alone and on the
others; how many those are; what follows for a stream of which one page in ten is not laid aside; ours on to the records; and
the records that are in pages laid aside (read again with all extracted). CPU-seconds of one process and one thread; the two
take turns, so that each finds the other's pages in the processor's caches.

    python benchmarks/page_speed.py
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import reading
from _floors import check
from tocsin import Reader
from tocsin.pipeline.first_look import FirstLook
from tocsin.reading import LAID_ASIDE, Reading, read_pages

_QUICK = Reading(dull=FirstLook())


def main() -> int:
    """Measure, print, compare with the floors; exit status 1 below one."""
    if not reading.SAMPLES.is_dir():
        print(f"page_speed: skipped, {reading.SAMPLES} is not there")
        return 0
    pages, reader = [page for page, _ in reading.english()], Reader()
    _ours(pages[0]), _theirs(pages[0])  # what is loaded with the first page is no part of the speed
    seconds = [(_seconds(_ours, page), _seconds(_theirs, page)) for page in pages]
    aside = [bool(_ours(page)[0][0].extra.get(LAID_ASIDE)) for page in pages]
    began = time.process_time()
    found = [_records(reader, page) for page in pages]
    coded = time.process_time() - began
    ours, theirs = (sum(both[who] for both in seconds) for who in (0, 1))
    figures: dict[str, Any] = {"pages": len(pages), "laid_aside_percent": round(100 * sum(aside) / len(pages), 1),
                               "with_records_percent": round(100 * sum(map(bool, found)) / len(pages), 1),
                               "ours_per_s": round(len(pages) / ours, 1), "trafilatura_per_s": round(len(pages) / theirs, 1),
                               "times_trafilatura": round(theirs / ours, 2),
                               "aside_times_trafilatura": _times(seconds, aside),
                               "others_times_trafilatura": _times(seconds, [not one for one in aside]),
                               "one_in_ten_times_trafilatura": _mixed(seconds, aside, 0.1),
                               "to_records_per_s": round(len(pages) / coded, 1),
                               "records": sum(found), "lost": _lost(reader, pages, aside)}
    for key, value in figures.items():
        print(f"page_speed.{key}: {value}")
    faults = check("page_speed", figures)
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def _ours(page: Any) -> list[Any]:
    return read_pages(page, _QUICK)


def _theirs(page: Any) -> None:
    import trafilatura

    trafilatura.bare_extraction(page.content, with_metadata=True, include_comments=False)


def _seconds(read: Callable[[Any], Any], page: Any) -> float:
    began = time.process_time()
    read(page)
    return time.process_time() - began


def _times(seconds: list[tuple[float, float]], chosen: list[bool]) -> float:
    ours, theirs = (sum(both[who] for both, one in zip(seconds, chosen, strict=True) if one) for who in (0, 1))
    return round(theirs / ours, 2) if ours else 0.0


def _mixed(seconds: list[tuple[float, float]], aside: list[bool], share: float) -> float:
    """The same of a stream of which a share is not laid aside, by the mean of each kind of page."""
    means = [[sum(both[who] for both, one in zip(seconds, aside, strict=True) if one is kind) / max(1, aside.count(kind))
              for kind in (True, False)] for who in (0, 1)]
    ours, theirs = ((1 - share) * dull + share * other for dull, other in means)
    return round(theirs / ours, 2)


def _records(reader: Reader, page: Any) -> int:
    return sum(len(reader.read_article(article, layers=("records",)).records) for article, _ in read_pages(page, _QUICK))


def _lost(reader: Reader, pages: list[Any], aside: list[bool]) -> int:
    """How many records the pages laid aside have when they are extracted."""
    return sum(len(reader.read_article(article, layers=("records",)).records)
               for page, one in zip(pages, aside, strict=True) if one for article, _ in read_pages(page, Reading()))


if __name__ == "__main__":
    raise SystemExit(main())
