//! Structure: what is true of every attribution. A content never holds its own source and cue, and outside its quotation marks
//! it never leaves the clause of its cue.

use crate::analysis::AttributionRule;
use crate::engine::attribution::Attribution;
use crate::engine::text::clause::{Clause, ClauseView};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::quotation_marks::{QuotedSpan, is_quoted};
use crate::span::Span;

/// The clauses and quoted spans of a story.
pub(super) struct Structure<'a> {
    pub(super) doc: &'a Document<'a>,
    pub(super) quoted: &'a [QuotedSpan],
    /// The extents of the clauses, in reading order.
    pub(super) clauses: Vec<Span>,
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
    pub(super) fn without_stop(&self, span: Span) -> Span {
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

    /// Whether a token may be the first verb of a clause: "was", "lost".
    pub(super) fn is_finite(&self, token: usize) -> bool {
        self.doc.is(token, LexicalClass::Auxiliary) || self.doc.is(token, LexicalClass::PastTense)
    }

    /// Whether no quotation overlaps a span.
    pub(super) fn is_narrated(&self, span: Span) -> bool {
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
