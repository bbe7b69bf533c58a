"""Words and word-pieces of a text with their offsets and shapes, exactly as the Rust side must make them."""

import unicodedata
from dataclasses import dataclass

PAD, UNK, CLS, SEP, LINE = range(5)
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[LINE]"]

SHAPE_SPECIAL, LOWER, TITLE, UPPER, INITIAL, MIXED, NUMBER = range(7)
PUNCT_GLUED, PUNCT_OPENING, PUNCT_CLOSING, PUNCT_APART = range(7, 11)
SHAPES = 11

DROPPED = {0xAD, 0x61C, 0x180E, 0xFEFF, 0xFFFD} | {
    *range(0x00, 0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0),
    *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xE0000, 0xE0080),
}
BLANK = {0x09, 0x0B, 0x0C, 0x0D, 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000}
PUNCT = {
    *range(0x21, 0x30), *range(0x3A, 0x41), *range(0x5B, 0x61), *range(0x7B, 0x7F),
    0xA1, 0xA7, 0xAB, 0xB6, 0xB7, 0xBB, 0xBF, *range(0x2010, 0x2028), *range(0x2030, 0x205F), *range(0x2E00, 0x2E5E),
    0x275D, 0x275E, *range(0x3001, 0x3004), *range(0x3008, 0x3012), *range(0x3014, 0x3020),
}
CJK = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3134F)]
CANONICAL = {"«": "“", "„": "“", "‟": "“", "❝": "“", "»": "”", "❞": "”", "‹": "‘", "‚": "‘", "‛": "‘", "›": "’", "´": "'"}
LONGEST_WORD = 100


@dataclass(slots=True)
class Word:
    """One word, punctuation mark or line break: its place in the text, its pieces and its shape."""

    start: int
    end: int
    pieces: tuple
    shape: int


def fold(char):
    """The character as the uncased vocabulary writes it: decomposed, without marks, lower."""
    if char < "\x80":
        return char.lower()
    bare = "".join(c for c in unicodedata.normalize("NFD", char) if unicodedata.category(c)[0] != "M").lower()
    return "".join(c for c in bare if unicodedata.category(c)[0] != "M")


def word_shape(word):
    """Which of the shapes of a word (not of punctuation) this stretch of the source text has."""
    letters = [c for c in word if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    if any(unicodedata.category(c)[0] == "N" for c in word):
        return NUMBER
    if upper == 0:
        return LOWER
    if len(letters) == 1:
        return INITIAL
    if upper == len(letters):
        return UPPER
    return TITLE if upper == 1 and letters[0].isupper() else MIXED


class Tokenizer:
    """Greedy longest-match word-pieces over a vocabulary."""

    def __init__(self, pieces):
        self.pieces = list(pieces)
        self.id = {p: i for i, p in enumerate(self.pieces)}
        self.longest = max(map(len, self.pieces))
        self.known = {}

    @classmethod
    def load(cls, path):
        with open(path, encoding="utf8") as file:
            return cls(line.rstrip("\n") for line in file)

    def split(self, folded):
        """Piece ids of one folded word."""
        if folded not in self.known:
            out, at = [], 0
            while at < len(folded) and len(folded) <= LONGEST_WORD:
                head = "##" if at else ""
                for end in range(min(len(folded), at + self.longest), at, -1):
                    piece = self.id.get(head + folded[at:end])
                    if piece is not None:
                        break
                else:
                    out = []
                    break
                out.append(piece)
                at = end
            self.known[folded] = tuple(out) or (UNK,)
        return self.known[folded]

    def words(self, text):
        """All words of a text in order; a run of blanks that holds a newline is one word of the piece [LINE]."""
        out = []
        start, folded, end = None, [], 0

        def flush():
            nonlocal start
            if start is not None:
                whole = "".join(folded)
                if whole:
                    out.append(Word(start, end, self.split(whole), word_shape(text[start:end])))
                start = None
                folded.clear()

        def apart(at):
            return not 0 <= at < len(text) or text[at] == "\n" or ord(text[at]) in BLANK

        at = 0
        while at < len(text):
            char, code = text[at], ord(text[at])
            if char == "\n":
                flush()
                if out and out[-1].pieces != (LINE,):
                    out.append(Word(at, at + 1, (LINE,), SHAPE_SPECIAL))
            elif code in BLANK:
                flush()
            elif code in DROPPED:
                pass
            elif code in PUNCT:
                width, mark = 1, CANONICAL.get(char, char)
                if text[at:at + 2] == "''":
                    width, mark = 2, '"'
                elif text[at:at + 2] == "``":
                    width, mark = 2, "“"
                elif char == "’" and 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum():
                    mark = "'"
                flush()
                shape = PUNCT_GLUED + apart(at - 1) + 2 * apart(at + width)
                out.append(Word(at, at + width, self.split(mark), shape))
                at += width
                continue
            elif code >= 0x3400 and any(a <= code <= b for a, b in CJK):
                flush()
                out.append(Word(at, at + 1, self.split(char), LOWER))
            else:
                if start is None:
                    start = at
                folded.append(fold(char))
                end = at + 1
            at += 1
        flush()
        if out and out[-1].pieces == (LINE,):
            out.pop()
        return out


def packed(words, limit):
    """Ids, shapes and the position of each word's first piece for one window: [CLS] words [SEP]."""
    ids, shapes, firsts = [CLS], [SHAPE_SPECIAL], []
    for word in words:
        if len(ids) + len(word.pieces) >= limit:
            break
        firsts.append(len(ids))
        ids.extend(word.pieces)
        shapes.extend([word.shape] * len(word.pieces))
    return ids + [SEP], shapes + [SHAPE_SPECIAL], firsts
