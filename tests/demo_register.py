"""The demo register, for tests and benchmarks."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from tocsin.knowledge.words import words
from tocsin.pipeline import How, Ingest, run_of
from tocsin.reader import Reader
from tocsin.register import Register


def build_demo(path: Path, reader: Reader) -> Path:
    """The register of ``tocsin demo``."""
    with resources.as_file(resources.files("tocsin.demo").joinpath("reports")) as folder, Register(path) as register:
        job = Ingest(register, run_of(None), lambda knowledge: reader, words())
        for _ in job.ingest(sorted(str(file) for file in folder.glob("*.json")), How()):
            pass
    assert not job.tally.failures
    return path
