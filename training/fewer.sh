#!/usr/bin/env bash
# From the files that ship to a parser of fewer and thinner layers that reads as they do: a run of them (recover.py), plain
# texts as they parse them, among these the hand-coded ones, to whose trees the rules were fitted; the layers that matter most
# (smaller.py); training; then twice more with a stronger word of the texts that the rules were fitted to, our own sentences among
# them, and the mean of these two (average.py). Two free cores: about an hour and a half. Resumable, as all.sh is, which makes
# the environment.
#
#     training/fewer.sh [RUNS_FOLDER] [MODEL_FOLDER]          needs ../shared and RUNS_FOLDER/env
set -euo pipefail
cd "$(dirname "$0")"
RUNS=$(mkdir -p "${1:-../runs}" && cd "${1:-../runs}" && pwd)
MODEL=$(cd "${2:-../src/tocsin/language/trees/model}" && pwd)
TREES=../../shared/corpora/ud_english
PYTHON=$RUNS/env/bin/python
THREADS=${THREADS:-2}
export MALLOC_MMAP_THRESHOLD_=2000000000 MALLOC_TRIM_THRESHOLD_=8000000000 MALLOC_TOP_PAD_=200000000  # see all.sh

"$PYTHON" headlines.py --trees $TREES --out "$RUNS/headlines.conllu"
"$PYTHON" security.py write "$RUNS/security.conllu" "$RUNS/held_out.conllu"
MORE=(--extra "$RUNS/headlines.conllu" --extra "$RUNS/security.conllu" --extra "$RUNS/security.conllu")

"$PYTHON" recover.py "$MODEL" "$RUNS/shipped"
"$PYTHON" texts.py --corpora ../../shared/corpora --coded ../../shared/gold --out "$RUNS/more.jsonl" --own "$RUNS/own.jsonl"
for TEXTS in more own; do
    [ -f "$RUNS/$TEXTS.npz" ] || "$PYTHON" silver.py --model "$MODEL" --threads "$THREADS" --texts "$RUNS/$TEXTS.jsonl" \
        --out "$RUNS/$TEXTS.conllu" --without $TREES/gum_news_dev.conllu $TREES/pud_dev.conllu "$RUNS/held_out.conllu"
done
[ -f "$RUNS/begin/checkpoint.pt" ] || "$PYTHON" smaller.py --run "$RUNS/shipped" --encoder "$MODEL" \
    --texts "$RUNS/more.conllu" --kind minilm5 --out "$RUNS/begin"
"$PYTHON" train.py --trees $TREES --encoder "$MODEL" --kind minilm5 --begin "$RUNS/begin" --half --out "$RUNS/fewer" \
    --epochs 4 --rounded 2 --dropout .15 .05 --rate 2e-4 --head-rate 8e-4 --seed 61 --threads "$THREADS" "${MORE[@]}" \
    --extra "$RUNS/more.conllu" --extra "$RUNS/more.conllu"

again() {  # RUN BEGIN EPOCHS RATE HEAD_RATE SEED
    "$PYTHON" train.py --trees $TREES --encoder "$MODEL" --kind minilm5 --begin "$RUNS/$2" --half --out "$RUNS/$1" \
        --epochs "$3" --rounded 1 --dropout .15 .05 --rate "$4" --head-rate "$5" --seed "$6" --threads "$THREADS" "${MORE[@]}" \
        --extra "$RUNS/more.conllu" --extra "$RUNS/own.conllu" --extra "$RUNS/own.conllu"
}
again third fewer 2 1.2e-4 5e-4 71
again fourth third 1 7e-5 3e-4 73
"$PYTHON" average.py "$RUNS/third" "$RUNS/fourth" --out "$RUNS/mean"
"$PYTHON" export.py --run "$RUNS/mean" --out "$RUNS/mean/parser.onnx"
"$PYTHON" evaluate.py --model "$RUNS/mean/parser.onnx" --encoder "$MODEL" --trees $TREES
echo "The files: $RUNS/mean/parser.onnx and vocabulary.json; they go to $MODEL"
