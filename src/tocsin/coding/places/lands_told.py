"""In which land an event was, where other words of its sentence tell it: the waters that a missile came down off, where a
weapon was launched that was brought down, the road between two towns, the war in which somebody fell, the land that a
claim is laid to.

In: a finished draft without a place, the annotated article. Out: its place with the words that show it, or none.
"""

from __future__ import annotations

from tocsin.coding.draft import Draft
from tocsin.coding.places.land_meant import below_event, place_by, toponym_at
from tocsin.coding.places.told_elsewhere import story_of
from tocsin.language.annotate import Annotated
from tocsin.language.phrases.noun_phrases import case_of
from tocsin.language.tokens import Sentence, Token
from tocsin.language.toponyms.lookup import Referent, Weights
from tocsin.model import EventPlace
from tocsin.syntax.verbs import lemma_of


def land_told(draft: Draft, note: Annotated) -> EventPlace | None:
    """The place of a draft by the words of its own sentences."""
    for index, token in draft.anchors:
        sentence = note.sentences[index]
        event = sentence.tokens[token]
        found = (
            _off_waters(draft, sentence, event, note)
            or _hit_at(draft, sentence, event, note)
            or _launched_from(draft, sentence, event, note)
            or _on_road(draft, sentence, event, note)
            or _of_war(draft, sentence, event, note)
            or _nearby(draft, sentence, event, note)
        )
        if found is not None:
            return found
    return None


def claimed(draft: Draft, note: Annotated) -> EventPlace | None:
    """ "recognised N's sovereignty over X": X is what it is about."""
    if draft.subtype != "recognition":
        return None
    for index, token in draft.anchors:
        sentence = note.sentences[index]
        for noun in sentence.kids(sentence.tokens[token], "obj"):
            for land in sentence.kids(noun, "nmod"):
                if case_of(sentence, land) == "over" and (found := toponym_at(sentence, land, note)) is not None:
                    return found
    return None


def _off_waters(draft: Draft, sentence: Sentence, event: Token, note: Annotated) -> EventPlace | None:
    """ "missiles that came down just outside N's territorial waters": near N."""
    if draft.type != "weapons_test":
        return None
    words = note.interpreter.lexicon.words
    lexicon = note.interpreter.lexicon
    for verb in (t for t in below_event(sentence, event) if lemma_of(sentence, t, lexicon) in words("landing_verbs")):
        for noun in sentence.kids(verb, "obl"):
            if noun.lemma not in words("own_waters"):
                continue
            for owner in sentence.kids(noun, "nmod:poss", "amod", "compound"):
                countries = {p.country for p in note.interpreter.entity(sentence, owner).parties} - {None, "IGO"}
                if len(countries) == 1:
                    return place_by(note.interpreter.entity(sentence, noun), countries.pop(), "sea", role="near")
    return None


def _hit_at(draft: Draft, sentence: Sentence, event: Token, note: Annotated) -> EventPlace | None:
    """ "missiles launched by N hit targets at the X range": where they came down."""
    missile = sentence.parent(event)
    verb = sentence.parent(missile) if missile is not None and event.dep == "acl" and missile.dep == "nsubj" else None
    words = note.interpreter.lexicon.words
    if draft.type != "weapons_test" or verb is None or verb.lemma not in words("hitting_verbs"):
        return None
    struck = [k for t in (verb, *sentence.kids(verb, "obj")) for k in sentence.kids(t, "obl", "nmod")]
    told = (toponym_at(sentence, k, note) for k in struck if case_of(sentence, k) in ("at", "on", "in"))
    return next((found for found in told if found is not None), None)


def _launched_from(draft: Draft, sentence: Sentence, event: Token, note: Annotated) -> EventPlace | None:
    """ "the interception of a missile launched from X": where it came from is all that is told."""
    if draft.subtype != "interception":
        return None
    for verb in below_event(sentence, event):
        if verb.tag == "VBN" and verb.lemma in note.interpreter.lexicon.words("launch_verbs"):
            for noun in sentence.kids(verb, "obl"):
                found = toponym_at(sentence, noun, note) if case_of(sentence, noun) == "from" else None
                if found is not None:
                    return found.model_copy(update={"role": "origin"})
    return None


def _on_road(draft: Draft, sentence: Sentence, event: Token, note: Annotated) -> EventPlace | None:
    """ "an ambush on the Goma-Rutshuru road": in the one state in which towns of both names lie, or the one of a large town
    where nothing is known by the other name."""
    if draft.type not in ("armed_incident", "deployment"):
        return None
    for noun in below_event(sentence, event):
        if noun.lemma in note.interpreter.lexicon.words("road_nouns") and (found := _road(sentence, noun, note)) is not None:
            return found
    return None


def _road(sentence: Sentence, noun: Token, note: Annotated) -> EventPlace | None:
    ends = sentence.tokens[max(0, noun.i - 3) : noun.i]
    if len(ends) < 3 or ends[1].text not in ("-", "–") or not all(t.pos == "PROPN" for t in (ends[0], ends[2])):
        return None
    known = [[r for r in note.lookup.named(t.text) if r.country] for t in (ends[0], ends[2])]
    lands = [{r.country for r in referents} for referents in known]
    large = {_large(referents, note.lookup.weights) for referents in known} - {None}
    both = lands[0] & lands[1] if all(lands) else large
    if len(both) != 1:
        return None
    start, end = ends[0].start, noun.end
    text = note.article.text[start:end]
    return EventPlace(
        text=text, start=start, end=end, name=text, country=both.pop(), precision="region", role="site"
    )


def _large(referents: list[Referent], weights: Weights) -> str | None:
    """The country of a large town that is much larger than all others of its name."""
    first = max(referents, key=lambda r: r.population, default=None)
    if first is None or first.population < weights.road_town:
        return None
    others = [r for r in referents if r.country != first.country]
    return None if any(r.population * weights.outgrown > first.population for r in others) else first.country


def _nearby(draft: Draft, sentence: Sentence, event: Token, note: Annotated) -> EventPlace | None:
    """ "Troops posted nearby then clashed with N": by the road told in the sentence before."""
    near = [t for t in sentence if t.lower == "nearby" and t.dep == "advmod"]
    before = [s for s in story_of(draft, note) if s.index == sentence.index - 1]
    if draft.type != "armed_incident" or not near or not before:
        return None
    words = note.interpreter.lexicon.words("road_nouns")
    roads = [found for t in before[0] if t.lemma in words and (found := _road(before[0], t, note)) is not None]
    return roads[0].model_copy(update={"role": "near"}) if len(roads) == 1 else None


def _of_war(draft: Draft, sentence: Sentence, event: Token, note: Annotated) -> EventPlace | None:
    """ "killed during the 2008 South Ossetia war": there."""
    if draft.type != "armed_incident":
        return None
    words = note.interpreter.lexicon.words
    for noun in below_event(sentence, event):
        within = case_of(sentence, noun) in words("during_prepositions") and noun.lemma.lower() in words("dated_upheavals")
        for name in sentence.kids(noun, "compound") if within else ():
            found = toponym_at(sentence, name, note) if name.pos == "PROPN" else None
            if found is not None:
                return found
    return None
