"""Which equipment a noun phrase names: by a designation, a common noun, or both ("S-300 air defence systems").

In: a sentence, the token that heads a phrase and its name mention. Out: the equipment with its class, or None.
"""

from __future__ import annotations

from tocsin.language.lexicon import EquipmentNoun
from tocsin.language.names.mentions import NameMention
from tocsin.language.phrases.entities import MaterielRef
from tocsin.language.phrases.noun_phrases import NounPhrases
from tocsin.language.tokens import Sentence, Token

_GUNS = frozenset({"small_arms", "artillery", "air_defence", "rocket_artillery", "armoured_vehicle", "tank"})


class GearFinder:
    """Finds the equipment of the phrases of one article."""

    def __init__(self, phrases: NounPhrases) -> None:
        self.phrases = phrases
        self.text = phrases.text
        self.lexicon = phrases.lexicon
        groups = self.lexicon.tables.mapping("equipment/apart.yaml")["never_called"]
        self._group = {class_: number for number, group in enumerate(groups) for class_ in group}

    def materiel(self, sentence: Sentence, head: Token, mention: NameMention | None) -> MaterielRef | None:
        """The equipment of a phrase; a designation in it is better than its common noun."""
        start, end = self.phrases.span(sentence, head)
        gear = self.lexicon.gear(sentence, head)
        named = mention if mention and mention.equipment else self._designation(sentence, head)
        if gear is None and named is not None and named is mention:
            gear = self._beside(sentence, head, named)
        if named is not None and not self._weapon_here(sentence, named, gear):
            named = None
        if named is not None and named.equipment is not None:
            flags = gear[0].flags if gear else frozenset()
            class_ = named.equipment.sector or (gear[0].class_ if gear else "other")
            if named.equipment.row.get("open") and gear is not None and not named.equipment.row.get("family"):
                class_ = gear[0].class_  # "Project 636.3 submarines"
            if class_ == "ammunition" and gear is not None and gear[0].class_ in _GUNS:
                class_ = gear[0].class_  # ".50 calibre sniper rifles", "120 mm mortars"
            origin = named.equipment.row.get("origin") or None
            family = str(named.equipment.row.get("family") or "")
            return MaterielRef(start, end, self.text[start:end], class_, named.equipment.name, flags, origin, family)
        if gear is None or (mention is not None and mention.party is not None):
            return None
        role = self.lexicon.role(sentence, head)
        if role is not None and role[1] < gear[1]:  # a suicide bomber is no aircraft
            return None
        return MaterielRef(start, end, self.text[start:end], gear[0].class_, None, gear[0].flags)

    def _designation(self, sentence: Sentence, head: Token) -> NameMention | None:
        """A weapon's name among the modifiers: "S-300 air defence system", but not that on which an event was: "the attack
        on the frigate X" is no frigate."""
        near = sentence.kids(head, "compound", "amod", "nmod", "nummod", "appos", "flat")
        if not near:
            return None
        near += [k for t in near if t.dep == "compound" for k in sentence.kids(t, "compound")]  # "Patriot missile battery"
        if self.phrases.noun_types(sentence, head) & self.lexicon.words("happening_types"):
            near = [kid for kid in near if kid.dep != "nmod" or not sentence.kids(kid, "case")]
        for kid in near:
            mention = self.phrases.mention(sentence, kid)
            if mention is not None and mention.equipment is not None and mention.head != head.i:
                return mention
        return None

    def _beside(self, sentence: Sentence, head: Token, mention: NameMention) -> tuple[EquipmentNoun, int] | None:
        """What a model's name in no table is by the noun before it ("the howitzer KH-155") or the one that it is
        coordinated with ("T-72 tanks and some PT-95")."""
        if mention.equipment is None or not mention.equipment.row.get("beside"):
            return None
        before = sentence.tokens[mention.first - 1] if mention.first else None
        if before is not None and before.pos == "NOUN" and (found := self.lexicon.gear(sentence, before)) is not None:
            return found
        first = sentence.tokens[head.head] if head.dep == "conj" else head
        listed = [t for t in (first, *sentence.kids(first, "conj")) if t.i != head.i]
        return next((found for t in listed if (found := self.lexicon.gear(sentence, t)) is not None), None)

    def _weapon_here(self, sentence: Sentence, mention: NameMention, gear: tuple[EquipmentNoun, int] | None) -> bool:
        """Whether a name that is also an ordinary word means the weapon here."""
        if mention.equipment is None or mention.equipment.row.get("open"):
            return gear is not None or bool(mention.equipment and mention.equipment.row.get("alone"))
        if not mention.equipment.bare:
            return True
        if gear is not None and self._apart(gear[0].class_, mention.equipment.sector):
            return False  # "the M-60 machine gun" is not the tank
        head = sentence.tokens[mention.head]
        if gear is not None or self.phrases.number_at(mention.start - 12, mention.end) or head.tag == "NNPS":
            return True
        if mention.first and sentence.tokens[mention.first - 1].lower in self.lexicon.words("scene_prepositions"):
            return False  # "in Grad", and rockets somewhere near
        near = [t for t in sentence if abs(t.i - head.i) <= 8 and t.i != head.i]
        return any(self.lexicon.gear(sentence, t) is not None for t in near)

    def _apart(self, noun: str, name: str | None) -> bool:
        """Whether a thing of the name's class is never called by a noun of the other."""
        groups = {self._group.get(noun), self._group.get(name or "")}
        return None not in groups and len(groups) > 1

    def military(self, sentence: Sentence, head: Token) -> bool:
        """Whether a thing that civilians have too is told as military: "army trucks", "trucks and missiles"."""
        for kid in sentence.kids(head, "amod", "compound", "acl"):
            joined = "".join(t.lower for t in sentence.tokens[max(kid.i - 2, 0) : kid.i + 1])  # "ambush-protected"
            if {kid.lower, joined} & self.lexicon.words("military_modifiers"):
                return True
        siblings = [*sentence.kids(head, "conj")]
        if head.dep == "conj":
            first = sentence.tokens[head.head]
            siblings += [first, *sentence.kids(first, "conj")]
        found = [self.lexicon.gear(sentence, t) for t in siblings if t.i != head.i]
        return any(g is not None and "weak" not in g[0].flags for g in found)
