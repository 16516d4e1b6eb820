"""The web application: pages, JSON and feeds of one register, served to the machine that they stand on.

In: a register file. Out: a Starlette application (``app.py``). ``safety.py`` guards it, ``asked.py`` is the one definition
of what an address can ask, ``api.py`` and ``openapi.py`` the same for programs. Nothing is fetched from elsewhere.
"""
