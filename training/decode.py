"""From a story to who said what: windows, labels, stretches, links, marks and the continuity of speakers.

The reference for the fusion in Rust; offsets are characters here and become bytes in `published`."""

import bisect
import re
from dataclasses import dataclass, field, replace

import numpy as np

from text import CLS, LINE, SEP, SHAPE_SPECIAL

SENTENCE_END = {".", "!", "?", "…"}
CLOSING_MARK = {"”", '"', "’", "'", ")"}
CUE, SOURCE, ANTECEDENT = range(3)
OPEN_QUOTES, CLOSE_QUOTES = "“\"„«`", "”\"»'"
DEFAULTS = {
    "window": 128, "content_threshold": 0.2, "names_threshold": 0.4, "no_source_bias": -6.0, "line_penalty": 5.0,
    "mark_words": 8, "snap_words": 1,
}


@dataclass
class Stretch:
    """A labelled run of words [first, last) with its probability."""

    label: str
    first: int
    last: int
    probability: float


@dataclass
class Attribution:
    """Contents that one cue joins, with the cue and the source where there are any."""

    contents: list
    cue: Stretch | None = None
    source: Stretch | None = None
    confidence: float = 1.0
    rule: str = "link"
    spans: list = field(default_factory=list)


class Chain:
    """Viterbi and exact stretch probabilities of a linear-chain CRF in plain numpy."""

    def __init__(self, labels, step, first):
        self.labels, self.step, self.start = labels, np.asarray(step, float), np.asarray(first, float)

    def viterbi(self, scores):
        best, back = self.start + scores[0], []
        for row in scores[1:]:
            options = best[:, None] + self.step
            back.append(options.argmax(0))
            best = options.max(0) + row
        path = [int(best.argmax())]
        for row in reversed(back):
            path.append(int(row[path[-1]]))
        return path[::-1]

    def prepare(self, scores):
        """Forward and backward sums."""
        forward = np.empty_like(scores)
        backward = np.zeros_like(scores)
        forward[0] = self.start + scores[0]
        for i in range(1, len(scores)):
            forward[i] = log_sum(forward[i - 1][:, None] + self.step, 0) + scores[i]
        for i in range(len(scores) - 2, -1, -1):
            backward[i] = log_sum(self.step + (scores[i + 1] + backward[i + 1])[None], 1)
        return scores, forward, backward, log_sum(forward[-1], 0)

    def probability(self, prepared, label, first, last):
        """The chance that exactly this stretch carries this label."""
        scores, forward, backward, total = prepared
        b, i = self.labels.index("B-" + label), self.labels.index("I-" + label)
        weight, state = forward[first, b], b
        for at in range(first + 1, last):
            weight += self.step[state, i] + scores[at, i]
            state = i
        if last < len(scores):
            ends = self.step[state] + scores[last] + backward[last]
            ends[i] = -np.inf
            weight += log_sum(ends, 0)
        return float(np.exp(weight - total))

    def stretches(self, scores):
        if not len(scores):
            return []
        path, prepared, out, first = self.viterbi(scores), self.prepare(scores), [], None
        for at, label in enumerate([*path, 0]):
            name = self.labels[label]
            if first is not None and not (name[0] == "I"):
                kind = self.labels[path[first]][2:]
                out.append(Stretch(kind, first, at, self.probability(prepared, kind, first, at)))
                first = None
            if name[0] == "B":
                first = at
        return out


def log_sum(x, axis):
    top = x.max(axis, keepdims=True)
    return np.log(np.exp(x - top).sum(axis)) + top.squeeze(axis)


def windows_of(words, limit):
    """Word ranges [start, end) that cover the story: whole paragraphs while they fit, a longer one cut where it is full."""
    out, start, size, stop = [], 0, 0, 0
    for at, word in enumerate(words):
        if size + len(word.pieces) > limit - 2:
            cut = stop if stop > start else at
            out.append((start, cut))
            start, size = cut, sum(len(w.pieces) for w in words[cut:at])
        size += len(word.pieces)
        if word.pieces == (LINE,):
            stop = at + 1
    if start < len(words):
        out.append((start, len(words)))
    return out


class Reader:
    """Runs the network over a story and reads attributions and names out of it."""

    def __init__(self, tokenizer, run, settings):
        self.tokenizer, self.run = tokenizer, run
        self.set = DEFAULTS | settings.get("decode", {})
        self.attribution = Chain(**settings["attribution"])
        self.names = Chain(**settings["names"])

    def outputs(self, text):
        """Words of the story with their scores, and what the links need: a window a word, q and k a window."""
        words = self.tokenizer.words(text)
        attribution, names = np.zeros((len(words), 7)), np.zeros((len(words), 9))
        owner, links = np.zeros(len(words), int), []
        for number, (start, end) in enumerate(windows_of(words, self.set["window"])):
            ids, shapes, firsts = [CLS], [SHAPE_SPECIAL], []
            for word in words[start:end]:
                firsts.append(len(ids))
                ids += word.pieces
                shapes += [word.shape] * len(word.pieces)
            a, n, q, k = self.run(ids + [SEP], shapes + [SHAPE_SPECIAL])
            attribution[start:end], names[start:end] = a[firsts], n[firsts]
            owner[start:end] = number
            links.append((start, end, q[firsts].reshape(-1, 3, 64), k[firsts].reshape(-1, 3, 64)))
        return words, attribution, names, owner, links

    def read(self, text):
        words, scores, name_scores, owner, links = self.outputs(text)
        stretches = self.attribution.stretches(scores)
        names = one_kind([s for s in self.names.stretches(name_scores) if s.probability >= self.set["names_threshold"]], words, text)

        line = np.cumsum([w.pieces == (LINE,) and text[b.start] != ":" for b, w in zip(words[:1] + words, words)])

        def affinity(kind, at, others):
            """Affinities of the word `at` to those of `others` that its window holds, less for another paragraph.

            A line that ends with a colon belongs to the one that it introduces."""
            before, after, q, k = links[owner[at]]
            seen = [o for o in others if before <= o < after]
            away = self.set["line_penalty"] * (kind != ANTECEDENT)
            return seen, [float(q[at - before, kind] @ k[o - before, kind]) / 8 - away * abs(line[o] - line[at]) for o in seen]

        quotes = self.attributions(stretches, affinity)
        pairs = marked(text)
        quotes = self.with_marks(text, words, quotes, pairs, stretches, affinity)
        continued(text, words, quotes, pairs)
        return words, names, [q for q in quotes if self.kept(q, words, pairs)], affinity

    def attributions(self, stretches, affinity):
        """Each content at its cue, each cue at its source."""
        cues = {s.first: s for s in stretches if s.label == "cue"}
        sources = {s.first: s for s in stretches if s.label == "source"}
        of_cue, out = {}, []
        for content in (s for s in stretches if s.label == "content"):
            seen, scores = affinity(CUE, content.first, [*cues, *sources, content.first])
            chosen = seen[int(np.argmax(scores))]
            if chosen in cues and chosen in of_cue:
                of_cue[chosen].contents.append(content)
                continue
            quote = Attribution([content])
            if chosen in cues:
                of_cue[chosen] = quote
                quote.cue = cues[chosen]
                seen, scores = affinity(SOURCE, chosen, [*sources, chosen])
                scores = [s + self.set["no_source_bias"] * (o == chosen) for o, s in zip(seen, scores)]
                quote.source = sources.get(seen[int(np.argmax(scores))])
            else:
                quote.source = sources.get(chosen)
            out.append(quote)
        return out

    def with_marks(self, text, words, quotes, pairs, stretches, affinity):
        """Contents as character spans snapped to quotation marks; long marked runs that nothing covers become content."""
        for quote in quotes:
            quote.spans = [list(snapped(words, c, pairs, self.set["snap_words"])) for c in quote.contents]
            quote.confidence = max(c.probability for c in quote.contents)
        starts = np.array([w.start for w in words])
        for a, b in pairs:
            count = len(re.findall(r"\w+", text[a:b]))
            covered = sum(max(0, min(b, e) - max(a, s)) for q in quotes for s, e in q.spans)
            if count >= self.set["mark_words"] and covered < (b - a) / 2:
                at = int(np.searchsorted(starts, a))
                while at + 1 < len(words) and not re.match(r"\w", text[words[at].start]):
                    at += 1
                for quote in quotes:
                    quote.spans = [s for s in quote.spans if s[1] <= a or s[0] >= b]
                quotes = [q for q in quotes if q.spans]
                near = self.attributions([Stretch("content", at, at + 1, 0.9)] + [s for s in stretches if s.label != "content"], affinity)[0]
                same = [q for q in quotes if q.cue and near.cue and q.cue.first == near.cue.first]
                if same:
                    same[0].spans.append([a, b])
                else:
                    near.spans, near.rule, near.confidence = [[a, b]], "marks", 0.9
                    quotes.append(near)
        for quote in quotes:
            quote.spans.sort()
        return sorted(quotes, key=lambda q: q.spans[0])

    def kept(self, quote, words, pairs):
        """Contents without any mark must be likely enough."""
        inside = any(a <= s < b or a < e <= b or s <= a < e for s, e in quote.spans for a, b in pairs)
        if not inside and quote.cue is None and quote.source is None:
            return False
        return inside or quote.confidence >= self.set["content_threshold"]


def one_kind(names, words, text):
    """A name has one kind in a story: the one with the most probability in all."""
    spelled = lambda s: text[words[s.first].start:words[s.last - 1].end].lower()
    weight = {}
    for s in names:
        kinds = weight.setdefault(spelled(s), {})
        kinds[s.label] = kinds.get(s.label, 0) + s.probability
    return [replace(s, label=max(weight[spelled(s)], key=weight[spelled(s)].get)) for s in names]


def marked(text):
    """Stretches between quotation marks, a paragraph at a time; an unclosed mark runs to the paragraph's end."""
    out = []
    for paragraph in re.finditer(r"[^\n]+", text):
        p, base, opened, i = paragraph.group(), paragraph.start(), None, 0
        while i < len(p):
            char, two = p[i], p[i:i + 2]
            if opened is None:
                if char in '“„«"' or two in ("''", "``"):
                    opened = i
                    i += two in ("''", "``")
            elif char in "”»" or char == '"' or two == "''":
                out.append((base + opened, base + i + (2 if two == "''" else 1)))
                opened = None
                i += two == "''"
            elif char == "“":
                out.append((base + opened, base + i))
                opened = i
            i += 1
        if opened is not None:
            out.append((base + opened, base + len(p)))
    for pattern in (r"(?<![\w’])‘([^‘“”\n]{12,}?)’(?!\w)", r"(?<![\w'])'(?=\w)([^'“”\n\"]{12,}?)(?<=[\w.,!?])'(?!\w)"):
        for match in re.finditer(pattern, text):
            if not any(a <= match.start() < b for a, b in out):
                out.append(match.span())
    return sorted(out)


def snapped(words, content, pairs, reach):
    """The content's character span; ends that lie within `reach` words of a mark move to it."""
    start, end = words[content.first].start, words[content.last - 1].end
    at = lambda place: bisect.bisect_left(words, place, key=lambda w: w.start)
    for a, b in pairs:
        if a < end and start < b:
            inside = [w for w in words[at(a):at(b)] if w.shape < 7]
            if a <= start and sum(w.end <= start for w in inside) <= reach:
                start = a
            if end <= b and sum(w.start >= end for w in inside) <= reach:
                end = b
    return start, end


def continued(text, words, quotes, pairs):
    """Quoted speech without a source goes on with the speaker of its paragraph, else of the speech just before."""
    last, last_end = None, 0
    for quote in quotes:
        quoted = any(a <= s + 1 and s < b for s, _ in quote.spans for a, b in pairs)
        if quote.source is None and quoted and last is not None:
            between = text[last_end:quote.spans[0][0]]
            if between.count("\n\n") + between.count("\n") <= 4:
                quote.source, quote.rule = last.source, "continued"
        if quote.source is not None:
            last, last_end = quote, max(e for _, e in quote.spans)


KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place"}
PRONOUN = re.compile(r"(?i)^(he|she|they|it|i|we|who|him|her)$")


def published(story_id, text, reader):
    """One story in the published shape (byte offsets), with the plainest identity: equal names, surnames, antecedents."""
    words, names, quotes, affinity = reader.read(text)
    at_byte = np.cumsum([0] + [len(c.encode()) for c in text])
    span = lambda s, e: {"start": int(at_byte[s]), "end": int(at_byte[e])}
    place = lambda stretch: (words[stretch.first].start, words[stretch.last - 1].end)
    entities, of_name, of_word = [], {}, {}

    def entity(name, kind):
        key = name.lower()
        if kind == "person" and key not in of_name:
            longer = [k for k in of_name if k.endswith(" " + key) and entities[of_name[k]]["kind"] == kind]
            if longer:
                of_name[key] = of_name[longer[-1]]
        if key not in of_name:
            of_name[key] = len(entities)
            entities.append({"id": len(entities), "kind": kind, "name": name, "roles": [], "aliases": [], "mentions": [], "quotes": []})
        return of_name[key]

    for stretch in names:
        if stretch.label in KINDS:
            start, end = place(stretch)
            number = entity(text[start:end], KINDS[stretch.label])
            entities[number]["mentions"].append(span(start, end) | {"form": "name"})
            for at in range(stretch.first, stretch.last):
                of_word[at] = number
    out = []
    for number, quote in enumerate(quotes):
        speaker = None
        if quote.source is not None:
            held = [of_word[i] for i in range(quote.source.first, quote.source.last) if i in of_word]
            people = [n for n in held if entities[n]["kind"] == "person"]
            start, end = place(quote.source)
            if people or held:
                speaker = (people or held)[0]
            elif PRONOUN.match(text[start:end]):
                seen, scores = affinity(ANTECEDENT, quote.source.first, range(len(words)))
                weight = {}
                for o, p in zip(seen, np.exp(np.array(scores) - max(scores))):
                    if o in of_word:
                        weight[of_word[o]] = weight.get(of_word[o], 0) + p
                speaker = max(weight, key=weight.get) if weight else None
            if speaker is None:
                speaker = entity(text[start:end], "unnamed")
            entities[speaker]["quotes"].append(number)
        out.append({
            "id": number, "kind": "direct", "parts": [span(s, e) for s, e in quote.spans],
            "text": " … ".join(text[s:e] for s, e in quote.spans), "speaker": speaker,
            "speaker_mention": span(*place(quote.source)) if quote.source else None,
            "cue": span(*place(quote.cue)) if quote.cue else None,
            "rule": quote.rule, "confidence": round(quote.confidence, 4)})
    return {"id": story_id, "text": text, "entities": entities, "quotes": out}
