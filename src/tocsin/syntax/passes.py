"""What the passes that build clauses share: adding an argument, reading a phrase's preposition, finding antecedents.

In: a sentence and a token. Out: arguments with their entities. A pass is a class of its own with one idea; ``builder.py``
runs them in order.
"""

from __future__ import annotations

from tocsin.language.phrases.interpret import Interpreter
from tocsin.language.tokens import Sentence, Token
from tocsin.syntax.clause import Argument, Clause


class Pass:
    """A pass over the clauses of a sentence."""

    def __init__(self, interpreter: Interpreter) -> None:
        self.interpreter = interpreter
        self.lexicon = interpreter.lexicon

    def _add(self, clause: Clause, slot: str, token: Token) -> None:
        clause.add(slot, Argument(token, self.interpreter.entities(clause.sentence, token)))

    def _modifier(self, clause: Clause, kid: Token) -> None:
        sentence = clause.sentence
        for member in [kid, *sentence.kids(kid, "conj")]:
            if member.tag in ("VBN", "VBG") and member.pos == "VERB":
                if member.lower in self.lexicon.words("leading_participles"):  # "the Hamas-led attack"
                    leaders = [(k, self.interpreter.entity(sentence, k)) for k in sentence.kids(member, "compound", "amod")]
                    for leader, party in leaders:
                        clause.add("nat", Argument(leader, [party])) if party.parties else None
                continue
            entity = self.interpreter.entity(sentence, member)
            named = any(p.country or p.id for p in entity.parties) and entity.materiel is None
            slot = "nat" if named else "comp"  # "U.S. arms sales" are sales of arms
            clause.add(slot, Argument(member, [entity]))
            for inner in sentence.kids(member, "compound", "amod", "nmod", "obl:npmod"):
                below = self.interpreter.entity(sentence, inner)
                pair = sentence.tokens[inner.i + 1].text == "-" if inner.i + 1 < len(sentence.tokens) else False
                if any(p.country or p.id for p in below.parties) and (slot == "comp" or pair):
                    clause.add("nat", Argument(inner, [below]))

    def _targets(self, sentence: Sentence, noun: Token) -> list[Token]:
        """Phrases that a participle on a noun names as its target."""
        return [
            thing
            for kid in sentence.kids(noun, "acl")
            if kid.lemma in self.lexicon.words("target_participles")
            for thing in sentence.kids(kid, "obl", "obj", "nmod")
            if thing.dep == "obj" or self.case(sentence, thing) in self.lexicon.words("target_prepositions")
        ]

    def _none(self, sentence: Sentence, token: Token) -> bool:
        """Whether a phrase is of nobody or nothing."""
        joined = sentence.kids(token, "det", "cc:preconj")  # "ratified by neither X nor Y"
        determined = any(k.lower in self.lexicon.words("no_determiners") for k in joined)
        return determined or token.lower in self.lexicon.words("no_pronouns")

    def _relative(self, sentence: Sentence, token: Token) -> Token:
        """The antecedent of a relative pronoun; any other token itself."""
        if token.lower not in self.lexicon.words("relative_pronouns") or token.pos == "NOUN":
            return token
        verb = sentence.parent(token)
        while verb is not None and verb.dep == "conj":
            verb = sentence.parent(verb)
        if verb is not None and verb.dep == "acl:relcl":
            return self._hurting(sentence, verb, sentence.parent(verb)) or token
        cleft = sentence.parent(verb) if verb is not None and verb.dep == "ccomp" and token.lower != "which" else None
        if cleft is not None and any(k.lower == "it" for k in sentence.kids(cleft, "nsubj", "expl")):
            return cleft  # "it was Estonia that sent"
        return token

    def _hurting(self, sentence: Sentence, verb: Token, noun: Token | None) -> Token | None:
        """The noun that a relative clause is about: "an attack against X in Y, which injured ten": the attack did."""
        above = sentence.parent(noun) if noun is not None else None
        pact = verb.lemma in self.lexicon.words("member_verbs") and noun is not None and noun.dep == "appos"
        if pact and above is not None and above.pos == "PROPN":
            return above  # "the CSTO, a pact that also includes X"
        while (
            noun is not None
            and above is not None
            and verb.lemma in self.lexicon.words("hurt_verbs")
            and noun.pos == "PROPN"
            and self.case(sentence, noun)
            and above.pos in ("NOUN", "PROPN")
        ):
            noun, above = above, sentence.parent(above)
        return noun

    def _at_hands(self, sentence: Sentence, token: Token) -> list[Token]:
        """Who does it where a phrase says "at the hands of X", "at X's hands"; nobody for other phrases."""
        if token.lower not in self.lexicon.words("agency_nouns") or self.case(sentence, token) != "at":
            return []
        return [
            kid for kid in sentence.kids(token, "nmod", "nmod:poss")
            if kid.dep == "nmod:poss" or self.case(sentence, kid) == "of"
        ]

    @staticmethod
    def case(sentence: Sentence, token: Token) -> str:
        """The preposition of a phrase; several words joined by spaces."""
        return " ".join(t.lower for t in sentence.kids(token, "case") if t.text not in ("'s", "'", "\u2019s", "\u2019"))

    def _named_so(self, sentence: Sentence, verb: Token, kid: Token) -> bool:
        """ "called the attack justified": a participle that says what something is called, nothing to be done."""
        naming = verb.lemma in self.lexicon.words("naming_verbs") and kid.dep == "xcomp" and kid.tag == "VBN"
        return naming and not sentence.kids(kid, "aux", "aux:pass", "mark")
