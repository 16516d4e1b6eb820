"""Who plays which role of a record, by the parts of a frame, else by what stands around the clause.

In: a frame that fits a clause, the parts found. Out: parties for each role of the record type. Parts are completed with the
entities that fill roles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tocsin.coding.claims.status import StatusRules
from tocsin.coding.draft import Draft
from tocsin.coding.matching.candidate import Parts, Roles
from tocsin.coding.matching.fillers import acts, distinct, known, sided, told_before
from tocsin.coding.matching.frames import Frame
from tocsin.coding.matching.mutual import reciprocal
from tocsin.coding.matching.parts import PartFinder
from tocsin.coding.matching.record_types import RoleSpec
from tocsin.coding.matching.role_fillers import Fillers, RoleFillers
from tocsin.model import Party
from tocsin.syntax import Clause

_UNCOUNTED = frozenset({"military", "population", "unidentified"})  # "about 900 troops" beside named sides


def _counts(party: Party, home: frozenset[str]) -> bool:
    """Whether somebody is a side beside named ones: unnamed troops are none, "the army" of a fight is."""
    return bool(party.country or party.id) or party.kind not in _UNCOUNTED or party.text.lower().removeprefix("the ") in home


_SAME_REACH = 2  # sentences from what was told of a thing to what is told of it again


class RoleFinder:
    """Fills the roles of frames in clauses of one article."""

    def __init__(self, parts: PartFinder, status: StatusRules) -> None:
        self.frames = parts.frames
        self.interpreter = parts.interpreter
        self.status = status
        self.fillers = RoleFillers(parts)

    def roles(
        self, frame: Frame, clause: Clause, parts: Parts, told: list[Draft], voice: Callable[[Clause], list[Party]]
    ) -> Roles:
        """Parties for each role. ``told`` is what the article has told so far, ``voice`` gives who says what a clause
        tells."""
        spec = self.frames.types[frame.type]
        roles: Roles = {role: [] for role in spec.roles}
        used: set[tuple[int, int]] = set()
        for role, names in frame.roles.items():
            shared = used if role not in (frame.raw.get("share") or []) else set()
            for part, fillers in self._taken(frame, clause, names, spec.roles[role], shared):
                for entity, parties in fillers:
                    used.add((entity.sentence, entity.head))
                    if entity not in parts.setdefault(part, []):
                        parts[part].append(entity)
                    roles[role] += parties
            roles[role] = distinct(roles[role])
            listed = frame.raw.get("symmetric") or role == "force"  # "Rwandan police and soldiers": of one state
            if listed and any(p.country or p.id for p in roles[role]):
                home = self.interpreter.lexicon.words("home_forces") if frame.subtype == "clash" else frozenset()
                roles[role] = [p for p in roles[role] if _counts(p, home)]
        mutual, first = frame.raw.get("mutual"), next(iter(frame.roles))
        if mutual and not roles[mutual] and (frame.subtype != "recall" or reciprocal(clause)):
            sides = {p.country for p in roles[first] if p.country}
            roles[mutual] = list(roles[first]) if len(sides) == 2 else []  # "X and Y restored relations"
        for role in frame.raw.get("voiced") or []:
            if not roles[role]:
                roles[role] = [p for p in voice(clause) if p.kind not in spec.roles[role].forbid and acts(p)]
        if frame.raw.get("again") and not any(roles.values()):
            roles |= self._of_it(frame, clause, told)
        for role_spec in spec.roles.values():
            self._complete(frame, clause, roles, role_spec, told)
        return roles

    def _of_it(self, frame: Frame, clause: Clause, told: list[Draft]) -> Roles:
        """The parties of what was told before of the same thing: "N cancelled the permits … The permits had been
        suspended in May" (by N)."""
        things = [e for a in clause.get("obj") for e in a.entities]
        if not things or not all(thing.definite for thing in things):
            return {}
        last = next((d for d in reversed(told) if d.type == frame.type), None)
        if last is None or last.candidate.frame.id not in frame.raw["again"]:
            return {}
        near = clause.sentence.index - max(last.sentences) <= _SAME_REACH
        return {role: list(parties) for role, parties in last.roles.items()} if near else {}

    def _taken(
        self, frame: Frame, clause: Clause, names: Sequence[str], role: RoleSpec, used: set[tuple[int, int]]
    ) -> list[tuple[str, Fillers]]:
        """The parts that fill a role: the first with known parties, else the first; all of them in a symmetric frame."""
        taken: list[tuple[str, Fillers]] = []
        for part in names:
            fillers = self.fillers.of_part(frame, clause, part, role, used)
            if fillers:
                taken.append((part, fillers))
                if not frame.raw.get("symmetric") and known(fillers):
                    break
        if not frame.raw.get("symmetric"):
            taken = [t for t in taken if known(t[1])][:1] or taken[:1]
        return taken

    def _complete(self, frame: Frame, clause: Clause, roles: Roles, spec: RoleSpec, told: list[Draft]) -> None:
        """Fill a role that the clause leaves open from what stands around it, as far as the record type allows."""
        role = spec.name
        if not roles[role] and spec.lend is not None:
            roles[role] = self._lent(clause, told, *spec.lend)
        if spec.announcer and not any(sided(p) for p in roles[role]):
            roles[role] = self._announcer(clause) or roles[role]
        if spec.from_owner and frame.type == "basing" and not any(p.country for p in roles[role]):
            roles[role] = self._namer(clause, {p.country for r in roles if r != role for p in roles[r]}) or roles[role]
        if spec.package and not any(p.country for p in roles[role]):
            roles[role] = self._giver(clause, {p.country for r in roles if r != role for p in roles[r]}) or roles[role]
        if not roles[role] and spec.near and self._near(frame, clause, told):
            roles[role] = told_before(told, frame.type, clause, spec, roles)
        issuer = self.interpreter.discourse.issuer
        if not roles[role] and spec.issuer and issuer is not None and self._own_deed(frame, clause, issuer, told):
            token = clause.token
            roles[role] = [issuer.model_copy(update={"start": token.start, "end": token.end, "text": token.text})]

    def _near(self, frame: Frame, clause: Clause, told: list[Draft]) -> bool:
        """Whether an empty role may be filled from what was told before; with ``near: also`` only where the sentence says
        that somebody does the same ("NATO also withdraws its troops")."""
        if frame.raw.get("near") != "also":
            return bool(frame.raw.get("near"))
        words = {t.lower for t in clause.sentence}
        same = bool(told) and told[-1].type == frame.type and told[-1].subtype == frame.subtype
        return same and bool(words & self.interpreter.lexicon.words("likewise_words"))

    def _own_deed(self, frame: Frame, clause: Clause, issuer: Party, told: list[Draft]) -> bool:
        """Whether a deed of nobody named is that of who issues the release: told by a finite verb, or beside a drill of
        its own. A bare noun, a participle, an infinitive name their doer, or they are another's; missiles that "were
        fired" may be the enemy's."""
        if clause.kind == "noun" and clause.support is None:
            return False
        token = clause.support or clause.token
        finite = token.dep in ("root", "conj", "parataxis", "ccomp") and clause.tense in ("past", "present", "future")
        if finite and frame.raw.get("class") != "shoot":
            return True
        own = {"military_exercise": "participant", "weapons_test": "tester"}
        drills = [d for d in told if d.type in own]
        return any(p.country == issuer.country for d in drills for p in d.roles[own[d.type]])

    def _announcer(self, clause: Clause) -> list[Party]:
        """Who announces or orders what is done by nobody named: above a passive, or above a noun or infinitive."""
        agreed = any(o.scope and self.status.orders.stipulates(o) for o in clause.operators)
        for operator in clause.operators:
            name = self.status.class_of(operator) if operator.scope or agreed else None
            announced = operator.lemma in self.status.unveiling or name in ("announce_noun", "plan", "approve")
            to_come = name == "say" and clause.passive and (clause.tense == "future" or clause.modality == "would")
            own = operator.kind == "noun" and operator.lemma in self.interpreter.lexicon.words("telling_nouns")
            if announced or to_come or own:
                found = [p for e in operator.subject for p in e.parties if p.country and p.kind != "media"]
                if found:
                    return found
        return []

    def _namer(self, clause: Clause, others: set[str | None]) -> list[Party]:
        """ "X named four bases to which Y is to have access": the bases are on the soil of who names them."""
        first = clause.operators[0] if clause.operators else None
        if first is None or first.lemma not in self.interpreter.lexicon.words("naming_bases"):
            return []
        return [p for e in first.subject for p in e.parties if p.country and p.country not in others and p.kind != "media"]

    def _giver(self, clause: Clause, others: set[str | None]) -> list[Party]:
        """ "X announced a package that will provide Y with guns": who announces what gives is who gives."""
        words = self.interpreter.lexicon.words("transfer_nouns")
        givers = [e for a in clause.get("subj") for e in a.entities]
        if not givers or not all("aid" in e.types or e.lemma in words for e in givers):
            return []
        for operator in clause.operators:
            if operator.kind == "verb" and self.status.class_of(operator) in ("say", "plan", "approve", "announce_noun"):
                found = [p for e in operator.subject for p in e.parties if p.country and p.kind != "media"]
                return [p for p in found if p.country not in others]
        return []

    def _lent(self, clause: Clause, told: list[Draft], kind: str, role: str) -> list[Party]:
        """Parties of the event that the clause says it is part of ("as part of the exercise")."""
        for slot, arguments in clause.args.items():
            for argument in arguments:
                if slot != "purpose" and any("drill" in e.types and e.definite for e in argument.entities):
                    for draft in reversed(told):
                        if draft.type == kind:
                            return list(draft.roles[role])
        return []
