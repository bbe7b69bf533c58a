"""Stories of the name sets with the attributions that the program finds in them (`pullquote extract --stance`), for training
on outlets for which nobody has labelled attributions. Findings below the least confidence become stretches that teach nothing."""

import argparse
import gzip
import json
import random
import subprocess
from itertools import accumulate
from pathlib import Path

from prepare import laid_out, lines


def texts(rows, rng):
    """The text of each document, in paragraphs of one to three sentences."""
    groups = {}
    for row in rows:
        groups.setdefault(row["doc"], []).append(row["tokens"])
    for doc, sentences in groups.items():
        text, _ = laid_out(sentences, ["\n\n" if rng.random() < 0.6 else " " for _ in sentences])
        yield {"id": doc, "text": text}


def silver(story, least):
    """The story in the shape of `attributions/*`, with its `uncertain` stretches."""
    text, quotes, uncertain = story["text"], [], []
    # The program counts bytes.
    place = {0: 0}
    place.update(zip(accumulate(len(it.encode()) for it in text), range(1, len(text) + 1)))
    span = lambda it: [place[it["start"]], place[it["end"]]]
    for quote in story["quotes"]:
        parts = [span(part) for part in quote["parts"]]
        mention, cue = quote.get("speaker_mention"), quote.get("cue")
        beside = [span(it) for it in (mention, cue) if it]
        if quote["confidence"] < least:
            uncertain += parts + beside
            continue
        # A speaker of another paragraph is not for the links of a window to find.
        speaker = span(mention) if mention else None
        near = speaker and "\n" not in text[min(speaker[0], parts[0][0]):max(speaker[1], parts[-1][1])]
        quotes.append({"spans": parts, "speaker": {"spans": [speaker]} if near else None,
                       "cue": {"spans": [span(cue)]} if cue else None})
    return {"id": story["id"], "text": text, "quotes": quotes, "uncertain": uncertain}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--program", required=True, help="pullquote")
    parser.add_argument("--least", type=float, default=0.7)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rng = random.Random(7)
    rows = lines(args.data / "names/worldwide.train.jsonl.gz")
    rows += [row for row in lines(args.data / "names/free.train.jsonl.gz") if row["id"].startswith("gmb")]
    stories = "".join(json.dumps(story) + "\n" for story in texts(rows, rng))
    command = [args.program, "extract", "--no-shelf", "--stance", "--quiet", "--from", "jsonl", "--format", "jsonl"]
    found = subprocess.run(command, input=stories.encode(), stdout=subprocess.PIPE, check=True).stdout
    with gzip.open(args.out, "wt", encoding="utf8") as file:
        for line in found.decode().splitlines():
            file.write(json.dumps(silver(json.loads(line), args.least)) + "\n")


if __name__ == "__main__":
    main()
