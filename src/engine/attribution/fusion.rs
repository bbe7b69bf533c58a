//! The reports of the rules and of the tagger → one list: what both found is one report with the better of each.

pub(crate) mod calibration;
pub(crate) mod trimming;

use crate::analysis::AttributionRule;
use crate::engine::attribution::Attribution;
use crate::engine::attribution::fusion::calibration::{Agreement, calibrated_probability};
use crate::engine::text::document::Document;
use crate::engine::text::quotation_marks::QuotedSpan;
use crate::engine::text::tokens::TokenKind;
use crate::engine::text::word_classes;
use crate::span::Span;

/// How sure the tagger must be of words without marks that it alone reports.
const MIN_TAGGER_ONLY_CONFIDENCE: f32 = 0.2;

/// How sure it must be of what looks like a thing that somebody deals with.
const MIN_OBJECT_CLAUSE_CONFIDENCE: f32 = 0.55;

/// Words without marks that only the tagger reports are a scrap when they are fewer.
const MIN_TAGGER_ONLY_WORDS: usize = 2;

/// Marked words that are no more than these may be a title.
const MAX_TITLE_WORDS: usize = 3;

/// How sure a rule must be to overrule the tagger on who speaks.
const MIN_OVERRULING_CONFIDENCE: f32 = 0.9;

/// One list of reports, in reading order; how sure each is, is the chance that it is right.
pub(crate) fn fuse(
    sheet: &Document,
    marked: &[QuotedSpan],
    rules: Vec<Attribution>,
    tagged: Vec<Attribution>,
) -> Vec<Attribution> {
    let marks = QuotedSpans { spans: marked };
    let mut freed: Vec<Span> = Vec::new();
    let mut tagged: Vec<(Attribution, bool)> =
        tagged.into_iter().map(|it| (keep_first_sentence(sheet, it, &mut freed), false)).collect();
    let mut fused = Vec::with_capacity(tagged.len());
    for rule in rules {
        if rule.contents.is_empty() {
            fused.push(rule);
            continue;
        }
        let near =
            tagged.partition_point(|it| it.0.contents[0].start < rule.contents[0].start).saturating_sub(3);
        let window = near..(near + 7).min(tagged.len());
        if let Some(at) = window.clone().find(|it| is_second_hand(sheet, &tagged[*it].0, &rule)) {
            tagged[at] = (rule, true);
            continue;
        }
        let nested = is_nested(&tagged[window.clone()], &rule);
        let twin = window
            .clone()
            .find(|it| !nested && !tagged[*it].1 && share_contents(sheet, &tagged[*it].0, &rule));
        match twin {
            Some(at) => {
                // What the tagger gave to another cue is not this one's, however long its clause is.
                let others = || window.clone().filter(|it| *it != at).flat_map(|it| &tagged[it].0.contents);
                let free = |span: Span| !others().any(|it| it.contains_span(span));
                tagged[at] = (marks.merge_agreeing(sheet, &tagged[at].0, &rule, free), true);
            }
            None if nested && marks.has_quoted_words(&rule) => {}
            None if nested
                || freed.iter().any(|it| rule.contents.iter().all(|part| it.contains_span(*part)))
                || marks.is_fully_quoted(&rule)
                    && !tagged[window].iter().any(|it| covers_contents(&it.0, &rule)) =>
            {
                fused.push(marks.calibrate(rule, Agreement::RuleOnly));
            }
            None => {}
        }
    }
    let sure = |(report, told): &(Attribution, bool)| {
        let sourced = report.source.is_some();
        let scrap = count_words(sheet, &report.contents) < MIN_TAGGER_ONLY_WORDS
            || is_refusal(sheet, report)
            || is_topic(sheet, report)
            || is_reciprocal(sheet, report)
            || report.confidence < MIN_OBJECT_CLAUSE_CONFIDENCE && is_object_clause(sheet, report);
        let sure = marks.has_quoted_words(report)
            || *told
            || (sourced && report.confidence >= MIN_TAGGER_ONLY_CONFIDENCE && !scrap);
        sure && !is_generic(sheet, report)
            && (marks.has_quoted_words(report) || !is_unasked_question(sheet, report))
    };
    let weighed = |(report, told)| if told { report } else { marks.calibrate(report, Agreement::TaggerOnly) };
    let kept = tagged.into_iter().filter(sure).map(weighed);
    fused.extend(kept.map(|it| marks.trim_naming(sheet, trim_noun_content(sheet, it))));
    fused.retain(|it| marks.has_quoted_words(it) || !trimming::is_contentless(sheet, it));
    let opens = |place: usize| marked.binary_search_by_key(&place, |it| it.span.start).is_ok();
    let mut fused: Vec<Attribution> =
        fused.into_iter().map(|it| trimming::drop_lead_in(sheet, it, opens)).collect();
    fused.sort_by_key(Attribution::offset);
    fused
}

/// What is told "according to" somebody, without what follows its first sentence: that is the story's own again, and
/// `freed` for other reports.
fn keep_first_sentence(sheet: &Document, report: Attribution, freed: &mut Vec<Span>) -> Attribution {
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
    Attribution { contents: vec![sheet.span(tokens.start..end)], ..report }
}

/// Whether two reports tell of the same words: half of the shorter one's.
fn share_contents(sheet: &Document, one: &Attribution, other: &Attribution) -> bool {
    let shared: Vec<Span> = one
        .contents
        .iter()
        .flat_map(|a| {
            other
                .contents
                .iter()
                .filter(|b| a.overlaps(**b))
                .map(|b| Span::new(a.start.max(b.start), a.end.min(b.end)))
        })
        .collect();
    let both = count_words(sheet, &shared);
    both > 0 && 2 * both >= count_words(sheet, &one.contents).min(count_words(sheet, &other.contents))
}

/// How many words some stretches hold.
fn count_words(sheet: &Document, spans: &[Span]) -> usize {
    let tokens = spans.iter().flat_map(|it| sheet.tokens_in(*it));
    tokens.filter(|it| sheet.tokens[*it].kind != TokenKind::Punctuation).count()
}

/// Whether it tells that nothing was said: "declined to comment", "would not say", "asked not to be named".
fn is_refusal(sheet: &Document, report: &Attribution) -> bool {
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
fn is_topic(sheet: &Document, report: &Attribution) -> bool {
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
fn is_reciprocal(sheet: &Document, report: &Attribution) -> bool {
    let Some(said) = report.contents.first().map(|it| sheet.tokens_in(*it)) else { return false };
    let pair = (sheet.lower(said.start), sheet.lower(said.start + 1));
    let owner = matches!(sheet.word(said.start + 2), "'s" | "’s");
    matches!((pair.0.as_str(), pair.1.as_str()), ("each", "other") | ("one", "another")) && !owner
}

/// Whether it is a thing with a clause that tells which, and nothing is said of it: "lights the lamp that Ray made".
fn is_object_clause(sheet: &Document, report: &Attribution) -> bool {
    const LONGEST_HEAD: usize = 5;
    let Some(said) = report.contents.first().map(|it| sheet.tokens_in(*it)) else { return false };
    let first = sheet.lower(said.start);
    let relative = |at: &usize| matches!(sheet.word(*at), "that" | "which" | "where");
    let head = said.clone().skip(1).take(LONGEST_HEAD).find(relative).map(|it| said.start + 1..it);
    let noun = |at: usize| {
        let word = sheet.lower(at);
        let holds_words = matches!(word.as_str(), "claim" | "fact" | "idea" | "news" | "notion" | "view");
        sheet.tokens[at].kind != TokenKind::Punctuation
            && !holds_words
            && !word_classes::is_auxiliary(&word)
            && !word_classes::is_past_tense(&word)
    };
    first != "that"
        && word_classes::is_determiner(&first)
        && head.is_some_and(|mut it| !it.is_empty() && it.all(noun))
}

/// Whether it is a question that nobody is said to ask: "Asked whether it rained, Lee said no."
fn is_unasked_question(sheet: &Document, report: &Attribution) -> bool {
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
fn is_generic(sheet: &Document, report: &Attribution) -> bool {
    let source = report.source.map_or(0..0, |it| sheet.tokens_in(it));
    let cue = report.cue.map_or(0..0, |it| sheet.tokens_in(it));
    source.len() == 1 && sheet.word(source.start).ends_with('s') && sheet.word(cue.start) == "use"
}

/// The report of a noun ("Lee's promise that …") without the verb that follows
/// the whole: "… that no one would be sacked | was kept".
fn trim_noun_content(sheet: &Document, mut report: Attribution) -> Attribution {
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
        matches!(word.as_str(), "," | "and" | "but" | "or" | "than")
            || word_classes::is_clause_boundary(&word)
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

fn both_overlap(one: Option<Span>, other: Option<Span>) -> bool {
    matches!((one, other), (Some(a), Some(b)) if a.overlaps(b))
}

/// Whether all that one report tells lies within the words of another.
fn covers_contents(one: &Attribution, other: &Attribution) -> bool {
    other.contents.iter().all(|it| one.contents.iter().any(|part| part.contains_span(*it)))
}

/// Whether one report only says who printed what somebody said: "according to
/// the Herald, Lee said it rained" is Lee's.
fn is_second_hand(sheet: &Document, one: &Attribution, rule: &Attribution) -> bool {
    let according = one.cue.is_some_and(|it| it.slice(sheet.text).to_lowercase().starts_with("according"));
    let (Some(source), Some(cue)) = (rule.source, rule.cue) else { return false };
    let all = rule.contents.iter().copied().fold(source.cover(cue), Span::cover);
    according
        && rule.rule != AttributionRule::AccordingTo
        && one.contents.iter().any(|it| it.cover(all).len() <= it.len() + 2)
}

/// Whether a report is told within the words of another whose cue comes after
/// them: Lee left, "insisting the talks were over, the Herald reports".
fn is_nested(tagged: &[(Attribution, bool)], rule: &Attribution) -> bool {
    let (Some(source), Some(cue)) = (rule.source, rule.cue) else { return false };
    let all = rule.contents.iter().copied().fold(source.cover(cue), Span::cover);
    let after = |it: &Attribution| it.cue.is_some_and(|cue| cue.start >= all.end);
    tagged.iter().any(|it| after(&it.0) && it.0.contents.iter().any(|part| part.contains_span(all)))
}

struct QuotedSpans<'a> {
    spans: &'a [QuotedSpan],
}

impl QuotedSpans<'_> {
    /// Whether a report holds marked words.
    fn has_quoted_words(&self, report: &Attribution) -> bool {
        report.contents.iter().any(|it| self.overlapping(*it).next().is_some())
    }

    /// Whether a report holds marked words and no others.
    fn is_fully_quoted(&self, report: &Attribution) -> bool {
        report.contents.iter().all(|it| self.overlapping(*it).any(|stretch| stretch.span.contains_span(*it)))
    }

    /// The report of what somebody called something: the marked words alone.
    fn trim_naming(&self, sheet: &Document, report: Attribution) -> Attribution {
        let (Some(source), Some(cue), [said]) = (report.source, report.cue, &report.contents[..]) else {
            return report;
        };
        let what = said.contains_span(source)
            && said.contains_span(cue)
            && sheet.lower(sheet.token_at(said.start)) == "what";
        let stretch = self.overlapping(*said).find(|it| it.span.start >= cue.end).map(|it| it.span);
        match stretch {
            Some(span) if what && count_words(sheet, &[Span::new(cue.end, span.start)]) == 0 => {
                Attribution { contents: vec![span], ..report }
            }
            _ => report,
        }
    }

    /// The marked stretches that a span meets.
    fn overlapping(&self, span: Span) -> impl Iterator<Item = &QuotedSpan> {
        let first = self.spans.partition_point(|it| it.span.end <= span.start);
        self.spans[first..].iter().take_while(move |it| it.span.start < span.end)
    }

    /// One report of two that tell of the same words: the tagger's extents,
    /// with all `free` marked stretches that the rule holds; the source in which they
    /// agree, else the rule's where its grammar is plain.
    fn merge_agreeing(
        &self,
        sheet: &Document,
        tagged: &Attribution,
        rule: &Attribution,
        free: impl Fn(Span) -> bool,
    ) -> Attribution {
        let known = |it: Span| tagged.contents.iter().any(|part| part.overlaps(it));
        let whole = |part: &Span| {
            let within =
                self.overlapping(*part).map(|it| it.span).filter(|it| part.contains_span(*it) && free(*it));
            // A title is nothing without the words before it: "he said, from a shelf marked “Easy Crime”".
            let led = |it: Span| {
                let all = Span::new(part.start, it.end);
                if count_words(sheet, &[it]) <= MAX_TITLE_WORDS && !known(all) && free(all) {
                    all
                } else {
                    it
                }
            };
            within.map(led).collect::<Vec<_>>()
        };
        let contents = tagged.contents.iter().copied().chain(rule.contents.iter().flat_map(whole));
        let agree = both_overlap(tagged.source, rule.source);
        let plain = rule.confidence >= MIN_OVERRULING_CONFIDENCE && self.is_fully_quoted(rule);
        let by_rule = rule.source.is_some() && (tagged.source.is_none() || (!agree && plain));
        let (report, voice) = match (by_rule, agree) {
            (true, _) => (rule.clone(), Agreement::RuleOverTagger),
            (_, true) => (Attribution { rule: rule.rule, ..tagged.clone() }, Agreement::Both),
            _ => (tagged.clone(), Agreement::TaggerOnly),
        };
        let confidence = tagged.confidence;
        self.calibrate(Attribution { confidence, ..report.with_contents(contents.collect()) }, voice)
    }

    /// A report of which the tagger is as sure as its confidence says, as sure as it may be.
    fn calibrate(&self, report: Attribution, voice: Agreement) -> Attribution {
        Attribution {
            confidence: calibrated_probability(voice, self.is_fully_quoted(&report), report.confidence),
            ..report
        }
    }
}
