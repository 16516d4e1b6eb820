"""An operation told once is when, where and by whom of what was done in it.

In: the clauses and drafts of a story, sentence by sentence. Out: armed incidents that take day, place and doer from the
operation told before them: "A force carried out an operation in X on Monday. Two insurgents were killed during the
operation." An incident takes them only where its words point back: to the operation, or to the force that carried it out.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tocsin.coding.draft import Draft
from tocsin.coding.joining.scene import Scene, acted, scene_of
from tocsin.coding.parties.named import is_named
from tocsin.coding.places.slot import to_place
from tocsin.coding.places.where import below
from tocsin.coding.slots.extras import takes_more
from tocsin.coding.times.edge_days import closing_day
from tocsin.coding.times.event_time import stated_time
from tocsin.coding.times.when import attached_time
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.entities import Entity
from tocsin.language.tokens import Sentence, Token
from tocsin.model import EventPlace, EventTime, Party
from tocsin.syntax import Clause

_REACH = 6  # sentences that "the operation" may look back
_FIGHTERS = frozenset({"armed_group", "unidentified"})
_COARSE = frozenset({"country", "region", "border"})
_SLOTS = ("obj", "during", "in", "subj", "as")


@dataclass(slots=True)
class Operation:
    """What one sentence tells of an operation, or of the force that acts in it."""

    sentence: int
    doers: list[Party]
    time: EventTime | None
    places: list[EventPlace]
    several: bool = False  # "conducted four operations": its day is that of each


@dataclass(slots=True)
class Operations:
    """The operations of one story."""

    note: Annotated
    told: list[Operation] = field(default_factory=list)
    scene: Scene | None = None

    def lend(self, clauses: list[Clause], fresh: list[Draft]) -> None:
        """Let incidents of a sentence take what the operation told in it or before has and they lack, in place."""
        own = next((o for c in clauses if (o := self._of_clause(c)) is not None), None)
        for draft in fresh:
            if draft.type != "armed_incident" or draft.status != "occurred":
                continue
            self._here(draft)
            if draft.fresh and not takes_more(draft.candidate, self.note):
                continue
            operation = own if own is not None and self._led_to(draft, own) else self._meant(draft)
            self._day_of_several(draft)
            self._by_strike(draft)
            if operation is None or _elsewhere(draft, operation):
                self._in_scene(draft)
                continue
            if draft.time.basis != "stated" and operation.time is not None:
                draft.time = operation.time
            if not any(p.precision not in _COARSE for p in draft.places):
                draft.places = [*operation.places, *draft.places]
            self._in_scene(draft)
            if not draft.roles["initiator"] and _foes(draft):
                draft.roles["initiator"] = list(operation.doers)

    def _led_to(self, draft: Draft, operation: Operation) -> bool:
        """ "carried out an operation in X on Monday, which led to the capture of a commander"."""
        doers = draft.roles["initiator"]
        mine = _same(doers, operation.doers) if doers else _foes(draft)
        return mine and bool(draft.roles["target"] and (operation.time or operation.places))

    def _day_of_several(self, draft: Draft) -> None:
        """ "conducted four operations yesterday. In X, forces detained two men": the day is that of each."""
        last = next((o for o in reversed(self.told) if o.several), None)
        near = last is not None and 0 < draft.candidate.clause.sentence.index - last.sentence <= _REACH
        if last is None or not near or draft.time.basis == "stated" or last.time is None:
            return
        if draft.roles["initiator"] and last.doers and _same(draft.roles["initiator"], last.doers):
            draft.time = last.time

    def _by_strike(self, draft: Draft) -> None:
        """ "The force called for air strikes. As a result, five insurgents were killed": by the strikes."""
        clause = draft.candidate.clause
        before = self.note.sentences[clause.sentence.index - 1] if clause.sentence.index else None
        raw = draft.candidate.frame.raw
        if before is None or draft.subtype != "attack" or not (raw.get("toll") or raw.get("hurts")) or draft.fresh:
            return
        words = self.note.interpreter.lexicon.words
        strikes = [t for t in before if t.lemma in words("air_strike_nouns")]
        strikes += [t for t in before if t.lemma == "strike" and any(k.lower == "air" for k in before.kids(t, "compound"))]
        if any((v := before.parent(t)) is not None and v.lemma in words("summoning_verbs") for t in strikes):
            draft.subtype, draft.called_in = "air_strike", True

    def _in_scene(self, draft: Draft) -> None:
        """What forces or fighters did in the scene that a sentence before opened with was done there, and then."""
        scene, sentence = self.scene, draft.candidate.clause.sentence
        parties = [p for role in ("initiator", "target") for p in draft.roles[role]]
        if scene is None or not scene.holds(sentence) or draft.candidate.clause.kind != "verb":
            return
        states = {p.country for p in parties if p.kind == "state"}
        if not any(p.kind in ("military", "armed_group") for p in parties) or states - {scene.places[0].country}:
            return
        if any(p.precision not in _COARSE or p.country != scene.places[0].country for p in draft.places):
            return
        draft.places = [*scene.places, *draft.places]
        if draft.time.basis != "stated" and scene.time is not None and scene.sentence != sentence.index:
            draft.time = scene.time

    def _here(self, draft: Draft) -> None:
        """ "detained a man who had sold bombs to rebels, during an operation in X": wherever the phrase hangs in the tree,
        what forces did was done in that operation."""
        sentence = draft.candidate.clause.sentence
        if draft.places or not draft.roles["initiator"] or any(p.kind != "military" for p in draft.roles["initiator"]):
            return
        acts = [t for t in sentence if t.pos == "NOUN" and self._operation(sentence, t)]
        if len(acts) != 1 or not {k.lower for k in sentence.kids(acts[0], "case")} & {"during", "in"}:
            return
        inside = [t for t in sentence.subtree(acts[0]) if t.pos in ("NOUN", "PROPN") and t.dep == "nmod"]
        found = [e.place for t in inside if (e := self.note.interpreter.entity(sentence, t)).place is not None]
        draft.places = [to_place(p, "site") for p in found if p is not None and p.precision not in _COARSE][:1]

    def take(self, sentence: Sentence, clauses: list[Clause], fresh: list[Draft]) -> None:
        """Note the operation that a sentence tells."""
        if self.scene is not None and not self.scene.holds(sentence):
            self.scene = None
        told = any(d.type == "armed_incident" and d.status == "occurred" for d in fresh)
        self.scene = scene_of(sentence, self.note) or (None if told else acted(sentence, clauses, self.note)) or self.scene
        found = [o for d in fresh if (o := self._of_draft(d, sentence)) is not None]
        found += [o for c in clauses if (o := self._of_clause(c)) is not None]
        doers = next((o.doers for o in found if o.doers), [])
        time = next((o.time for o in found if o.time is not None), None)
        places = next((o.places for o in found if o.places), [])
        for draft in fresh:
            draft.sum = draft.type == "armed_incident" and self._several(draft.candidate.clause)
        if any(draft.sum for draft in fresh):
            places = []  # "in four operations in A, B and C": where each was is told later
        if not (time or places):
            return
        several = any(o.several for o in found)
        before = self._last(sentence.index)
        if before is not None and (not doers or _same(doers, before.doers)) and not _apart(places, before.places):
            doers, time, places = doers or before.doers, time or before.time, places or before.places
        self.told.append(Operation(sentence.index, doers, time, places, several))

    def _of_draft(self, draft: Draft, sentence: Sentence) -> Operation | None:
        """The setting of an incident of one's own forces, for what the same force does next."""
        if draft.type != "armed_incident" or draft.status != "occurred" or sentence.kind == "headline" or draft.historical:
            return None
        told = ("initiator", "target") if draft.candidate.clause.kind == "verb" else ("initiator",)
        doers = [p for role in told for p in draft.roles[role] if p.kind == "military"]
        if len({p.country or p.id for p in doers}) != 1:
            return None
        time = draft.time if draft.time.basis == "stated" else None
        return Operation(sentence.index, doers, time, draft.places)

    def _of_clause(self, clause: Clause) -> Operation | None:
        """ "carried out an operation in X on Monday": told as done."""
        if clause.kind != "verb" or clause.negated or clause.tense != "past" or clause.modality != "none":
            return None
        acts = [a.token for a in clause.get(*_SLOTS) if self._operation(clause.sentence, a.token)]
        doers = [p for a in clause.get("subj") for e in a.entities for p in e.parties if p.kind == "military"]
        if not doers:  # "an Afghan and coalition operation"
            told = [a for a in clause.get("subj") if self._operation(clause.sentence, a.token)]
            doers = [p for a in told for p in self._whose(a.entities)]
        if not acts and not (doers and clause.lemma in self.note.interpreter.lexicon.words("operating_verbs")):
            return None
        expression = attached_time(clause, self.note) or closing_day(clause, self.note)
        time = stated_time(expression, "occurred") if expression is not None and expression.earliest is not None else None
        places = [to_place(p, "site") for p in below(clause, doers, self.note)]
        several = any(t.tag == "NNS" for t in acts)
        found = [] if several else [p for p in places if p.precision not in _COARSE][:2]
        return Operation(clause.sentence.index, doers, time, found, several)

    def _whose(self, entities: list[Entity]) -> list[Party]:
        """Whose forces an operation is of: "a combined Afghan operation"."""
        owners = [o for e in entities for o in self.note.interpreter.belonging(e, located=False) if o.country]
        return [o.model_copy(update={"kind": "military", "sector": "MIL", "id": None}) for o in owners]

    def _several(self, clause: Clause) -> bool:
        """ "killed 30 insurgents in separate operations": a sum over what is told apart."""
        acts = [a.token for a in clause.get("during", "in") if self._operation(clause.sentence, a.token)]
        return any(t.tag == "NNS" for t in acts)

    def _operation(self, sentence: Sentence, token: Token) -> bool:
        return "force_operation" in self.note.interpreter.noun_types(sentence, token)

    def _last(self, index: int) -> Operation | None:
        near = [o for o in self.told if 0 < index - o.sentence <= _REACH]
        return near[-1] if near else None

    def _meant(self, draft: Draft) -> Operation | None:
        """The operation that an incident's words point back to."""
        clause = draft.candidate.clause
        operation = self._last(clause.sentence.index)
        if operation is None:
            return None
        meant = self._points(clause) or self._same_force(draft, operation) or self._next(draft, operation)
        meant = meant or self._beside_force(draft, operation)
        return operation if meant else None

    def _beside_force(self, draft: Draft, operation: Operation) -> bool:
        """ "As the force approached, two insurgents were killed": by nobody told, where the force is named."""
        clause = draft.candidate.clause
        if draft.roles["initiator"] or not clause.passive or not _foes(draft):
            return False
        nouns = [t for t in clause.sentence if t.lemma in self.note.interpreter.lexicon.words("short_forces")]
        named = [self.note.interpreter.entity(clause.sentence, t) for t in nouns if t.dep.startswith("nsubj")]
        parties = [list(e.parties) for e in named if e.definite and e.parties]
        return any(not operation.doers or _same(p, operation.doers) for p in parties)

    def _next(self, draft: Draft, operation: Operation) -> bool:
        """ "… carried out an operation near X. Four men were detained.": by nobody told, in the sentence right behind."""
        clause = draft.candidate.clause
        behind = clause.sentence.index == operation.sentence + 1 and clause.passive and not draft.places
        return behind and draft.subtype == "capture" and not draft.roles["initiator"]

    def _points(self, clause: Clause) -> bool:
        """Whether the event's sentence names "the operation"; "the raid followed a bombing" tells of another event."""
        words = self.note.interpreter.lexicon.words
        sequels = words("answering_verbs") | words("sequel_verbs")
        if any(a.token.lemma in words("scene_nouns") for a in clause.get("on", "at", "from", "subj.on")):
            return True  # "was detained at the scene"
        return any(
            noun.pos == "NOUN" and self._operation(clause.sentence, noun)
            and self.note.interpreter.entity(clause.sentence, noun).definite
            and clause.sentence.tokens[noun.head].lemma not in sequels
            for noun in clause.sentence
        )

    def _same_force(self, draft: Draft, operation: Operation) -> bool:
        """Whether the doer is "the force", told by no name: the one that acts in the operation."""
        words = self.note.interpreter.lexicon.words
        doers = draft.roles["initiator"]
        if not doers or (operation.doers and not _same(doers, operation.doers)):
            return False
        definite = [p.text.split()[0].lower() in words("definite") for p in doers]
        return all(definite) and not any(p.kind != "military" or is_named(p, self.note) for p in doers)

def _same(one: list[Party], other: list[Party]) -> bool:
    return {p.country or p.id for p in one} == {p.country or p.id for p in other}


def _foes(draft: Draft) -> bool:
    """Whether those hit are whom forces operate against: fighters, or anybody whom they detain."""
    kinds = _FIGHTERS | {"population"} if draft.subtype == "capture" else _FIGHTERS
    rebels = {(e.start, e.end) for e in draft.candidate.parts.get("theme") or [] if "rebel_person" in e.types}
    return all(p.kind in kinds or (p.start, p.end) in rebels for p in draft.roles["target"])


def _names(places: list[EventPlace]) -> set[str]:
    return {p.name for p in places} | {p.admin1 for p in places if p.admin1}


def _apart(one: list[EventPlace], other: list[EventPlace]) -> bool:
    """Whether two lists of places have nothing in common."""
    return bool(one and other) and not _names(one) & _names(other)


def _elsewhere(draft: Draft, operation: Operation) -> bool:
    """Whether an incident tells of a day or place that the operation was not of."""
    fine = [p for p in draft.places if p.precision not in _COARSE]
    if _apart(fine, operation.places):
        return all(p.admin1 or p.precision == "province" for p in (*fine, *operation.places))
    own = draft.time if draft.time.basis == "stated" else None
    return own is not None and operation.time is not None and own.earliest != operation.time.earliest
