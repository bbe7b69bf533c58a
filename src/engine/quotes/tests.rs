//! Quotes of single texts, from the spans in marks and the attributions.

use super::*;
use crate::engine::tests::with_clauses;

/// The quotes of a text: kind, source and parts, a line each.
fn found(text: &str) -> Vec<String> {
    with_clauses(text, |doc, quoted_spans, clauses, rules| {
        let line = |it: &UnattributedQuote| {
            let source = it.source.map_or("?", |it| it.slice(text));
            let parts: Vec<&str> = it.parts.iter().map(|it| it.slice(text)).collect();
            format!("{} {source}: {}", it.kind.name(), parts.join(" … "))
        };
        build_quotes(doc, quoted_spans, clauses, &rules.attributions).iter().map(line).collect()
    })
}

#[test]
fn titles_nicknames_and_terms_are_no_quotes() {
    for text in [
        "Her book “The Long Way Home” sold well.",
        "Bo “Lucky” Ray won again.",
        "The so-called “smart tax” is gone.",
        "A ‘grace period’ ends in May.",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn a_quotation_without_a_stated_speaker_is_unattributed() {
    for (text, expected) in [
        ("“We never saw the boat.”", "direct ?: “We never saw the boat.”"),
        ("Lee wept. “He is gone.”", "direct ?: “He is gone.”"),
        (
            "The end came: “a day that none of us who saw it will forget”.",
            "direct ?: “a day that none of us who saw it will forget”",
        ),
    ] {
        assert_eq!(found(text), [expected], "{text}");
    }
}

#[test]
fn a_quote_that_runs_over_paragraphs_is_one() {
    for (text, expected) in [
        ("“One day we won.\n“Then we lost,” Lee said.", "direct Lee: “One day we won. … “Then we lost,”"),
        ("Lee said: “One day we won.\nThen we lost.”", "direct Lee: “One day we won. … Then we lost.”"),
        ("Lee said: “We won.\nTwice.\nThen we lost.”", "direct Lee: “We won. … Twice. … Then we lost.”"),
        ("“We won,” Lee said. “And why?\n“Luck.”", "direct Lee: “We won,” … “And why? … “Luck.”"),
    ] {
        assert_eq!(found(text), [expected], "{text}");
    }
}

#[test]
fn a_quote_that_its_cue_splits_is_one() {
    for (text, expected) in [
        ("“We won,” Lee said. “We did.”", vec!["direct Lee: “We won,” … “We did.”"]),
        ("“We won,” Lee said. “We did,” she added.", vec!["direct Lee: “We won,”", "direct she: “We did,”"]),
        (
            "“We won,” Lee said. “We did.\n“They lost,” said Ray.",
            vec!["direct Lee: “We won,” … “We did.", "direct Ray: “They lost,”"],
        ),
        (
            "“We won,” Lee said. It rained. “We all went home.”",
            vec!["direct Lee: “We won,”", "direct ?: “We all went home.”"],
        ),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn the_share_of_marked_words_makes_the_kind() {
    for (text, expected) in [
        ("“We won,” Lee said.", "direct Lee: “We won,”"),
        ("Lee said the town was “broke and cold” now.", "partial Lee: the town was “broke and cold” now"),
        ("Lee said the town was broke.", "paraphrase Lee: the town was broke"),
    ] {
        assert_eq!(found(text), [expected], "{text}");
    }
}

#[test]
fn an_announced_paragraph_without_marks_is_a_quote_of_its_own() {
    for (text, expected) in [
        ("The mayor added:\nIt is late. We go home.\nHe left.", vec!["direct ?: It is late. We go home."]),
        ("Lee was tired. In a note, she wrote:\nI resign.", vec!["direct ?: I resign."]),
        ("Lee said the plan had two parts:\nA bridge.", vec!["paraphrase Lee: the plan had two parts"]),
        ("Lee added:\nThe “dam” is old.", vec![]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}
