#!/usr/bin/env python3
"""Pictures of the pages for ``docs/screens``: six pages of the demo register, for a phone and for a desk, light and dark.

    python tools/screens.py [REGISTER] [--out docs/screens]

Needs Chromium and the packages of the tests. Without a register the demo's is built. Each picture is a WebP of at most
``LIMIT`` bytes: its quality is lowered until it fits.
"""

from __future__ import annotations

import argparse
import base64
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests")]

from _demo import demo_register, served  # noqa: E402
from browser import browser as program  # noqa: E402

WIDTHS = {390: 844, 1440: 900}
SCHEMES = ("light", "dark")
LIMIT = 150_000
QUALITIES = (85, 75, 65, 55, 45)
TRANSFER = "a[href^='/records/r_']"


def main() -> int:
    """Draw all pictures; exit status 1 where one is too large."""
    options = argparse.ArgumentParser(description="pictures of the pages")
    options.add_argument("register", nargs="?", type=Path)
    options.add_argument("--out", type=Path, default=ROOT / "docs" / "screens")
    given = options.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        register = given.register or demo_register(Path(folder))
        chromium = playwright.chromium.launch(executable_path=program(), args=["--disable-gpu"])
        with served(register) as site:
            sizes = [_draw(chromium, site, name, address, width, scheme, given.out)
                     for name, address in _pages(chromium, site).items() for width in WIDTHS for scheme in SCHEMES]
        chromium.close()
    print(f"{len(sizes)} pictures, the largest of {max(sizes):,} bytes")
    return int(max(sizes) > LIMIT)


def _pages(chromium: Browser, site: str) -> dict[str, str]:
    """The address of each page; record and article are those of the first transfer of twelve vehicles."""
    page = chromium.new_page(base_url=site)
    page.goto("/records?type=arms_transfer&party=TJK")
    record = str(page.locator(TRANSFER).first.get_attribute("href")).split("?")[0]
    page.goto(record)
    article = str(page.locator("p.meta a[href^='/articles/']").first.get_attribute("href")).split("?")[0]
    page.close()
    return {"overview": "/", "register": "/records?type=arms_transfer", "reader": article, "record": record,
            "review": f"/review?which=open&record={record.rsplit('/', 1)[-1]}", "party": "/parties/RUS"}


def _draw(chromium: Browser, site: str, name: str, address: str, width: int, scheme: str, out: Path) -> int:
    """One picture; its size in bytes."""
    context = chromium.new_context(base_url=site, viewport={"width": width, "height": WIDTHS[width]}, color_scheme=scheme,  # type: ignore[arg-type]
                                   device_scale_factor=1 if width > 1000 else 2, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    for quality in QUALITIES:
        picture = _webp(page, quality)
        if len(picture) <= LIMIT:
            break
    file = out / f"{name}-{width}-{scheme}.webp"
    file.write_bytes(picture)
    context.close()
    return len(picture)


def _webp(page: Page, quality: int) -> bytes:
    session = page.context.new_cdp_session(page)
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": quality})
    session.detach()
    return base64.b64decode(taken["data"])


if __name__ == "__main__":
    raise SystemExit(main())
