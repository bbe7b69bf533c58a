//! Selection: the quotes of an analysis by speaker, kind, confidence and affiliation.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::analysis::{Analysis, Entity, QuoteKind};

/// Which quotes to keep. A quote must meet every condition that is set; an empty selection keeps all quotes.
///
/// ```
/// use pullquote::analysis::{Analysis, QuoteKind};
/// use pullquote::selection::QuoteSelection;
///
/// let selection = QuoteSelection { kinds: vec![QuoteKind::Direct], ..QuoteSelection::default() };
/// assert!(selection.apply(Analysis::default()).quotes.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuoteSelection {
    /// Names or aliases of speakers, or some words of them, in any case and with or without accents; the quotes of any of them are kept.
    /// Joint quotes count for each member.
    pub speakers: Vec<String>,
    /// Names or aliases of organisations; quotes of the organisation and of all who speak for it are kept.
    pub affiliations: Vec<String>,
    /// The kinds of quotes.
    pub kinds: Vec<QuoteKind>,
    /// The least confidence, from 0 to 1.
    pub min_confidence: f32,
}

impl QuoteSelection {
    /// The analysis with the selected quotes only; its entities stay, and quotes and speakers keep their numbers in exports.
    pub fn apply(&self, analysis: Analysis) -> Analysis {
        let speakers = (!self.speakers.is_empty()).then(|| self.speaking_entities(&analysis.entities));
        let affiliates = (!self.affiliations.is_empty()).then(|| self.affiliates(&analysis.entities));
        let is_among = |entities: &Option<HashSet<usize>>, speaker: Option<usize>| {
            entities.as_ref().is_none_or(|it| speaker.is_some_and(|speaker| it.contains(&speaker)))
        };
        analysis.excerpted(&self.describe(), |_, quote| {
            (self.kinds.is_empty() || self.kinds.contains(&quote.kind))
                && quote.confidence >= self.min_confidence
                && is_among(&speakers, quote.speaker)
                && is_among(&affiliates, quote.speaker)
        })
    }

    /// The selection in words: "only Kerry · for the State Department · quotations · confidence of 70 % or more".
    fn describe(&self) -> String {
        let mut parts = Vec::new();
        if !self.speakers.is_empty() {
            parts.push(self.speakers.join(", "));
        }
        if !self.affiliations.is_empty() {
            parts.push(format!("for {}", self.affiliations.join(", ")));
        }
        if !self.kinds.is_empty() {
            parts.push(QuoteKind::describe_all(&self.kinds));
        }
        if self.min_confidence > 0.0 {
            parts.push(format!("confidence of {:.0} % or more", self.min_confidence * 100.0));
        }
        format!("only {}", parts.join(" · "))
    }

    /// The numbers of the entities with one of the names, and of the groups that have such a member.
    fn speaking_entities(&self, entities: &[Entity]) -> HashSet<usize> {
        let named = entities_named(&self.speakers, entities);
        with_groups(named, entities)
    }

    /// The numbers of the named organisations, of all that speak for them, and of the groups with such a member.
    fn affiliates(&self, entities: &[Entity]) -> HashSet<usize> {
        let mut found = entities_named(&self.affiliations, entities);
        let organizations = found.clone();
        let speaks_for =
            |it: &(usize, &Entity)| it.1.affiliation.is_some_and(|it| organizations.contains(&it));
        found.extend(entities.iter().enumerate().filter(speaks_for).map(|it| it.0));
        with_groups(found, entities)
    }
}

/// The numbers of the entities that have one of the names, or a name with these words: "Lee" finds Ann Lee.
fn entities_named(names: &[String], entities: &[Entity]) -> HashSet<usize> {
    let wanted: Vec<Vec<String>> = names.iter().map(|it| words(it)).filter(|it| !it.is_empty()).collect();
    let has_words = |name: &String| {
        let name = words(name);
        wanted.iter().any(|it| name.windows(it.len()).any(|part| part == it.as_slice()))
    };
    let is_named = |entity: &Entity| has_words(&entity.name) || entity.aliases.iter().any(has_words);
    entities.iter().enumerate().filter(|it| is_named(it.1)).map(|it| it.0).collect()
}

fn with_groups(mut found: HashSet<usize>, entities: &[Entity]) -> HashSet<usize> {
    let groups: Vec<usize> = entities
        .iter()
        .enumerate()
        .filter(|it| it.1.members.iter().any(|member| found.contains(member)))
        .map(|it| it.0)
        .collect();
    found.extend(groups);
    found
}

/// The words of a name in lower case, without accents.
fn words(name: &str) -> Vec<String> {
    let folded: String =
        name.nfd().filter(|it| !is_combining_mark(*it)).flat_map(char::to_lowercase).collect();
    folded.split_whitespace().map(Into::into).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{EntityKind, Quote};
    use crate::span::Span;

    /// César Delmar speaks for the Transport Board; Ann Lee speaks once alone and once with him.
    fn analysis() -> Analysis {
        let mut cesar = Entity::new(EntityKind::Person, "César Delmar");
        cesar.aliases = vec!["Delmar".into()];
        cesar.affiliation = Some(2);
        let ann = Entity::new(EntityKind::Person, "Ann Lee");
        let board = Entity::new(EntityKind::Organisation, "Transport Board");
        let mut both = Entity::new(EntityKind::Group, "Delmar and Lee");
        both.members = vec![0, 1];
        let quote = |kind, start, speaker, confidence| {
            let mut quote = Quote::new(kind, vec![Span::new(start, start + 3)]);
            quote.speaker = speaker;
            quote.confidence = confidence;
            quote
        };
        let quotes = vec![
            quote(QuoteKind::Direct, 0, Some(0), 0.9),
            quote(QuoteKind::Indirect, 10, Some(1), 0.8),
            quote(QuoteKind::Mixed, 20, Some(3), 0.4),
            quote(QuoteKind::Direct, 30, Some(2), 0.7),
            quote(QuoteKind::Direct, 40, None, 0.6),
        ];
        Analysis { entities: vec![cesar, ann, board, both], quotes, ..Analysis::default() }
    }

    /// Where the selected quotes start.
    fn selected(selection: &QuoteSelection) -> Vec<usize> {
        selection.apply(analysis()).quotes.iter().map(|it| it.extent().start).collect()
    }

    #[test]
    fn an_empty_selection_keeps_all_quotes() {
        assert_eq!(selected(&QuoteSelection::default()), [0, 10, 20, 30, 40]);
    }

    #[test]
    fn a_speaker_is_found_by_name_by_alias_by_surname_and_in_groups() {
        for (name, starts) in [
            ("cesar delmar", &[0, 20][..]),
            ("DELMAR", &[0, 20]),
            (" Ann Lee ", &[10, 20]),
            ("lee", &[10, 20]),
            ("Le", &[]),
            ("", &[]),
        ] {
            let selection = QuoteSelection { speakers: vec![name.into()], ..QuoteSelection::default() };
            assert_eq!(selected(&selection), starts, "{name}");
        }
    }

    #[test]
    fn an_organisation_speaks_through_its_people() {
        let affiliations = vec!["Transport Board".into()];
        assert_eq!(selected(&QuoteSelection { affiliations, ..QuoteSelection::default() }), [0, 20, 30]);
    }

    #[test]
    fn kind_and_confidence_narrow_the_selection() {
        let kinds = vec![QuoteKind::Direct, QuoteKind::Mixed];
        assert_eq!(selected(&QuoteSelection { kinds, ..QuoteSelection::default() }), [0, 20, 30, 40]);
        assert_eq!(
            selected(&QuoteSelection { min_confidence: 0.7, ..QuoteSelection::default() }),
            [0, 10, 30]
        );
    }
}
