"""The coder: annotated article to records.

In: an annotated article. Out: records in text order. The way: clauses → frames → candidates → drafts with slots →
merged drafts → records whose spans are checked against the text.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from tocsin.coding.attribution import sources_of
from tocsin.coding.candidate import Attempt, Candidate
from tocsin.coding.casualties import Casualties as CasualtyFinder
from tocsin.coding.casualties import Toll, attach
from tocsin.coding.finish import finish
from tocsin.coding.frames import FrameSet
from tocsin.coding.link import link_sentence, refer_back
from tocsin.coding.match import Matcher
from tocsin.coding.merge import Draft, merge, unite
from tocsin.coding.slots import materiel_of, personnel_of, places_of, time_of
from tocsin.coding.status import StatusRules
from tocsin.coding.verify import check_spans
from tocsin.knowledge.loader import Tables
from tocsin.language.annotate import Annotated
from tocsin.language.lexicon import longest_phrase
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Casualties, Coder, Party, Quote, Record
from tocsin.syntax import Clause, ClauseBuilder

NAME = "frames"
NO_CASUALTIES = Casualties()


@dataclass(slots=True)
class Trace:
    """For ``explain``: the clauses of each sentence and the frames tried on them."""

    clauses: dict[int, list[Clause]] = field(default_factory=dict)
    attempts: dict[int, list[Attempt]] = field(default_factory=dict)


class FrameCoder:
    """Codes articles by frames."""

    def __init__(self, tables: Tables, version: str) -> None:
        self.tables = tables
        self.version = version
        self.frames = FrameSet(tables)
        self.status = StatusRules(tables)
        self.casualties = CasualtyFinder(tables)

    def code(self, note: Annotated, trace: Trace | None = None) -> list[Record]:
        """Records of the article, in order of their first evidence."""
        matcher = Matcher(self.frames, self.status, note.interpreter)
        builder = ClauseBuilder(note.interpreter, self._event_noun)
        drafts: list[Draft] = []
        tolls: list[Toll] = []
        for sentence in note.sentences:
            if _is_heading(sentence):
                continue
            clauses = builder.clauses(sentence)
            if trace is not None:
                trace.clauses[sentence.index] = clauses
            fresh = []
            for clause in clauses:
                candidate = self._best(matcher, clause, trace)
                if candidate is not None:
                    fresh.append(self._draft(candidate, note, matcher))
            for draft in link_sentence(fresh):
                earlier = refer_back(draft, drafts)
                if earlier is not None:
                    unite(earlier, draft)
                else:
                    drafts.append(draft)
            matcher.told = drafts
            tolls += self.casualties.tolls(sentence, clauses, note)
        attach(drafts, tolls, note)
        merged = finish(merge(drafts), note, self.frames)
        records = [self._record(d, note, {}) for d in merged]
        return _with_ids(records, note)

    def _event_noun(self, sentence: Sentence, token: Token) -> str | None:
        return longest_phrase(self.frames.by_noun, sentence, token)

    def _best(self, matcher: Matcher, clause: Clause, trace: Trace | None) -> Candidate | None:
        """The frame that fits best; none where two of different types fit equally well."""
        fired: list[Candidate] = []
        for frame in matcher.frames_for(clause):
            outcome = matcher.fire(frame, clause)
            if isinstance(outcome, Candidate):
                fired.append(outcome)
            if trace is not None:
                reason = outcome if isinstance(outcome, str) else None
                trace.attempts.setdefault(clause.sentence.index, []).append(Attempt(str(clause), frame.id, reason))
        fired.sort(key=lambda c: -c.score)
        if len(fired) > 1 and fired[0].score == fired[1].score and fired[0].type != fired[1].type:
            return None
        return fired[0] if fired else None

    def _draft(self, candidate: Candidate, note: Annotated, matcher: Matcher) -> Draft:
        spec = self.frames.types[candidate.type]
        clause = candidate.clause
        draft = Draft(
            candidate.type, self._subtype(candidate, matcher), candidate.status, candidate.frame.id,
            {role: list(candidate.roles.get(role, [])) for role in spec.roles},
            materiel_of(candidate, note, spec.use), personnel_of(candidate, note), NO_CASUALTIES, time_of(candidate, note),
            places_of(candidate, note, matcher.select), sources_of(clause, self.status, note),
            [clause.sentence.index], clause.sentence.kind, candidate,
            anchors=[(clause.sentence.index, clause.token.i)], score=candidate.score,
        )
        forced = candidate.frame.raw.get("status")
        if forced and draft.status == "occurred":
            draft.status = forced
        draft.historical = _historical(draft, note)
        return draft

    def _subtype(self, candidate: Candidate, matcher: Matcher) -> str | None:
        """The frame's subtype; a general one yields to that of the event noun that does it ("a bombing killed")."""
        subtype = candidate.frame.subtype
        if candidate.type != "armed_incident" or subtype not in ("attack", None):
            return subtype
        sentence = candidate.clause.sentence
        for argument in candidate.clause.get("subj", "in", "by", "during", "when", "with", "after", "from", "obj"):
            for entity in argument.entities:
                noun = self._event_noun(sentence, sentence.tokens[entity.head])
                for frame in self.frames.by_noun.get(noun or "", []):
                    if frame.type == "armed_incident" and frame.subtype not in ("attack", None):
                        return frame.subtype
        return subtype

    def _record(self, draft: Draft, note: Annotated, codes: dict[str, object]) -> Record:
        text = note.article.text
        evidence = []
        for index in draft.sentences:
            sentence = note.sentences[index]
            evidence.append(Quote(start=sentence.start, end=sentence.end, exact=text[sentence.start:sentence.end]))
        record = Record(
            id="", type=draft.type, subtype=draft.subtype, status=draft.status,  # type: ignore[arg-type]
            historical=draft.historical, roles={r: tuple(_clean(p, text) for p in ps) for r, ps in draft.roles.items()},
            materiel=tuple(draft.materiel), personnel=draft.personnel, casualties=draft.casualties, time=draft.time,
            places=tuple(draft.places), attribution=tuple(draft.attribution), evidence=tuple(evidence), codes=codes,
            confidence=0.5, coder=Coder(name=NAME, version=self.version, rule=draft.rule),
        )
        check_spans(record, note.article)
        return record


def _is_heading(sentence: Sentence) -> bool:
    """A line of the body without a finite verb or a full stop: a topic heading, which claims nothing."""
    if sentence.kind == "headline" or sentence.tokens[-1].text in (".", "!", "?", ":", ";", '"', "\u201d"):
        return False
    return not any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in sentence)


def _clean(party: Party, text: str) -> Party:
    return party if party.text == text[party.start:party.end] else party.model_copy(update={"text": text[party.start:party.end]})


def _historical(draft: Draft, note: Annotated) -> bool:
    import datetime as dt

    if note.published is None or draft.time.basis != "stated" or draft.time.latest is None or draft.status == "ongoing":
        return False
    return dt.date.fromisoformat(draft.time.latest) < note.published - dt.timedelta(days=365)


def _with_ids(records: list[Record], note: Annotated) -> list[Record]:
    """Ids from article, type and first evidence; an ordinal tells apart those that share all three."""
    seen: dict[str, int] = {}
    out = []
    for record in sorted(records, key=lambda r: (r.evidence[0].start, r.type, r.coder.rule)):
        key = f"{note.article.id}|{record.type}|{record.evidence[0].start}|{record.evidence[0].end}"
        seen[key] = seen.get(key, 0) + 1
        digest = hashlib.sha256(f"{key}|{seen[key]}".encode()).hexdigest()[:12]
        out.append(record.model_copy(update={"id": f"r_{digest}"}))
    return out
