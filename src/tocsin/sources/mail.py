"""Newsletters: a message (.eml) or a mailbox (.mbox) in, one page for each message out.

Subject, sender and day come from the headers, the text from the part for readers: the HTML one where there is one. What is
attached is left alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import BinaryIO

from tocsin.sources.formats import limits
from tocsin.sources.page import FailedSource, RawPage, Stated, failed
from tocsin.sources.streams import BROKEN, broken

Found = Iterator[RawPage | FailedSource]
_SEPARATOR = b"From "


def mail_page(source: str, content: bytes, place: str | None = None) -> RawPage | FailedSource:
    """The page of one message."""
    try:
        message = message_from_bytes(content, policy=policy.default)
        part = message.get_body(("html", "plain"))
        text = None if part is None else part.get_content()
        stated = _stated(message)
    except (MessageError, LookupError, ValueError, AttributeError, TypeError, KeyError, RecursionError) as error:
        return failed(source, f"the message cannot be read ({type(error).__name__}: {error})", place)
    if part is None or not isinstance(text, str) or not text.strip():
        return failed(source, "the message has no part with a text", place)
    return RawPage(source, "html" if part.get_content_subtype() == "html" else "text", text, place, stated=stated)


def mailbox_pages(source: str, stream: BinaryIO) -> Found:
    """The pages of a mailbox, read message by message; each is named by the byte at which it begins."""
    most = limits().max_page_bytes
    start, at, size, parts = 0, 0, 0, list[bytes]()
    blank = True
    try:
        while line := stream.readline(1 << 16):
            if blank and line.startswith(_SEPARATOR):
                yield from _message(source, start, parts, size)
                start, size, parts = at, 0, []
            elif size <= most:
                size += len(line)
                parts.append(line[1:] if line.startswith(b">") and line.lstrip(b">").startswith(_SEPARATOR) else line)
            blank = line in (b"\n", b"\r\n")
            at += len(line)
    except BROKEN as error:
        yield failed(f"{source}#{start}", broken("the mailbox", error, at), f"byte {start:,}")
        return
    yield from _message(source, start, parts, size)


def _message(source: str, start: int, parts: list[bytes], size: int) -> Found:
    name, place = f"{source}#{start}", f"byte {start:,}"
    if size > limits().max_page_bytes:
        yield failed(name, f"the message is longer than {limits().max_page_bytes:,} bytes and was left out", place)
    elif any(part.strip() for part in parts):
        yield mail_page(name, b"".join(parts), place)


def _stated(message: EmailMessage) -> Stated:
    name, address = parseaddr(str(message.get("From", "")))
    day = _day(str(message.get("Date", "")))
    return Stated(title=" ".join(str(message.get("Subject", "")).split()) or None, publisher=name or address or None,
                  published=day.isoformat() if day else None)


def _day(written: str) -> dt.date | None:
    try:
        return parsedate_to_datetime(written).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
