//! An analysis: its counts, selections and names of kinds.

use super::*;

fn entity(name: &str, members: Vec<usize>) -> Entity {
    let kind = if members.is_empty() { EntityKind::Person } else { EntityKind::Group };
    Entity { members, ..Entity::new(kind, name) }
}

fn quote(speaker: Option<usize>, parts: &[(usize, usize)]) -> Quote {
    let parts = parts.iter().map(|it| Span::new(it.0, it.1)).collect();
    Quote { speaker, confidence: 0.4, ..Quote::new(QuoteKind::Direct, parts) }
}

#[test]
fn a_member_of_a_joint_speaker_said_it_too() {
    let analysis = Analysis {
        entities: vec![
            entity("Ann Lee", vec![]),
            entity("Bo Ray", vec![]),
            entity("Lee and Ray", vec![0, 1]),
        ],
        quotes: vec![quote(Some(2), &[(0, 4)]), quote(Some(0), &[(5, 9)]), quote(None, &[(10, 14)])],
        ..Analysis::default()
    };
    assert_eq!(analysis.quotes_of(0), [0, 1]);
    assert_eq!(analysis.quotes_of(1), [0]);
    assert_eq!(analysis.quotes_of(2), [0]);
    assert_eq!(analysis.quotes_by_entity(), [vec![0, 1], vec![0], vec![0]]);
}

#[test]
fn an_organisation_has_the_quotes_of_its_people_and_papers() {
    let person = Entity { affiliation: Some(1), ..entity("Ann Lee", vec![]) };
    let analysis = Analysis {
        entities: vec![
            person,
            Entity::new(EntityKind::Organisation, "Norbex"),
            entity("Bo Ray", vec![]),
            entity("Lee and Ray", vec![0, 2]),
        ],
        quotes: [Some(0), Some(1), Some(2), Some(3), None].map(|it| quote(it, &[(0, 4)])).to_vec(),
        ..Analysis::default()
    };
    assert_eq!(analysis.quotes_of_affiliates(1), [0, 1, 3]);
    assert_eq!(analysis.quotes_of_affiliates(2), [2, 3]);
}

#[test]
fn without_stance_no_source_is_left_that_said_nothing() {
    let unnamed = |name: &str| Entity::new(EntityKind::Unnamed, name);
    let stance = |speaker| Quote { act: Act::Stance, ..quote(Some(speaker), &[(0, 4)]) };
    let analysis = Analysis {
        entities: vec![
            unnamed("the board"),
            entity("Ann Lee", vec![]),
            unnamed("an aide"),
            Entity { affiliation: Some(1), ..unnamed("a guard") },
            entity("Lee and a guard", vec![1, 3]),
        ],
        quotes: vec![stance(0), stance(1), quote(Some(2), &[(5, 9)]), stance(3), quote(Some(4), &[])],
        rejected: vec![quote(Some(2), &[])],
        ..Analysis::default()
    };
    let speech = analysis.without_stance();
    let names: Vec<&str> = speech.entities.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Ann Lee", "an aide", "a guard", "Lee and a guard"]);
    assert_eq!(speech.entities[2].affiliation, Some(0));
    assert_eq!(speech.entities[3].members, [0, 2]);
    let speakers: Vec<Option<usize>> = speech.quotes.iter().map(|it| it.speaker).collect();
    assert_eq!(speakers, [Some(1), Some(3)]);
    assert_eq!(speech.rejected[0].speaker, Some(1));
}

#[test]
fn a_split_quote_extends_over_its_cue_and_says_its_parts() {
    let split = quote(Some(0), &[(0, 4), (9, 13)]);
    assert_eq!(split.extent(), Span::new(0, 13));
    assert_eq!(split.text("'We' Ann 'won'"), "'We' 'won");
}

#[test]
fn two_quotations_that_the_reporter_divides_keep_their_own_marks_and_nothing_seems_left_out() {
    for (kind, story, text, copied) in [
        (
            QuoteKind::Direct,
            "[“We lost,”] Lee said. [“We will build.”]",
            "“We lost,” “We will build.”",
            "“We lost,” “We will build.”",
        ),
        (
            QuoteKind::Direct,
            "[\"We lost,\"] Lee said, [\"twice.\"]",
            "\"We lost,\" \"twice.\"",
            "“We lost,” “twice.”",
        ),
        (
            QuoteKind::Direct,
            "[‘We lost,’] Lee said. [‘It isn’t the workers’.’]",
            "‘We lost,’ ‘It isn’t the workers’.’",
            "“We lost,” “It isn’t the workers’.”",
        ),
        (
            QuoteKind::Direct,
            "[“She said ‘no’,”] Lee told us. [“‘Never.’”]",
            "“She said ‘no’,” “‘Never.’”",
            "“She said ‘no’,” “‘Never.’”",
        ),
        // A paragraph that is quoted on ends without a mark.
        (
            QuoteKind::Direct,
            "[“We lost.]\n[“We will build.”]",
            "“We lost. “We will build.”",
            "“We lost. We will build.”",
        ),
        (
            QuoteKind::Direct,
            "[“We lost,”] Lee said. [“And why?]\n[“Rain.”]",
            "“We lost,” “And why? “Rain.”",
            "“We lost,” “And why? Rain.”",
        ),
        (
            QuoteKind::Mixed,
            "[the boat “is old,”] Lee said, [“but sound.”]",
            "the boat “is old,” “but sound.”",
            "the boat “is old,” “but sound.”",
        ),
        // Of what the reporter tells, words are left out.
        (
            QuoteKind::Indirect,
            "[The boat], Lee said, [would sail]",
            "The boat … would sail",
            "The boat … would sail",
        ),
        (
            QuoteKind::Mixed,
            "[The workers’ boat], Lee said, [is “old”]",
            "The workers’ boat … is “old”",
            "The workers’ boat … is “old”",
        ),
    ] {
        let plain = story.replace(['[', ']'], "");
        let mut parts = Vec::new();
        let mut starts = Vec::new();
        for (place, ch) in story.match_indices(['[', ']']) {
            let offset = place - starts.len() - parts.len();
            match ch {
                "[" => starts.push(offset),
                _ => parts.push(Span::new(starts[parts.len()], offset)),
            }
        }
        let quote = Quote::new(kind, parts);
        assert_eq!(quote.text(&plain), text, "{story}");
        assert_eq!(quote.quotation(&plain), copied, "{story}");
    }
}

#[test]
fn only_a_named_speaker_can_be_doubtful() {
    assert!(quote(Some(0), &[]).is_doubtful());
    assert!(!quote(None, &[]).is_doubtful());
}

#[test]
fn public_types_cross_threads() {
    const fn is_thread_safe<T: Send + Sync>() {}
    is_thread_safe::<Analysis>();
    is_thread_safe::<crate::story::Story>();
    is_thread_safe::<crate::engine::Engine>();
    is_thread_safe::<crate::correction::Correction>();
    is_thread_safe::<crate::load::Error>();
}

#[test]
fn a_kind_is_displayed_by_its_name_and_padded_as_asked() {
    assert_eq!(format!("{:>7}|{}", QuoteKind::Mixed, EntityKind::Place), "partial|place");
    assert_eq!(format!("{} {}", MentionKind::Name, AttributionRule::default()), "name unknown");
}

#[test]
fn a_paraphrase_tells_the_verb_without_which_it_would_be_misunderstood() {
    for (text, cue, expected) in [
        ("Lee denied that it leaked", "denied", Some("denied")),
        ("Lee never said it leaked", "never said", Some("never said")),
        ("Lee has\npromised it", "has\npromised", Some("has promised")),
        ("Lee said in a letter it leaked", "said in a letter", None),
        ("It leaked, the paper reports", "reports", None),
        ("Lee stated that it leaked", "stated", None),
        ("The paper never reported that it leaked", "never reported", Some("never reported")),
        ("It leaked, according to Lee", "according to", None),
    ] {
        let mut quote = Quote::new(QuoteKind::Indirect, vec![Span::new(0, 3)]);
        let start = text.find(cue).unwrap();
        quote.cue = Some(Span::new(start, start + cue.len()));
        assert_eq!(quote.telling_cue(text).as_deref(), expected, "{text}");
        quote.kind = QuoteKind::Direct;
        assert_eq!(quote.telling_cue(text), None, "{text}");
    }
}
