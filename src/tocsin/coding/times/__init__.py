"""When an event was: the time expression that is its own, else what the rest of the article tells of its day.

``when.py`` comes first; the modules beside it each know one way in which a day is told elsewhere. None gives a day
without words.
"""
