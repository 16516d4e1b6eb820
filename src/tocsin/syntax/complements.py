"""What is said, promised, demanded: the clause below a verb or noun of telling.

In: a clause and those that can be its content. Out: the same clause with its complement and that one's surface subject and
object.
"""

from __future__ import annotations

from tocsin.language.tokens import Sentence, Token
from tocsin.syntax.clause import Clause
from tocsin.syntax.passes import Pass

_OWN_SLOTS = frozenset({"with", "inside"})  # prepositions of what is said that frames ask for


class Complements(Pass):
    """Finds the content of clauses."""

    def complement(self, clause: Clause, contents: dict[int, Clause]) -> None:
        """Note the first clause below that is the content, its surface subject as slot ``content`` and its object as
        ``content_obj``."""
        sentence = clause.sentence
        kinds = ("ccomp", "advcl") if clause.kind == "adjective" else ("ccomp", "xcomp", "acl", "advcl", "parataxis")
        for kid in [*sentence.kids(clause.token, *kinds), *self._carried(clause)]:
            content = self._is_content(sentence, kid) or self._called_for(sentence, kid)
            content = content and not self._scene(sentence, clause.token, kid)
            if content and not self._named_so(sentence, clause.token, kid):
                self._take(clause, kid, contents.get(kid.i))
                return

    @staticmethod
    def _scene(sentence: Sentence, verb: Token, kid: Token) -> bool:
        """ "In X, where A fights B, C insisted that": the clause before the verb says where, or when."""
        return kid.i < verb.i and any(k.lower in ("where", "when") for k in sentence.kids(kid, "advmod"))

    def _called_for(self, sentence: Sentence, kid: Token) -> bool:
        """ "called for tightening sanctions"."""
        verb = sentence.parent(kid)
        marks = {m.lower for m in sentence.kids(kid, "mark")}
        calls = verb is not None and verb.lemma in self.lexicon.words("calling_for_verbs")
        return calls and kid.tag == "VBG" and "for" in marks

    def _carried(self, clause: Clause) -> list[Token]:
        """ "stressed the need for X to leave", "welcomed the news that X had left": what an object merely carries."""
        carriers = self.lexicon.words("carrying_nouns")
        things = clause.sentence.kids(clause.token, "obj") if clause.kind == "verb" else []
        return [kid for thing in things if thing.lemma in carriers for kid in clause.sentence.kids(thing, "acl", "ccomp")]

    @staticmethod
    def _is_content(sentence: Sentence, kid: Token) -> bool:
        """Whether a clause below tells what is said; relative clauses and most adverbial ones do not."""
        marks = {m.lower for m in sentence.kids(kid, "mark")}
        if kid.dep == "acl:relcl" or marks & {"if", "unless"}:
            return False
        if kid.dep == "acl" and not (marks or kid.tag == "VB"):
            return False
        # "called for N to leave", "committed to working"
        infinitive = ("for" in marks and kid.tag == "VB") or ("to" in marks and kid.tag == "VBG")
        return kid.dep != "advcl" or infinitive

    def _take(self, clause: Clause, kid: Token, content: Clause | None) -> None:
        sentence = clause.sentence
        clause.complement = content
        for subject in sentence.kids(kid, "nsubj", "nsubj:pass"):
            self._add(clause, "content", self._relative(sentence, subject))
        if not clause.get("content") and content is not None and kid.dep == "xcomp":
            for argument in clause.get("obj"):
                clause.add("content", argument)
        for thing in sentence.kids(kid, "obl", "nmod"):
            if (case := self.case(sentence, thing)) in _OWN_SLOTS:
                self._add(clause, f"content_{case}", thing)
        inner = sentence.kids(kid, "xcomp") if kid.lemma in self.lexicon.words("aspect_verbs") else []
        for thing in [t for verb in (kid, *inner) for t in sentence.kids(verb, "obj", "obl", "nmod")]:
            if thing.dep == "obj" or self.case(sentence, thing) in self.lexicon.words("content_prepositions"):
                self._add(clause, "content_obj", thing)
