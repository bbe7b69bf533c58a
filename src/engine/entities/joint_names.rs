//! Joint names: cuts an entity of the tagger that holds two names: two organisations with "and", two names with a slash, an owner and a
//! place, a place and its country.

use std::collections::HashSet;
use std::iter;
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::{context, segmentation, told_kinds, told_things};
use crate::engine::tagger::tagged_spans::TaggedEntity;
use crate::engine::text::lexicon::LexicalClass::{
    CommonWord, CompanySuffix, Demonym, NameParticle, OrgHead, OrgNoun, Organization, PlaceAdjective,
    PlaceNoun, PlaceSuffix, RoleModifier,
};
use crate::word_list::word_list;

/// How many letters the short form of a region has at most: "NU" …
const MAX_REGION_LETTERS: usize = 3;
/// … and one with a stop behind it: "Calif."
const MAX_ABBREVIATED_LETTERS: usize = 5;
/// How many words may stand before the "&" in the name of a firm.
const MAX_WORDS_OF_PARTNERS: usize = 3;
/// Nouns behind the place of a part of an organisation.
const BRANCHES: &[&str] = &word_list!("branch-nouns");

/// Splits an entity that joins two names with "and": a whole organisation or country on both sides ("UN and | African
/// Union"), or an acronym behind it that belongs to the second one alone. Other entities stay whole.
/// `known` are the names of all entities of the story.
pub(crate) fn split(features: &Features, tagged: TaggedEntity, known: &HashSet<String>) -> Vec<TaggedEntity> {
    let tokens = told_things::without_meeting(features, features.doc.tokens_in(tagged.span));
    let tagged = TaggedEntity { span: features.doc.span(tokens.clone()), ..tagged };
    let part = |tokens: Range<usize>| {
        let article = usize::from(features.form(tokens.start) == "the");
        TaggedEntity { span: features.doc.span(tokens.start + article..tokens.end), ..tagged }
    };
    if let Some((name, kind)) = name_in_description(features, &tokens, tagged.kind) {
        return vec![TaggedEntity { kind, ..part(name) }];
    }
    // "Norrland News Agency, | Norrl"
    let last = tokens.end - 1;
    if last > tokens.start + 1 && told_kinds::is_name_of_agency(features, &(last..tokens.end)) {
        return vec![part(tokens.start..last - 1), part(last..tokens.end)];
    }
    if let Some((owner, kind)) = owner_of_place(features, &tokens, tagged.kind) {
        let owned = TaggedEntity { kind: EntityKind::Place, ..part(owner + 1..tokens.end) };
        return vec![TaggedEntity { kind, ..part(tokens.start..owner) }, owned];
    }
    if let Some(owner) = known_owner(features, &tokens, tagged.kind, known) {
        return vec![part(tokens.start..owner)];
    }
    if tagged.kind == EntityKind::Place
        && let Some((before, behind)) = parts_around_comma(features, &tokens)
    {
        return iter::once(part(before)).chain(behind.map(&part)).collect();
    }
    if let Some(parts) = parts_with_places(features, &tokens, tagged.kind) {
        return parts.into_iter().map(|(it, kind)| TaggedEntity { kind, ..part(it) }).collect();
    }
    if let Some(slash) = slash_between_names(features, &tokens, tagged.kind) {
        return vec![part(tokens.start..slash), part(slash + 1..tokens.end)];
    }
    let and = tokens.clone().find(|it| features.form(*it) == "and");
    let Some(and) =
        and.filter(|it| tagged.kind != EntityKind::Person && *it > tokens.start && it + 1 < tokens.end)
    else {
        return vec![tagged];
    };
    let (one, other) = (tokens.start..and, and + 1..tokens.end);
    let is_listed = |part: &Range<usize>| {
        let listed = segmentation::longest_listed(features, part.start, part.end);
        listed.is_some_and(|it| it.0 == part.len() && (it.1.is_place() || it.1.has(Organization)))
    };
    let is_whole = |part: &Range<usize>| {
        is_listed(part) || part.len() > 1 && features.classes(part.end - 1).has(OrgHead)
    };
    let has_acronym = |name: &Range<usize>| {
        let initials: String = context::initials(features, name).into_iter().collect();
        features.form(tokens.end) == "(" && features.doc.word(tokens.end + 1) == initials
    };
    // "Tarn Teachers’ Union and | Tarn Dockers’ Union"
    let are_of_place = one.len() > 1 && other.len() > 1 && is_whole(&one) && is_whole(&other) && {
        let classes = features.classes(other.start);
        features.form(one.start) == features.form(other.start) || classes.is_place() || classes.has(Demonym)
    };
    let is_known = |part: &Range<usize>| known.contains(features.phrase(part.clone()).as_str());
    // "Blackpink and | Twice"
    let are_known = is_known(&one) && (is_known(&other) || one.len() == 1 && other.len() == 1);
    let has_own_acronym = other.len() > 1 && has_acronym(&other) && !has_acronym(&tokens);
    if !(are_known
        || are_chambers(features, &one, &other)
        || has_own_acronym
        || are_of_place
        || is_listed(&one) && is_whole(&other))
    {
        return vec![tagged];
    }
    vec![part(one), part(other)]
}

/// The entities of the tagger, with those that "&" joins to one firm in one: "Sterlund & | Wilkes Solar Ltd.", "the law firm | Sorel & | Van
/// Palter".
pub(crate) fn with_whole_firms(features: &Features, tagged: &[TaggedEntity]) -> Vec<TaggedEntity> {
    let mut joined: Vec<TaggedEntity> = Vec::with_capacity(tagged.len());
    for entity in tagged {
        let Some(start) = start_of_firm(features, &features.doc.tokens_in(entity.span)) else {
            joined.push(*entity);
            continue;
        };
        let is_inside = |it: &mut TaggedEntity| features.doc.tokens_in(it.span).start >= start;
        while joined.pop_if(is_inside).is_some() {}
        let is_free = joined.last().is_none_or(|it| features.doc.tokens_in(it.span).end <= start);
        let end = features.doc.tokens_in(entity.span).end;
        let span = features.doc.span(if is_free { start..end } else { features.doc.tokens_in(entity.span) });
        joined.push(TaggedEntity { span, kind: EntityKind::Organisation, ..*entity });
    }
    joined
}

/// The start of a firm's name whose last part stands behind "&". `None` where nothing tells that it is a firm.
fn start_of_firm(features: &Features, last: &Range<usize>) -> Option<usize> {
    let and = last.start.checked_sub(1).filter(|it| !last.is_empty() && features.doc.word(*it) == "&")?;
    let sentence = features.doc.sentence_of(and);
    let is_word = |at: &usize| {
        features.is_capitalized(*at)
            && !features.is_function_word(*at)
            && features.doc.sentence_of(*at) == sentence
    };
    let start = (and.saturating_sub(MAX_WORDS_OF_PARTNERS)..and).rev().take_while(is_word).last()?;
    let has_form = features.is(last.end - 1, CompanySuffix) || features.is(last.end, CompanySuffix);
    let noun = start.checked_sub(1).map_or("", |it| features.form(it));
    let is_told = has_form || matches!(noun, "firm" | "company" | "agency" | "brewer" | "publisher");
    is_told.then_some(start)
}

/// The parts of a place around its comma: "Vellmar, | Norway", "Vellmar, central | Oslo". There is no second one where it is a short form
/// of a region; `None` where no name follows a comma.
fn parts_around_comma(
    features: &Features,
    tokens: &Range<usize>,
) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let comma = tokens.clone().find(|it| features.form(*it) == ",").filter(|it| *it > tokens.start)?;
    let behind = comma + 1 + usize::from(features.classes(comma + 1).has(PlaceAdjective));
    let is_short = is_short_region(features, &(comma + 1..tokens.end));
    (behind < tokens.end && features.is_capitalized(behind))
        .then(|| (tokens.start..comma, Some(behind..tokens.end).filter(|_| !is_short)))
}

/// The names in an entity that holds the place in which something lies, or two places, each with its kind.
fn parts_with_places(
    features: &Features,
    tokens: &Range<usize>,
    kind: EntityKind,
) -> Option<Vec<(Range<usize>, EntityKind)>> {
    if let Some((name, rest)) = parts_around_preposition(features, tokens, kind) {
        return Some(name.map(|it| (it, kind)).into_iter().chain([(rest, EntityKind::Place)]).collect());
    }
    let (one, other) = places_inside(features, tokens, kind)?;
    Some(vec![(one, EntityKind::Place), (other, EntityKind::Place)])
}

/// The parts of a name around the preposition before the listed place in which it lies: "Orrin Islands of | Honduras", "Department of
/// Environment in | Oslo". There is no first one where a noun in lower case tells what the place is: "Indian state of | Kerala".
fn parts_around_preposition(
    features: &Features,
    tokens: &Range<usize>,
    kind: EntityKind,
) -> Option<(Option<Range<usize>>, Range<usize>)> {
    const FORMS: &[&str] = &word_list!("forms-of-states");
    let joint = tokens.clone().rev().find(|it| matches!(features.form(*it), "of" | "in"))?;
    let is_inside = features.form(joint) == "in";
    let rest = joint + 1 + usize::from(features.form(joint + 1) == "the")..tokens.end;
    let name = tokens.start..joint;
    let listed = features.lexicon.classes(&features.phrase(rest.clone()));
    let is_whole = features.lexicon.classes(&features.phrase(tokens.clone())).is_place();
    if name.len() < 2 || !listed.is_place() || is_whole {
        return None;
    }
    let last = joint - 1;
    let is_part =
        |at: usize| FORMS.binary_search(&features.form(at)).is_ok() || features.form(at) == "District";
    match kind {
        EntityKind::Place if features.doc.word(last).starts_with(char::is_lowercase) => {
            let is_noun = features.lowercase_classes(last).any(&[PlaceNoun, CommonWord])
                && name.clone().all(|it| features.form(it) != "and");
            let is_people = name.len() == 2 && features.is(name.start, Demonym);
            is_noun.then(|| (Some(name.start..last).filter(|_| !is_people), rest))
        }
        EntityKind::Place => (features.is(last, PlaceSuffix) && !is_part(last)).then_some((Some(name), rest)),
        EntityKind::Organisation if is_inside => {
            let is_branch = name.clone().any(|it| {
                matches!(features.form(it), "for" | "Mission" | "Force" | "Embassy" | "Consulate" | "Control")
            });
            let has_head = segmentation::has_org_head(features, &name);
            let is_explained = features.form(tokens.end) == "(";
            (has_head && !is_branch && !is_explained).then_some((Some(name), rest))
        }
        _ => None,
    }
}

/// Two places of one or two words behind "in" that an "and" joins: "in | Al Karan and | Irbit".
fn places_inside(
    features: &Features,
    tokens: &Range<usize>,
    kind: EntityKind,
) -> Option<(Range<usize>, Range<usize>)> {
    let is_inside = tokens.start.checked_sub(1).is_some_and(|it| features.form(it) == "in");
    let and = tokens.clone().find(|it| features.form(*it) == "and")?;
    let parts = (tokens.start..and, and + 1..tokens.end);
    let is_word = |at: usize| {
        features.get(at).is_some_and(|it| it.shape == WordShape::TitleCase)
            && (features.classes(at).is_empty() || features.classes(at).is_place())
            && !features.lowercase_classes(at).has(CommonWord)
            || features.lowercase_classes(at).has(NameParticle)
    };
    let is_place = |part: &Range<usize>| (1..=2).contains(&part.len()) && part.clone().all(is_word);
    let are_places = is_inside && is_place(&parts.0) && is_place(&parts.1);
    (kind == EntityKind::Organisation && are_places && !features.is_capitalized(tokens.end)).then_some(parts)
}

/// Whether two words are the chambers of a parliament: "House and | Senate".
fn are_chambers(features: &Features, one: &Range<usize>, other: &Range<usize>) -> bool {
    let is_chamber =
        |at: usize| matches!(features.form(at), "House" | "Senate" | "Congress" | "Commons" | "Lords");
    one.len() == 1 && other.len() == 1 && is_chamber(one.start) && is_chamber(other.start)
}

/// The possessive ending behind an organisation that the story names alone too, where no organisation follows: "Norbex Minerals’ | Kudra".
fn known_owner(
    features: &Features,
    tokens: &Range<usize>,
    kind: EntityKind,
    known: &HashSet<String>,
) -> Option<usize> {
    let mark = tokens.clone().skip(1).find(|it| segmentation::is_possessive_mark(features.form(*it)))?;
    let owned = mark + 1..tokens.end;
    let is_organization = segmentation::has_org_head(features, &owned)
        || owned.clone().any(|it| features.lowercase_classes(it).has(OrgNoun));
    let is_place = features.lexicon.classes(&features.phrase(tokens.start..mark)).is_place();
    let is_known = !is_place && known.contains(features.phrase(tokens.start..mark).as_str());
    (kind == EntityKind::Organisation && !owned.is_empty() && !is_organization && is_known).then_some(mark)
}

/// Whether a name is the short form of a region that no list has: "Nain, | N.L.", "Butte, | Mont."
fn is_short_region(features: &Features, tokens: &Range<usize>) -> bool {
    let is_short = |at: usize| {
        let word = features.doc.word(at);
        word.contains('.')
            || word.len() <= MAX_REGION_LETTERS && word.bytes().all(|it| it.is_ascii_uppercase())
            || features.form(at + 1) == "." && word.len() <= MAX_ABBREVIATED_LETTERS
    };
    let is_listed = features.lexicon.classes(&features.phrase(tokens.clone())).is_place();
    !is_listed && tokens.clone().all(|it| is_short(it) || features.form(it) == ".")
}

/// The name in the description of an organisation, and its kind: "a Norway | university" has only that of a place, "a Varrik | mining
/// research centre" that of Varrik. `None` where the words are no description.
fn name_in_description(
    features: &Features,
    tokens: &Range<usize>,
    kind: EntityKind,
) -> Option<(Range<usize>, EntityKind)> {
    let is_lowercase = |at: usize| features.doc.word(at).starts_with(char::is_lowercase);
    let is_noun = |at: usize| {
        is_lowercase(at) && features.lowercase_classes(at).any(&[CommonWord, OrgNoun, RoleModifier])
    };
    if kind != EntityKind::Organisation || !features.lowercase_classes(tokens.end - 1).has(OrgNoun) {
        return None;
    }
    let place = segmentation::longest_listed(features, tokens.start, tokens.end);
    let place = place.filter(|it| it.1.is_place() && it.0 < tokens.len()).map(|it| tokens.start + it.0);
    if let Some(end) = place.filter(|it| (*it..tokens.end).all(is_noun)) {
        return Some((tokens.start..end, EntityKind::Place));
    }
    let article = tokens.start.checked_sub(1).filter(|it| matches!(features.form(*it), "a" | "an"));
    let first = tokens.start..tokens.start + 1;
    let is_described = tokens.len() > 2
        && features.is_capitalized(first.start)
        && features.classes(first.start).is_empty()
        && (first.end..tokens.end).all(is_lowercase);
    article.filter(|_| is_described).map(|_| (first, kind))
}

/// The slash between two names: "Norrl / | Tarn Gazette". `None` in one name: "Fish / Boat Marketing Division".
fn slash_between_names(features: &Features, tokens: &Range<usize>, kind: EntityKind) -> Option<usize> {
    let slash = tokens.clone().find(|it| features.form(*it) == "/" && features.is_capitalized(it + 1))?;
    let is_whole = slash == tokens.start + 1 || features.is(slash.saturating_sub(1), OrgHead);
    let are_two = kind == EntityKind::Place || kind == EntityKind::Organisation && is_whole;
    (slash > tokens.start && are_two).then_some(slash)
}

/// The possessive ending between an owner and a place, and the kind of the owner: "Oslo’s | Old Harbour", "Norbex’s | Tarn plant".
fn owner_of_place(
    features: &Features,
    tokens: &Range<usize>,
    kind: EntityKind,
) -> Option<(usize, EntityKind)> {
    let owner = tokens.clone().find(|it| matches!(features.form(*it), "'s" | "’s"))?;
    if owner == tokens.start || owner + 1 >= tokens.end {
        return None;
    }
    let is_part = BRANCHES.binary_search(&features.form(tokens.end)).is_ok() && owner + 2 == tokens.end;
    // "East Norway’s | Lund Province"
    let ends_with_place = features.classes(owner - 1).is_place() && owner > tokens.start + 1;
    let is_listed = || {
        segmentation::longest_listed(features, tokens.start, owner)
            .is_some_and(|listed| tokens.start + listed.0 == owner && listed.1.is_place())
    };
    // "Vastar’s | Dantevar district": what no list has is a place, since a part of it is one.
    let is_unlisted = owner == tokens.start + 1
        && features.classes(tokens.start).is_empty()
        && features.lowercase_classes(tokens.start).is_empty();
    let is_district = |at: usize| {
        features.doc.word(at).starts_with(char::is_lowercase) && features.lowercase_classes(at).has(PlaceNoun)
    };
    let is_of_district = is_unlisted
        && features.is_capitalized(owner + 1)
        && (is_district(tokens.end) || is_district(tokens.end - 1));
    let is_owner = match kind {
        EntityKind::Organisation => is_part,
        EntityKind::Place => ends_with_place || is_of_district || is_listed(),
        _ => false,
    };
    is_owner.then_some((owner, kind))
}
