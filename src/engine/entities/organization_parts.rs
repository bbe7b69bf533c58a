//! Parts of the names of organisations that the tagger leaves out: the number of the branch of a union ("Dockers | Local 12"), the
//! town before "and District" ("Vell | and District Water Board"), the partners of a company ("Roth | & Lee"), the words before the noun
//! for its kind ("Tarn General | Hospital").

use std::collections::HashSet;
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordFeatures, WordShape};
use crate::engine::entities::segmentation::{self, Candidate};
use crate::engine::entities::{coordinated_names, name_words};
use crate::engine::text::lexicon::LexicalClass::{
    CommonWord, Demonym, GivenName, OrgHead, OrgHeadOf, OrgNoun, Organization, PlaceSuffix, Title,
};
use crate::engine::text::tokens::TokenKind;
use crate::word_list::word_list;

/// Words before the number of a branch of a union or club: "Local 12".
const NUMBERED: &[&str] = &word_list!("numbered-branches");
/// The only such word that names a branch without its union.
const ALONE: &str = "Local";
/// Words behind a surname and "&" that make it the name of a company: "Lee & Sons".
const PARTNERS: &[&str] = &word_list!("partners-in-names");
/// How many words a name may have before the noun for its kind.
const MAX_WORDS_BEFORE_HEAD: usize = 4;
/// How many words the name of a union before the word for its branch may have.
const MAX_UNION_WORDS: usize = 6;

/// The candidates, in reading order, with the parts that belong to their names and with the branches that none of them covers.
pub(crate) fn with_parts(features: &Features, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let candidates = with_listed_firms(features, candidates);
    let candidates = with_towns(features, with_branches(features, candidates));
    let candidates = with_heads_behind(features, with_words_before_heads(features, candidates));
    let candidates = with_listed_fields(features, with_fields(features, candidates));
    let candidates = with_countries(features, candidates);
    let candidates = coordinated_names::with_joint_places(features, with_partners(features, candidates));
    coordinated_names::with_parts_before(
        features,
        coordinated_names::with_words_before_and(features, candidates),
    )
}

/// The candidates in which a listed firm of three words or more is one name: "Marks | and Spencer", "Lloyd | ’s of London".
fn with_listed_firms(features: &Features, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let start = candidate.tokens.start;
        if kept.last().is_some_and(|it| it.tokens.end > start) {
            continue;
        }
        let most = start + features.phrase_length(start);
        let firm = segmentation::longest_listed(features, start, most);
        let firm = firm.filter(|it| it.1.has(Organization)).map(|it| start..start + it.0);
        let is_joined = |it: &Range<usize>| {
            let has_joint = it.clone().any(|at| matches!(features.form(at), "and" | "&"));
            // "Lloyd | ’s of London", "Jack Daniel | ’s"
            let is_long = candidate.title.is_none() && it.len() > 2;
            it.end > candidate.tokens.end && (has_joint || is_long)
        };
        kept.push(match firm.filter(is_joined) {
            Some(firm) => Candidate::organization(firm),
            None => candidate,
        });
    }
    kept
}

/// The candidates in which an organisation has the word for its kind that follows it: "a poll by Delta | Survey".
fn with_heads_behind(features: &Features, mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let starts: HashSet<usize> = candidates.iter().map(|it| it.tokens.start).collect();
    for candidate in &mut candidates {
        let end = candidate.tokens.end;
        let is_organization =
            candidate.scores.best().0 == EntityKind::Organisation && candidate.title.is_none();
        let is_head =
            features.get(end).is_some_and(|it| it.shape == WordShape::TitleCase && !it.is_capital_forced)
                && features.is(end, OrgHead)
                && !features.classes(end).any(&[GivenName, Title])
                && !starts.contains(&end)
                && !features.is_capitalized(end + 1);
        if is_organization
            && is_head
            && end > 0
            && features.doc.sentence_of(end - 1) == features.doc.sentence_of(end)
        {
            candidate.tokens.end += 1;
        }
    }
    candidates
}

/// The candidates in which an organisation has the field up to the name of the person behind it: "the Harbour Forum | for Poets | Ann
/// Lee".
fn with_fields(features: &Features, mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    for number in 1..candidates.len() {
        let start = candidates[number].tokens.start;
        let is_person = candidates[number].scores.best().0 == EntityKind::Person;
        let organization = &mut candidates[number - 1];
        let field = organization.tokens.end + 1..start;
        let is_word =
            |at: usize| features.is_capitalized(at) && features.lowercase_classes(at).has(CommonWord);
        let is_organization = organization.scores.best().0 == EntityKind::Organisation
            && features.classes(organization.tokens.end - 1).any(&[OrgHead, OrgHeadOf])
            && matches!(features.form(organization.tokens.end), "for" | "of");
        if is_person && is_organization && (1..=2).contains(&field.len()) && field.clone().all(is_word) {
            organization.tokens.end = start;
        }
    }
    candidates
}

/// The candidates in which an organisation has the list of its fields: "National System for Disaster Prevention, | Mitigation and Relief".
fn with_listed_fields(features: &Features, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let is_organization =
        |it: &Candidate| it.scores.best().0 == EntityKind::Organisation && it.title.is_none();
    let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let is_field = |at: usize| {
            let classes = features.classes(at);
            let is_other = classes.any(&[Demonym, OrgHeadOf, Organization, GivenName]) || classes.is_place();
            let is_word = features.get(at).is_some_and(|it| it.shape == WordShape::TitleCase);
            is_word && !is_other || features.form(at) == "and"
        };
        let is_list = is_organization(&candidate)
            && candidate.tokens.clone().any(|it| features.form(it) == "and")
            && candidate.tokens.clone().all(is_field);
        let has_field = |it: &&mut Candidate| {
            let mut words = it.tokens.clone().skip(1);
            is_organization(it)
                && it.tokens.end + 1 == candidate.tokens.start
                && features.form(it.tokens.end) == ","
                && words.any(|at| matches!(features.form(at), "for" | "of"))
                && features.lowercase_classes(it.tokens.end - 1).has(CommonWord)
        };
        match kept.last_mut().filter(|_| is_list).filter(has_field) {
            Some(organization) => organization.tokens.end = candidate.tokens.end,
            None => kept.push(candidate),
        }
    }
    kept
}

/// The candidates in which a state's company that is called by common words has its country: "State Grid Corp | of China".
fn with_countries(features: &Features, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        let start = candidate.tokens.start;
        let is_country = name_words::is_listed_country(features, &candidate.tokens);
        let is_company = |organization: &&mut Candidate| {
            let last = organization.tokens.end - 1;
            let is_joined =
                features.form(organization.tokens.end) == "of" && organization.tokens.end + 1 == start;
            let is_common = |at: usize| features.lowercase_classes(at).has(CommonWord);
            is_joined
                && organization.tokens.len() > 1
                && matches!(features.doc.word(last), "Corp" | "Corporation" | "Company")
                && (organization.tokens.start..last).all(is_common)
        };
        match kept.last_mut().filter(|_| is_country).filter(is_company) {
            Some(organization) => organization.tokens.end = candidate.tokens.end,
            None => kept.push(candidate),
        }
    }
    kept
}

/// The candidates in which the surnames of partners with "&" between them are one company: "Roth & Lee", "Lee & Sons", "at Orrin,
/// Lee & Berg".
fn with_partners(features: &Features, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let surnames: HashSet<&str> = candidates
        .iter()
        .filter(|it| it.tokens.len() > 1 && it.scores.best().0 == EntityKind::Person)
        .filter(|it| features.form(it.tokens.start + 1) != "&")
        .map(|it| features.form(it.tokens.end - 1))
        .collect();
    let is_partner = |at: usize| {
        features.get(at).is_some_and(|it| it.shape == WordShape::TitleCase)
            && !surnames.contains(features.form(at))
            && !features.classes(at).is_place()
            && !features.lowercase_classes(at).has(CommonWord)
    };
    let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len());
    let mut candidates = candidates.into_iter().peekable();
    while let Some(candidate) = candidates.next() {
        let start = candidate.tokens.start;
        let second = start + 2;
        let is_kin = PARTNERS.binary_search(&features.doc.word(second)).is_ok();
        let are_given = features.is(start, GivenName) && features.is(second, GivenName);
        let is_company = features.form(start + 1) == "&"
            && candidate.tokens.end <= second + 1
            && candidate.title.is_none()
            && is_partner(start)
            && !are_given
            && !features.is_capitalized(second + 1)
            && (is_kin || is_partner(second));
        if !is_company {
            kept.push(candidate);
            continue;
        }
        while candidates.next_if(|it| it.tokens.start <= second).is_some() {}
        let is_first = |it: &mut Candidate| {
            it.tokens.len() == 1
                && it.title.is_none()
                && it.tokens.end + 1 == start
                && features.form(it.tokens.end) == ","
                && is_partner(it.tokens.start)
                && it.tokens.start.checked_sub(1).is_some_and(|at| {
                    matches!(features.form(at), "at" | "of" | "from" | "by" | "firm" | "with")
                })
        };
        let start = kept.pop_if(is_first).map_or(start, |it| it.tokens.start);
        kept.push(Candidate::organization(start..second + 1));
    }
    kept
}

/// The candidates in which a noun for a building or organisation that the tagger has alone is a name with the capitals before it: "Tarn
/// General | Hospital".
fn with_words_before_heads(features: &Features, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let is_word = |at: &usize| {
        let is_common = features.lowercase_classes(*at).has(CommonWord);
        let is_own =
            |it: &WordFeatures| it.shape == WordShape::TitleCase && !(it.is_capital_forced && is_common);
        features.get(*at).is_some_and(is_own)
            && !features.is_function_word(*at)
            && (!features.is(*at, Title) || features.form(*at) == "General")
            && !features.is(*at, Demonym)
    };
    let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len());
    for mut candidate in candidates {
        let head = candidate.tokens.start;
        // "General | Hospital" has no general.
        let is_titled = candidate.title.as_ref().is_some_and(|it| features.form(it.start) != "General");
        let is_head = candidate.tokens.len() == 1
            && !is_titled
            && features.lowercase_classes(head).has(OrgNoun)
            && features.classes(head).any(&[OrgHead, PlaceSuffix]);
        let sentence = features.doc.sentences.get(features.doc.sentence_of(head));
        let floor = sentence.map_or(0, |it| it.tokens.start).max(head.saturating_sub(MAX_WORDS_BEFORE_HEAD));
        let start = (floor..head).rev().take_while(is_word).last().filter(|_| is_head);
        if let Some(start) = start {
            let is_inside = |it: &mut Candidate| it.tokens.start >= start && it.title.is_none();
            while kept.pop_if(is_inside).is_some() {}
            let free = kept.last().map_or(0, |it| it.tokens.end);
            candidate.tokens.start = start.max(free);
            candidate.title = None;
        }
        kept.push(candidate);
    }
    kept
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
