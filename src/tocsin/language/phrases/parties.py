"""Which parties a noun phrase names: by a name, a description, a pronoun, a name in no table.

In: a sentence, the token that heads a phrase, its name mention, role noun and equipment. Out: the parties, and whether
they were found through what was said before.
"""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.language.lexicon import RoleNoun
from tocsin.language.names.mentions import NameMention
from tocsin.language.names.name_runs import NameRun
from tocsin.language.phrases.beside import told_beside
from tocsin.language.phrases.craft import may_be_own, not_the_issuers, of_others, told_craft
from tocsin.language.phrases.descriptions import Descriptions
from tocsin.language.phrases.discourse import Discourse
from tocsin.language.phrases.entities import MaterielRef, as_party, party_of
from tocsin.language.phrases.noun_phrases import NounPhrases, case_of
from tocsin.language.phrases.owners import Owners, of_a_people
from tocsin.language.phrases.pronouns import Pronouns
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party

Found = tuple[tuple[Party, ...], bool]  # the parties; whether they were found through what was said before

_ARMS = frozenset({"platform", "projectile"})
_SPOKEN_FOR = frozenset({"state", "government_body", "military", "armed_group", "igo"})


class PartyFinder:
    """Finds the parties of the phrases of one article."""

    def __init__(
        self, phrases: NounPhrases, pronouns: Pronouns, owners: Owners, discourse: Discourse, runs: Sequence[NameRun] = ()
    ) -> None:
        self.phrases = phrases
        self.text = phrases.text
        self.lexicon = phrases.lexicon
        self.pronouns = pronouns
        self.owners = owners
        self.discourse = discourse
        self.descriptions = Descriptions(discourse)
        self._kinds = {(r.sentence, i): r.kind for r in runs for i in range(r.first, r.last + 1)}  # of names in no table

    def parties(
        self,
        sentence: Sentence,
        head: Token,
        mention: NameMention | None,
        role: tuple[RoleNoun, int] | None,
        gear: MaterielRef | None,
    ) -> Found:
        """The parties of a phrase, by the first of its faces that can name any."""
        if mention is not None and mention.party is not None and mention.head == head.i:
            return self._named(sentence, head, mention), False
        if role is not None:
            return self._described(sentence, head, role[0])
        if head.lower == "both" and head.dep in ("obj", "iobj", "obl"):
            pair = self.descriptions.pair(sentence, head, self.phrases.span(sentence, head))
            if pair:
                return pair, True
        if head.pos == "PRON" or head.lower == "both":
            parties = self.pronouns.stands_for(sentence, head)
            return parties, bool(parties)
        if head.pos == "NUM" and self.phrases.definite(sentence, head) and not sentence.kids(head, "nmod"):  # "the four"
            found = self.descriptions.number_of_states(sentence, head, self.phrases.span(sentence, head))
            return found, bool(found)
        if head.pos == "PROPN" and mention is None:
            return self._unknown_name(sentence, head), False
        if gear is not None:
            return self._holders(sentence, head, gear), False
        return self._referring(sentence, head)

    def _holders(self, sentence: Sentence, head: Token, gear: MaterielRef) -> tuple[Party, ...]:
        """Whose forces equipment is of: its owner's, its flag's, in a release the issuer's."""
        if gear.flags & _ARMS and of_others(sentence, head, self.lexicon):
            return (as_party(gear, "military", sector="MIL"),)
        parties = self.owners.each_owner(sentence, head, "military", "MIL") or self.owners.flag(sentence, head, gear)
        issuer, known = self.discourse.issuer, self.phrases.definite(sentence, head)
        if not parties and issuer is not None and may_be_own(sentence, head, gear, issuer, known, self.lexicon):
            ours = issuer.model_copy(update={"kind": "military", "sector": "MIL", "id": None})
            parties = self.discourse.respan((ours,), self.phrases.span(sentence, head))
        if not parties and known and head.tag == "NN":
            told = told_craft(self.discourse, sentence, head)
            parties = self.discourse.respan(told, self.phrases.span(sentence, head))
        return parties

    def _named(self, sentence: Sentence, head: Token, mention: NameMention) -> tuple[Party, ...]:
        """A named party; a person takes the nationality of the title before the name where the table has none."""
        assert mention.party is not None
        first, last = self.phrases.extent(sentence, head)
        start, end = sentence.tokens[first].start, sentence.tokens[last].end
        if mention.party.sort != "person":
            start, end = mention.start, mention.end
        party = party_of(mention.party, start, end, self.text[start:end])
        if mention.party.sort == "nationality" and of_a_people(sentence, sentence.tokens[mention.first], self.lexicon):
            return (party.model_copy(update={"country": None, "id": None, "kind": "population", "sector": "CVL"}),)
        if mention.also:
            return (party, *(party_of(n, start, end, self.text[start:end]) for n in mention.also))
        if mention.party.sort in ("media", "igo", "armed_group") or party.country:
            return (*self._sharing(sentence, mention, party), party)
        owners = self.owners.owner_parties(sentence, head)
        return (party.model_copy(update={"country": owners[0].country}) if owners else party,)

    def _sharing(self, sentence: Sentence, mention: NameMention, party: Party) -> tuple[Party, ...]:
        """ "Nigerian and British armed forces": the adjectives before the first share what the second names."""
        at, found = mention.first - 1, list[Party]()
        if party.kind not in ("military", "government_body") or at < 1 or sentence.tokens[at].lower not in ("and", "&"):
            return ()
        while at > 0 and sentence.tokens[at].lower in ("and", "&", ","):
            other = self.phrases.mention(sentence, sentence.tokens[at - 1])
            if other is None or other.party is None or other.party.sort != "nationality" or not other.party.country:
                break
            owner = party_of(other.party, other.start, other.end, other.text)
            found.insert(0, owner.model_copy(update={"kind": party.kind, "sector": party.sector, "id": None}))
            at = other.first - 1
        return tuple(found)

    def _described(self, sentence: Sentence, head: Token, role: RoleNoun) -> Found:
        """A party described by a role noun: "Russian troops", "the president of Chad", "the ministry"."""
        if role.kind == "state" and self._civil(sentence, head):
            return (), False
        if role.kind == "state":
            referred, resolved = self._referring(sentence, head)
            if referred:
                return referred, resolved
        owned = self.owners.each_owner(sentence, head, role.kind, role.sector)
        if any(p.country or (p.kind in ("igo", "armed_group") and p.id) for p in owned):
            return owned, False
        if role.kind in ("military", "armed_group") and of_others(sentence, head, self.lexicon):
            return (self._nameless(sentence, head, role),), False
        ousted = self._ousted(sentence, head) or (self.owners.seated(sentence, head) if role.group == "government" else None)
        if ousted is not None:
            theirs = ousted.model_copy(update={"kind": role.kind, "sector": role.sector, "id": None})
            return self.discourse.respan((theirs,), self.phrases.span(sentence, head)), True
        if (told := self.descriptions.just_told(sentence, head, role)) and self.phrases.definite(sentence, head):
            return self.discourse.respan(told, self.phrases.span(sentence, head)), True
        own_side = self.phrases.definite(sentence, head) or head.dep.startswith("nsubj") or sentence.kind == "headline"
        own_side = own_side and not self._of_another(sentence, head)
        if self.discourse.issuer is not None and own_side and role.group in ("force", "unit", "government"):
            own = self.discourse.issuer.model_copy(update={"kind": role.kind, "sector": role.sector, "id": None})
            return self.discourse.respan((own,), self.phrases.span(sentence, head)), True
        if self._points_back(sentence, head, role):
            referred = self.descriptions.described(sentence, head, role, self.phrases.span(sentence, head))
            if referred:
                return referred, True
        if role.needs_context and told_beside(sentence, head, role, self.phrases):
            return (self._nameless(sentence, head, role),), False
        grouped = role.kind == "armed_group" and head.lemma in self.lexicon.words("group_nouns")
        if role.needs_context or role.kind in ("state", "igo") or grouped:
            referred, resolved = self._referring(sentence, head)
            if referred or role.needs_context or (self.phrases.definite(sentence, head) and not grouped):
                return referred, resolved
        return self._exemplars(sentence, head, role) or (self._nameless(sentence, head, role),), False

    def _civil(self, sentence: Sentence, head: Token) -> bool:
        """ "the Georgian Tennis Federation": no state."""
        kinds = (self.lexicon.noun_types(sentence, k) for k in sentence.kids(head, "compound", "amod"))
        return any(k & {"civil_matter", "sport"} for k in kinds)

    def _exemplars(self, sentence: Sentence, head: Token, role: RoleNoun) -> tuple[Party, ...]:
        """ "militias like Hezbollah": armed groups told by one that is named."""
        found: list[Party] = []
        for kid in sentence.kids(head, "nmod") if role.kind == "armed_group" else ():
            cases = {k.lower for k in sentence.kids(kid, "case")}
            mention = self.phrases.mention(sentence, kid)
            if cases & {"like", "including"} and mention is not None and mention.party is not None:
                found.append(party_of(mention.party, mention.start, mention.end, mention.text))
        return tuple(p for p in found if p.kind == "armed_group")

    def _ousted(self, sentence: Sentence, head: Token) -> Party | None:
        """ "the generals who overthrew N": they are of the state whose head N was."""
        for verb in sentence.kids(head, "acl:relcl"):
            for kid in sentence.kids(verb, "obj") if verb.lemma in self.lexicon.words("oust_verbs") else []:
                return next((p for p in self.owners.resolver.entity(sentence, kid).parties if p.country), None)
        return None

    def _of_another(self, sentence: Sentence, head: Token) -> bool:
        """Whether a body is not the issuer's: "the regime", or one told by a name that is in no table."""
        named = any(k.tag.startswith("NNP") and k.i < head.i for k in sentence.kids(head, "amod", "compound"))
        others = self.lexicon.words("foreign_bodies") | self.lexicon.words("others_nouns")
        return named or head.lemma in others or not_the_issuers(sentence, head, self.lexicon)

    def _points_back(self, sentence: Sentence, head: Token, role: RoleNoun) -> bool:
        """Whether a description means somebody told before: "the ministry", in a release also bare "officials"."""
        bare = head.tag == "NNS" and head.dep.startswith("nsubj") and not sentence.kids(head, "amod", "compound", "nmod")
        together = bare and role.group.endswith(("office", "official")) and self.discourse.issuer is not None
        if role.kind == "person" and self._of_unknown(sentence, head):
            return False
        if role.kind == "military" and any(k.lower in self.lexicon.words("of_many") for k in sentence.kids(head, "amod")):
            return False  # "the multinational force": of no one state
        foreign = [k for k in sentence.kids(head, "amod", "compound") if k.i > 0 and k.text[:1].isupper()]
        if head.text.islower() and any(self.phrases.mention(sentence, k) is None for k in foreign):
            return False  # "the Nordic ministers": not those whom the article is about
        return self.phrases.definite(sentence, head) or head.tag in ("NNP",) or together

    def _of_unknown(self, sentence: Sentence, head: Token) -> bool:
        """ "the commander of the NAME": he serves a name in no table, not whom the article is about."""
        named = [k for k in sentence.kids(head, "nmod") if k.pos == "PROPN" and k.i > head.i]
        return any(self.phrases.mention(sentence, k) is None for k in named if case_of(sentence, k) == "of")

    def _nameless(self, sentence: Sentence, head: Token, role: RoleNoun) -> Party:
        """A party of which only the description is known."""
        start, end = self.phrases.span(sentence, head)
        if role.kind == "media":  # "the newspaper N" is N
            for kid in sentence.kids(head, "appos", "flat"):
                start, end = self.phrases.span(sentence, kid) if kid.pos == "PROPN" else (start, end)
        words = self.text[start:end]
        return Party(
            start=start,
            end=end,
            text=words,
            name=words,
            kind=role.kind,
            country=None,
            sector=role.sector,
            id=None,
        )

    def _unknown_name(self, sentence: Sentence, head: Token) -> tuple[Party, ...]:
        """A capitalised name in no table: a person with a title, a surname seen before, else nothing."""
        royal = [k.lower for k in sentence.kids(head, "compound") if k.lower in self.lexicon.words("royal_titles")]
        known = self.discourse.surname(f"{royal[0]} {head.text}" if royal else head.text)
        people = {t.start for t in sentence if t.entity == "PERSON"}  # "Paris Davis" is no Frenchman
        owners = [p for p in self.owners.owner_parties(sentence, head) if head.entity != "PERSON" or p.start not in people]
        owners = owners or self._predicated(sentence, head)
        titled = self._title(sentence, head)
        kind = self._kinds.get((sentence.index, head.i))
        person = kind == "person" if kind is not None else head.entity == "PERSON"
        if not person and titled is None and known is None:
            return self._unknown_body(sentence, head, owners)
        start, end = self.phrases.span(sentence, head)
        words = self.text[start:end]
        if not owners and known is not None:
            return (known.model_copy(update={"start": start, "end": end, "text": words}),)
        sector = titled.sector if titled else None
        if titled is not None and titled.group == "spokesperson":
            owners = owners or self._last_body(sentence)
            sector = sector or (owners[0].sector if owners else None)
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

    def _predicated(self, sentence: Sentence, head: Token) -> list[Party]:
        """ "NAME was an Iraqi officer": of which state somebody is told to be."""
        noun = sentence.parent(head) if head.dep == "nsubj" else None
        role = self.lexicon.role(sentence, noun) if noun is not None and sentence.kids(noun, "cop") else None
        if noun is None or role is None or role[0].kind not in ("person", "military") or not sentence.kids(noun, "det"):
            return []
        return [p for p in self.owners.owner_parties(sentence, noun) if p.kind == "state"]

    def _last_body(self, sentence: Sentence) -> list[Party]:
        """For whom "spokeswoman NAME" speaks: the body, force or group that was the subject of the sentence before."""
        last = [s for s in self.discourse.seen if s.subject and s.sentence == sentence.index - 1]
        return [p for p in last[-1].parties if p.kind in _SPOKEN_FOR and p.country][:1] if last else []

    def _unknown_body(self, sentence: Sentence, head: Token, owners: list[Party]) -> tuple[Party, ...]:
        """ "the Iranian airline NAME": a name in no table is what the noun before it says, and whose."""
        for kid in sentence.kids(head, "compound", "nmod"):
            role = self.lexicon.role(sentence, kid) if kid.pos == "NOUN" and kid.i < head.i else None
            if role is not None and role[0].kind in ("company", "armed_group"):
                whose = owners or self.owners.owner_parties(sentence, kid)
                start, end = self.phrases.span(sentence, head)
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

    def _named_behind(self, sentence: Sentence, head: Token) -> bool:
        """ "the small nation of Chad": the state is named, not one told before."""
        named = [k for k in sentence.kids(head, "nmod") if k.pos == "PROPN" and case_of(sentence, k) == "of"]
        mentions = [self.phrases.mention(sentence, k) for k in named]
        state = any(m is not None and m.party is not None and m.party.sort == "state" for m in mentions)
        return state and head.lemma in self.lexicon.words("state_nouns")

    def _referring(self, sentence: Sentence, head: Token) -> Found:
        """Any other phrase: a party only where a definite description has one ("the country", "the bloc")."""
        if head.lemma in self.lexicon.words("state_nouns"):
            for kid in sentence.kids(head, "nmod:poss"):
                if kid.lower in self.lexicon.words("pronouns_self"):  # "our state" is the speaker's
                    speaker = self.pronouns.stands_for(sentence, kid)
                    return self.discourse.respan(speaker, self.phrases.span(sentence, head)), True
        definite = self.phrases.definite(sentence, head)
        if sentence.kids(head, "acl:relcl") and any(k.lower == "those" for k in sentence.kids(head, "det")):
            definite = False  # "those countries that are afraid" points forward
        definite = definite and not self._named_behind(sentence, head)
        referred = self.descriptions.typed(sentence, head, self.phrases.span(sentence, head)) if definite else ()
        return referred, bool(referred)
