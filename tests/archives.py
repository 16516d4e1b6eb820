"""Archives, messages and tables made by hand, for the tests and benchmarks of sources."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Sequence

PARAGRAPH = "Norway delivered six howitzers to Latvia on Monday, the ministry of defence in Riga said in a statement. "


def page(title: str, body: str | None = None, head: str = "") -> bytes:
    """A web page with one article."""
    text = body if body is not None else f"<p>{PARAGRAPH * 3}</p><p>It is the third delivery this year of {title}.</p>"
    return (f"<!DOCTYPE html><html lang=en><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>"
            f"{text}</article></body></html>").encode()


def answer(content: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = "") -> bytes:
    """An HTTP answer."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + content


def record(url: str, block: bytes, kind: str = "response", *, digest: bool = True, more: str = "") -> bytes:
    """A WARC record."""
    sha = base64.b32encode(hashlib.sha1(block).digest()).decode()
    media = "application/http; msgtype=response" if kind == "response" else "application/warc-fields"
    head = (f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{hashlib.md5(url.encode()).hexdigest()}>\r\n"
            f"WARC-Date: 2026-07-11T12:00:00Z\r\nWARC-Target-URI: {url}\r\n{more}"
            + (f"WARC-Block-Digest: sha1:{sha}\r\n" if digest else "")
            + ("" if "Content-Type" in more else f"Content-Type: {media}\r\n") + f"Content-Length: {len(block)}\r\n\r\n")
    return head.encode() + block + b"\r\n\r\n"


def warc(records: Sequence[bytes], *, packed: bool = True) -> bytes:
    """An archive, compressed record by record or not at all."""
    return b"".join(gzip.compress(one, mtime=0) for one in records) if packed else b"".join(records)


def pages(count: int, *, first: int = 0) -> list[bytes]:
    """Records of so many pages, each with a story of its own."""
    return [record(f"https://example.org/{number}", answer(page(f"Story {number} of the howitzers")))
            for number in range(first, first + count)]
