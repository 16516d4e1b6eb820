"""The slots of a record as fields of a form: what each holds in words, and from what was typed the edits.

In: a record and its article; the fields of a form. Out: ``SlotField`` for the templates; values as the contract has them, or
for each field what is wrong with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from tocsin.errors import UsageError
from tocsin.export.dates import count_phrase
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.words import Words, words
from tocsin.model import Article, Coder, Count, Quote, Record
from tocsin.model.record import Status
from tocsin.review import with_slot
from tocsin.review.fill import CASUALTIES, Filler
from tocsin.review.slots import ROLE, check, types
from tocsin.web.asked import NO, YES

SLOT, NEAR = "slot.", "near."  # how the fields of a form are called: slot.roles.supplier, near.roles.supplier
_MANY = frozenset({"materiel", "places", "attribution"})
_ONE = ("time", "quantity", "recurrence", "instrument")
_TOLLS = ("killed", "wounded", "captured")
ADDED = Coder(name="reviewer", version="1", rule="added")


@dataclass(frozen=True, slots=True)
class SlotField:
    """One field: the slot, what it is called and holds; ``choices`` are its only values, ``key`` fills it from the words
    that are selected, ``many`` takes several with semicolons between."""

    slot: str
    label: str
    value: str
    key: str = ""
    many: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    long: bool = False


def slot_fields(record: Record) -> list[SlotField]:
    """The fields of a record, in the order in which a page shows its slots."""
    say = words()
    keys = iter(say("web.slot_keys").split())
    worded = [SlotField(slot, label, value, next(keys, ""), many=slot.startswith(ROLE) or slot in _MANY)
              for slot, label, value in _worded(record, say)]
    evidence = SlotField("evidence", say("evidence"), "\n".join(" ".join(q.exact.split()) for q in record.evidence),
                         next(keys, ""), long=True)
    known = [*_chosen(record, say), *worded]
    return [*known, evidence] if evidence.value else [evidence, *known]


def edits_of(record: Record, article: Article, form: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The slots that a form changes with their values, and for each field that cannot be so why."""
    changes: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    made = record
    for field in slot_fields(record):
        said = form.get(SLOT + field.slot)
        if said is None or _plain(said) == _plain(field.value):
            continue
        try:
            slot, value = fill(field.slot, said, made, article, form.get(NEAR + field.slot, ""))
            changed = with_slot(made, slot, value)
            check(changed, article.text or None)
            made, changes[slot] = changed, value
        except UsageError as error:
            wrong[field.slot] = str(error)
    return changes, wrong


def fill(slot: str, said: str, record: Record, article: Article, near: str = "") -> tuple[str, Any]:
    """The slot of the contract and the value that words give it; ``near`` are offsets at which they were selected."""
    offsets = [int(part) for part in near.split(",") if part.isascii() and part.isdigit() and len(part) < 10]
    return filler().edit(slot, said, record, article.text, published=_published(article), near=offsets)


def blank(type_: str, article: Article) -> Record:
    """A record of a type that says nothing yet, to be filled by a reviewer. UsageError where there is no such type."""
    spec = types().get(type_)
    if spec is None:
        raise UsageError(words()("review.no_type", type=type_, known=", ".join(sorted(types()))))
    status = next((one for one in get_args(Status) if not spec.statuses or one in spec.statuses), "occurred")
    return Record(id="r_new", type=type_, status=status, roles=dict.fromkeys(spec.roles, ()), confidence=1.0,
                  evidence=(Quote(start=0, end=0, exact=""),), coder=ADDED)


def made_of(type_: str, article: Article, form: Mapping[str, str]) -> tuple[Record, dict[str, str]]:
    """A record that a form describes, its sentence first, and for each field that cannot be so why."""
    record = blank(type_, article)
    said = form.get(SLOT + "evidence", "").strip()
    if not said:
        return record, {"evidence": words()("review.no_evidence")}
    try:
        record = with_slot(record, *fill("evidence", said, record, article, form.get(NEAR + "evidence", "")))
    except UsageError as error:
        return record, {"evidence": str(error)}
    changes, wrong = edits_of(record, article, form)
    for slot, value in changes.items():
        record = with_slot(record, slot, value)
    return record, wrong


@cache
def filler() -> Filler:
    """The names that words are looked up in, loaded once."""
    return Filler(Tables())


def _chosen(record: Record, say: Words) -> Iterator[SlotField]:
    """The slots whose values are terms of the codebook."""
    spec = types()[record.type]
    subtypes = (("", say("nothing")), *((one, say.name("subtype", one)) for one in sorted(spec.subtypes)))
    statuses = tuple((one, say.name("status", one)) for one in get_args(Status)
                     if not spec.statuses or one in spec.statuses)
    history = ((NO, say("web.review_no")), (YES, say("web.review_yes")))
    yield SlotField("subtype", say("slot.subtype"), record.subtype or "", choices=subtypes)
    yield SlotField("status", say("slot.status"), record.status, choices=statuses)
    yield SlotField("historical", say("slot.historical"), YES if record.historical else NO, choices=history)


def _worded(record: Record, say: Words) -> Iterator[tuple[str, str, str]]:
    """Slot, label and words of the slots that are filled with words of the text."""
    for role, parties in record.roles.items():
        yield f"{ROLE}{role}", say.name("role", role), _joined(parties)
    yield "materiel", say("slot.materiel"), _joined(record.materiel)
    yield "personnel", say("slot.personnel"), _number(record.personnel, say)
    for toll in _TOLLS:
        yield f"{CASUALTIES}{toll}", say(f"slot.{toll}"), _number(getattr(record.casualties, toll), say)
    yield "time", say("slot.time"), record.time.text or record.time.edtf or ""
    yield "places", say("slot.places"), _joined(record.places)
    yield "attribution", say("slot.attribution"), _joined(record.attribution)
    for slot in _ONE[1:]:
        value = getattr(record, slot)
        yield slot, say(f"slot.{slot}"), " ".join(value.text.split()) if value is not None else ""


def _joined(values: Sequence[Any]) -> str:
    return "; ".join(" ".join(one.text.split()) for one in values)


def _number(count: Count | None, say: Words) -> str:
    return "" if count is None else " ".join((count.text or count_phrase(count, say)).split())


def _plain(said: str) -> list[str]:
    """Lines without what spaces differ in."""
    return [line for line in (" ".join(line.split()) for line in said.splitlines()) if line]


def _published(article: Article) -> dt.date | None:
    return dt.date.fromisoformat(article.published.value) if article.published.value else None
