"""Names in sentences: those that the tables hold, and those that none holds but the words around them show.

``mentions.py`` finds the tables' names and says where a name is another's (``namesakes.py``, ``other_names.py``,
``towns.py``); ``capital_runs.py``, ``name_runs.py``, ``unlisted.py`` and ``designations.py`` find people, bodies,
places and weapons unknown.
"""
