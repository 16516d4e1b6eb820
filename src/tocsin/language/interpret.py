"""The interpreter: walks the sentences of an article in order and says what each noun phrase stands for.

In: sentences, name mentions, numbers. Out: one ``Entity`` for every nominal token. What later phrases refer to ("the
ministry", "it", a bare surname) is settled against the discourse so far; see ``discourse.py``.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.language.discourse import Discourse
from tocsin.language.entities import Entity, MaterielRef, PlaceRef, as_party, party_of, place_of
from tocsin.language.lexicon import EquipmentNoun, Lexicon, RoleNoun
from tocsin.language.mentions import NameMention
from tocsin.language.numbers import Number
from tocsin.language.speakers import label_end
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X", "SYM"})
_LEFT = ("det", "amod", "compound", "nummod", "nmod:poss", "nmod", "obl:npmod", "punct", "flat", "advmod", "case")


class Interpreter:
    """Turns noun phrases of one article into entities, sentence by sentence."""

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        mentions: Sequence[NameMention],
        numbers: Sequence[Number],
        lexicon: Lexicon,
        issuer: Party | None = None,
        quotes: Sequence[tuple[int, int]] = (),
    ) -> None:
        self.text = text
        self.sentences = sentences
        self.lexicon = lexicon
        self.quotes = quotes
        self.discourse = Discourse(text, lexicon, issuer)
        self._mentions: dict[tuple[int, int], NameMention] = {}
        for mention in mentions:
            for i in range(mention.first, mention.last + 1):
                self._mentions[mention.sentence, i] = mention
        self._numbers = sorted(numbers, key=lambda n: n.start)
        self._entities: dict[tuple[int, int], Entity] = {}
        self.labels: dict[int, tuple[Party, ...]] = {}  # paragraph -> who its transcript label names
        people = (m for m in mentions if m.party is not None and m.party.sort == "person")
        self.discourse.expect(party_of(m.party, m.start, m.end, m.text) for m in people if m.party is not None)
        paragraph = -1
        for sentence in sentences:
            if sentence.paragraph != paragraph:
                paragraph = sentence.paragraph
                self._label(sentence)
            for token in sentence:
                if token.pos in _NOMINAL and (sentence.index, token.i) not in self._entities:
                    entity = self._interpret(sentence, token)
                    self._entities[sentence.index, token.i] = entity
                    self.discourse.see(sentence, token, entity)

    def _label(self, sentence: Sentence) -> None:
        """Take the speaker of a transcript from the label that opens the paragraph."""
        end = label_end(self.text, sentence)
        if end is None:
            return
        named = [self.entity(sentence, t) for t in sentence if t.end < end and t.pos in ("PROPN", "NOUN")]
        people = [e.parties for e in named if e.parties and e.parties[0].kind == "person"]
        if people:
            self.labels[sentence.paragraph] = people[-1]
            self.discourse.speaks(people[-1])

    def entity(self, sentence: Sentence, token: Token) -> Entity:
        """What the phrase headed by the token stands for."""
        mention = self.mention(sentence, token)
        if mention is not None and mention.head != token.i:
            token = sentence.tokens[mention.head]
        found = self._entities.get((sentence.index, token.i))
        if found is None:
            found = self._interpret(sentence, token)
            self._entities[sentence.index, token.i] = found
        return found

    def entities(self, sentence: Sentence, token: Token) -> list[Entity]:
        """The phrase and what is coordinated with it, looking through "dozens of"."""
        members = [token, *(c for c in sentence.kids(token, "conj") if c.pos not in ("VERB", "AUX"))]
        return [self.entity(sentence, self.effective(sentence, m)) for m in members]

    def mention(self, sentence: Sentence, token: Token) -> NameMention | None:
        """The name mention that covers a token."""
        return self._mentions.get((sentence.index, token.i))

    def effective(self, sentence: Sentence, token: Token) -> Token:
        """The token that carries the meaning: "soldiers" of "dozens of soldiers"."""
        for _ in range(3):
            transparent = "transparent" in self.lexicon.noun_types(sentence, token) or token.pos == "NUM"
            sum_ = token.pos in ("NUM", "SYM") or self._is_money(token)
            joints = self.lexicon.words("money_joints") if sum_ else frozenset({"of"})
            inner = [k for k in sentence.kids(token, "nmod") if _case(sentence, k) in joints]
            if sum_ and not inner:  # "$800 million in aid" may hang from the number as well as from the sign
                below = [n for n in sentence.kids(token, "nummod", "compound") if n.pos == "NUM"]
                inner = [k for n in below for k in sentence.kids(n, "nmod") if _case(sentence, k) in joints]
            named = [k for k in sentence.kids(token, "appos") if transparent and self._is_party(sentence, k)]
            if named:  # "one of these groups, the SDF,"
                return named[0]
            if not (transparent and inner):
                break
            token = inner[0]
        return token

    def _is_party(self, sentence: Sentence, token: Token) -> bool:
        mention = self.mention(sentence, token)
        return mention is not None and mention.party is not None

    def _is_money(self, token: Token) -> bool:
        """Whether a token belongs to a sum of money."""
        return any(n.start <= token.start < n.end and n.unit is not None and n.unit.isupper() for n in self._numbers)

    def _interpret(self, sentence: Sentence, head: Token) -> Entity:
        mention = self.mention(sentence, head)
        gear = self._materiel(sentence, head, mention)
        role = self.lexicon.role(sentence, head) if gear is None or mention is None else None
        if gear is not None and role is not None and (role[0].kind == "unidentified" or gear.designation):
            role = None  # "bombers", "F-16 fighters" are aircraft where equipment can be meant
        resolved = False
        parties: tuple[Party, ...]
        if mention is not None and mention.party is not None and mention.head == head.i:
            parties = self._named(sentence, head, mention)
        elif role is not None:
            parties, resolved = self._described(sentence, head, role)
        elif head.pos == "PRON" or head.lower in ("both",):
            parties = self._pronoun(sentence, head)
            resolved = bool(parties)
        elif head.pos == "PROPN" and mention is None:
            parties = self._unknown_name(sentence, head)
        elif gear is not None:
            parties = self._owners(sentence, head, "military", "MIL") or self._flag(sentence, head, gear)
            if not parties and self.discourse.issuer is not None and "platform" in gear.flags:
                own = self.discourse.issuer.model_copy(update={"kind": "military", "sector": "MIL", "id": None})
                parties = self.discourse.respan((own,), self._span(sentence, head))
        else:
            parties, resolved = self._referring(sentence, head)
        first, last = self._extent(sentence, head)
        start, end = sentence.tokens[first].start, sentence.tokens[last].end
        types = self._types(sentence, head, parties, gear, role, mention)
        return Entity(
            sentence.index,
            head.i,
            start,
            end,
            self.text[start:end],
            head.lemma,
            parties,
            self._place(sentence, head, mention, parties),
            gear,
            self._count(sentence, head, start),
            types,
            definite=self._definite(sentence, head),
            resolved=resolved,
            mention=mention,
        )

    # --- parties -------------------------------------------------------------------------------------------------

    def _named(self, sentence: Sentence, head: Token, mention: NameMention) -> tuple[Party, ...]:
        """A named party; a person takes the nationality of the title before the name where the table has none."""
        assert mention.party is not None
        first, last = self._extent(sentence, head)
        start, end = sentence.tokens[first].start, sentence.tokens[last].end
        if mention.party.sort != "person":
            start, end = mention.start, mention.end
        party = party_of(mention.party, start, end, self.text[start:end])
        if mention.also:
            return (party, *(party_of(n, start, end, self.text[start:end]) for n in mention.also))
        if mention.party.sort in ("media", "igo", "armed_group") or party.country:
            return (party,)
        owners = self._owner_parties(sentence, head)
        return (party.model_copy(update={"country": owners[0].country}) if owners else party,)

    def _described(
        self, sentence: Sentence, head: Token, found: tuple[RoleNoun, int]
    ) -> tuple[tuple[Party, ...], bool]:
        """A party described by a role noun: "Russian troops", "the president of Chad", "the ministry"."""
        role, _ = found
        if role.kind == "state":
            referred, resolved = self._referring(sentence, head)
            if referred:
                return referred, resolved
        owned = self._owners(sentence, head, role.kind, role.sector)
        if any(p.country or p.kind in ("igo", "armed_group") for p in owned):
            return owned, False
        own_side = self._definite(sentence, head) or head.dep.startswith("nsubj") or sentence.kind == "headline"
        own_side = own_side and head.lemma not in self.lexicon.words("others_nouns")
        if self.discourse.issuer is not None and own_side and role.group in ("force", "unit", "government"):
            own = self.discourse.issuer.model_copy(update={"kind": role.kind, "sector": role.sector, "id": None})
            return self.discourse.respan((own,), self._span(sentence, head)), True
        bare = head.tag == "NNS" and head.dep.startswith("nsubj") and not sentence.kids(head, "amod", "compound", "nmod")
        together = bare and role.group.endswith(("office", "official")) and self.discourse.issuer is not None
        if self._definite(sentence, head) or head.tag in ("NNP",) or together:
            referred = self.discourse.described(sentence, head, role, self._span(sentence, head))
            if referred:
                return referred, True
        if role.needs_context or role.kind in ("state", "igo"):
            referred, resolved = self._referring(sentence, head)
            if referred or role.needs_context or self._definite(sentence, head):
                return referred, resolved
        start, end = self._span(sentence, head)
        if role.kind == "media":  # "the newspaper N" is N
            for kid in sentence.kids(head, "appos", "flat"):
                start, end = self._span(sentence, kid) if kid.pos == "PROPN" else (start, end)
        words = self.text[start:end]
        return (
            Party(
                start=start,
                end=end,
                text=words,
                name=words,
                kind=role.kind,
                country=None,
                sector=role.sector,
                id=None,
            ),
        ), False

    def _owners(self, sentence: Sentence, head: Token, kind: str, sector: str | None) -> tuple[Party, ...]:
        """One party for each country (or group) that the phrase's modifiers name; else none."""
        start, end = self._span(sentence, head)
        words = self.text[start:end]
        parties: dict[str, Party] = {}
        for owner in self._owner_parties(sentence, head):
            key = owner.id or owner.name
            kind_here: str
            if owner.kind in ("armed_group", "igo") and kind not in ("person",):
                kind_here, identifier, name = owner.kind, owner.id, owner.name
            else:
                kind_here, identifier, name = kind, None, _composed(words, owner.name)
            parties.setdefault(
                key,
                Party(
                    start=start,
                    end=end,
                    text=words,
                    name=name,
                    kind=kind_here,
                    country=owner.country,
                    sector=sector,
                    id=identifier,
                ),
            )
        return tuple(parties.values())

    def _flag(self, sentence: Sentence, head: Token, gear: MaterielRef) -> tuple[Party, ...]:
        """Whose a ship is by the prefix of its name: "the carrier USS Nimitz"."""
        prefix = next((w for w in gear.text.split() if w in self.lexicon.ship_prefixes), None)
        if prefix is None:
            return ()
        start, end = self._span(sentence, head)
        words = self.text[start:end]
        country = self.lexicon.ship_prefixes[prefix]
        return (
            Party(start=start, end=end, text=words, name=words, kind="military", country=country, sector="MIL", id=None),
        )

    def _owner_parties(self, sentence: Sentence, head: Token, depth: int = 0) -> list[Party]:
        """Parties named by the modifiers of a phrase, nearest kind first: adjectives, possessors, "of" phrases."""
        if depth > 3:
            return []
        left = [
            k
            for k in sentence.kids(
                head, "amod", "compound", "nmod:poss", "nmod", "obl:npmod", "nummod", "flat", "appos"
            )
            if k.i < head.i or k.dep == "flat"
        ]
        found: list[Party] = []
        if head.lemma in self.lexicon.words("relational"):  # "our partners" are not us
            left = [k for k in left if k.dep not in ("nmod:poss", "nmod")]
        for kid in left:
            for member in [kid, *sentence.kids(kid, "conj", "compound", "amod")]:
                found += self._owner_of(sentence, member, depth)
        if found:
            return found
        relational = head.lemma in self.lexicon.words("relational")
        for kid in sentence.kids(head, "nmod", "appos"):
            if kid.pos == "PRON" or (relational and _case(sentence, kid) != "from"):
                continue
            if kid.dep == "appos" and sentence.kids(kid, "advmod"):
                continue  # "the regime and its backers, notably Russia"
            if _case(sentence, kid) == "from" and self._leaving(sentence, head):
                continue  # "the withdrawal of troops from Mali": not Mali's troops
            if kid.i > head.i and (
                kid.dep == "appos" or _case(sentence, kid) in self.lexicon.words("owner_prepositions")
            ):
                for member in [kid, *sentence.kids(kid, "conj")]:
                    found += self._owner_of(sentence, member, depth)
                if found:
                    return found
        return found or self._seat(sentence, head)

    def _seat(self, sentence: Sentence, head: Token) -> list[Party]:
        """ "the defence ministry in Madrid", "officials in Tokyo": a body belongs to the state whose seat it is in."""
        if head.lemma not in self.lexicon.words("seated_nouns"):
            return []
        for kid in sentence.kids(head, "nmod"):
            mention = self.mention(sentence, kid)
            seat = mention.party if mention is not None and _case(sentence, kid) == "in" else None
            if mention is not None and seat is not None and seat.sort == "metonym":
                return [party_of(seat, mention.start, mention.end, mention.text)]
        return []

    def _leaving(self, sentence: Sentence, token: Token) -> bool:
        """Whether a phrase is what leaves or is taken away."""
        above = sentence.parent(token)
        while above is not None and token.dep == "conj":
            token, above = above, sentence.parent(above)
        return above is not None and above.lemma in self.lexicon.words("leaving_words")

    def owners(self, sentence: Sentence, head: Token) -> list[Party]:
        """The parties that the modifiers of a phrase name as its owner or author."""
        by = [k for k in sentence.kids(head, "nmod") if _case(sentence, k) in ("by", "from", "of")]
        return self._owner_parties(sentence, head) or [p for k in by for p in self.entity(sentence, k).parties]

    def belonging(self, entity: Entity, located: bool = True) -> list[Party]:
        """Whose a thing is: its owners ("SDF positions"), else the state where it stands ("oil fields in Kuwait")."""
        sentence = self.sentences[entity.sentence]
        head = sentence.tokens[entity.head]
        owners = self._owners(sentence, head, "population", None)
        for kid in sentence.kids(head, "acl") if not owners else []:  # "facilities belonging to X"
            for phrase in sentence.kids(kid, "obl") if kid.lemma in self.lexicon.words("owning_verbs") else []:
                owners = owners or self.entity(sentence, phrase).parties
        if owners or not located:
            return list(owners)
        return [as_party(entity, "population", country=country) for country in self.located(entity)[:1]]

    def located(self, entity: Entity) -> list[str]:
        """The countries where a thing or people are told to be ("firms in China and Turkey")."""
        sentence = self.sentences[entity.sentence]
        found: list[str] = []
        for kid in sentence.kids(sentence.tokens[entity.head], "nmod"):
            if _case(sentence, kid) in self.lexicon.words("locative"):
                found += [e.place.country for e in self.entities(sentence, kid) if e.place and e.place.country]
        return found

    def _owner_of(self, sentence: Sentence, token: Token, depth: int) -> list[Party]:
        mention = self.mention(sentence, token)
        if mention is not None and mention.party is not None:
            parties = [party_of(n, mention.start, mention.end, mention.text) for n in mention.parties]
            return [p for p in parties if p.country or p.kind in ("armed_group", "igo")]
        if mention is not None and mention.place is not None and mention.place.country:
            place = mention.place
            return [as_party(mention, "state", name=place.name, country=place.country)]
        if token.lower == "whose":
            return self._antecedent(sentence, token)
        if token.pos == "PRON" or token.dep == "nmod:poss":
            entity = self._entities.get((sentence.index, token.i))
            if entity is not None and entity.parties:
                return [p for p in entity.parties if p.country or p.kind in ("armed_group", "igo")]
            if token.pos == "PRON":
                return list(self._pronoun(sentence, token))
        return self._owner_parties(sentence, token, depth + 1)

    def _antecedent(self, sentence: Sentence, token: Token) -> list[Party]:
        """ "Canada, whose government …": the parties of the noun that the relative clause hangs from."""
        current: Token | None = token
        while current is not None and current.dep != "acl:relcl":
            current = sentence.parent(current)
        noun = sentence.parent(current) if current is not None else None
        if noun is None:
            return []
        return [p for p in self.entity(sentence, noun).parties if p.country or p.kind in ("armed_group", "igo")]

    def _pronoun(self, sentence: Sentence, token: Token) -> tuple[Party, ...]:
        """Whom a pronoun stands for; "we" inside what somebody says is who says it."""
        if token.lower in self.lexicon.words("pronouns_self"):
            quoted = any(a <= token.start < b for a, b in self.quotes)
            if not quoted and self.discourse.issuer is not None and sentence.paragraph not in self.labels:
                return self.discourse.respan((self.discourse.issuer,), (token.start, token.end))
            speaker = self._sayer(sentence, token)
            if speaker is not None:
                parties = self.entity(sentence, speaker).parties
                return tuple(
                    p.model_copy(update={"start": token.start, "end": token.end, "text": token.text}) for p in parties
                )
            if token.dep == "nmod:poss":
                return ()  # "X attacked our state": never that of the one who is spoken of
        patient = self._patient(sentence, token)
        if patient or patient is None:
            return self.discourse.respan(patient or (), (token.start, token.end))
        if token.dep == "nmod:poss":
            own = self._own_subject(sentence, token)
            if own is not None:
                return self.discourse.respan(own, (token.start, token.end))
        return self.discourse.pronoun(sentence, token)

    def _own_subject(self, sentence: Sentence, token: Token) -> tuple[Party, ...] | None:
        """Whose "their" or "its" is inside a clause: its subject's. None where the subject says nothing of it."""
        current = token
        while (parent := sentence.parent(current)) is not None:
            if parent.pos in ("VERB", "AUX") and not current.dep.startswith("nsubj"):
                for kid in sentence.kids(parent, "nsubj"):
                    if kid.lower in self.lexicon.words("relative_pronouns"):
                        return None
                    parties = self.entity(sentence, kid).parties
                    if token.lower == "their":  # "A and B put their armies": of both
                        parties += tuple(p for k in sentence.kids(kid, "conj") for p in self.entity(sentence, k).parties)
                    person = token.lower in self.lexicon.words("pronouns_person")
                    role = self.lexicon.role(sentence, kid)
                    speaks = role is not None and role[0].group == "spokesperson"  # "a spokesman said its gunners"
                    if parties and ((parties[0].kind == "person") == person or speaks):
                        return parties
                    return () if kid.pos == "PRON" and not parties else None
            current = parent
        return None

    def _patient(self, sentence: Sentence, token: Token) -> tuple[Party, ...] | None:
        """ "condemned Iran for its test", "urged Serbia to withdraw its troops": the object, not the subject, is meant.
        None where the object is a government, a force, an official that nobody knows."""
        if token.lower not in self.lexicon.words("pronouns_thing") | self.lexicon.words("pronouns_many"):
            return ()
        charged = self._charged(sentence, token)
        if charged:
            return charged
        current = token
        while (parent := sentence.parent(current)) is not None:
            if current.dep == "ccomp":
                return ()
            if parent.pos == "VERB" and parent.lemma in self.lexicon.words("object_control"):
                for kid in sentence.kids(parent, "obj", "nsubj:pass"):
                    if kid.i < token.i and kid is not current:
                        unknown = self.lexicon.role(sentence, kid) is not None
                        return self.entity(sentence, kid).parties or (None if unknown else ())
                return ()
            current = parent
        return ()

    def _charged(self, sentence: Sentence, token: Token) -> tuple[Party, ...]:
        """ "impose costs on X for its war", "sanctions against X over its tests": on whom something is laid for a deed."""
        current = token
        while (parent := sentence.parent(current)) is not None and parent.pos in ("NOUN", "PROPN"):
            current = parent
        if token.dep != "nmod:poss" or _case(sentence, current) not in self.lexicon.words("reason_prepositions"):
            return ()
        verb = sentence.parent(current)
        things = sentence.kids(verb, "obj", "obl", "nsubj:pass") if verb is not None and verb.pos == "VERB" else []
        for thing in [*things, *(k for t in things for k in sentence.kids(t, "nmod"))]:
            if thing.i < token.i and _case(sentence, thing) in self.lexicon.words("bearing_prepositions"):
                parties = tuple(p for p in self.entity(sentence, thing).parties if p.country or p.id)
                if parties:
                    return parties
        return ()

    def _sayer(self, sentence: Sentence, token: Token) -> Token | None:
        """The subject of the verb of saying above a token."""
        current = token
        while (parent := sentence.parent(current)) is not None:
            if current.dep in ("ccomp", "parataxis") and parent.pos == "VERB":
                subjects = [k for k in sentence.kids(parent, "nsubj") if k.pos != "PRON"]
                if subjects:
                    return subjects[0]
            current = parent
        return None

    def _unknown_name(self, sentence: Sentence, head: Token) -> tuple[Party, ...]:
        """A capitalised name in no table: a person with a title, a surname seen before, else nothing."""
        known = self.discourse.surname(head.text)
        people = {t.start for t in sentence if t.entity == "PERSON"}  # "Paris Davis" is no Frenchman
        owners = [p for p in self._owner_parties(sentence, head) if head.entity != "PERSON" or p.start not in people]
        titled = self._title(sentence, head)
        if head.entity != "PERSON" and titled is None and known is None:
            return self._unknown_body(sentence, head, owners)
        start, end = self._span(sentence, head)
        words = self.text[start:end]
        if not owners and known is not None:
            return (known.model_copy(update={"start": start, "end": end, "text": words}),)
        sector = titled.sector if titled else None
        country = owners[0].country if owners else None
        return (
            Party(
                start=start,
                end=end,
                text=words,
                name=self._full_name(sentence, head),
                kind="person",
                country=country,
                sector=sector,
                id=None,
            ),
        )

    def _unknown_body(self, sentence: Sentence, head: Token, owners: list[Party]) -> tuple[Party, ...]:
        """ "the Iranian airline NAME": a name in no table is what the noun before it says, and whose."""
        for kid in sentence.kids(head, "compound", "nmod"):
            role = self.lexicon.role(sentence, kid) if kid.pos == "NOUN" and kid.i < head.i else None
            if role is not None and role[0].kind in ("company", "armed_group"):
                whose = owners or self._owner_parties(sentence, kid)
                start, end = self._span(sentence, head)
                words = self.text[start:end]
                country = whose[0].country if whose else None
                kind, sector = role[0].kind, role[0].sector
                return (
                    Party(start=start, end=end, text=words, name=words, kind=kind, country=country, sector=sector, id=None),
                )
        return ()

    def _title(self, sentence: Sentence, head: Token) -> RoleNoun | None:
        """The role noun that stands as title beside a name."""
        for kid in sentence.kids(head, "compound", "amod", "appos", "flat", "nmod"):
            role = self.lexicon.role(sentence, kid)
            if role is not None and role[0].kind == "person":
                return role[0]
        return None

    def _full_name(self, sentence: Sentence, head: Token) -> str:
        words = [
            t.text for t in sentence.kids(head, "compound", "flat") if t.pos == "PROPN" and t.entity == "PERSON"
        ] + [head.text]
        return " ".join(words)

    def _referring(self, sentence: Sentence, head: Token) -> tuple[tuple[Party, ...], bool]:
        """Any other phrase: a party only where a definite description has one ("the country", "the bloc")."""
        if head.lemma in self.lexicon.words("state_nouns"):
            for kid in sentence.kids(head, "nmod:poss"):
                if kid.lower in self.lexicon.words("pronouns_self"):  # "our state" is the speaker's
                    return self.discourse.respan(self._pronoun(sentence, kid), self._span(sentence, head)), True
        definite = self._definite(sentence, head)
        if sentence.kids(head, "acl:relcl") and any(k.lower == "those" for k in sentence.kids(head, "det")):
            definite = False  # "those countries that are afraid" points forward
        referred = self.discourse.typed(sentence, head, self._span(sentence, head)) if definite else ()
        return referred, bool(referred)

    # --- other faces ---------------------------------------------------------------------------------------------

    def _materiel(self, sentence: Sentence, head: Token, mention: NameMention | None) -> MaterielRef | None:
        first, last = self._extent(sentence, head)
        start, end = sentence.tokens[first].start, sentence.tokens[last].end
        gear = self.lexicon.gear(sentence, head)
        named = mention if mention and mention.equipment else self._designation(sentence, head)
        if named is not None and not self._weapon_here(sentence, named, gear):
            named = None
        if named is not None and named.equipment is not None:
            flags = gear[0].flags if gear else frozenset()
            class_ = named.equipment.sector or (gear[0].class_ if gear else "other")
            if named.equipment.row.get("open") and gear is not None and not named.equipment.row.get("family"):
                class_ = gear[0].class_  # "Project 636.3 submarines"
            return MaterielRef(start, end, self.text[start:end], class_, named.equipment.name, flags)
        if gear is None or (mention is not None and mention.party is not None):
            return None
        role = self.lexicon.role(sentence, head)
        if role is not None and role[1] < gear[1]:  # a suicide bomber is no aircraft
            return None
        return MaterielRef(start, end, self.text[start:end], gear[0].class_, None, gear[0].flags)

    def _designation(self, sentence: Sentence, head: Token) -> NameMention | None:
        """A weapon's name among the modifiers: "S-300 air defence system"."""
        near = sentence.kids(head, "compound", "amod", "nmod", "nummod", "appos", "flat")
        near += [k for t in near if t.dep == "compound" for k in sentence.kids(t, "compound")]  # "Patriot missile battery"
        for kid in near:
            mention = self.mention(sentence, kid)
            if mention is not None and mention.equipment is not None and mention.head != head.i:
                return mention
        return None

    def _weapon_here(self, sentence: Sentence, mention: NameMention, gear: tuple[EquipmentNoun, int] | None) -> bool:
        """Whether a name that is also an ordinary word means the weapon here."""
        row = mention.equipment.row if mention.equipment else {}
        if row.get("open"):
            return gear is not None or bool(row.get("alone"))
        if str(row.get("needs_context") or "") not in ("1", "True", "yes"):
            return True
        head = sentence.tokens[mention.head]
        if gear is not None or self.number_at(mention.start - 12, mention.end) or head.tag == "NNPS":
            return True
        near = [t for t in sentence if abs(t.i - head.i) <= 8 and t.i != head.i]
        return any(self.lexicon.gear(sentence, t) is not None for t in near)

    def _place(
        self, sentence: Sentence, head: Token, mention: NameMention | None, parties: tuple[Party, ...]
    ) -> PlaceRef | None:
        if mention is not None and mention.head == head.i:
            if mention.party is not None and mention.party.sort == "state":  # Lebanon is the state before any town
                return place_of(mention.party, mention.start, mention.end, mention.text)
            if mention.place is not None:
                return place_of(mention.place, mention.start, mention.end, mention.text)
        if head.lemma in self.lexicon.words("place_nouns") and head.lemma not in ("border", "frontier"):
            described = self._described_place(sentence, head)
            if described is not None:
                return described
        if self.lexicon.noun_types(sentence, head) & {"base", "building"} or head.lemma in self.lexicon.words(
            "place_nouns"
        ):
            inner = self._inner_place(sentence, head)
            if inner is not None:
                return inner
        if "border" in self.lexicon.noun_types(sentence, head) and head.lemma in ("border", "frontier"):
            start, end = self._span(sentence, head)
            owners = self._owner_parties(sentence, head)
            return (
                PlaceRef(
                    start,
                    end,
                    self.text[start:end],
                    self.text[start:end],
                    owners[0].country if len(owners) == 1 else None,
                    "border",
                )
                if owners
                else None
            )
        if parties and parties[0].kind == "state" and (head.pos == "PRON" or self._definite(sentence, head)):
            start, end = self._span(sentence, head)
            return PlaceRef(start, end, self.text[start:end], parties[0].name, parties[0].country, "country")
        return None

    def _inner_place(self, sentence: Sentence, head: Token) -> PlaceRef | None:
        """ "an air base near Konya", "the range in the Astrakhan Region": a site stands where its own phrase says."""
        for kid in sentence.kids(head, "nmod"):
            if _case(sentence, kid) in self.lexicon.words("locative"):
                mention = self.mention(sentence, kid)
                if mention is not None and mention.party is not None and mention.party.sort == "state":
                    return place_of(mention.party, mention.start, mention.end, mention.text)
                if mention is not None and mention.place is not None:
                    return place_of(mention.place, mention.start, mention.end, mention.text)
        return None

    def _military(self, sentence: Sentence, head: Token) -> bool:
        """Whether a thing that civilians have too is told as military: "army trucks", "trucks and missiles"."""
        if any(k.lower in self.lexicon.words("military_modifiers") for k in sentence.kids(head, "amod", "compound")):
            return True
        siblings = [*sentence.kids(head, "conj")]
        if head.dep == "conj":
            first = sentence.tokens[head.head]
            siblings += [first, *sentence.kids(first, "conj")]
        found = [self.lexicon.gear(sentence, t) for t in siblings if t.i != head.i]
        return any(g is not None and "weak" not in g[0].flags for g in found)

    def _described_place(self, sentence: Sentence, head: Token) -> PlaceRef | None:
        """ "the Armenian town of Gyumri", "the Libyan coast": the name given with it, else a part of the owner's country."""
        for kid in sentence.kids(head, "nmod", "appos", "compound", "flat"):
            mention = self.mention(sentence, kid)
            if (
                mention is not None
                and mention.place is not None
                and (kid.dep != "nmod" or _case(sentence, kid) == "of")
            ):
                return place_of(mention.place, mention.start, mention.end, mention.text)
        owners = [p for p in self._owner_parties(sentence, head) if p.country and p.country != "IGO"]
        if not owners:
            return None
        start, end = self._span(sentence, head)
        words = self.text[start:end]
        return PlaceRef(start, end, words, words, owners[0].country, "region")

    def _types(
        self,
        sentence: Sentence,
        head: Token,
        parties: tuple[Party, ...],
        gear: MaterielRef | None,
        found: tuple[RoleNoun, int] | None,
        mention: NameMention | None,
    ) -> frozenset[str]:
        types: set[str] = set(self.lexicon.noun_types(sentence, self._one(sentence, head)))
        if head.pos == "NUM" and not sentence.kids(head, "nmod"):
            types.add("number")
        if parties:
            types |= {"party"} | {p.kind for p in parties}
        if found is not None:
            types |= {found[0].kind, found[0].group, "role"}
            if any(k.lower in self.lexicon.former for k in sentence.kids(head, "amod", "compound")):
                types.add("former")
            if found[0].kind == "military":
                types.add("force")
        if mention is not None and parties and parties[0].kind == "person":  # "former president N"
            left, right = self._extent(sentence, head)
            if any(t.lower in self.lexicon.former for t in sentence.tokens[left:right]):
                types.add("former")
        number = self._count(sentence, head, sentence.tokens[self._extent(sentence, head)[0]].start)
        if number is not None and (number.min, number.max) not in ((1, 1), (None, None)):
            types.add("counted")
        determiner = {k.lower for k in sentence.kids(head, "det")}
        if head.tag in ("NN", "NNP") and determiner & self.lexicon.words("single_determiners"):
            types.add("single")
        first = sentence.tokens[min([head.i, *(k.i for k in sentence.kids(head, "compound"))])]
        named_base = first.text in self.lexicon.words("base_names_first") or head.text in self.lexicon.words(
            "base_names_last"
        )
        if head.pos == "PROPN" and named_base:
            types.add("base")
        if any(_official(p) for p in parties):
            types.add("official")
        if self._speaks_for_state(sentence, head, parties, mention):
            types = types - {"media"} | {"state_media"}
        if any(_case(sentence, k) in self.lexicon.words("locative") for k in sentence.kids(head, "nmod")):
            types.add("located")
        if parties and head.lower in ("we", "i", "us"):
            types.add("own_voice")
        if gear is not None:
            strong = "weak" not in gear.flags or gear.designation or self._military(sentence, head)
            types |= ({"materiel", gear.class_} if strong else {"weak"}) | gear.flags
        if mention is not None and mention.party is not None and mention.party.sort == "military":
            types.add("force")
        if mention is not None and mention.last > mention.first:  # a name of several words ends elsewhere than at its head
            types |= self.lexicon.types.get(mention.text.lower(), frozenset())
        if gear is not None and gear.designation:
            types -= {"weak"}
            types |= self.lexicon.class_flags(gear.class_)
        totals = self.lexicon.words("total_words")
        if gear is not None and any(k.lower in totals for k in sentence.kids(head, "amod", "det")):
            types.add("running_total")
        if mention is not None and mention.place is not None:
            types |= {mention.place.row.get("precision") or "town", "place", mention.place.row.get("kind") or "town"}
        if mention is not None and mention.party is not None and mention.party.sort in ("state", "nationality"):
            types |= {"place", "state"} if mention.party.sort == "state" else {"nationality"}
        return frozenset(types)

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

    def _one(self, sentence: Sentence, head: Token) -> Token:
        """ "reports of a base … to open one": the noun with "a" before it that "one" stands for; else the token itself."""
        if head.lower != "one" or head.dep != "obj" or sentence.kids(head, "nmod"):
            return head
        before = [t for t in sentence.tokens[: head.i] if t.pos == "NOUN" and _indefinite(sentence, t)]
        return before[-1] if before else head

    # --- spans and numbers ---------------------------------------------------------------------------------------

    def _extent(self, sentence: Sentence, head: Token) -> tuple[int, int]:
        """First and last token of the phrase: the words that hang to the left without a break, and a name's own."""
        first = last = head.i
        mention = self.mention(sentence, head)
        if mention is not None and mention.head == head.i:
            first, last = mention.first, mention.last
        low = {
            t.i for k in sentence.kids(head, *_LEFT) if k.i < head.i and k.dep != "case" for t in sentence.subtree(k)
        }
        while first - 1 in low:
            first -= 1
        for kid in sentence.kids(head, "flat", "compound:prt"):
            last = max(last, kid.i)
        while first < head.i and sentence.tokens[first].text in (",", ";", ":", "(", "and"):
            first += 1  # the comma of a list is no word of the phrase after it
        return first, last

    def _definite(self, sentence: Sentence, head: Token) -> bool:
        determiners = sentence.kids(head, "det", "nmod:poss", "det:predet")
        return any(t.lower in self.lexicon.words("definite") for t in determiners)

    def _span(self, sentence: Sentence, head: Token) -> tuple[int, int]:
        first, last = self._extent(sentence, head)
        return sentence.tokens[first].start, sentence.tokens[last].end

    def _count(self, sentence: Sentence, head: Token, start: int) -> Number | None:
        """The number that counts the phrase itself, not what stands inside it ("the three countries' guards")."""
        number = self.number_at(start, head.end)
        above = sentence.parent(head) if number is None and head.dep == "nmod" and _case(sentence, head) == "of" else None
        if above is not None and above.lemma in self.lexicon.words("unit_nouns"):  # "25,000 sets of body armour"
            return self._count(sentence, above, sentence.tokens[self._extent(sentence, above)[0]].start)
        if number is None:
            return None
        inner = [t for t in sentence if t.start < number.core_end and t.end > number.core_start]
        for token in inner:
            current = token
            for _ in range(4):
                if current.i == head.i:
                    return number
                if current.dep == "nmod:poss":
                    break
                current = sentence.tokens[current.head]
        return None if inner else number

    def number_at(self, start: int, end: int) -> Number | None:
        """The plain count (no unit, no ordinal) whose words overlap the range."""
        for number in self._numbers:
            if number.start >= end:
                break
            if number.end > start and number.unit is None and number.ordinal is None:
                return number
        return None


def _indefinite(sentence: Sentence, token: Token) -> bool:
    """Whether "a" or "an" stands on a noun."""
    return any(k.lower in ("a", "an") for k in sentence.kids(token, "det"))


def _case(sentence: Sentence, token: Token) -> str:
    """The preposition of a phrase, several joined by spaces; empty where there is none."""
    return " ".join(t.lower for t in sentence.kids(token, "case") if t.lower not in ("'s", "'"))


def _official(party: Party) -> bool:
    """A person who acts for a state or body: known by name, or with an office."""
    return party.kind == "person" and (
        party.id is not None or party.sector in ("GOV", "MIL", "LEG", "SPY", "JUD", "IGO")
    )


def _composed(words: str, owner: str) -> str:
    return words if owner in words else f"{words} ({owner})"
