"""Whose a phrase is: the parties that its adjectives, possessors and "of" phrases name.

In: a sentence and the token that heads a phrase. Out: the parties it belongs to; "Russian and Chinese troops" has two.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.language.lexicon import Lexicon
from tocsin.language.phrases.entities import Entity, MaterielRef, Resolver, as_party, party_of
from tocsin.language.phrases.noun_phrases import NounPhrases, case_of
from tocsin.language.phrases.pronouns import Pronouns
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party


def of_a_people(sentence: Sentence, token: Token, lexicon: Lexicon) -> bool:
    """Whether a nationality names a people, not the state: "ethnic Albanians" live in another's land."""
    return token.i > 0 and sentence.tokens[token.i - 1].lower in lexicon.words("people_adjectives")


class Owners:
    """Finds the owners of the phrases of one article."""

    def __init__(
        self, sentences: Sequence[Sentence], phrases: NounPhrases, pronouns: Pronouns, resolver: Resolver
    ) -> None:
        self.sentences = sentences
        self.phrases = phrases
        self.text = phrases.text
        self.lexicon = phrases.lexicon
        self.pronouns = pronouns
        self.resolver = resolver

    def each_owner(self, sentence: Sentence, head: Token, kind: str, sector: str | None) -> tuple[Party, ...]:
        """One party for each country (or group) that the phrase's modifiers name; else none."""
        start, end = self.phrases.span(sentence, head)
        words = self.text[start:end]
        parties: dict[str, Party] = {}
        for owner in self.owner_parties(sentence, head):
            key = owner.id or owner.name
            kind_here: str
            if owner.kind in ("armed_group", "igo") and kind not in ("person",):
                kind_here, identifier, name = owner.kind, owner.id, owner.name
            else:
                kind_here, identifier, name = kind, None, composed(words, owner.name)
            parties.setdefault(
                key,
                Party(
                    start=start,
                    end=end,
                    text=words,
                    name=name,
                    kind=kind_here,
                    country=owner.country,
                    sector=_sector(owner, kind, sector),
                    id=identifier,
                ),
            )
        return tuple(parties.values())

    def flag(self, sentence: Sentence, head: Token, gear: MaterielRef) -> tuple[Party, ...]:
        """Whose a ship is by the prefix of its name: "the carrier USS Nimitz"."""
        named = [k.text for k in sentence.kids(head, "appos", "flat")]  # "the frigate HMCS Halifax"
        prefix = next((w for w in [*gear.text.split(), *named] if w in self.lexicon.ship_prefixes), None)
        if prefix is None:
            return ()
        start, end = self.phrases.span(sentence, head)
        words = self.text[start:end]
        country = self.lexicon.ship_prefixes[prefix]
        return (
            Party(start=start, end=end, text=words, name=words, kind="military", country=country, sector="MIL", id=None),
        )

    def owners(self, sentence: Sentence, head: Token) -> list[Party]:
        """The parties that the modifiers of a phrase name as its owner or author."""
        by = [k for k in sentence.kids(head, "nmod") if case_of(sentence, k) in self.lexicon.words("author_prepositions")]
        return self.owner_parties(sentence, head) or [p for k in by for p in self.resolver.entity(sentence, k).parties]

    def owner_parties(self, sentence: Sentence, head: Token, depth: int = 0) -> list[Party]:
        """Parties named by the modifiers of a phrase, nearest kind first: adjectives, possessors, "of" phrases."""
        if depth > 3:
            return []
        return (
            self._owners_before(sentence, head, depth)
            or self._owners_behind(sentence, head, depth)
            or self._seat(sentence, head)
            or self._shared(sentence, head, depth)
        )

    def _owners_before(self, sentence: Sentence, head: Token, depth: int) -> list[Party]:
        """Owners that adjectives, nouns and possessors before the head name."""
        left = [
            k
            for k in sentence.kids(
                head, "amod", "compound", "nmod:poss", "nmod", "obl:npmod", "nummod", "flat", "appos"
            )
            if k.i < head.i or k.dep == "flat"
        ]
        left = [k for k in left if not of_a_people(sentence, k, self.lexicon)]
        found: list[Party] = []
        if head.lemma in self.lexicon.words("relational"):  # "our partners" are not us
            left = [k for k in left if k.dep not in ("nmod:poss", "nmod")]
        backing = self.lexicon.words("backing_participles")
        # "an Iranian-backed militia", "a pro-Iranian militia"
        left = [k for k in left if not {k.lower, k.lower.split("-")[0], k.lower.rsplit("-", 1)[-1]} & backing]
        if "meeting" in self.phrases.noun_types(sentence, head):
            left = [k for k in left if not self._seat_of_state(sentence, k)]
        linking = self.lexicon.words("linking_participles")
        linked = [k for k in left if k.lower in linking]
        for kids in ([k for k in left if k.lower not in linking], linked):  # "an al-Qaida-linked Taliban leader": a Taliban
            for kid in kids if not found else ():
                names = ("conj", "compound", "amod", "obl:npmod") if kid in linked else ("conj", "compound", "amod")
                for member in [kid, *sentence.kids(kid, *names)]:
                    found += self._owner_of(sentence, member, depth)
        if head.tag == "NN" and head.lemma in self.lexicon.words("member_nouns"):
            found = [p for p in found if p.kind != "igo"]  # "the OPEC member" is a state, not the body
        return found

    def _seat_of_state(self, sentence: Sentence, token: Token) -> bool:
        """ "the Cairo summit": where it was, not whose it is."""
        mention = self.phrases.mention(sentence, token)
        name = mention.party if mention is not None else None
        return token.dep == "compound" and name is not None and name.sort == "metonym"

    def _owners_behind(self, sentence: Sentence, head: Token, depth: int) -> list[Party]:
        """Owners that the first "of" phrase or apposition behind the head names."""
        found: list[Party] = []
        relational = head.lemma in self.lexicon.words("relational")
        for kid in sentence.kids(head, "nmod", "appos"):
            if kid.pos == "PRON" or (relational and case_of(sentence, kid) != "from"):
                continue
            if kid.dep == "appos" and sentence.kids(kid, "advmod"):
                continue  # "the regime and its backers, notably Russia"
            beside = sentence.kids(kid, "amod", "compound")
            if kid.dep == "appos" and any(self.lexicon.calls_former(k.lower) for k in beside):
                continue  # "N, a former official of the United Nations": whom he serves now is not told
            if case_of(sentence, kid) == "from" and self._leaving(sentence, head):
                continue  # "the withdrawal of troops from Mali": not Mali's troops
            if case_of(sentence, kid) == "for" and head.lemma.lower() in self.lexicon.words("portfolio_nouns"):
                deeper = [t for t in sentence.subtree(kid) if t.dep == "nmod" and case_of(sentence, t) == "of"]
                found = next((f for t in deeper if (f := self._owner_of(sentence, t, depth))), found)
                continue  # "the minister for Europe of Austria": what he is for, not whom he serves
            serves = head.lemma.lower() in self.lexicon.words("serving_nouns") and case_of(sentence, kid) == "to"
            if kid.i > head.i and (
                serves or kid.dep == "appos" or case_of(sentence, kid) in self.lexicon.words("owner_prepositions")
            ):
                for member in [kid, *sentence.kids(kid, "conj")]:
                    found += self._owner_of(sentence, member, depth)
                if found:
                    return found
        return found

    def _shared(self, sentence: Sentence, head: Token, depth: int) -> list[Party]:
        """ "the president, prime minister and foreign minister of X": titles in a row are of the state named last."""
        first = sentence.tokens[head.head] if head.dep == "conj" else head
        row = [k for k in sentence.kids(first, "conj") if k.i > head.i]
        titles = [head, *row]
        roles = [self.lexicon.role(sentence, t) for t in titles]
        if not row or any(r is None or r[0].kind != "person" or t.tag != "NN" for r, t in zip(roles, titles, strict=True)):
            return []
        if any(sentence.kids(t, "det", "nmod:poss") for t in row):
            return []
        return self._owners_behind(sentence, row[-1], depth)

    def _seat(self, sentence: Sentence, head: Token) -> list[Party]:
        """ "the defence ministry in Madrid", "officials in Tokyo": a body belongs to the state whose seat it is in."""
        if head.lemma not in self.lexicon.words("seated_nouns"):
            return []
        for kid in sentence.kids(head, "nmod"):
            mention = self.phrases.mention(sentence, kid)
            seat = mention.party if mention is not None and case_of(sentence, kid) == "in" else None
            if mention is not None and seat is not None and seat.sort == "metonym":
                return [party_of(seat, mention.start, mention.end, mention.text)]
        return []

    def _leaving(self, sentence: Sentence, token: Token) -> bool:
        """Whether a phrase is what leaves or is taken away."""
        above = sentence.parent(token)
        while above is not None and token.dep == "conj":
            token, above = above, sentence.parent(above)
        if above is not None and above.lemma == "take" and token.dep == "nsubj":
            return False  # "soldiers from X took part"
        return above is not None and above.lemma in self.lexicon.words("leaving_words")

    def _owner_of(self, sentence: Sentence, token: Token, depth: int) -> list[Party]:
        mention = self.phrases.mention(sentence, token)
        if mention is not None and mention.party is not None:
            if mention.party.row.get("status") == "historical" and self._once(sentence, token):
                return []  # "a former Soviet republic" is no Soviet Union
            parties = [party_of(n, mention.start, mention.end, mention.text) for n in mention.parties]
            return [p for p in parties if p.country or p.kind in ("armed_group", "igo")]
        if mention is not None and mention.place is not None and mention.place.country:
            place = mention.place
            return [as_party(mention, "state", name=place.name, country=place.country)]
        if token.lower == "whose":
            return self._antecedent(sentence, token)
        if token.pos == "PRON" or token.dep == "nmod:poss":
            entity = self.resolver.settled(sentence, token)
            if entity is not None and entity.parties:
                return [p for p in entity.parties if p.country or p.kind in ("armed_group", "igo")]
            if token.pos == "PRON":
                return list(self.pronouns.stands_for(sentence, token))
        counted = {k.lower for k in sentence.kids(token, "det", "nummod", "det:predet")} & set(self.lexicon.group_sizes)
        if counted and token.tag == "NNS" and token.lemma in self.lexicon.words("state_nouns"):  # "of both countries"
            return list(self.resolver.entity(sentence, token).parties)
        return self.owner_parties(sentence, token, depth + 1)

    def _once(self, sentence: Sentence, token: Token) -> bool:
        """Whether what a token belongs to is called a former one."""
        above = sentence.parent(token)
        words = sentence.kids(token, "amod", "advmod") + (sentence.kids(above, "amod", "compound") if above else [])
        return any(k.lower in self.lexicon.former for k in words)

    def _antecedent(self, sentence: Sentence, token: Token) -> list[Party]:
        """ "Canada, whose government …": the parties of the noun that the relative clause hangs from."""
        current: Token | None = token
        while current is not None and current.dep != "acl:relcl":
            current = sentence.parent(current)
        noun = sentence.parent(current) if current is not None else None
        if noun is None:
            return []
        return [p for p in self.resolver.entity(sentence, noun).parties if p.country or p.kind in ("armed_group", "igo")]

    def belonging(self, entity: Entity, located: bool = True) -> list[Party]:
        """Whose a thing is: its owners ("SDF positions"), else the state where it stands ("oil fields in Kuwait")."""
        sentence = self.sentences[entity.sentence]
        head = sentence.tokens[entity.head]
        owners = self.each_owner(sentence, head, "population", None)
        for kid in sentence.kids(head, "acl") if not owners else []:  # "facilities belonging to X"
            for phrase in sentence.kids(kid, "obl", "obl:agent") if kid.lemma in self.lexicon.words("owning_verbs") else []:
                owners = owners or self.resolver.entity(sentence, phrase).parties
        if owners or not located:
            return list(owners)
        return [as_party(entity, "population", country=country) for country in self.located(entity)[:1]]

    def located(self, entity: Entity) -> list[str]:
        """The countries where a thing or people are told to be ("firms in China and Turkey", "a Dubai-based firm")."""
        sentence = self.sentences[entity.sentence]
        head = sentence.tokens[entity.head]
        verb = sentence.parent(head)
        behind = [k for k in sentence.kids(verb, "obl") if k.i > head.i] if verb is not None and head.dep == "obj" else []
        near = [k for k in behind[:1] if min(t.i for t in sentence.subtree(k)) == head.i + 1]  # "blacklisted firms in X"
        inner = [k for k in sentence.kids(head, "nmod") if case_of(sentence, k) == "of"]  # "a network of firms in X"
        for base in sentence.kids(head, "amod", "acl"):
            if base.lower == "based":
                near = [*sentence.kids(base, "compound", "obl"), *near]
        found = self._soils(sentence, [*sentence.kids(head, "nmod"), *near], based=True)
        return found or self._soils(sentence, [k for i in inner for k in sentence.kids(i, "nmod")])

    def seated(self, sentence: Sentence, head: Token) -> Party | None:
        """ "the junta in Niger", "the authorities in Minsk": those who govern there; nobody's where more states are told."""
        where = [k for k in sentence.kids(head, "nmod") if case_of(sentence, k) == "in" and k.pos == "PROPN"]
        states = [p for k in where for p in self.resolver.entity(sentence, k).parties if p.country and p.kind == "state"]
        return states[0] if len({p.country for p in states}) == 1 else None

    def _soils(self, sentence: Sentence, phrases: list[Token], based: bool = False) -> list[str]:
        """The countries of the places among phrases that say where something is."""
        locative = self.lexicon.words("locative")
        found: list[str] = []
        for kid in phrases:
            if case_of(sentence, kid) in locative or (based and sentence.tokens[kid.head].lower == "based"):
                here = [e.place.country for e in self.resolver.entities(sentence, kid) if e.place and e.place.country]
                between = case_of(sentence, kid) == "between" and len(set(here)) > 1
                found += [] if between else here  # "districts between X and Y" are of neither
        return found


def _sector(owner: Party, kind: str, sector: str | None) -> str | None:
    """The sector of somebody's person: who speaks for it is of its sector, a rebels' commander is no soldier."""
    if kind == "person" and owner.kind == "armed_group":
        return owner.sector
    return sector or (owner.sector if kind == "person" else None)


def composed(words: str, owner: str) -> str:
    """The name of somebody told by a description and by whose he is: "the ministry (Germany)"."""
    return words if owner in words else f"{words} ({owner})"
