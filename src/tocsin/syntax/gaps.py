"""Gaps of relative clauses and participles: the noun that they hang from stands in one of their slots.

In: a clause with its own arguments. Out: the same clause with that noun as subject, object or place.
"""

from __future__ import annotations

from tocsin.language.tokens import Token
from tocsin.syntax.clause import Argument, Clause
from tocsin.syntax.passes import Pass


class Gaps(Pass):
    """Fills gaps."""

    def fill(self, clause: Clause) -> None:
        """The noun that a relative or participle clause hangs from fills its gap."""
        sentence, token = clause.sentence, clause.token
        anchor = sentence.first_of_row(token)
        noun = sentence.parent(anchor)
        if noun is None or anchor.dep not in ("acl:relcl", "acl", "amod") or noun.pos in ("VERB", "AUX"):
            return
        argument = Argument(noun, self.interpreter.entities(sentence, self.interpreter.effective(sentence, noun)))
        if any(k.lower == "where" for k in sentence.kids(token, "advmod")):
            self._where(clause, noun)
            return
        carrier = noun.lemma in self.lexicon.words("source_papers") and anchor.tag == "VBG"
        if anchor.dep == "acl" and carrier:  # "posted a message blaming": who posts it blames
            return
        own_subject = clause.args.get("obj" if clause.passive else "subj")
        to = any(k.lower == "to" for k in sentence.kids(anchor, "aux"))  # "the commitment to sending"
        if anchor.dep == "acl" and (anchor.tag == "VB" or to or sentence.kids(anchor, "mark")):
            return
        if clause.passive and not clause.args.get("obj"):
            clause.add("obj", argument)
        elif not clause.passive and not own_subject:
            clause.add("subj", argument)
        elif anchor.dep == "acl:relcl" and not clause.args.get("obj") and not clause.passive and not self._does_it(clause):
            clause.add("obj", argument)

    @staticmethod
    def _does_it(clause: Clause) -> bool:
        """Whether the noun is the subject already: "troops who fought in the war" fought no troops."""
        return any(k.tag in ("WP", "WDT") for k in clause.sentence.kids(clause.token, "nsubj"))

    def _where(self, clause: Clause, noun: Token) -> None:
        """ "in Kyrgyzstan, where Russia has a base": the nearest place before "where" is where it is."""
        sentence = clause.sentence
        start = min(t.i for t in sentence.subtree(clause.token))
        if start and sentence.tokens[start - 1].pos == "VERB":
            return  # "maps detailing where": no place is told
        for token in reversed(sentence.tokens[:start]):
            if token.pos in ("PROPN", "NOUN") and self.interpreter.entity(sentence, token).place is not None:
                self._add(clause, "in", token)
                return
