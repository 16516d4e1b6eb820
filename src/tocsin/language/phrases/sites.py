"""Which place a noun phrase names: a town or state by its name, a region, base or border by its description.

In: a sentence, the token that heads a phrase, its name mention and parties. Out: the place, or None.
"""

from __future__ import annotations

from tocsin.knowledge.names import Name
from tocsin.language.lexicon import alike, letters
from tocsin.language.names.mentions import NameMention
from tocsin.language.phrases.entities import PlaceRef, place_of
from tocsin.language.phrases.noun_phrases import NounPhrases, case_of
from tocsin.language.phrases.owners import Owners
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
            described = (
                self._part_of_province(sentence, head)
                or self._district(sentence, head)
                or self._described_place(sentence, head)
            )
            if described is not None:
                return described
        if is_place or self.phrases.noun_types(sentence, head) & {"base", "building"}:
            inner = self._inner_place(sentence, head, frozenset({"on"} if border else ()), owned=not is_place)
            if inner is not None:
                return inner
        if border and "border" in self.phrases.noun_types(sentence, head):
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

    def _inner_place(self, sentence: Sentence, head: Token, barred: frozenset[str], *, owned: bool) -> PlaceRef | None:
        """ "an air base near Konya", "the port of Odesa": a site stands where its own phrase says, but "the border on
        Lebanon" is not in Lebanon (``barred`` prepositions), nor are "embassies of X in Y" in X (``owned``)."""
        for kid in sentence.kids(head, "nmod"):
            case = case_of(sentence, kid)
            if case in self.lexicon.words("locative") - barred:
                mention = self.phrases.mention(sentence, kid)
                named = self._named_place(mention) if mention is not None else None
                bounds = case == "between" or (owned and case == "of")  # "districts between X and Y" are of neither
                if named is not None and not (bounds and named.precision == "country"):
                    return named
        return None

    def _part_of_province(self, sentence: Sentence, head: Token) -> PlaceRef | None:
        """ "Kalehe territory, South Kivu province": a part of the province named behind it, though no table knows it, or
        only as something elsewhere. A town of that province by the same name stands for it."""
        precision = self.lexicon.province_parts.get(head.lemma)
        province = self._province_behind(sentence, head)
        if precision is None or province is None:
            return None
        names, inside = self._proper_before(sentence, head), self.lexicon.province_name(province.name)
        if not names:
            return None
        known = self._known(sentence, names)
        if known is not None and known.country == province.country and alike(known.row.get("admin1"), inside):
            return None
        start, end = names[0].start, head.end
        words = self.text[start:end]
        return PlaceRef(start, end, words, words, province.country, precision, inside)

    def _district(self, sentence: Sentence, head: Token) -> PlaceRef | None:
        """ "Orgun district", with no province behind it: one whose name belongs to a single province of a country that the
        article names."""
        names = self._proper_before(sentence, head)
        if self.lexicon.province_parts.get(head.lemma) != "district" or not names:
            return None
        found = self.lexicon.districts.get(letters(self.text[names[0].start : names[-1].end]))
        known = self._known(sentence, names)
        if found is None or (known is not None and known.row.get("admin1")) or found[0] not in self.phrases.countries:
            return None
        start, end = names[0].start, head.end
        words = self.text[start:end]
        return PlaceRef(start, end, words, words, found[0], "district", found[1])

    def _proper_before(self, sentence: Sentence, head: Token) -> list[Token]:
        """The capital words of a phrase before its head."""
        return [t for t in sentence.tokens[self.phrases.extent(sentence, head)[0] : head.i] if t.pos == "PROPN"]

    def _known(self, sentence: Sentence, names: list[Token]) -> Name | None:
        """The place of the tables that these words are the whole name of."""
        known = self.phrases.mention(sentence, names[0])
        whole = known is not None and (known.first, known.last) == (names[0].i, names[-1].i)
        return known.place if whole and known is not None else None

    def _province_behind(self, sentence: Sentence, head: Token) -> Name | None:
        """The province that a comma, "of" or "in" adds to a phrase."""
        after = sentence.tokens[head.i + 1 : head.i + 4]
        if len(after) < 2 or after[0].lower not in self.lexicon.words("province_joints"):
            return None
        first = after[2] if after[1].lower == "the" and len(after) > 2 else after[1]
        mention = self.phrases.mention(sentence, first)
        place = mention.place if mention is not None and mention.first == first.i else None
        return place if place is not None and place.sector == "province" else None

    def _described_place(self, sentence: Sentence, head: Token) -> PlaceRef | None:
        """ "the Armenian town of Gyumri", "the Libyan coast": the name given with it, else a part of the owner's country."""
        for kid in sentence.kids(head, "nmod", "appos", "compound", "flat"):
            mention = self.phrases.mention(sentence, kid)
            if mention is not None and mention.place is not None and mention.place.sector == "sea" and kid.i < head.i:
                continue  # "the Red Sea port of Mokha"
            if (
                mention is not None
                and mention.place is not None
                and (kid.dep != "nmod" or case_of(sentence, kid) == "of")
            ):
                return self._named_place(mention)  # "the Liptako region of Mali": the state before any town
        owners = [p for p in self.owners.owner_parties(sentence, head) if p.country and p.country != "IGO"]
        if not owners:
            return None
        start, end = self.phrases.span(sentence, head)
        words = self.text[start:end]
        return PlaceRef(start, end, words, words, owners[0].country, "region")
