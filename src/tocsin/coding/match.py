"""Fits frames to clauses.

In: a clause in normal form and the frames of its lemma. Out: candidates, or for each frame the reason why it did not
fire. Roles are filled from slots alone, never from word order or nearness.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tocsin.coding.candidate import Candidate
from tocsin.coding.context import Context
from tocsin.coding.fillers import (
    ANYBODY,
    COUNTED_PEOPLE,
    FIGHTERS,
    acts,
    distinct,
    known,
    place_border,
    sided,
    site_only,
    state_media,
    told_before,
)
from tocsin.coding.frames import Frame, FrameSet, RoleSpec
from tocsin.coding.merge import BARE, Draft
from tocsin.coding.status import StatusRules
from tocsin.language.entities import Entity, as_party
from tocsin.language.interpret import Interpreter
from tocsin.model import Party
from tocsin.syntax import Argument, Clause

_UNCOUNTED = frozenset({"military", "population", "unidentified"})  # "about 900 troops" beside named sides
_NATURAL = frozenset({"accident", "weather", "disease"})
PLACE_HIT = "place hit"  # a stand-in sector, cleared when the record is finished
_PLACES_HIT = frozenset({"building", "base"})  # their country is that of the event's place
_LOCATIVE_SLOTS = frozenset({"in", "at", "on", "near", "off", "over", "into", "across", "along", "outside", "inside"})


class Matcher:
    """Tries frames on clauses of one article."""

    def __init__(self, frames: FrameSet, status: StatusRules, interpreter: Interpreter) -> None:
        self.frames = frames
        self.status = status
        self.interpreter = interpreter
        self.context = Context(interpreter)
        self.told: list[Draft] = []  # what the article has told so far, for "as part of the exercise"
        self.voice: Callable[[Clause], list[Party]] = lambda clause: []  # who says what a clause tells

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

    def fire(self, frame: Frame, clause: Clause) -> Candidate | str:
        """A candidate, or the reason why the frame does not fit the clause."""
        parts: dict[str, list[Entity]] = {}
        for part, types in frame.require.items():
            found = self._part(frame, clause, part, types)
            fits = any(e.types & types or "any" in types for e in found)
            if not fits and not self._military_goods(frame, clause, types, found):
                have = (
                    ", ".join(f"{e.text!r} ({'/'.join(sorted(e.types)) or 'nothing known'})" for e in found)
                    or "nothing"
                )
                return f"{part} must be {' or '.join(sorted(types))}; found {have}"
            parts[part] = found
        for part, types in frame.forbid.items():
            found = parts.get(part) or self._part(frame, clause, part, types)
            hit = [e for e in found if e.types & types]
            if hit:
                return f"{part} is {'/'.join(sorted(hit[0].types & types))} ({hit[0].text!r}), which the frame excludes"
        if frame.type == "arms_transfer" and self._total(clause, parts):
            return "a running total, no event of its own"
        for part, types in (frame.raw.get("if_told") or {}).items():
            told = [e for e in self._part(frame, clause, part, frozenset(types)) if self._nominal(clause, e)]
            if told and not any(e.types & set(types) for e in told):
                return f"{part} may only be {' or '.join(sorted(types))}; found {told[0].text!r}"
        roles = self._roles(frame, clause, parts)
        spec = self.frames.types[frame.type]
        if frame.raw.get("voice") and (frame.raw["voice"] == "passive") != clause.passive:
            return f"the verb is not {frame.raw['voice']}"
        tenses = frame.raw.get("tense")
        if tenses and clause.tense not in tenses and not (clause.perfect and "perfect" in tenses):
            return f"its tense is {clause.tense}"
        if frame.raw.get("finite") and self._unfinished(clause, str(frame.raw["finite"])):
            return "the verb is a participle or infinitive"
        if frame.raw.get("modality") and clause.modality not in frame.raw["modality"]:
            return f"its modality is {clause.modality}"
        plain = frozenset(frame.raw.get("plain") or ())
        if any(e.types & plain and self.context.to_do(clause.sentence, e) for e in parts.get("theme", [])):
            return "its theme says what is to be done"
        said_by = {p.country for p in roles.get(str(frame.raw.get("said_by")), [])}
        if frame.raw.get("said_by") and not said_by & {p.country for p in self.voice(clause) if p.country}:
            return "nobody of its own side says it"
        polarity = frame.raw.get("polarity")
        if polarity is not None and (polarity == "negative") != clause.negated:
            return f"it is {'negated' if clause.negated else 'not negated'}"
        blocked = self._blocked(frame, clause, roles)
        if blocked is not None:
            return blocked
        for part in frame.raw.get("own") or []:
            theirs = {c for e in parts.get(part, []) for c in e.countries}
            ours = {p.country for role in list(frame.roles)[:1] for p in roles.get(role, [])}
            if theirs and ours and not theirs & ours:
                return f"{part} belongs to somebody else"
        told_before = frame.raw.get("told")
        if told_before and all(draft.type != told_before for draft in self.told):
            return f"no {told_before} was told before"
        for part in frame.raw.get("own_soil") or []:
            if not self._at_home(parts.get(part, []), roles[next(iter(frame.roles))]):
                return f"{part} is not at home"
        if spec.actors and not any(acts(p) for role in spec.actors for p in roles.get(role, [])):
            return f"no known actor among {' and '.join(spec.actors)}"
        if spec.charged and any(o.scope and o.lemma in spec.charged for o in clause.operators):
            if clause.kind != "noun" or not all(roles.get(role) for role in spec.principal[1:]):
                return "it is only what somebody is charged with"
            roles[spec.principal[0]] = []  # the attack is told as a fact, its doer is not
        for group in (*spec.required, *frame.need):
            if not any(roles.get(role) for role in group):
                return f"no {' or '.join(sorted(group))} found"
        context = self.context.outside(spec, clause) or self.context.refuse(frame, clause, roles)
        if context is not None:
            return context
        status, why = self.status.as_said(clause) if frame.raw.get("as_said") else self.status.of(clause, frame)
        if status is None:
            return f"no claim: {why}"
        status = "occurred" if status == "ongoing" and spec.statuses == {"occurred"} else status  # "remains committed"
        if spec.statuses and status not in spec.statuses:
            return f"a {frame.type} is never {status}"
        if status == "not_occurred" and frame.raw.get("toll"):
            return "nobody was hurt: a toll of none, no event"
        for part in ("theme", *(p for names in frame.roles.values() for p in names)) if frame.raw.get("meant") else ():
            parts.setdefault(part, self._part(frame, clause, part, frozenset()))
        for part in self.materiel_parts(frame):
            if part not in parts:
                parts[part] = self._part(frame, clause, part, frozenset({"materiel"}))
        score = (
            sum(1.0 for r in spec.principal if roles.get(r)) + len(frame.require) + 0.1 * len(clause.lemma.split(" "))
        )
        return Candidate(frame, clause, roles, parts, status, score=score + float(frame.raw.get("weight") or 0))

    def _total(self, clause: Clause, parts: dict[str, list[Entity]]) -> bool:
        """Whether what passes is a total of what has passed so far ("the total US aid to X")."""
        things = list(parts.get("theme", []))
        if clause.kind == "noun":
            things.append(self.interpreter.entity(clause.sentence, clause.token))
        return any("running_total" in e.types for e in things)

    def _military_goods(self, frame: Frame, clause: Clause, types: frozenset[str], found: list[Entity]) -> bool:
        """Whether things that civilians have too pass between the forces or ministries of defence of states."""
        if "materiel" not in types or not any("weak" in e.types for e in found):
            return False
        ends = [e for part in ("agent", "goal", "source") for e in self._part(frame, clause, part, frozenset({"party"}))]
        return any(p.kind == "military" or p.sector == "MIL" for e in ends for p in e.parties)

    @staticmethod
    def _nominal(clause: Clause, entity: Entity) -> bool:
        """Whether an entity is a common noun of its own: no adjective before the event noun, no name in no table."""
        return clause.sentence.tokens[entity.head].pos == "NOUN"

    @staticmethod
    def _at_home(places: list[Entity], parties: list[Party]) -> bool:
        """Whether one of the places is known to lie in the country of one of the parties."""
        where = {e.place.country for e in places if e.place is not None} | {c for e in places for c in e.countries}
        return bool(where & {p.country for p in parties if p.country})

    @staticmethod
    def _unfinished(clause: Clause, kind: str) -> bool:
        """Whether the verb is no finite one; ``spoken`` lets a gerund pass ("posted a message blaming Iran"), ``placed``
        all but a participle without a place ("troops positioned nearby")."""
        if kind == "placed":
            bare = clause.kind == "verb" and clause.token.dep in ("amod", "acl") and clause.token.tag != "VB"
            return bare and not clause.get(*_LOCATIVE_SLOTS, "to", "toward", "towards")
        if kind == "spoken" and clause.token.tag == "VBG" and clause.token.dep in ("advcl", "acl", "conj"):
            return False
        return clause.token.dep in ("amod", "acl") or clause.tense in ("infinitive", "none")

    def _blocked(self, frame: Frame, clause: Clause, roles: dict[str, list[Party]]) -> str | None:
        """A subject that is plainly no actor ("Tariffs gave Brazil a weapon") stops a frame whose actor it would be."""
        if clause.kind != "verb" or clause.passive:
            return None
        for role, names in frame.roles.items():
            if "agent" not in names or roles.get(role):
                continue
            for argument in clause.get("subj"):
                for entity in argument.entities:
                    head = clause.sentence.tokens[entity.head]
                    barred = frame.forbid.get("agent", frozenset())
                    for kid in clause.sentence.kids(head, "compound", "nmod"):  # "Hurricane NAME"
                        if kid.i < head.i and self.interpreter.lexicon.noun_types(clause.sentence, kid) & barred & _NATURAL:
                            return f"its subject {entity.text!r} is no actor"
                    if (
                        not entity.types
                        and not entity.parties
                        and head.pos == "NOUN"
                        and entity.sentence == clause.sentence.index
                    ):
                        return f"its subject {entity.text!r} is no actor"
        return None

    def materiel_parts(self, frame: Frame) -> tuple[str, ...]:
        """The parts whose equipment a record of the frame lists."""
        return tuple(frame.raw.get("materiel") or self.frames.types[frame.type].materiel)

    def _part(self, frame: Frame, clause: Clause, part: str, wanted: frozenset[str]) -> list[Entity]:
        """Entities of the first slot of the part that has one of the wanted types, else of the first filled slot."""
        first: list[Entity] = []
        for selector in self.frames.selectors(frame, part, clause.kind):
            entities = [e for a in self.select(clause, selector) for e in a.entities]
            if any(e.types & wanted for e in entities):
                return entities
            first = first or entities
        return first

    def select(self, clause: Clause, selector: str) -> list[Argument]:
        """Arguments of a slot; "obj.to" looks below the object for a phrase with "to"."""
        if "." not in selector:
            return clause.get(selector)
        outer, inner = selector.rsplit(".", 1)
        found = []
        sentence = clause.sentence
        for argument in self.select(clause, outer):
            heads = [argument.token, *sentence.kids(argument.token, "conj")]
            heads += [sentence.tokens[e.head] for e in argument.entities]
            for head in {t.i: t for t in heads}.values():
                found += self._below(clause, head, inner)
        return found

    def _is_victim(self, entity: Entity) -> bool:
        return bool(entity.types & COUNTED_PEOPLE) or entity.lemma in self.interpreter.lexicon.words("victim_nouns")

    def _below(self, clause: Clause, head, inner: str) -> list[Argument]:  # type: ignore[no-untyped-def]
        sentence = clause.sentence
        if inner == "poss":
            kids = sentence.kids(head, "nmod:poss")
        elif inner == "led":  # "the Moscow-led alliance" has Moscow in it
            leading = [k for k in sentence.kids(head, "amod") if k.lemma == "lead" and k.tag == "VBN"]
            kids = [sentence.tokens[k.i - 2] for k in leading if k.i > 1]
        elif inner == "nat":
            kids = [k for k in sentence.kids(head, "amod", "compound", "nmod") if k.i < head.i]
        else:
            kids = [k for k in sentence.kids(head, "nmod", "obl") if self._case(sentence, k) == inner]
        return [Argument(k, self.interpreter.entities(sentence, k)) for k in kids]

    @staticmethod
    def _case(sentence, token) -> str:  # type: ignore[no-untyped-def]
        return " ".join(t.lower for t in sentence.kids(token, "case"))

    def _roles(self, frame: Frame, clause: Clause, parts: dict[str, list[Entity]]) -> dict[str, list[Party]]:
        spec = self.frames.types[frame.type]
        roles: dict[str, list[Party]] = {role: [] for role in spec.roles}
        used: set[tuple[int, int]] = set()
        for role, names in frame.roles.items():
            taken: list[tuple[str, list[tuple[Entity, list[Party]]]]] = []
            for part in names:
                shared = used if role not in (frame.raw.get("share") or []) else set()
                fillers = self._part_fillers(frame, clause, part, spec.roles[role], shared)
                if fillers:
                    taken.append((part, fillers))
                    if not frame.raw.get("symmetric") and known(fillers):
                        break
            if not frame.raw.get("symmetric"):
                taken = [t for t in taken if known(t[1])][:1] or taken[:1]
            for part, fillers in taken:
                for entity, parties in fillers:
                    used.add((entity.sentence, entity.head))
                    if entity not in parts.setdefault(part, []):
                        parts[part].append(entity)
                    roles[role] += parties
            roles[role] = distinct(roles[role])
            if frame.raw.get("symmetric") and any(p.country or p.id for p in roles[role]):
                roles[role] = [p for p in roles[role] if p.country or p.id or p.kind not in _UNCOUNTED]
        for role in frame.raw.get("voiced") or []:
            if not roles[role]:
                roles[role] = [p for p in self.voice(clause) if p.kind not in spec.roles[role].forbid and acts(p)]
        for role, role_spec in spec.roles.items():
            if not roles[role] and role_spec.lend is not None:
                roles[role] = self._lent(clause, *role_spec.lend)
            if role_spec.announcer and not any(sided(p) for p in roles[role]):
                roles[role] = self._announcer(clause) or roles[role]
            if role_spec.package and not any(p.country for p in roles[role]):
                roles[role] = self._giver(clause, {p.country for r in roles if r != role for p in roles[r]}) or roles[role]
            if not roles[role] and role_spec.near and frame.raw.get("near"):
                roles[role] = told_before(self.told, frame.type, clause, role_spec, roles)
            issuer = self.interpreter.discourse.issuer
            if not roles[role] and role_spec.issuer and issuer is not None and self._own_deed(clause, issuer):
                token = clause.token
                roles[role] = [issuer.model_copy(update={"start": token.start, "end": token.end, "text": token.text})]
        return roles

    def _own_deed(self, clause: Clause, issuer: Party) -> bool:
        """Whether a deed of nobody named is that of who issues the release: told by a finite verb, or beside a drill of
        its own. A bare noun, a participle, an infinitive name their doer, or they are another's."""
        if clause.kind == "noun" and clause.support is None:
            return False
        token = clause.support or clause.token
        if token.dep in ("root", "conj", "parataxis", "ccomp") and clause.tense in ("past", "present", "future"):
            return True
        own = {"military_exercise": "participant", "weapons_test": "tester"}
        drills = [d for d in self.told if d.type in own]
        return any(p.country == issuer.country for d in drills for p in d.roles[own[d.type]])

    def _announcer(self, clause: Clause) -> list[Party]:
        """Who announces or orders what is done by nobody named: above a passive, or above a noun or infinitive."""
        for operator in clause.operators:
            name = self.status.class_of(operator) if operator.scope else None
            announced = operator.lemma in self.status.unveiling or name in ("announce_noun", "plan", "approve")
            to_come = name == "say" and clause.passive and (clause.tense == "future" or clause.modality == "would")
            own = operator.kind == "noun" and operator.lemma in self.interpreter.lexicon.words("telling_nouns")
            if announced or to_come or own:
                found = [p for e in operator.subject for p in e.parties if p.country and p.kind != "media"]
                if found:
                    return found
        return []

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

    def _lent(self, clause: Clause, kind: str, role: str) -> list[Party]:
        """Parties of the event that the clause says it is part of ("as part of the exercise")."""
        for slot, arguments in clause.args.items():
            for argument in arguments:
                if slot != "purpose" and any("drill" in e.types and e.definite for e in argument.entities):
                    for draft in reversed(self.told):
                        if draft.type == kind:
                            return list(draft.roles[role])
        return []

    def _part_fillers(
        self, frame: Frame, clause: Clause, part: str, role: RoleSpec, used: set[tuple[int, int]]
    ) -> list[tuple[Entity, list[Party]]]:
        """Fillers from the first slot of the part that has a known one, else from the first that has any."""
        first: list[tuple[Entity, list[Party]]] = []
        for selector in self.frames.selectors(frame, part, clause.kind):
            fillers = self._fillers(clause, selector, role, used)
            if known(fillers):
                return fillers
            if role.from_place and not fillers and self._at_border(clause, selector):
                return first  # "to the border on the Gaza Strip": what follows tells which border
            first = first or fillers
        return first

    def _at_border(self, clause: Clause, selector: str) -> bool:
        """Whether a slot holds a border, which is in no state."""
        locative = selector in _LOCATIVE_SLOTS or selector == "to"
        return locative and any("border_line" in e.types for a in self.select(clause, selector) for e in a.entities)

    def _fillers(
        self, clause: Clause, selector: str, role: RoleSpec, used: set[tuple[int, int]]
    ) -> list[tuple[Entity, list[Party]]]:
        found = []
        for argument in self.select(clause, selector):
            for entity in argument.entities:
                if (entity.sentence, entity.head) in used:
                    continue
                parties = list(self._parties(entity, selector, role))
                if parties:
                    found.append((entity, parties))
        return found

    def _parties(self, entity: Entity, selector: str, role: RoleSpec) -> Iterable[Party]:
        slot = selector.rsplit(".", 1)[-1]
        if role.not_town and site_only(entity, slot):
            return []
        if role.victims and slot == "comp" and any(p.kind in FIGHTERS for p in entity.parties):
            return []  # "a terrorist attack", "the military offensive": who does it, if anybody
        locative = slot in _LOCATIVE_SLOTS
        if "meeting" in role.forbid and "meeting" in entity.types:
            return []  # "the run-up to the U.S.-Russia summit"
        own_word = state_media(entity) if role.state_media else None
        if own_word is not None:
            return [own_word]
        fitting = [p for p in entity.parties if p.kind not in role.forbid and (not role.only or p.kind in role.only)]
        if place_border(entity):
            return []
        if "." in selector and slot == "nat":  # "military assistance", "personnel carriers" name nobody
            fitting = [p for p in fitting if p.country or p.id]
        if fitting and not (locative and not role.from_place):
            nobodys = all(p.country is None and p.id is None and p.kind in ANYBODY for p in fitting)
            countries = self.interpreter.located(entity) if nobodys and role.from_owner else []
            return [fitting[0].model_copy(update={"country": c}) for c in countries] or fitting
        place = entity.place
        if place is not None and role.from_place and place.country and place.precision != "border":
            return [as_party(place, "state", name=place.name, country=place.country, id=f"state:{place.country}")]
        if role.described and not entity.parties and entity.lemma in self.interpreter.lexicon.words("described_parties"):
            return [as_party(entity, "unidentified")]
        if role.victims and not entity.parties and self._is_victim(entity):
            head = self.interpreter.sentences[entity.sentence].tokens[entity.head]
            return [as_party(entity, "population", sector=BARE if head.pos == "NUM" else None)]
        if not role.from_owner or entity.parties:
            return []
        located = role.from_owner != "named"
        owners = self.interpreter.belonging(entity, located=located)
        if not owners and located and entity.types & _PLACES_HIT:
            owners = [as_party(entity, "population", sector=PLACE_HIT)]
        return owners
