"""Writes the trained network as int8 ONNX with vocabulary, settings and reference values for the Rust side."""

import argparse
import json
import random
import zlib
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from decode import DEFAULTS
from model import ATTRIBUTION, LINKS, NAMES, Tagger
from text import Tokenizer, packed

INPUTS, OUTPUTS = ["ids", "shapes", "mask"], ["attribution", "names", "link_q", "link_k"]


def loaded(checkpoint):
    state = torch.load(checkpoint, map_location="cpu")
    return Tagger.of_state(state["model"]).eval(), state


def settings_of(model, decode):
    """Everything beside the weights that reading needs."""
    out = {"inputs": INPUTS, "outputs": OUTPUTS, "links": LINKS, "link_width": 64, "decode": decode}
    for name, labels, chain in (("attribution", ATTRIBUTION, model.attribution_chain), ("names", NAMES, model.names_chain)):
        step, first = (x.detach().double().clamp(min=-10000).round(decimals=5).tolist() for x in chain.moves())
        out[name] = {"labels": labels, "step": step, "first": first}
    return out


def quantised(source, target):
    """Dynamic int8, per channel, reduced range; the embedding table too."""
    quantize_dynamic(str(source), str(target), per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
                     op_types_to_quantize=["MatMul", "Gemm", "Gather"])


def runner(path):
    """The network behind onnxruntime: (ids, shapes) of one window -> the four outputs."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def run(ids, shapes):
        feed = {"ids": [ids], "shapes": [shapes], "mask": [[1] * len(ids)]}
        return [x[0] for x in session.run(OUTPUTS, {k: np.array(v, np.int64) for k, v in feed.items()})]

    return run


def coarsened(path, levels, table_step):
    """Rounds the int8 weights to fewer levels (and the piece table to a coarser step), so that the file packs smaller.

    Nothing changes in how the network runs; a channel's values lie on 2 * levels + 1 of the grid's points."""
    network = onnx.load(str(path))
    for tensor in network.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype == np.int8 and values.ndim == 2 and values.shape[1] >= 64:
            top = np.abs(values.astype(int)).max()
            values = np.round(np.round(values * (levels / top)) * (top / levels)).astype(np.int8)
        elif values.dtype == np.uint8 and values.size > 1e6:
            zero = next(int(numpy_helper.to_array(z)) for z in network.graph.initializer
                        if z.name == tensor.name.replace("_quantized", "_zero_point"))
            values = np.clip(zero + table_step * np.round((values.astype(int) - zero) / table_step), 0, 255).astype(np.uint8)
        else:
            continue
        tensor.CopyFrom(numpy_helper.from_array(values, tensor.name))
    onnx.save(network, str(path))


PEOPLE = ["Maren Oyelaran", "Dr. José Quintanilla-Peña", "the harbour-master", "Sgt. O'Dwyer", "Łucja Brzęczek", "IBRAHIM K. TOURÉ", "a spokesman",
          "McAllister", "Anaïs d'Étoile", "Ms Nguyễn", "the Tarrow Valley Water Board", "NRT", "she", "they"]
SAYINGS = ["We won’t sell the ferry", "it's 3.5% higher than in '09", "the so-called \"quiet plan\" is dead", "naïve café-goers don't vote",
           "there are 1,250 reasons…", "rock 'n' roll isn't over", "this is—frankly—absurd", "I never met him [the mayor]", "$40m is gone"]
CUES = ["said", "insisted", "told reporters", "tweeted", "has warned", "SAID", "added", "wrote on the board's web site"]
FRAMES = ["“{s},” {p} {c}.", "\"{s},\" {p} {c}, “{t}.”", "''{s},'' {c} {p}.", "``{s}'' — {p}", "{p} {c} that {s}.", "According to {p}, {s}.",
          "{p}: ‘{s}’\n\n{q} {c}: «{t}»", "{s}, {p} {c}; {t}, {c} {q}.", "PORT ELLAN (WNS) — {p} {c} {s}.\nRead more: {t}", "Q. {s}?\nA. {t}.",
          "{p}\u00a0{c} (via @desk_42/#news): {s}\u2009!", "soft\u00adhyphen {p}\u200b {c} “{s}", "漢字 {p} {c} ½ {s} €5 — {t}"]


def invented(rng):
    """A few sentences of nobody's story."""
    pick = lambda items: rng.choice(items)
    return "\n".join(pick(FRAMES).format(p=pick(PEOPLE), q=pick(PEOPLE), s=pick(SAYINGS), t=pick(SAYINGS), c=pick(CUES))
                     for _ in range(rng.randint(1, 5)))


def reference(tokenizer, exact, small, count=200, with_outputs=4):
    """Windows of invented text with their pieces (offsets in bytes) and, for some, the network's outputs."""
    rng, out = random.Random(5), []
    for number in range(count):
        text = invented(rng)
        words = tokenizer.words(text)
        ids, shapes, firsts = packed(words, 254)
        byte = lambda place: len(text[:place].encode())
        row = {"text": text, "ids": ids, "shapes": shapes, "firsts": firsts,
               "words": [[byte(w.start), byte(w.end)] for w in words[:len(firsts)]]}
        if number < with_outputs:
            for name, run in (("f32", exact), ("int8", small)):
                row[name] = {k: np.round(v, 3).tolist() for k, v in zip(OUTPUTS, run(ids, shapes))}
        out.append(row)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--decode", type=json.loads, default={}, help="settings of decode.py that differ from its defaults")
    parser.add_argument("--levels", type=int, default=0, help="coarser weights that pack smaller; 0 leaves them")
    parser.add_argument("--table-step", type=int, default=1, help="the same for the piece table")
    args = parser.parse_args()
    torch.set_num_threads(1)
    args.out.mkdir(parents=True, exist_ok=True)
    model, state = loaded(args.checkpoint)
    tokenizer = Tokenizer.load(args.prepared / "vocab.txt")
    exact, small = args.out / "f32.onnx", args.out / "model.onnx"
    example = torch.ones((1, 16), dtype=torch.int64)
    shape = {0: "batch", 1: "pieces"}
    with torch.no_grad():
        torch.onnx.export(model, (example, example, example), str(exact), input_names=INPUTS, output_names=OUTPUTS,
                          dynamic_axes={n: shape for n in INPUTS + OUTPUTS}, opset_version=17, dynamo=False)
    onnx.checker.check_model(str(exact))
    quantised(exact, small)
    if args.levels:
        coarsened(small, args.levels, args.table_step)
    (args.out / "vocab.txt").write_bytes((args.prepared / "vocab.txt").read_bytes())
    settings = settings_of(model, DEFAULTS | args.decode)
    settings["trained"] = {"steps": state["step"], "pieces": state["seen"], "minutes": round(state["spent"] / 60, 1)}
    (args.out / "model.json").write_text(json.dumps(settings, indent=1) + "\n")
    rows = reference(tokenizer, runner(exact), runner(small))
    (args.out / "reference.json").write_text(json.dumps(rows, ensure_ascii=False) + "\n", "utf8")
    for path in sorted(args.out.iterdir()):
        print(f"{path.name:16} {path.stat().st_size / 1e6:8.2f} MB, packed {len(zlib.compress(path.read_bytes(), 9)) / 1e6:.2f}")


if __name__ == "__main__":
    main()
