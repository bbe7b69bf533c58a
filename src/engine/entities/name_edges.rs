//! Edges of names: what the tagger puts into a name at its start or end, or leaves out there: a people, a rank, the result of a match.

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::segmentation::{self, Candidate};
use crate::engine::entities::{
    Gender, name_forms, name_words, organization_nouns, possessive_names, role_kinds, told_things,
};
use crate::engine::text::lexicon::LexicalClass::{
    Auxiliary, CommonWord, CompanySuffix, Demonym, GivenName, Honorific, NameParticle, OrgHead, OrgHeadOf,
    OrgNoun, Organization, PastTense, PlaceSuffix, PostNominal, RoleNoun, SpeechVerb, Title,
};
use crate::word_list::word_list;

/// First words of names of organisations in other languages.
const FOREIGN_HEADS: &[&str] = &word_list!("foreign-organisation-heads");
/// How many words may stand behind the "of" of a place's name.
const MAX_COMPLEMENT_WORDS: usize = 3;
/// How many letters an acronym behind a person's name has at least.
const MIN_ACRONYM_LETTERS: usize = 3;
/// How many words the bracket between a title and a name may have.
const MAX_BRACKET_WORDS: usize = 3;
/// Names of coins, products, diseases and the like.
const THINGS: &[&str] = &word_list!("names-of-other-things");

/// Whether an adjective tells that the word behind it is a noun for somebody of a religion: "a devout | Christian".
pub(crate) fn follows_adjective_of_believers(features: &Features, at: usize) -> bool {
    const ADJECTIVES: &[&str] = &word_list!("adjectives-of-believers");
    at > 0 && ADJECTIVES.binary_search(&features.form(at - 1)).is_ok()
}

/// The start of a person's name behind the people that they are of: "Kuwaiti | Al-Anzi".
pub(crate) fn start_behind_people(features: &Features, name: &Range<usize>) -> usize {
    let is_people = features.is(name.start, Demonym)
        && (!features.is(name.start, GivenName) || follows_adjective_of_believers(features, name.start))
        && !features.classes(name.start).is_place();
    name.start + usize::from(is_people && name.len() > 1 && features.is_capitalized(name.start + 1))
}

/// The start of a person's name with the initials before it that follow no other name: "Minister for Home Affairs | K. | Varr".
pub(crate) fn start_with_initials(features: &Features, name: &Range<usize>) -> usize {
    let sentence = features.doc.sentence_of(name.start);
    let is_initial =
        |at: &usize| features.doc.sentence_of(*at) == sentence && name_words::are_initials(features, *at);
    let start = (0..name.start).rev().take_while(is_initial).last().unwrap_or(name.start);
    let follows_name = start.checked_sub(1).is_some_and(|it| features.is(it, GivenName));
    // "U. S. | Ann Lee", "H. E. | Shri Varr"
    let letters = features.phrase(start..name.start).replace([' ', '.'], "");
    let classes = features.lexicon.classes(&letters);
    let is_other = classes.is_place() || classes.any(&[Honorific, Organization, Title]);
    let is_first = !follows_name && !is_other && !features.is(name.start, Title);
    if is_first { start } else { name.start }
}

/// The end of a person's name with the word behind the "St." that ends it: "Lena St. | Berg".
pub(crate) fn end_behind_saint(features: &Features, name: &Range<usize>) -> usize {
    let is_saint = name.len() > 1 && matches!(features.doc.word(name.end - 1), "St." | "St" | "Ste.");
    let follows = features.get(name.end).is_some_and(|it| it.shape == WordShape::TitleCase);
    name.end + usize::from(is_saint && follows)
}

/// The end of a ruler's name with the number behind it: "Varr Adom | XIV".
pub(crate) fn end_with_number(features: &Features, name: &Range<usize>) -> usize {
    let word = features.doc.word(name.end);
    let is_number = word.len() > 1 && word.bytes().all(|it| matches!(it, b'I' | b'V' | b'X'));
    let is_one_sentence = features.doc.sentence_of(name.end) == features.doc.sentence_of(name.start);
    name.end + usize::from(is_number && is_one_sentence && name.len() > 1)
}

/// The end of a person's full name without the acronym of the organisation behind it: "Ann Lee | ILO".
pub(crate) fn end_before_acronym(features: &Features, name: &Range<usize>) -> usize {
    let last = name.end - 1;
    let word = features.doc.word(last);
    // "Ann Lee RRP": letters that no list has, neither as an honour nor as a name.
    let is_unlisted = word.len() == MIN_ACRONYM_LETTERS && features.classes(last).is_empty();
    let is_acronym = word.len() >= MIN_ACRONYM_LETTERS
        && word.bytes().all(|it| it.is_ascii_uppercase())
        && !features.lexicon.classes(word).has(PostNominal)
        && !name_forms::is_generation(features, last)
        && (is_unlisted || features.is(last, Organization));
    let is_mixed = |at: usize| features.doc.word(at).contains(char::is_lowercase);
    name.end - usize::from(name.len() > 2 && is_acronym && (name.start..last).all(is_mixed))
}

/// The start of a person's full name behind the field of the organisation or the office before it: "the Forum for | Poets | Ann Lee",
/// "Minister for | Information | Ann Lee".
pub(crate) fn start_behind_field(features: &Features, name: &Range<usize>) -> usize {
    let joins = |at: usize| matches!(features.form(at), "for" | "of");
    let is_office = |at: usize| features.is_capitalized(at) && features.lowercase_classes(at).has(RoleNoun);
    let follows_organization = name.start.checked_sub(2).is_some_and(|it| {
        joins(it + 1) && (features.classes(it).any(&[OrgHead, OrgHeadOf]) || is_office(it))
    });
    let is_field = features.lowercase_classes(name.start).has(CommonWord)
        && !features.is(name.start, GivenName)
        && features.is(name.start + 1, GivenName);
    name.start + usize::from(name.len() > 2 && follows_organization && is_field)
}

/// The start of a person's full name behind the last word of the office before it: "chief of General | Staff | Ann Lee".
pub(crate) fn start_behind_end_of_office(features: &Features, name: &Range<usize>) -> usize {
    let first = features.form(name.start).to_lowercase();
    let is_plural_office =
        first.strip_suffix('s').is_some_and(|it| features.lexicon.classes(it).has(RoleNoun));
    let is_word =
        features.lowercase_classes(name.start).has(CommonWord) && !features.is_function_word(name.start);
    let ends_office = is_plural_office || is_word && features.is(name.start + 1, GivenName);
    let follows_office = name.start.checked_sub(1).is_some_and(|it| {
        features.is_capitalized(it)
            && features.is(it, Title)
            && features.doc.sentence_of(it) == features.doc.sentence_of(name.start)
    });
    let is_own = features.is(name.start, GivenName);
    name.start + usize::from(name.len() > 2 && follows_office && ends_office && !is_own)
}

/// The start of a place's name with the article that belongs to it: "The | Hague".
pub(crate) fn start_with_article(features: &Features, name: &Range<usize>) -> usize {
    const PLACES: &[&str] = &word_list!("places-with-article");
    let article = name.start.checked_sub(1).filter(|it| features.doc.word(*it) == "The");
    let is_place = name.len() == 1 && PLACES.binary_search(&features.doc.word(name.start)).is_ok();
    article.filter(|_| is_place).unwrap_or(name.start)
}

/// The start of the name of an organisation or a building with the doctor after whom it is called: "Dr | Ruth Varr District Municipality".
fn start_with_doctor(features: &Features, name: &Range<usize>) -> usize {
    let heads = [OrgHead, OrgHeadOf, OrgNoun, PlaceSuffix];
    let has_head =
        features.classes(name.end - 1).any(&heads) || features.lowercase_classes(name.end - 1).has(OrgNoun);
    let doctor = name.start.checked_sub(1).filter(|it| matches!(features.doc.word(*it), "Dr" | "Dr."));
    doctor.filter(|_| name.len() > 2 && has_head).unwrap_or(name.start)
}

/// The end of a place's name with the complement of the word for its kind: "Isthmus | of Lund".
pub(crate) fn end_with_complement(features: &Features, name: &Range<usize>) -> usize {
    let head = name.end - 1;
    let article = usize::from(features.form(name.end + 1) == "the");
    let complement = name.end + 1 + article;
    let has_complement = features.form(name.end) == "of"
        && segmentation::names_place_with_of(features, head)
        && features.get(complement).is_some_and(|it| it.shape == WordShape::TitleCase);
    if !has_complement || name.len() > 1 {
        return name.end;
    }
    let goes_on = |at: &usize| features.get(*at).is_some_and(|it| it.shape == WordShape::TitleCase);
    (complement..complement + MAX_COMPLEMENT_WORDS).take_while(goes_on).last().map_or(name.end, |it| it + 1)
}

/// The words of an organisation's name, with those that the tagger left out and without those before it.
pub(crate) fn words_of_organization(features: &Features, mut name: Range<usize>) -> Range<usize> {
    name.start = start_behind_noun(features, &name);
    name.start = possessive_names::start_with_owner(features, &name);
    name.start = start_with_club(features, &name);
    name.start = start_of_only_organization(features, &name);
    name.start = start_with_people(features, &name);
    name.start = start_with_pair(features, &name);
    name.start = start_with_doctor(features, &name);
    name.end = end_before_field_of_office(features, &name);
    name
}

/// The start of an organisation's name behind the noun that describes it: "Norwegian harbour watchdog | Clean Sund".
fn start_behind_noun(features: &Features, name: &Range<usize>) -> usize {
    let is_lowercase = |at: usize| features.doc.word(at).starts_with(char::is_lowercase);
    let is_noun = |at: &usize| {
        is_lowercase(*at)
            && (features.lowercase_classes(*at).has(OrgNoun)
                || organization_nouns::is_organization_noun(features, *at))
            && !features.is_function_word(at - 1)
            && features.is_capitalized(at + 1)
    };
    let inner = name.start + 1..name.end - 1;
    inner.rev().find(is_noun).map_or(name.start, |it| it + 1)
}

/// The start of a club's name with the words for clubs before it: "Club | Atlético Varr".
fn start_with_club(features: &Features, name: &Range<usize>) -> usize {
    let is_club = |at: &usize| features.is_capitalized(*at) && name_words::is_club_word(features, *at);
    (0..name.start).rev().take_while(is_club).last().unwrap_or(name.start)
}

/// The start of the name of an organisation of which a country has one, behind its party or its president: "Republican | Congress", "Varr |
/// White House".
fn start_of_only_organization(features: &Features, name: &Range<usize>) -> usize {
    let rest = (name.start + 1).min(name.end)..name.end;
    let is_party = matches!(
        features.form(name.start),
        "Republican" | "Democratic" | "Conservative" | "Labour" | "Liberal" | "Tory"
    );
    let is_only = match features.phrase(rest).as_str() {
        "White House" => !features.is_function_word(name.start),
        "Congress" | "House" | "Parliament" | "Senate" => is_party,
        _ => false,
    };
    name.start + usize::from(is_only)
}

/// The start of the name of a relief society with its people: "Palestinian | Red Crescent".
fn start_with_people(features: &Features, name: &Range<usize>) -> usize {
    let is_society = (2..=3).contains(&name.len())
        && features.form(name.start) == "Red"
        && matches!(features.form(name.start + 1), "Crescent" | "Cross");
    let people = name.start.checked_sub(1).filter(|_| is_society);
    let is_people = |it: &usize| features.is(*it, Demonym) && features.is_capitalized(*it);
    people.filter(is_people).unwrap_or(name.start)
}

/// The start of an organisation's name with the pair of words that opens it: "Rock and | Roll Hall of Fame".
fn start_with_pair(features: &Features, name: &Range<usize>) -> usize {
    const PAIRS: &[&str] = &word_list!("pairs-in-names");
    let first = name.start.checked_sub(2).filter(|it| features.is_capitalized(*it));
    let is_pair = |at: usize| PAIRS.binary_search(&features.phrase(at..name.start + 1).as_str()).is_ok();
    first.filter(|it| name.len() > 1 && is_pair(*it)).unwrap_or(name.start)
}

/// The end of a newspaper's name with its "Leader": "Tarn Argus | Leader".
pub(crate) fn end_with_leader(features: &Features, name: &Range<usize>) -> usize {
    name.end + usize::from(name_words::is_leader_paper(features, &(name.start..name.end + 1)))
}

/// The start of a name behind "&" or, where two words or more follow, behind the acronym for its kind: "NGO | Reporters Without Harbours".
pub(crate) fn start_behind_kind(features: &Features, name: &Range<usize>) -> usize {
    let is_joint = name.len() > 1 && features.form(name.start) == "&";
    let is_kind = name.len() > 2
        && matches!(features.doc.word(name.start), "NGO" | "INGO")
        && features.is_capitalized(name.start + 1);
    name.start + usize::from(is_joint || is_kind)
}

/// The end of a ministry's name before the field of its deputy head: "Undersecretary of the | Ministry of Labour | for Human Resources".
fn end_before_field_of_office(features: &Features, name: &Range<usize>) -> usize {
    let article = usize::from(name.start > 0 && features.form(name.start - 1) == "the");
    let office = name.start.checked_sub(article + 2);
    // "Under - Secretary"
    let is_split = |at: usize| {
        features.form(at) == "Secretary"
            && at > 1
            && features.form(at - 1) == "-"
            && features.form(at - 2) == "Under"
    };
    let is_office = office.is_some_and(|it| {
        features.form(it + 1) == "of"
            && (matches!(features.form(it), "Undersecretary" | "Under-Secretary" | "undersecretary")
                || is_split(it))
    });
    let field = name.clone().skip(2).find(|it| features.form(*it) == "for");
    let is_ministry = |field: usize| {
        features.form(name.start + 1) == "of" && features.is(name.start, OrgHeadOf)
            || features.form(field - 1) == "Ministry"
    };
    field.filter(|it| is_office && is_ministry(*it)).unwrap_or(name.end)
}

/// The end of a name without the result of a match, the rank of a person, the verb or the name of a thing behind it: "Tarn Rovers |
/// 2-1", "Tarn Army | Sgt.", "Tarn Council | wept", "Tarn Police | NFT".
pub(crate) fn end_before_other_words(features: &Features, name: &Range<usize>, kind: EntityKind) -> usize {
    let is_result = |word: &str| {
        word.starts_with(|it: char| it.is_ascii_digit())
            && word.contains(['-', '–', ':'])
            && word.chars().all(|it| it.is_ascii_digit() || matches!(it, '-' | '–' | ':'))
    };
    let is_rank = |at: usize| {
        let word = features.doc.word(at);
        word.ends_with('.') && features.is(at, Title) && !features.is(at, CompanySuffix)
    };
    // "Tarn Council | wept": behind the capitals of an English name stands only a noun for an organisation.
    let is_foreign = || {
        let first = features.form(name.start);
        FOREIGN_HEADS.binary_search(&first).is_ok()
            || name.clone().any(|it| features.lowercase_classes(it).has(NameParticle))
    };
    let is_verb = |at: usize| {
        let classes = features.lowercase_classes(at);
        let is_listed = classes.any(&[PastTense, Auxiliary, SpeechVerb]);
        let is_behind_capitals = at > name.start + 1 && features.is_capitalized(at - 1);
        features.doc.word(at).starts_with(char::is_lowercase)
            && !classes.has(OrgNoun)
            && !features.is(at, CompanySuffix)
            && (is_listed || kind == EntityKind::Organisation && is_behind_capitals && !is_foreign())
    };
    let is_thing = |at: usize| THINGS.binary_search(&features.doc.word(at)).is_ok();
    // "Norbex | sedan", "Norbex | compact sedan"
    let is_product = told_things::is_product_noun(features, name.end - 1);
    let is_of_product = |at: usize| is_product && features.doc.word(at).starts_with(char::is_lowercase);
    let is_other = |at: &usize| {
        is_result(features.doc.word(*at))
            || is_rank(*at)
            || is_verb(*at)
            || is_thing(*at)
            || is_of_product(*at)
    };
    let inner = name.start + 1..name.end;
    inner.rev().take_while(is_other).last().unwrap_or(name.end)
}

/// The title of a person that ends with the class of their rank: "Sgt. 1st Class | Ann Lee".
pub(crate) fn rank_with_class(features: &Features, name: &Range<usize>) -> Option<Range<usize>> {
    let class = name.start.checked_sub(1).filter(|it| features.form(*it) == "Class")?;
    let number = class.checked_sub(1).filter(|it| {
        matches!(features.doc.word(*it), "1st" | "2nd" | "3rd" | "First" | "Second" | "Third")
    })?;
    let rank = number.checked_sub(1).filter(|it| features.is_capitalized(*it))?;
    let is_title = |start: usize| features.lexicon.classes(&features.phrase(start..number)).has(Title);
    let start = rank.checked_sub(1).filter(|it| is_title(*it)).unwrap_or(rank);
    let is_officer = features.form(rank) == "Officer" && features.is_capitalized(rank.saturating_sub(1));
    let start = if is_officer && start == rank && rank > 0 { rank - 1 } else { start };
    (is_title(start) || is_officer).then_some(start..name.start)
}

/// The title before a bracket with a further title, which a person's name follows: "| Lt Col | (Dr) Ann Lee".
pub(crate) fn title_before_bracket(features: &Features, name: &Range<usize>) -> Option<Range<usize>> {
    let close = name.start.checked_sub(1).filter(|it| features.form(*it) == ")")?;
    let open =
        (close.saturating_sub(MAX_BRACKET_WORDS + 1)..close).rev().find(|it| features.form(*it) == "(")?;
    let is_title = |words: Range<usize>| features.lexicon.classes(&features.phrase(words)).has(Title);
    let are_titles = (open + 1..close).all(|it| is_title(it..it + 1) || features.form(it) == ".");
    let (mut start, floor) = (open, features.doc.sentences[features.doc.sentence_of(open)].tokens.start);
    while let Some(before) = [2, 1]
        .into_iter()
        .filter_map(|it| start.checked_sub(it))
        .find(|it| *it >= floor && is_title(*it..start))
    {
        start = before;
    }
    (start < open && open + 1 < close && are_titles).then_some(start..open)
}

/// Whether the title of a candidate ends before the field of the office, which stands before the name: "Secretary for Health | Ann Lee".
pub(crate) fn has_field_before(titled: &Candidate, name: &Range<usize>) -> bool {
    let title = titled.title.clone().unwrap_or_default();
    title.end < titled.tokens.start && titled.tokens.start < name.start && name.start < titled.tokens.end
}

/// A titled person whose title has the last word of the office: "chief of General Staff | Ann Lee".
pub(crate) fn with_end_of_office(features: &Features, mut titled: Candidate) -> Candidate {
    let start = start_behind_end_of_office(features, &titled.tokens);
    if let Some(title) = titled.title.as_mut()
        && title.end == titled.tokens.start
    {
        title.end = start;
        titled.tokens.start = start;
    }
    titled
}

/// A titled person whose title ends with a word of honour that is a part of the name: "Vice Chairman | Shah Mehmood Lund".
pub(crate) fn with_inner_honour(features: &Features, mut titled: Candidate) -> Candidate {
    if let Some(title) = titled.title.as_mut()
        && title.len() > 1
        && title.end == titled.tokens.start
        && is_inner_honour(features, title.end - 1)
        && titled.tokens.len() > 1
    {
        title.end -= 1;
        titled.tokens.start -= 1;
    }
    titled
}

/// A titled person without the "&" behind the title: "CEO | & Ann Lee".
pub(crate) fn without_joint(features: &Features, mut titled: Candidate) -> Candidate {
    if titled.tokens.len() > 1 && features.form(titled.tokens.start) == "&" {
        titled.tokens.start += 1;
    }
    titled
}

/// A titled person whose name has the title as a part: a nun ("| Mother Teresa"), a woman with a title of men ("| Sheikh Selma"), somebody
/// with an occupation before it ("artist | Lama Roth").
pub(crate) fn with_own_title(features: &Features, mut titled: Candidate) -> Candidate {
    const TITLES_LIKE_NAMES: &[&str] = &word_list!("titles-like-given-names");
    const RULERS: &[&str] = &word_list!("ruler-titles");
    let name = &titled.tokens;
    let Some(title) = titled.title.clone().filter(|it| it.end == name.start && name.len() == 1) else {
        return titled;
    };
    let (word, gender) = (features.form(title.end - 1), Gender::from_classes(features.classes(name.start)));
    let is_given = features.is(name.start, GivenName);
    // Behind the name of another mother stands her age.
    let is_nun = word == "Mother" && title.len() == 1 && is_given && features.form(name.end) != ",";
    let is_of_men = RULERS.binary_search(&word).is_ok()
        && features.is(title.end - 1, Honorific)
        && is_given
        && Gender::clash(role_kinds::gender_of_title(features, title.end - 1), gender);
    let occupation = title.start.checked_sub(1).filter(|_| title.len() == 1);
    let is_behind_occupation = occupation.is_some_and(|it| {
        let is_lowercase = features.doc.word(it).starts_with(char::is_lowercase);
        is_lowercase && features.lowercase_classes(it).has(RoleNoun)
    });
    let is_like_name = is_behind_occupation && TITLES_LIKE_NAMES.binary_search(&word).is_ok();
    if is_nun || is_of_men || is_like_name {
        titled.tokens.start -= 1;
        titled.title = Some(title.start..title.end - 1).filter(|it| !it.is_empty());
    }
    titled
}

/// Whether a word is an honour that is often a part of a name: "Shah", "Sultan".
pub(crate) fn is_inner_honour(features: &Features, at: usize) -> bool {
    const HONOURS: &[&str] = &word_list!("honours-in-names");
    HONOURS.binary_search(&features.doc.word(at)).is_ok()
}
