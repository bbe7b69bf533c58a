"""Made-up labelled sentences in the shape of the data sets, and a check of what was learned from them."""

import argparse
import gzip
import json
import random
from pathlib import Path

PEOPLE = ["Maren Oyelaran", "Tomas Brandt", "Ines Calloway", "Rafi Dunmore", "Lena Ostrov"]
PLACES = ["Port Ellan", "Vesterby", "Quillmouth"]
SAYINGS = ["the ferry will not be sold", "nobody has seen the report", "the bridge is safe", "we are ready to talk", "prices will rise again"]
CUES = ["said", "insisted", "told the council"]


def story(number, rng):
    """One story with its spans in code points."""
    text, quotes = "Council meets again\n\n", []
    for _ in range(8):
        person, cue, saying = rng.choice(PEOPLE), rng.choice(CUES), rng.choice(SAYINGS)
        parts = [("content", f"“{saying},”"), (None, " "), ("source", person), (None, " "), ("cue", cue), (None, ".")]
        if rng.random() < 0.5:
            parts = [("source", person), (None, " "), ("cue", cue), (None, " that "), ("content", saying), (None, f" in {rng.choice(PLACES)}.")]
        spans = {}
        for label, piece in parts:
            if label:
                spans[label] = [len(text), len(text) + len(piece)]
            text += piece
        text += rng.choice([" ", "\n\n"])
        quotes.append({"spans": [spans["content"]], "kind": "direct", "speaker": {"text": person, "spans": [spans["source"]]},
                       "cue": {"text": cue, "spans": [spans["cue"]]}})
    return {"id": f"made-up-{number}", "text": text, "quotes": quotes}


def named(number, rng, source):
    """One sentence of tokens with names."""
    person, place = rng.choice(PEOPLE).split(), rng.choice(PLACES).split()
    tokens = [*person, "arrived", "in", *place, "on", "Monday", "."]
    tags = ["B-PER", "I-PER", "O", "O", *(("B-LOC", "I-LOC")[:len(place)]), "O", "O", "O"]
    return {"id": f"{source}-{number}", "doc": f"d{number // 5}", "tokens": tokens, "tags": tags}


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf8") as file:
        file.write("".join(json.dumps(r) + "\n" for r in rows))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", type=Path, help="an export that learned from the data")
    args = parser.parse_args()
    rng = random.Random(1)
    if args.check:
        from evaluate import reader_of

        reader, right = reader_of(args.check, "model.onnx", {}), 0
        unseen = [story(i, random.Random(100 + i)) for i in range(10)]
        for row in unseen:
            words, names, quotes, _ = reader.read(row["text"])
            sources = {row["text"][words[q.source.first].start:words[q.source.last - 1].end] for q in quotes if q.source}
            right += len(sources & {q["speaker"]["text"] for q in row["quotes"]}) > 0
        assert right >= 5, f"speakers were found in {right} of {len(unseen)} made-up stories"
        print(f"speakers found in {right} of {len(unseen)} made-up stories")
        return
    write(args.data / "attributions/polnear.train.jsonl.gz", [story(i, rng) for i in range(40)])
    write(args.data / "names/worldwide.train.jsonl.gz", [named(i, rng, "worldwide") for i in range(60)])
    write(args.data / "names/free.train.jsonl.gz", [named(i, rng, "wikigold") for i in range(60)])
    document = {"split": "train", "tokens": "Lena Ostrov spoke . She left .".split(), "sent_starts": [0, 4], "clusters": [[[0, 2], [4, 5]]]}
    for name in ("news", "interview"):
        write(args.data / f"coreference/ontogum.{name}.jsonl.gz", [document])
    header = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL"
    text = "Lena Ostrov met Ines Calloway before she left."
    line = f"1\t{text}\tshe\t{text.index('she')}\tLena Ostrov\t0\tTRUE\tInes Calloway\t{text.index('Ines')}\tFALSE\t-"
    with gzip.open(args.data / "coreference/gap-development.tsv.gz", "wt", encoding="utf8") as file:
        file.write(header + "\n" + line + "\n")


if __name__ == "__main__":
    main()
