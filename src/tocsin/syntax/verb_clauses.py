"""Clauses of verbs: what hangs from a verb itself, in the order of an active sentence.

In: a sentence and a verb. Out: a clause with subject, objects, phrases by preposition and purpose.
"""

from __future__ import annotations

from tocsin.language.phrases.interpret import Interpreter
from tocsin.language.tokens import Sentence, Token
from tocsin.syntax.clause import Argument, Clause
from tocsin.syntax.flow import companions, served
from tocsin.syntax.gaps import Gaps
from tocsin.syntax.passes import Pass
from tocsin.syntax.verbs import VerbForms, lemma_of

# Slots of what an infinitive of purpose is to do to its object, and the verbs that say so (grammar.yaml).
_AIMS = {"against": "fighting_verbs", "helped": "siding_verbs", "driven": "driving_verbs"}


class VerbClauses(Pass):
    """Makes the clauses of verbs."""

    def __init__(self, interpreter: Interpreter, forms: VerbForms) -> None:
        super().__init__(interpreter)
        self.forms = forms
        self.gaps = Gaps(interpreter)

    def clause(self, sentence: Sentence, token: Token) -> Clause:
        """The clause of one verb with what hangs from it; what other clauses lend comes later."""
        form = self.forms.of(sentence, token)
        clause = Clause(
            sentence,
            token,
            lemma_of(sentence, token, self.lexicon),
            "verb",
            tense=form.tense,
            progressive=form.progressive,
            passive=form.passive,
            negated=form.negated,
            perfect=form.perfect,
            modality=form.modality,
        )
        self._utmost(clause)
        self._subjects(clause)
        self._complements(clause)
        self._objects(clause)
        self._obliques(clause, token)
        self._there(clause)
        self._borne(clause)
        self._purpose(clause, token)
        if not self._absolute(clause):
            self.gaps.fill(clause)
        self._hyphenated(clause)
        return clause

    def _utmost(self, clause: Clause) -> None:
        """ "will do all we can to protect": what is done with all one's might is done when that is."""
        sentence, token = clause.sentence, clause.token
        doing = sentence.parent(token)
        if doing is None or token.dep not in ("advcl", "xcomp", "acl") or clause.tense != "infinitive":
            return
        if token.dep == "acl":  # the parse hangs it from "all"
            doing = sentence.parent(doing)
        things = sentence.kids(doing, "obj") if doing is not None and doing.lemma == "do" else []
        if doing is not None and any(t.lower in self.lexicon.words("utmost_words") for t in things):
            clause.tense = self.forms.of(sentence, doing).tense

    def _subjects(self, clause: Clause) -> None:
        """The surface subject and who does it together with it; that of a passive is the object."""
        sentence, token = clause.sentence, clause.token
        for kid in sentence.kids(token, "nsubj", "nsubj:pass"):
            resolved = self._relative(sentence, kid)
            passive = clause.passive or (kid.dep == "nsubj:pass" and not clause.perfect)  # "has withdrawn" is active
            clause.passive = clause.passive or passive
            slot = ("iobj" if sentence.kids(token, "obj") else "obj") if passive else "subj"
            self._add(clause, slot, resolved)
            clause.negated = clause.negated or self._none(sentence, kid)
            for companion in companions(sentence, kid, self.case, self.lexicon):
                self._add(clause, slot, companion)

    def _complements(self, clause: Clause) -> None:
        """What the subject becomes ("a member of") and what the object is called ("the attack a crime")."""
        sentence, token = clause.sentence, clause.token
        nominal = [
            k for k in sentence.kids(token, "xcomp") if k.pos in ("NOUN", "PROPN") and not sentence.kids(token, "obj")
        ]
        for kid in nominal:  # "become a member of"
            self._add(clause, "obj", kid)
        for kid in sentence.kids(token, "xcomp") if sentence.kids(token, "obj") else ():
            if kid.pos in ("NOUN", "ADJ") or self._named_so(sentence, token, kid):  # "called the attack a crime"
                self._add(clause, "as", kid)
        for kid in sentence.kids(token, "advcl", "xcomp"):  # "described the attack as legitimate"
            if kid.pos in ("NOUN", "ADJ") and any(k.lower == "as" for k in sentence.kids(kid, "case", "mark")):
                self._add(clause, "as", kid)

    def _objects(self, clause: Clause) -> None:
        """Direct and indirect objects."""
        sentence, token = clause.sentence, clause.token
        for kid in sentence.kids(token, "obj", "iobj"):
            if kid.lemma in self.lexicon.words("person_objects") and clause.lemma.endswith(" " + kid.lemma):
                continue  # "two tourists taken hostage"
            self._add(clause, kid.dep.split(":")[0], self._relative(sentence, kid))
            clause.negated = clause.negated or self._none(sentence, kid)

    def _obliques(self, clause: Clause, token: Token) -> None:
        sentence = clause.sentence
        for kid in sentence.kids(token, "obl", "nmod", "obl:agent"):
            case = self.case(sentence, kid)
            for doer in self._at_hands(sentence, kid):
                self._add(clause, "subj" if clause.passive else "by", doer)
            if kid.dep == "obl:agent" or (case == "by" and clause.passive):
                self._add(clause, "subj", kid)
                clause.negated = clause.negated or self._none(sentence, kid)
            elif case:
                self._add(clause, case, self._relative(sentence, kid))

    def _there(self, clause: Clause) -> None:
        """ "They flew to Turkey. There they trained": in the place told last in the sentence before."""
        sentence, token = clause.sentence, clause.token
        opening = [k for k in sentence.kids(token, "advmod") if k.lower == "there" and k.i == 0]
        if not opening or sentence.index == 0:
            return
        before = self.interpreter.sentences[sentence.index - 1]
        for other in reversed(before.tokens):
            if other.pos == "PROPN" and self.case(before, other) in self.lexicon.words("arrival_cases"):
                entities = [e for e in self.interpreter.entities(before, other) if e.place is not None]
                if entities:
                    clause.add("in", Argument(opening[0], entities))
                    return

    def _borne(self, clause: Clause) -> None:
        """What hangs from the object but belongs to the verb: for what somebody answers, at what something is aimed."""
        sentence, token = clause.sentence, clause.token
        for thing in sentence.kids(token, "obj"):  # "claimed responsibility for the attack"
            if thing.lemma in self.lexicon.words("bearing_nouns"):
                for kid in sentence.kids(thing, "nmod"):
                    if self.case(sentence, kid) in self.lexicon.words("answer_prepositions"):
                        self._add(clause, "for", kid)
        for thing in sentence.kids(token, "obj"):  # "fired rockets aimed at a base"
            for kid in self._targets(sentence, thing):
                self._add(clause, "at", kid)

    def _purpose(self, clause: Clause, token: Token) -> None:
        """ "to beef up Tajikistan's army": what the purpose is to serve, as slot ``purpose``."""
        for thing in served(clause.sentence, token, self.lexicon):
            self._add(clause, "purpose", thing)
        for kid in clause.sentence.kids(token, "advcl", "xcomp"):
            infinitive = any(t.lower == "to" for t in clause.sentence.kids(kid, "aux", "mark"))
            for slot, verbs in _AIMS.items() if infinitive else ():
                if kid.lemma in self.lexicon.words(verbs):
                    below = clause.sentence.kids(kid, "ccomp", "xcomp")  # "to help X fight Y"
                    inner = [t for k in below for t in clause.sentence.kids(k, "nsubj")]
                    for thing in clause.sentence.kids(kid, "obj") or inner:
                        self._add(clause, slot, thing)

    def _absolute(self, clause: Clause) -> bool:
        """ "with the Taliban taking over": the noun between "with" and the participle does it, wherever both hang."""
        sentence, token = clause.sentence, clause.token
        if token.tag != "VBG" or token.i == 0 or clause.args.get("subj") or token.dep == "amod":
            return False
        noun = sentence.tokens[token.i - 1]
        if noun.pos not in ("NOUN", "PROPN", "PRON") or self.case(sentence, noun) != "with":
            return False
        self._add(clause, "subj", noun)
        return True

    def _hyphenated(self, clause: Clause) -> None:
        """ "Russian-supplied vehicles": the party before the hyphen does it, the noun after it undergoes it."""
        sentence, token = clause.sentence, clause.token
        if token.i < 2 or sentence.tokens[token.i - 1].text != "-":
            return
        doer = sentence.tokens[token.i - 2]
        if token.tag != "VBN":
            return
        clause.passive = True
        clause.args.pop("subj", None)
        if doer.pos not in ("NOUN", "PROPN", "ADJ"):
            return
        self._add(clause, "subj", doer)
        noun = sentence.parent(token)
        if noun is not None and noun.pos in ("NOUN", "PROPN"):
            self._add(clause, "obj", noun)
