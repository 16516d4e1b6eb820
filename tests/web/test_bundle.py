"""The bundle that is shipped is what its sources give."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from importlib import resources
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "web"
STATIC = resources.files("tocsin.web").joinpath("static")


def test_sources_and_bundle_agree(tmp_path: Path) -> None:
    program = WEB / "node_modules" / ".bin" / "esbuild"
    if shutil.which("node") is None or not program.exists():
        pytest.skip("node or esbuild is not here: run `npm ci` in web/ to compare the bundle with its sources")
    build = json.loads((WEB / "package.json").read_text())["scripts"]["build"].split()
    target = [part if not part.startswith("--outdir=") else f"--outdir={tmp_path}" for part in build[1:]]
    subprocess.run([str(program), *target, "--log-level=error"], cwd=WEB, check=True)
    for name in ("app.js", "app.css"):
        assert (tmp_path / name).read_text() == STATIC.joinpath(name).read_text(), f"{name}: run `npm run build` in web/"


def test_the_script_of_a_page_is_small() -> None:
    assert len(gzip.compress(STATIC.joinpath("app.js").read_bytes())) < 60_000
