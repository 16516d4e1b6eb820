"""Scoring a coder on hand-coded articles: gold files and records in, figures and faults out.

It works from plain dictionaries (the JSON of a record), so the results of any coder can be scored.
"""

from tocsin.evaluation.faults import Fault, faults
from tocsin.evaluation.gold import GoldArticle, load_gold, read_gold
from tocsin.evaluation.report import fault_list, slot_table, table
from tocsin.evaluation.results import load_results, records_by_article
from tocsin.evaluation.score import Figures, Report, score

__all__ = [
    "Fault", "Figures", "GoldArticle", "Report", "fault_list", "faults", "load_gold", "load_results",
    "read_gold", "records_by_article", "score", "slot_table", "table",
]
