"""A real Chromium (Debian's), the demo register served to it, and a watch over every page that a test opens.

Not collected by a plain `pytest`: `make check` runs `benchmarks/browser.py`, which sees that there is a browser.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from demo_register import build_demo
from serving import served
from tocsin.reader import Reader
from watch import Watch

PROGRAM = os.environ.get("TOCSIN_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
BUILT = os.environ.get("TOCSIN_DEMO_REGISTER")
Open = Callable[..., Page]
_PATIENCE = 180_000  # milliseconds that a browser on a busy machine is given
expect.set_options(timeout=_PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=PROGRAM, args=["--disable-gpu"])
        yield found
        found.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The register of ``tocsin demo``, built unless the environment names one. What changes it works on a copy."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    if BUILT:
        shutil.copyfile(BUILT, path)
        return path
    return build_demo(path, Reader())


@pytest.fixture(scope="session")
def site(demo: Path) -> Iterator[str]:
    """The address at which the demo register is served."""
    with served(demo) as address:
        yield address


@pytest.fixture
def opener(browser: Browser, site: str) -> Iterator[Open]:
    """Opens windows; each is watched, and what it did is asked for at the end of the test."""
    watches: list[Watch] = []
    contexts = []

    def opened(width: int = 1440, scheme: str = "light", base: str = site, own: tuple[str, ...] = (),
               script: bool = True) -> Page:
        context = browser.new_context(base_url=base, viewport={"width": width, "height": 900}, color_scheme=scheme,
                                      accept_downloads=True, reduced_motion="reduce", java_script_enabled=script)  # type: ignore[arg-type]
        context.set_default_timeout(_PATIENCE)
        contexts.append(context)
        watches.append(Watch(context, base, *own))
        page = context.new_page()
        page.watch = watches[-1]  # type: ignore[attr-defined]
        return page

    yield opened
    for context in contexts:
        context.close()
    faults = [fault for watch in watches for fault in watch.faults]
    assert not faults, "\n".join(faults)
    assert all(watch.asked for watch in watches), "nothing was asked, so nothing was watched"


@pytest.fixture
def page(opener: Open) -> Page:
    return opener()


def total(page: Page) -> int:
    """How many records the view that is open says it has."""
    return int(re.sub(r"\D", "", page.locator(".tools .count").inner_text()))
