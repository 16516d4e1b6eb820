"""Where an event was: the places that its own slots name, else what the rest of the article tells.

``slot.py`` and ``where.py`` come first, ``found_places.py`` asks the syntax of the event's word, the rest each know
one way in which a place is told elsewhere. None gives a point that no words support.
"""
