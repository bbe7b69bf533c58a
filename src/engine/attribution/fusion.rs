//! The reports of the rules and of the tagger → one list: what both found is one report with the better of each.

pub(crate) mod calibration;
pub(crate) mod trimming;

use crate::analysis::Rule;
use crate::engine::attribution::Report;
use crate::engine::attribution::fusion::calibration::{Voice, chance};
use crate::engine::text::document::Sheet;
use crate::engine::text::quotation_marks::Marked;
use crate::engine::text::tokens::Class;
use crate::engine::text::word_classes;
use crate::span::Span;

/// How sure the tagger must be of words without marks that it alone reports.
const ALONE: f32 = 0.2;

/// How sure it must be of what looks like a thing that somebody deals with.
const THING: f32 = 0.55;

/// Words without marks that only the tagger reports are a scrap when they are fewer.
const SCRAP: usize = 2;

/// Marked words that are no more than these may be a title.
const LONGEST_TITLE: usize = 3;

/// How sure a rule must be to overrule the tagger on who speaks.
const GRAMMAR: f32 = 0.9;

/// One list of reports, in reading order; how sure each is, is the chance that it is right.
pub(crate) fn fused(
    sheet: &Sheet,
    marked: &[Marked],
    rules: Vec<Report>,
    tagged: Vec<Report>,
) -> Vec<Report> {
    let marks = Marks { marked };
    let mut freed: Vec<Span> = Vec::new();
    let mut tagged: Vec<(Report, bool)> =
        tagged.into_iter().map(|it| (one_sentence(sheet, it, &mut freed), false)).collect();
    let mut fused = Vec::with_capacity(tagged.len());
    for rule in rules {
        if rule.contents.is_empty() {
            fused.push(rule);
            continue;
        }
        let near =
            tagged.partition_point(|it| it.0.contents[0].start < rule.contents[0].start).saturating_sub(3);
        let window = near..(near + 7).min(tagged.len());
        if let Some(at) = window.clone().find(|it| hearsay(sheet, &tagged[*it].0, &rule)) {
            tagged[at] = (rule, true);
            continue;
        }
        let nested = within(&tagged[window.clone()], &rule);
        let twin = window.clone().find(|it| !nested && !tagged[*it].1 && same(sheet, &tagged[*it].0, &rule));
        match twin {
            Some(at) => {
                // What the tagger gave to another cue is not this one's, however long its clause is.
                let others = || window.clone().filter(|it| *it != at).flat_map(|it| &tagged[it].0.contents);
                let free = |span: Span| !others().any(|it| it.holds(span));
                tagged[at] = (marks.agreed(sheet, &tagged[at].0, &rule, free), true);
            }
            None if nested && marks.quotes(&rule) => {}
            None if nested
                || freed.iter().any(|it| rule.contents.iter().all(|part| it.holds(*part)))
                || marks.direct(&rule) && !tagged[window].iter().any(|it| covers(&it.0, &rule)) =>
            {
                fused.push(marks.weighed(rule, Voice::Rule));
            }
            None => {}
        }
    }
    let sure = |(report, told): &(Report, bool)| {
        let sourced = report.source.is_some();
        let scrap = words(sheet, &report.contents) < SCRAP
            || refuses(sheet, report)
            || topic(sheet, report)
            || mutual(sheet, report)
            || report.confidence < THING && thing(sheet, report);
        let sure = marks.quotes(report) || *told || (sourced && report.confidence >= ALONE && !scrap);
        sure && !habit(sheet, report) && (marks.quotes(report) || !posed(sheet, report))
    };
    let weighed = |(report, told)| if told { report } else { marks.weighed(report, Voice::Tagger) };
    let kept = tagged.into_iter().filter(sure).map(weighed);
    fused.extend(kept.map(|it| marks.called(sheet, promised(sheet, it))));
    fused.retain(|it| marks.quotes(it) || !trimming::wordless(sheet, it));
    let opens = |place: usize| marked.binary_search_by_key(&place, |it| it.span.start).is_ok();
    let mut fused: Vec<Report> = fused.into_iter().map(|it| trimming::unled(sheet, it, opens)).collect();
    fused.sort_by_key(Report::place);
    fused
}

/// What is told "according to" somebody, without what follows its first sentence: that is the story's own again, and
/// `freed` for other reports.
fn one_sentence(sheet: &Sheet, report: Report, freed: &mut Vec<Span>) -> Report {
    let according = report.cue.is_some_and(|it| sheet.lower(sheet.token_at(it.start)) == "according");
    let ([said], true) = (&report.contents[..], according) else { return report };
    let tokens = sheet.tokens_in(*said);
    let Some(sentence) = sheet.sentences.get(sheet.sentence_of(tokens.start)) else { return report };
    let next = sentence.tokens.end;
    let end = next - usize::from(sheet.word(next - 1) == ".");
    if next >= tokens.end || end <= tokens.start {
        return report;
    }
    freed.push(sheet.span(next..tokens.end));
    Report { contents: vec![sheet.span(tokens.start..end)], ..report }
}

/// Whether two reports tell of the same words: half of the shorter one's.
fn same(sheet: &Sheet, one: &Report, other: &Report) -> bool {
    let shared: Vec<Span> = one
        .contents
        .iter()
        .flat_map(|a| {
            other
                .contents
                .iter()
                .filter(|b| a.meets(**b))
                .map(|b| Span::new(a.start.max(b.start), a.end.min(b.end)))
        })
        .collect();
    let both = words(sheet, &shared);
    both > 0 && 2 * both >= words(sheet, &one.contents).min(words(sheet, &other.contents))
}

/// How many words some stretches hold.
fn words(sheet: &Sheet, spans: &[Span]) -> usize {
    let tokens = spans.iter().flat_map(|it| sheet.tokens_in(*it));
    tokens.filter(|it| sheet.tokens[*it].class != Class::Mark).count()
}

/// Whether it tells that nothing was said: "declined to comment", "would not say", "asked not to be named".
fn refuses(sheet: &Sheet, report: &Report) -> bool {
    const SPEAKING: &[&str] = &[
        "answer",
        "comment",
        "confirm",
        "discuss",
        "elaborate",
        "respond",
        "reveal",
        "say",
        "speak",
        "tell",
    ];
    let cue = report.cue.map_or(0..0, |it| sheet.tokens_in(it));
    let refused = |word: String| {
        ["declin", "refus"].iter().any(|it| word.starts_with(it)) || word_classes::is_negation(&word)
    };
    // What was refused stands in the cue ("would not say") or begins the words ("to comment").
    let said = report.contents.first().map_or(0..0, |it| sheet.tokens_in(*it));
    let mut verbs = cue.clone().chain(said.clone().take(2)).map(|it| sheet.lower(it));
    // "asked not to be named"
    let mut unnamed = said.take(4).map(|it| sheet.lower(it));
    let asked = cue.clone().any(|it| matches!(sheet.word(it), "asked" | "asking" | "requested"));
    if asked && ["not", "to", "be"].iter().all(|it| unnamed.next().as_deref() == Some(it)) {
        return matches!(unnamed.next().as_deref(), Some("identified" | "named" | "quoted"));
    }
    cue.into_iter().any(|it| refused(sheet.lower(it)))
        && verbs.any(|it| SPEAKING.binary_search(&it.as_str()).is_ok())
}

/// Whether it tells what a talk was about and no words: "asked by Lee about the
/// money", "the case against Lee, a butcher, who …".
fn topic(sheet: &Sheet, report: &Report) -> bool {
    let (Some(cue), [said, ..]) = (report.cue, &report.contents[..]) else { return false };
    let (cue, said) = (sheet.tokens_in(cue), sheet.tokens_in(*said));
    let by = report.source.is_some_and(|it| {
        let before = sheet.token_at(it.start).checked_sub(1);
        before.is_some_and(|it| sheet.word(it) == "by")
    });
    let asked = cue.clone().any(|it| sheet.lower(it) == "asked");
    if asked && by && sheet.lower(said.start) == "about" {
        return true;
    }
    let relative = said.clone().find(|it| sheet.word(*it) == "who");
    let name = said
        .clone()
        .find(|it| sheet.word(*it) == ",")
        .filter(|it| (said.start..*it).all(|it| sheet.word(it).starts_with(char::is_uppercase)));
    let verb = |until: usize| (said.start..until).any(|it| word_classes::is_auxiliary(&sheet.lower(it)));
    name.is_some() && relative.is_some_and(|it| !verb(it))
}

/// Whether two deal with each other: "blame each other".
fn mutual(sheet: &Sheet, report: &Report) -> bool {
    let Some(said) = report.contents.first().map(|it| sheet.tokens_in(*it)) else { return false };
    let pair = (sheet.lower(said.start), sheet.lower(said.start + 1));
    let owner = matches!(sheet.word(said.start + 2), "'s" | "’s");
    matches!((pair.0.as_str(), pair.1.as_str()), ("each", "other") | ("one", "another")) && !owner
}

/// Whether it is a thing with a clause that tells which, and nothing is said of it: "lights the lamp that Ray made".
fn thing(sheet: &Sheet, report: &Report) -> bool {
    const LONGEST_HEAD: usize = 5;
    let Some(said) = report.contents.first().map(|it| sheet.tokens_in(*it)) else { return false };
    let first = sheet.lower(said.start);
    let relative = |at: &usize| matches!(sheet.word(*at), "that" | "which" | "where");
    let head = said.clone().skip(1).take(LONGEST_HEAD).find(relative).map(|it| said.start + 1..it);
    let noun = |at: usize| {
        let word = sheet.lower(at);
        let holds_words = matches!(word.as_str(), "claim" | "fact" | "idea" | "news" | "notion" | "view");
        sheet.tokens[at].class != Class::Mark
            && !holds_words
            && !word_classes::is_auxiliary(&word)
            && !word_classes::is_past(&word)
    };
    first != "that"
        && word_classes::is_determiner(&first)
        && head.is_some_and(|mut it| !it.is_empty() && it.all(noun))
}

/// Whether it is a question that nobody is said to ask: "Asked whether it rained, Lee said no."
fn posed(sheet: &Sheet, report: &Report) -> bool {
    let (Some(cue), [said, ..]) = (report.cue, &report.contents[..]) else { return false };
    let cue = sheet.tokens_in(cue);
    let start = sheet.sentences.get(sheet.sentence_of(cue.start)).map_or(0, |it| it.tokens.start);
    let asked = ["asked", "pressed", "questioned"].contains(&sheet.lower(cue.start).as_str());
    let opens = cue.start == start || cue.start == start + 1 && sheet.lower(start) == "when";
    let by = report.source.is_some_and(|it| it.end <= said.start);
    asked && opens && !by
}

/// Whether it tells how people of a kind speak, and not what somebody once
/// said: "Engineers use the term “lock”".
fn habit(sheet: &Sheet, report: &Report) -> bool {
    let source = report.source.map_or(0..0, |it| sheet.tokens_in(it));
    let cue = report.cue.map_or(0..0, |it| sheet.tokens_in(it));
    source.len() == 1 && sheet.word(source.start).ends_with('s') && sheet.word(cue.start) == "use"
}

/// The report of a noun ("Lee's promise that …") without the verb that follows
/// the whole: "… that no one would be sacked | was kept".
fn promised(sheet: &Sheet, mut report: Report) -> Report {
    let (Some(source), Some(cue), [said]) = (report.source, report.cue, &report.contents[..]) else {
        return report;
    };
    let (owner, cue, words) = (sheet.tokens_in(source), sheet.tokens_in(cue), sheet.tokens_in(*said));
    let owned = |at: usize| matches!(sheet.word(at), "'s" | "’s" | "'" | "’");
    let noun = cue.len() == 1 && cue.end == words.start && sheet.word(words.start) == "that";
    if !noun || owner.is_empty() || !(owned(owner.end - 1) || owned(cue.start - 1)) {
        return report;
    }
    let auxiliary = |at: &usize| word_classes::is_auxiliary(&sheet.lower(*at));
    let bounds = |at: &usize| {
        let word = sheet.lower(*at);
        matches!(word.as_str(), "," | "and" | "but" | "or" | "than") || word_classes::bounds_clause(&word)
    };
    let inner = words.clone().skip(1).take_while(|it| !bounds(it));
    // The first helping verbs are the clause's own; what comes after other words is the sentence's.
    let own = inner.clone().find(auxiliary);
    let verb =
        own.and_then(|own| inner.clone().find(|it| *it > own + 1 && auxiliary(it) && !auxiliary(&(it - 1))));
    if let Some(verb) = verb {
        report.contents = vec![sheet.span(words.start..verb)];
    }
    report
}

fn meets(one: Option<Span>, other: Option<Span>) -> bool {
    matches!((one, other), (Some(a), Some(b)) if a.meets(b))
}

/// Whether all that one report tells lies within the words of another.
fn covers(one: &Report, other: &Report) -> bool {
    other.contents.iter().all(|it| one.contents.iter().any(|part| part.holds(*it)))
}

/// Whether one report only says who printed what somebody said: "according to
/// the Herald, Lee said it rained" is Lee's.
fn hearsay(sheet: &Sheet, one: &Report, rule: &Report) -> bool {
    let according = one.cue.is_some_and(|it| it.of(sheet.text).to_lowercase().starts_with("according"));
    let (Some(source), Some(cue)) = (rule.source, rule.cue) else { return false };
    let all = rule.contents.iter().copied().fold(source.cover(cue), Span::cover);
    according
        && rule.rule != Rule::AccordingTo
        && one.contents.iter().any(|it| it.cover(all).len() <= it.len() + 2)
}

/// Whether a report is told within the words of another whose cue comes after
/// them: Lee left, "insisting the talks were over, the Herald reports".
fn within(tagged: &[(Report, bool)], rule: &Report) -> bool {
    let (Some(source), Some(cue)) = (rule.source, rule.cue) else { return false };
    let all = rule.contents.iter().copied().fold(source.cover(cue), Span::cover);
    let after = |it: &Report| it.cue.is_some_and(|cue| cue.start >= all.end);
    tagged.iter().any(|it| after(&it.0) && it.0.contents.iter().any(|part| part.holds(all)))
}

struct Marks<'a> {
    marked: &'a [Marked],
}

impl Marks<'_> {
    /// Whether a report holds marked words.
    fn quotes(&self, report: &Report) -> bool {
        report.contents.iter().any(|it| self.within(*it).next().is_some())
    }

    /// Whether a report holds marked words and no others.
    fn direct(&self, report: &Report) -> bool {
        report.contents.iter().all(|it| self.within(*it).any(|stretch| stretch.span.holds(*it)))
    }

    /// The report of what somebody called something: the marked words alone.
    fn called(&self, sheet: &Sheet, report: Report) -> Report {
        let (Some(source), Some(cue), [said]) = (report.source, report.cue, &report.contents[..]) else {
            return report;
        };
        let what = said.holds(source) && said.holds(cue) && sheet.lower(sheet.token_at(said.start)) == "what";
        let stretch = self.within(*said).find(|it| it.span.start >= cue.end).map(|it| it.span);
        match stretch {
            Some(span) if what && words(sheet, &[Span::new(cue.end, span.start)]) == 0 => {
                Report { contents: vec![span], ..report }
            }
            _ => report,
        }
    }

    /// The marked stretches that a span meets.
    fn within(&self, span: Span) -> impl Iterator<Item = &Marked> {
        let first = self.marked.partition_point(|it| it.span.end <= span.start);
        self.marked[first..].iter().take_while(move |it| it.span.start < span.end)
    }

    /// One report of two that tell of the same words: the tagger's extents,
    /// with all `free` marked stretches that the rule holds; the source in which they
    /// agree, else the rule's where its grammar is plain.
    fn agreed(&self, sheet: &Sheet, tagged: &Report, rule: &Report, free: impl Fn(Span) -> bool) -> Report {
        let known = |it: Span| tagged.contents.iter().any(|part| part.meets(it));
        let whole = |part: &Span| {
            let within = self.within(*part).map(|it| it.span).filter(|it| part.holds(*it) && free(*it));
            // A title is nothing without the words before it: "he said, from a shelf marked “Easy Crime”".
            let led = |it: Span| {
                let all = Span::new(part.start, it.end);
                if words(sheet, &[it]) <= LONGEST_TITLE && !known(all) && free(all) { all } else { it }
            };
            within.map(led).collect::<Vec<_>>()
        };
        let contents = tagged.contents.iter().copied().chain(rule.contents.iter().flat_map(whole));
        let agree = meets(tagged.source, rule.source);
        let plain = rule.confidence >= GRAMMAR && self.direct(rule);
        let by_rule = rule.source.is_some() && (tagged.source.is_none() || (!agree && plain));
        let (report, voice) = match (by_rule, agree) {
            (true, _) => (rule.clone(), Voice::Overruling),
            (_, true) => (Report { rule: rule.rule, ..tagged.clone() }, Voice::Both),
            _ => (tagged.clone(), Voice::Tagger),
        };
        let confidence = tagged.confidence;
        self.weighed(Report { confidence, ..report.telling(contents.collect()) }, voice)
    }

    /// A report of which the tagger is as sure as its confidence says, as sure as it may be.
    fn weighed(&self, report: Report, voice: Voice) -> Report {
        Report { confidence: chance(voice, self.direct(&report), report.confidence), ..report }
    }
}
