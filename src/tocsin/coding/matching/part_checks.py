"""What a frame asks of the parts of a clause: which types of phrase must stand there and which may not.

In: a frame and a clause. Out: None where the parts fit, else the reason why not. The parts asked for are noted on the way.
"""

from __future__ import annotations

from functools import partial

from tocsin.coding.matching.candidate import Parts, Reason
from tocsin.coding.matching.frames import Frame
from tocsin.coding.matching.parts import PartFinder
from tocsin.language.phrases.entities import Entity
from tocsin.syntax import Clause

_RANGES = frozenset({"range", "test_site"})  # "fired at the Emba range": where it was tried (codebook I3)
_POLICE = frozenset({"police", "police_person"})


class PartChecks:
    """Checks the parts of clauses of one article."""

    def __init__(self, parts: PartFinder) -> None:
        self.parts = parts
        self.interpreter = parts.interpreter

    def refuse(self, frame: Frame, clause: Clause, parts: Parts) -> Reason | None:
        """The reason why the parts do not fit; None where they do. Parts that are required are added to ``parts``."""
        return (
            self._required(frame, clause, parts)
            or self._forbidden(frame, clause, parts)
            or self._total(frame, clause, parts)
            or self._if_told(frame, clause)
        )

    def _required(self, frame: Frame, clause: Clause, parts: Parts) -> Reason | None:
        """Each required part must have one of the types that the frame names for it."""
        for part, types in frame.require.items():
            found = self.parts.part(frame, clause, part, types)
            fits = bool(found) and ("any" in types or any(e.types & types for e in found))
            if not fits and not (found and self._military_goods(frame, clause, types, found)):
                return partial(_missing, part, types, found)
            parts[part] = found
        return None

    def _forbidden(self, frame: Frame, clause: Clause, parts: Parts) -> str | None:
        """No part may have a type that the frame excludes for it."""
        for part, types in frame.forbid.items():
            found = parts.get(part) or self.parts.part(frame, clause, part, types)
            hit = [e for e in found if e.types & types and not (part == "target" and e.types & _RANGES)]
            beside = part == "theme" or (part == "agent" and all(e.types & types <= _POLICE for e in hit))
            wanted = frame.require.get(part, frozenset()) if beside else frozenset()
            if any(e.types & wanted and not e.types & types for e in found):
                continue  # "police and soldiers": what is listed beside the thing itself does not stand in its way
            if hit:
                return f"{part} is {'/'.join(sorted(hit[0].types & types))} ({hit[0].text!r}), which the frame excludes"
        return None

    def _total(self, frame: Frame, clause: Clause, parts: Parts) -> str | None:
        """What passes may not be a total of what has passed so far ("the total US aid to X")."""
        if frame.type != "arms_transfer":
            return None
        things = list(parts.get("theme", []))
        if clause.kind == "noun":
            things.append(self.interpreter.entity(clause.sentence, clause.token))
        return "a running total, no event of its own" if any("running_total" in e.types for e in things) else None

    def _if_told(self, frame: Frame, clause: Clause) -> str | None:
        """A part that need not be told must have one of the types where it is."""
        for part, types in (frame.raw.get("if_told") or {}).items():
            told = [e for e in self.parts.part(frame, clause, part, frozenset(types)) if self._nominal(clause, e)]
            if told and not any(e.types & set(types) for e in told):
                return f"{part} may only be {' or '.join(sorted(types))}; found {told[0].text!r}"
        return None

    def _military_goods(self, frame: Frame, clause: Clause, types: frozenset[str], found: list[Entity]) -> bool:
        """Whether things that civilians have too pass between the forces or ministries of defence of states."""
        if "materiel" not in types or not any("weak" in e.types for e in found):
            return False
        wanted = frozenset({"party"})
        ends = [e for part in ("agent", "goal", "source") for e in self.parts.part(frame, clause, part, wanted)]
        return any(p.kind == "military" or p.sector == "MIL" for e in ends for p in e.parties)

    @staticmethod
    def _nominal(clause: Clause, entity: Entity) -> bool:
        """Whether an entity is a common noun of its own: no adjective before the event noun, no name in no table."""
        return clause.sentence.tokens[entity.head].pos == "NOUN"


def _missing(part: str, types: frozenset[str], found: list[Entity]) -> str:
    have = ", ".join(f"{e.text!r} ({'/'.join(sorted(e.types)) or 'nothing known'})" for e in found) or "nothing"
    return f"{part} must be {' or '.join(sorted(types))}; found {have}"
