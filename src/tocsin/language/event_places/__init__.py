"""Where a told event was, by syntax: of the places of a sentence the one that belongs to the event's word, or none.

In: an annotated article, the sentence and the token of an event's verb or noun. Out: the words that name its place, with the
toponym where one is known. A nearer place is not a better one: "police in X said that a bomb had exploded in Y".
"""

from __future__ import annotations

from tocsin.language.annotate import Annotated
from tocsin.language.event_places.fit import CLAUSES, Fit, path_up, shares
from tocsin.language.event_places.told import ToldPlaces, Where
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token

__all__ = ["EventPlaces", "Where"]

_ARGUMENTS = frozenset({"nsubj", "obj", "obl", "nmod", "nsubj:pass", "obl:agent"})
_LEVELS = 4  # clauses above the event that may set its scene
_NEAR = 5  # words between a place and the subject that it belongs to


class EventPlaces:
    """Finds the places of the events of one article."""

    def __init__(self, note: Annotated) -> None:
        self._note = note
        self._words = note.interpreter.lexicon.words
        self._told = ToldPlaces(note)
        self._fit = Fit(self._words, note.lookup.weights.no_surname)

    def places(self, sentence: Sentence) -> list[Where]:
        """All that names a place in a sentence, in text order."""
        return self._told.of(sentence)

    def of(self, sentence: Sentence, event: Token, known: bool = False) -> Where | None:
        """The place of the event that a token tells; None where the sentence tells none. With ``known`` the finest of those
        that stand in a table and have a country."""
        places = self.places(sentence)
        if known:
            places = [p for p in places if p.toponym is not None and p.toponym.referent.country is not None]
        above: Token | None = event
        for level in range(_LEVELS):
            if above is None:
                break
            best = self._best(sentence, places, above, level)
            if best is not None:
                return best
            if above.dep not in CLAUSES | _ARGUMENTS:
                break
            above = sentence.parent(above)
            if above is not None and above.lemma in self._words("saying"):
                break  # where it is said is not where it was
        return self._beside(sentence, places, event)

    def _best(self, sentence: Sentence, places: list[Where], above: Token, level: int) -> Where | None:
        ranks = [(self._fit.rank(sentence, place, above, level), place) for place in places]
        fitting = [(rank, place) for rank, place in ranks if rank is not None]
        if not fitting:
            return None
        best = min(fitting, key=lambda f: (*f[0], abs(f[1].start - above.start)))[1]
        return self._fit.inner(sentence, best, [place for _, place in fitting])

    def _beside(self, sentence: Sentence, places: list[Where], event: Token) -> Where | None:
        """ "killed when a bomb went off in X", "seized ten men and held them in X": the place of what is told with it."""
        joined = sentence.kids(event, "conj")
        for verb in [*joined, *(v for one in (event, *joined) for v in sentence.kids(one, "advcl"))]:
            marks = {k.lower for k in sentence.kids(verb, "mark", "advmod")}
            own = self._one_deed(sentence, event, verb)
            if verb.pos == "VERB" and (own or marks & self._words("scene_marks")):
                best = self._best(sentence, places, verb, 0)
                if best is not None:
                    return best
        return self._of_subject(sentence, places, event)

    def _one_deed(self, sentence: Sentence, event: Token, verb: Token) -> bool:
        """ "seized men and held them in X", "launched an attack, striking X", "set off a mine and wounded ten men in X"."""
        harm = self._words("harm_verbs")
        if verb.dep == "advcl":
            by = {k.lower for k in sentence.kids(verb, "mark", "case")}
            harms = by == {"by"} or verb.lemma in harm | self._words("verbs_of_attack") | self._words("verbs_of_taking")
            return verb.tag == "VBG" and not sentence.kids(verb, "nsubj") and verb.i > event.i and by <= {"by"} and harms
        return shares(sentence, event, verb) or (event.lemma in harm and verb.lemma in harm)

    def _of_subject(self, sentence: Sentence, places: list[Where], event: Token) -> Where | None:
        """ "five residents of X were shot", "police in X raided homes": where those are who do or suffer it."""
        subjects = sentence.kids(event, "nsubj", "nsubj:pass")
        above = sentence.parent(event)
        if not subjects and event.dep == "conj" and above is not None:
            subjects = sentence.kids(above, "nsubj", "nsubj:pass")  # "a blast in X killed two men and wounded ten"
        for subject in subjects:
            if subject.tag != "NNS" and not self._stays(sentence, subject):
                continue  # "a businessman from X was shot"
            held = [
                (len(path), place)
                for place in places
                if (path := path_up(sentence, sentence.tokens[place.head], subject)) is not None
                and 1 < len(path) < _NEAR
                and self._at_home(sentence, place)
                and not any(t.pos == "VERB" and t.dep not in ("acl", "acl:relcl") for t in path[:-1])
            ]
            if held:
                return min(held, key=lambda h: (h[1].coarseness, h[0]))[1]
        return None

    def _stays(self, sentence: Sentence, subject: Token) -> bool:
        """Whether a subject is where it is told to be: a blast, a building, a force; people may be far from home."""
        lists = ("place_nouns", "site_nouns", "building_nouns", "staying_nouns")
        words = frozenset().union(*map(self._words, lists))
        if subject.lemma in self._words("spell_nouns"):  # "a wave of attacks"
            return any(self._stays(sentence, part) for part in sentence.kids(subject, "nmod"))
        types = self._note.interpreter.lexicon.noun_types(sentence, subject)
        return subject.lemma in words or bool(types & {"attack", "base", "structure"})

    def _at_home(self, sentence: Sentence, place: Where) -> bool:
        token = sentence.tokens[place.head]
        if self._fit.of_a_name(sentence, token):
            return False
        case = case_of(sentence, token)
        if case == "of" and place.coarseness > 1:
            return False  # "warplanes of Velmark"
        return case in self._words("home_prepositions") or (not case and self._fit.stands_there(sentence, token))
