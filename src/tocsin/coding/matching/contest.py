"""Election campaigns: candidates attack each other's records, fire shots and clash, all in words (codebook, A2).

In: the sentences of an article, a clause with its roles. Out: None, or the reason why the record would be such an attack.
"""

from __future__ import annotations

from functools import cached_property

from tocsin.coding.matching.candidate import Roles
from tocsin.coding.matching.disorder import Disorder
from tocsin.coding.matching.frames import Frame
from tocsin.coding.matching.record_types import TypeSpec
from tocsin.language.phrases.interpret import Interpreter
from tocsin.language.tokens import Sentence
from tocsin.model import Party
from tocsin.syntax import Clause

_CAMPAIGN = "campaign_word"
_FEWEST, _SHARE = 2, 10  # sentences that tell of a campaign: two, and each tenth
_TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_ARMED = frozenset({"military", "armed_group", "state"})
_PEOPLE = frozenset({"person", "population", "government_body", "unidentified", "media", "company", "ngo"})


class Contest:
    """Whether an article is about a campaign, and which of its attacks are made in words."""

    def __init__(self, interpreter: Interpreter, disorder: Disorder) -> None:
        self._interpreter = interpreter
        self._disorder = disorder  # which has looked at each sentence already

    @cached_property
    def _told(self) -> bool:
        """Whether the article tells of a campaign: in two sentences or more, and in every tenth."""
        kinds = self._disorder.kinds.values()
        telling = sum(_CAMPAIGN in of for of in kinds)
        return telling >= _FEWEST and telling * _SHARE >= len(kinds)

    def _kinds(self, sentence: Sentence) -> frozenset[str]:
        types = self._interpreter.noun_types
        return frozenset(kind for t in sentence if t.pos in _TELLING for kind in types(sentence, t))

    def refuse(self, frame: Frame, spec: TypeSpec, clause: Clause, roles: Roles) -> str | None:
        """The reason why a record of the type would be an attack in words: no force does it and no place is hit, nobody is
        hurt, and its sentence names none of the types of ``amid_contest``."""
        if not spec.amid_contest or frame.raw.get("toll") or frame.raw.get("hurts") or not self._told:
            return None
        first, second, *_ = (roles.get(role, []) for role in spec.principal)
        speaks = bool(first) and all(p.kind == "person" and p.sector != "MIL" for p in first)
        if any(_fights(p) for p in first) or not (speaks or (second and all(p.kind in _PEOPLE for p in second))):
            return None
        if self._kinds(clause.sentence) & spec.amid_contest:
            return None
        return "the article tells of a campaign, and its sentence of no arms"


def _fights(party: Party) -> bool:
    return party.kind in _ARMED and bool(party.id or party.country)
