//! Joint sources: the several names of one source, "Ann Lee, Bo Ray and the Harbour Council".

use crate::analysis::EntityKind;
use crate::engine::coreference::nominal_source::{is_preposition, is_relative};
use crate::engine::coreference::source_phrase::{SourceKind, SourceParser};

impl SourceParser<'_> {
    /// Joint speakers: "Lee and Ray", "Ann Lee, Bo Ray and the Harbour Council".
    pub(super) fn parse_joint(&self) -> Option<SourceKind> {
        let inside = self.names_inside();
        let mut joined: Vec<usize> = Vec::new();
        for name in inside.filter(|it| {
            let kind = self.entity_mentions[*it].kind;
            kind != EntityKind::Place && !self.owns_office(*it) && !self.is_in_role(*it)
        }) {
            let Some(last) = joined.last() else {
                joined.push(name);
                continue;
            };
            let between = self.words_between(*last, name);
            let both = self.entity_mentions[*last].kind == EntityKind::Person
                && self.entity_mentions[name].kind == EntityKind::Person;
            // "Lee, | standing beside her lawyer, Bo Ray, and two others,": an aside on the first name.
            let is_aside = matches!(&between[..], [comma, participle, .., last]
                if comma == "," && participle.len() > 4 && participle.ends_with("ing") && last == ",");
            if is_aside {
                break;
            }
            let linked = between.iter().rposition(|it| matches!(it.as_str(), "and" | "," | "&" | "or"));
            // "Ann Lee, standing beside her lawyer, Bo Ray, …": the second one is only in the words about the first.
            let has_participle =
                matches!(&between[..], [comma, word, ..] if comma == "," && word.ends_with("ing"));
            let plain = !has_participle
                && between
                    .iter()
                    .all(|it| !is_preposition(it) && !is_relative(it) && it != "'s" && it != "’s");
            let close = linked.is_some_and(|it| {
                between[it..].iter().all(|it| !is_preposition(it) && it != "'s" && it != "’s")
            });
            let anded = between.iter().any(|it| it == "and" || it == "&");
            if linked.is_some() && close && (plain || (both && anded)) {
                joined.push(name);
            } else if linked.is_some() && both {
                break;
            }
        }
        let (first, last) = (*joined.first()?, *joined.last()?);
        let starts = self.entity_mentions[first].tokens.start < self.head_end()
            || self.is_introduced(first)
            || self.is_apposed_to_several(first);
        // "Lee, Norbex founder and president": the "and" stands between the names, or between the last and others.
        let end = self.entity_mentions[last].tokens.end;
        let end = (end + 1 + usize::from(self.doc.word(end) == ",")).min(self.tokens.end);
        let anded =
            (self.entity_mentions[first].tokens.end..end).any(|it| matches!(self.doc.word(it), "and" | "&"));
        (starts && anded && joined.len() > 1).then_some(SourceKind::Joint(joined))
    }

    /// Whether a name of an organisation stands in apposition to a number of them: "Two airlines, | Tarn Air | and Solway Jet".
    fn is_apposed_to_several(&self, name: usize) -> bool {
        let name = &self.entity_mentions[name];
        let article = usize::from(self.doc.word(name.tokens.start - 1) == "the");
        let comma = name.tokens.start - 1 - article;
        let noun = self.doc.lower(comma.saturating_sub(1));
        let opens = self.doc.lower(self.tokens.start);
        name.kind == EntityKind::Organisation
            && comma > self.tokens.start
            && comma == self.head_end()
            && self.doc.word(comma) == ","
            && noun.ends_with('s')
            && matches!(opens.as_str(), "at" | "both" | "four" | "several" | "the" | "three" | "two")
    }

    /// The words in lower case between two names without the office of the second: "Ann Lee | and | Minister of Planning Bo Ray".
    fn words_between(&self, one: usize, other: usize) -> Vec<String> {
        let (one, other) = (&self.entity_mentions[one], &self.entity_mentions[other]);
        // "The Tarn Council president and port director Ann Lee": one person, though the council is named first.
        let is_office = |at: &usize| {
            let offset = self.doc.tokens[*at].span.start;
            one.kind == EntityKind::Person && other.roles.iter().any(|it| it.contains(offset))
        };
        (one.tokens.end..other.tokens.start)
            .filter(|it| !is_office(it))
            .map(|it| self.doc.lower(it))
            .collect()
    }
}
