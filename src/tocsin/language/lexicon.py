"""The nouns that tell what a phrase is: people, forces, bodies, weapons, bases, treaties.

In: the tables. Out: look-ups by the lemma of a head noun, with as many of the words before it as an entry has.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tocsin.knowledge.loader import Tables
from tocsin.knowledge.names import fold
from tocsin.language.entries import Phrases, longest
from tocsin.language.tokens import Sentence, Token

_NO_TYPES = frozenset[str]()


@dataclass(frozen=True, slots=True)
class RoleNoun:
    """A noun for people or bodies: what kind of party it makes, and of which sector."""

    noun: str
    kind: str
    sector: str | None
    group: str
    canonical: str | None = None
    needs_context: bool = False
    titles: tuple[str, ...] = ()  # other words by which its holder may have been named: "the monarch" is a king

    def calls(self, words: str) -> bool:
        """Whether somebody told by these words holds the office."""
        return any(title in words.lower() for title in (self.noun, *self.titles))


@dataclass(frozen=True, slots=True)
class EquipmentNoun:
    """A common noun for equipment or military aid."""

    noun: str
    class_: str
    flags: frozenset[str]


@dataclass
class Lexicon:
    """Look-ups over the noun tables; built once and shared."""

    tables: Tables

    @cached_property
    def roles(self) -> Phrases[RoleNoun]:
        """Nouns for officials, forces, bodies, groups, populations."""
        found: Phrases[RoleNoun] = Phrases()
        for row in self._roles["nouns"]:
            noun = RoleNoun(
                row["noun"],
                row["kind"],
                row.get("sector"),
                row["group"],
                row.get("canonical"),
                row.get("needs") == "context",
                tuple(row.get("titles") or ()),
            )
            for form in (row["noun"], row.get("plural"), *(row.get("also") or [])):
                if form:
                    found.setdefault(form.lower(), noun)
        for rows in self.tables.mapping("parties/peoples.yaml").values():  # "Kurds", "Druze": people of no one state
            for member in (name for row in rows for name in row.get("members") or ()):
                found.setdefault(member.lower(), RoleNoun(member.lower(), "population", "CVL", "population", None, False))
        return found

    @cached_property
    def former(self) -> frozenset[str]:
        """Words that say that an office is no longer held."""
        return frozenset(row["marker"].rstrip("-").lower() for row in self._roles["former_markers"])

    def calls_former(self, word: str) -> bool:
        """Whether a word says that an office is no longer held, by itself or by its first part ("ex-Italian")."""
        first, hyphen, _ = word.partition("-")
        return word in self.former or bool(hyphen and f"{first}-" in self._former_prefixes)

    @cached_property
    def _former_prefixes(self) -> frozenset[str]:
        return frozenset(row["marker"].lower() for row in self._roles["former_markers"] if row["position"] == "prefix")

    @cached_property
    def _roles(self) -> dict[str, list[dict[str, Any]]]:
        return self.tables.mapping("parties/roles.yaml")

    @cached_property
    def types(self) -> Phrases[frozenset[str]]:
        """Common nouns to their semantic types."""
        found: dict[str, set[str]] = {}
        for type_, nouns in self.tables.mapping("nouns.yaml").items():
            for noun in nouns:
                found.setdefault(noun.lower(), set()).add(type_)
        return Phrases({noun: frozenset(types) for noun, types in found.items()})

    @cached_property
    def equipment(self) -> Phrases[EquipmentNoun]:
        """Common nouns for equipment and aid to their classes."""
        found: Phrases[EquipmentNoun] = Phrases()
        for row in self.tables.rows("equipment/generic.yaml"):
            flags = frozenset(k for k in ("aid", "platform", "projectile", "weak") if row.get(k))
            noun = EquipmentNoun(row["noun"], row["class"], flags)
            for form in (row["noun"], row.get("plural"), *(row.get("aliases") or [])):
                if form:
                    found.setdefault(form.lower(), noun)
        return found

    @cached_property
    def words(self) -> Callable[[str], frozenset[str]]:
        """Gives a closed class of words by its name in grammar.yaml; no method, as it is asked thirty times a word."""
        return self._grammar.__getitem__

    def classes(self, sentence: Sentence) -> frozenset[str]:
        """The names of the closed classes of which a sentence has a word, as a lemma or as written; of a phrase its longest
        word will do. Most repairs are of verbs or nouns of a class, and this tells at once that a sentence has none. Kept
        with the sentence until its tree changes, and its lemmas with it."""
        found = sentence.classes
        if found is None:
            words = {token.lemma for token in sentence.tokens}
            words.update([token.lower for token in sentence.tokens])
            of = self._classes_of
            found = sentence.classes = frozenset().union(*[of[word] for word in words & of.keys()])
        return found

    @cached_property
    def _classes_of(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name, words in self._grammar.items():
            for phrase in words:
                found.setdefault(max(phrase.split(), key=len, default=phrase), set()).add(name)
        return found

    @cached_property
    def group_sizes(self) -> dict[str, int]:
        """How many a word says that a group has ("both", "three")."""
        return {str(word): int(size) for word, size in self.tables.mapping("group_sizes.yaml").items()}

    @cached_property
    def _grammar(self) -> dict[str, frozenset[str]]:
        return {key: frozenset(map(str, words)) for key, words in self.tables.mapping("grammar.yaml").items()}

    @cached_property
    def state_names(self) -> frozenset[str]:
        """The names of states, as written."""
        rows = self.tables.rows("parties/states.yaml")
        return frozenset(name for row in rows for name in (row["name"], *(row.get("aliases") or [])))

    @cached_property
    def province_parts(self) -> dict[str, str]:
        """Nouns of what lies within a province ("district", "village"), and their precision."""
        rows = self.tables.rows("places/feature_words.yaml")
        parts = [row for row in rows if row["precision"] in ("district", "town", "region")]
        return {word: row["precision"] for row in parts for word in (row["word"], *(row.get("aliases") or []))}

    def province_name(self, name: str) -> str:
        """A province's name as towns give it: "Kirkuk" of "Kirkuk Governorate"."""
        first, _, last = name.rpartition(" ")
        return first if first and last in self.words("division_words") else name

    @cached_property
    def districts(self) -> dict[str, tuple[str, str]]:
        """Names of districts by their letters (``letters``): the country and the province that they lie in."""
        table = self.tables.mapping("places/districts.yaml")
        return {
            letters(name): (country, province)
            for country, provinces in table.items()
            for province, names in provinces.items()
            for name in names
        }

    def class_flags(self, class_: str) -> frozenset[str]:
        """Whether equipment of a class carries weapons (platform) or is fired itself (projectile)."""
        return frozenset(flag for flag, classes in self._class_flags.items() if class_ in classes)

    @cached_property
    def _class_flags(self) -> dict[str, list[str]]:
        return {flag: list(classes) for flag, classes in self.tables.mapping("equipment/class_flags.yaml").items()}

    def family_flags(self, family: str | None) -> frozenset[str]:
        """What a weapon is by the family of its name ("an Agni-V": a strategic missile)."""
        return frozenset(flag for flag, families in self._family_flags.items() if family in families)

    @cached_property
    def _family_flags(self) -> dict[str, frozenset[str]]:
        return {flag: frozenset(names) for flag, names in self.tables.mapping("equipment/family_flags.yaml").items()}

    @cached_property
    def given_names(self) -> frozenset[str]:
        """Common given names, in small letters without accents."""
        return frozenset(self.tables.mapping("parties/name_evidence.yaml")["given_names"].split())

    @cached_property
    def honorifics(self) -> frozenset[str]:
        """Words that stand before a person's name ("mr", "capt"), in small letters without full stop."""
        return frozenset(self.tables.mapping("parties/name_evidence.yaml")["honorifics"])

    @cached_property
    def months(self) -> frozenset[str]:
        """The names of the months, whole and short."""
        return self._calendar_names("months")

    @cached_property
    def weekdays(self) -> frozenset[str]:
        """The names of the days of the week, whole and short."""
        return self._calendar_names("weekdays")

    def _calendar_names(self, kind: str) -> frozenset[str]:
        rows = self.tables.mapping("time/calendar.yaml")[kind]
        return frozenset(name for row in rows for name in (row["name"], *row["short"]))

    @cached_property
    def ship_prefixes(self) -> dict[str, str]:
        """The country whose navy a ship's prefix tells ("HMS")."""
        return {str(k): str(v) for k, v in self.tables.mapping("equipment/ship_prefixes.yaml").items()}

    def role(self, sentence: Sentence, head: Token) -> tuple[RoleNoun, int] | None:
        """The role noun that ends at the head, and the token where it starts."""
        unlike = head.lemma in self._like_roles and (self._traded_plane(sentence, head) or self._battery_of(sentence, head))
        if unlike:
            return None
        return longest(self.roles, sentence, head) or self._owned_force(sentence, head)

    def _owned_force(self, sentence: Sentence, head: Token) -> tuple[RoleNoun, int] | None:
        """ "an Afghan force", "a NATO force": with a name before it, what acts is no force of nature."""
        if head.lower not in self.words("owned_forces") or not head.dep.startswith(("nsubj", "obl:agent")):
            return None
        named = [k for k in sentence.kids(head, "amod", "compound") if k.text[:1].isupper() and k.i > 0 and k.i < head.i]
        return (self.roles["security force"], head.i) if named else None

    def gear(self, sentence: Sentence, head: Token) -> tuple[EquipmentNoun, int] | None:
        """The equipment noun that ends at the head, and the token where it starts."""
        if head.lemma in self._like_roles:
            if self._traded_plane(sentence, head):
                return EquipmentNoun(head.lemma, "aircraft", frozenset({"platform"})), head.i
            if battery := self._battery_of(sentence, head):
                return battery, head.i
        return longest(self.equipment, sentence, head) or self._listed_aid(sentence, head)

    def _listed_aid(self, sentence: Sentence, head: Token) -> tuple[EquipmentNoun, int] | None:
        """ "military, humanitarian and political assistance": what it is first; further on in a list it hardly is arms."""
        if head.lemma not in self._aid_nouns:
            return None
        listed = [kid for kid in sentence.kids(head, "amod", "compound") if sentence.kids(kid, "conj")]
        told = ((self.equipment.get(f"{kid.lower} {head.lemma}"), kid.i) for kid in listed)
        return next(((found, at) for found, at in told if found is not None), None)

    @cached_property
    def _aid_nouns(self) -> frozenset[str]:
        """The nouns that end the names of military aid."""
        return frozenset(name.split()[-1] for name, noun in self.equipment.items() if " " in name and "aid" in noun.flags)

    @cached_property
    def _like_roles(self) -> frozenset[str]:
        """Nouns for men or units that may be those of weapons ("fighter", "battery")."""
        return self.words("plane_words") | self.words("battery_nouns")

    def _battery_of(self, sentence: Sentence, head: Token) -> EquipmentNoun | None:
        """ "lent it a battery of surface-to-air missiles": the weapons of which there are so many batteries."""
        above = sentence.parent(head)
        if head.lemma not in self.words("battery_nouns") or above is None:
            return None
        if above.lemma not in self.words("trading_verbs") | self.words("parting_verbs"):
            return None
        for kid in sentence.kids(head, "nmod"):
            found = longest(self.equipment, sentence, kid)
            if found and any(c.lower == "of" for c in sentence.kids(kid, "case")):
                return found[0]
        return None

    def _traded_plane(self, sentence: Sentence, head: Token) -> bool:
        """ "bought 24 fighters", "a contract for 40 fighters": what is bought and sold are aircraft, not men."""
        if head.lemma not in self.words("plane_words") or sentence.kids(head, "compound", "amod"):
            return False
        above = sentence.parent(head)
        if above is None:
            return False
        bought = head.dep in ("obj", "nsubj:pass") and above.lemma in self.words("trading_verbs")
        return bought or (head.dep == "nmod" and above.lemma in self.words("trading_nouns"))

    def noun_types(self, sentence: Sentence, head: Token) -> frozenset[str]:
        """Semantic types of the longest entry that ends at the head, and of one behind it ("letter of intent")."""
        tokens, behind, whole = sentence.tokens, head.i + 1, _NO_TYPES
        if behind + 1 < len(tokens) and tokens[behind].lower == "of":
            whole = self.types.get(f"{head.lemma} of {tokens[behind + 1].lower}", _NO_TYPES)
        found = longest(self.types, sentence, head)
        if found is None or whole:
            return whole | (found[0] if found else _NO_TYPES)
        return self.types["gunfire"] if found[1] == head.i and self._is_gunfire(sentence, head) else found[0]

    def _is_gunfire(self, sentence: Sentence, head: Token) -> bool:
        """ "opened fire", "returned fire": nothing burns."""
        verb = sentence.parent(head) if head.lower == "fire" and head.dep in ("obj", "obl") else None
        return verb is not None and verb.lemma in self.words("gunfire_verbs")


def letters(name: str) -> str:
    """A name by its letters: spellings differ in apostrophes, hyphens, blanks."""
    return "".join(c for c in fold(name).lower() if c.isalpha())


def alike(one: str | None, two: str) -> bool:
    """Whether two names of a province are one but for words ("Maidan Wardak", "Wardak"), or the first is not known."""
    first, second = letters(one or ""), letters(two)
    return first in second or second in first
