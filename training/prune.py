"""Cuts a trained network narrow: of each layer's feed-forward part only the units that matter most stay.

How much a unit matters is the change of the loss without it, to the first order: the square of its output times the gradient of
the loss by it, summed over some batches (Molchanov et al., 2017). The rest of the loss is won back by train.py with --init and
--teacher."""

import argparse
import copy
import pickle
from pathlib import Path

import torch
from torch import nn

from model import WIDTH, Tagger
from text import Tokenizer
from train import WEIGHTS, Batches, losses


def importance(model, batches):
    """How much each unit [layers][units] matters."""
    totals, outputs = [torch.zeros(layer.up.out_features) for layer in model.layers], {}

    def keep(number):
        def hook(_, inputs):
            inputs[0].retain_grad()
            outputs[number] = inputs[0]
        return hook

    hooks = [layer.down.register_forward_pre_hook(keep(i)) for i, layer in enumerate(model.layers)]
    for batch in batches:
        sum(WEIGHTS[name] * loss for name, loss in losses(model, batch).items()).backward()
        for number, output in outputs.items():
            totals[number] += ((output.float() * output.grad.float()) ** 2).sum((0, 1)).detach()
        model.zero_grad()
    for hook in hooks:
        hook.remove()
    return totals


def narrowed(model, importances, units):
    """The network with the most important `units` of each layer."""
    out = copy.deepcopy(model)
    for layer, scores in zip(out.layers, importances):
        kept = scores.topk(units).indices.sort().values
        up, down = nn.Linear(WIDTH, units), nn.Linear(units, WIDTH)
        with torch.no_grad():
            up.weight.copy_(layer.up.weight[kept])
            up.bias.copy_(layer.up.bias[kept])
            down.weight.copy_(layer.down.weight[:, kept])
            down.bias.copy_(layer.down.bias)
        layer.up, layer.down = up, down
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--units", type=int, default=768)
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
    torch.save({"model": narrowed(model, importances, args.units).state_dict()}, args.out)


if __name__ == "__main__":
    main()
