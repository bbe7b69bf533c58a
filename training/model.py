"""The network (MiniLM body, shape rows, linear heads) and its losses (chain of labels, links by q·k)."""

import math

import torch
import torch.nn.functional as F
from torch import nn

from text import SHAPES

ATTRIBUTION = ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"]
NAMES = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-MISC", "I-MISC"]
LINKS = ["cue", "source", "antecedent"]
WIDTH, HEADS, HEAD_WIDTH, LINK_WIDTH, POSITIONS = 384, 12, 32, 64, 320
IMPOSSIBLE = -1e4


def attended(q, k, v, mask, scale):
    """Attention all in the type of its inputs, which on CPU trains faster than the fused kernel."""
    with torch.autocast("cpu", enabled=False):
        masks = mask.expand(-1, len(q) // len(mask), q.shape[1], -1).flatten(0, 1)
        return torch.baddbmm(masks, q, k.transpose(1, 2), alpha=scale).softmax(-1) @ v


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, heads, intermediate):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * heads * HEAD_WIDTH)
        self.out = nn.Linear(heads * HEAD_WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, intermediate)
        self.down = nn.Linear(intermediate, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, mask):
        batch, length, _ = x.shape
        q, k, v = (
            part.view(batch, length, -1, HEAD_WIDTH).transpose(1, 2)
            for part in self.qkv(x).split(self.out.in_features, -1)
        )
        scale = 1 / math.sqrt(HEAD_WIDTH)
        if self.training:
            seen = attended(q.flatten(0, 1), k.flatten(0, 1), v.flatten(0, 1), mask.to(q.dtype), scale).view_as(q)
        else:
            seen = (q @ k.transpose(2, 3) * scale + mask).softmax(-1) @ v
        x = self.norm1(x + self.out(seen.transpose(1, 2).reshape(batch, length, -1)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Tagger(nn.Module):
    """ids, shapes, mask [batch, pieces] -> attribution, names [.., labels], link_q, link_k [.., 3 * 64]."""

    def __init__(self, vocabulary, layers=6, heads=HEADS, intermediate=4 * WIDTH):
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, WIDTH)
        self.places = nn.Embedding(POSITIONS, WIDTH)
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(heads, intermediate) for _ in range(layers))
        self.attribution = nn.Linear(WIDTH, len(ATTRIBUTION))
        self.names = nn.Linear(WIDTH, len(NAMES))
        self.link_q = nn.Linear(WIDTH, LINK_WIDTH * len(LINKS))
        self.link_k = nn.Linear(WIDTH, LINK_WIDTH * len(LINKS))
        self.attribution_chain = Chain(ATTRIBUTION)
        self.names_chain = Chain(NAMES)

    @classmethod
    def of_state(cls, state):
        """The network of a state dictionary, as large as that is."""
        layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
        heads = state["layers.0.out.weight"].shape[1] // HEAD_WIDTH
        model = cls(len(state["pieces.weight"]), layers, heads, len(state["layers.0.up.bias"]))
        model.load_state_dict(state)
        return model

    def hidden(self, ids, shapes, mask):
        """The rows [batch, pieces, WIDTH] after each layer."""
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.drop(self.norm(self.pieces(ids) + self.places(place) + self.shapes(shapes)))
        blocked = (1 - mask[:, None, None, :].to(x.dtype)) * IMPOSSIBLE
        rows = []
        for layer in self.layers:
            x = layer(x, blocked)
            rows.append(x)
        return rows

    def scores(self, x):
        return self.attribution(x), self.names(x), self.link_q(x), self.link_k(x)

    def forward(self, ids, shapes, mask):
        return self.scores(self.hidden(ids, shapes, mask)[-1])

    def load_backbone(self, weights):
        """Takes the weights of a BERT-shaped encoder; its first token type goes into every row of shapes."""
        take = lambda name: torch.from_numpy(weights[name])
        pairs = [(self.pieces.weight, take("embeddings.word_embeddings.weight")),
                 (self.places.weight, take("embeddings.position_embeddings.weight")[:POSITIONS]),
                 (self.shapes.weight, take("embeddings.token_type_embeddings.weight")[:1].repeat(SHAPES, 1)),
                 (self.norm.weight, take("embeddings.LayerNorm.weight")), (self.norm.bias, take("embeddings.LayerNorm.bias"))]
        for i, layer in enumerate(self.layers):
            base = f"encoder.layer.{i}."
            for part in ("weight", "bias"):
                joined = [take(f"{base}attention.self.{x}.{part}") for x in ("query", "key", "value")]
                pairs.append((getattr(layer.qkv, part), torch.cat(joined)))
                for own, name in ((layer.out, "attention.output.dense"), (layer.norm1, "attention.output.LayerNorm"),
                                  (layer.up, "intermediate.dense"), (layer.down, "output.dense"),
                                  (layer.norm2, "output.LayerNorm")):
                    pairs.append((getattr(own, part), take(f"{base}{name}.{part}")))
        with torch.no_grad():
            for own, value in pairs:
                own.copy_(value)


class Chain(nn.Module):
    """Scores of label after label (a linear-chain CRF); moves that BIO forbids are impossible."""

    def __init__(self, labels):
        super().__init__()
        count = len(labels)
        self.step = nn.Parameter(torch.zeros(count, count))
        self.first = nn.Parameter(torch.zeros(count))
        legal = torch.tensor([[b[0] != "I" or a[2:] == b[2:] for b in labels] for a in labels])
        self.register_buffer("illegal", (~legal).float() * IMPOSSIBLE)
        self.register_buffer("illegal_first", torch.tensor([IMPOSSIBLE * (b[0] == "I") for b in labels]))

    def moves(self):
        return self.step + self.illegal, self.first + self.illegal_first

    def total(self, scores, present):
        """Log of the summed weight of all label sequences: scores [batch, words, labels], by a tree of products."""
        step, first = self.moves()
        count = step.shape[0]
        identity = torch.full((count, count), IMPOSSIBLE).fill_diagonal_(0.0)
        tree = torch.where(present[:, 1:, None, None], step + scores[:, 1:, None, :], identity)
        while tree.shape[1] > 1:
            if tree.shape[1] % 2:
                tree = torch.cat([tree, identity.expand(tree.shape[0], 1, count, count)], 1)
            left, right = tree[:, 0::2], tree[:, 1::2]
            tree = torch.logsumexp(left[..., :, :, None] + right[..., None, :, :], -2)
        start = first + scores[:, 0]
        return torch.logsumexp(start[:, :, None] + tree[:, 0], (1, 2))

    def loss(self, scores, present, allowed):
        """Summed negative log-likelihood of the label sequences that `allowed` [batch, words, labels] leaves."""
        held = scores + (~allowed).float() * IMPOSSIBLE
        return (self.total(scores, present) - self.total(held, present)).sum()


def link_logits(link_q, link_k, mask):
    """[batch, link, from, to] affinities of pieces."""
    shape = (*link_q.shape[:2], len(LINKS), LINK_WIDTH)
    q, k = link_q.reshape(shape).transpose(1, 2), link_k.reshape(shape).transpose(1, 2)
    blocked = (1 - mask[:, None, None, :].to(q.dtype)) * IMPOSSIBLE
    return q @ k.transpose(2, 3) / math.sqrt(LINK_WIDTH) + blocked
