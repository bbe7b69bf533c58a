//! The search pattern: plain text or a regular expression, matched against folded text.

use std::time::{Duration, Instant};

use memchr::memmem;
use pullquote::span::Span;
use regex::{Regex, RegexBuilder};

use crate::tui::text::search_fold::{FoldedText, fold_char, lowercase_same_len};

/// What the user typed into the search prompt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SearchQuery {
    pub(crate) text: String,
    /// Whether `text` is a regular expression.
    pub(crate) regex: bool,
}

/// A compiled search query. A capital letter in the query makes it case-sensitive.
pub(crate) struct Pattern {
    matcher: Matcher,
    case_sensitive: bool,
}

enum Matcher {
    Text(String),
    Regex(Regex),
}

/// Time limit for the matches of a regular expression. After it, the matches found so far are used.
const REGEX_TIME_LIMIT: Duration = Duration::from_millis(500);

/// Maximum number of matches of a regular expression, empty ones included: `.` has millions in a long text.
const MAX_MATCHES: usize = 100_000;

/// The clock is read once for this many matches.
const MATCHES_PER_TIME_CHECK: usize = 64;

/// The matches of a pattern.
#[derive(Debug, Default)]
pub(crate) struct Matches {
    /// Sorted and disjoint; none crosses the end of a block.
    pub(crate) spans: Vec<Span>,
    /// Whether a limit cut the list short.
    pub(crate) is_truncated: bool,
}

/// Maximum size of a compiled regular expression.
const REGEX_SIZE_LIMIT_BYTES: usize = 1 << 20;

impl Pattern {
    /// Compiles a query. `None` if it is empty.
    ///
    /// # Errors
    /// An invalid regular expression, described in one line.
    pub(crate) fn new(query: &SearchQuery) -> Result<Option<Self>, String> {
        if query.text.trim().is_empty() {
            return Ok(None);
        }
        if query.regex {
            let (folded, case_sensitive) = fold_regex(&query.text);
            let regex = RegexBuilder::new(&folded).size_limit(REGEX_SIZE_LIMIT_BYTES).build();
            let regex = regex.map_err(|it| describe_regex_error(&it))?;
            return Ok(Some(Self { matcher: Matcher::Regex(regex), case_sensitive }));
        }
        let text = fold_query(&query.text);
        let case_sensitive = text.chars().any(char::is_uppercase);
        let text: String = if case_sensitive { text } else { text.chars().map(lowercase_same_len).collect() };
        Ok((!text.trim().is_empty()).then_some(Self { matcher: Matcher::Text(text), case_sensitive }))
    }

    /// Finds the matches in `text`, the story's own text.
    pub(crate) fn find_matches(&self, folded: &FoldedText, text: &str) -> Matches {
        let within = if self.case_sensitive { &folded.exact } else { &folded.lowercase };
        match &self.matcher {
            Matcher::Text(needle) => {
                let starts = memmem::find_iter(within.as_bytes(), needle.as_bytes());
                let spans = starts.map(|start| Span::new(start, start + needle.len()));
                Matches { spans: folded.story_spans(text, spans), is_truncated: false }
            }
            Matcher::Regex(regex) => {
                let end = Instant::now() + REGEX_TIME_LIMIT;
                let (mut start, mut matches) = (0, 0);
                let mut is_truncated = false;
                let spans = within.split('\n').flat_map(|line| {
                    let from = start;
                    start += line.len() + 1;
                    regex.find_iter(line).map(move |it| Span::new(from + it.start(), from + it.end()))
                });
                let spans = spans.take_while(|_| {
                    matches += 1;
                    is_truncated = matches > MAX_MATCHES
                        || (matches % MATCHES_PER_TIME_CHECK == 0 && Instant::now() > end);
                    !is_truncated
                });
                let spans = folded.story_spans(text, spans.filter(|it| !it.is_empty()));
                Matches { spans, is_truncated }
            }
        }
    }
}

/// Folds a query; a run of spaces becomes one.
fn fold_query(query: &str) -> String {
    let mut folded = String::with_capacity(query.len());
    for ch in query.chars() {
        let length = folded.len();
        fold_char(ch, &mut folded);
        if folded[length..] == *" " && folded[..length].ends_with(' ') {
            folded.truncate(length);
        }
    }
    folded
}

/// Folds a regular expression like the text, and tells whether it is case-sensitive: if it has a literal capital or a
/// class of capitals. A range of accented letters becomes one of plain letters.
fn fold_regex(pattern: &str) -> (String, bool) {
    let mut folded = String::with_capacity(pattern.len());
    let mut case_sensitive = pattern.contains("[:upper:]") || pattern.contains("[:lower:]");
    let mut depth = 0_usize;
    let mut chars = pattern.chars();
    while let Some(ch) = chars.next() {
        match ch {
            '\\' => {
                folded.push(ch);
                let next = chars.next();
                case_sensitive |= matches!(next, Some('p' | 'P'));
                folded.extend(next);
            }
            '\0'..='~' => {
                depth = match ch {
                    '[' => depth + 1,
                    ']' => depth.saturating_sub(1),
                    _ => depth,
                };
                case_sensitive |= ch.is_ascii_uppercase();
                folded.push(ch);
            }
            _ => {
                let mut plain = String::new();
                fold_char(ch, &mut plain);
                case_sensitive |= plain.chars().any(char::is_uppercase);
                // A repetition, as in `ß+`, applies to all of its letters.
                let several = depth == 0 && plain.chars().nth(1).is_some();
                let (open, close) = if several { ("(?:", ")") } else { ("", "") };
                folded.extend([open, &regex::escape(&plain), close]);
            }
        }
    }
    (folded, case_sensitive)
}

/// The last line of a regex error, which the crate formats in several.
fn describe_regex_error(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(_) => "This pattern is too large.".into(),
        error => {
            let text = error.to_string();
            let last_line = text.rsplit("error: ").next().unwrap_or(&text).trim();
            last_line.replace('\n', " ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pullquote::story::{Block, BlockKind, Format, Story};

    fn story(text: &str) -> Story {
        let mut start = 0;
        let blocks = text.split('\n').map(|line| {
            let span = Span::new(start, start + line.len());
            start += line.len() + 1;
            Block::new(BlockKind::Paragraph, span)
        });
        Story::new(Format::Plain, text.into(), blocks.collect())
    }

    fn matched_spans(story: &Story, typed: &str, regex: bool) -> Vec<Span> {
        let pattern = Pattern::new(&SearchQuery { text: typed.into(), regex });
        let Ok(Some(pattern)) = pattern else { return Vec::new() };
        pattern.find_matches(&FoldedText::new(story), story.text()).spans
    }

    fn hits<'a>(text: &'a str, typed: &str, regex: bool) -> Vec<&'a str> {
        matched_spans(&story(text), typed, regex).into_iter().map(|it| it.slice(text)).collect()
    }

    #[test]
    fn case_accents_ligatures_and_marks_do_not_matter_unless_they_are_asked_for() {
        for (text, typed, expected) in [
            ("Harbour harbour", "harbour", &["Harbour", "harbour"][..]),
            ("Harbour harbour", "Harbour", &["Harbour"]),
            ("Zoë Łukasz e\u{301}t", "zoe lukasz et", &["Zoë Łukasz e\u{301}t"]),
            ("it’s “late”", "it's \"late\"", &["it’s “late”"]),
            ("it's \"late\"", "it’s “late”", &["it's \"late\""]),
            ("Straße", "strasse", &["Straße"]),
            ("Straße", "s", &["S", "ß"]),
            ("the oﬃce", "office", &["oﬃce"]),
            ("a bœuf", "boeuf", &["bœuf"]),
            ("co\u{ad}operate", "cooperate", &["co\u{ad}operate"]),
            ("wait…", "wait...", &["wait…"]),
            ("two  blanks", "two   blanks", &["two  blanks"]),
            ("one\ntwo", "one two", &[]),
            ("aaaa", "aa", &["aa", "aa"]),
            ("1+1", "1+1", &["1+1"]),
            ("any", "", &[]),
            ("any", " ", &[]),
        ] {
            assert_eq!(hits(text, typed, false), expected, "{typed}");
        }
    }

    #[test]
    fn a_regular_expression_is_folded_too() {
        for (text, typed, expected) in [
            ("Ray or Roy", "r[ao]y", &["Ray", "Roy"][..]),
            ("Ray or roy", "R[ao]y", &["Ray"]),
            ("one Two", r"\b\p{Lu}\w+", &["Two"]),
            ("one Two", r"\S+o\b", &["Two"]),
            ("Zoë, Zoe", "zoë", &["Zoë", "Zoe"]),
            ("Zoë, Zoe", "zo[éè]", &["Zoë", "Zoe"]),
            ("“late” \"never\"", "“[^”]+”", &["“late”", "\"never\""]),
            ("1990–95, 1990-95", "[0-9]+[–—]9", &["1990–9", "1990-9"]),
            ("Grüße, grüsse", "grüße", &["Grüße", "grüsse"]),
            ("ßßs", "ß+", &["ßß"]),
            ("wait… wait.", "t…", &["t…"]),
            ("one two\nthree", "^t.*$", &["three"]),
            ("one\ntwo", r"one\s+two", &[]),
            ("aab", "a*", &["aa"]),
            ("aab", "x*|$|^", &[]),
        ] {
            assert_eq!(hits(text, typed, true), expected, "{typed}");
        }
    }

    #[test]
    fn an_invalid_regular_expression_is_reported_in_one_line() {
        for (typed, told) in [
            ("(one", "unclosed group"),
            ("[a", "unclosed character class"),
            ("*", "repetition operator missing expression"),
            ("\\w{9000}", "too large"),
            ("(?:", "unclosed group"),
        ] {
            let wanted = SearchQuery { text: typed.into(), regex: true };
            let fault = Pattern::new(&wanted).err().unwrap();
            assert!(fault.contains(told) && !fault.contains('\n'), "{typed}: {fault}");
        }
    }

    #[test]
    fn a_regular_expression_that_searches_too_long_is_stopped() {
        let text = "a".repeat(200_000);
        let start = Instant::now();
        assert!(!hits(&text, "a*b|a", true).is_empty());
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    }

    #[test]
    fn what_is_shown_once_is_found_once() {
        let text = "Late\nLate";
        let mut blocks = story(text).blocks().to_vec();
        blocks[1].repeats = Some(0);
        let story = Story::new(Format::Plain, text.into(), blocks);
        assert_eq!(matched_spans(&story, "late", false), [Span::new(0, 4)]);
    }

    proptest! {
        #[test]
        fn every_hit_is_a_stretch_of_the_text_after_the_one_before(
            text in "[ a-cA-CßéłÉ…ﬁ㌀“’\\u{301}\\u{ad}İ\\n]{0,40}",
            typed in "[ a-c'\"s.ißé…*+()|\\[\\]アト]{1,4}",
            regex: bool,
        ) {
            let mut end = 0;
            for hit in matched_spans(&story(&text), &typed, regex) {
                prop_assert!(text.get(hit.start..hit.end).is_some_and(|it| !it.is_empty()), "{hit:?}");
                prop_assert!(hit.start >= end, "{hit:?}");
                end = hit.end;
            }
        }
    }
}
