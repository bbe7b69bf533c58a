//! Credit lines: lines and sentences that only tell who wrote or sent the text: "(This article was written by Ann Lee.)", "Oslo /NHB/",
//! "Tarn News, 6 May -", "By Ann Lee" behind the text, the name of an organisation alone behind it.

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::Features;
use crate::engine::text::lexicon::LexicalClass::{Calendar, Organization};
use crate::engine::text::tokens::TokenKind;
use crate::word_list::word_list;

/// How many tokens the opening of a text has at most before its dash: "Tarn News / Harbour Review, 6 May -".
const MAX_OPENING_TOKENS: usize = 12;
/// How many words may stand before the agency between slashes: "New Delhi".
const MAX_PLACE_TOKENS: usize = 4;
/// How many words of a rubric may stand behind the name of a site.
const MAX_RUBRIC_WORDS: usize = 2;
/// How many tokens stand between "This" and the last author at most: "This article was written with agencies by Ann Lee and Bo Ray".
const MAX_AUTHOR_TOKENS: usize = 40;
/// How many letters the name of a site has at least.
const MIN_SITE_LETTERS: usize = 5;

/// Whether a name stands in a line or a sentence that only tells who wrote or sent the text.
pub(crate) fn is_in_credit_line(features: &Features, name: &Range<usize>, kind: EntityKind) -> bool {
    is_between_slashes(features, name)
        || is_author_of_article(features, name)
        || is_in_last_byline(features, name)
        || kind == EntityKind::Organisation
            && (opens_before_date(features, name)
                || opens_before_dash(features, name)
                || is_last_line(features, name)
                || is_agency_at_end(features, name))
        || is_name_of_site(features, name)
}

fn is_dash(features: &Features, at: usize) -> bool {
    matches!(features.form(at), "—" | "–" | "-" | "--" | "―")
}

/// Whether slashes stand around a name behind the place that opens a paragraph: "Oslo / NHB / The river rose."
fn is_between_slashes(features: &Features, name: &Range<usize>) -> bool {
    let Some(slash) = name.start.checked_sub(1) else { return false };
    let place = features.doc.block_start(name.start)..slash;
    features.form(slash) == "/"
        && features.form(name.end) == "/"
        && (1..=MAX_PLACE_TOKENS).contains(&place.len())
        && place.clone().all(|it| features.is_capitalized(it) || features.form(it) == ",")
}

/// Whether a name opens a paragraph before the date and the dash behind which its text begins: "Tarn News, 6 May - The river rose."
fn opens_before_date(features: &Features, name: &Range<usize>) -> bool {
    let start = features.doc.block_start(name.start);
    let Some(dash) = (start..start + MAX_OPENING_TOKENS).find(|it| is_dash(features, *it)) else {
        return false;
    };
    let is_number = |at: usize| features.doc.tokens.get(at).is_some_and(|it| it.kind == TokenKind::Number);
    let is_date = dash > start + 3
        && [dash - 1, dash - 2].iter().any(|it| features.is(*it, Calendar))
        && [dash - 1, dash - 2].iter().any(|it| is_number(*it));
    let is_name = |at: usize| {
        features.is_capitalized(at) || matches!(features.form(at), "/" | ",") || at == start || is_number(at)
    };
    is_date && name.end + 1 < dash && (start..dash).all(is_name)
}

/// Whether a name opens the story before a stop and a dash: "NHB. - Oslo - The river rose."
fn opens_before_dash(features: &Features, name: &Range<usize>) -> bool {
    features.doc.begins_line(name.start)
        && features.form(name.end) == "."
        && is_dash(features, name.end + 1)
        && features.is_capitalized(name.end + 2)
}

/// Whether a sentence tells who wrote the text: "This article was written by | Ann Lee and Bo Ray."
fn is_author_of_article(features: &Features, name: &Range<usize>) -> bool {
    const TEXTS: &[&str] = &word_list!("nouns-of-this-text");
    const VERBS: &[&str] = &word_list!("participles-of-writing");
    let sentence = features.doc.sentences[features.doc.sentence_of(name.start)].tokens.clone();
    let this = sentence.start + usize::from(features.form(sentence.start) == "(");
    let is_of_text = matches!(features.form(this), "This" | "The")
        && TEXTS.binary_search(&features.form(this + 1)).is_ok()
        && matches!(features.form(this + 2), "was" | "is");
    if name.start > this + MAX_AUTHOR_TOKENS {
        return false;
    }
    let by = (this + 3..name.start).find(|it| features.form(*it) == "by");
    let is_written = |by: usize| (this + 3..by).any(|it| VERBS.binary_search(&features.form(it)).is_ok());
    let goes_on = |at: usize| features.is_capitalized(at) || matches!(features.form(at), "," | "and" | "&");
    is_of_text && by.is_some_and(|it| is_written(it) && (it + 1..name.start).all(goes_on))
}

/// Whether the last sentence of the story is only "By" and names: "By Ann Lee, Tarn Times Staff and Agencies".
fn is_in_last_byline(features: &Features, name: &Range<usize>) -> bool {
    let number = features.doc.sentence_of(name.start);
    let sentence = features.doc.sentences[number].tokens.clone();
    let is_last = number + 1 == features.doc.sentences.len() && number > 0;
    let is_inside = |at: usize| {
        features.is_capitalized(at) || matches!(features.form(at), "," | "and" | "&" | "of" | "for" | ".")
    };
    is_last
        && features.doc.word(sentence.start) == "By"
        && sentence.start + 1 == name.start
        && (name.start..sentence.end).all(is_inside)
}

/// Whether a name is all of the last paragraph behind one that ends with a stop: "– Tarn News Online", "Tarn News Bureau Report".
fn is_last_line(features: &Features, name: &Range<usize>) -> bool {
    let start = features.doc.block_start(name.start);
    let dash = usize::from(is_dash(features, start));
    let is_stop = |at: usize| matches!(features.form(at), "." | "!" | "?" | "”" | "\"" | ")");
    let is_tail = |at: usize| matches!(features.form(at), "Report" | "Online" | "Staff" | "Reporters");
    start + dash == name.start
        && start.checked_sub(1).is_some_and(is_stop)
        && (name.end..features.doc.tokens.len()).all(is_tail)
}

/// Whether a listed agency stands alone behind the last sentence of a paragraph: "The river rose. (Norbex)", "The river rose. - Norbex".
fn is_agency_at_end(features: &Features, name: &Range<usize>) -> bool {
    let Some(mark) = name.start.checked_sub(1).filter(|it| *it > 0) else { return false };
    let is_bracket = features.form(mark) == "(" && features.form(name.end) == ")";
    let is_listed = name.len() == 1 && features.is(name.start, Organization);
    let follows_stop = matches!(features.form(mark - 1), "." | "!" | "?" | "”" | "\"");
    (is_bracket || is_dash(features, mark))
        && is_listed
        && follows_stop
        && !features.doc.begins_line(mark)
        && features.doc.begins_line(name.end + usize::from(is_bracket))
}

/// Whether a name opens a paragraph before a dash and is that of the site whose address stands above the story: "TARN NEWS –" under
/// `https://tarnnews.com/`.
fn is_name_of_site(features: &Features, name: &Range<usize>) -> bool {
    // "TARN NEWS | TRAVEL –"
    let dash = (name.end..=name.end + MAX_RUBRIC_WORDS).find(|it| !features.is_capitalized(*it));
    if !features.doc.begins_line(name.start) || !dash.is_some_and(|it| is_dash(features, it)) {
        return false;
    }
    let address =
        features.doc.text.strip_prefix("https://").or_else(|| features.doc.text.strip_prefix("http://"));
    let host = address.map(|it| it.strip_prefix("www.").unwrap_or(it));
    let site = host.and_then(|it| it.split(['.', '/']).next()).unwrap_or_default();
    let words = features.doc.span(name.clone()).slice(features.doc.text);
    let letters: String =
        words.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    site.len() >= MIN_SITE_LETTERS && letters.starts_with(site)
}
