#!/usr/bin/env python3
"""Turns a packed tagger back into a checkpoint, to train on from it or to teach with it.

    unpack.py ../assets/model/network.bin.zst CHECKPOINT.pt

The weights are the rounded ones that the program reads; the format is told in src/engine/tagger/format.rs. It needs the program
zstd."""
import argparse
import struct
import subprocess
from pathlib import Path

import numpy as np
import torch

from model import ATTRIBUTION, LINK_WIDTH, LINKS, NAMES, Chain
from pack import MAGIC, of_bf16


class Reader:
    """Takes the arrays of a packed file one after another."""

    def __init__(self, packed):
        self.packed, self.at = packed, 0

    def take(self, kind, *shape):
        kind = np.dtype(kind)
        size = kind.itemsize * int(np.prod(shape))
        part = np.frombuffer(self.packed, kind, count=int(np.prod(shape)), offset=self.at).reshape(shape)
        self.at += size
        return part

    def linear(self, inputs, outputs):
        """Weight [outputs, inputs] and bias of a layer: whole numbers, one scale an output."""
        code = self.take("i1", inputs, outputs).T
        return code * self.take("<f4", outputs)[:, None], self.take("<f4", outputs)


def unpacked(packed):
    """The state dictionary of a packed network."""
    reader, state = Reader(packed), {}
    assert packed.startswith(MAGIC), "not a packed network of this format"
    reader.at = len(MAGIC)
    pieces, places, shapes, width, heads, head_width, layers, units = struct.unpack("<8I", packed[reader.at:reader.at + 32])
    reader.at += 32
    code = reader.take("i1", pieces, width)
    state["pieces.weight"] = code * of_bf16(reader.take("<u2", pieces, 1))
    state["places.weight"] = of_bf16(reader.take("<u2", places, width))
    state["shapes.weight"] = of_bf16(reader.take("<u2", shapes, width))

    def norm(name):
        state[f"{name}.weight"], state[f"{name}.bias"] = reader.take("<f4", width), reader.take("<f4", width)

    def linear(name, inputs, outputs):
        state[f"{name}.weight"], state[f"{name}.bias"] = reader.linear(inputs, outputs)

    norm("norm")
    for i in range(layers):
        linear(f"layers.{i}.qkv", width, 3 * heads * head_width)
        linear(f"layers.{i}.out", heads * head_width, width)
        norm(f"layers.{i}.norm1")
        linear(f"layers.{i}.up", width, units)
        linear(f"layers.{i}.down", units, width)
        norm(f"layers.{i}.norm2")
    sizes = {"attribution": len(ATTRIBUTION), "names": len(NAMES), "link_q": LINK_WIDTH * len(LINKS), "link_k": LINK_WIDTH * len(LINKS)}
    weight, bias = reader.linear(width, sum(sizes.values()))
    ends = np.cumsum(list(sizes.values()))[:-1]
    for name, its_weight, its_bias in zip(sizes, np.split(weight, ends), np.split(bias, ends)):
        state[f"{name}.weight"], state[f"{name}.bias"] = its_weight, its_bias
    for name, labels in (("attribution_chain", ATTRIBUTION), ("names_chain", NAMES)):
        illegal = Chain(labels)
        for part, barred in (("step", illegal.illegal), ("first", illegal.illegal_first)):
            state[f"{name}.{part}"] = reader.take("<f4", *barred.shape) - barred.numpy()
        state[f"{name}.illegal"], state[f"{name}.illegal_first"] = illegal.illegal.numpy(), illegal.illegal_first.numpy()
    assert reader.at == len(packed), f"{len(packed) - reader.at} bytes are left over"
    return {name: torch.from_numpy(np.array(value, np.float32)) for name, value in state.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    packed = subprocess.run(["zstd", "-d", "-c", args.network], stdout=subprocess.PIPE, check=True).stdout
    torch.save({"model": unpacked(packed)}, args.out)


if __name__ == "__main__":
    main()
