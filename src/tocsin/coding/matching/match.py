"""Fits frames to clauses.

In: a clause in normal form and the frames of its lemma. Out: candidates, or for each frame the reason why it did not
fire. Roles are filled from slots alone, never from word order or nearness.
"""

from __future__ import annotations

from collections.abc import Callable

from tocsin.coding.claims.status import StatusRules
from tocsin.coding.draft import Draft
from tocsin.coding.matching.candidate import Candidate, Parts, Reason, Roles
from tocsin.coding.matching.content import Content
from tocsin.coding.matching.contest import Contest
from tocsin.coding.matching.context import Context
from tocsin.coding.matching.disorder import Disorder
from tocsin.coding.matching.frames import Frame, FrameSet
from tocsin.coding.matching.part_checks import PartChecks
from tocsin.coding.matching.parts import PartFinder
from tocsin.coding.matching.record_types import TypeSpec
from tocsin.coding.matching.role_checks import (
    hit_in_a_condition,
    refuse_abroad,
    refuse_charge,
    refuse_empty,
    refuse_form,
    refuse_maker,
    refuse_nobody,
    refuse_one_side,
    refuse_owners,
    refuse_subject,
    refuse_topic,
    refuse_total,
    refuse_untold,
    refuse_words,
    talked_of,
    waits,
)
from tocsin.coding.matching.roles import RoleFinder
from tocsin.language.phrases.interpret import Interpreter
from tocsin.model import Party
from tocsin.syntax import Argument, Clause


class Matcher:
    """Tries frames on clauses of one article."""

    def __init__(self, frames: FrameSet, status: StatusRules, interpreter: Interpreter) -> None:
        self.frames = frames
        self.status = status
        self.interpreter = interpreter
        self.context = Context(interpreter)
        self._content = Content(interpreter.lexicon)
        self._disorder = Disorder(interpreter)
        self._contest = Contest(interpreter, self._disorder)
        self.told: list[Draft] = []  # what the article has told so far, for "as part of the exercise"
        self.voice: Callable[[Clause], list[Party]] = lambda clause: []  # who says what a clause tells
        self._parts = PartFinder(frames, interpreter)
        self._checks = PartChecks(self._parts)
        self._roles = RoleFinder(self._parts, status)

    def frames_for(self, clause: Clause) -> list[Frame]:
        """Frames whose words the clause's predicate is, those of the whole lemma before those of its first word."""
        if clause.lemma.startswith("be ") and clause.kind != "verb":
            return self.frames.by_predicate.get(clause.lemma[3:], [])
        if clause.kind == "noun":
            return self.frames.by_noun.get(clause.lemma, [])
        whole = self.frames.by_verb.get(clause.lemma, [])
        if clause.lemma.split(" ")[0] in self.interpreter.lexicon.words("particle_verbs"):
            return whole
        return whole or self.frames.by_verb.get(clause.lemma.split(" ")[0], []) if " " in clause.lemma else whole

    def fire_all(self, clause: Clause) -> list[tuple[Frame, Candidate | Reason]]:
        """Each frame of the clause's word with its candidate, or the reason why it does not fit."""
        frames = self.frames_for(clause)
        if not frames:
            return []
        with self._parts.trying(clause):
            return [(frame, self.fire(frame, clause)) for frame in frames]

    def fire(self, frame: Frame, clause: Clause) -> Candidate | Reason:
        """A candidate, or the reason why the frame does not fit the clause."""
        spec = self.frames.types[frame.type]
        parts: Parts = {}
        refusal = self._content.refuse(frame, clause) or self._checks.refuse(frame, clause, parts)
        if refusal is not None:
            return refusal
        roles = self._roles.roles(frame, clause, parts, self.told, self.voice)
        self.context.told = self.told
        refusal = self._refuse(spec, frame, clause, parts, roles)
        if refusal is not None:
            return refusal
        status, why = self.status.as_said(clause) if frame.raw.get("as_said") else self.status.of(clause, frame)
        if status is None:
            return f"no claim: {why}"
        if frame.type == "meeting" and status != "planned" and talked_of(clause, self.interpreter.lexicon):
            return "a meeting that is only talked of"
        status = "occurred" if status == "ongoing" and spec.statuses == {"occurred"} else status  # "remains committed"
        charges = [o for o in clause.operators if o.scope and self.status.class_of(o) == "charge"]
        if any(o.passive for o in charges) or (charges and status not in ("occurred", "ongoing", "denied")):
            return "charged by nobody in particular, or with what has not been done"
        if status not in (frame.raw.get("statuses") or spec.statuses or {status}):
            return f"a {frame.type} is never {status}"
        if status == "possible" and hit_in_a_condition(spec, clause, roles):
            return "only supposed: nobody is told who would do it"
        if status == "not_occurred" and frame.raw.get("toll"):
            return "nobody was hurt: a toll of none, no event"
        self._note(frame, clause, parts)
        return Candidate(frame, clause, roles, parts, status, score=self._score(spec, frame, clause, roles))

    def _refuse(self, spec: TypeSpec, frame: Frame, clause: Clause, parts: Parts, roles: Roles) -> Reason | None:
        """The reason why the verb, the roles or the surroundings do not fit; None where they do. A later check may rely
        on the earlier ones."""
        return (
            refuse_form(frame, clause, self.interpreter.lexicon)
            or self._unsaid(frame, clause, parts, roles)
            or refuse_subject(frame, clause, roles, self.interpreter.lexicon)
            or refuse_total(frame, clause, self.interpreter.lexicon)
            or refuse_topic(frame, clause, roles, self.interpreter.lexicon)
            or refuse_owners(frame, parts, roles)
            or refuse_one_side(frame, clause, roles)
            or refuse_untold(frame, clause, self.told)
            or refuse_abroad(frame, parts, roles)
            or refuse_maker(frame, parts)
            or refuse_words(frame, parts)
            or (None if waits(spec, frame, clause, roles, self.interpreter.lexicon) else refuse_nobody(spec, roles))
            or refuse_charge(spec, clause, roles)
            or (None if waits(spec, frame, clause, roles, self.interpreter.lexicon) else refuse_empty(spec, frame, roles))
            or self.context.outside(spec, clause)
            or self._content.refuse_subject(frame, clause, roles)
            or self.context.refuse(frame, clause, roles)
            or self._disorder.refuse(spec, clause, roles)
            or self._contest.refuse(frame, spec, clause, roles)
        )

    def _unsaid(self, frame: Frame, clause: Clause, parts: Parts, roles: Roles) -> str | None:
        """The reason why what a frame takes for somebody's own words, or for a plain thing, is none."""
        plain = frozenset(frame.raw.get("plain") or ())
        if any(e.types & plain and self.context.to_do(clause.sentence, e) for e in parts.get("theme", [])):
            return "its theme says what is to be done"
        said_by = {p.country for p in roles.get(str(frame.raw.get("said_by")), [])}
        if frame.raw.get("said_by") and not said_by & {p.country for p in self.voice(clause) if p.country}:
            return "nobody of its own side says it"
        if len(said_by) > 1 and self._told(clause) and said_by - {p.country for p in self.voice(clause)}:
            return "others promise along with who says it"  # "N says he and M will stand together"
        things = self.interpreter.lexicon.words("pronouns_thing")
        subject = [a.token for a in clause.get("subj")]
        if frame.raw.get("said_by") and not self._told(clause) and subject and all(t.lower in things for t in subject):
            return "what a release tells of a thing, its issuer does not promise"
        return None

    def _told(self, clause: Clause) -> bool:
        """Whether a clause stands under a verb of saying."""
        return any(o.kind == "verb" and self.status.class_of(o) == "say" for o in clause.operators)

    def _note(self, frame: Frame, clause: Clause, parts: Parts) -> None:
        """Note the parts that only the slots of the record ask for: what is meant, equipment."""
        for part in ("theme", *(p for names in frame.roles.values() for p in names)) if frame.raw.get("meant") else ():
            parts.setdefault(part, self._parts.part(frame, clause, part, frozenset()))
        for part in self.frames.types[frame.type].sites if frame.raw.get("if_told") else ():
            parts.setdefault(part, self._parts.part(frame, clause, part, frozenset()))  # "recaptured X from": at X
        for part in self.materiel_parts(frame):
            if part not in parts:
                parts[part] = self._parts.part(frame, clause, part, frozenset({"materiel"}))

    @staticmethod
    def _score(spec: TypeSpec, frame: Frame, clause: Clause, roles: Roles) -> float:
        """How much of the type and the frame is told; the longer wording is better."""
        score = (
            sum(1.0 for r in spec.principal if roles.get(r)) + len(frame.require) + 0.1 * len(clause.lemma.split(" "))
        )
        return score + float(frame.raw.get("weight") or 0)

    def materiel_parts(self, frame: Frame) -> tuple[str, ...]:
        """The parts whose equipment a record of the frame lists."""
        return self._parts.materiel_parts(frame)

    def select(self, clause: Clause, selector: str) -> list[Argument]:
        """Arguments of a slot; "obj.to" looks below the object for a phrase with "to", "in#" is the first."""
        return self._parts.select(clause, selector)
