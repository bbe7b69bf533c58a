"""Reads the labelled sets, prunes the vocabulary and writes stories with character spans, ready for training."""

import argparse
import collections
import csv
import gzip
import json
import pickle
import random
import re
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from text import SPECIAL, Tokenizer

NAME_TITLES = re.compile(
    r"^(the|mr|mrs|ms|miss|dr|prof|professor|sir|dame|lord|lady|sen|senator|rep|representative|gov|governor|president|"
    r"minister|secretary|chief|director|captain|sgt|sergeant|lt|gen|general|judge|justice|king|queen|prince|princess|"
    r"ambassador|mayor|coach|pope|chancellor|premier|sheikh|colonel|col|admiral|rev|reverend)\.?$", re.I)
TIGHT_BEFORE = set(".,;:!?)]}%") | {"'s", "’s", "n't", "n’t", "'ll", "'re", "'ve", "'m", "'d", "''", "”", "’"}
TIGHT_AFTER = set("([{$£€“‘#") | {"``"}
STOP = {"of", "in", "for", "from", "at", "with", "on", "to", "who", "which", "that", "by", "whose", "as", "near"}
EDGE = " \n\t\xa0.,;:“”\"'‘’`"

# share of its stories used in one pass over the free sets, and whether its MISC agrees with ours (nationalities and the like)
FREE = {"gmb": (0.3, True), "wikigold": (1, True), "redocred": (0.5, False), "uner": (1, False), "gum": (1, False),
        "btc": (0.5, False), "wnut17": (0.3, False), "re3d": (0.5, False), "meantime": (1, False), "crossner": (1, False)}


def lines(path):
    with gzip.open(path, "rt", encoding="utf8") as file:
        return [json.loads(line) for line in file if line.strip()]


def trimmed(text, start, end):
    """A stretch without blanks, marks and stops at its ends (the scorer trims the same)."""
    bare = text[start:end]
    start += len(bare) - len(bare.lstrip(EDGE))
    return start, start + len(bare.strip(EDGE))


def attribution_story(row):
    """Source, cue and content stretches of one story and the links content -> cue -> source."""
    text, spans, links = row["text"], {}, []

    def stretches(pieces, label):
        """Contiguous stretches: pieces with no word between them are one."""
        merged = []
        for start, end in sorted(pieces):
            if merged and not re.search(r"\w", text[merged[-1][1]:start]):
                merged[-1][1] = max(end, merged[-1][1])
            else:
                merged.append([start, end])
        found = []
        for start, end in merged:
            start, end = trimmed(text, start, end)
            if end > start:
                spans[start, end] = label
                found.append(start)
        return found

    for quote in row["quotes"]:
        source = stretches((quote["speaker"] or {}).get("spans") or [], "source")
        cue = stretches((quote["cue"] or {}).get("spans") or [], "cue")
        content = stretches(quote["spans"], "content")
        if cue:
            links.append((cue[0], source[0] if source else cue[0], "source"))
        for start in content:
            links.append((start, cue[0] if cue else source[0] if source else start, "cue"))
    return {"kind": "attribution", "text": text, "links": sorted(set(links)),
            "spans": [(s, e, label) for (s, e), label in sorted(spans.items())]}


def silver_story(row):
    """A story with attributions that the program found; where it was in doubt, the words may be anything."""
    story = attribution_story(row)
    return story | {"spans": story["spans"] + [(*trimmed(row["text"], s, e), "uncertain") for s, e in row["uncertain"]]}


def laid_out(sentences, joins, glue=False):
    """Tokens of sentences as plausible text, and each token's character span; joins stand between the sentences; some
    sets hold hyphens as tokens, which `glue` writes without blanks."""
    text, spans = "", []
    for tokens, join in zip(sentences, joins):
        text += join if text else ""
        tight, opened, here = True, False, []
        for token in tokens:
            word = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}.get(token, token)
            hyphen = glue and word == "-"
            space = not tight and not hyphen and word not in TIGHT_BEFORE and token not in TIGHT_BEFORE
            tight = word in TIGHT_AFTER or hyphen
            if word == '"':
                space, opened, tight = space and not opened, not opened, not opened
            text += " " if space else ""
            here.append((len(text), len(text) + len(word)))
            text += word
        spans.append(here)
    return text, spans


def name_stories(rows, misc, rng, share=1):
    """Stories of the name sets: sentences of a document, half of the time one a line, else in paragraphs."""
    groups = collections.OrderedDict()
    for row in rows:
        groups.setdefault(row["doc"], []).append(row)
    out = []
    for group in groups.values():
        for at in range(0, len(group), 40):
            part = group[at:at + 40]
            if rng.random() > share:
                continue
            by_line = rng.random() < 0.6
            joins = ["\n" if by_line or rng.random() < 0.35 else " " for _ in part]
            text, places = laid_out([row["tokens"] for row in part], joins, glue=not by_line)
            spans = []
            for row, here in zip(part, places):
                start = None
                for i, tag in enumerate(row["tags"] + ["O"]):
                    if start is not None and not (tag[0] == "I" and tag[2:] == row["tags"][start][2:]):
                        label, first = row["tags"][start][2:], start
                        while label == "PER" and i - first > 1 and NAME_TITLES.match(row["tokens"][first]):
                            first += 1
                        while i - first > 1 and row["tokens"][first].lower() in ("the", "a", "an"):
                            first += 1
                        last = i
                        while last - first > 1 and row["tokens"][last - 1] in ("'s", "’s", "'", "’"):
                            last -= 1
                        if misc or label != "MISC":
                            spans.append((here[first][0], here[last - 1][1], label))
                        start = None
                    if tag != "O" and start is None:
                        start = i
            out.append({"kind": "names", "text": text, "spans": spans, "links": [], "misc": misc})
    return out


def gap_story(row):
    """One pronoun with the names that it means and does not mean."""
    at = int(row["Pronoun-offset"])
    right, wrong = [], []
    for name in "AB":
        span = int(row[f"{name}-offset"]), int(row[f"{name}-offset"]) + len(row[name])
        (right if row[f"{name}-coref"] == "TRUE" else wrong).append(span)
    return {"kind": "coreference", "text": row["Text"].replace("\n", " "), "spans": [], "links": [],
            "queries": [(at, right, wrong)]}


def chain_story(row):
    """Each pronoun or description of an OntoGUM document with the earlier mentions of its chain."""
    starts = row["sent_starts"]
    sentences = [row["tokens"][a:b] for a, b in zip(starts, starts[1:] + [len(row["tokens"])])]
    text, places = laid_out(sentences, ["\n" if i % 3 == 0 else " " for i in range(len(sentences))])
    at = [span for here in places for span in here]
    queries = []
    for chain in row["clusters"]:
        chain = sorted(chain)
        for i, (start, end) in enumerate(chain):
            head = start
            for k in range(start, end):
                if k > start and (row["tokens"][k] in (",", "(", "-", "and") or row["tokens"][k].lower() in STOP):
                    break
                head = k if re.match(r"\w", row["tokens"][k]) else head
            if row["tokens"][head][:1].islower() or end - start == 1 and row["tokens"][head] in ("He", "She", "They", "It", "I", "We"):
                earlier = [(at[a][0], at[b - 1][1]) for a, b in chain[:i]]
                queries.append((at[head][0], earlier, []))
    return {"kind": "coreference", "text": text, "spans": [], "links": [], "queries": queries}


def pruned(full, stories, size):
    """Specials, every plain single character, the pieces used six times or more, then the rest in the vocabulary's own
    order, which is by frequency in general text."""
    counts = collections.Counter()
    for story in stories:
        for word in full.words(story["text"]):
            counts.update(word.pieces)
    common = lambda c: ord(c) < 0x250 or 0x2010 <= ord(c) <= 0x203A or c in "€₤₹™"
    single = [p for p in full.pieces if len(p.removeprefix("##")) == 1 and common(p[-1])]
    used = [full.pieces[i] for i, n in counts.most_common() if n >= 6]
    rest = [p for p in full.pieces if len(p.removeprefix("##")) > 1 and p.isascii()]
    kept = dict.fromkeys(SPECIAL + single + used + rest)
    return list(kept)[:size], counts


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--backbone", type=Path, required=True, help="folder with model.safetensors and vocab.txt")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--silver", type=Path, help="attributions that the program found, from silver.py")
    parser.add_argument("--pieces", type=int, default=18432)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(7)
    pools = {"attribution": [attribution_story(r) for r in lines(args.data / "attributions/polnear.train.jsonl.gz")],
             "worldwide": name_stories(lines(args.data / "names/worldwide.train.jsonl.gz"), True, rng)}
    free, by_set = [], collections.defaultdict(list)
    for row in lines(args.data / "names/free.train.jsonl.gz"):
        name = re.split("[-_]", row["id"])[0]
        if name in FREE and not row["id"].startswith("gum_interview-dev"):
            if name != "crossner" or row["id"].startswith("crossner_politics"):
                by_set[name].append(row)
    for name, rows in by_set.items():
        share, misc = FREE[name]
        free += name_stories(rows, misc, rng, share)
    pools["free"] = free
    gap = []
    with gzip.open(args.data / "coreference/gap-development.tsv.gz", "rt", encoding="utf8") as file:
        gap = [gap_story(r) for r in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    chains = [chain_story(r) for f in ("news", "interview") for r in lines(args.data / f"coreference/ontogum.{f}.jsonl.gz")
              if r["split"] == "train"]
    pools["coreference"] = gap + chains

    listed = (args.backbone / "vocab.txt").read_text("utf8").splitlines()
    full = Tokenizer(SPECIAL + [p for p in listed if p not in SPECIAL and not re.match(r"\[(unused|MASK)", p)])
    kept, counts = pruned(full, [s for pool in pools.values() for s in pool], args.pieces)
    if args.silver:
        pools["silver"] = [silver_story(r) for r in lines(args.silver)]
    weights = load_file(args.backbone / "model.safetensors")
    row_of = {p: i for i, p in enumerate(listed)}
    rows = [row_of["[SEP]" if p == "[LINE]" else p] for p in kept]
    weights["embeddings.word_embeddings.weight"] = weights["embeddings.word_embeddings.weight"][rows]
    np.savez(args.out / "backbone.npz", **weights)
    (args.out / "vocab.txt").write_text("\n".join(kept) + "\n", "utf8")
    small = Tokenizer(kept)
    for name, pool in pools.items():
        total = 0
        for story in pool:
            sizes = [sum(len(w.pieces) for w in small.words(p)) + 1 for p in story["text"].split("\n")]
            story["sizes"] = sizes
            total += sum(sizes)
        print(f"{name:12} {len(pool):6} stories {total:9,} pieces {sum(len(s['spans']) for s in pool):7,} spans")
    share = sum(counts[full.id[p]] for p in kept) / sum(counts.values())
    print(f"vocabulary {len(kept)}: {share:.2%} of all pieces")
    with open(args.out / "stories.pickle", "wb") as file:
        pickle.dump(pools, file)


if __name__ == "__main__":
    main()
