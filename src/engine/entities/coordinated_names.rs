//! Coordinated names: organisations whose names go on before an "and": "Hong Kong and | Macau Affairs Office", "Lund and | Tarn District
//! Councils", "Harbour Justice and | Dignity group".

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::scores::{self, KindScores};
use crate::engine::entities::segmentation::{self, Candidate};
use crate::engine::text::lexicon::LexicalClass::{
    Calendar, CommonWord, Demonym, GivenName, OrgHead, OrgHeadOf, OrgNoun, Title,
};
use crate::word_list::word_list;

/// How many words may stand before the "and".
const MAX_WORDS_BEFORE_AND: usize = 5;

/// The candidates, in reading order, in which organisations have the words before an "and" that belong to their names.
pub(crate) fn with_words_before_and(features: &Features, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len());
    let mut candidates = candidates.into_iter().peekable();
    while let Some(mut candidate) = candidates.next() {
        let Some(and) = and_before(features, &candidate) else {
            kept.push(candidate);
            continue;
        };
        // "Tarn | District Councils"
        let end = end_of_joint_organizations(features, &candidate.tokens);
        let start = if let Some(end) = end {
            let town = kept.last().filter(|it| it.tokens.end == and && it.title.is_none());
            let start = town.map(|it| it.tokens.start).or_else(|| single_word_before(features, and));
            candidate.tokens.end = start.map_or(candidate.tokens.end, |_| end);
            start
        } else if is_field_of_organization(features, &candidate.tokens) {
            let person = kept.last().filter(|it| it.scores.best().0 == EntityKind::Person);
            start_of_capitals(features, and).filter(|it| person.is_none_or(|last| last.tokens.end <= *it))
        } else if candidate.scores.best().0 != EntityKind::Organisation {
            None
        } else {
            let place = kept.last().filter(|it| it.tokens.end == and && it.title.is_none());
            let is_place = |it: &&Candidate| it.scores.best().0 == EntityKind::Place;
            place
                .filter(is_place)
                .filter(|_| is_office_of_places(features, &candidate.tokens))
                .map(|it| it.tokens.start)
        };
        if let Some(start) = start {
            let is_inside = |it: &mut Candidate| it.tokens.start >= start && it.title.is_none();
            while kept.pop_if(is_inside).is_some() {}
            let free = kept.last().map_or(0, |it| it.tokens.end);
            candidate = Candidate::organization(start.max(free)..candidate.tokens.end);
            while candidates.next_if(|it| it.tokens.start < candidate.tokens.end).is_some() {}
        }
        kept.push(candidate);
    }
    kept
}

/// The candidates, in reading order, in which an organisation has the places or peoples before it that belong to its name: "Hong Kong, |
/// Macau and Taiwan Affairs Office", "Korean - | German Chamber of Commerce".
pub(crate) fn with_parts_before(features: &Features, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len());
    for mut candidate in candidates {
        let is_organization =
            candidate.scores.best().0 == EntityKind::Organisation && candidate.title.is_none();
        let before = kept.last().filter(|_| is_organization);
        let start = start_of_places(features, &kept, &candidate.tokens)
            .or_else(|| start_before_dash(features, before, &candidate.tokens))
            .filter(|_| is_organization);
        if let Some(start) = start {
            let is_inside = |it: &mut Candidate| it.tokens.start >= start;
            while kept.pop_if(is_inside).is_some() {}
            candidate.tokens.start = start.max(kept.last().map_or(0, |it| it.tokens.end));
        }
        kept.push(candidate);
    }
    kept
}

/// The start of the first of some places with commas between them that end directly before an office for the affairs of places.
fn start_of_places(features: &Features, kept: &[Candidate], name: &Range<usize>) -> Option<usize> {
    let has_and = name.clone().any(|it| features.form(it) == "and");
    if !has_and || !is_office_of_places(features, name) {
        return None;
    }
    let mut start = name.start;
    for place in kept.iter().rev().take(MAX_WORDS_BEFORE_AND) {
        let is_listed = place.scores.best().0 == EntityKind::Place && place.title.is_none();
        if !is_listed || place.tokens.end + 1 != start || features.form(place.tokens.end) != "," {
            break;
        }
        start = place.tokens.start;
    }
    (start < name.start).then_some(start)
}

/// The start of the part of an organisation's name that ends at a dash before it. `before` is the last candidate.
fn start_before_dash(features: &Features, before: Option<&Candidate>, name: &Range<usize>) -> Option<usize> {
    let dash = name.start.checked_sub(1).filter(|it| *it > 0 && matches!(features.form(*it), "-" | "–"))?;
    let in_sentence = features.doc.sentence_of(dash - 1) == features.doc.sentence_of(name.start);
    let before = before.filter(|it| it.tokens.end == dash && it.title.is_none());
    let are_alike = features.is(dash - 1, Demonym) && features.is(name.start, Demonym)
        || features.classes(dash - 1).is_place() && features.classes(name.start).is_place();
    let start = before.map_or(dash - 1, |it| it.tokens.start);
    // A dateline stands at the start of its line: "Oslo - Norwegian Chamber of Commerce said …"
    let is_inside = start > 0
        && features.doc.sentence_of(start - 1) == features.doc.sentence_of(start)
        && !matches!(features.form(start - 1), "," | "(" | ":" | "-" | "–");
    let is_headed = name.clone().skip(1).any(|it| features.classes(it).any(&[OrgHead, OrgHeadOf]));
    (in_sentence && is_inside && is_headed && are_alike).then_some(start)
}

/// The candidates with the listed places that have an "and" in their names: "Jammu and Kashmir", "Tyne and Wear".
pub(crate) fn with_joint_places(features: &Features, candidates: Vec<Candidate>) -> Vec<Candidate> {
    let places: Vec<Range<usize>> = joint_places(features);
    if places.is_empty() {
        return candidates;
    }
    let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len() + places.len());
    let mut candidates = candidates.into_iter().peekable();
    for place in places {
        while let Some(before) = candidates.next_if(|it| it.tokens.end <= place.start) {
            kept.push(before);
        }
        // "Tyne and Wear Council", "Kensington and Chelsea's Ann Lee"
        let is_longer =
            candidates.peek().is_some_and(|it| it.tokens.start <= place.start && it.tokens.end > place.end)
                || candidates.peek().is_some_and(|it| it.tokens.start < place.start);
        if is_longer {
            continue;
        }
        if let Some(end) = end_of_organization(features, place.end) {
            while candidates.next_if(|it| it.tokens.start < end).is_some() {}
            kept.push(Candidate::organization(place.start..end));
            continue;
        }
        while candidates.next_if(|it| it.tokens.end <= place.end).is_some() {}
        let is_free = candidates.peek().is_none_or(|it| it.tokens.start >= place.end);
        if is_free {
            let scores = KindScores::place(scores::TAGGED);
            kept.push(Candidate {
                tokens: place,
                title: None,
                scores,
                may_be_common_word: false,
                is_doubtful: false,
            });
        }
    }
    kept.extend(candidates);
    kept
}

/// The end of the capitals that begin at a token, where the last one ends the name of an organisation: "Jammu and Kashmir | Cricket
/// Association".
fn end_of_organization(features: &Features, start: usize) -> Option<usize> {
    let is_word =
        |at: &usize| features.is_capitalized(*at) && !features.classes(*at).any(&[GivenName, Title]);
    let last = (start..start + MAX_WORDS_BEFORE_AND).take_while(is_word).last()?;
    features.classes(last).any(&[OrgHead, OrgHeadOf]).then_some(last + 1)
}

/// The listed places of several words with an "and" or "&" among them, in reading order.
fn joint_places(features: &Features) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = Vec::new();
    for start in 0..features.doc.tokens.len() {
        let most = features.phrase_length(start);
        let is_inside = places.last().is_some_and(|it| it.end > start);
        if most < 3 || is_inside || !features.is_capitalized(start) {
            continue;
        }
        let listed = segmentation::longest_listed(features, start, start + most);
        let place = listed.filter(|it| it.0 > 2 && it.1.is_place()).map(|it| start..start + it.0);
        places.extend(place.filter(|it| it.clone().any(|at| matches!(features.form(at), "and" | "&"))));
    }
    places
}

/// The token of the "and" directly before a name without a title that is no person's; `None` where none stands there.
fn and_before(features: &Features, candidate: &Candidate) -> Option<usize> {
    let and = candidate.tokens.start.checked_sub(1).filter(|it| *it > 0)?;
    // "Economic Justice | and Dignity": no title of what stands behind the "and".
    let is_titled = candidate.title.as_ref().is_some_and(|it| it.end > and);
    if is_titled {
        return None;
    }
    let is_person = candidate.scores.best().0 == EntityKind::Person
        && !is_field_of_organization(features, &candidate.tokens);
    (matches!(features.form(and), "and" | "&") && !is_person).then_some(and)
}

/// The end of a name with the plural of a noun for organisations that ends it or stands behind it: "Tarn District | Councils". `None` where
/// there is none, or where the name has the word alone.
fn end_of_joint_organizations(features: &Features, name: &Range<usize>) -> Option<usize> {
    const HEADS: &[&str] = &word_list!("joint-organisation-heads");
    let is_head = |at: usize| HEADS.binary_search(&features.doc.word(at)).is_ok();
    let last =
        (name.end - 1..name.end + 2).take_while(|it| features.is_capitalized(*it)).find(|it| is_head(*it))?;
    (last > name.start && !features.is_capitalized(last + 1)).then_some(last + 1)
}

/// The word with a capital of its own between a word in lower case and an "and"; `None` where there is none.
fn single_word_before(features: &Features, and: usize) -> Option<usize> {
    let at = and.checked_sub(1).filter(|it| *it > 0)?;
    let is_own = features.get(at).is_some_and(|it| it.shape == WordShape::TitleCase && !it.is_capital_forced);
    (is_own && !features.is_capitalized(at - 1) && !features.is(at, GivenName)).then_some(at)
}

/// Whether a name is one word that no list has as a name, before a noun for an organisation in lower case: "Dignity | group".
fn is_field_of_organization(features: &Features, name: &Range<usize>) -> bool {
    name.len() == 1
        && (features.may_be_common_word(name.start) || features.classes(name.start).is_empty())
        && !features.follows_capital(name.start)
        && !features.classes(name.start).any(&[OrgHead, OrgHeadOf])
        && !features.is_capitalized(name.end)
        && features.lowercase_classes(name.end).has(OrgNoun)
}

/// The start of two words or more with capitals of their own that end before an "and".
fn start_of_capitals(features: &Features, and: usize) -> Option<usize> {
    let is_word = |at: &usize| {
        features.get(*at).is_some_and(|it| it.is_capitalized() && !it.is_capital_forced)
            && !features.is_function_word(*at)
            && !features.is(*at, Calendar)
    };
    let start = (and.saturating_sub(MAX_WORDS_BEFORE_AND)..and).rev().take_while(is_word).last()?;
    let has_common = (start..and).any(|it| features.lowercase_classes(it).has(CommonWord));
    (start + 1 < and && has_common && !features.is(start, GivenName)).then_some(start)
}

/// Whether a name begins with a place and ends as that of an office for the affairs of places: "Macau Affairs Office".
fn is_office_of_places(features: &Features, name: &Range<usize>) -> bool {
    name.len() > 2
        && features.classes(name.start).is_place()
        && name.clone().any(|it| matches!(features.form(it), "Affairs" | "Relations"))
        && features.classes(name.end - 1).any(&[OrgHead, OrgHeadOf])
}
