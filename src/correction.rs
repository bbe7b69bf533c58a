//! Corrections by the user: another speaker, an unknown speaker, or no quote at all.

use std::cmp::Reverse;

use crate::analysis::{Analysis, AttributionRule, Entity, EntityKind, Quote};
use crate::span::Span;
use crate::text_safety::{one_line, remove_unsafe};

/// The user's correction of one quote of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The parts of the quote when the user corrected it, in reading order. They identify the quote even if another
    /// version of the engine finds other boundaries.
    pub parts: Vec<Span>,
    /// What the user corrected.
    pub verdict: Verdict,
}

/// The user's verdict on a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The name of the speaker, who need not be named in the story.
    Said(String),
    /// The speaker is unknown.
    UnknownSpeaker,
    /// This is not a quote.
    NotAQuote,
}

impl Correction {
    /// A correction of `quote`.
    pub fn new(quote: &Quote, verdict: Verdict) -> Self {
        Self { parts: quote.parts.clone(), verdict }
    }

    /// The index of the most similar of these quotes (Jaccard similarity of bytes); `None` where none is above one half.
    pub fn quote_among(&self, quotes: &[Quote]) -> Option<usize> {
        let own_bytes = total_bytes(&self.parts);
        let similarity = |(index, quote): (usize, &Quote)| {
            let shared = shared_bytes(&self.parts, &quote.parts);
            let union = own_bytes + total_bytes(&quote.parts) - shared.min(own_bytes);
            (2 * shared > union).then(|| (index, shared as f64 / union as f64))
        };
        let similar = quotes.iter().enumerate().filter_map(similarity);
        similar.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(index, _)| index)
    }
}

/// Applies corrections to an analysis; the later of two corrections of one quote wins. A corrected quote has
/// [`AttributionRule::User`]; what is not a quote moves to [`Analysis::rejected`]. The quotes keep their numbers.
pub fn apply(corrections: &[Correction], found: Analysis) -> Analysis {
    let mut verdicts = vec![None; found.quotes.len()];
    for correction in corrections {
        if let Some(quote) = correction.quote_among(&found.quotes) {
            verdicts[quote] = Some(&correction.verdict);
        }
    }
    let original_numbers = Some(found.speaker_numbers());
    let numbers: Vec<usize> = (0..found.quotes.len()).map(|it| found.quote_number(it) - 1).collect();
    let Analysis { mut entities, quotes, mut rejected, analyzed_to, .. } = found;
    let mut kept = Vec::with_capacity(quotes.len());
    let mut kept_numbers = Vec::with_capacity(quotes.len());
    for ((mut quote, verdict), number) in quotes.into_iter().zip(verdicts).zip(numbers) {
        if verdict != Some(&Verdict::NotAQuote) {
            kept_numbers.push(number);
        }
        let speaker = match verdict {
            None => {
                kept.push(quote);
                continue;
            }
            Some(Verdict::NotAQuote) => {
                rejected.push(quote);
                continue;
            }
            Some(Verdict::UnknownSpeaker) => None,
            Some(Verdict::Said(name)) => find_or_add_entity(name, &quote, &mut entities),
        };
        let mentions_speaker = |span: &Span| {
            let mentions = speaker.map_or(&[][..], |entity| &entities[entity].mentions);
            mentions.iter().any(|it| it.span.overlaps(*span))
        };
        quote.speaker_mention = quote.speaker_mention.filter(mentions_speaker);
        quote.speaker = speaker;
        quote.rule = AttributionRule::User;
        quote.confidence = 1.0;
        kept.push(quote);
    }
    rejected.sort_by_key(|it| it.extent().start);
    let original_quotes = (!rejected.is_empty()).then_some(kept_numbers);
    Analysis {
        entities,
        quotes: kept,
        rejected,
        original_numbers,
        original_quotes,
        excerpt: None,
        analyzed_to,
    }
}

/// The number of the entity with this name, added as a person where there is none; `None` for a name without a word.
/// A full name comes before an alias, a person before a place, the nearer of two namesakes before the other.
fn find_or_add_entity(name: &str, quote: &Quote, entities: &mut Vec<Entity>) -> Option<usize> {
    let name = sanitize_name(name);
    let wanted = name.to_lowercase();
    if wanted.is_empty() {
        return None;
    }
    let at = quote.extent().start;
    let distance = |entity: &Entity| {
        entity.mentions.iter().map(|it| it.span.start.abs_diff(at)).min().unwrap_or(usize::MAX)
    };
    let known = entities.iter().enumerate().filter_map(|(number, entity)| {
        let is_name = entity.name.to_lowercase() == wanted;
        let has_name = is_name || entity.aliases.iter().any(|it| it.to_lowercase() == wanted);
        has_name.then(|| (Reverse(is_name), entity.kind, distance(entity), number))
    });
    if let Some((.., number)) = known.min() {
        return Some(number);
    }
    entities.push(Entity::new(EntityKind::Person, name));
    Some(entities.len() - 1)
}

/// A name on one line, without what is unsafe.
fn sanitize_name(name: &str) -> String {
    let is_space = |it: char| it.is_control() || it.is_whitespace();
    one_line(&remove_unsafe(&name.replace(is_space, " ")))
}

/// The total length of all parts in bytes.
fn total_bytes(parts: &[Span]) -> usize {
    parts.iter().map(|it| it.len()).sum()
}

/// How many bytes two quotes share.
fn shared_bytes(one: &[Span], other: &[Span]) -> usize {
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (a, b)));
    pairs.map(|(a, b)| a.end.min(b.end).saturating_sub(a.start.max(b.start))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Mention, MentionKind, QuoteKind};
    use proptest::prelude::*;

    fn spans(parts: &[(usize, usize)]) -> Vec<Span> {
        parts.iter().map(|it| Span::new(it.0, it.1)).collect()
    }

    fn quote(speaker: Option<usize>, parts: &[(usize, usize)]) -> Quote {
        Quote {
            speaker,
            speaker_mention: speaker.map(|it| Span::new(100 * it + 100, 100 * it + 103)),
            cue: Some(Span::new(90, 94)),
            rule: AttributionRule::Nearest,
            confidence: 0.4,
            ..Quote::new(QuoteKind::Direct, spans(parts))
        }
    }

    fn entity(kind: EntityKind, name: &str, alias: &str, at: usize) -> Entity {
        let mention = Mention { span: Span::new(at, at + 3), kind: MentionKind::Name };
        Entity { aliases: vec![alias.into()], mentions: vec![mention], ..Entity::new(kind, name) }
    }

    /// Ann Lee, Bo Ray, and a place and a person who go by the name of Ray; three quotes.
    fn found() -> Analysis {
        use EntityKind::{Person, Place};
        Analysis {
            entities: vec![
                entity(Person, "Ann Lee", "Lee", 100),
                entity(Person, "Bo Ray", "Ray", 200),
                entity(Place, "Ray", "", 300),
                entity(Person, "Cy Ray", "Ray", 20),
            ],
            quotes: vec![
                quote(Some(0), &[(0, 40)]),
                quote(None, &[(50, 60), (70, 80)]),
                quote(Some(1), &[(70, 78)]),
            ],
            ..Analysis::default()
        }
    }

    fn said(name: &str) -> Verdict {
        Verdict::Said(name.into())
    }

    fn corrected(parts: &[(usize, usize)], verdict: Verdict) -> Analysis {
        apply(&[Correction { parts: spans(parts), verdict }], found())
    }

    #[test]
    fn it_applies_to_the_quote_that_shares_most_with_what_was_seen() {
        for (parts, quote) in [
            (&[(0, 40)][..], Some(0)),
            (&[(1, 22)], Some(0)),
            (&[(1, 21)], None),
            (&[(0, 79)], Some(0)),
            (&[(0, 81)], None),
            (&[(50, 60), (70, 80)], Some(1)),
            (&[(70, 80)], Some(2)),
            (&[(81, 89)], None),
            (&[], None),
        ] {
            let correction = Correction { parts: spans(parts), verdict: Verdict::UnknownSpeaker };
            assert_eq!(correction.quote_among(&found().quotes), quote, "{parts:?}");
        }
    }

    #[test]
    fn a_name_is_looked_for_among_names_then_aliases_persons_first_and_near_ones() {
        for (name, speaker) in
            [("bo ray", 1), ("LEE", 0), (" Ann\u{202e}  L\u{fe01}ee\n", 0), ("Ray", 2), ("Dee Fox", 4)]
        {
            let analysis = corrected(&[(50, 60), (70, 80)], said(name));
            assert_eq!(analysis.quotes[1].speaker, Some(speaker), "{name}");
        }
        let mut namesakes = found();
        namesakes.entities.remove(2);
        let correction = Correction { parts: spans(&[(0, 40)]), verdict: said("ray") };
        assert_eq!(apply(&[correction], namesakes).quotes[0].speaker, Some(2), "the nearer of the two");
    }

    #[test]
    fn the_quotes_after_one_that_is_rejected_keep_their_numbers() {
        let rejected = |parts: &[(usize, usize)], found| {
            apply(&[Correction { parts: spans(parts), verdict: Verdict::NotAQuote }], found)
        };
        let analysis = rejected(&[(0, 40)], found());
        assert_eq!([0, 1].map(|it| analysis.quote_number(it)), [2, 3]);
        let analysis = rejected(&[(50, 60), (70, 80)], analysis);
        assert_eq!(analysis.quote_number(0), 3);
        let chosen = rejected(&[(0, 40)], found()).excerpted("the last", |number, _| number == 1);
        assert_eq!(chosen.quote_number(0), 3);
        assert_eq!(
            apply(&[], found()),
            Analysis { original_numbers: Some(found().speaker_numbers()), ..found() }
        );
    }

    #[test]
    fn a_corrected_quote_says_so_and_forgets_the_words_that_named_another() {
        let analysis = corrected(&[(0, 40)], said("Bo Ray"));
        let quote = &analysis.quotes[0];
        assert_eq!(
            (quote.speaker, quote.speaker_mention, quote.rule),
            (Some(1), None, AttributionRule::User)
        );
        assert!(quote.cue.is_some() && !quote.is_doubtful());
        let same = corrected(&[(0, 40)], said("Ann Lee"));
        assert_eq!(same.quotes[0].speaker_mention, found().quotes[0].speaker_mention);
        assert_eq!(corrected(&[(0, 40)], Verdict::UnknownSpeaker).quotes[0].speaker, None);
        assert_eq!(corrected(&[(0, 40)], said(" \u{200b}")).quotes[0].speaker, None);
    }

    #[test]
    fn a_new_name_is_one_entity_for_all_quotes_and_has_no_mention() {
        let one = |quote: usize| Correction::new(&found().quotes[quote], said("Dee \u{1b}Fox"));
        let analysis = apply(&[one(0), one(1)], found());
        assert_eq!(analysis.entities.len(), 5);
        assert_eq!((analysis.entities[4].name.as_str(), analysis.entities[4].mentions.len()), ("Dee Fox", 0));
        assert_eq!(analysis.quotes_of(4), [0, 1]);
    }

    #[test]
    fn what_is_no_quote_is_struck_and_of_two_corrections_the_later_holds() {
        let one = |verdict| Correction::new(&found().quotes[1], verdict);
        let analysis = apply(&[one(said("Lee")), one(Verdict::NotAQuote)], found());
        assert_eq!(analysis.quotes, [found().quotes[0].clone(), found().quotes[2].clone()]);
        assert_eq!(analysis.rejected, [found().quotes[1].clone()]);
        let analysis = apply(&[one(Verdict::NotAQuote), one(Verdict::UnknownSpeaker)], found());
        assert_eq!((analysis.quotes.len(), analysis.rejected.len()), (3, 0));
    }

    fn verdict() -> impl Strategy<Value = Verdict> {
        prop_oneof![
            "[A-Za-z \\x1b]{0,6}".prop_map(Verdict::Said),
            Just(Verdict::UnknownSpeaker),
            Just(Verdict::NotAQuote)
        ]
    }

    fn any_parts() -> impl Strategy<Value = Vec<Span>> {
        prop::collection::vec((0usize..40, 1usize..40), 0..4).prop_map(|steps| {
            let mut end = 0;
            let part = |(gap, length)| {
                let start = end + gap;
                end = start + length;
                Span::new(start, end)
            };
            steps.into_iter().map(part).collect()
        })
    }

    proptest! {
        #[test]
        fn order_and_numbers_hold_and_no_quote_is_lost(
            all in prop::collection::vec((any_parts(), verdict()), 0..8),
        ) {
            let corrections: Vec<Correction> =
                all.into_iter().map(|(parts, verdict)| Correction { parts, verdict }).collect();
            let analysis = apply(&corrections, found());
            prop_assert_eq!(analysis.quotes.len() + analysis.rejected.len(), found().quotes.len());
            let starts = |quotes: &[Quote]| quotes.iter().map(|it| it.extent().start).collect::<Vec<_>>();
            prop_assert!(starts(&analysis.quotes).is_sorted() && starts(&analysis.rejected).is_sorted());
            prop_assert_eq!(&analysis.entities[..4], &found().entities[..]);
            for quote in &analysis.quotes {
                prop_assert!(quote.speaker.is_none_or(|it| it < analysis.entities.len()));
            }
            let names = || analysis.entities.iter().flat_map(|it| it.name.chars());
            prop_assert!(!names().any(char::is_control));
            prop_assert_eq!(apply(&[], analysis.clone()), analysis);
        }
    }
}
