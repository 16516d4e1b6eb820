"""Why a record is missed, false or unusable: a scored report in, one ``Fault`` with a hint of its cause out.

Meant for whoever improves a coder: a fault shows the record, what stands in the same sentence on the other side, and
the words it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tocsin.evaluation.score import ArticleScore, Pair, Report, is_core, sentences_of
from tocsin.evaluation.sentences import Sentences
from tocsin.evaluation.slots import Slot, bounds, compare

Dict = dict[str, Any]
FaultKind = Literal["miss", "false", "unusable"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that went wrong. ``cause`` groups faults; ``detail`` is what stands on the other side."""

    kind: FaultKind
    type: str
    article: str
    cause: str
    record: str
    quote: str
    detail: str = ""


def faults(report: Report) -> list[Fault]:
    """All faults of a report, by type, then misses, false records, unusable pairs, in article order."""
    found = [fault for article in report.articles for fault in _of_article(article)]
    order: dict[FaultKind, int] = {"miss": 0, "false": 1, "unusable": 2}
    return sorted(found, key=lambda fault: (fault.type, order[fault.kind], fault.cause))


def compact(record: Dict) -> str:
    """A record on one line: type, status, roles with countries, numbers, rule."""
    head = str(record.get("type")) + (f"/{record['subtype']}" if record.get("subtype") else "")
    parts = [head, str(record.get("status"))]
    for role, parties in (record.get("roles") or {}).items():
        if parties:
            named = (f"{party.get('text')}[{party.get('country') or '-'}]" for party in parties)
            parts.append(f"{role}=" + ",".join(named))
    parts += [f"{line.get('class')}={_count(line.get('count'))}" for line in record.get("materiel") or ()]
    if record.get("personnel"):
        parts.append(f"personnel={_count(record['personnel'])}")
    told = record.get("casualties") or {}
    parts += [f"{kind}={_count(count)}" for kind, count in told.items() if isinstance(count, dict)]  # the rest: its words
    rule = (record.get("coder") or {}).get("rule")
    return " ".join(parts) + (f" <{rule}>" if rule else "")


def _count(count: Dict | None) -> str:
    stated = bounds(count)
    if stated is None:
        return "?"
    low, high = ("" if value is None else str(value) for value in stated)
    return low if low == high else f"{low}..{high}"


def _of_article(article: ArticleScore) -> Iterator[Fault]:
    sentences = Sentences(article.article.text)
    coded = [*article.false, *(pair.program for pair in article.pairs)]
    for record in article.missed:
        if is_core(record):
            yield _miss(article, record, coded, sentences)
    for record in article.false:
        yield _false(article, record, sentences)
    for pair in article.pairs:
        if pair.core and not pair.comparison.usable:
            yield _unusable(article, pair)


def _miss(article: ArticleScore, gold: Dict, coded: Sequence[Dict], sentences: Sentences) -> Fault:
    here = _sharing(gold, coded, sentences)
    if not here:
        same = any(record.get("type") == gold["type"] for record in coded)
        cause = "same type only elsewhere" if same else "nothing coded in its sentences"
        return _fault("miss", article, gold, cause)
    best = max(here, key=lambda record: compare(gold, record).agreeing)
    same_type = best.get("type") == gold["type"]
    cause = "merged into another record" if same_type else f"coded as {best.get('type')}"
    return _fault("miss", article, gold, cause, compact(best))


def _false(article: ArticleScore, record: Dict, sentences: Sentences) -> Fault:
    for negative in article.article.negatives:
        of_type = negative.get("not_type") in (None, "", record.get("type"))
        if of_type and any(span["start"] < negative["end"] and negative["start"] < span["end"]
                           for span in record.get("evidence") or ()):
            return _fault("false", article, record, "marked negative", str(negative.get("reason")))
    here = _sharing(record, article.article.records, sentences)
    if not here:
        return _fault("false", article, record, "nothing to code there")
    same = [gold for gold in here if gold["type"] == record.get("type")]
    if same:
        return _fault("false", article, record, "repeats a record or splits it", compact(same[0]))
    return _fault("false", article, record, f"gold has {here[0]['type']}", compact(here[0]))


def _unusable(article: ArticleScore, pair: Pair) -> Fault:
    comparison = pair.comparison
    cause = "swapped" if comparison.swapped else ", ".join(comparison.wrong)
    slots = [name for name in comparison.wrong if name in comparison.slots]
    shown = [f"{name}: {_shown(comparison.slots[name])}" for name in slots]
    if len(slots) < len(comparison.wrong):
        shown.append(f"casualties: {_shown(comparison.slots['casualties'])}")
    return _fault("unusable", article, pair.gold, cause, "; ".join(shown) + " | " + compact(pair.program))


def _shown(slot: Slot) -> str:
    gold, program = (",".join(sorted(side)) or "nothing" if isinstance(side, frozenset) else str(side)
                     for side in (slot.gold, slot.program))
    return f"{gold} -> {program}"


def _sharing(record: Dict, others: Sequence[Dict], sentences: Sentences) -> list[Dict]:
    spot = sentences_of(record, sentences)
    return [other for other in others if spot & sentences_of(other, sentences)]


def _fault(kind: FaultKind, article: ArticleScore, record: Dict, cause: str, detail: str = "") -> Fault:
    spans = record.get("evidence") or ()
    text = article.article.text
    quote = " … ".join(" ".join(text[span["start"]:span["end"]].split()) for span in spans)
    return Fault(kind, str(record.get("type")), article.article.id, cause, compact(record), quote, detail)
