#!/usr/bin/env python3
"""Packs a trained tagger for the binary (the format is told in src/engine/tagger/format.rs).

    pack.py CHECKPOINT.pt VOCAB.txt ../assets/model [--reference REFERENCE.json] [--step 0.25] [--simulate ROUNDED.pt]

Writes network.bin.zst (with the program zstd) and vocabulary.txt; of the reference values of export.py, reference.json beside the tests.
Weights of linear layers become whole numbers with one scale an output, piece embeddings whole numbers with one scale a
piece. A scale is a part of the mean size of its row: coarse steps are few different numbers, which the compression of the
package then writes in fewer bits; build.rs unpacks the file, and the program reads plain bytes. --simulate also writes the rounded weights as a
state dictionary, so that evaluate.py can tell what the rounding costs."""
import argparse
import json
import struct
import subprocess
from pathlib import Path

import numpy as np
import torch

from model import HEAD_WIDTH

MAGIC = b"pullquote net 4\n"
# Two products of a byte and such a weight fit into 16 bits, which is where x86 without VNNI adds them up.
MOST = 64


def bf16(x):
    """f32 rounded to the upper half of its bits."""
    bits = np.ascontiguousarray(x, np.float32).view(np.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(np.uint16)


def of_bf16(x):
    return (x.astype(np.uint32) << 16).view(np.float32)


def rounded(x, step, most, exact):
    """Whole numbers and scales of the rows of x; a scale is `step` times the root of its row's mean square."""
    scale = np.maximum(np.sqrt((x ** 2).mean(-1, keepdims=True)), 1e-8) * step
    scale = np.maximum(scale, np.abs(x).max(-1, keepdims=True) / most) if exact else of_bf16(bf16(scale))
    return np.clip(np.rint(x / scale), -most, most).astype(np.int8), scale.astype(np.float32)


def fixture(row):
    """What the tests want of a row: the words with their pieces and shapes, and the scores of each word's first piece."""
    out = {"text": row["text"], "words": []}
    for (start, end), first, last in zip(row["words"], row["firsts"], [*row["firsts"][1:], len(row["ids"]) - 1]):
        out["words"].append([start, end, row["shapes"][first], row["ids"][first:last]])
    if "f32" in row:
        for name in ("attribution", "names"):
            out[name] = [[round(x, 2) for x in row["f32"][name][first]] for first in row["firsts"]]
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("vocabulary", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--step", type=float, default=0.25)
    parser.add_argument("--embedding-step", type=float, default=0.7)
    parser.add_argument("--head-step", type=float, default=0.1)
    parser.add_argument("--reference", type=Path)
    parser.add_argument("--simulate", type=Path)
    args = parser.parse_args()
    whole = torch.load(args.checkpoint, map_location="cpu")
    state = whole.get("model", whole)
    state = {name: value.float().numpy() for name, value in state.items()}
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    pieces, width = state["pieces.weight"].shape
    heads = state["layers.0.out.weight"].shape[1] // HEAD_WIDTH
    units = len(state["layers.0.up.bias"])
    sizes = pieces, state["places.weight"].shape[0], state["shapes.weight"].shape[0], width, heads, HEAD_WIDTH, layers, units
    out = [MAGIC, struct.pack("<8I", *sizes)]

    def floats(name):
        out.append(np.ascontiguousarray(state[name], "<f4").tobytes())

    def halves(name):
        code = bf16(state[name])
        out.append(code.astype("<u2").tobytes())
        state[name] = of_bf16(code)

    def norm(name):
        floats(name + ".weight")
        floats(name + ".bias")

    def linear(*names, step=args.step):
        parts = [rounded(state[name + ".weight"], step, MOST, True) for name in names]
        for name, (code, scale) in zip(names, parts):
            state[name + ".weight"] = code * scale
        out.append(np.ascontiguousarray(np.concatenate([code for code, _ in parts]).T).tobytes())
        out.append(np.concatenate([scale for _, scale in parts]).astype("<f4").tobytes())
        out.append(np.concatenate([state[name + ".bias"] for name in names]).astype("<f4").tobytes())

    code, scale = rounded(state["pieces.weight"], args.embedding_step, 127, False)
    state["pieces.weight"] = code * scale
    out.append(code.tobytes())
    out.append(bf16(scale).astype("<u2").tobytes())
    halves("places.weight")
    halves("shapes.weight")
    norm("norm")
    for i in range(layers):
        linear(f"layers.{i}.qkv")
        linear(f"layers.{i}.out")
        norm(f"layers.{i}.norm1")
        linear(f"layers.{i}.up")
        linear(f"layers.{i}.down")
        norm(f"layers.{i}.norm2")
    linear("attribution", "names", "link_q", "link_k", step=args.head_step)
    for chain in ("attribution_chain", "names_chain"):
        out.append((state[f"{chain}.step"] + state[f"{chain}.illegal"]).astype("<f4").tobytes())
        out.append((state[f"{chain}.first"] + state[f"{chain}.illegal_first"]).astype("<f4").tobytes())
    packed = b"".join(out)
    args.out.mkdir(parents=True, exist_ok=True)
    network = args.out / "network.bin.zst"
    subprocess.run(["zstd", "--ultra", "-22", "-f", "-q", "-o", network], input=packed, check=True)
    (args.out / "vocabulary.txt").write_bytes(args.vocabulary.read_bytes())
    print(f"{len(packed):,} bytes, {layers} layers, {pieces} pieces, step {args.step}; compressed {network.stat().st_size:,}")
    if args.reference:
        rows = [fixture(row) for row in json.loads(args.reference.read_text())[:80]]
        path = Path(__file__).parent.parent / "tests/tagger/reference.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("[" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "]\n", "utf8")
    if args.simulate:
        rounded_state = {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in state.items()}
        torch.save(whole | {"model": rounded_state}, args.simulate)


if __name__ == "__main__":
    main()
