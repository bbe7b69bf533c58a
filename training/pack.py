#!/usr/bin/env python3
"""Packs a trained tagger for the binary (the format is told in src/engine/model/weights.rs).

    pack.py CHECKPOINT.pt VOCAB.txt ../assets/model [--reference REFERENCE.json] [--bits 8] [--simulate ROUNDED.pt]

Writes network.bin and vocabulary.txt; of the reference values of export.py, reference.json beside the tests.
Weights of linear layers become whole numbers with one scale an output, piece embeddings whole numbers with one scale a
group of 32; each scale is the one that loses the least. --simulate also writes the rounded weights as a state
dictionary, so that evaluate.py can tell what the rounding costs."""
import argparse
import json
import struct
import zlib
from pathlib import Path

import numpy as np
import torch

MAGIC = b"pullquote net 1\n"
GROUP = 32


def bf16(x):
    """f32 rounded to the upper half of its bits."""
    bits = np.ascontiguousarray(x, np.float32).view(np.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(np.uint16)


def of_bf16(x):
    return (x.astype(np.uint32) << 16).view(np.float32)


def rounded(x, bits, exact):
    """Whole numbers and scales of the rows of x, the scale of a row chosen among 32 for the least squared error."""
    top = 2 ** (bits - 1) - 1
    widest = np.maximum(np.abs(x).max(-1, keepdims=True), 1e-8)
    best, codes, scales = None, None, None
    for part in np.linspace(0.55, 1.0, 32, dtype=np.float32):
        scale = widest * part / top
        scale = scale if exact else of_bf16(bf16(scale))
        code = np.clip(np.rint(x / scale), -top, top)
        loss = ((code * scale - x) ** 2).sum(-1, keepdims=True)
        if best is None:
            best, codes, scales = loss, code, scale
        else:
            better = loss < best
            best, codes, scales = np.where(better, loss, best), np.where(better, code, codes), np.where(better, scale, scales)
    return codes.astype(np.int8), scales.astype(np.float32)


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
    parser.add_argument("--bits", type=int, default=8)
    parser.add_argument("--embedding-bits", type=int, default=4)
    parser.add_argument("--reference", type=Path)
    parser.add_argument("--simulate", type=Path)
    args = parser.parse_args()
    whole = torch.load(args.checkpoint, map_location="cpu")
    state = whole.get("model", whole)
    state = {name: value.float().numpy() for name, value in state.items()}
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    pieces, width = state["pieces.weight"].shape
    heads = 12
    out = [MAGIC, struct.pack("<6I", pieces, state["places.weight"].shape[0], state["shapes.weight"].shape[0], width, heads, layers)]

    def floats(name):
        out.append(np.ascontiguousarray(state[name], "<f4").tobytes())

    def halves(name):
        code = bf16(state[name])
        out.append(code.astype("<u2").tobytes())
        state[name] = of_bf16(code)

    def norm(name):
        floats(name + ".weight")
        floats(name + ".bias")

    def linear(*names):
        parts = [rounded(state[name + ".weight"], args.bits, True) for name in names]
        for name, (code, scale) in zip(names, parts):
            state[name + ".weight"] = code * scale
        out.append(np.ascontiguousarray(np.concatenate([code for code, _ in parts]).T).tobytes())
        out.append(np.concatenate([scale for _, scale in parts]).astype("<f4").tobytes())
        out.append(np.concatenate([state[name + ".bias"] for name in names]).astype("<f4").tobytes())

    code, scale = rounded(state["pieces.weight"].reshape(pieces, width // GROUP, GROUP), args.embedding_bits, False)
    state["pieces.weight"] = (code * scale).reshape(pieces, width)
    nibbles = (code.reshape(pieces, width) + 8).astype(np.uint8)
    if args.embedding_bits == 4:
        out.append((nibbles[:, 0::2] | nibbles[:, 1::2] << 4).tobytes())
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
    linear("attribution", "names", "link_q", "link_k")
    for chain in ("attribution_chain", "names_chain"):
        out.append((state[f"{chain}.step"] + state[f"{chain}.illegal"]).astype("<f4").tobytes())
        out.append((state[f"{chain}.first"] + state[f"{chain}.illegal_first"]).astype("<f4").tobytes())
    packed = b"".join(out)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "network.bin").write_bytes(packed)
    (args.out / "vocabulary.txt").write_bytes(args.vocabulary.read_bytes())
    print(f"{len(packed):,} bytes, {layers} layers, {pieces} pieces, {args.bits}-bit weights; deflated {len(zlib.compress(packed, 9)):,}")
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
