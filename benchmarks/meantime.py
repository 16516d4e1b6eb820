"""Status on MEANTIME: certain, possible, future or negated, against the annotators' polarity, certainty and time.

In: ../shared/corpora/meantime (60 Wikinews articles on a computer maker and on stock markets; CC BY 4.0, not in the
repository). Out: macro-F1 of the four values over two sets, each beside its coverage:

    records    events that a record of ours coincides with: its evidence is the sentence, its predicate the event's word.
               The articles have next to nothing on security, so there are next to none; the row is for completeness
    clauses    events whose word is the predicate of one of our clauses: the status fold alone, with a frame that knows
               nothing of the event. Where the fold says that nothing is claimed (a wish, a purpose), it abstains

    python benchmarks/meantime.py [--errors]
"""

from __future__ import annotations

import argparse
import re
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from _floors import check
from tocsin import Reader
from tocsin.coding.matching.frames import Frame
from tocsin.reading import article_from_text

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[1] / "shared" / "corpora" / "meantime" / "intra-doc_annotation"
VALUES = ("certain", "possible", "future", "negated")
OURS = {
    "occurred": "certain", "ongoing": "certain", "planned": "future", "possible": "possible",
    "denied": "negated", "not_occurred": "negated",
}
_CLOSE = re.compile(r"^(?:[.,;:!?%)\]]|'s|'|n't|'\w+)$")


@dataclass(frozen=True, slots=True)
class Event:
    """An annotated event: where its last word stands, and what the annotators say of it."""

    start: int
    end: int
    value: str


def main() -> int:
    """Run from the command line; returns the exit status."""
    options = argparse.ArgumentParser(description="status on MEANTIME")
    options.add_argument("--errors", action="store_true", help="print the clauses with another status")
    errors = options.parse_args().errors
    if not CORPUS.is_dir():
        print(f"meantime: skipped, {CORPUS} is not there")
        return 0
    reader, events = Reader(), 0
    plain = replace(reader.coder.frames.frames[0], type="deployment", raw={})
    pairs: dict[str, list[tuple[str, str]]] = {"records": [], "clauses": []}
    for file in sorted(CORPUS.glob("*/*.xml")):
        text, annotated = _article(file)
        by_end = {event.end: event for event in annotated}
        events += len(by_end)
        for row, end, status, where in _statuses(reader, plain, text):
            event = by_end.get(end)
            if event is None:
                continue
            pairs[row].append((event.value, OURS[status]))
            if errors and row == "clauses" and OURS[status] != event.value:
                print(f"{event.value}, we say {OURS[status]}: {text[event.start : event.end]}\n    {where}")
    figures = {f"{row}_{key}": value for row in pairs for key, value in _report(row, pairs[row], events).items()}
    faults = check("meantime", figures)
    print("\n".join(faults), file=sys.stderr) if faults else None
    return 1 if faults else 0


def _article(file: Path) -> tuple[str, list[Event]]:
    """The text, a line for each sentence, and the events in it that all annotations are given for."""
    root = ET.parse(file).getroot()
    text, ends, line = "", {}, None
    for token in root.iter("token"):
        word = token.text or ""
        if line is not None and token.get("sentence") != line:
            text += "\n\n"
        elif text and not _CLOSE.match(word):
            text += " "
        line = token.get("sentence")
        ends[token.get("t_id")] = (len(text), len(text) + len(word))
        text += word
    found = []
    for mention in root.iter("EVENT_MENTION"):
        words = [ends[anchor.get("t_id")] for anchor in mention.iter("token_anchor")]
        value = _value(mention)
        if words and value is not None and mention.get("special_cases") != "GEN":
            found.append(Event(words[0][0], words[-1][1], value))
    return text, found


def _value(mention: ET.Element) -> str | None:
    if not mention.get("polarity") or "UNDERSPECIFIED" in (mention.get(k) for k in ("polarity", "certainty", "time")):
        return None
    if mention.get("polarity") == "NEG":
        return "negated"
    if mention.get("certainty") in ("POSSIBLE", "PROBABLE"):
        return "possible"
    return "future" if mention.get("time") == "FUTURE" else "certain"


def _statuses(reader: Reader, plain: Frame, text: str) -> Iterator[tuple[str, int, str, str]]:
    """(row, end of the predicate's word, status, sentence) of each record and each clause of an article."""
    article, _ = article_from_text(text, source="<meantime>", plain=True)
    note, trace = reader.trace(article)
    records = reader.coder.code(note)
    for clauses in trace.clauses.values():
        for clause in clauses:
            where = text[clause.sentence.tokens[0].start : clause.sentence.tokens[-1].end]
            told = [r for r in records if any(_holds(e.start, e.end, clause.token.start) for e in r.evidence)]
            for record in told:
                frame = reader.coder.frames.by_id.get(record.coder.rule or "")
                if frame is not None and clause.lemma in frame.verbs | frame.nouns | frame.predicates:
                    yield "records", clause.token.end, record.status, where
            status, _ = reader.coder.status.of(clause, plain)
            if status is not None:
                yield "clauses", clause.token.end, status, where


def _holds(start: int, end: int, at: int) -> bool:
    return start <= at < end


def _report(row: str, pairs: list[tuple[str, str]], events: int) -> dict[str, float]:
    """Print one row: F1 of each value, the macro-F1, how many of the events were reached."""
    gold, ours, right = Counter(g for g, _ in pairs), Counter(o for _, o in pairs), Counter(g for g, o in pairs if g == o)
    scores = {v: 2 * right[v] / (gold[v] + ours[v]) for v in VALUES if gold[v] + ours[v]}
    macro = sum(scores.values()) / len(scores) if scores else 0.0
    told = ", ".join(f"{v} {scores[v]:.3f} ({gold[v]})" for v in scores)
    print(f"{row}: macro-F1 {macro:.3f} over {len(pairs)} of {events} events ({len(pairs) / max(1, events):.3f}); {told}")
    return {"macro_f1": round(macro, 3), "coverage": round(len(pairs) / max(1, events), 3)}


if __name__ == "__main__":
    raise SystemExit(main())
