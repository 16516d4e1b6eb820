"""From inputs into a register: articles are read, coded (by one process or several) and stored, one after another."""

from tocsin.pipeline.articles import Failure, articles
from tocsin.pipeline.ingest import How, Ingest, Step, Tally, run_of

__all__ = ["Failure", "How", "Ingest", "Step", "Tally", "articles", "run_of"]
