"""Which place a noun phrase names: a town or state by its name, a region, base or border by its description.

In: a sentence, the token that heads a phrase, its name mention and parties. Out: the place, or None.
"""

from __future__ import annotations

from tocsin.language.entities import PlaceRef, place_of
from tocsin.language.mentions import NameMention
from tocsin.language.noun_phrases import NounPhrases, case_of
from tocsin.language.owners import Owners
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party


class SiteFinder:
    """Finds the places of the phrases of one article."""

    def __init__(self, phrases: NounPhrases, owners: Owners) -> None:
        self.phrases = phrases
        self.text = phrases.text
        self.lexicon = phrases.lexicon
        self.owners = owners

    def place(
        self, sentence: Sentence, head: Token, mention: NameMention | None, parties: tuple[Party, ...]
    ) -> PlaceRef | None:
        """The place of a phrase: its name's, else the one that it describes."""
        if mention is not None and mention.head == head.i:
            named = self._named_place(mention)
            if named is not None:
                return named
        border = head.lemma in self.lexicon.words("border_nouns")
        is_place = head.lemma in self.lexicon.words("place_nouns")
        if is_place and not border:
            described = self._described_place(sentence, head)
            if described is not None:
                return described
        if self.lexicon.noun_types(sentence, head) & {"base", "building"} or is_place:
            inner = self._inner_place(sentence, head, frozenset({"on"} if border else ()))
            if inner is not None:
                return inner
        if "border" in self.lexicon.noun_types(sentence, head) and border:
            return self._border(sentence, head)
        if parties and parties[0].kind == "state" and (head.pos == "PRON" or self.phrases.definite(sentence, head)):
            start, end = self.phrases.span(sentence, head)
            return PlaceRef(start, end, self.text[start:end], parties[0].name, parties[0].country, "country")
        return None

    def _named_place(self, mention: NameMention) -> PlaceRef | None:
        if mention.party is not None and mention.party.sort == "state":  # Lebanon is the state before any town
            return place_of(mention.party, mention.start, mention.end, mention.text)
        if mention.place is not None:
            return place_of(mention.place, mention.start, mention.end, mention.text)
        return None

    def _border(self, sentence: Sentence, head: Token) -> PlaceRef | None:
        """ "the Afghan border": a line with two sides, in no state unless one alone is named."""
        start, end = self.phrases.span(sentence, head)
        owners = self.owners.owner_parties(sentence, head)
        if not owners:
            return None
        words = self.text[start:end]
        return PlaceRef(start, end, words, words, owners[0].country if len(owners) == 1 else None, "border")

    def _inner_place(self, sentence: Sentence, head: Token, barred: frozenset[str]) -> PlaceRef | None:
        """ "an air base near Konya", "the range in the Astrakhan Region": a site stands where its own phrase says, but
        "the border on Lebanon" is not in Lebanon (``barred`` prepositions)."""
        for kid in sentence.kids(head, "nmod"):
            if case_of(sentence, kid) in self.lexicon.words("locative") - barred:
                mention = self.phrases.mention(sentence, kid)
                named = self._named_place(mention) if mention is not None else None
                if named is not None:
                    return named
        return None

    def _described_place(self, sentence: Sentence, head: Token) -> PlaceRef | None:
        """ "the Armenian town of Gyumri", "the Libyan coast": the name given with it, else a part of the owner's country."""
        for kid in sentence.kids(head, "nmod", "appos", "compound", "flat"):
            mention = self.phrases.mention(sentence, kid)
            if (
                mention is not None
                and mention.place is not None
                and (kid.dep != "nmod" or case_of(sentence, kid) == "of")
            ):
                return place_of(mention.place, mention.start, mention.end, mention.text)
        owners = [p for p in self.owners.owner_parties(sentence, head) if p.country and p.country != "IGO"]
        if not owners:
            return None
        start, end = self.phrases.span(sentence, head)
        words = self.text[start:end]
        return PlaceRef(start, end, words, words, owners[0].country, "region")
