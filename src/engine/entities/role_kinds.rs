//! Kinds of roles: appearances, which are none; kinship; the role that several people share.

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::features::Features;
use crate::engine::entities::{EntityMention, Gender};
use crate::engine::text::lexicon::LexicalClass::{
    Adverb, Auxiliary, Calendar, CommonWord, Demonym, Determiner, GivenName, Honorific, KinNoun, OrgHeadOf,
    OrgNoun, Organization, PastTense, PlacePrefix, Preposition, RoleModifier, RoleNoun, SpeechVerb,
    StateOffice, TimeWord, Title,
};
use crate::engine::text::tokens::TokenKind;
use crate::span::Span;
use crate::word_list::word_list;

/// Words for what a person looks like or that they are one, in lower case: alone they are no role.
const APPEARANCES: &[&str] = &word_list!("person-words-without-role");

/// How many words may stand between a role and the word that tells that it is no longer held.
const MAX_QUALIFIER_DISTANCE: usize = 3;
/// Endings of adjectives.
const ADJECTIVE_ENDINGS: &[&str] = &word_list!("adjective-endings");
/// How many words the field of a minister may have: "Clean Water, Roads and Harbours".
const MAX_PORTFOLIO_WORDS: usize = 7;
/// How many words the seat of a member of a parliament may have.
const MAX_SEAT_WORDS: usize = 5;
/// How many tokens the list of an office's fields may have: "labour, industrial relations and job creation".
const MAX_FIELD_WORDS: usize = 12;

/// Whether a word before an office tells its rank and not its field: "Prime", "Deputy".
pub(crate) fn is_rank(word: &str) -> bool {
    const RANKS: &[&str] = &word_list!("office-ranks");
    RANKS.binary_search(&word).is_ok()
}

/// Whether a word begins the complement of a role: "spokeswoman | for …".
pub(crate) fn is_complement(form: &str) -> bool {
    matches!(form, "of" | "for" | "to" | "at" | "in" | "with" | "on")
}

/// Whether "on" at a token tells what somebody did and not what they are: "an aide to the mayor | on the call".
pub(crate) fn closes_complement(features: &Features, head: usize, at: usize) -> bool {
    at > head + 2 && features.form(at) == "on" && features.form(head + 1) == "to"
}

/// Whether a noun without an article is the first of three offices of one person: "chairman, CEO and president Ann Lee".
pub(crate) fn is_first_of_three(features: &Features, at: usize) -> bool {
    let is_role = |at: usize| features.lowercase_classes(at).has(RoleNoun);
    let before = at.checked_sub(1);
    let has_determiner = before
        .is_some_and(|it| features.lowercase_classes(it).any(&[Determiner, RoleModifier]) || is_role(it));
    is_role(at)
        && features.form(at + 1) == ","
        && is_role(at + 2)
        && features.form(at + 3) == "and"
        && is_role(at + 4)
        && !has_determiner
}

/// The end of a role without the home of the organisation behind it: "the head of | Tarn, Norway-based Norbex".
pub(crate) fn end_before_home(features: &Features, head: usize, end: usize) -> usize {
    let is_home = features.form(end) == "," && features.doc.word(end + 1).ends_with("-based");
    let of = (head + 1..end).rev().find(|it| matches!(features.form(*it), "of" | "at" | "for"));
    of.filter(|_| is_home).unwrap_or(end)
}

/// Whether the noun of a role directly before a name is a verb: "is set to | star | Ann Lee".
pub(crate) fn is_infinitive(features: &Features, role: &Range<usize>) -> bool {
    const GOVERNORS: &[&str] = &word_list!("infinitive-governors");
    let governor = role.start.checked_sub(2).filter(|it| features.form(it + 1) == "to" && role.len() == 1);
    governor.is_some_and(|it| GOVERNORS.binary_search(&features.form(it)).is_ok())
}

/// Whether a word in lower case is a participle: "affiliated".
pub(crate) fn is_participle(features: &Features, at: usize) -> bool {
    features.lowercase_classes(at).has(PastTense)
        && !features.lowercase_classes(at).has(RoleNoun)
        && !features.is_capitalized(at)
}

/// The gender that the word of a title tells.
pub(crate) fn gender_of_title(features: &Features, at: usize) -> Option<Gender> {
    let classes = features.classes(at);
    Gender::from_classes(classes).filter(|_| classes.has(Title) && !classes.has(GivenName))
}

/// The gender that the noun of a role tells ("spokeswoman for …"), not the words after it.
pub(crate) fn gender_of_role(features: &Features, role: &Range<usize>) -> Option<Gender> {
    let head = role.clone().take_while(|it| !is_complement(features.form(*it)));
    let nouns = head.map(|it| features.lowercase_classes(it)).filter(|it| it.has(RoleNoun));
    nouns.last().and_then(Gender::from_classes)
}

/// Whether the noun of a role and the given name of a person tell different genders: "spokesman", "Una Vell".
pub(crate) fn is_of_other_gender(features: &Features, noun: usize, name: &Range<usize>) -> bool {
    let of_noun = Gender::from_classes(features.lowercase_classes(noun));
    let of_name = Gender::from_classes(features.classes(name.start)).filter(|_| name.len() > 1);
    of_noun.is_some() && of_name.is_some() && of_noun != of_name
}

/// Whether a noun calls people by what they are for somebody else: "agent", "friend".
pub(crate) fn is_for_other(features: &Features, at: usize) -> bool {
    const PEOPLE: &[&str] = &word_list!("people-for-others");
    PEOPLE.binary_search(&features.form(at).to_lowercase().as_str()).is_ok()
}

/// Whether a role tells nothing but what a person looks like or that they are one: "Black man", "woman from Ellwick".
pub(crate) fn is_appearance(features: &Features, role: &Range<usize>) -> bool {
    let is_plain = |at: usize| {
        let form = features.form(at).to_lowercase();
        APPEARANCES.binary_search(&form.as_str()).is_ok() || form.ends_with("-year-old")
    };
    let is_end = |at: usize| is_complement(features.form(at)) || features.form(at) == "from";
    let head = role.clone().take_while(|it| !is_end(*it));
    let mut head = head.peekable();
    let is_alone = head.peek().is_some() && head.all(is_plain);
    is_alone && !role.clone().any(|it| matches!(features.form(it), "of" | "'s" | "’s"))
}

/// Whether a role tells whose relative a person is: "his | wife", "Ann's father", "the father of Ann".
pub(crate) fn is_kinship(features: &Features, role: &Range<usize>) -> bool {
    let ends = |at: &usize| is_complement(features.form(*at));
    let nouns = role.clone().take_while(|it| !ends(it));
    let is_kin = nouns.last().is_some_and(|it| features.lowercase_classes(it).has(KinNoun));
    let is_owner = |at: usize| {
        matches!(features.form(at), "'s" | "’s" | "his" | "her" | "their" | "whose" | "His" | "Her" | "Their")
    };
    let owner = role.start.checked_sub(1).is_some_and(is_owner);
    let of_name = role.clone().any(|it| features.form(it) == "of" && features.is_capitalized(it + 1));
    is_kin && (owner || of_name || role.clone().any(is_owner))
}

/// The start of a role with the words before it that tell whether it is still held ("Former | academy president"), or with one
/// adjective that opens the sentence ("Traditional | owner").
pub(crate) fn with_qualifier(features: &Features, start: usize, floor: usize) -> usize {
    const QUALIFIERS: &[&str] = &word_list!("role-qualifiers");
    // "ex-Harbour | Master"
    let former = start.checked_sub(1).filter(|it| *it >= floor && features.doc.word(*it).starts_with("ex-"));
    if let Some(former) = former {
        return former;
    }
    let is_qualifier = |at: usize| {
        let word = features.form(at);
        let is_lowercase =
            !features.is_capitalized(at) || features.get(at).is_some_and(|it| it.is_capital_forced);
        is_lowercase && QUALIFIERS.binary_search(&word.to_lowercase().as_str()).is_ok()
    };
    let is_noun = |at: usize| {
        let classes = features.lowercase_classes(at);
        features.form(at).starts_with(char::is_lowercase)
            && !features.is_function_word(at)
            && !classes.any(&[Adverb, TimeWord, PastTense, SpeechVerb, Auxiliary, Preposition, Determiner])
    };
    let first = floor.max(start.saturating_sub(MAX_QUALIFIER_DISTANCE));
    let mut at = start;
    while at > first {
        at -= 1;
        if is_qualifier(at) {
            return at;
        }
        if !is_noun(at) {
            break;
        }
    }
    let opens = start.checked_sub(1).filter(|it| *it == floor);
    let is_adjective = |at: usize| {
        let ending = features.form(at).to_lowercase();
        let has_ending = ADJECTIVE_ENDINGS.iter().any(|it| ending.ends_with(it));
        let classes = features.lowercase_classes(at);
        features.get(at).is_some_and(|it| it.is_capital_forced && it.classes.is_empty())
            && has_ending
            && !features.is_function_word(at)
            && !classes.any(&[Adverb, TimeWord, PastTense, SpeechVerb, Preposition, OrgNoun])
    };
    opens.filter(|it| is_adjective(*it)).unwrap_or(start)
}

/// A role without honorifics at its end: "Sports Minister | Datuk Seri".
pub(crate) fn without_honorifics(features: &Features, role: Range<usize>) -> Range<usize> {
    let is_honorific = |words: Range<usize>| features.lexicon.classes(&features.phrase(words)).has(Honorific);
    // "First Lady"
    let is_office =
        |at: usize| at > role.start && features.lexicon.classes(&features.phrase(at - 1..at + 1)).has(Title);
    let mut end = role.end;
    while let Some(start) = [2, 1]
        .into_iter()
        .filter_map(|it| end.checked_sub(it))
        .find(|it| *it > role.start && is_honorific(*it..end) && !(*it + 1 == end && is_office(*it)))
    {
        end = start;
    }
    role.start..end
}

/// The office with its complement that stands before a title which is no office of its own: "| Minister of State for Health | Dr",
/// "| Attorney-General of the Federation | Chief". `None` where there is none.
pub(crate) fn office_before_title(
    features: &Features,
    title: &Range<usize>,
    floor: usize,
) -> Option<Range<usize>> {
    const RANKS: &[&str] = &word_list!("titles-behind-offices");
    const OFFICES: &[&str] = &word_list!("offices-with-field");
    let is_lesser = |at: usize| {
        features.is(at, Honorific)
            || RANKS.binary_search(&features.form(at)).is_ok()
            || is_honorific_phrase(features, at)
    };
    let end = title.clone().find(|it| is_lesser(*it))?;
    let is_inside = |at: &usize| {
        features.is_capitalized(*at)
            || matches!(features.form(*at), "of" | "for" | "on" | "to" | "and" | "the" | "&" | ",")
    };
    let is_office = |at: usize| {
        let is_inner = at > floor && features.is_capitalized(at - 1);
        let is_title = (features.is(at, Title) || is_inner) && features.lowercase_classes(at).has(RoleNoun);
        features.is_capitalized(at) && (is_title || OFFICES.binary_search(&features.form(at)).is_ok())
    };
    let is_joint = |at: usize| {
        matches!(features.form(at), "of" | "for" | "on" | "to")
            && at + 1 < end
            && at > floor
            && is_office(at - 1)
    };
    let has_office = (title.start..end).any(is_office);
    let words = floor.max(end.saturating_sub(MAX_FIELD_WORDS))..end;
    let joint = words.rev().take_while(is_inside).find(|it| is_joint(*it))?;
    (!has_office).then_some(joint - 1..end)
}

/// The start of the office of a member of a parliament whose seat begins at token `seat`: "| MP for Tarn East", "| senator from Ohio".
/// `None` where no such office stands before it.
pub(crate) fn office_of_seat(features: &Features, seat: usize) -> Option<usize> {
    const OFFICES: &[&str] = &word_list!("offices-with-seats");
    let article = usize::from(seat > 0 && features.form(seat - 1) == "the");
    let joint = seat.checked_sub(1 + article).filter(|it| matches!(features.form(*it), "for" | "from"))?;
    let noun = joint.checked_sub(1)?;
    let is_member = features.form(noun) == "Parliament" && noun > 1 && features.form(noun - 1) == "of";
    let is_office = OFFICES.binary_search(&features.form(noun).to_lowercase().as_str()).is_ok();
    let is_one_sentence = features.doc.sentence_of(noun) == features.doc.sentence_of(seat);
    let start = if is_member { noun - 2 } else { noun };
    (is_one_sentence && (is_member || is_office)).then_some(start)
}

/// The start of the office of a member of a parliament with its seat, directly before the name at token `name`: "| Labour MP for Tarn
/// East | Ann Lee".
pub(crate) fn office_with_seat(features: &Features, name: usize, floor: usize) -> Option<usize> {
    let is_inside =
        |at: &usize| features.is_capitalized(*at) || matches!(features.form(*at), "and" | "of" | "upon");
    let words = floor.max(name.saturating_sub(MAX_SEAT_WORDS))..name;
    let seat = words.rev().take_while(is_inside).find_map(|it| office_of_seat(features, it));
    seat.filter(|it| *it >= floor)
}

/// Whether a title of several words that names no office begins or ends at a token: "Tan | Sri".
fn is_honorific_phrase(features: &Features, at: usize) -> bool {
    let is_listed = |words: Range<usize>| features.lexicon.classes(&features.phrase(words)).has(Honorific);
    at + 1 < features.doc.tokens.len() && is_listed(at..at + 2)
}

/// The start of an office with a list of its fields that ends at token `end`: "Secretary for Culture, Sports and Tourism", "minister of
/// labour, industry and trade". `None` where there is no list.
pub(crate) fn office_with_fields(features: &Features, end: usize, floor: usize) -> Option<usize> {
    const OFFICES: &[&str] = &word_list!("offices-with-field");
    let is_word = |at: usize| features.doc.tokens.get(at).is_some_and(|it| it.kind == TokenKind::Word);
    // "Secretary for Culture, Sports and Tourism Ann Lee | congratulated | Bo Ray"
    let is_field = |at: usize| is_word(at) && !features.is_function_word(at) && !is_participle(features, at);
    let is_joint = |at: usize| matches!(features.form(at), "," | "and" | "&");
    let words = floor.max(end.saturating_sub(MAX_FIELD_WORDS))..end;
    let start = words.rev().take_while(|it| is_field(*it) || is_joint(*it)).last()?;
    let list = start..end;
    let (commas, ands): (Vec<usize>, Vec<usize>) =
        list.clone().filter(|it| is_joint(*it)).partition(|it| features.form(*it) == ",");
    let is_list = !commas.is_empty() && ands.len() == 1 && commas.iter().all(|it| *it < ands[0]);
    let office = start.checked_sub(2).filter(|it| *it >= floor)?;
    let is_office = OFFICES.iter().any(|it| it.eq_ignore_ascii_case(features.form(office)))
        && matches!(features.form(office + 1), "of" | "for")
        && !is_joint(end - 1);
    (is_list && is_office).then_some(office)
}

/// Whether a word opens a sentence as a verb before an office and a name: "Enter | President Varr".
fn opens_as_verb(features: &Features, at: usize) -> bool {
    const VERBS: &[&str] = &word_list!("verbs-before-names");
    let is_forced = features.get(at).is_some_and(|it| it.is_capital_forced);
    is_forced && VERBS.binary_search(&features.doc.lower(at).as_str()).is_ok()
}

/// Whether a word begins the name of the place behind it: "New | Tarn City Mayor". "New Mayor" has none.
pub(crate) fn begins_place(features: &Features, at: usize) -> bool {
    let is_listed = || features.lexicon.classes(&features.phrase(at..at + 2)).is_place();
    let is_forced = features.get(at).is_some_and(|it| it.is_capital_forced);
    features.is(at, PlacePrefix)
        && features.is_capitalized(at + 1)
        && !features.is(at + 1, Title)
        && !features.lowercase_classes(at + 1).has(RoleNoun)
        && (!is_forced || is_listed())
}

/// The title of a member of a government with the field before it: "Clean Water and Roads | Minister".
pub(crate) fn with_portfolio(features: &Features, title: Range<usize>) -> Range<usize> {
    let office = title.end - 1;
    if !features.is(office, StateOffice) && !matches!(features.form(office), "Secretary" | "Commissioner") {
        return title;
    }
    let floor = features.doc.sentences[features.doc.sentence_of(title.start)].tokens.start;
    let is_field = |at: usize| {
        let classes = features.classes(at);
        let word = features.form(at);
        features.is_capitalized(at)
            && (features.lowercase_classes(at).any(&[CommonWord, RoleModifier])
                || is_compound_word(features, word)
                || features.lexicon.is_plural_of_common_word(word))
            && !features.is_function_word(at)
            && !classes.is_place()
            && !classes.any(&[Title, Demonym, Organization, GivenName, Calendar, OrgHeadOf])
            && !features.lowercase_classes(at).any(&[Adverb, TimeWord])
            && !opens_as_verb(features, at)
    };
    // "Council Women and Prime Minister Ann Lee" is no field.
    let is_open = |at: usize| !features.lowercase_classes(at).has(RoleNoun) && !is_rank(features.form(at));
    let mut start = title.start;
    let mut has_and = false;
    while start > floor && title.start - start < MAX_PORTFOLIO_WORDS {
        let before = start - 1;
        let is_and = matches!(features.form(before), "and" | "&");
        let joins = is_and || has_and && features.form(before) == ",";
        if is_field(before) {
            start = before;
        } else if joins && start < office && is_open(start) && before > floor && is_field(before - 1) {
            start = before - 1;
            has_and = true;
        } else {
            break;
        }
    }
    // "Tarn Chamber of Commerce and Industry | President": the field is that of the organisation.
    let is_of_organization = start < title.start
        && start > floor + 2
        && matches!(features.form(start - 1), "and" | "&")
        && matches!(features.form(start - 3), "of" | "for");
    if is_of_organization { title } else { start..title.end }
}

/// Whether a word is joined of common words: "Co-operation".
fn is_compound_word(features: &Features, word: &str) -> bool {
    let is_common = |it: &str| features.lexicon.classes(&it.to_lowercase()).any(&[CommonWord, RoleModifier]);
    word.contains('-') && word.split('-').all(is_common)
}

/// Whether an apposition without an article that ends with a name is the title of the next person in a list: "Ann Lee, Director of the
/// Harbour Institute Bo Ray,". `next` is the first token of that name.
pub(crate) fn is_title_of_next(features: &Features, head: usize, next: usize) -> bool {
    let is_dotted = |at: usize| features.doc.word(at).ends_with('.') && features.is(at, Title);
    let before = if is_dotted(next - 1) { next - 2 } else { next - 1 };
    let is_joint =
        matches!(features.form(before), "and" | "'s" | "’s") || is_complement(features.form(before));
    features.is_capitalized(head) && next > head + 1 && !is_joint
}

/// The token behind the brackets with a party and a seat that open at a token: "Lena Roth (R-Tarn) |".
fn end_of_seat(features: &Features, open: usize) -> usize {
    let inside = open + 1..open + 2 + MAX_SEAT_WORDS;
    let close =
        inside.into_iter().find(|it| features.form(*it) == ")").filter(|_| features.form(open) == "(");
    close.map_or(open, |it| it + 1)
}

/// Gives the role of several people to all of them: "Councilmembers Bert Bloom and Hal Sander".
pub(crate) fn share_plural_roles(features: &Features, mentions: &mut [EntityMention]) {
    let mut shared: Option<(Span, usize)> = None;
    for mention in mentions.iter_mut().filter(|it| it.kind == EntityKind::Person) {
        let joins = |at: usize| matches!(features.form(at), "," | "and" | "&");
        let last = shared.filter(|(_, end)| {
            let end = end_of_seat(features, *end);
            end < mention.tokens.start && (end..mention.tokens.start).all(joins)
        });
        if let Some((role, _)) = last.filter(|_| mention.roles.iter().all(|it| it.start > mention.span.start))
        {
            mention.roles.insert(0, role);
            shared = Some((role, mention.tokens.end));
            continue;
        }
        let plural = mention.roles.first().copied().filter(|it| it.end <= mention.span.start);
        let plural = plural.filter(|it| is_plural_role(features, it.slice(features.doc.text)));
        shared = plural.map(|it| (it, mention.tokens.end));
    }
}

/// Whether the last word of a role is the plural of a role noun or of a short title: "Councilmembers", "lawyers", "Reps."
fn is_plural_role(features: &Features, role: &str) -> bool {
    let last = role.rsplit(' ').next().unwrap_or_default();
    let is_short = || {
        let one = last.strip_suffix("s.").map(|it| format!("{it}."));
        one.is_some_and(|it| features.lexicon.classes(&it).has(Title))
    };
    is_plural_noun(features, &last.to_lowercase()) || is_short()
}

/// Whether a word in lower case is an office that is held at a place: "bishop".
pub(crate) fn is_office_of_place(word: &str) -> bool {
    const OFFICES: &[&str] = &word_list!("offices-of-places");
    OFFICES.binary_search(&word).is_ok()
}

/// Whether a word in lower case is the plural of a role noun: "lawyers", "councilwomen".
pub(crate) fn is_plural_noun(features: &Features, word: &str) -> bool {
    let is_role = |word: &str| features.lexicon.classes(word).has(RoleNoun);
    let one = word.strip_suffix("men").map(|it| format!("{it}man"));
    let one = one.or_else(|| word.strip_suffix('s').map(str::to_owned));
    !is_role(word) && one.is_some_and(|it| is_role(&it))
}
