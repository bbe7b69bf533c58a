//! One sentence in → who says what, as a line of text.

use crate::engine::attribution::rules::*;
use crate::engine::tests::with_document;
use crate::engine::text::{clause, quotation_marks};

/// "source | cue | content" for each report; parts of a content are joined by " … ".
fn found(text: &str) -> Vec<String> {
    with_document(text, |doc| {
        let quoted_spans = quotation_marks::quoted_spans(doc);
        let units = clause::clauses(doc, &quoted_spans);
        let words = |it: Option<Span>| it.map_or("?", |it| it.slice(text));
        let line = |it: &Attribution| {
            let contents: Vec<&str> = it.contents.iter().map(|it| it.slice(text)).collect();
            format!("{} | {} | {}", words(it.source), words(it.cue), contents.join(" … "))
        };
        extract(doc, &quoted_spans, &units, &CueVerbs::embedded()).attributions.iter().map(line).collect()
    })
}

#[test]
fn a_report_names_its_source_its_cue_and_its_words() {
    for (text, expected) in [
        ("“We won,” Ann Lee said.", "Ann Lee | said | “We won,”"),
        ("“We won,” said Ann Lee, a doctor.", "Ann Lee, a doctor | said | “We won,”"),
        ("“We,” Lee said, “won.”", "Lee | said | “We,” … “won.”"),
        ("Lee said: “We won.”", "Lee | said | “We won.”"),
        ("Lee said the river was clean.", "Lee | said | the river was clean"),
        ("Lee said that the river was clean.", "Lee | said | that the river was clean"),
        ("Lee told reporters on Monday that it rained.", "Lee | told | that it rained"),
        ("The river is clean, Lee said on Monday.", "Lee | said | The river is clean"),
        ("The tax, he said, would hurt the poor.", "he | said | The tax … would hurt the poor"),
        ("It was, she said, more of a “wide river”.", "she | said | It was … more of a “wide river”"),
        ("According to the agency, the river is clean.", "the agency | According to | the river is clean"),
        ("The river is clean, according to the agency.", "the agency | according to | The river is clean"),
        ("Lee said it was “not a fight between us.”", "Lee | said | it was “not a fight between us.”"),
        (
            "The town had “greater will, greater means,” Lee said after talks.",
            "Lee | said | The town had “greater will, greater means,”",
        ),
        ("“Part of it” will go, the official said.", "the official | said | “Part of it” will go"),
        ("Lee: “We won.”", "Lee | : | “We won.”"),
        ("“We won.” – Ann Lee", "Ann Lee | ? | “We won.”"),
        ("“We won,” the mayor was quoted as saying.", "the mayor | was quoted as saying | “We won,”"),
        (
            "The Herald quotes skipper Bo Ray as saying the ferry would sail.",
            "skipper Bo Ray | as saying | the ferry would sail",
        ),
        ("In May, Lee said the river was clean.", "Lee | said | the river was clean"),
        ("It was “cold”, the auditors’ report said.", "the auditors’ report | said | It was “cold”"),
        (
            "Ray, the mayor, called the plan “a tax on rain”.",
            "Ray, the mayor | called | the plan “a tax on rain”",
        ),
        ("“We,” Lee told the Post, according to the Sun.", "Lee | told | “We,”"),
        ("Lee called the plan “a disaster”.", "Lee | called | the plan “a disaster”"),
    ] {
        assert_eq!(found(text), [expected], "{text}");
    }
}

#[test]
fn one_sentence_may_hold_several_reports() {
    for (text, expected) in [
        (
            "“It rained,” Lee said, adding “huge drops” had fallen in Oslo.",
            ["Lee | said | “It rained,”", "Lee | adding | “huge drops” had fallen in Oslo"],
        ),
        (
            "Lee said it rained and added that it was late.",
            ["Lee | said | it rained", "Lee | added | that it was late"],
        ),
        (
            "Lee said it rained and warned against panic.",
            ["Lee | said | it rained", "Lee | warned against | panic"],
        ),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn a_participle_reports_for_the_subject_of_its_sentence() {
    assert_eq!(
        found("Mayor Lee left for Oslo, insisting the talks were over."),
        ["Mayor Lee | insisting | the talks were over"]
    );
}

#[test]
fn refused_and_denied_speech_reports_nothing() {
    for text in [
        "Lee declined to say more.",
        "Lee did not say when.",
        "She never said it rained.",
        "The report was long.",
        "Lee was told to leave.",
        "Her claims were wide.",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}
