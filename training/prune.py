"""Cuts a trained network narrow: of each layer only the feed-forward units and the attention heads that matter most stay.

How much a unit matters is the change of the loss without it, to the first order: the square of its output times the gradient of
the loss by it, summed over some batches (Molchanov et al., 2017). Of a head it is the square of the sum of these products (the
loss by a gate of the head: Michel, Levy, Neubig, 2019), window by window. The rest of the loss is won back by train.py with
--init and --teacher."""

import argparse
import copy
import pickle
from pathlib import Path

import torch
from torch import nn

from model import HEAD_WIDTH, HEADS, Tagger
from text import Tokenizer
from train import WEIGHTS, Batches, losses


def importance(model, batches):
    """How much each unit [layers][units] and each head [layers][heads] matters."""
    parts = [(layer.down, layer.out) for layer in model.layers]
    units = [torch.zeros(down.in_features) for down, _ in parts]
    heads = [torch.zeros(out.in_features // HEAD_WIDTH) for _, out in parts]
    outputs = {}

    def keep(key):
        def hook(_, inputs):
            inputs[0].retain_grad()
            outputs[key] = inputs[0]
        return hook

    hooks = [part.register_forward_pre_hook(keep((i, j))) for i, both in enumerate(parts) for j, part in enumerate(both)]
    for batch in batches:
        sum(WEIGHTS[name] * loss for name, loss in losses(model, batch).items()).backward()
        for i in range(len(parts)):
            unit, head = (output.detach().float() * output.grad.float() for output in (outputs[i, 0], outputs[i, 1]))
            units[i] += (unit ** 2).sum((0, 1))
            heads[i] += (head.view(*head.shape[:2], -1, HEAD_WIDTH).sum((1, 3)) ** 2).sum(0)
        model.zero_grad()
    for hook in hooks:
        hook.remove()
    return units, heads


def narrowed(model, importances, units, heads):
    """The network with the most important `units` and `heads` of each layer."""
    out = copy.deepcopy(model)
    kept = lambda scores, count: scores.topk(min(count, len(scores))).indices.sort().values
    for layer, unit_scores, head_scores in zip(out.layers, *importances):
        layer.up, layer.down = cut(layer.up, layer.down, kept(unit_scores, units), 1)
        chosen = kept(head_scores, heads)
        rows = (chosen[:, None] * HEAD_WIDTH + torch.arange(HEAD_WIDTH)).flatten()
        layer.qkv, layer.out = cut(layer.qkv, layer.out, rows, 3)
    return out


def cut(before, after, rows, parts):
    """Two linears after each other with only the `rows` between them; the first gives `parts` times as many."""
    size = after.in_features
    all_rows = torch.cat([part * size + rows for part in range(parts)])
    first, second = nn.Linear(before.in_features, len(all_rows)), nn.Linear(len(rows), after.out_features)
    with torch.no_grad():
        first.weight.copy_(before.weight[all_rows])
        first.bias.copy_(before.bias[all_rows])
        second.weight.copy_(after.weight[:, rows])
        second.bias.copy_(after.bias)
    return first, second


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--units", type=int, default=768)
    parser.add_argument("--heads", type=int, default=HEADS)
    parser.add_argument("--batches", type=int, default=40)
    parser.add_argument("--pieces", type=int, default=2048, help="pieces a batch")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.manual_seed(1)
    tokenizer = Tokenizer.load(args.prepared / "vocab.txt")
    with open(args.prepared / "stories.pickle", "rb") as file:
        pools = pickle.load(file)
    model = Tagger.of_state(torch.load(args.checkpoint)["model"]).eval()
    batches = Batches(pools, tokenizer, args.pieces, seed=991)
    importances = importance(model, (batches.next() for _ in range(args.batches)))
    torch.save({"model": narrowed(model, importances, args.units, args.heads).state_dict()}, args.out)


if __name__ == "__main__":
    main()
