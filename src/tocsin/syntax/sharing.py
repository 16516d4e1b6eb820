"""Subjects that clauses share: a coordinated, infinitive or participle clause takes its doer from another one.

In: the verb clauses of a sentence. Out: the same clauses with the subjects (or undergoers) that others lend them.
"""

from __future__ import annotations

from tocsin.language.tokens import Sentence, Token
from tocsin.syntax.clause import Argument, Clause
from tocsin.syntax.passes import Pass

_ACTS = ("in", "during")  # in what people are hurt
_AIMED = ("at", "against", "on", "upon")
_MEASURES = frozenset({"sanction", "measure"})
_AFTER = ("to", "for", "from", "into", "iobj", "obj")  # the object last: the others go with it


class Sharing(Pass):
    """Lends arguments from clause to clause; clauses are found by the index of their verb."""

    def share(self, verbs: dict[int, Clause]) -> None:
        """Give every clause the arguments that other clauses lend it."""
        for clause in verbs.values():
            self._share_subject(clause, verbs)
        for clause in verbs.values():
            self._late_agent(clause)
            self._right_of_both(clause, verbs)
            self._hurt_in_one(clause, verbs)
        for clause in verbs.values():
            self._captor(clause, verbs)
        self._launchers(verbs)

    def _share_subject(self, clause: Clause, verbs: dict[int, Clause]) -> None:
        """Subjects that a coordinated, infinitive or participle clause takes from the verb above it."""
        sentence, token = clause.sentence, clause.token
        if not clause.passive and sentence.kids(token, "nsubj:pass"):
            return  # "four were killed and eleven wounded": those do not wound
        seen: set[int] = set()
        current = token
        while not (clause.args.get("obj") if clause.passive else clause.args.get("subj")):
            parent = sentence.parent(current)
            if parent is None or parent.i in seen:
                return
            seen.add(parent.i)
            if current.dep not in ("conj", "xcomp", "advcl", "ccomp", "acl"):
                return
            lent = self._lent(sentence, current, parent, verbs)
            if lent:
                slot = "obj" if clause.passive else "subj"
                for argument in lent:
                    clause.add(slot, argument)
                return
            current = parent

    def _lent(self, sentence: Sentence, token: Token, parent: Token, verbs: dict[int, Clause]) -> list[Argument]:
        above = verbs.get(parent.i)
        if token.dep == "acl" and parent.pos in ("NOUN", "PROPN"):
            answered = any(k.lower == "for" for k in sentence.kids(token, "mark"))
            if answered and self.interpreter.noun_types(sentence, parent) & _MEASURES:
                return self._aimed_at(sentence, parent)
            return self._holder_of(sentence, parent, verbs)
        if above is None:
            marks = {k.lower for k in sentence.kids(token, "mark")}
            toward = [k for k in sentence.kids(parent, "obl", "nmod") if self.case(sentence, k) == "to"]
            if toward and "for" in marks:  # "grateful to X for sending"
                return [Argument(k, self.interpreter.entities(sentence, k)) for k in toward[:1]]
            subjects = sentence.kids(parent, "nsubj", "nsubj:pass")
            return [Argument(s, self.interpreter.entities(sentence, self._relative(sentence, s))) for s in subjects]
        if token.dep == "ccomp" and (token.tag not in ("VB", "VBG") or sentence.kids(token, "mark")):
            return []
        called = above.args.get("on") or above.args.get("upon") or above.args.get("to")
        if token.dep == "xcomp" and called and above.lemma.split(" ")[0] in self.lexicon.words("calling_verbs"):
            return called  # "called on Oslo to leave"
        own = above.lemma in self.lexicon.words("subject_control")
        if token.dep == "xcomp" and above.args.get("obj") and not own:
            return above.args["obj"]
        marks = {k.lower for k in sentence.kids(token, "mark")}
        if token.tag == "VBG" and "for" in marks and above.lemma.split(" ")[0] in self.lexicon.words("calling_verbs"):
            return []  # "called for halting the strikes": who does it is not told
        if token.dep == "advcl" and "for" in marks and (blamed := self._blamed(above)) is not None:
            return blamed
        if token.dep == "advcl" and marks & self.lexicon.words("object_marks"):
            undergoer = above.args.get("obj") or above.args.get("iobj")  # "thanked X for sending", "accused X of"
            if undergoer:
                return list(undergoer)
        if above.passive:
            after = token.dep == "advcl" and token.tag == "VBG" and token.i > parent.i and not marks
            if after and token.lemma in self.lexicon.words("hurt_verbs"):
                return above.get("subj")  # "the carrier was destroyed in the raid, killing two": it killed nobody
            surface = above.args.get("iobj") or above.args.get("obj") or []
            return list(surface)
        return list(above.args.get("subj", []))

    def _blamed(self, above: Clause) -> list[Argument] | None:
        """ "lashed out at X for bombing", "sanctions on X for arming": who did it stands behind the preposition; None where
        nobody is scolded or punished."""
        measures = [a for a in above.get("obj") if any(e.types & _MEASURES for e in a.entities)]
        if above.lemma not in self.lexicon.words("scolding_verbs") and not measures:
            return None
        return [*above.get(*_AIMED), *(x for a in measures for x in self._aimed_at(above.sentence, a.token))]

    def _aimed_at(self, sentence: Sentence, noun: Token) -> list[Argument]:
        """Whom a measure is aimed at: "sanctions on X"."""
        aimed = [k for k in sentence.kids(noun, "nmod") if self.case(sentence, k) in _AIMED]
        return [Argument(k, self.interpreter.entities(sentence, k)) for k in aimed]

    def _holder_of(self, sentence: Sentence, noun: Token, verbs: dict[int, Clause]) -> list[Argument]:
        """Whose plan, decision or resolution "to do" something is: its possessor, else the subject of its verb."""
        if first := self._first_to(sentence, noun):
            return first
        owners = [
            Argument(k, self.interpreter.entities(sentence, k))
            for k in sentence.kids(noun, "nmod:poss", "amod", "compound")
            if self.interpreter.entity(sentence, k).parties
        ]
        for case in ("by", "of", "between") if noun.lemma in self.lexicon.words("infinitive_nouns") and not owners else ():
            kids = [k for k in sentence.kids(noun, "nmod") if self.case(sentence, k) == case]
            owners = owners or [Argument(k, self.interpreter.entities(sentence, k)) for k in kids]
        if owners or noun.lemma in self.lexicon.words("penalty_nouns"):
            return owners  # "an embargo as punishment for seizing": whoever punishes did not
        if sentence.kids(noun, "cop"):  # "Spain was the first country to send"
            return [Argument(k, self.interpreter.entities(sentence, k)) for k in sentence.kids(noun, "nsubj")]
        verb = sentence.parent(noun)
        above = verbs.get(verb.i) if verb is not None else None
        if above is not None and above.passive and noun.dep == "nsubj:pass":  # "a deal to buy jets was signed by X"
            return list(above.args.get("subj", []))
        above = above if noun.dep in ("obj", "obl", "nmod", "xcomp") else None
        if above is not None and above.passive and noun.dep == "obj":  # "X was awarded a contract to deliver"
            return list(above.args.get("iobj", []))
        thanked = above is not None and above.lemma in self.lexicon.words("thanking_verbs") and noun.dep == "obl"
        if above is not None and thanked and not above.passive:  # "thanked X for the decision to send"
            return list(above.args.get("obj", []))
        if above is None or above.passive or above.lemma in self.lexicon.words("judging_verbs"):
            return []
        return list(above.args.get("subj", []))

    def _first_to(self, sentence: Sentence, noun: Token) -> list[Argument]:
        """ "N is the first Kenyan envoy to visit X", "N becomes the first envoy to visit X": N."""
        ranks = self.lexicon.words("ranked_adjectives")
        if not any(k.lower in ranks for k in sentence.kids(noun, "amod", "nummod")):
            return []
        above = noun if sentence.kids(noun, "cop") else sentence.parent(noun) if noun.dep == "xcomp" else None
        subjects = sentence.kids(above, "nsubj") if above is not None else []
        return [Argument(k, self.interpreter.entities(sentence, k)) for k in subjects]

    def _right_of_both(self, clause: Clause, verbs: dict[int, Clause]) -> None:
        """ "has financed and delivered ten lorries to X": what stands right of two verbs with nothing but "and" between
        them belongs to both."""
        sentence, token = clause.sentence, clause.token
        first = verbs.get(token.head) if token.dep == "conj" else None
        if first is None or first.passive or clause.passive or first.token.i > token.i:
            return
        between = sentence.tokens[first.token.i + 1 : token.i]
        if any(t.dep not in ("cc", "advmod", "aux") for t in between) or not any(t.dep == "cc" for t in between):
            return
        for one, other in ((first, clause), (clause, first)):
            for slot in _AFTER if not other.get("obj") and one.get("obj") else ():
                for argument in one.get(slot) if not other.get(slot) else ():
                    if argument.token.i > token.i:
                        other.add(slot, argument)

    def _hurt_in_one(self, clause: Clause, verbs: dict[int, Clause]) -> None:
        """ "Ten were killed and thirty wounded in the blasts": the attack behind the second verb is that of both."""
        first = verbs.get(clause.token.head) if clause.token.dep == "conj" else None
        hurting = self.lexicon.words("hurt_verbs") | self.lexicon.words("dying_verbs")
        if first is None or not {first.lemma, clause.lemma} <= hurting or first.get(*_ACTS):
            return
        for slot in _ACTS:
            for argument in clause.get(slot):
                if any("attack" in e.types for e in argument.entities):
                    first.add(slot, argument)

    def _late_agent(self, clause: Clause) -> None:
        """ "were barred from entering by X", "was declared persona non grata by X": the parse hangs who did it too low."""
        sentence = clause.sentence
        if not clause.passive or clause.get("subj"):
            return
        for kid in sentence.kids(clause.token, "xcomp", "advcl"):
            if kid.pos == "VERB" and kid.tag == "VBN":
                continue
            for phrase in sentence.kids(kid, "obl", "nmod", "obl:agent"):
                if self.case(sentence, phrase) == "by":
                    self._add(clause, "subj", phrase)

    def _captor(self, clause: Clause, verbs: dict[int, Clause]) -> None:
        """ "The rebels showed tanks captured from the army": who has them took them."""
        if clause.token.dep != "acl" or not clause.passive or clause.get("subj") or not clause.get("from"):
            return
        thing = clause.sentence.tokens[clause.token.head]
        above = verbs.get(thing.head) if thing.dep == "obj" else None
        if above is None or above.passive or clause.lemma not in self.lexicon.words("gear_taking_verbs"):
            return
        for argument in above.get("subj"):
            if any(p.kind in ("armed_group", "military") for e in argument.entities for p in e.parties):
                clause.add("subj", argument)

    def _launchers(self, verbs: dict[int, Clause]) -> None:
        """ "fired missiles that hit a base", "drones launched by X struck": who sent off what strikes, as ``launcher``."""
        sent = [v for v in verbs.values() if self._sends(v) and v.get("subj")]
        for clause in verbs.values():
            for argument in clause.get("subj"):
                for verb in sent:
                    if verb is not clause and any(a.token.i == argument.token.i for a in verb.get("obj")):
                        for launcher in verb.get("subj"):
                            clause.add("launcher", launcher)
        self._senders(verbs)

    def _senders(self, verbs: dict[int, Clause]) -> None:
        """ "destroyed drones launched by X", "missiles fired from X": who sent off, or whence, what another clause hits,
        as ``sent_by``."""
        sent = [v for v in verbs.values() if self._sends(v)]
        for clause in verbs.values():
            hit = {e.head for a in clause.get("obj") for e in a.entities if e.sentence == clause.sentence.index}
            for verb in sent:
                if verb is not clause and hit & {a.token.i for a in verb.get("obj")}:
                    for sender in verb.get("subj") or verb.get("from"):
                        clause.add("sent_by", sender)

    def _sends(self, clause: Clause) -> bool:
        """Whether a clause tells of sending off weapons: by its verb, or by one of doing with weapons as its object."""
        if clause.lemma in self.lexicon.words("launch_verbs"):
            return True
        done = clause.lemma.split(" ")[0] in self.lexicon.words("done_participles") and clause.passive
        return done and any(e.materiel is not None for a in clause.get("obj") for e in a.entities)
