"""What kinds of thing a noun phrase is: the semantic types that frames ask for.

In: a sentence, the token that heads a phrase and what was found of it. Out: a set of types.
"""

from __future__ import annotations

from tocsin.language.lexicon import RoleNoun
from tocsin.language.names.mentions import NameMention
from tocsin.language.numbers.amounts import Number
from tocsin.language.phrases.entities import MaterielRef
from tocsin.language.phrases.gear import GearFinder
from tocsin.language.phrases.noun_phrases import NounPhrases, case_of
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party

_CIVIL = frozenset({"civil_body", "vague_body"})
NO_LAND = frozenset({"company", "civil_matter", "civil_body", "crime", "sport"})  # what the name of a place never is
_PRIVATE = frozenset({"company", "ngo", "media", "population"})


class Kinds:
    """Tells the types of the phrases of one article."""

    def __init__(self, phrases: NounPhrases, gear: GearFinder) -> None:
        self.phrases = phrases
        self.lexicon = phrases.lexicon
        self.gear = gear

    def types(
        self,
        sentence: Sentence,
        head: Token,
        parties: tuple[Party, ...],
        gear: MaterielRef | None,
        found: tuple[RoleNoun, int] | None,
        mention: NameMention | None,
        number: Number | None,
    ) -> frozenset[str]:
        """All types of a phrase. Later kinds may take a type of earlier ones away."""
        named = mention is not None and mention.names_land  # "the West Bank" is no bank
        types = set(self.phrases.noun_types(sentence, self._one(sentence, head))) - (NO_LAND if named else frozenset())
        types |= self._of_parties(sentence, head, parties, found, mention)
        types |= self._of_words(sentence, head, number)
        if "weapon_fire" in types:
            types.discard("accident")  # "sniper fire" burns nothing down
        if found is None and gear is None and self._named_for_rebels(sentence, head):
            types.add("of_rebels")
        if any(_official(p) for p in parties):
            types.add("official")
        if self._speaks_for_state(sentence, head, parties, mention):
            types = types - {"media"} | {"state_media"}
        if head.children:
            types |= self._of_modifiers(sentence, head)
        if parties and head.lower in self.lexicon.words("own_voices"):
            types.add("own_voice")
        if gear is not None:
            types |= self._of_gear(sentence, head, gear)
        types |= self._of_name(mention)
        if mention is None and "igo" in types:  # "the bloc" that is the EU is what "the EU" is
            types |= {t for p in parties for t in self.lexicon.types.get(p.name.lower(), ()) if t in _CIVIL}
        if gear is not None and gear.designation:
            types -= {"weak"}
            known = self.lexicon.family_flags(gear.family)
            types = types - {"bullet_like", "bomb_device"} if known else types  # "KN-25 rockets"
            types |= self.lexicon.class_flags(gear.class_) | known
        return frozenset(types)

    def _of_modifiers(self, sentence: Sentence, head: Token) -> set[str]:
        """What phrases behind it and adjectives before it make of a phrase."""
        types: set[str] = set()
        if any(case_of(sentence, k) in self.lexicon.words("locative") for k in sentence.kids(head, "nmod")):
            types.add("located")
        if any(k.lower in self.lexicon.words("graded_adjectives") for k in sentence.kids(head, "amod")):
            types.add("graded")  # "closer ties" are there already
        return types

    def _of_parties(
        self,
        sentence: Sentence,
        head: Token,
        parties: tuple[Party, ...],
        found: tuple[RoleNoun, int] | None,
        mention: NameMention | None,
    ) -> set[str]:
        """What its parties and its role noun make of a phrase."""
        types: set[str] = set()
        if head.pos == "NUM" and not parties:
            beside = [k for k in sentence.kids(head, "nmod") if k.lower not in ("least", "most")]  # "at least nine"
            types |= set() if beside else {"number"}
        if parties:
            types |= {"party"} | {p.kind for p in parties}
        if found is not None:
            types |= {found[0].kind, found[0].group, "role"}
            if any(self.lexicon.calls_former(k.lower) for k in sentence.kids(head, "amod", "compound")):
                types.add("former")
            if found[0].kind == "military":
                types.add("force")
            if found[0].kind == "person" and self._of_rebels(sentence, head, found[0]):
                types.add("rebel_person")
        if mention is not None and parties and parties[0].kind == "person":  # "former president N"
            left, right = self.phrases.extent(sentence, head)
            if any(self._calls_former(sentence, t) for t in sentence.tokens[left:right]):
                types.add("former")
        if found is None and parties and parties[0].kind == "person" and self._titled_rebel(sentence, head):
            types.add("rebel_person")
        if parties and parties[0].kind == "person" and self._speaks(sentence, head):
            types.add("spokesperson")
        if parties and parties[0].kind == "person" and head.pos == "PROPN":  # "the Italian ambassador NAME" is an envoy
            titles = (self.phrases.noun_types(sentence, k) for k in sentence.kids(head, "compound"))
            types |= {t for of in titles for t in of} & self.lexicon.words("title_types")
        return types

    def _speaks(self, sentence: Sentence, head: Token) -> bool:
        """ "Poland's foreign ministry spokesman N": the title of a name says that he speaks for it; not for a firm, the
        police."""
        for kid in sentence.kids(head, "compound", "appos", "flat", "nmod"):
            role = self.lexicon.role(sentence, kid)
            if role is None or role[0].group != "spokesperson" or role[0].sector == "COP":
                continue
            whose = [self.lexicon.role(sentence, k) for k in sentence.kids(kid, "compound", "nmod")]
            return not any(w is not None and w[0].kind in _PRIVATE for w in whose)
        return False

    def _of_rebels(self, sentence: Sentence, head: Token, role: RoleNoun) -> bool:
        """Whether a person is of an armed group: "a rebel leader", "a Taliban financier", "a commander of the Taliban"."""
        kids = sentence.kids(head, "compound", "amod", "nmod", "nmod:poss")
        named = [m.party for k in kids if (m := self.phrases.mention(sentence, k)) is not None and m.party is not None]
        told = [self.lexicon.role(sentence, k) for k in kids]
        return role.sector == "REB" or any(p.sort == "armed_group" for p in named) or any(
            r is not None and r[0].kind == "armed_group" for r in told
        )

    def _titled_rebel(self, sentence: Sentence, head: Token) -> bool:
        """ "Taliban leader NAME": by the title before the name."""
        before = [k for k in sentence.kids(head, "compound", "flat", "nmod") if k.i < head.i]
        titles = [(k, self.lexicon.role(sentence, k)) for k in before]
        whose = [k for t in (head, *(k for k, _ in titles)) for k in sentence.kids(t, "compound", "amod")]
        named = [self.phrases.mention(sentence, k) for k in whose]
        rebels = any(m is not None and m.party is not None and m.party.sort == "armed_group" for m in named)
        return any(r is not None and (r[0].sector == "REB" or (r[0].kind == "person" and rebels)) for _, r in titles)

    def _named_for_rebels(self, sentence: Sentence, head: Token) -> bool:
        """Whether an unlisted noun is told as an armed group's: "a Taliban forger"."""
        if head.pos != "NOUN":
            return False
        named = [self.phrases.mention(sentence, k) for k in sentence.kids(head, "compound", "amod")]
        return any(m is not None and m.party is not None and m.party.sort == "armed_group" for m in named)

    def _of_words(self, sentence: Sentence, head: Token, number: Number | None) -> set[str]:
        """What its number, its determiner and the words of its name make of a phrase."""
        types: set[str] = set()
        if number is not None and (number.min, number.max) not in ((1, 1), (None, None)):
            types.add("counted")
        if number is not None and (number.min, number.max) == (1, 1) and head.tag in ("NN", "NNP"):
            types.add("single")
        determiner = {k.lower for k in sentence.kids(head, "det")} if head.tag in ("NN", "NNP") else set()
        if determiner & self.lexicon.words("single_determiners"):
            types.add("single")
        if head.lower in self.lexicon.words("pronouns_thing"):
            types.add("thing_pronoun")
        if head.pos == "PROPN" and self._named_base(sentence, head):
            types.add("base")
        return types

    def _named_base(self, sentence: Sentence, head: Token) -> bool:
        """Whether the first or last word of a name says that it is a base's."""
        first = sentence.tokens[min([head.i, *(k.i for k in sentence.kids(head, "compound"))])]
        words = self.lexicon.words
        return first.text in words("base_names_first") or head.text in words("base_names_last")

    def _of_gear(self, sentence: Sentence, head: Token, gear: MaterielRef) -> set[str]:
        """What its equipment makes of a phrase."""
        strong = "weak" not in gear.flags or gear.designation or self.gear.military(sentence, head)
        types = ({"materiel", gear.class_} if strong else {"weak"}) | gear.flags
        if gear.class_ == "ship" and not strong:
            types.add("civil_ship")
        totals = self.lexicon.words("total_words")
        if any(k.lower in totals for k in sentence.kids(head, "amod", "det")):
            types.add("running_total")
        return types

    def _of_name(self, mention: NameMention | None) -> set[str]:
        """What its name makes of a phrase."""
        types: set[str] = set()
        if mention is None:
            return types
        if mention.party is not None and mention.party.sort == "military":
            types.add("force")
        if mention.last > mention.first:  # a name of several words ends elsewhere than at its head
            types |= self.lexicon.types.get(mention.text.lower(), frozenset())
        if mention.place is not None:
            types |= {mention.place.row.get("precision") or "town", "place", mention.place.row.get("kind") or "town"}
        if mention.party is not None and mention.party.sort in ("state", "nationality"):
            types |= {"place", "state"} if mention.party.sort == "state" else {"nationality"}
        return types

    def _speaks_for_state(
        self, sentence: Sentence, head: Token, parties: tuple[Party, ...], mention: NameMention | None
    ) -> bool:
        """A state's own news agency, by name or as "the state news agency" of a country."""
        if not parties or parties[0].kind != "media":
            return False
        if mention is not None and mention.party is not None and mention.head == head.i:
            return bool(mention.party.row.get("state_owned"))
        words = {k.lower for k in sentence.kids(head, "amod", "compound")}
        return parties[0].country is not None and bool(words & self.lexicon.words("state_media_words"))

    def _calls_former(self, sentence: Sentence, token: Token) -> bool:
        """Whether a word says that an office is no longer held; "A, then President B" only goes on with the list."""
        in_list = token.dep == "advmod" and token.i > 0 and sentence.tokens[token.i - 1].text in (",", "and")
        return self.lexicon.calls_former(token.lower) and not in_list

    def _one(self, sentence: Sentence, head: Token) -> Token:
        """ "reports of a base … to open one": the noun with "a" before it that "one" stands for; else the token itself."""
        if head.lower != "one" or head.dep != "obj" or sentence.kids(head, "nmod"):
            return head
        before = [t for t in sentence.tokens[: head.i] if t.pos == "NOUN" and self._indefinite(sentence, t)]
        return before[-1] if before else head

    def _indefinite(self, sentence: Sentence, token: Token) -> bool:
        """Whether "a" or "an" stands on a noun."""
        return any(k.lower in self.lexicon.words("articles") for k in sentence.kids(token, "det"))


def _official(party: Party) -> bool:
    """A person who acts for a state or body: known by name, or with an office."""
    return party.kind == "person" and (
        party.id is not None or party.sector in ("GOV", "MIL", "LEG", "SPY", "JUD", "IGO")
    )
