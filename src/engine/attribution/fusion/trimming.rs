//! A report → without what is nobody's words: what leads up to the speaker, names and pronouns alone.

use crate::engine::attribution::Attribution;
use crate::engine::text::document::Document;
use crate::engine::text::tokens::TokenKind;
use crate::engine::text::word_classes;
use crate::span::Span;
use crate::story::BlockKind;

/// The report without the clause that leads up to its speaker, where marked words follow the cue: "When the vote was
/// over, Lee said: “We won.”" `opens` says whether a marked stretch begins at a byte.
pub(crate) fn drop_lead_in(
    sheet: &Document,
    mut report: Attribution,
    opens: impl Fn(usize) -> bool,
) -> Attribution {
    let (Some(source), Some(cue), [first, second, ..]) = (report.source, report.cue, &report.contents[..])
    else {
        return report;
    };
    let (lead, speaker) = (sheet.tokens_in(*first), sheet.token_at(source.start));
    let said = sheet.tokens_in(*second).start;
    let beside = lead.end <= speaker && (lead.end.max(1) - 1..speaker).any(|it| sheet.word(it) == ",");
    let near = beside && speaker <= lead.end + 1 && source.end <= cue.start;
    let marked = second.start >= cue.end && opens(second.start);
    let announced = said > 0 && matches!(sheet.word(said - 1), ":" | ",");
    let begins =
        sheet.sentences.get(sheet.sentence_of(lead.start)).is_some_and(|it| it.tokens.start == lead.start);
    if near && marked && announced && begins && is_lead_in(sheet, lead) {
        report.contents.remove(0);
    }
    report
}

/// Whether the words before a comma are a clause that cannot stand alone: "When the vote was over", "Sentencing him",
/// "After the vote".
fn is_lead_in(sheet: &Document, words: std::ops::Range<usize>) -> bool {
    let first = sheet.lower(words.start);
    let helped = || words.clone().any(|it| word_classes::is_auxiliary(&sheet.lower(it)));
    let parted = words.clone().any(|it| it + 1 < words.end && matches!(sheet.word(it), "," | ";" | ":"));
    let bound = matches!(
        first.as_str(),
        "after"
            | "although"
            | "as"
            | "asked"
            | "because"
            | "before"
            | "if"
            | "once"
            | "since"
            | "though"
            | "until"
            | "when"
            | "while"
    );
    let loose = word_classes::is_preposition(&first)
        || first.len() > 4 && (first.ends_with("ing") || first.ends_with("ed"));
    !parted && (bound || loose && !helped())
}

/// Whether a report tells of no words: of whom or what alone ("blamed Bo Brake", "denied it"), or that somebody is not
/// to be named.
pub(crate) fn is_contentless(sheet: &Document, report: &Attribution) -> bool {
    let (Some(cue), [said]) = (report.cue, &report.contents[..]) else { return false };
    let words: Vec<usize> =
        sheet.tokens_in(*said).filter(|it| sheet.tokens[*it].kind != TokenKind::Punctuation).collect();
    let lower: Vec<String> = words.iter().map(|it| sheet.lower(*it)).collect();
    let capital = |it: &usize| sheet.word(*it).starts_with(char::is_uppercase);
    // In a headline every word may have a capital.
    let running = sheet.lower(sheet.token_at(cue.start)) == sheet.word(sheet.token_at(cue.start))
        && !is_in_heading(sheet, *said);
    let named = running && (2..=4).contains(&words.len()) && words.iter().all(capital);
    let hidden = lower.starts_with(&["not".into(), "to".into(), "be".into()])
        && lower.len() <= 7
        && lower.get(3).is_some_and(|it| matches!(it.as_str(), "identified" | "named" | "quoted"));
    let pointing =
        matches!(&lower[..], [it] if matches!(it.as_str(), "her" | "him" | "it" | "that" | "them" | "this"));
    named || hidden || pointing
}

/// Whether some words stand in a headline or a heading.
fn is_in_heading(sheet: &Document, words: Span) -> bool {
    let block = sheet.story.block_at(words.start).map(|it| sheet.story.blocks()[it].kind);
    matches!(block, Some(BlockKind::Headline | BlockKind::Heading))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::AttributionRule;
    use crate::engine::tests::with_document;

    /// A report of words of `text`, each found where it first stands.
    fn report(text: &str, source: &str, cue: &str, contents: &[&str]) -> Attribution {
        let at = |it: &str| text.find(it).map(|start| Span::new(start, start + it.len()));
        let contents = contents.iter().filter_map(|it| at(it)).collect();
        Attribution {
            source: at(source),
            cue: at(cue),
            contents,
            rule: AttributionRule::Tagger,
            confidence: 0.9,
        }
    }

    #[test]
    fn what_leads_up_to_the_speaker_is_not_said() {
        for (text, source, lead, kept) in [
            ("When the vote was over, Lee said: “We won.”", "Lee", "When the vote was over", 1),
            ("Sentencing him, Judge Stroud said: “You lied.”", "Judge Stroud", "Sentencing him", 1),
            ("In a letter to Ray, Lee said: “You lied.”", "Lee", "In a letter to Ray", 1),
            ("The tax is too high, Lee said: “It hurts.”", "Lee", "The tax is too high", 2),
            ("Raising the tax would hurt, Lee said: “It is cruel.”", "Lee", "Raising the tax would hurt", 2),
            (
                "If the tax rises, shops close, Lee said: “It hurts.”",
                "Lee",
                "If the tax rises, shops close",
                2,
            ),
        ] {
            let marks = text.find('“').unwrap_or_default();
            let report = report(text, source, "said", &[lead, &text[marks..]]);
            let left =
                with_document(text, |sheet| drop_lead_in(sheet, report, |it| it == marks).contents.len());
            assert_eq!(left, kept, "{text}");
        }
    }

    #[test]
    fn a_name_or_a_pronoun_alone_is_not_said() {
        for (text, source, cue, words, expected) in [
            ("Lee blamed Bo Brake.", "Lee", "blamed", "Bo Brake", true),
            ("Lee denied it.", "Lee", "denied", "it", true),
            ("A guard asked not to be named.", "A guard", "asked", "not to be named", true),
            ("Lee said Bo Brake lied.", "Lee", "said", "Bo Brake lied", false),
            ("Lee said no.", "Lee", "said", "no", false),
            ("Lee blamed Bo Brake for the flood.", "Lee", "blamed", "Bo Brake for the flood", false),
            ("Lee asked not to be sent home.", "Lee", "asked", "not to be sent home", false),
        ] {
            let report = report(text, source, cue, &[words]);
            assert_eq!(with_document(text, |sheet| is_contentless(sheet, &report)), expected, "{text}");
        }
    }
}
