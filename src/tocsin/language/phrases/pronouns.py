"""Whom a pronoun stands for, as far as its own sentence tells: the speaker, the object, the subject of its clause.

In: a sentence and a pronoun. Out: parties under the pronoun's words. Where the sentence does not tell, the discourse is
asked; see ``discourse.py``.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from tocsin.language.phrases.discourse import Discourse
from tocsin.language.phrases.entities import Resolver
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token
from tocsin.model import Party


class Pronouns:
    """Settles the pronouns of one article; ``labels`` tell whom a paragraph's transcript label names."""

    def __init__(
        self,
        discourse: Discourse,
        resolver: Resolver,
        quotes: Sequence[tuple[int, int]],
        labels: Mapping[int, tuple[Party, ...]],
    ) -> None:
        self.discourse = discourse
        self.lexicon = discourse.lexicon
        self.resolver = resolver
        self.quotes = quotes
        self.labels = labels

    def stands_for(self, sentence: Sentence, token: Token) -> tuple[Party, ...]:
        """Whom a pronoun stands for; "we" inside what somebody says is who says it."""
        if _stands_for_clause(sentence, token) or token.lower in self.lexicon.words("pronouns_nobody"):
            return ()
        if token.lower in self.lexicon.words("pronouns_self"):
            quoted = any(a <= token.start < b for a, b in self.quotes)
            if not quoted and self.discourse.issuer is not None and sentence.paragraph not in self.labels:
                return self.discourse.respan((self.discourse.issuer,), (token.start, token.end))
            speaker = self._sayer(sentence, token)
            if speaker is not None:
                parties = self.resolver.entity(sentence, speaker).parties
                return tuple(
                    p.model_copy(update={"start": token.start, "end": token.end, "text": token.text}) for p in parties
                )
            if token.dep == "nmod:poss":
                return ()  # "X attacked our state": never that of the one who is spoken of
        if _reciprocal(sentence, token):  # "accused each other"
            return self.discourse.respan(self._doers(sentence, token), (token.start, token.end))
        if token.lower == "whose":
            return self.discourse.respan(self._antecedent(sentence, token), (token.start, token.end))
        receiver = self._receiver(sentence, token) if token.dep == "iobj" else ()
        if receiver:
            return self.discourse.respan(receiver, (token.start, token.end))
        patient = self._patient(sentence, token)
        if patient or patient is None:
            return self.discourse.respan(patient or (), (token.start, token.end))
        if token.dep == "nmod:poss":
            first = self._whose_first(sentence, token)
            if first:
                return self.discourse.respan(first, (token.start, token.end))
            own = self._own_subject(sentence, token)
            if own is not None:
                return self.discourse.respan(own, (token.start, token.end))
        if token.dep == "nsubj" and token.lower in self.lexicon.words("pronouns_person"):
            author = self._author(sentence, token)
            if author:
                return self.discourse.respan(author, (token.start, token.end))
        if token.dep == "nsubj" and token.lower in self.lexicon.words("pronouns_many"):
            same = self._asked(sentence, token) or self._same_many(sentence, token)
            if same:
                return self.discourse.respan(same, (token.start, token.end))
        return self.discourse.pronoun(sentence, token)

    def _asked(self, sentence: Sentence, token: Token) -> tuple[Party, ...]:
        """ "threatens N's leaders and calls for them to go": several who were told before, not the one who calls."""
        verb = sentence.parent(token)
        if verb is None or not any(k.lower == "for" for k in sentence.kids(verb, "mark")):
            return ()
        for noun in reversed(sentence.tokens[: token.i]):
            parties = self.resolver.entity(sentence, noun).parties if noun.tag in ("NNS", "NNPS") else ()
            if parties and not noun.dep.startswith("nsubj"):
                return parties
        return ()

    def _same_many(self, sentence: Sentence, token: Token) -> tuple[Party, ...]:
        """ "calls for them to give up the power that they seized": the same of whom the clause above speaks so."""
        above = sentence.parent(token)
        while above is not None:
            for kid in sentence.kids(above, "nsubj", "obj"):
                if kid.i < token.i and kid.lower in self.lexicon.words("pronouns_many"):
                    return self.resolver.entity(sentence, kid).parties
            above = sentence.parent(above)
        return ()

    def _whose_first(self, sentence: Sentence, token: Token) -> tuple[Party, ...]:
        """ "Russia's invasion of Georgia and its build-up": of two things in a row the second is whose the first is."""
        thing = sentence.parent(token)
        if token.lower not in ("its", "their") or thing is None or thing.dep != "conj":
            return ()
        thing = sentence.first_of_row(thing)
        named = [k for k in sentence.kids(thing, "nmod:poss") if k.pos in ("PROPN", "NOUN")] if thing.pos == "NOUN" else []
        return next((parties for k in named if (parties := self.resolver.entity(sentence, k).parties)), ())

    def _author(self, sentence: Sentence, token: Token) -> tuple[Party, ...]:
        """ "a speech by X, in which he vowed": who says something in a speech or letter is whose it is."""
        verb = sentence.parent(token)
        paper = sentence.parent(verb) if verb is not None and verb.dep == "acl:relcl" else None
        papers = self.lexicon.words("voicing_papers") | self.lexicon.words("speeches")
        if paper is not None and paper.dep in ("nmod", "nmod:poss") and paper.lemma not in papers:
            paper = sentence.parent(paper)  # the clause hangs from the name
        if paper is None or paper.lemma not in papers:
            return ()
        owners = [k for k in sentence.kids(paper, "nmod", "nmod:poss") if k.i < token.i and case_of(sentence, k) != "to"]
        found = [self.resolver.entity(sentence, k).parties for k in owners]
        return next((parties for parties in found if parties and parties[0].kind == "person"), ())

    def _antecedent(self, sentence: Sentence, token: Token) -> tuple[Party, ...]:
        """Whom the relative clause of "whose" hangs from ("X, whose border with Y is long")."""
        current = token
        while (parent := sentence.parent(current)) is not None:
            if current.dep == "acl:relcl":
                return self.resolver.entity(sentence, parent).parties
            current = parent
        return ()

    def _doers(self, sentence: Sentence, token: Token) -> tuple[Party, ...]:
        """All the subjects of the verb that "each other" is an object of."""
        verb = sentence.parent(token)
        subjects = sentence.kids(verb, "nsubj") if verb is not None and verb.pos == "VERB" else []
        named = [t for s in subjects for t in (s, *sentence.kids(s, "conj"))]
        return tuple(p for t in named for p in self.resolver.entity(sentence, t).parties)

    def _own_subject(self, sentence: Sentence, token: Token) -> tuple[Party, ...] | None:
        """Whose "their" or "its" is inside a clause: its subject's. None where the subject says nothing of it."""
        current = token
        while (parent := sentence.parent(current)) is not None:
            if parent.pos in ("VERB", "AUX") and not current.dep.startswith("nsubj"):
                for kid in sentence.kids(parent, "nsubj"):
                    if kid.lower in self.lexicon.words("relative_pronouns"):
                        return None
                    if token.lower == "its" and sentence.kids(kid, "conj"):
                        return self._single_before(sentence, token, kid)
                    parties = self.resolver.entity(sentence, kid).parties
                    if token.lower == "their":  # "A and B put their armies": of both
                        joined = sentence.kids(kid, "conj")
                        parties += tuple(p for k in joined for p in self.resolver.entity(sentence, k).parties)
                    person = token.lower in self.lexicon.words("pronouns_person")
                    role = self.lexicon.role(sentence, kid)
                    speaks = role is not None and role[0].group == "spokesperson"  # "a spokesman said its gunners"
                    if parties and ((parties[0].kind == "person") == person or speaks):
                        return parties
                    return () if kid.pos == "PRON" and not parties else None
            current = parent
        return None

    def _receiver(self, sentence: Sentence, token: Token) -> tuple[Party, ...]:
        """ "A gave guns to B, while C sent it tanks": who gets is who got before."""
        if token.lower not in self.lexicon.words("pronouns_thing"):
            return ()
        for other in reversed(sentence.tokens[: token.i]):
            got = other.dep == "iobj" or (other.dep in ("obl", "nmod") and case_of(sentence, other) == "to")
            parties = self.resolver.entity(sentence, other).parties if got and other.pos == "PROPN" else ()
            if parties and parties[0].country:
                return parties
        return ()

    def _single_before(self, sentence: Sentence, token: Token, subject: Token) -> tuple[Party, ...] | None:
        """ "A and B cut ties with C and closed their airspace to its aircraft": the nearest single state that is none of
        several subjects."""
        theirs = {t.i for t in sentence.subtree(subject)}
        for other in reversed(sentence.tokens[: token.i]):
            joined = other.dep == "conj" or sentence.kids(other, "conj")
            if other.i in theirs or joined or other.pos not in ("PROPN", "NOUN"):
                continue
            parties = self.resolver.entity(sentence, other).parties
            if parties and parties[0].kind == "state":
                return parties
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
                        return self.resolver.entity(sentence, kid).parties or (None if unknown else ())
                return ()
            current = parent
        return ()

    def _charged(self, sentence: Sentence, token: Token) -> tuple[Party, ...]:
        """ "impose costs on X for its war", "sanctions against X over its tests": on whom something is laid for a deed."""
        current = token
        while (parent := sentence.parent(current)) is not None and parent.pos in ("NOUN", "PROPN"):
            current = parent
        if token.dep != "nmod:poss" or case_of(sentence, current) not in self.lexicon.words("reason_prepositions"):
            return ()
        verb = sentence.parent(current)
        things = sentence.kids(verb, "obj", "obl", "nsubj:pass") if verb is not None and verb.pos == "VERB" else []
        for thing in [*things, *(k for t in things for k in sentence.kids(t, "nmod"))]:
            if thing.i < token.i and case_of(sentence, thing) in self.lexicon.words("bearing_prepositions"):
                named = [thing, *(sentence.kids(thing, "conj") if token.lower == "their" else [])]
                parties = tuple(p for t in named for p in self.resolver.entity(sentence, t).parties if p.country or p.id)
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


def _reciprocal(sentence: Sentence, token: Token) -> bool:
    """Whether a word heads "each other" or "one another"."""
    around = [t.lower for t in sentence.tokens[max(token.i - 1, 0) : token.i + 2]]
    pairs = set(itertools.pairwise(around))
    return token.lower in ("each", "other", "one", "another") and bool({("each", "other"), ("one", "another")} & pairs)


def _stands_for_clause(sentence: Sentence, token: Token) -> bool:
    """ "It is possible to leave", "it is bad that": "it" is nobody."""
    above = sentence.parent(token)
    if token.lower != "it" or above is None:
        return False
    judged = above.pos == "ADJ" and token.dep == "nsubj" and bool(sentence.kids(above, "cop"))
    below = [k for k in sentence.kids(above, "ccomp", "csubj", "xcomp", "advcl") if k.i > above.i] if judged else []
    told = [m.lower for k in below for m in sentence.kids(k, "mark", "aux")]
    return token.dep == "expl" or bool({"that", "to"} & set(told) and not sentence.kids(above, "obl", "advmod"))
