"""The coder: annotated article to records.

In: an annotated article. Out: records in text order. The way: clauses → frames → candidates → drafts with slots →
merged drafts → records whose spans are checked against the text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tocsin.coding.claims.attribution import sources_of, voice_of, without_speakers
from tocsin.coding.claims.doubtful import sure_sides
from tocsin.coding.claims.meant import answer_charges
from tocsin.coding.claims.speech import complete_speech, denials_of
from tocsin.coding.claims.status import StatusRules
from tocsin.coding.draft import Draft
from tocsin.coding.finish import finish
from tocsin.coding.joining.absorbed import absorb
from tocsin.coding.joining.around import complete
from tocsin.coding.joining.launches import add_details, told_again
from tocsin.coding.joining.link import link_sentence
from tocsin.coding.joining.merge import merge
from tocsin.coding.joining.operation import Operations
from tocsin.coding.joining.refer import refer_back
from tocsin.coding.joining.relate import relate
from tocsin.coding.joining.stories import is_heading, stories
from tocsin.coding.joining.unite import unite
from tocsin.coding.matching.candidate import Attempt, Candidate, in_words
from tocsin.coding.matching.each_kind import each_of_a_kind
from tocsin.coding.matching.frames import FrameSet
from tocsin.coding.matching.match import Matcher
from tocsin.coding.matching.mutual import each_way
from tocsin.coding.matching.subtypes import Subtypes
from tocsin.coding.matching.within import between_sides
from tocsin.coding.parties.givers import sure_givers
from tocsin.coding.parties.jointly import speak_jointly
from tocsin.coding.parties.local import localise
from tocsin.coding.parties.suspects import add_suspects
from tocsin.coding.parties.whose import mend
from tocsin.coding.places.slot import places_of
from tocsin.coding.records import RecordMaker
from tocsin.coding.slots.casualties import Casualties as CasualtyFinder
from tocsin.coding.slots.casualties import Toll
from tocsin.coding.slots.equipment import materiel_of
from tocsin.coding.slots.extras import instrument_of, is_fresh, number_of, quantity_of, recall_recurrence, recurrence_of
from tocsin.coding.slots.items import Contents
from tocsin.coding.slots.personnel import personnel_of
from tocsin.coding.slots.tolls import attach
from tocsin.coding.times.each_time import each_with_its_time
from tocsin.coding.times.event_time import undated
from tocsin.coding.times.related_times import date_by_relations
from tocsin.coding.times.remembered import recall
from tocsin.coding.times.when import time_of
from tocsin.knowledge.loader import Tables
from tocsin.language.annotate import Annotated
from tocsin.language.entries import longest_phrase
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Casualties, EventTime, Record
from tocsin.syntax import Clause, ClauseBuilder

NO_CASUALTIES = Casualties()
_TOLD = frozenset({"meeting", "statement", "armed_incident"})


@dataclass(slots=True)
class Trace:
    """For ``explain``: the clauses of each sentence and the frames tried on them."""

    clauses: dict[int, list[Clause]] = field(default_factory=dict)
    attempts: dict[int, list[Attempt]] = field(default_factory=dict)


class FrameCoder:
    """Codes articles by frames."""

    def __init__(self, tables: Tables, version: str) -> None:
        self.tables = tables
        self.frames = FrameSet(tables)
        self.subtypes = Subtypes(self.frames, self._event_noun)
        self.status = StatusRules(tables)
        self.casualties = CasualtyFinder(tables)
        self.maker = RecordMaker(tables, version)

    def code(self, note: Annotated, trace: Trace | None = None) -> list[Record]:
        """Records of the article, in order of their first evidence."""
        matcher = Matcher(self.frames, self.status, note.interpreter)
        matcher.voice = lambda clause: voice_of(clause, self.status, note)
        builder = ClauseBuilder(note.interpreter, self._event_noun, self.status.knows)
        merged = [d for story in stories(note) for d in self._story(story, builder, matcher, note, trace)]
        finished = finish(between_sides(sure_givers(merged), note), note, self.frames)
        relate(finished, note)
        date_by_relations(finished, note)
        return self.maker.records(finished, note)

    def _story(
        self, story: list[Sentence], builder: ClauseBuilder, matcher: Matcher, note: Annotated, trace: Trace | None
    ) -> list[Draft]:
        """Drafts of the sentences that belong together, each event once."""
        drafts: list[Draft] = []
        tolls: list[Toll] = []
        operations, words = Operations(note), note.interpreter.lexicon.words
        contents = Contents(note, self.frames.types["arms_transfer"].use)
        for sentence in story:
            if contents.line(sentence) or is_heading(sentence):
                continue
            clauses = builder.clauses(sentence)
            if trace is not None:
                trace.clauses[sentence.index] = clauses
            fresh = self._fresh(clauses, note, matcher, trace)
            fresh = complete_speech(fresh, drafts, note, self.frames)
            speak_jointly(fresh, drafts, note)
            operations.lend(clauses, fresh)
            operations.take(sentence, clauses, fresh)
            if not any(d.recurrence for d in fresh):
                recall_recurrence(sentence, drafts, note)
            for draft in link_sentence(absorb(fresh), words("told_by"), words("pronouns_many") | words("pronouns_person")):
                earlier = refer_back(draft, drafts, words)
                if earlier is not None:
                    unite(earlier, draft)
                elif not told_again(draft, drafts, note):
                    drafts.append(draft)
            contents.take(sentence, clauses, drafts)
            add_details(clauses, drafts, note, matcher.select)
            matcher.told = drafts
            tolls += self.casualties.tolls(sentence, clauses, note)
        attach(drafts, tolls, note)
        merged = merge(complete(drafts, story, note))
        answer_charges(merged, note)
        add_suspects(merged, story, note)
        return merged

    def _fresh(self, clauses: list[Clause], note: Annotated, matcher: Matcher, trace: Trace | None) -> list[Draft]:
        """A draft for every clause of a sentence that a frame fits."""
        fresh = []
        for clause in (p for whole in clauses for kind in each_of_a_kind(whole) for p in each_with_its_time(kind, note)):
            candidate = self._best(matcher, clause, trace)
            if candidate is None or (candidate.frame.raw.get("need_quantity") and not quantity_of(candidate, note)):
                continue
            for one in each_way(candidate) or self._each(candidate, note):
                draft = self._draft(one, note, matcher)
                if sure_sides(draft, note):
                    fresh.append(draft)
                    self._supporters(draft, clauses, note.interpreter.lexicon.words)
        return fresh + [self._draft(c, note, matcher) for c in denials_of(fresh, self.frames, matcher.voice)]

    def _event_noun(self, sentence: Sentence, token: Token) -> str | None:
        name = longest_phrase(self.frames.by_noun, sentence, token)
        stop = longest_phrase(self.frames.stops, sentence, token) if name is not None else None
        return name if name is None or stop is None or len(name) >= len(stop) else None

    def _best(self, matcher: Matcher, clause: Clause, trace: Trace | None) -> Candidate | None:
        """The frame that fits best; none where two of different types fit equally well."""
        outcomes = matcher.fire_all(clause)
        fired = sorted((c for _, c in outcomes if isinstance(c, Candidate)), key=lambda c: -c.score)
        tie = len(fired) > 1 and fired[0].score == fired[1].score and fired[0].type != fired[1].type
        best = fired[0] if fired and not tie else None
        if trace is not None:
            trace.attempts.setdefault(clause.sentence.index, []).extend(
                Attempt(str(clause), frame.id, None if isinstance(o, Candidate) else in_words(o), o is best)
                for frame, o in outcomes
            )
        return best

    def _draft(self, candidate: Candidate, note: Annotated, matcher: Matcher) -> Draft:
        spec = self.frames.types[candidate.type]
        clause = candidate.clause
        use = candidate.frame.raw.get("use")
        gear = () if use else spec.materiel_slots
        forced = candidate.frame.raw.get("status")
        if forced and candidate.status == "occurred":
            candidate.status = forced
        draft = Draft(
            candidate.type,
            self.subtypes.of(candidate, matcher),
            candidate.status,
            candidate.frame.id,
            {role: list(candidate.roles.get(role, [])) for role in spec.roles},
            materiel_of(candidate, note, matcher.materiel_parts(candidate.frame), gear, use or spec.use),
            personnel_of(candidate, spec.personnel, note.interpreter),
            NO_CASUALTIES,
            time_of(candidate, note),
            places_of(candidate, note, matcher.select, candidate.frame.raw.get("sites") or spec.sites, spec.deep),
            sources_of(clause, self.status, note, told_by=candidate.frame.raw.get("told_by")),
            [clause.sentence.index],
            clause.sentence.kind,
            candidate,
            anchors=[(clause.sentence.index, clause.token.i)],
            score=candidate.score,
            recurrence=recurrence_of(candidate, note),
            quantity=quantity_of(candidate, note),
            instrument=instrument_of(candidate),
            number=number_of(candidate, note),
            uncrewed=spec.uncrewed,
            fresh=is_fresh(candidate, note),
            answer=clause.token.dep in ("obl", "conj")
            and clause.support_lemma in note.interpreter.lexicon.words("answering_verbs"),
        )
        if "speaker" in draft.roles:
            own = note.interpreter.lexicon.words("pronouns_self")
            draft.attribution = without_speakers(draft.attribution, draft.roles["speaker"], own)
        words = note.interpreter.lexicon.words
        deniable = bool(spec.charged) or spec.deniable
        if deniable and draft.status == "not_occurred" and _denies(draft, words("evidence_nouns")):
            draft.status = "denied"
        mend(draft, note)
        if draft.type == "armed_incident" and any(p.country for p in draft.places):
            localise(draft, note)
        earliest = draft.time.earliest or draft.time.latest
        future = note.published is not None and earliest is not None and earliest > note.published.isoformat()
        if future and draft.status == "occurred":
            if draft.type in _TOLD and clause.kind == "verb" and clause.tense == "past":
                draft.time = undated(candidate.status, note)  # "discussed the summit in 2030": a day of what was talked of
            else:
                draft.status = "planned"  # "in advance of hosting the exercise next year"
        draft.time = _not_after(draft, note)
        draft.historical = _historical(draft, note)
        recall(draft, note)
        if draft.type == "weapons_test":
            own = draft.countries("tester")
            draft.in_drill = any(d.type == "military_exercise" and d.countries("participant") & own for d in matcher.told)
        return draft

    def _each(self, candidate: Candidate, note: Annotated) -> list[Candidate]:
        """ "A and B have both put their armies on alert" is two events."""
        clause = candidate.clause
        words = [clause.token, *(a.token for a in clause.get("subj", "obj"))]
        kids = {k.lower for t in words for k in clause.sentence.kids(t, "det", "det:predet", "advmod", "dep", "cc:preconj")}
        for role in self.frames.types[candidate.type].each:
            sides = candidate.roles.get(role, [])
            if len(sides) > 1 and kids & note.interpreter.lexicon.words("each_words"):
                return [replace(candidate, roles={**candidate.roles, role: [side]}) for side in sides]
        return [candidate]

    def _supporters(self, draft: Draft, clauses: list[Clause], words: Callable[[str], frozenset[str]]) -> None:
        """ "Pakistan-backed fighters attacked": who backs the doer."""
        if "supporter" not in draft.roles or not draft.roles.get("initiator"):
            return
        starts = {(p.start, p.end) for p in draft.roles["initiator"]}
        for clause in clauses:
            if clause.passive and clause.lemma in words("support_verbs"):
                backed = {(p.start, p.end) for a in clause.get("obj") for e in a.entities for p in e.parties}
                if backed & starts:
                    draft.roles["supporter"] += [
                        p for a in clause.get("subj") for e in a.entities for p in e.parties
                        if (p.country or p.id) and (p.start, p.end) not in starts
                    ]


def _denies(draft: Draft, evidence: frozenset[str]) -> bool:
    """ "We are not attacking anybody", "there is no evidence that we did": who says that it is not so is who would have
    done it."""
    clause = draft.candidate.clause
    doers = next(iter(draft.roles.values()), [])
    sayer = next((s.country for s in draft.attribution), None)
    yet = any(k.lower in ("yet", "still") for k in clause.sentence.kids(clause.token, "advmod"))
    told = clause.negated and clause.tense in ("past", "present") and clause.modality == "none" and not yet
    told = told or any(o.negated and o.lemma in evidence for o in clause.operators)
    return told and sayer is not None and {p.country for p in doers} == {sayer}


def _not_after(draft: Draft, note: Annotated) -> EventTime:
    """The time of what has happened, ended where the article was published: "in 2022" told in May ends in May."""
    time, day = draft.time, note.published.isoformat() if note.published is not None else ""
    over = draft.status in ("occurred", "denied") and time.latest is not None and time.latest > day
    lasting = draft.type == "meeting" and draft.candidate.clause.tense == "present"  # "visits X this week"
    if lasting or not (over and time.earliest is not None and time.earliest <= day):
        return time
    return time.model_copy(update={"latest": day})


def _historical(draft: Draft, note: Annotated) -> bool:
    if note.published is None or draft.time.basis != "stated" or draft.time.latest is None or draft.status == "ongoing":
        return False
    return dt.date.fromisoformat(draft.time.latest) < note.published - dt.timedelta(days=365)
