"""Drafts to records: evidence, ids, codes, confidence, and the check that every span slices to its words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from tocsin.coding.codes import Crosswalk
from tocsin.coding.confidence import Confidence
from tocsin.coding.draft import Draft
from tocsin.coding.verify import check_spans
from tocsin.knowledge.loader import Tables
from tocsin.knowledge.thresholds import thresholds
from tocsin.language.annotate import Annotated
from tocsin.model import Coder, Party, Quote, Record, Relation

NAME = "frames"


class RecordMaker:
    """Makes the records of an article from its merged drafts."""

    def __init__(self, tables: Tables, version: str) -> None:
        self.version = version
        self.crosswalk = Crosswalk(tables)
        self.confidence = Confidence(tables)
        self.least = thresholds(tables)[1]

    def records(self, drafts: Sequence[Draft], note: Annotated) -> list[Record]:
        """Records in order of their first evidence; relations are set once all have ids."""
        made = ((d, self._record(d, note)) for d in drafts)
        pairs = sorted(
            (pair for pair in made if pair[1].confidence >= self.least),
            key=lambda pair: (pair[1].evidence[0].start, pair[1].type, pair[1].coder.rule),
        )
        ids = _ids([r for _, r in pairs], note)
        by_draft = {id(d): i for (d, _), i in zip(pairs, ids, strict=True)}
        out = []
        for (draft, record), identifier in zip(pairs, ids, strict=True):
            relations = tuple(
                Relation(kind=kind, record=by_draft[id(other)])
                for kind, other in draft.relations
                if id(other) in by_draft
            )
            out.append(record.model_copy(update={"id": identifier, "relations": relations}))
        return out

    def _record(self, draft: Draft, note: Annotated) -> Record:
        text = note.article.text
        roles = {role: tuple(_worded(p, text) for p in parties) for role, parties in draft.roles.items()}
        codes = self.crosswalk.codes(
            draft.type,
            draft.subtype,
            draft.status,
            roles,
            [m.class_ for m in draft.materiel],
            troops=draft.personnel is not None,
        )
        record = Record(
            id="",
            type=draft.type,
            subtype=draft.subtype,
            status=draft.status,
            historical=draft.historical,
            roles=roles,
            materiel=tuple(draft.materiel),
            personnel=draft.personnel,
            casualties=draft.casualties,
            time=draft.time,
            places=tuple(draft.places),
            attribution=tuple(draft.attribution),
            recurrence=draft.recurrence,
            quantity=draft.quantity,
            instrument=draft.instrument,
            evidence=_evidence(draft, note),
            codes=codes,
            confidence=self.confidence.of(draft),
            coder=Coder(name=NAME, version=self.version, rule=draft.rule),
        )
        check_spans(record, note.article)
        return record


def _evidence(draft: Draft, note: Annotated) -> tuple[Quote, ...]:
    sentences = [note.sentences[i] for i in sorted(draft.sentences)]
    return tuple(Quote(start=s.start, end=s.end, exact=note.article.text[s.start : s.end]) for s in sentences)


def _worded(party: Party, text: str) -> Party:
    words = text[party.start : party.end]
    return party if party.text == words else party.model_copy(update={"text": words})


def _ids(records: Sequence[Record], note: Annotated) -> list[str]:
    """Ids from article, type and first evidence; an ordinal tells apart those that share all three."""
    seen: dict[str, int] = {}
    ids = []
    for record in records:
        key = f"{note.article.id}|{record.type}|{record.evidence[0].start}|{record.evidence[0].end}"
        seen[key] = seen.get(key, 0) + 1
        ids.append("r_" + hashlib.sha256(f"{key}|{seen[key]}".encode()).hexdigest()[:12])
    return ids
