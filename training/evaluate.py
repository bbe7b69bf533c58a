"""Reads the development sets with an exported network, scores them and writes the figures of the model card."""

import argparse
import collections
import csv
import gzip
import importlib.util
import json
import random
import time
import types
from pathlib import Path

import numpy as np

from decode import Reader, published
from export import runner
from prepare import gap_story, lines
from text import Tokenizer, packed

QUOTE_SETS = {"PolNeAR dev": "attributions/polnear.dev.jsonl.gz", "GUM news dev": "attributions/gum_news.dev.jsonl.gz",
              "GUM interviews dev": "attributions/gum_interview.dev.jsonl.gz"}
NAME_SETS = {"Worldwide dev": "names/worldwide.dev.jsonl.gz", "GUM news dev": "names/gum_news.dev.jsonl.gz"}


FIGURES = "<!-- figures -->"


def scorer_at(path):
    """The module of the project's scorer."""
    spec = importlib.util.spec_from_file_location("score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reader_of(folder, weights, decode):
    settings = json.loads((folder / "model.json").read_text())
    settings["decode"] |= decode
    return Reader(Tokenizer.load(folder / "vocab.txt"), runner(folder / weights), settings)


def quote_figures(table):
    """The figures of one quotes table that the card shows."""
    out = {f"segments {part}": table["segments"][part][2] for part in ("source", "cue", "content")}
    for kind in ("all", "quoted", "direct", "mixed", "indirect"):
        out[f"who-said-what {kind}"] = table[kind]["who-said-what"][2]
    out |= {"who-said-what all, precision": table["all"]["who-said-what"][0], "who-said-what all, recall": table["all"]["who-said-what"][1]}
    out |= {"marked stretches, speaker right": table["stretches"][2], "speaker, given the words": table["all"]["speaker"]}
    if "full name" in table:
        out["full name right"] = table["full name"]["right"]
    return out


def name_figures(table):
    return {"names " + kind: row[2] for kind, row in table.items() if isinstance(row, list)}


def antecedent(reader, story):
    """Decisions for the two names beside one pronoun, as (answer, truth): the one with more of the affinity, if it has a share."""
    (place, right, wrong), = story["queries"]
    words = reader.tokenizer.words(story["text"])
    ids, shapes, firsts = packed(words, 254)
    _, _, q, k = reader.run(ids, shapes)
    at = next((i for i, w in enumerate(words[:len(firsts)]) if w.start <= place < w.end), None)
    if at is None:
        return [(False, truth) for truth, spans in ((True, right), (False, wrong)) for _ in spans]
    scores = q[firsts[at], 128:] @ k[firsts, 128:].T / 8
    share = np.exp(scores - scores.max())
    share /= share.sum()
    mass = [(float(sum(p for p, w in zip(share, words) if s <= w.start < e)), truth)
            for truth, spans in ((True, right), (False, wrong)) for s, e in spans]
    best = max(m for m, _ in mass)
    return [(m == best and m > 0.15, truth) for m, truth in mass]


def antecedent_figure(answers):
    both, found, gold = (sum(test(a, t) for answer in answers for a, t in answer)
                         for test in (lambda a, t: a and t, lambda a, t: a, lambda a, t: t))
    return round(200 * both / max(1, found + gold), 1)


class Tally:
    """The scorer's counts of each story, so that a bootstrap round is a sum and not a reading.

    The scorer keeps one Counter a call and computes its table from it; here that Counter is ours."""

    def __init__(self, scorer, table_of, units):
        self.scorer, self.table_of = scorer, table_of
        self.counts = [self.called([unit], collections.Counter())[1] for unit in units]

    def called(self, units, counter):
        whole = self.scorer.collections
        self.scorer.collections = types.SimpleNamespace(
            Counter=lambda: counter, defaultdict=collections.defaultdict, OrderedDict=collections.OrderedDict)
        try:
            return self.table_of(units), counter
        finally:
            self.scorer.collections = whole

    def figures(self, counts):
        """The figures of summed counts."""
        held = collections.Counter()
        for one in counts:
            held.update(one)
        return self.called([], held)[0]


def interval(tally, rounds, rng):
    """95 % bootstrap intervals over stories."""
    drawn = collections.defaultdict(list)
    for _ in range(rounds):
        for name, value in tally.figures([rng.choice(tally.counts) for _ in tally.counts]).items():
            drawn[name].append(value)
    return {name: (sorted(v)[int(len(v) * 0.025)], sorted(v)[int(len(v) * 0.975)]) for name, v in drawn.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of an export")
    parser.add_argument("--weights", default="model.onnx")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True, help="score.py")
    parser.add_argument("--decode", type=json.loads, default={})
    parser.add_argument("--sets", nargs="*", help="names of sets; all when absent")
    parser.add_argument("--rounds", type=int, default=0, help="bootstrap rounds")
    parser.add_argument("--predictions", type=Path, help="keep the published rows in this folder")
    parser.add_argument("--card", type=Path, help="put the table of figures into this file, after its line <!-- figures -->")
    args = parser.parse_args()
    score, reader, rng = scorer_at(args.scorer), reader_of(args.model, args.weights, args.decode), random.Random(3)
    card = ["| set | figure | value | 95 % interval |", "| --- | --- | --- | --- |"]

    def report(title, figures_of, units):
        tally = Tally(score, figures_of, units)
        figures = tally.figures(tally.counts)
        spread = interval(tally, args.rounds, rng) if args.rounds and len(units) >= 20 else {}
        for name, value in figures.items():
            card.append(f"| {title} | {name} | {value} | {'{}–{}'.format(*spread[name]) if name in spread else ''} |")
        print(title, json.dumps(figures), flush=True)

    def answered(title, stories):
        began = time.perf_counter()
        rows = [published(i, text, reader) for i, text in stories]
        words = sum(len(text.split()) for _, text in stories)
        print(f"{title}: {len(stories)} stories, {words / (time.perf_counter() - began):.0f} words a second", flush=True)
        if args.predictions:
            args.predictions.mkdir(parents=True, exist_ok=True)
            path = args.predictions / f"{title.replace(' ', '-').lower()}.jsonl"
            path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf8")
        return rows

    for title, path in QUOTE_SETS.items():
        if not args.sets or title in args.sets:
            gold = lines(args.data / path)
            rows = answered(title, [(s["id"], s["text"]) for s in gold])
            report(title, lambda units: quote_figures(score.score_quotes(units, rows, False, 0)), gold)
    for title, path in NAME_SETS.items():
        if not args.sets or title + " names" in args.sets:
            groups = collections.OrderedDict()
            for line in lines(args.data / path):
                groups.setdefault(line.get("doc") or line["id"], []).append(line)
            stories = [(doc, score.laid_out([l["tokens"] for l in group])[0]) for doc, group in groups.items()]
            rows = answered(title + " names", stories)

            def figures_of(units):
                return name_figures(score.score_names([line for group in units for line in group], None, rows, 0))

            report(title + " names", figures_of, list(groups.values()))
    if not args.sets or "GAP validation" in args.sets:
        with gzip.open(args.data / "coreference/gap-validation.tsv.gz", "rt", encoding="utf8") as file:
            answers = [antecedent(reader, gap_story(r)) for r in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
        figure = antecedent_figure(answers)
        card.append(f"| GAP validation | pronoun's name, F1 | {figure} | |")
        print("GAP validation", figure, flush=True)
    if args.card:
        head, _, _ = args.card.read_text("utf8").partition(FIGURES)
        args.card.write_text(head + FIGURES + "\n\n" + "\n".join(card) + "\n", "utf8")


if __name__ == "__main__":
    main()
