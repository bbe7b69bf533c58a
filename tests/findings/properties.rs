//! Properties of the findings of any text, however odd.

use std::collections::HashSet;

use proptest::prelude::*;
use pullquote::analysis::Analysis;
use pullquote::engine::Engine;
use pullquote::load;
use pullquote::span::Span;
use pullquote::story::Story;

use super::read;

/// Words and punctuation on which the engine's rules depend, separated by `|`.
const PIECES: &str = "“|”|‘|’|\"|'|''|``|«|»|„|‹|›|(|)|[|]|—| - |–|…|:|,|.|?|!| | | | |\n|\n\n|\n\n|said|says|\
    told|added|insisting|called|according to|that|who|claim|did not say|asked|and|he|she|They|\
    it|It|the official|the judge|President|Mr|Dr|spokeswoman for|Ann Lee|Lee|Bo Ray|O’Neil|\
    Harbour Council|Oslo|UN|(UN)|US Secretary of State|researchers|river|Q: |A: |By |Photo: |\
    OSLO (AP) — |Read more|'60s|players'|é|ﬁ|İ|ß|日本|👩‍🚒|\u{301}|\u{feff}";

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_findings_of_any_words_and_marks_point_into_their_story(
        pieces in prop::collection::vec(prop::sample::select(PIECES.split('|').collect::<Vec<_>>()), 0..80),
        spaces in any::<bool>(),
    ) {
        let (story, analysis) = read(&pieces.join(if spaces { " " } else { "" }));
        check_invariants(&story, &analysis)?;
    }

    #[test]
    fn the_findings_of_any_text_point_into_their_story(text in "\\PC{0,200}", lines in "(\\PC{0,30}\n){0,8}") {
        for text in [text, lines] {
            let (story, analysis) = read(&text);
            check_invariants(&story, &analysis)?;
        }
    }
}

/// A long paragraph ends in time, whatever it repeats.
#[test]
fn a_paragraph_of_nothing_but_marks_comes_to_an_end() {
    const BYTES: usize = 100_000;
    for mark in [
        "'",
        "\"",
        "“",
        "”",
        "“a ",
        " '",
        "\"'",
        "“‘",
        "“” ",
        "said ",
        "\" said Lee. ",
        "Lee, who ",
        "Ann Lee (AL) ",
    ] {
        let (story, analysis) = read(&mark.repeat(BYTES / mark.len()));
        check_invariants(&story, &analysis).unwrap();
    }
    // Speech, cues and names at once, for the stages after the tagger.
    let (story, analysis) = read(&"“We won,” said Ann Lee (AL), who left. ".repeat(BYTES / 40));
    check_invariants(&story, &analysis).unwrap();
}

/// A run of names, titles and acronyms has no greatest length in a text; the depth and the time of the search for names do
/// not depend on it.
#[test]
fn a_run_of_names_without_an_end_is_read() {
    const BYTES: usize = 100_000;
    let engine = Engine::rules_only();
    for words in [
        "US ",
        "U.S. ",
        "Asia ",
        "May ",
        "Monday ",
        "Ann Lee ",
        "Lee & ",
        "U.S. Mr. Dr. ",
        "Mr. Oslo ",
        "Oslo Mayor ",
        "Ann Lee and Bo Ray, ",
    ] {
        let text = words.repeat(BYTES / words.len()) + "spoke.\n\n“We won,” said Marta Osei.";
        let story = load::from_text(&text);
        let analysis = engine.analyze(&story);
        check_invariants(&story, &analysis).unwrap();
        let last = analysis.quotes.last().and_then(|it| it.speaker);
        assert_eq!(last.map(|it| analysis.entities[it].name.as_str()), Some("Marta Osei"), "{words}");
    }
}

/// The same with the language model, which finds names of its own in a run.
#[test]
fn a_run_of_names_is_read_with_the_language_model_too() {
    const BYTES: usize = 30_000;
    for words in ["US ", "Monday ", "Ann Lee ", "U.S. Mr. Dr. "] {
        let (story, analysis) = read(&words.repeat(BYTES / words.len()));
        check_invariants(&story, &analysis).unwrap();
    }
}

/// Depth is no matter of the length: a quarter of the stack of a thread suffices for runs that once overflowed all of it.
#[test]
fn a_run_of_names_and_titles_fits_a_small_stack() {
    /// In bytes.
    const STACK: usize = 512 << 10;
    let read = || {
        for (words, bytes) in [
            ("Mr. Oslo ", 200_000),
            ("Oslo Mayor ", 200_000),
            ("Oslo ", 20_000),
            ("France ", 20_000),
            ("Cuba ", 20_000),
            ("U.K. ", 20_000),
        ] {
            let story = load::from_text(&words.repeat(bytes / words.len()));
            Engine::rules_only().analyze(&story);
        }
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(read);
    thread.expect("a thread").join().expect("it ends");
}

/// What the rules and the language model have found both is one quote.
#[test]
fn no_words_are_two_quotes_with_or_without_the_language_model() {
    let rules = Engine::rules_only();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for folder in ["tests/stories", "assets/stories"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the stories").flatten() {
            if entry.path().extension().is_some_and(|it| it == "findings") {
                continue;
            }
            let story = load::from_path(&entry.path(), None).expect("it is a story");
            for engine in [&rules, super::engine()] {
                let analysis = engine.analyze(&story);
                check_invariants(&story, &analysis).unwrap();
                count += analysis.quotes.len();
            }
        }
    }
    // The examples of single rules have their quotes in few words.
    for table in ["attribution", "subjects", "phenomena"] {
        let text = std::fs::read_to_string(root.join("tests/findings").join(table).with_extension("txt"));
        for paragraph in text.expect("the table").split("\n\n") {
            let story = load::from_text(paragraph);
            check_invariants(&story, &rules.analyze(&story)).unwrap();
        }
    }
    assert!(count > 100, "{count}");
}

/// Checks what is true of every analysis.
fn check_invariants(story: &Story, analysis: &Analysis) -> Result<(), TestCaseError> {
    let is_inside = |span: Span| !span.is_empty() && !span.slice(story.text()).is_empty();
    let is_disjoint = |spans: &[Span]| spans.windows(2).all(|two| two[0].end <= two[1].start);
    for (number, entity) in analysis.entities.iter().enumerate() {
        prop_assert!(!entity.name.trim().is_empty() && !entity.mentions.is_empty(), "{entity:?}");
        prop_assert!(entity.members.iter().all(|it| *it < analysis.entities.len() && *it != number));
        let spans: Vec<Span> = entity.mentions.iter().map(|it| it.span).collect();
        prop_assert!(spans.iter().all(|it| is_inside(*it)) && is_disjoint(&spans), "{entity:?}");
    }
    let mentioned: Vec<Span> =
        analysis.entities.iter().flat_map(|it| it.mentions.iter().map(|it| it.span)).collect();
    let unique: HashSet<Span> = mentioned.iter().copied().collect();
    prop_assert!(unique.len() == mentioned.len(), "two entities are meant by the same words: {analysis:?}");
    let first_mentions: Vec<Option<Span>> =
        analysis.entities.iter().map(|it| it.mentions.first().map(|it| it.span)).collect();
    prop_assert!(first_mentions.is_sorted_by_key(|it| it.map(|it| it.start)), "entities out of order");
    prop_assert!(analysis.quotes.is_sorted_by_key(|it| it.extent().start), "quotes out of order");
    let parts: HashSet<&Vec<Span>> = analysis.quotes.iter().map(|it| &it.parts).collect();
    prop_assert!(
        parts.len() == analysis.quotes.len(),
        "the same words are quoted twice: {:?}",
        analysis.quotes
    );
    for quote in &analysis.quotes {
        prop_assert!(!quote.text(story.text()).trim().is_empty(), "{quote:?}");
        prop_assert!(!quote.parts.is_empty() && quote.parts.iter().all(|it| is_inside(*it)), "{quote:?}");
        prop_assert!(is_disjoint(&quote.parts), "{quote:?}");
        prop_assert!(quote.speaker.is_none_or(|it| it < analysis.entities.len()), "{quote:?}");
        prop_assert!(
            quote.speaker_mention.is_none_or(is_inside) && quote.cue.is_none_or(is_inside),
            "{quote:?}"
        );
        prop_assert!((0.0..=1.0).contains(&quote.confidence), "{quote:?}");
    }
    Ok(())
}
