//! Sources before and after a cue, in single sentences.

use crate::engine::attribution::rules::sources::*;
use crate::engine::attribution::rules::subjects::clause_subject;
use crate::engine::tests::with_document;
use crate::engine::text::clause;
use crate::engine::text::quotation_marks;

/// The phrase that `find` finds at the last word `cue` of the text's only clause.
fn phrase(text: &str, cue: &str, find: impl Fn(ClauseView, usize) -> Option<Range<usize>>) -> String {
    with_document(text, |doc| {
        let quoted_spans = quotation_marks::quoted_spans(doc);
        let clauses = clause::clauses(doc, &quoted_spans);
        let clause = ClauseView { doc, quoted: &quoted_spans, items: &clauses[0].items };
        let at = (0..clause.items.len())
            .rev()
            .find(|it| clause.word(*it) == cue)
            .expect("the cue stands in the text");
        find(clause, at).map_or("?".into(), |it| clause.span(it).slice(text).to_owned())
    })
}

#[test]
fn the_subject_comes_before_its_cue() {
    for (text, expected) in [
        ("“We won,” Ann Lee said.", "Ann Lee"),
        ("It rained and Lee said no.", "Lee"),
        ("Hugh Hill, a doctor, said it rained.", "Hugh Hill, a doctor"),
        (
            "Mora Quill, who will also join the talks in Oslo, said no.",
            "Mora Quill, who will also join the talks in Oslo",
        ),
        ("A spokesman for the ministry said no.", "A spokesman for the ministry"),
        ("Researchers at the University of Oslo said no.", "Researchers at the University of Oslo"),
        ("The head of the agency said no.", "The head of the agency"),
        ("Ann Lee and Bo Ray said no.", "Ann Lee and Bo Ray"),
        ("After talks in Oslo, the foreign minister said no.", "the foreign minister"),
        ("He left early because she said no.", "she"),
        ("Ann “Red” Lee said no.", "Ann “Red” Lee"),
        ("Lee's lawyer said no.", "Lee's lawyer"),
        (
            "Lee, standing beside Ray, a cook, and two guards, said no.",
            "Lee, standing beside Ray, a cook, and two guards",
        ),
        ("A source close to the talks said no.", "A source close to the talks"),
        ("Police said no.", "Police"),
        ("“No,” the players' union said.", "the players' union"),
    ] {
        assert_eq!(phrase(text, "said", source_before_cue), expected, "{text}");
    }
}

#[test]
fn the_subject_may_come_after_its_cue() {
    for (text, expected) in [
        ("“We won,” said Ann Lee.", "Ann Lee"),
        ("“We won,” said Ann Lee, a doctor at the clinic.", "Ann Lee, a doctor at the clinic"),
        ("“We won,” said council leader Ann Lee on Monday.", "council leader Ann Lee"),
        ("“We won,” said a source close to the talks.", "a source close to the talks"),
        ("“We won,” said Lee in a statement.", "Lee"),
        ("“We won,” said Lee, adding that it was late.", "Lee"),
        ("“We won,” said he.", "he"),
        ("“We won,” said the captain, Ann Lee.", "the captain, Ann Lee"),
        ("“We won,” said the head of the agency.", "the head of the agency"),
    ] {
        assert_eq!(phrase(text, "said", |clause, at| source_after_cue(clause, at + 1)), expected, "{text}");
    }
}

#[test]
fn a_participle_borrows_the_subject_that_opens_its_clause() {
    for (text, expected) in [
        ("Mayor Ann Lee left on Monday, insisting it was late.", "Mayor Ann Lee"),
        ("In May, she left, insisting it was late.", "she"),
        ("The company rose, insisting it was late.", "The company"),
    ] {
        assert_eq!(phrase(text, "insisting", |clause, _| clause_subject(clause)), expected, "{text}");
    }
}
