"""Trains the tagger against the clock: resumable, one process, prints its progress with the time that is left."""

import argparse
import pickle
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from augment import augmented, mentions_of
from model import ATTRIBUTION, LINKS, NAMES, Tagger, link_logits
from text import Tokenizer, packed

LIMIT = 254
# A span of silver data whose words may have any label.
UNCERTAIN = "uncertain"
# The share of the pieces that [UNK] replaces, so that no single word decides.
HIDDEN, UNKNOWN, LAST_SPECIAL = 0.03, 1, 4
SHARES = {"attribution": 0.44, "silver": 0.16, "worldwide": 0.22, "free": 0.12, "coreference": 0.06}


class Windows:
    """An endless shuffled stream of windows of one pool: whole paragraphs, the cuts elsewhere in every pass."""

    def __init__(self, stories, rng):
        self.stories, self.rng, self.queue = stories, rng, []

    def cut(self, story):
        """The windows of one story, each a smaller story with its own offsets."""
        rng, text = self.rng, story["text"]
        sizes, bounds, at = story["sizes"], [], 0
        for line in text.split("\n"):
            bounds.append((at, at + len(line)))
            at += len(line) + 1
        groups, here, size = [], [], 0
        goal = rng.randint(40, LIMIT) if len(bounds) > 3 else LIMIT
        for i, extra in enumerate(sizes):
            if here and size + extra > goal - 2:
                groups.append(here)
                here, size = [], 0
                goal = LIMIT if rng.random() < 0.6 else rng.randint(100, LIMIT)
            here.append(i)
            size += extra
        groups.append(here)
        for group in groups:
            start, end = bounds[group[0]][0], bounds[group[-1]][1]
            inside = lambda a, b: start <= a and b <= end
            move = lambda p: p - start
            size = sum(sizes[i] for i in group)
            yield size, {
                "kind": story["kind"], "misc": story.get("misc", True), "mentions": story.get("mentions"), "text": text[start:end],
                "spans": [(move(s), move(e), x) for s, e, x in story["spans"] if inside(s, e)],
                "links": [(move(a), move(b), x) for a, b, x in story["links"] if inside(a, a) and inside(b, b)],
                "queries": [(move(a), [(move(s), move(e)) for s, e in right if inside(s, e)],
                             [(move(s), move(e)) for s, e in wrong if inside(s, e)])
                            for a, right, wrong in story.get("queries", []) if inside(a, a)],
            }

    def next(self):
        if not self.queue:
            self.queue = [w for s in self.stories for w in self.cut(s) if w[0] > 6]
            self.rng.shuffle(self.queue)
        return self.queue.pop()


class Batches:
    """Batches of windows of about one length from all pools by their shares."""

    def __init__(self, pools, tokenizer, pieces, seed):
        self.rng = random.Random(seed)
        for name in ("worldwide", "free"):
            mentions = mentions_of(pools[name])
            pools[name] = [story | {"mentions": mentions} for story in pools[name]]
        self.streams = {name: Windows(pool, self.rng) for name, pool in pools.items()}
        self.drawn = dict.fromkeys(pools, 0)
        self.tokenizer, self.pieces, self.ready = tokenizer, pieces, []

    def draw(self):
        """The next window of the pool that is furthest behind its share, messed up, in pieces."""
        name = min(self.drawn, key=lambda n: self.drawn[n] / SHARES[n])
        size, story = self.streams[name].next()
        self.drawn[name] += size
        story = augmented(story, self.rng)
        words = self.tokenizer.words(story["text"])
        ids, shapes, firsts = packed(words, LIMIT + 20)
        return story, words[:len(firsts)], ids, shapes, firsts

    def next(self):
        if not self.ready:
            pool = sorted((w for w in (self.draw() for _ in range(96)) if len(w[4]) > 2), key=lambda w: len(w[2]))
            batch = []
            for window in pool:
                if batch and (len(batch) + 1) * len(window[2]) > self.pieces:
                    self.ready.append(batch)
                    batch = []
                batch.append(window)
            self.ready.append(batch)
            self.rng.shuffle(self.ready)
        return collated(self.ready.pop(), self.rng)


def collated(batch, rng):
    """Tensors of a batch: inputs, allowed labels of each head, targets of the links."""
    count, length = len(batch), max(len(w[2]) for w in batch)
    words = max(len(w[4]) for w in batch)
    out = {
        "ids": np.zeros((count, length), np.int64), "shapes": np.zeros((count, length), np.int64),
        "mask": np.zeros((count, length), np.float32), "firsts": np.zeros((count, words), np.int64),
        "present": np.zeros((count, words), bool),
        "attribution": np.ones((count, words, len(ATTRIBUTION)), bool), "names": np.ones((count, words, len(NAMES)), bool),
        "is_attribution": np.zeros(count, bool), "is_names": np.zeros(count, bool),
    }
    links = []
    for row, (story, its_words, ids, shapes, firsts) in enumerate(batch):
        ids = [UNKNOWN if x > LAST_SPECIAL and rng.random() < HIDDEN else x for x in ids]
        out["ids"][row, :len(ids)], out["shapes"][row, :len(ids)], out["mask"][row, :len(ids)] = ids, shapes, 1
        n = len(firsts)
        out["firsts"][row, :n], out["present"][row, :n] = firsts, True
        starts = np.array([w.start for w in its_words])
        ends = np.array([w.end for w in its_words])
        first_of = lambda place: np.searchsorted(ends, place, "right")

        def piece_of(place):
            at = first_of(place)
            return firsts[at] if at < n else None

        kind = story["kind"]
        if kind != "coreference":
            labels = ATTRIBUTION if kind == "attribution" else NAMES
            allowed = out[kind][row]
            allowed[:n] = False
            allowed[:n, 0] = True
            if kind == "names" and not story["misc"]:
                allowed[:n, NAMES.index("B-MISC")] = allowed[:n, NAMES.index("I-MISC")] = True
            for start, end, label in story["spans"]:
                a, b = first_of(start), int(np.searchsorted(starts, end, "left"))
                if a < b and label == UNCERTAIN:
                    allowed[a:b] = True
                elif a < b:
                    allowed[a:b] = False
                    allowed[a, labels.index("B-" + label)] = True
                    allowed[a + 1:b, labels.index("I-" + label)] = True
            out["is_" + kind][row] = True
        for a, b, name in story["links"]:
            if (a := piece_of(a)) is not None and (b := piece_of(b)) is not None:
                links.append((row, LINKS.index(name), a, [b], []))
        for place, right, wrong in story["queries"]:
            pieces = lambda spans: [firsts[i] for s, e in spans for i in range(first_of(s), int(np.searchsorted(starts, e, "left")))]
            if (at := piece_of(place)) is not None:
                right, wrong = pieces(right), pieces(wrong)
                links.append((row, LINKS.index("antecedent"), at, right or ([] if wrong else [at]), wrong))
    out = {k: torch.from_numpy(v) for k, v in out.items()}
    out["links"] = links
    return out


def distances(rows, scores, taught_rows, taught_scores, mask):
    """How far a network of as many layers is from its teacher, a piece on average: the rows after its last layer and after
    those before it (squared, as a part of the teacher's), and its labels (Kullback–Leibler divergence)."""
    mask = mask[..., None]
    mean = lambda x: (x.sum(-1, keepdim=True) * mask).sum() / mask.sum()
    far = [mean((a.float() - b.float()) ** 2) / mean(b.float() ** 2) for a, b in zip(rows, taught_rows)]
    log = lambda x: x.float().log_softmax(-1)
    labels = [mean(F.kl_div(log(a), log(b), log_target=True, reduction="none")) for a, b in zip(scores[:2], taught_scores[:2])]
    return {"last": far[-1], "middle": sum(far[:-1]) / max(1, len(far) - 1), "labels": sum(labels)}


def losses(model, batch, teacher=None):
    """The loss of each head, a word or a link on average, and the distances from the teacher."""
    inputs = batch["ids"], batch["shapes"], batch["mask"]
    out = {}
    with torch.autocast("cpu", dtype=torch.bfloat16):
        rows = model.hidden(*inputs)
        attribution, names, link_q, link_k = scores = model.scores(rows[-1])
        if teacher:
            with torch.no_grad():
                taught = teacher.hidden(*inputs)
                taught_scores = teacher.scores(taught[-1])
            out |= distances(rows, scores, taught, taught_scores, batch["mask"])
    take = lambda x: torch.gather(x.float(), 1, batch["firsts"][..., None].expand(-1, -1, x.shape[-1]))
    for name, scores, chain in (("attribution", attribution, model.attribution_chain), ("names", names, model.names_chain)):
        rows = batch["is_" + name].nonzero()[:, 0]
        if len(rows):
            present = batch["present"][rows]
            out[name] = chain.loss(take(scores)[rows], present, batch[name][rows]) / present.sum()
    if batch["links"]:
        logits = link_logits(link_q.float(), link_k.float(), batch["mask"])
        rows, kinds, places = (torch.tensor([l[i] for l in batch["links"]]) for i in range(3))
        logits = logits[rows, kinds, places].log_softmax(-1)
        right = torch.full_like(logits, False, dtype=torch.bool)
        for i, (*_, targets, wrong) in enumerate(batch["links"]):
            if targets:
                right[i, targets] = True
            else:
                right[i] = batch["mask"][rows[i]].bool()
                right[i, wrong] = False
        loss = -logits.masked_fill(~right, float("-inf")).logsumexp(-1)
        antecedent = kinds == LINKS.index("antecedent")
        for name, chosen in (("links", ~antecedent), ("antecedents", antecedent)):
            if chosen.any():
                out[name] = loss[chosen].mean()
    return out


WEIGHTS = {"last": 2.0, "middle": 0.5, "labels": 1.0, "attribution": 1.0, "names": 1.0, "links": 0.15, "antecedents": 0.05}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=75, help="training time in all, over every resumption")
    parser.add_argument("--pieces", type=int, default=2048, help="pieces a step")
    parser.add_argument("--rate", type=float, default=2e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--init", type=Path, help="weights to go on from instead of the backbone's")
    parser.add_argument("--teacher", type=Path, help="a larger network with as many layers, which to come near")
    parser.add_argument("--save-every", type=float, default=4, help="minutes")
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.load(args.prepared / "vocab.txt")
    with open(args.prepared / "stories.pickle", "rb") as file:
        pools = pickle.load(file)
    if args.init:
        model = Tagger.of_state(torch.load(args.init)["model"])
    else:
        model = Tagger(len(tokenizer.pieces), args.layers)
        model.load_backbone(np.load(args.prepared / "backbone.npz"))
    teacher = Tagger.of_state(torch.load(args.teacher)["model"]).eval() if args.teacher else None
    body = [p for n, p in model.named_parameters() if n.split(".")[0] in ("pieces", "places", "norm", "layers")]
    known = {id(p) for p in body}
    optimizer = torch.optim.AdamW(
        [{"params": body, "peak": args.rate}, {"params": [p for p in model.parameters() if id(p) not in known], "peak": args.head_rate}],
        weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    step, spent, seen = 0, 0.0, 0
    last = args.out / "last.pt"
    if last.exists():
        state = torch.load(last)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        step, spent, seen = state["step"], state["spent"], state["seen"]
    batches = Batches(pools, tokenizer, args.pieces, args.seed + step)

    def save():
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "spent": spent,
                    "seen": seen}, args.out / "next.pt")
        (args.out / "next.pt").rename(last)

    model.train()
    total, mean, saved, shown = args.minutes * 60, {}, spent, (spent, seen)
    while spent < total:
        began = time.perf_counter()
        batch = batches.next()
        pace = min(1, (step + 1) / 100) * max(0.0, 1 - spent / total)
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * pace
        parts = losses(model, batch, teacher)
        sum(WEIGHTS[n] * x for n, x in parts.items()).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        step += 1
        seen += int(batch["mask"].sum())
        for n, x in parts.items():
            mean[n] = x.item() if n not in mean else 0.98 * mean[n] + 0.02 * x.item()
        spent += time.perf_counter() - began
        if step % 50 == 0:
            speed = (seen - shown[1]) / (spent - shown[0])
            shown = spent, seen
            print(f"step {step} {seen / 1e6:.2f} M pieces, {speed:.0f} a second, "
                  + " ".join(f"{n} {x:.4f}" for n, x in mean.items()) + f", {(total - spent) / 60:.1f} min left", flush=True)
        if spent - saved > args.save_every * 60 or spent >= total:
            saved = spent
            save()


if __name__ == "__main__":
    main()
