"""Who speaks where: quotation spans, transcript labels, the issuer of a release.

In: the text, its sentences, the article's address and headline. Out: for each sentence how much of it is quoted; for a
paragraph that begins with "NAME:" the label's extent; the issuer, whom "we" stands for outside quotations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from tocsin.knowledge.loader import Tables
from tocsin.knowledge.names import Name
from tocsin.language.names.mentions import NameMention
from tocsin.language.phrases.entities import party_of
from tocsin.language.tokens import Sentence
from tocsin.model import Article, Party

_OPEN, _CLOSE = "\u201c\u00ab\u201e", "\u201d\u00bb"
_MARKS = re.compile(rf"[{_OPEN}{_CLOSE}\"]")
_DOUBLED = re.compile(rf"[{_OPEN}{_CLOSE}\"]|''(?!')")
_LABEL = re.compile(r"\s*[A-Z][^.!?:\n\u201c\"]{1,90}:(?=\s)")
_MOSTLY = 0.6
_ISSUERS = frozenset({"person", "state", "nationality", "government_body", "igo"})


def quote_spans(text: str, paragraphs: Sequence[tuple[int, int]], doubled: bool = False) -> list[tuple[int, int]]:
    """Quotations (without their marks) of each paragraph; one that is not closed runs to the paragraph's end. ``doubled``:
    two single marks are one, too."""
    spans: list[tuple[int, int]] = []
    for start, end in paragraphs:
        opened: int | None = None
        for match in (_DOUBLED if doubled else _MARKS).finditer(text, start, end):
            mark = match.group()
            if opened is None and mark not in _CLOSE:
                opened = match.end()
            elif opened is not None and mark not in _OPEN:
                spans.append((opened, match.start()))
                opened = None
        if opened is not None:
            spans.append((opened, end))
    return spans


def is_quoted(sentence: Sentence, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether most of a sentence stands in quotation marks."""
    inside = sum(max(0, min(sentence.end, b) - max(sentence.start, a)) for a, b in spans)
    return inside > _MOSTLY * (sentence.end - sentence.start)


def quote_around(sentence: Sentence, spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The quotation that holds most of a sentence, possibly longer than it."""
    held = [(min(sentence.end, b) - max(sentence.start, a), (a, b)) for a, b in spans]
    best = max(held, default=(0, (0, 0)))
    return best[1] if best[0] > 0 else None


def label_end(text: str, sentence: Sentence) -> int | None:
    """End of a transcript's speaker label at the start of a sentence ("President Vladimir Putin:")."""
    match = _LABEL.match(text, sentence.start, sentence.end)
    if match is None or match.group().count("(") != match.group().count(")"):  # "Abu Omar (Arabic: …"
        return None
    return match.end()


def issuer_of(article: Article, mentions: Sequence[NameMention], tables: Tables) -> Party | None:
    """The party that issues a release, by its address or its headline; None for a news article."""
    table = tables.mapping("reading/issuers.yaml")
    headline = article.text.lstrip()[:200].lower()
    named = None
    if headline.startswith(tuple(table["openings"])):
        named = _opener(article.text, mentions, frozenset(table["ends"]))
    identifier = _by_domain(article.url or article.source, table["domains"])
    if identifier is not None and headline.startswith(tuple(table["joint"])):
        return None  # two or more speak: "we" is not the publisher alone
    if identifier is not None and (named is None or named.kind != "igo"):
        found = next((n for m in mentions for n in m.names if n.id == identifier), None)
        return _party(found or _known(identifier))
    return named


def _opener(text: str, mentions: Sequence[NameMention], ends: frozenset[str]) -> Party | None:
    """Who opens a headline such as "Readout of Vice President N's call with …": the first party before the other side
    is named; a bare surname is looked up among the people of the text."""
    shift = len(text) - len(text.lstrip())
    first_line = text[shift:].splitlines()[0]
    cut = re.search(rf"\b(?:{'|'.join(sorted(ends))})\b", first_line, re.IGNORECASE)
    stop = shift + (cut.start() if cut else len(first_line))
    for mention in mentions:
        if mention.party is not None and mention.party.country and mention.start < stop and mention.party.sort in _ISSUERS:
            return _party(mention.party)
    words = set(re.findall(r"[A-Z]\w+", text[shift:stop]))
    for mention in mentions:
        party = mention.party
        if party is not None and party.sort == "person" and party.country and party.name.split()[-1] in words:
            return _party(party)
    return None


def _by_domain(address: str, domains: dict[str, str]) -> str | None:
    host = urlsplit(address).hostname or ""
    while host:
        if host in domains:
            return domains[host]
        host = host.partition(".")[2]
    return None


def _known(identifier: str) -> Name:
    kind, _, code = identifier.partition(":")
    return Name(kind, identifier, code, code if kind == "state" else "IGO", "GOV")


def _party(name: Name) -> Party:
    party = party_of(name, 0, 0, "")
    extra: dict[str, Any] = {"kind": "igo" if name.sort == "igo" else "state", "sector": "GOV"}
    return party.model_copy(update=extra)
