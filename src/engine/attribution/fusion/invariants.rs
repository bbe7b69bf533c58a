//! Structure: what is true of every attribution. A content never holds its own source and cue, and outside its quotation marks
//! it never leaves the clause of its cue.

use std::ops::Range;

use crate::analysis::AttributionRule;
use crate::engine::attribution::{Attribution, complement};
use crate::engine::text::clause::{Clause, ClauseView};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::quotation_marks::{QuotedSpan, is_quoted};
use crate::engine::text::tokens;
use crate::span::Span;

/// The first half of a paraphrase has at most this many words if it is no clause by itself: "The ferry, Lee said, …".
const MAX_FRAGMENT_WORDS: usize = 7;
/// A half without a verb has at most this many words.
const MAX_SUBJECT_WORDS: usize = 25;
/// An aside between dashes has at most this many tokens.
const MAX_ASIDE_TOKENS: usize = 30;
/// The second half has at least this many words.
const MIN_REST_WORDS: usize = 3;

/// The clauses and quoted spans of a story.
pub(super) struct Structure<'a> {
    pub(super) doc: &'a Document<'a>,
    pub(super) quoted: &'a [QuotedSpan],
    /// The extents of the clauses, in reading order.
    clauses: Vec<Span>,
}

impl<'a> Structure<'a> {
    pub(super) fn new(doc: &'a Document<'a>, quoted: &'a [QuotedSpan], clauses: &[Clause]) -> Self {
        let extent = |it: &Clause| ClauseView { doc, quoted, items: &it.items }.span(0..it.items.len());
        Self { doc, quoted, clauses: clauses.iter().map(extent).collect() }
    }

    /// The index of the clause at a byte offset, or of the next one.
    pub(super) fn clause_at(&self, offset: usize) -> usize {
        self.clauses.partition_point(|it| it.end <= offset)
    }

    /// An attribution whose contents keep to the rules of this module.
    pub(super) fn enforce(&self, attribution: Attribution) -> Attribution {
        // A label speaks to the end of its paragraph.
        if attribution.rule == AttributionRule::Label {
            return attribution;
        }
        let attribution = self.with_whole_quotation(self.without_own_cue(attribution));
        self.keep_relative_clause(self.keep_clause_of_cue(attribution))
    }

    /// The attribution with the whole quotation that its cue and its content divide: "was “appalled by | the leak”".
    fn with_whole_quotation(&self, mut attribution: Attribution) -> Attribution {
        let Some(cue) = attribution.cue else { return attribution };
        let next = self.quoted.partition_point(|it| it.span.end < cue.end);
        let Some(quote) = self.quoted.get(next).map(|it| it.span) else { return attribution };
        let words = self.doc.tokens_in(cue).start..self.doc.token_at(quote.start);
        let is_divided = quote.start < cue.end && cue.end < quote.end && !words.is_empty();
        let part = attribution.contents.iter_mut().find(|it| quote.contains_span(**it));
        if let Some(part) = part.filter(|_| is_divided) {
            *part = quote;
            attribution.cue = Some(self.doc.span(words));
        }
        attribution
    }

    /// Cuts the content of a relative clause between commas at its second comma, and drops what stands before its pronoun:
    /// "The bill, which Lee says | is fair, | fell" has no words of Lee outside the clause.
    fn keep_relative_clause(&self, attribution: Attribution) -> Attribution {
        let (Some(source), Some(cue)) = (attribution.source, attribution.cue) else { return attribution };
        let pronoun = self.doc.tokens_in(source).end.saturating_sub(1);
        let is_relative = matches!(self.doc.word(pronoun), "who" | "which")
            && pronoun > 0
            && self.doc.word(pronoun - 1) == ","
            && source.end <= cue.start;
        let follows_cue = |it: &Span| it.start >= cue.end;
        if !is_relative || !attribution.contents.iter().any(follows_cue) {
            return attribution;
        }
        let is_finite = |token: usize| {
            self.doc.is(token, LexicalClass::Auxiliary) || self.doc.is(token, LexicalClass::PastTense)
        };
        let cut = |part: Span| {
            let tokens = self.doc.tokens_in(part);
            let ends_clause = |it: &usize| {
                self.doc.word(*it) == ","
                    && *it + 1 < tokens.end
                    && is_finite(it + 1)
                    && !is_quoted(self.quoted, self.doc.tokens[*it].span)
            };
            match tokens.clone().skip(1).find(ends_clause) {
                Some(comma) => self.doc.span(tokens.start..comma),
                None => part,
            }
        };
        let contents = attribution.contents.iter().copied().filter(follows_cue).map(cut).collect();
        attribution.with_contents(contents)
    }

    /// Drops the words outside quotation marks that stand in another clause than the cue, where others stand in it.
    fn keep_clause_of_cue(&self, attribution: Attribution) -> Attribution {
        let Some(anchor) = attribution.cue.or(attribution.source) else { return attribution };
        let own = self.clause_at(anchor.start);
        let pieces: Vec<(usize, Span)> =
            attribution.contents.iter().flat_map(|part| self.pieces_of(*part)).collect();
        let is_kept = |(clause, piece): &(usize, Span)| *clause == own || is_quoted(self.quoted, *piece);
        let has_own = pieces.iter().any(|it| it.0 == own);
        if !has_own || pieces.iter().all(is_kept) {
            return attribution;
        }
        let kept = pieces.into_iter().filter(is_kept).map(|it| self.without_stop(it.1)).collect();
        attribution.with_contents(kept)
    }

    /// An attribution, and as one of its own the quotations in it that are sentences by themselves after its paraphrase: "Lee
    /// blamed the wind. | “It blew all night.”"
    pub(super) fn split_off_sentences(&self, attribution: Attribution) -> Vec<Attribution> {
        let Some(anchor) = attribution.cue.or(attribution.source) else { return vec![attribution] };
        let own = self.clause_at(anchor.start);
        let is_sentence = |it: &Span| {
            let clause = self.clause_at(it.start);
            clause > own
                && is_quoted(self.quoted, *it)
                && self.clauses.get(clause).is_some_and(|all| it.contains_span(*all))
        };
        let (sentences, rest): (Vec<Span>, Vec<Span>) =
            attribution.contents.iter().partition(|it| is_sentence(it));
        let is_paraphrase = !rest.is_empty() && rest.iter().all(|it| self.is_narrated(*it));
        if sentences.is_empty() || !is_paraphrase || attribution.source.is_none() {
            return vec![attribution];
        }
        let quotation = Attribution { cue: None, ..attribution.clone() }.with_contents(sentences);
        vec![attribution.with_contents(rest), quotation]
    }

    /// The pieces of a span in each clause, with the indices of the clauses.
    fn pieces_of(&self, part: Span) -> Vec<(usize, Span)> {
        let first = self.clause_at(part.start);
        let within = self.clauses[first..].iter().take_while(|it| it.start < part.end);
        let piece = |(clause, it): (usize, &Span)| {
            (clause, Span::new(it.start.max(part.start), it.end.min(part.end)))
        };
        (first..).zip(within).map(piece).collect()
    }

    /// A span without the full stop at its end.
    fn without_stop(&self, span: Span) -> Span {
        let tokens = self.doc.tokens_in(span);
        let has_stop =
            tokens.len() > 1 && self.doc.word(tokens.end - 1) == "." && !is_quoted(self.quoted, span);
        if has_stop { self.doc.span(tokens.start..tokens.end - 1) } else { span }
    }

    /// Cuts an attribution's own source and cue out of its contents.
    fn without_own_cue(&self, attribution: Attribution) -> Attribution {
        let own: Vec<Span> = [attribution.source, attribution.cue].into_iter().flatten().collect();
        let holds_own =
            |part: &Span| own.iter().any(|it| part.contains_span(*it) && !is_quoted(self.quoted, *it));
        if !attribution.contents.iter().any(holds_own) {
            return attribution;
        }
        let contents = own.iter().fold(attribution.contents.clone(), |parts, cut| {
            parts.into_iter().flat_map(|part| self.subtract(part, *cut)).collect()
        });
        if contents.is_empty() { attribution } else { attribution.with_contents(contents) }
    }

    /// What is left of `part` on both sides of `cut`, without punctuation at the cut and without what has no word.
    pub(super) fn subtract(&self, part: Span, cut: Span) -> Vec<Span> {
        if !part.overlaps(cut) {
            return vec![part];
        }
        let sides = [(part.start, cut.start), (cut.end, part.end)];
        let sides = sides.into_iter().filter(|(start, end)| start < end);
        let is_loose = |token: usize| matches!(self.doc.word(token), "," | ":" | "." | ";");
        let trimmed = sides.map(|(start, end)| {
            let mut tokens = self.doc.tokens_in(Span::new(start, end));
            while !tokens.is_empty() && is_loose(tokens.start) {
                tokens.start += 1;
            }
            while !tokens.is_empty() && is_loose(tokens.end - 1) {
                tokens.end -= 1;
            }
            self.doc.span(tokens)
        });
        trimmed.filter(|it| self.doc.count_words(*it) > 0).collect()
    }

    /// Adds the other half of the paraphrases of which one half alone is known and cannot stand alone: "The ferry, Lee said, |
    /// lost nine thousand", and the verb of a clause that breaks off before it.
    pub(super) fn complete_halves(&self, mut attributions: Vec<Attribution>) -> Vec<Attribution> {
        let mut taken: Vec<Span> = attributions
            .iter()
            .flat_map(|it| it.contents.iter().copied().chain(it.source).chain(it.cue))
            .collect();
        taken.sort_unstable();
        let is_free = |rest: Span| {
            let next = taken.partition_point(|it| it.start < rest.start);
            taken.get(next).is_none_or(|it| it.start >= rest.end)
        };
        for attribution in &mut attributions {
            if let Some(rest) = self.second_half(attribution).filter(|it| is_free(*it)) {
                attribution.contents.push(rest);
            } else if let Some(first) = self.first_half(attribution).filter(|it| is_free(*it)) {
                attribution.contents.insert(0, first);
            } else if let Some(rest) = self.predicate(attribution).filter(|it| is_free(*it)) {
                let half = attribution.contents[0];
                attribution.contents = vec![half.cover(rest)];
            }
        }
        attributions
    }

    /// The rest of the clause after source and cue, where the only content before them cannot stand alone.
    fn second_half(&self, attribution: &Attribution) -> Option<Span> {
        let (source, cue, [half]) = (attribution.source?, attribution.cue?, &attribution.contents[..]) else {
            return None;
        };
        let group = source.cover(cue);
        let clause = *self.clauses.get(self.clause_at(cue.start))?;
        let comma = self.doc.token_at(group.end);
        let tokens = comma + 1..self.doc.tokens_in(clause).end;
        let opening = self.doc.lower(tokens.start);
        let is_split = clause.contains_span(half.cover(group))
            && half.end <= group.start
            && self.doc.word(comma) == ","
            && tokens.start < tokens.end
            && !opening.ends_with("ing")
            && !matches!(opening.as_str(), "and" | "but" | "who" | "which" | "where" | "as");
        let lacks_verb = || {
            opening != "when"
                && self.doc.count_words(*half) <= MAX_SUBJECT_WORDS
                && !complement::has_own_verb(self.doc, self.doc.tokens_in(*half))
                && self.is_finite(tokens.start)
        };
        let is_incomplete = || self.is_fragment(*half) || self.is_open(*half) || lacks_verb();
        if !is_split || !is_incomplete() && !self.gives_reason(tokens.clone()) {
            return None;
        }
        let rest = self.without_stop(self.doc.span(tokens));
        (self.is_narrated(half.cover(rest)) && self.doc.count_words(rest) >= MIN_REST_WORDS).then_some(rest)
    }

    /// What stands before the source and a comma, where the only content begins with a verb and so lacks its subject: "Among the
    /// measures, | the mayor said, | was a toll".
    fn first_half(&self, attribution: &Attribution) -> Option<Span> {
        let (source, cue, [half]) = (attribution.source?, attribution.cue?, &attribution.contents[..]) else {
            return None;
        };
        let clause = *self.clauses.get(self.clause_at(cue.start))?;
        let (verb, comma) =
            (self.doc.tokens_in(*half).start, self.doc.token_at(source.start).checked_sub(1)?);
        let start = self.doc.tokens_in(clause).start;
        let is_split = clause.contains_span(source.cover(*half))
            && source.end <= cue.start
            && self.doc.word(comma) == ","
            && self.doc.word(self.doc.token_at(cue.end)) == ","
            && verb == self.doc.token_at(cue.end) + 1
            && start < comma;
        if !is_split || !self.is_finite(verb) {
            return None;
        }
        let first = self.doc.span(start..comma);
        let words = self.doc.count_words(first);
        (self.is_narrated(first.cover(*half)) && words <= MAX_SUBJECT_WORDS).then_some(first)
    }

    /// The rest of the clause after a content that breaks off before its verb: "Lee said that the new bridge | was closed".
    fn predicate(&self, attribution: &Attribution) -> Option<Span> {
        let (source, cue, [half]) = (attribution.source?, attribution.cue?, &attribution.contents[..]) else {
            return None;
        };
        let clause = *self.clauses.get(self.clause_at(cue.start))?;
        let tokens = self.doc.tokens_in(*half);
        let last = self.doc.tokens_in(cue).end.checked_sub(1)?;
        let is_relative =
            matches!(self.doc.lower(self.doc.token_at(source.start)).as_str(), "who" | "which" | "that");
        let is_clause_cue = self.doc.is(tokens.start, LexicalClass::ReportedClauseOpener)
            || self.doc.is(last, LexicalClass::SpeechVerb)
            || matches!(self.doc.lower(last).as_str(), "say" | "says");
        let rest = tokens.end..self.doc.tokens_in(clause).end;
        let goes_on = || {
            tokens.len() > 1 && self.doc.is(self.end_of_dashes(tokens.end), LexicalClass::Auxiliary)
                || self.goes_on_after_comma(tokens.clone(), rest.clone())
        };
        let has_verb = || match self.doc.word(tokens.start) {
            "that" => complement::has_own_verb(self.doc, tokens.start + 1..tokens.end),
            _ => complement::has_own_verb(self.doc, tokens.clone()),
        };
        let is_cut = clause.contains_span(cue.cover(*half))
            && source.end <= cue.start
            && cue.end <= half.start
            && !is_relative
            && is_clause_cue
            && goes_on()
            && !has_verb();
        if !is_cut || rest.is_empty() {
            return None;
        }
        let rest = self.without_stop(self.doc.span(rest));
        self.is_narrated(half.cover(rest)).then_some(rest)
    }

    /// Whether the tokens `half` lack the verb that follows in `rest` behind an aside between commas: "say | the dam, | which leaked, was
    /// old", "explained | how, | in the end, it was sold".
    fn goes_on_after_comma(&self, half: Range<usize>, rest: Range<usize>) -> bool {
        if self.doc.word(half.end) != "," {
            return false;
        }
        let is_comma = |it: &usize| self.doc.word(*it) == ",";
        let mut commas = rest.clone().skip(1).take(MAX_ASIDE_TOKENS).filter(is_comma);
        let opens_clause = matches!(self.doc.word(half.start), "how" | "that" | "why");
        match () {
            () if opens_clause => commas.next().is_some(),
            () if matches!(self.doc.word(half.start), "no" | "nothing" | "so" | "yes") => false,
            () => commas.any(|it| self.doc.is(it + 1, LexicalClass::Auxiliary)),
        }
    }

    /// The token after an aside between dashes that begins at a token; the token itself where none begins.
    fn end_of_dashes(&self, token: usize) -> usize {
        let is_dash = |it: usize| tokens::is_dash(self.doc.word(it));
        if !is_dash(token) {
            return token;
        }
        let close = (token + 1..token + MAX_ASIDE_TOKENS).find(|it| is_dash(*it));
        close.map_or(token, |it| it + 1)
    }

    /// Whether a token may be the first verb of a clause: "was", "lost".
    fn is_finite(&self, token: usize) -> bool {
        self.doc.is(token, LexicalClass::Auxiliary) || self.doc.is(token, LexicalClass::PastTense)
    }

    /// Whether no quotation overlaps a span.
    fn is_narrated(&self, span: Span) -> bool {
        let first = self.quoted.partition_point(|it| it.span.end <= span.start);
        self.quoted.get(first).is_none_or(|it| it.span.start >= span.end)
    }

    /// Whether a span breaks off before the word that must follow its last: "The dam is", "The ferry will", "They came by".
    pub(super) fn is_open(&self, span: Span) -> bool {
        let last = self.doc.tokens_in(span).end.saturating_sub(1);
        [LexicalClass::Auxiliary, LexicalClass::Determiner, LexicalClass::Negation]
            .iter()
            .any(|it| self.doc.is(last, *it))
            || matches!(self.doc.lower(last).as_str(), "to" | "that" | "of")
    }

    /// Whether tokens after source and cue are a clause that gives the reason, condition or time of what is said: "Cows were lost,
    /// Lee said, | because the roof fell".
    fn gives_reason(&self, tokens: Range<usize>) -> bool {
        let opening = self.doc.lower(tokens.start);
        matches!(opening.as_str(), "because" | "if" | "unless" | "until" | "when" | "before")
            && !self.doc.is(tokens.start + 1, LexicalClass::PastTense)
            && complement::has_own_verb(self.doc, tokens.start + 1..tokens.end)
    }

    /// Whether a span cannot stand alone: a subordinate clause, or some words without a verb.
    fn is_fragment(&self, span: Span) -> bool {
        let mut tokens = self.doc.tokens_in(span);
        self.doc.is(tokens.start, LexicalClass::Subordinator)
            || self.doc.count_words(span) <= MAX_FRAGMENT_WORDS && !tokens.any(|it| self.is_finite(it))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::{report, with_clauses};

    /// The contents that are left of an attribution of words of `text`.
    fn enforced(text: &str, source: &str, cue: &str, contents: &[&str]) -> Vec<String> {
        let attribution = report(text, source, cue, contents);
        with_clauses(text, |doc, quoted, clauses, _| {
            let left = Structure::new(doc, quoted, clauses).enforce(attribution).contents;
            left.iter().map(|it| it.slice(text).to_owned()).collect()
        })
    }

    #[test]
    fn a_content_keeps_to_the_clause_of_its_cue_outside_its_marks() {
        for (text, source, cue, contents, expected) in [
            (
                "It rained. “All day,” Lee said.",
                "Lee",
                "said",
                vec!["It rained", "“All day,”"],
                vec!["“All day,”"],
            ),
            ("Lee said it rained. Ray left.", "Lee", "said", vec!["it rained. Ray left"], vec!["it rained"]),
            (
                "The bill, which said the dam was safe, is a start.",
                "which",
                "said",
                vec!["The bill", "the dam was safe, is a start"],
                vec!["the dam was safe"],
            ),
            (
                "“We won. We did,” Lee said.",
                "Lee",
                "said",
                vec!["“We won. We did,”"],
                vec!["“We won. We did,”"],
            ),
            (
                "“We won,” Lee said. “Go.”",
                "Lee",
                "said",
                vec!["“We won,”", "“Go.”"],
                vec!["“We won,”", "“Go.”"],
            ),
        ] {
            assert_eq!(enforced(text, source, cue, &contents), expected, "{text}");
        }
    }

    #[test]
    fn a_content_never_holds_its_own_source_and_cue() {
        let text = "Lee said it rained, and Ray left.";
        assert_eq!(enforced(text, "Lee", "said", &["Lee said it rained"]), ["it rained"]);
    }
}
