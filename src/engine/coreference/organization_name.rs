//! Names of organisations: whether two of them are forms of one name.

use std::collections::HashSet;

use crate::engine::coreference::name_spelling::{
    begins_with_acronym, differs_by_plural, ends_with_acronym, with_joined_first_initials,
};
use crate::engine::coreference::person_name::comparable;
use crate::engine::coreference::turned_names::{has_place_behind, is_turned};
use crate::engine::entities::EntityMention;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass::{
    CommonWord, CompanySuffix, Demonym, FunctionWord, GenericOrgNoun, GivenName, OrgHead, OrgHeadOf, OrgNoun,
    Organization,
};
use crate::engine::text::lexicon::Lexicon;
use crate::engine::text::tokens::TokenKind;
use crate::word_list::word_list;

/// How many words a form may have less than the full name.
const MAX_MISSING_WORDS: usize = 3;
/// How many words of its own a name may have before the short form.
const MAX_OWN_WORDS: usize = 2;
/// Words that make another organisation of a name behind them: "International".
const WORDS_OF_OTHER_ORGANIZATIONS: &[&str] = &word_list!("words-of-other-organisations");
/// Heads of names of which a story may have several alike: "Party".
const HEADS_OF_SEVERAL_ORGANIZATIONS: &[&str] = &word_list!("heads-of-several-organisations");
/// How many words may stand before the noun that tells what kind of organisation a name is.
const MAX_KIND_WORDS: usize = 4;

/// The noun that tells what kind of organisation a name is: "the bank Nordkap", "Nordkap, a bank in Tarn". `None` where none does.
pub(crate) fn kind_noun(doc: &Document, name: &EntityMention) -> Option<String> {
    let is_noun = |at: usize| doc.is(at, OrgNoun) && doc.word(at).starts_with(char::is_lowercase);
    if let Some(at) = name.tokens.start.checked_sub(1).filter(|it| is_noun(*it)) {
        return Some(doc.lower(at));
    }
    let article = name.tokens.end + 1;
    if doc.word(name.tokens.end) != "," || !matches!(doc.word(article), "a" | "an" | "the") {
        return None;
    }
    let is_inside = |at: &usize| {
        doc.tokens.get(*at).is_some_and(|it| it.kind == TokenKind::Word) && !doc.is(*at, FunctionWord)
    };
    let phrase = (article + 1..article + 2 + MAX_KIND_WORDS).take_while(is_inside);
    phrase.last().filter(|it| is_noun(*it)).map(|it| doc.lower(it))
}

/// Whether two names of several words are forms of one organisation's name: "UN Harbour Council" and "Harbour Council",
/// "Norrland Steel Ltd" and "Norrland Steel", "National Theatre of Norway" and "National Theatre", "Department of Clean Water"
/// and "Clean Water", "Ministry of Water" and "Water Ministry", "Harbour Seal Trust" and "Harbour Trust". `places` are those
/// of the story.
pub(crate) fn is_variant(lexicon: &Lexicon, places: &HashSet<&str>, one: &str, other: &str) -> bool {
    let (one, other) = (with_joined_first_initials(one), with_joined_first_initials(other));
    let (one, other): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    let (long, short) = if one.len() > other.len() { (one, other) } else { (other, one) };
    let missing = long.len() - short.len();
    if short.len() > 1
        && (ends_before_field(lexicon, places, &long, &short)
            || is_office_of_rank(lexicon, &long, &short)
            || is_department_with_more(lexicon, &long, &short)
            || is_chamber_of_commerce(&long, &short)
            || is_committee_of_chamber(&long, &short))
    {
        return true;
    }
    let articles = long.iter().filter(|it| **it == "the").count();
    if short.len() < 2 || missing > MAX_MISSING_WORDS + articles {
        return false;
    }
    // "South Africa | Women | Rugby Union": an organisation of its own.
    let tells_members = |it: &&str| {
        matches!(*it, "Women" | "Women's" | "Women’s" | "Youth" | "Junior" | "Students" | "Veterans")
    };
    if long.iter().any(tells_members) && !short.iter().any(tells_members) {
        return false;
    }
    if missing == 0 {
        return is_turned(lexicon, &long, &short)
            || differs_by_tail(lexicon, &long, &short)
            || differs_by_plural(&long, &short);
    }
    // "National Theatre | of Norway"
    let is_behind_of = |words: &[&str]| {
        let place = words.strip_prefix(&["of"]).or_else(|| words.strip_prefix(&["in"])).unwrap_or_default();
        let place = place.strip_prefix(&["the"]).unwrap_or(place);
        !place.is_empty() && (is_place_or_owner(lexicon, place) || places.contains(place.join(" ").as_str()))
    };
    let is_same = |part: &[&str]| part.iter().zip(&short).all(|(a, b)| comparable(a) == comparable(b));
    let (before, behind) = (&long[..missing], &long[short.len()..]);
    let has_head = |words: &[&str]| words.iter().any(|it| lexicon.classes(it).any(&[OrgHeadOf, OrgHead]));
    let is_place = |words: &[&str]| places.contains(words.join(" ").as_str());
    let is_owner = is_same(&long[missing..])
        && (is_place_or_owner(lexicon, before)
            || is_of_state(before)
            || before == ["Public"] && short[0].starts_with("Prosecutor")
            || is_place(before) && has_head(&short));
    let has_complement = is_same(&long[missing..]) && is_department(lexicon, before);
    is_owner
        || has_complement
        || is_same(&long[missing..]) && is_numbered_branch(&short)
        || is_same(&long[missing..]) && is_end_of_own_name(lexicon, places, before, &short)
        || is_same(&long[..short.len()])
            && (is_kind_of_organization(lexicon, behind) || are_endings_left_out(behind))
        || is_turned(lexicon, &long, &short)
        || missing == 1 && has_place_behind(lexicon, &long, &short)
        || missing == 1 && is_without_middle(&long, &short)
        || is_without_long_middle(lexicon, &long, &short)
        || ends_with_acronym(&long, &short)
        || begins_with_acronym(&long, &short)
        || is_same(&long[..short.len()])
            && ends_as_organization(&short)
            && matches!(behind, ["of" | "for" | "at", ..])
        || is_same(&long[..short.len()]) && is_headed(lexicon, &short) && is_behind_of(behind)
}

/// Whether a name with a word of its own before its head is a longer one up to "for" and its field: "Vell Center | for Young People".
fn ends_before_field(lexicon: &Lexicon, places: &HashSet<&str>, long: &[&str], short: &[&str]) -> bool {
    let own = &short[..short.len() - 1];
    let is_own = own.iter().all(|it| {
        let is_common = lexicon.classes(&it.to_lowercase()).has(CommonWord);
        !is_common && !lexicon.classes(it).is_place() && !places.contains(it)
    });
    is_own
        && !own.is_empty()
        && is_headed(lexicon, short)
        && long.len() > short.len() + 1
        && long[short.len()] == "for"
        && long.iter().zip(short).all(|(a, b)| comparable(a) == comparable(b))
}

/// Whether a name is that of a chamber's committee without its field: "House Committee" of "House Select Committee on Harbours".
fn is_committee_of_chamber(long: &[&str], short: &[&str]) -> bool {
    let [chamber @ ("House" | "Senate"), "Committee"] = short else { return false };
    long.first() == Some(chamber) && long.iter().skip(1).any(|it| *it == "Committee")
}

/// Whether two names of as many words differ only by a last word that tells what kind of company each is, one of which is a legal
/// form or in lower case: "Norrland Steel Bhd", "Norrland Steel group".
fn differs_by_tail(lexicon: &Lexicon, one: &[&str], other: &[&str]) -> bool {
    let (Some((one_tail, one)), Some((other_tail, other))) = (one.split_last(), other.split_last()) else {
        return false;
    };
    let is_form =
        |tail: &str| lexicon.classes(tail).has(CompanySuffix) || tail.starts_with(char::is_lowercase);
    let is_same = one.iter().zip(other).all(|(a, b)| comparable(a) == comparable(b));
    is_same
        && (is_form(one_tail) || is_form(other_tail))
        && is_kind_of_organization(lexicon, &[one_tail])
        && is_kind_of_organization(lexicon, &[other_tail])
}

/// Whether a name of several words is the end of a longer one that has a word or two of its own before it: "Harbour Movement" of "Operation
/// Harbour Movement". A party, a court or a newspaper may be another one.
fn is_end_of_own_name(lexicon: &Lexicon, places: &HashSet<&str>, before: &[&str], short: &[&str]) -> bool {
    let is_own = |word: &&str| {
        let classes = lexicon.classes(word);
        word.starts_with(char::is_uppercase)
            && !classes.is_place()
            && !classes.any(&[Demonym, GivenName])
            && !places.contains(word)
            && !word.ends_with("'s")
            && !word.ends_with("’s")
            && WORDS_OF_OTHER_ORGANIZATIONS.binary_search(word).is_err()
    };
    let is_head = |word: &&str| HEADS_OF_SEVERAL_ORGANIZATIONS.binary_search(word).is_err();
    before.len() <= MAX_OWN_WORDS
        && before.iter().all(is_own)
        && short.last().is_some_and(is_head)
        && !lexicon.classes(&short.join(" ")).has(Organization)
}

/// Whether a name is the number of a union's branch: "Local 12" of "Dockers Local 12".
fn is_numbered_branch(name: &[&str]) -> bool {
    const BRANCHES: &[&str] = &word_list!("numbered-branches");
    matches!(name, [branch, .., number] if BRANCHES.binary_search(branch).is_ok()
        && number.starts_with(|it: char| it.is_ascii_digit()))
}

/// Whether a ministry's name has only the first of the fields of a longer one: "Ministry of Health" and "Health Ministry" for "Ministry of
/// Health, Care and Sport".
fn is_department_with_more(lexicon: &Lexicon, long: &[&str], short: &[&str]) -> bool {
    let [head @ ("Ministry" | "Department"), "of", field, rest @ ..] = long else { return false };
    let first = field.trim_end_matches(',');
    let has_more = first.len() < field.len() || matches!(rest.first(), Some(&("and" | "&" | ",")));
    let is_same = match short {
        [one, "of", other] => one == head && *other == first,
        [owner @ .., other, one] => {
            one == head && *other == first && (owner.is_empty() || is_place_or_owner(lexicon, owner))
        }
        _ => false,
    };
    has_more && is_same
}

/// Whether a name is that of a chamber of commerce without its place and without what it serves beside commerce.
fn is_chamber_of_commerce(long: &[&str], short: &[&str]) -> bool {
    let bare = ["Chamber", "of", "Commerce"];
    let of_long = long.windows(bare.len()).any(|it| it == bare);
    of_long && short.starts_with(&bare) && (short.len() == bare.len() || long.ends_with(short))
}

/// Whether a name of an office is a longer one up to "for" and its field, with or without the organisation to which it belongs: "Office
/// of the High Delegate" for "Office of the UN High Delegate for Harbours".
fn is_office_of_rank(lexicon: &Lexicon, long: &[&str], short: &[&str]) -> bool {
    let is_owner = |it: &&str| lexicon.classes(it).has(Organization);
    let own: Vec<&str> = long.iter().copied().filter(|it| !is_owner(it)).collect();
    short.starts_with(&["Office", "of", "the"])
        && short.len() > 3
        && own.starts_with(short)
        && own.get(short.len()).is_none_or(|it| *it == "for")
}

/// Whether a name ends with a word such as "University" or "Ministry", which may have its field or place behind it: "Tarn University
/// of the Hills".
fn ends_as_organization(name: &[&str]) -> bool {
    const LAST: &[&str] = &word_list!("organisations-not-places");
    name.last().is_some_and(|it| LAST.binary_search(it).is_ok())
}

/// Whether a name is a shorter one with words behind it that tell only what kind of organisation it is: "NHB Holdings" for "NHB".
pub(crate) fn adds_kind(lexicon: &Lexicon, long: &str, short: &str) -> bool {
    let behind = long.strip_prefix(short).and_then(|it| it.strip_prefix(' '));
    behind.is_some_and(|it| {
        let words: Vec<&str> = it.split(' ').collect();
        words.len() <= MAX_MISSING_WORDS && is_kind_of_organization(lexicon, &words)
    })
}

/// Whether the words before a name tell only that the organisation is one of the whole state: "National", "Federal".
fn is_of_state(words: &[&str]) -> bool {
    matches!(words, ["National" | "Federal" | "Royal" | "State"])
}

/// Whether all words behind the short name of a listed organisation are such as its full name has: "News Agency", "University".
pub(crate) fn is_told_behind_name(lexicon: &Lexicon, words: &[&str]) -> bool {
    const NOUNS: &[&str] = &word_list!("nouns-behind-whole-names");
    words.iter().all(|it| NOUNS.binary_search(it).is_ok()) || are_left_out(lexicon, words)
}

/// Whether all words behind the short name of a company are such as its long name ends with: "Holdings", "Technologies Co".
pub(crate) fn are_left_out(lexicon: &Lexicon, words: &[&str]) -> bool {
    words.iter().all(|it| are_company_tails(&[it]) || lexicon.classes(it).has(CompanySuffix))
}

/// Whether all words are such as end the names of authorities and are often left out: "General Command".
fn are_endings_left_out(words: &[&str]) -> bool {
    const ENDINGS: &[&str] = &word_list!("organisation-endings-left-out");
    words.iter().all(|it| ENDINGS.binary_search(it).is_ok())
}

/// Whether all words are such as end the names of companies and are often left out: "Holdings".
pub(crate) fn are_company_tails(words: &[&str]) -> bool {
    const TAILS: &[&str] = &word_list!("company-name-tails");
    words.iter().all(|it| TAILS.binary_search(it).is_ok())
}

/// Whether a short name leaves one word out inside a long one. A ministry, a school or a bank may be another one then, unless the
/// word tells only that it is one of a town.
fn is_without_middle(long: &[&str], short: &[&str]) -> bool {
    const HEADS: &[&str] = &word_list!("heads-of-one-organisation");
    let (Some(long_last), Some(short_last)) = (long.last(), short.last()) else { return false };
    let is_same = |a: &str, b: &str| comparable(a) == comparable(b);
    let start = long.iter().zip(short).take_while(|(a, b)| is_same(a, b)).count();
    let is_local = long.get(start) == Some(&"Local") && *long_last == "Municipality";
    let is_town = is_local || matches!(long.get(start), Some(&"City" | &"Municipal" | &"Metropolitan"));
    // "Ministry of Public Works"
    let is_public = long[..start] == ["Ministry", "of"] && long[start] == "Public";
    (is_town || is_public || HEADS.binary_search(short_last).is_ok())
        && is_same(long_last, short_last)
        && start > 0
        && long[start + 1..].iter().zip(&short[start..]).all(|(a, b)| is_same(a, b))
}

/// Whether a short name leaves words out inside a long one behind two words that are no place, or behind an acronym: "One Voice For All
/// Dockers Association", "NHB Mutual Bank".
fn is_without_long_middle(lexicon: &Lexicon, long: &[&str], short: &[&str]) -> bool {
    let is_same = |a: &str, b: &str| comparable(a) == comparable(b);
    let start = long.iter().zip(short).take_while(|(a, b)| is_same(a, b)).count();
    let missing = long.len() - short.len();
    let is_behind_words = || {
        start > 1
            && start < short.len()
            && !is_place_or_owner(lexicon, &short[..start])
            && short[..start].iter().all(|it| it.starts_with(char::is_uppercase))
    };
    let is_behind_acronym = || {
        let is_acronym = short[0].len() > 2 && short[0].chars().all(char::is_uppercase);
        start == 1
            && short.len() == 2
            && is_acronym
            && missing == 1
            && !is_place_or_owner(lexicon, &short[..1])
    };
    is_headed(lexicon, short)
        && (is_behind_words() || is_behind_acronym())
        && long[start + missing..].iter().zip(&short[start..]).all(|(a, b)| is_same(a, b))
}

/// Whether a name ends with the head of an organisation's name or of a building's in which one works.
pub(crate) fn is_headed(lexicon: &Lexicon, name: &[&str]) -> bool {
    name.last().is_some_and(|it| {
        lexicon.classes(it).any(&[OrgHeadOf, OrgHead])
            || matches!(*it, "Theatre" | "Theater" | "Museum" | "Library")
    })
}

/// Whether some words tell only where an organisation is, or of which it is a part: "U.S.", "UN", "South African".
pub(crate) fn is_place_or_owner(lexicon: &Lexicon, words: &[&str]) -> bool {
    let is_owner = |word: &str| {
        let classes = lexicon.classes(word);
        classes.is_place() || classes.any(&[Demonym, Organization])
    };
    let bare = |word: &&str| word.trim_end_matches("'s").trim_end_matches("’s").to_owned();
    is_owner(&words.join(" ")) || words.iter().all(|it| is_owner(&bare(it)))
}

/// Whether some words are the head of a department and its preposition: "Department of".
pub(crate) fn is_department(lexicon: &Lexicon, words: &[&str]) -> bool {
    // "Office of the | Registrar of Companies"
    let words = words.strip_suffix(&["the"]).unwrap_or(words);
    let head = words.len().checked_sub(2).map(|it| words[it]);
    let joins = matches!(words.last(), Some(&"of" | &"for"));
    joins
        && head.is_some_and(|it| {
            lexicon.classes(it).has(OrgHeadOf)
                && matches!(it, "Department" | "Ministry" | "Bureau" | "Office")
        })
}

/// Whether some words tell only what kind an organisation is of: "Ltd", "Party", "Company".
fn is_kind_of_organization(lexicon: &Lexicon, words: &[&str]) -> bool {
    words.iter().map(|it| it.trim_end_matches(',')).all(|it| {
        lexicon.classes(it).has(CompanySuffix)
            || lexicon.classes(&it.to_lowercase()).any(&[GenericOrgNoun, OrgNoun])
            || are_company_tails(&[it])
            // "GDH 559 Co"
            || it.bytes().all(|it| it.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_its_country_or_its_kind_is_one_name() {
        let lexicon = Lexicon::embedded();
        let places = HashSet::from(["Varrsund"]);
        for (one, other, expected) in [
            ("National Theatre of Norway", "National Theatre", true),
            ("Harbour Society of Varrsund", "Harbour Society", true),
            ("Harbour Society of Bakers", "Harbour Society", false),
            ("Varrsund Department of Clean Water", "Department of Clean Water", true),
            ("NHB Mutual Bank", "NHB Bank", true),
            ("One Boat For All Dockers Association", "One Boat Dockers Association", true),
            ("South Africa Women Rugby Union", "South Africa Rugby Union", false),
            ("UN Harbour Council", "Harbour Council", true),
            ("Norwegian Harbour Council", "Harbour Council", true),
            ("South African Harbour Council", "Harbour Council", true),
            ("Harbour Council", "Norway's Harbour Council", true),
            ("Harbour Council of Chile", "Chilean Harbour Council", true),
            ("Harbour Council of Chile", "Swedish Harbour Council", false),
            ("Harbour Council of Austria", "Australian Harbour Council", false),
            ("Government of Hungary", "Hungarian Government", true),
            ("Bank of Chile", "Chilean Bank", false),
            ("U. S. Department of Clean Water", "Clean Water", true),
            ("Norrland Steel Group Co., Ltd.", "Norrland Steel", true),
            ("Norwegian Ministry of Foreign Affairs", "Foreign Ministry", true),
            ("Norwegian Ministry of Foreign Affairs", "Swedish Foreign Ministry", false),
            ("Ministry of Water Affairs", "Water Ministry", true),
            ("Norrland Steel", "Norrland Steel Ltd", true),
            ("Norrland Steel", "Norrland Steel Company", true),
            ("U.S. Department of Clean Water", "Clean Water", true),
            ("Ministry of Clean Water", "Clean Water Ministry", true),
            ("Ministry of Water", "Norwegian Water Ministry", true),
            ("Ministry of Water", "Clean Water Ministry", false),
            ("Dockers Local 12", "Local 12", true),
            ("Dockers Local 12", "Local 14", false),
            ("Tarn Unified School District", "Tarn USD", true),
            ("Tarn Unified School District", "Tarn UFO", false),
            ("Sorel Palter Group", "SP Group", true),
            ("Sorel Palter Group", "SQ Group", false),
            ("Sorel Palter Group", "SP Bank", false),
            ("Office of the UN High Delegate for Harbours", "Office of the High Delegate", true),
            ("Office of the High Delegate for Harbours", "Office of the High Delegate for Mills", false),
            ("Ministry of Health, Care and Sport", "Ministry of Health", true),
            ("Ministry of Health and Care", "Norwegian Health Ministry", true),
            ("Ministry of Health and Care", "Ministry of Care", false),
            ("Tarn Chamber of Commerce and Industry", "Chamber of Commerce", true),
            ("Public Prosecutor's Office", "Prosecutor's Office", true),
            ("National Storm Center of the United States", "National Storm Center", true),
            ("Norrland Steel Bhd", "Norrland Steel group", true),
            ("Norrland Steel Bank", "Norrland Steel Trust", false),
            ("Tarn Lund University", "Tarn Lund University of the Hills", true),
            ("Office of the Registrar of Harbours", "Registrar of Harbours", true),
            ("Tarn City Fire Department", "Tarn Fire Department", true),
            ("Tarn East Fire Department", "Tarn Fire Department", false),
            ("University of Tarn", "Tarn University", false),
            ("National Council for Harbours", "Council for Harbours", true),
            ("Norrland Data Solutions", "Norrland Data", true),
            ("Harbour Seal Trust", "Harbour Trust", true),
            ("Harbour Seal University", "Harbour University", false),
            ("Old Harbour Council", "Harbour Council", false),
            ("Norwegian Harbour Council", "Swedish Harbour Council", false),
            ("Norrland Steel", "Norrland Steel Watch", false),
            ("Norway's Council", "Council", false),
            ("Harbour Council", "Harbour Council", false),
        ] {
            assert_eq!(is_variant(&lexicon, &places, one, other), expected, "{one}, {other}");
        }
    }

    #[test]
    fn an_acronym_stands_for_its_company() {
        let lexicon = Lexicon::embedded();
        for (long, short, expected) in [
            ("NHB Holdings", "NHB", true),
            ("NHB Bank", "NHB", true),
            ("NHB Watch", "NHB", false),
            ("NHBR Holdings", "NHB", false),
        ] {
            assert_eq!(adds_kind(&lexicon, long, short), expected, "{long}, {short}");
        }
    }
}
