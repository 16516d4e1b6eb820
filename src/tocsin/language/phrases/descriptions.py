"""Whom a definite description stands for: "the ministry", "the country", "the two leaders".

In: a phrase and the discourse so far. Out: parties under the phrase's words. Where two readings compete the answer is
none: an empty slot costs less than a wrong one.
"""

from __future__ import annotations

from tocsin.language.lexicon import RoleNoun
from tocsin.language.phrases.discourse import Discourse, Seen
from tocsin.language.phrases.owners import composed
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party

_REACH = 3  # sentences that a definite description may look back
_JUST = 2  # sentences that "the army" of a release may look back for another's
_GROUP_REACH = 8  # a release speaks of "the two leaders" to its end
_STATES_OF = {"emirate": "emirate_states", "sultanate": "sultanate_states", "island": "island_states"}
_KINDS_OF = {"state_nouns": ("state",), "bloc_nouns": ("igo",), "group_nouns": ("armed_group", "igo")}


class Descriptions:
    """Settles the descriptions of one article."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.lexicon = discourse.lexicon

    def described(self, sentence: Sentence, head: Token, role: RoleNoun, span: tuple[int, int]) -> tuple[Party, ...]:
        """Whom "the ministry", "the president", "the army" stands for; "the two leaders" are those who met or spoke."""
        if head.tag in ("NNS", "NNPS") and role.kind == "person":  # "the two leaders", "officials"
            group = self._group_of(sentence, head)
            if group:
                return self.discourse.respan(group, span)
            if self.discourse.issuer is not None and role.group.endswith("office"):
                return ()
        if head.tag == "NNS" and role.group == "government":
            return self._governments(sentence, head, role, span)
        for seen in self._own_first():
            same = seen.lemma == head.lemma and any(role.calls(p.text) for p in seen.parties)
            if same and any(p.country or p.id for p in seen.parties):
                return self.discourse.respan(seen.parties[:1] if head.tag == "NN" else seen.parties, span)
        if role.kind == "person" and role.group != "spokesperson":
            for seen in self._own_first():
                party = seen.parties[0]
                if party.kind == "person" and role.calls(party.text) and party.country:
                    return self.discourse.respan((party,), span)
            if self.discourse.issuer is not None and role.group.endswith("office"):
                own = {"kind": "person", "sector": role.sector, "id": None}
                return self.discourse.respan((self.discourse.issuer.model_copy(update=own),), span)
        named = any(k.pos == "PROPN" and k.i < head.i for k in sentence.kids(head, "compound"))
        if named and role.group == "government":
            return ()  # "the Zogu regime": whoever that is, not whom the article is about
        if role.noun in self.lexicon.words("foreign_bodies") and self.discourse.issuer is not None:
            return ()  # "the regime" of a release is the one named before, or nobody's
        if role.kind in ("government_body", "military") or role.kind == "person":
            acting = None
            if role.kind == "government_body":
                acting = self._teller_of(sentence, head) or self.discourse.actor_before(sentence.index, _REACH)
            country = acting or self.focus()
            issuer = self.discourse.issuer
            if country is not None and issuer is not None and country.country == issuer.country:
                country = None if head.lemma in self.lexicon.words("others_nouns") else country
            if country is not None and (role.kind != "military" or self._near(country, sentence)):
                words = self.discourse.text[slice(*span)]
                name = composed(words, country.name) if country.kind == "state" else words
                own = {"kind": role.kind, "sector": role.sector, "id": None, "name": name}
                return self.discourse.respan((country.model_copy(update=own),), span)
        return ()

    def _teller_of(self, sentence: Sentence, head: Token) -> Party | None:
        """ "N summoned M's envoy, the foreign ministry said": what a state does for itself, its own ministry tells."""
        saying = sentence.parent(head) if head.dep == "nsubj" else None
        deeds = sentence.kids(saying, "ccomp", "parataxis") if saying is not None else []
        doers = {k.i for d in deeds if d.lemma in self.lexicon.words("acts_of_state") for k in sentence.kids(d, "nsubj")}
        states = [s.parties for s in self.discourse.seen if s.sentence == sentence.index and s.token in doers]
        return next((p for parties in states for p in parties if p.kind == "state" and p.country), None)

    def _governments(
        self, sentence: Sentence, head: Token, role: RoleNoun, span: tuple[int, int]
    ) -> tuple[Party, ...]:
        """Of which states "both governments" are: the last named, as many as are told; nobody's where no number stands."""
        words = {k.lower for k in sentence.kids(head, "nummod", "det", "det:predet")}
        if not words & set(self.lexicon.group_sizes):
            return ()
        states = self._last(("state",), self._how_many(sentence, head), sentence, head)
        own = {"kind": role.kind, "sector": role.sector, "id": None}
        return self.discourse.respan(tuple(p.model_copy(update=own) for p in states), span)

    def number_of_states(self, sentence: Sentence, head: Token, span: tuple[int, int]) -> tuple[Party, ...]:
        """Whom "the four" stands for: the last list of as many states or bodies."""
        wanted = self.lexicon.group_sizes.get(head.lower, 0)
        for seen in reversed(self.discourse.seen):
            parties = {p.country: p for p in seen.parties if p.country}
            if wanted > 1 and len(parties) == wanted and sentence.index - seen.sentence <= _REACH:
                return self.discourse.respan(tuple(parties.values()), span)
        return ()

    def pair(self, sentence: Sentence, head: Token, span: tuple[int, int]) -> tuple[Party, ...]:
        """Whom "both" stands for: the last two states told within reach, without who speaks to them."""
        near = [s for s in self.discourse.seen if sentence.index - s.sentence <= 1]
        found = self._last(("state",), 2, sentence, head)
        known = {p.country for s in near for p in s.parties}
        return self.discourse.respan(found, span) if {p.country for p in found} <= known else ()

    def _near(self, country: Party, sentence: Sentence) -> bool:
        """Whether a state was named in the sentences just before: "the troops" are not those of another report."""
        return any(
            sentence.index - s.sentence <= _REACH and any(p.country == country.country for p in s.parties)
            for s in reversed(self.discourse.seen)
        )

    def _own_first(self) -> list[Seen]:
        """What was seen, latest first; in a release the issuer's own people before others ("the President")."""
        latest = list(reversed(self.discourse.seen))
        if self.discourse.issuer is None:
            return latest
        country = self.discourse.issuer.country
        return sorted(latest, key=lambda s: not any(p.country == country for p in s.parties))

    def _group_of(self, sentence: Sentence, head: Token) -> tuple[Party, ...]:
        """The people that a plural office ("both presidents", "the leaders", "the officials") stands for."""
        words = {k.lower for k in sentence.kids(head, "nummod", "det", "det:predet")}
        number = next((self.lexicon.group_sizes[w] for w in words if w in self.lexicon.group_sizes), None)
        return self.discourse.together(_GROUP_REACH, number)

    def just_told(self, sentence: Sentence, head: Token, role: RoleNoun) -> tuple[Party, ...]:
        """ "N's army shelled a camp. The army …" in a release of M: another state's body or force, told just before by
        the same noun, which is not the issuer's then."""
        issuer = self.discourse.issuer
        if issuer is None or role.kind not in ("military", "government_body") or head.tag != "NN":
            return ()
        near = (s for s in reversed(self.discourse.seen) if sentence.index - s.sentence <= _JUST)
        last = next((s for s in near if s.lemma == head.lemma), None)
        foreign = last is not None and len(last.parties) == 1 and last.parties[0].country not in (None, issuer.country)
        return last.parties if last is not None and foreign else ()

    def typed(self, sentence: Sentence, head: Token, span: tuple[int, int]) -> tuple[Party, ...]:
        """Whom "the country", "the bloc", "the group" stands for: the nearest of that kind within reach."""
        noun = head.lemma
        numbered = any(k.lower in self.lexicon.group_sizes for k in sentence.kids(head, "nummod", "det", "det:predet"))
        bare = not sentence.kids(head, "nmod:poss", "nmod", "amod", "compound")
        if noun in self.lexicon.words("paired_nouns") and numbered and bare:  # "the two neighbours"
            return self.discourse.respan(self._last(("state",), self._how_many(sentence, head), sentence, head), span)
        if noun in self.lexicon.words("short_forces"):
            return self._force(sentence, head, span)
        if noun in _STATES_OF and head.tag == "NN" and not self._named(sentence, head):
            return self._of_kind(sentence, self.lexicon.words(_STATES_OF[noun]), span)
        for nouns, kinds in _KINDS_OF.items():
            if noun not in self.lexicon.words(nouns):
                continue
            plural = head.tag in ("NNS", "NNPS")
            wanted = self._how_many(sentence, head) if plural else 1
            recent = [
                s
                for s in self.discourse.seen
                if s.sentence >= sentence.index - _REACH
                and all(p.kind in kinds and (p.country or p.id) for p in s.parties)
                and not self._of_force(sentence, s)
            ]
            own = {k.i for k in sentence.kids(head, "amod", "compound")}  # "the former Soviet republic" is no Soviet Union
            recent = [s for s in recent if s.sentence != sentence.index or s.token not in own]
            movers = self._movers(sentence, head)
            recent = [s for s in recent if not movers & {p.country for p in s.parties}]
            pointed = {k.lower for k in sentence.kids(head, "det")} & {"these", "those"}
            group = self._last_group(sentence, kinds) if plural and pointed and not sentence.kids(head, "nummod") else ()
            if len(group) > 2:
                return self.discourse.respan(group, span)
            if plural:
                return self.discourse.respan(self._last(kinds, wanted, sentence, head), span)
            recent = [s for s in recent if not s.beside] or recent
            if recent and "state" in kinds and not self._sure(sentence, head, recent[-1]):
                return ()
            if recent:
                return self.discourse.respan(recent[-1].parties[:1], span)
        return ()

    @staticmethod
    def _named(sentence: Sentence, head: Token) -> bool:
        """ "the island of Palawan", "the Philippine island": told by its own name or land."""
        kids = sentence.kids(head, "nmod", "compound", "amod", "appos", "nmod:poss")
        return any(k.pos == "PROPN" or k.text[:1].isupper() for k in kids)

    def _sure(self, sentence: Sentence, head: Token, last: Seen) -> bool:
        """Whether "the country" in an official's words is the state told last: it may be his own, unless his sentence
        names the other one."""
        at: Token | None = head
        while at is not None and at.dep != "ccomp":
            at = sentence.parent(at)
        saying = sentence.parent(at) if at is not None else None
        if saying is None or last.sentence == sentence.index or saying.lemma not in self.lexicon.words("saying"):
            return True
        tellers = {t.i for k in sentence.kids(saying, "nsubj") for t in [k, *sentence.kids(k, "flat", "compound", "appos")]}
        here = [s for s in self.discourse.seen if s.sentence == sentence.index and s.token in tellers]
        own = {p.country for s in here for p in s.parties if p.sector in ("GOV", "MIL")}
        return not own or any(p.country in own for p in last.parties)

    def _force(self, sentence: Sentence, head: Token, span: tuple[int, int]) -> tuple[Party, ...]:
        """ "A combined security force … The force": the last force told by that noun; none of nature is."""
        if sentence.kids(head, "nmod", "acl", "acl:relcl"):
            return ()
        for seen in reversed(self.discourse.seen):
            if sentence.index - seen.sentence > _GROUP_REACH:
                return ()
            if seen.lemma == head.lemma and all(p.kind == "military" for p in seen.parties):
                return self.discourse.respan(seen.parties, span)
        return ()

    def _movers(self, sentence: Sentence, head: Token) -> set[str | None]:
        """The countries of who moves forces out of or into "the country": it is not his own."""
        verb = sentence.parent(head)
        cases = {k.lower for k in sentence.kids(head, "case")}
        words = self.lexicon.words
        moving = words("leaving_words") | words("moved_participles") | words("sending_verbs")
        if verb is None or head.dep != "obl" or not cases & {"from", "into", "to", "of"} or verb.lemma not in moving:
            return set()
        found: set[int] = set()
        while verb is not None:
            found |= {t.i for k in sentence.kids(verb, "nsubj") for t in sentence.subtree(k)}
            verb = sentence.parent(verb) if verb.dep in ("xcomp", "conj") else None
        here = [s for s in self.discourse.seen if s.sentence == sentence.index and s.token in found]
        return {p.country for s in here for p in s.parties if p.country}

    def _of_kind(self, sentence: Sentence, states: frozenset[str], span: tuple[int, int]) -> tuple[Party, ...]:
        """Which of the states that go by a noun "the island", "the emirate" is: the one of them named before."""
        near = [s for s in self.discourse.seen if s.sentence >= sentence.index - _GROUP_REACH]
        named = {p.country: p for s in near for p in s.parties if p.country in states}
        if len(named) != 1:
            return ()
        state = next(iter(named.values()))
        whole = {"kind": "state", "sector": "GOV", "id": f"state:{state.country}"}
        return self.discourse.respan((state.model_copy(update=whole),), span)

    def _last_group(self, sentence: Sentence, kinds: tuple[str, ...]) -> tuple[Party, ...]:
        """The longest list of the kind that stands together nearest before ("these countries")."""
        near = [
            s for s in self.discourse.seen if sentence.index - s.sentence <= 1 and len({p.country for p in s.parties}) > 1
        ]
        near = [s for s in near if all(p.kind in kinds for p in s.parties)]
        last = [s for s in near if (s.sentence, s.token) == (near[-1].sentence, near[-1].token)]
        return max((s.parties for s in last), key=len, default=())

    def _of_force(self, sentence: Sentence, seen: Seen) -> bool:
        """Whether a state was only told as that of troops in this sentence: "U.S. troops in the country" are abroad."""
        token = sentence.tokens[seen.token] if seen.sentence == sentence.index else None
        if token is None or token.dep not in ("amod", "compound", "nmod:poss"):
            return False
        role = self.lexicon.role(sentence, sentence.tokens[token.head])
        return role is not None and role[0].group == "force"

    def _how_many(self, sentence: Sentence, head: Token) -> int:
        """How many "the three countries", "both sides", "our two nations" are; two where no number stands."""
        for kid in sentence.kids(head, "nummod", "det", "det:predet"):
            if kid.lower in self.lexicon.group_sizes:
                return self.lexicon.group_sizes[kid.lower]
        return 2

    def _last(self, kinds: tuple[str, ...], wanted: int, sentence: Sentence, head: Token) -> tuple[Party, ...]:
        """The last distinct parties of the kinds, as many as wanted, else none; "our" counts the issuer in."""
        distinct: dict[str, Party] = {}
        ours = [k for k in sentence.kids(head, "nmod:poss") if k.lower == "our"]
        if ours and self.discourse.issuer is not None and self.discourse.issuer.country:
            distinct[self.discourse.issuer.country] = self.discourse.issuer
        outer = head
        while outer.dep == "nmod" and (above := sentence.parent(outer)) is not None:
            outer = above  # "spoke with the ministers of both countries"
        verb = sentence.parent(outer) if outer.dep in ("obj", "iobj", "obl") and not ours else None
        doers = {t.i for k in sentence.kids(verb, "nsubj") for t in sentence.subtree(k)} if verb is not None else set()
        doers |= {k.i for k in sentence.kids(head)} if verb is not None else set()
        for seen in reversed(self.discourse.seen):
            if seen.sentence == sentence.index and seen.token in doers:
                continue  # "N urged both countries": N is none of them
            for party in seen.parties:
                state = party.country is not None and (
                    party.kind in kinds or party.kind in ("person", "government_body")
                )
                if state and len(distinct) < wanted:
                    distinct.setdefault(str(party.country), party)
        return tuple(reversed(distinct.values())) if len(distinct) == wanted else ()

    def focus(self) -> Party | None:
        """The state that the article is about so far: the one named most, if it leads clearly."""
        ranked = self.discourse.countries.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] <= ranked[1][1]):
            return None
        told = [p for seen in reversed(self.discourse.seen) for p in seen.parties if p.country == ranked[0][0]]
        return next((p for p in told if p.kind == "state"), told[0] if told else None)
