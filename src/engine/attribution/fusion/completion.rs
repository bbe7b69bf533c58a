//! Completion: contents that break off get the half, the verb or the subject that they lack.

use std::ops::Range;

use crate::engine::attribution::fusion::invariants::Structure;
use crate::engine::attribution::{Attribution, complement, speech_act};
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::tokens;
use crate::span::Span;

/// The first half of a paraphrase has at most this many words if it is no clause by itself: "The ferry, Lee said, …".
const MAX_FRAGMENT_WORDS: usize = 7;
/// A half without a verb has at most this many words.
const MAX_SUBJECT_WORDS: usize = 25;
/// An aside between dashes has at most this many tokens.
const MAX_ASIDE_TOKENS: usize = 30;
/// The second half has at least this many words.
const MIN_REST_WORDS: usize = 2;
/// A phrase before the subject has at least this many tokens …
const MIN_PHRASE_TOKENS: usize = 3;
/// … and at most this many.
const MAX_PHRASE_TOKENS: usize = 30;
/// What tells where something was said has its noun among this many tokens: "In an | interview".
const MAX_OCCASION_TOKENS: usize = 6;
/// The words of a sentence before its verb are at most this many tokens.
const MAX_HEAD_TOKENS: usize = 60;

impl Structure<'_> {
    /// Adds the other half of the paraphrases of which one half alone is known and cannot stand alone: "The ferry, Lee said, |
    /// lost nine thousand", the verb of a clause that breaks off before it, and the subject of one that begins with its verb.
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
            } else if let Some(head) = self.head(attribution).filter(|it| is_free(*it)) {
                let half = attribution.contents[0];
                attribution.contents = vec![head.cover(half)];
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
            || speech_act::is_saying_verb(self.doc, last);
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

    /// The words of a sentence before a paraphrase that its source follows: its subject, or the phrase before that.
    fn head(&self, attribution: &Attribution) -> Option<Span> {
        self.subject_before(attribution).or_else(|| self.phrase_before(attribution))
    }

    /// The phrase or clause with which a sentence begins, before the subject of a paraphrase that its source follows: "Despite the rain in
    /// May, | the harvest was good, | farmers said". A phrase of two words mostly joins sentences: "In fact".
    fn phrase_before(&self, attribution: &Attribution) -> Option<Span> {
        let (source, cue, [half]) = (attribution.source?, attribution.cue?, &attribution.contents[..]) else {
            return None;
        };
        let subject = self.doc.tokens_in(*half).start;
        let sentence = self.doc.sentences.get(self.doc.sentence_of(subject))?;
        let start = sentence.tokens.start;
        let comma = subject.checked_sub(1).filter(|it| self.doc.word(*it) == "," && *it > start)?;
        let is_last_of = |it: Span| half.end <= it.start && it.end <= sentence.span.end;
        let opens = [LexicalClass::Preposition, LexicalClass::Subordinator];
        let is_phrase = opens.iter().any(|it| self.doc.is(start, *it))
            && (MIN_PHRASE_TOKENS..=MAX_PHRASE_TOKENS).contains(&(comma - start))
            && !matches!(self.doc.lower(start).as_str(), "as" | "according" | "asked");
        let is_told = |it: usize| self.doc.is(it, LexicalClass::SpeechVerb);
        // "In an interview on Monday, | the mill was safe, Lee said": where it was said.
        let tells_occasion = matches!(self.doc.lower(start).as_str(), "at" | "during" | "in" | "on")
            && (start + 1..comma.min(start + MAX_OCCASION_TOKENS)).any(|it| self.is_occasion(it));
        let phrase = self.doc.span(start..subject);
        let is_lost = is_phrase
            && is_last_of(source)
            && is_last_of(cue)
            && !(start..comma).any(is_told)
            && !tells_occasion
            && !self.is_finite(subject)
            && complement::has_own_verb(self.doc, self.doc.tokens_in(*half));
        (is_lost && self.is_narrated(phrase)).then_some(phrase)
    }

    /// Whether a token is a noun for something in which people speak.
    fn is_occasion(&self, token: usize) -> bool {
        self.doc.is(token, LexicalClass::DocumentNoun)
            || matches!(self.doc.lower(token).as_str(), "address" | "conference" | "hearing" | "speech")
    }

    /// The words of a sentence before a paraphrase that begins with the verb of the sentence and that its source follows: "Ann Lee, who
    /// lives abroad, | was put on a list, | officials said", "The north recorded | a low of two degrees, | he said".
    fn subject_before(&self, attribution: &Attribution) -> Option<Span> {
        let (source, cue, [half]) = (attribution.source?, attribution.cue?, &attribution.contents[..]) else {
            return None;
        };
        let verb = self.doc.tokens_in(*half).start;
        let sentence = self.doc.sentences.get(self.doc.sentence_of(verb))?;
        let is_connective =
            |it: &usize| self.doc.is(*it, LexicalClass::LeadingConnective) || self.doc.word(*it) == ",";
        let start = (sentence.tokens.start..verb).find(|it| !is_connective(it))?;
        if verb - start > MAX_HEAD_TOKENS {
            return None;
        }
        let opens_aside =
            |it: &usize| matches!(self.doc.word(*it), "," | "(") || tokens::is_dash(self.doc.word(*it));
        let phrase = start..(start..verb).find(opens_aside).unwrap_or(verb);
        let last = self.doc.word(verb - 1);
        let is_closed = phrase.end == verb || matches!(last, "," | ")") || tokens::is_dash(last);
        let is_last_of = |it: Span| half.end <= it.start && it.end <= sentence.span.end;
        if !is_last_of(source) || !is_last_of(cue) || !is_closed {
            return None;
        }
        let is_verb = |it: usize| complement::is_finite(self.doc, start, it, verb + 1);
        let begins_with_verb =
            self.begins_with_verb(verb, phrase.end) && !phrase.clone().skip(1).any(is_verb);
        // "He added | that after the vote, …"
        let is_reported = self.doc.is(verb, LexicalClass::ReportedClauseOpener);
        let follows_verb = phrase.end == verb && verb > start + 1 && is_verb(verb - 1) && !is_reported;
        let head = self.doc.span(start..verb);
        let is_lost = self.is_subject(phrase) && (begins_with_verb || follows_verb);
        (is_lost && self.is_narrated(head)).then_some(head)
    }

    /// Whether a paraphrase begins with the finite verb at a token, whose subject ends before the token `subject_end`.
    fn begins_with_verb(&self, verb: usize, subject_end: usize) -> bool {
        let word = self.doc.lower(verb);
        if self.doc.is(verb, LexicalClass::Auxiliary) {
            return !matches!(word.as_str(), "be" | "been" | "being" | "having");
        }
        // "The plan, | criticised by all, …" has a participle.
        self.doc.is(verb, LexicalClass::PastTense)
            && self.doc.word(verb).starts_with(char::is_lowercase)
            && self.doc.lower(verb + 1) != "by"
            && subject_end < verb
    }

    /// Whether tokens may be the subject of a sentence: no adverbial such as "In total" or "As it stands".
    fn is_subject(&self, phrase: Range<usize>) -> bool {
        let opens_adverbial = [
            LexicalClass::Preposition,
            LexicalClass::Subordinator,
            LexicalClass::Adverb,
            LexicalClass::ClauseBoundary,
        ];
        let first = phrase.start;
        !phrase.is_empty()
            && !opens_adverbial.iter().any(|it| self.doc.is(first, *it))
            && !self.doc.lower(first).ends_with("ing")
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
        // "that in order to save money, | a plan was made": the phrase before the subject.
        let is_clause_next = self.doc.is(half.end + 1, LexicalClass::Subordinator)
            || self.doc.is(half.end + 1, LexicalClass::ClauseBoundary);
        let is_fronted =
            opens_clause && self.doc.is(half.start + 1, LexicalClass::Preposition) && !is_clause_next;
        match () {
            () if is_fronted && complement::has_own_verb(self.doc, rest.start + 1..rest.end) => true,
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

    /// The first content of an attribution of words of `text`, once it is complete.
    fn completed(text: &str, source: &str, cue: &str, content: &str) -> String {
        let attribution = report(text, source, cue, &[content]);
        with_clauses(text, |doc, quoted, clauses, _| {
            let left = Structure::new(doc, quoted, clauses).complete_halves(vec![attribution]);
            left[0].contents[0].slice(text).to_owned()
        })
    }

    #[test]
    fn a_paraphrase_that_begins_with_its_verb_gets_its_subject() {
        for (text, content, expected) in [
            (
                "Ann Lee, who lives abroad, was put on a list, officials said.",
                "was put on a list",
                "Ann Lee, who lives abroad, was put on a list",
            ),
            (
                "However, the grants, a tenth of the sum, will depend on the vote, officials said.",
                "will depend on the vote",
                "the grants, a tenth of the sum, will depend on the vote",
            ),
            (
                "But Norbex (founded in 1950) lost nine ships, officials said.",
                "lost nine ships",
                "Norbex (founded in 1950) lost nine ships",
            ),
            ("The north recorded a low of two degrees, officials said.", "a low of two degrees", ""),
            (
                "In total, nine ships were lost, officials said.",
                "nine ships were lost",
                "nine ships were lost",
            ),
            (
                "In the north, were lost nine ships, officials said.",
                "were lost nine ships",
                "were lost nine ships",
            ),
            (
                "The board chose the plan, criticised at first, officials said.",
                "criticised at first",
                "criticised at first",
            ),
        ] {
            let expected = if expected.is_empty() { &text[..text.len() - 16] } else { expected };
            assert_eq!(
                completed(text, "officials", "said", content),
                expected.trim_end_matches(','),
                "{text}"
            );
        }
    }

    #[test]
    fn a_paraphrase_begins_with_the_phrase_before_its_subject() {
        for (text, content, expected) in [
            (
                "Despite the rain in May, the harvest was good, farmers said.",
                "the harvest was good",
                "Despite the rain in May, the harvest was good",
            ),
            (
                "While the north had rain, the south had none, farmers said.",
                "the south had none",
                "While the north had rain, the south had none",
            ),
            ("In fact, the harvest was good, farmers said.", "the harvest was good", "the harvest was good"),
            (
                "In an interview on Monday, the harvest was good, farmers said.",
                "the harvest was good",
                "the harvest was good",
            ),
            (
                "As Lee told the board, the harvest was good, farmers said.",
                "the harvest was good",
                "the harvest was good",
            ),
        ] {
            assert_eq!(completed(text, "farmers", "said", content), expected, "{text}");
        }
    }

    #[test]
    fn a_phrase_before_the_subject_does_not_end_a_paraphrase() {
        let text = "Lee said that in order to save money, a new plan was made for the port.";
        let content = "that in order to save money";
        assert_eq!(completed(text, "Lee", "said", content), &text[9..text.len() - 1]);
    }
}
