"""Clauses of event nouns: "Russia's delivery of six howitzers to Latvia".

In: a sentence, a noun that can be an event, the verb clauses beside it. Out: a clause with the phrases around the noun as
arguments, and with what a light verb gives it (``support.py``).
"""

from __future__ import annotations

from tocsin.language.phrases.interpret import Interpreter
from tocsin.language.tokens import Sentence, Token
from tocsin.syntax.clause import Argument, Clause
from tocsin.syntax.passes import Pass
from tocsin.syntax.support import Support
from tocsin.syntax.verbs import form_of

_MODIFIERS = ("amod", "compound", "nmod", "obl:npmod", "flat", "nummod")
_DEEDS = frozenset({"attack", "gunfire"})


def a_name(token: Token) -> bool:
    """Whether a word is a name, no adjective of one."""
    return token.pos == "PROPN" and token.tag != "JJ"


def _lands(name: Argument) -> bool:
    """Whether a name is one of states and no more."""
    return all(p.kind == "state" for e in name.entities for p in e.parties)


class NounClauses(Pass):
    """Makes the clauses of event nouns."""

    def __init__(self, interpreter: Interpreter) -> None:
        super().__init__(interpreter)
        self.support = Support(interpreter)

    def clause(self, sentence: Sentence, token: Token, name: str, verbs: dict[int, Clause]) -> Clause:
        """The clause of one noun; ``name`` is the lemma phrase by which it is an event."""
        clause = Clause(sentence, token, name, "noun")
        clause.definite = any(
            k.lower in self.lexicon.words("definite") for k in sentence.kids(token, "det", "nmod:poss")
        )
        clause.negated = any(k.lower in self.lexicon.words("negators") for k in sentence.kids(token, "det"))
        self._possessors(clause)
        self._aimed(clause)
        apposed = token.dep == "appos" and token.lemma in self.lexicon.words("apposed_nouns")
        if apposed:  # "Djibouti, home to a base"
            self._add(clause, "subj", sentence.tokens[token.head])
        predicate = apposed or bool(sentence.kids(token, "cop"))
        self._modifiers(clause, predicate)
        if predicate:
            form = form_of(sentence, token, self.lexicon)
            clause.negated, clause.modality = clause.negated or form.negated, form.modality
            clause.tense = "future" if form.tense == "future" else clause.tense
        self._apposed_act(clause)
        self.support.lend(clause, verbs)
        self._part_of_whole(clause, verbs)
        return clause

    def _possessors(self, clause: Clause) -> None:
        """Whose the event is, also where the possessor stands before the name in it."""
        sentence, token = clause.sentence, clause.token
        for kid in sentence.kids(token, "nmod:poss"):
            self._add(clause, "poss", kid)
        for name_part in sentence.kids(token, "compound"):  # "NATO's Able Archer exercise"
            for kid in sentence.kids(name_part, "nmod:poss"):
                self._add(clause, "poss", kid)

    def _modifiers(self, clause: Clause, predicate: bool) -> None:
        """Phrases behind the noun by their preposition, words before it as party or thing."""
        sentence, token = clause.sentence, clause.token
        inside = range(token.i - len(clause.lemma.replace("-", " - ").split()) + 1, token.i)
        for kid in sentence.kids(token, *_MODIFIERS, *(("obl",) if predicate else ())):  # "this was the first test of"
            if kid.i in inside and not self.interpreter.entity(sentence, kid).parties:
                self._inner(clause, kid)
                continue
            case = self.case(sentence, kid)
            if kid.dep == "nmod:poss":
                continue
            for doer in self._at_hands(sentence, kid):
                self._add(clause, "by", doer)
            if kid.i > token.i and case:
                self._add(clause, case, kid)
            elif kid.i < token.i and not case and kid.dep != "nummod":
                self._modifier(clause, kid)
        self._shared_owner(clause)
        self._hit_building(clause)

    def _shared_owner(self, clause: Clause) -> None:
        """ "in the Pakistani firing and shelling": whose the first of two deeds is, the second is, too."""
        sentence, token = clause.sentence, clause.token
        first = sentence.tokens[token.head] if token.dep == "conj" else token
        deed = first.lower.endswith("ing") or bool(self.lexicon.noun_types(sentence, first) & _DEEDS)
        if first is token or not deed or first.pos != "NOUN" or clause.get("nat", "poss", "by"):
            return
        if not sentence.kids(token, "det", "amod", "compound"):
            for kid in sentence.kids(first, "amod"):
                self._modifier(clause, kid)

    def _hit_building(self, clause: Clause) -> None:
        """ "the Beirut barracks bombing", "the Kenyan embassy attack": the name says where or whose it was, not who did it.
        """
        missions = self.lexicon.words("missions")
        attack = "attack" in self.lexicon.noun_types(clause.sentence, clause.token)
        if attack:
            for hit in [a for a in clause.get("nat") if a.token.lemma.lower() in missions]:
                clause.args["nat"].remove(hit)
                clause.add("comp", hit)  # "the French Embassy blasts"
            if set(clause.lemma.replace("-", " ").split()) & self.lexicon.words("stealth_words"):
                for name in [a for a in clause.get("nat") if a_name(a.token) and _lands(a)]:
                    clause.args["nat"].remove(name)
                    clause.add("in", name)  # "the Turkey car bomb attack": where it was, as no state bombs so
        for building in clause.get("comp"):
            if not self.lexicon.noun_types(clause.sentence, building.token) & {"building", "base"}:
                continue
            mission = building.token.lemma in missions
            for name in [a for a in clause.get("nat") if a.token.i < building.token.i]:
                if mission or a_name(name.token):
                    clause.args["nat"].remove(name)
                    if a_name(name.token):
                        clause.add("in", name)
                    elif attack:
                        clause.args["comp"] = [name if a is building else a for a in clause.get("comp")]

    def _inner(self, clause: Clause, kid: Token) -> None:
        """ "the American troop withdrawal", "an ICBM launch drill": a party or weapon before a word of the event's own
        name."""
        for inner in clause.sentence.kids(kid, "amod", "compound"):
            below = self.interpreter.entity(clause.sentence, inner)
            if any(p.country or p.id for p in below.parties):
                clause.add("nat", Argument(inner, [below]))
            elif below.materiel is not None and inner.dep == "compound" and clause.sentence.tokens[inner.i + 1].text != "-":
                clause.add("comp", Argument(inner, [below]))

    def _apposed_act(self, clause: Clause) -> None:
        """ "a criminal act by the army, a strike on a market": whose act it is, whose strike it is."""
        sentence, token = clause.sentence, clause.token
        act = sentence.parent(token)
        if token.dep != "appos" or act is None or act.lemma not in self.lexicon.words("act_nouns"):
            return
        if not clause.get("by", "poss", "nat", "subj"):
            for kid in sentence.kids(act, "nmod"):
                if self.case(sentence, kid) == "by":
                    self._add(clause, "by", kid)

    def _aimed(self, clause: Clause) -> None:
        """ "drills aimed at Taiwan": whom a participle on the noun names as target, as slot ``against``."""
        for thing in self._targets(clause.sentence, clause.token):
            self._add(clause, "against", thing)

    def _part_of_whole(self, clause: Clause, verbs: dict[int, Clause]) -> None:
        """ "North Korea's support, including the transfer of missiles": the whole's possessor is the part's, and who
        "committed crimes, including the killing of" did that."""
        sentence, token = clause.sentence, clause.token
        anchor = token
        listed = self.lexicon.words("including")
        while anchor.dep in ("conj", "nmod") and self.case(sentence, anchor) not in listed:
            above = sentence.parent(anchor)  # "including the deployment of troops and the transfer of missiles"
            if above is None or above.pos not in ("NOUN", "PROPN"):
                break
            anchor = above
        whole = sentence.parent(anchor)
        while whole is not None and whole.dep == "nmod" and (above := sentence.parent(whole)) is not None:
            if above.pos not in ("NOUN", "PROPN"):
                break
            whole = above  # "Japan's response to Russia's invasion, including its aid": the part is the first one's
        if clause.get("poss", "nat", "subj", "by") or whole is None or anchor.dep != "nmod":
            return
        if self.case(sentence, anchor) in self.lexicon.words("including"):
            for kid in sentence.kids(whole, "nmod:poss"):
                self._add(clause, "poss", kid)
            for kid in sentence.kids(whole, "nmod"):
                if self.case(sentence, kid) == "by":
                    self._add(clause, "by", kid)
            done = verbs.get(whole.head) if whole.dep == "obj" and whole.lemma in self.lexicon.words("act_nouns") else None
            if done is not None and not done.passive:
                clause.support, clause.support_lemma, clause.tense = done.token, done.lemma, done.tense
                for doer in done.get("subj"):
                    clause.add("subj", doer)
