//! Parts of the names of organisations that the tagger leaves out: the number of the branch of a union ("Dockers | Local 12"), the
//! town before "and District" ("Vell | and District Water Board").

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::Features;
use crate::engine::entities::segmentation::Candidate;
use crate::engine::text::tokens::TokenKind;
use crate::word_list::word_list;

/// Words before the number of a branch of a union or club: "Local 12".
const NUMBERED: &[&str] = &word_list!("numbered-branches");
/// The only such word that names a branch without its union.
const ALONE: &str = "Local";
/// How many words the name of a union before the word for its branch may have.
const MAX_UNION_WORDS: usize = 6;

/// The candidates, in reading order, with the parts that belong to their names and with the branches that none of them covers.
pub(crate) fn with_parts(features: &Features, candidates: Vec<Candidate>) -> Vec<Candidate> {
    with_towns(features, with_branches(features, candidates))
}

/// The candidates with the numbers of branches.
fn with_branches(features: &Features, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let branches: Vec<Range<usize>> =
        (0..features.doc.tokens.len()).filter_map(|it| branch_at(features, it)).collect();
    if branches.is_empty() {
        return candidates;
    }
    let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len() + branches.len());
    let mut candidates = candidates.into_iter().peekable();
    for branch in branches {
        while let Some(before) = candidates.next_if(|it| it.tokens.end <= branch.start) {
            kept.push(before);
        }
        let mut covering = None;
        while let Some(inside) = candidates.next_if(|it| it.tokens.start < branch.end) {
            covering = Some(inside);
        }
        // "Local 12 News" is another name.
        if let Some(longer) = covering.as_ref().filter(|it| it.tokens.end > branch.end) {
            kept.push(longer.clone());
            continue;
        }
        let start = covering.map_or(branch.start, |it| it.tokens.start.min(branch.start));
        let union = kept
            .pop_if(|it| it.tokens.end == start && it.tokens.len() <= MAX_UNION_WORDS && it.title.is_none());
        let start = union.map_or(start, |it| it.tokens.start);
        if start < branch.start || features.form(branch.start) == ALONE {
            kept.push(Candidate::organization(start..branch.end));
        }
    }
    kept.extend(candidates);
    kept
}

/// The word for a branch and its number from token `at` on: "Local 12", "Lodge No. 7".
fn branch_at(features: &Features, at: usize) -> Option<Range<usize>> {
    NUMBERED.binary_search(&features.doc.word(at)).ok()?;
    let number = at + 1 + usize::from(matches!(features.doc.word(at + 1), "No." | "No" | "#"));
    let is_number = features.doc.tokens.get(number).is_some_and(|it| it.kind == TokenKind::Number);
    is_number.then_some(at..number + 1)
}

/// The candidates in which an organisation that begins with "District" has the town before its "and".
fn with_towns(features: &Features, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len());
    for mut candidate in candidates {
        let start = candidate.tokens.start;
        let and = start.checked_sub(1).filter(|it| features.form(*it) == "and");
        let is_district = matches!(features.doc.word(start), "District" | "Districts")
            && candidate.tokens.len() > 1
            && candidate.scores.best().0 == EntityKind::Organisation;
        if let Some(and) = and.filter(|_| is_district)
            && let Some(town) = kept.pop_if(|it| it.tokens.end == and)
        {
            candidate.tokens.start = town.tokens.start;
        }
        kept.push(candidate);
    }
    kept
}
