"""Documents (PDF) with a text layer: bytes in, paragraphs out, with title and day as the document states them.

Lines are joined to paragraphs, words that a hyphen divides at the end of a line are made whole, and lines that stand at the
head or foot of most pages are left out. Needs ``pypdfium2``.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from tocsin.errors import InputError
from tocsin.sources.formats import limits

_FINAL = re.compile(r"[.!?:\u2026][\"'\u201d\u2019)\]]*$")
_BULLET = re.compile(r"[\u2022\u25aa\u25cf\u2023*\u2013-]\s|\(?\d{1,2}[.)]\s")
_DIVIDED = re.compile("[\x02\ufffe](?:\r?\n)?")  # what PDFium puts for a hyphen at the end of a line
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NUMBERS = re.compile(r"\d+")
_SHORT = 0.75  # of the usual width of a line: a paragraph's last line ends before it
_EDGE = 2  # lines at the head and foot of a page that may be running titles
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True)
class Document:
    """What a document holds; title and day where it states them."""

    text: str
    title: str | None
    made: str | None


def read_pdf(content: bytes, where: str) -> Document:
    """The text of a document. Raises InputError where there is none, or where what reads documents is not installed."""
    try:
        import pypdfium2
    except ImportError:
        raise InputError(f"{where} is a PDF document, and what reads it is not installed; "
                         "install it with: pip install 'tocsin[pdf]'") from None
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise InputError(f"{where} is no PDF document that can be read: {error}") from None
    try:
        pages, size = [], 0
        for number in range(min(len(document), limits().max_pdf_pages)):
            pages.append(_page_text(document, number))
            size += len(pages[-1])
            if size > limits().max_characters:
                raise InputError(f"{where}: the document holds more than {limits().max_characters:,} characters")
        about = document.get_metadata_dict(skip_empty=True)
    except pypdfium2.PdfiumError as error:
        raise InputError(f"{where}: the document is damaged: {error}") from None
    finally:
        document.close()
    text = "\n\n".join(_paragraphs(_without_edges([page.splitlines() for page in pages])))
    if not text.strip():
        raise InputError(f"{where}: the document has no text layer (is it scanned?); have its text recognised first")
    made = _DATE.match(about.get("CreationDate", ""))
    return Document(text, about.get("Title", "").strip() or None, "-".join(made.groups()) if made else None)


def _page_text(document: object, number: int) -> str:
    page = document[number]  # type: ignore[index]
    layer = page.get_textpage()
    try:
        text = str(layer.get_text_bounded())
        return _UNSEEN.sub("", _DIVIDED.sub("-\n", text))
    finally:
        layer.close()
        page.close()


def _without_edges(pages: list[list[str]]) -> list[str]:
    """The lines of all pages without those that stand, but for numbers, at the same edge of most pages."""
    kept = [[line.strip() for line in lines if line.strip()] for lines in pages]
    edges = Counter(_NUMBERS.sub("#", line) for lines in kept for line in {*lines[:_EDGE], *lines[-_EDGE:]})
    running = {line for line, count in edges.items() if count > 1 and count > len(kept) / 2}
    found = []
    for lines in kept:
        for place, line in enumerate(lines):
            edge = place < _EDGE or place >= len(lines) - _EDGE
            if not (edge and (_NUMBERS.sub("#", line) in running or line.isdigit())):
                found.append(line)
    return found


def _paragraphs(lines: list[str]) -> list[str]:
    widths = sorted(len(line) for line in lines)
    usual = widths[int(len(widths) * 0.8)] if widths else 0
    joined: list[str] = []
    open_ = False
    for line in lines:
        if open_ and not _BULLET.match(line):
            before = joined[-1]
            divided = before.endswith("-") and len(before) > 1 and before[-2].isalpha() and line[0].islower()
            joined[-1] = before[:-1] + line if divided else f"{before} {line}"
        else:
            joined.append(line)
        open_ = len(line) >= _SHORT * usual and not (_FINAL.search(line) and len(line) < 0.95 * usual)
    return joined
