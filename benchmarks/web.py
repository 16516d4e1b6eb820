#!/usr/bin/env python3
"""The web application: how long it takes to start, to show its first page, and any page of a big register.

    python benchmarks/web.py [--records N] [--file FILE] [--json FILE]

`start_s` is from the import of the library to the first answer, in a process of its own that must not have loaded the
language model; `first_page_s` the overview of the demo register, asked for in that process as its first page. Then every
kind of page of a made register (100,000 records; a million in `make soak`) is asked for over HTTP: the seconds of the best
of two. All are CPU seconds of server and client, so that other programs count little. `page_s` is the slowest page,
`odd_s` the slowest of the combinations of filters that nobody would expect, `script_kb` the JavaScript of a first page,
gzipped. Exit status 1 beyond twice a bar.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from _demo import demo_register, served
from _floors import check

HERE = Path(__file__).resolve().parent
BARS = {"start_s": 2.0, "first_page_s": 1.0, "page_s": 0.5, "odd_s": 2.0}
ODD: list[dict[str, Any]] = [
    {"words": "said forces", "party": ["UKR", "Russia"], "place": "UKR", "since": "2014", "min_confidence": "0.3"},
    {"words": '"military missiles"', "status": ["occurred", "denied"], "outlet": "The Baling Post", "until": "2021-05-05"},
    {"words": "bab*", "box": "-60,-180,80,180", "historical": "no", "said_by": "UKR", "sort": "when", "ascending": "yes"},
    {"party": "initiator=RUS,USA,CHN", "role": ["target", "supporter"], "box": "29,34,38,49", "reported_until": "2023"},
    {"type": ["armed_incident", "statement", "fact"], "place": ["Kyiv", "Bhutan"], "words": "howitzers -ministry"},
    {"materiel": "missile", "party": "NATO", "since": "2014", "until": "2014", "words": "ministry", "sort": "confidence"},
]


def main() -> int:
    """Measure, print, compare with the bars."""
    options = argparse.ArgumentParser(description="the web application")
    options.add_argument("--records", type=int, default=100_000)
    options.add_argument("--file", type=Path, help="of a made register; made where it is not there")
    options.add_argument("--json", type=Path, metavar="FILE")
    options.add_argument("--all", action="store_true", help="print every page")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = started(demo_register(Path(folder))) | {"script_kb": script()}
        path = chosen.file or Path(folder, "made.db")
        if not path.exists():
            from made_register import fill

            fill(path, chosen.records)
        figures |= pages(path, every=chosen.all)
    for key, value in figures.items():
        print(f"web.{key}: {value}")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    faults = check("web", figures)
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def started(register: Path) -> dict[str, Any]:
    """Start and first page, in a process that has done nothing else."""
    command = [sys.executable, str(HERE / "web_start.py"), str(register)]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def script() -> float:
    """Kilobytes of the JavaScript that a first page loads, gzipped."""
    import tocsin.web

    page = (Path(tocsin.web.__file__).parent / "templates" / "base.html").read_text(encoding="utf-8")
    files = re.findall(r'<script src="/static/([^"]+)"', page)
    assert files, "the page loads no script"
    return round(sum(len(gzip.compress((Path(tocsin.web.__file__).parent / "static" / name).read_bytes()))
                     for name in files) / 1000, 1)


def pages(path: Path, *, every: bool) -> dict[str, Any]:
    """The slowest page of a register and the slowest of the odd ones."""
    with served(path) as base:
        for warming in ("/", "/records", "/parties/RUS"):  # tables of names and templates are loaded once
            _ask(base + warming)
        times = {address: _best(base + address) for address in addresses(base)}
        odd = {address: _best(base + address) for address in (f"/records?{urlencode(one, doseq=True)}" for one in ODD)}
        total = json.loads(_ask(f"{base}/api/v1/records?limit=1"))["total"]
    if every:
        for address, seconds in sorted((times | odd).items(), key=lambda item: item[1]):
            print(f"{seconds:7.3f} {address}")
    slowest, oddest = (max(some, key=some.__getitem__) for some in (times, odd))
    return {"records": total, "pages": len(times), "page_s": round(times[slowest], 3), "page_slowest": slowest,
            "page_median_s": round(sorted(times.values())[len(times) // 2], 3),
            "odd_s": round(odd[oddest], 3), "odd_slowest": oddest}


def addresses(base: str) -> list[str]:
    """Every kind of page, with common and rare values: those written here, and what the first page of the register links."""
    found = ["/", "/records", "/api/v1/overview", "/api/v1/facets", "/api/v1/records", "/api/v1/articles", "/records.atom",
             "/api/v1/parties/UKR", "/parties/UKR", "/parties/USA", "/parties/NATO", "/parties/BTN", "/parties/nobody",
             f"/api/v1/articles?page={_pages(base, 'articles')}"]
    last = _pages(base, "records")
    found += [f"/records?page={page}" for page in (2, last // 2, last)] + ["/records?limit=500"]
    found += [f"/records?sort={sort}{way}{page}" for sort in ("when", "confidence", "added", "published")
              for way in ("", "&ascending=yes") for page in ("", f"&page={last // 2}")]
    first = _ask(f"{base}/records").decode()
    found += [unescape(link) for link in re.findall(r'href="(/records\?[^"]*)"', first)]
    for kind in ("records", "articles", "parties"):
        found += [unescape(link) for link in re.findall(rf'href="(/{kind}/[^"?]*)"', first)][:3]
    if urllib.request.urlopen(f"{base}/try").read().count(b'href="/review'):
        found += ["/review", "/review?order=random", "/review?order=newest", "/review?type=armed_incident"]
    return list(dict.fromkeys(found))


def _pages(base: str, what: str) -> int:
    pages: int = json.loads(_ask(f"{base}/api/v1/{what}"))["pages"]
    return pages


def _best(address: str) -> float:
    """CPU seconds of a page: the best of two, of four where that is near the bar, for the machine is shared."""
    times = [_timed(address) for _ in range(2)]
    if min(times) > BARS["page_s"] / 2:
        times += [_timed(address) for _ in range(2)]
    return min(times)


def _timed(address: str) -> float:
    began = time.process_time()
    _ask(address)
    return time.process_time() - began


def _ask(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=300) as answer:
        body: bytes = answer.read()
        return body


if __name__ == "__main__":
    raise SystemExit(main())
