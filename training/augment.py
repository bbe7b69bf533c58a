"""Makes clean copy messy in the ways of real stories: case, quotation marks, line breaks, wire furniture."""

import bisect
import re

MARK = re.compile(r"''|``|[“”\"]")
STYLES = {"straight": ('"', '"'), "curly": ("“", "”"), "doubled": ("''", "''"), "latex": ("``", "''"), "single": ("‘", "’")}
DATELINES = ["WASHINGTON (AP) — ", "LONDON (Reuters) - ", "NEW YORK — ", "PARIS, May 4 (AFP) - ", "By Our Correspondent\n",
             "CAIRO: ", "LAGOS, Nigeria (AP) -- ", "BERLIN – ", "SYDNEY, Oct. 12 — ", "(CNN) — ", "MOSCOW (Reuters) — "]
FURNITURE = ["Read more: What we know so far", "ADVERTISEMENT", "Story continues below advertisement", "Image: NASA.",
             "Photo: Jane Doe/Getty Images", "RELATED: Five things to watch this week", "This story has been updated.",
             "Follow us on Twitter @newsdesk", "Sign up for our newsletter", "Editor's note: The opinions are the author's own.",
             "Reporting by Ann Lee; editing by Tom Hart", "(Additional reporting by Kim Ray in Seoul)", "Continue reading",
             "Share this article", "Copyright 2019. All rights reserved.", "AP Photo/John Smith", "* * *", "Watch the video above."]


def edited(story, edits):
    """The story after non-overlapping edits (start, end, replacement), all offsets moved along."""
    edits = sorted(edits)
    text, at, ends, moved, delta = [], 0, [], [0], 0
    for start, end, new in edits:
        text += [story["text"][at:start], new]
        at = end
        delta += len(new) - (end - start)
        ends.append(end)
        moved.append(delta)
    text.append(story["text"][at:])
    move = lambda p: p + moved[bisect.bisect_right(ends, p)]
    return moved_story(story, "".join(text), move)


def moved_story(story, text, move):
    """The story with another text and every offset sent through `move`."""
    span = lambda pairs: [(move(a), move(b - 1) + 1) for a, b in pairs]
    return story | {
        "text": text,
        "spans": [(move(s), move(e - 1) + 1, label) for s, e, label in story["spans"]],
        "links": [(move(a), move(b), kind) for a, b, kind in story["links"]],
        "queries": [(move(a), span(right), span(wrong)) for a, right, wrong in story.get("queries", [])],
    }


def restyled_marks(story, rng):
    """Double quotation marks in another style, now and then one lost or turned the wrong way."""
    style = STYLES[rng.choices(list(STYLES), [30, 30, 20, 5, 15])[0]]
    text, edits, opened = story["text"], [], False
    for match in MARK.finditer(text):
        mark = match.group()
        if "\n" in text[edits[-1][1] if edits else 0:match.start()]:
            opened = False
        opening = mark in "“``" or mark in ('"', "''") and not opened and text[match.end():match.end() + 1].strip() != ""
        opened = opening
        edits.append((match.start(), match.end(), style[not opening]))
    if edits and rng.random() < 0.06:
        edits[rng.randrange(len(edits))] = (*edits[rng.randrange(len(edits))][:2], "")
        edits = list({e[0]: e for e in edits}.values())
    if edits and rng.random() < 0.04:
        at = rng.randrange(len(edits))
        edits[at] = (*edits[at][:2], style[rng.random() < 0.5])
    return edited(story, edits)


def recased(story, rng):
    """One paragraph in lower, upper or title case."""
    text = story["text"]
    lines = [m.span() for m in re.finditer(r"[^\n]+", text)]
    start, end = min(rng.sample(lines, min(2, len(lines))), key=lambda l: l[1] - l[0])
    case = rng.choice([str.lower, str.upper, lambda s: re.sub(r"(?<![\w’'])\w", lambda m: m.group().upper(), s)])
    new = case(text[start:end])
    return moved_story(story, text[:start] + new + text[end:], lambda p: p) if len(new) == end - start else story


def rewrapped(story, rng):
    """Hard line ends at a fixed width, or paragraphs run together."""
    text, edits = story["text"], []
    if rng.random() < 0.5:
        width, column = rng.randint(50, 90), 0
        for match in re.finditer(r"[ \n]", text):
            if match.group() == "\n":
                column = match.start()
            elif match.start() - column > width:
                edits.append((*match.span(), "\n"))
                column = match.start()
    else:
        edits = [(*m.span(), " ") for m in re.finditer(r"\s*\n\s*", text) if rng.random() < 0.5]
    return edited(story, edits)


def furnished(story, rng):
    """A dateline before the first paragraph or a line of furniture between two."""
    if rng.random() < 0.5:
        return edited(story, [(0, 0, rng.choice(DATELINES))])
    breaks = [m.start() for m in re.finditer("\n", story["text"])] or [0]
    at = rng.choice(breaks)
    line = rng.choice(FURNITURE)
    return edited(story, [(at, at, "\n" + line if at else line + "\n")])


def straightened(story, rng):
    """Curly apostrophes straight, or straight ones curly."""
    new, old = rng.choice(["'’", "’'"])
    text = re.sub(rf"(?<=\w){old}(?=\w)", new, story["text"])
    return moved_story(story, text, lambda p: p)


def mentions_of(stories):
    """The different names of each label in the stories, in the order of first use."""
    names = {}
    for story in stories:
        for start, end, label in story["spans"]:
            names.setdefault(label, {})[story["text"][start:end]] = None
    return {label: list(it) for label, it in names.items() if label in ("PER", "ORG", "LOC")}


# How often a name is replaced. Organisations and places are of many sorts, and another sort seldom fits the sentence.
SWAPPED = {"PER": 0.5, "ORG": 0.2, "LOC": 0.2}


def swapped_names(story, rng):
    """Some names replaced by names of the same label from elsewhere: a name by the same one throughout, the last word of a
    person's name by the last word of the name that replaced it."""
    text, out, at, spans, new, chosen = story["text"], [], 0, [], {}, {}
    length = 0
    for start, end, label in sorted(story["spans"]):
        if start < at:
            continue
        name = text[start:end]
        if label in story["mentions"] and chosen.setdefault((label, name.split()[-1]), rng.random() < SWAPPED[label]):
            if (label, name) not in new:
                other = rng.choice(story["mentions"][label])
                if label == "PER" and " " in name:
                    new[label, name.split()[-1]] = other.split()[-1]
                new[label, name] = other
            name = new[label, name]
        out += [text[at:start], name]
        length += start - at
        spans.append((length, length + len(name), label))
        length += len(name)
        at = end
    return story | {"text": "".join(out) + text[at:], "spans": spans}


def augmented(story, rng):
    """The story, most often as it was."""
    if not story["text"].strip():
        return story
    if story["kind"] == "attribution":
        steps = [(restyled_marks, 0.4), (recased, 0.08), (rewrapped, 0.05), (furnished, 0.06), (straightened, 0.3)]
    elif story["kind"] == "names":
        steps = [(swapped_names, 0.3), (recased, 0.10), (furnished, 0.04), (straightened, 0.2)]
    else:
        steps = [(recased, 0.10), (furnished, 0.04), (straightened, 0.2)]
    for step, chance in steps:
        if rng.random() < chance:
            story = step(story, rng)
    return story
