//! Names of places: which of them mean one place.

use std::collections::HashSet;

use compact_str::CompactString;

use crate::analysis::EntityKind;
use crate::engine::coreference::name_index::{NameIndex, name_key};
use crate::engine::coreference::organization_name;
use crate::engine::coreference::person_name::{comparable, comparable_phrase};
use crate::engine::entities::EntityMention;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::{LexicalClass, Lexicon};
use crate::word_list::word_list;

/// Words that only say what kind of place a name is.
const ISLAND_HEADS: &[&str] = &word_list!("island-heads");
/// Words that say what kind of place a name is, without which the name has an article: "the Tarn" for "the Tarn River".
const WATER_AND_LAND_HEADS: &[&str] = &word_list!("water-and-land-heads");
/// Words that say that a place is a town: "Tarn City".
const TOWN_HEADS: &[&str] = &word_list!("town-heads");
/// Words that say that a place is a part of a country: "Tarn District".
const DISTRICT_HEADS: &[&str] = &word_list!("district-heads");
/// Words for roads, of which a name may have two: "Tarn Bypass Road".
const ROAD_KINDS: &[&str] = &["Bypass", "Expressway", "Freeway", "Highway", "Motorway", "Road"];
/// Kinds of protected land: "Tarn National Park".
const KINDS_OF_RESERVES: &[&str] = &word_list!("kinds-of-reserves");
/// Words before "of" and a place's name that tell the form of a state or town: "Republic of Tarn".
const FORMS_OF_STATES: &[&str] = &word_list!("forms-of-states");
/// Words of several languages for one kind of place, each kind in one entry.
const KINDS_IN_LANGUAGES: &[&str] = &word_list!("place-kinds-in-languages");
/// Small words inside the name of a place, before which a short form ends.
const PARTICLES: &[&str] = &word_list!("place-particles");
/// Formal names of states that are called by the form alone: "Islamic Republic of Tarn".
const FORMAL_NAMES: &[&str] = &word_list!("formal-names-of-states");
/// Nouns for a measure before the name of a river or the like: "the 283-kilometre | Tarn".
const MEASURES: &[&str] = &word_list!("measures-of-places");
/// How many tokens are searched for the article before a measure: "the 283 - kilometre - long".
const MAX_MEASURE_TOKENS: usize = 6;
/// How many words the kind of a place may have: "police station".
const MAX_KIND_WORDS: usize = 2;
/// How many tokens a list of counties may have behind its first name.
const MAX_COUNTY_LIST_TOKENS: usize = 12;
/// How many bytes may stand between a name and another one in brackets behind it: " (".
const MAX_BRACKET_GAP_BYTES: usize = 2;

/// The names that the story tells to be towns: "the town of Lund", "Lund town", "Lund, Lund County".
pub(crate) fn told_towns<'a>(doc: &Document<'a>, mentions: &[EntityMention]) -> HashSet<&'a str> {
    let is_kind = |at: usize| TOWN_HEADS.binary_search(&doc.word(at)).is_ok();
    let is_town = |(number, it): &(usize, &EntityMention)| {
        let (start, end) = (it.tokens.start, it.tokens.end);
        let follows_kind = start > 1 && doc.word(start - 1) == "of" && is_kind(start - 2);
        let name = it.span.slice(doc.text);
        let is_in_county = mentions.get(number + 1).is_some_and(|county| {
            doc.word(end) == ","
                && county.tokens.start == end + 1
                && is_county_of(county.span.slice(doc.text), name)
        });
        follows_kind || is_kind(end) || is_in_county
    };
    let places = mentions.iter().enumerate().filter(|it| it.1.kind == EntityKind::Place);
    places.filter(is_town).map(|it| it.1.span.slice(doc.text)).collect()
}

/// The names of the places of a story.
pub(crate) fn names_of_places<'a>(doc: &Document<'a>, mentions: &[EntityMention]) -> HashSet<&'a str> {
    let places = mentions.iter().filter(|it| it.kind == EntityKind::Place);
    places.map(|it| it.span.slice(doc.text)).collect()
}

impl NameIndex<'_> {
    /// The place whose name is that of a mention with the words in lower case behind it: "Gilvar | prison" for "Gilvar Prison".
    pub(crate) fn place_with_kind(&self, mention: &EntityMention, name: &str) -> Option<usize> {
        let mut long = name.to_owned();
        for at in (mention.tokens.end..mention.tokens.end + MAX_KIND_WORDS)
            .take_while(|it| self.doc.word(*it).starts_with(char::is_lowercase))
        {
            long.push(' ');
            long.push_str(self.doc.word(at));
            let known = self.by_name.get(EntityKind::Place, &name_key(&long));
            if let Some(cluster) = self.nearest_cluster(self.holders(known, mention.span.start), mention) {
                return Some(cluster);
            }
        }
        None
    }

    /// The place of which a name is another form: with or without the word for its kind, its initials, or in brackets behind it.
    /// `previous` is the cluster of the mention before it. `None` where several fit.
    pub(crate) fn find_place(
        &self,
        mention: &EntityMention,
        name: &str,
        previous: Option<usize>,
    ) -> Option<usize> {
        if let Some(beside) = previous.filter(|it| self.is_named_in_brackets(*it, mention, name)) {
            return Some(beside);
        }
        if let Some(known) = self.find_place_of_initials(name) {
            return Some(known);
        }
        if let Some(state) = self.find_bare_state(name) {
            return Some(state);
        }
        let words: Vec<CompactString> =
            [name.split(' ').next(), name.rsplit(' ').next()].into_iter().flatten().map(comparable).collect();
        let sharing = self.clusters_sharing_word(EntityKind::Place, &words, mention.span.start);
        let has_article = self.follows_article(mention.tokens.start);
        let is_variant = |it: &usize| {
            let had_article = self.follows_article(self.doc.token_at(self.histories[*it].first_offset()));
            let names = &self.clusters[*it].names;
            names.iter().any(|own| {
                is_variant(
                    self.lexicon,
                    own,
                    name,
                    if own.len() < name.len() { had_article } else { has_article },
                ) && (!is_county_of(own, name) || self.means_county(mention) || !self.towns.contains(name))
            })
        };
        // "the Gulf" for the only gulf of the story
        let classes = self.lexicon.classes(name);
        let is_head = words.len() == 2
            && words[0] == words[1]
            && has_article
            && classes.any(&[LexicalClass::PlaceSuffix, LexicalClass::PlacePrefix]);
        // "the Union" for the Union of Comoros
        let is_form = has_article && FORMS_OF_STATES.binary_search(&name).is_ok();
        let has_form = |it: &usize| {
            let behind = |own: &String| own.strip_prefix(name).is_some_and(|it| it.starts_with(" of "));
            is_form && self.clusters[*it].names.iter().any(behind)
        };
        let has_head =
            |it: &usize| has_form(it) || is_head && self.clusters[*it].name.split(' ').any(|it| it == name);
        let mut variants = sharing.into_iter().filter(|it| is_variant(it) || has_head(it));
        let only = variants.next()?;
        variants.next().is_none().then_some(only)
    }

    /// Whether an article stands before a token, with a measure between them or without: "the 283-kilometre | Tarn".
    fn follows_article(&self, at: usize) -> bool {
        let before = (0..at).rev().take(MAX_MEASURE_TOKENS);
        let is_measure = |at: &usize| {
            let word = self.doc.word(*at);
            word.starts_with(|it: char| it.is_ascii_digit())
                || MEASURES.binary_search(&word).is_ok()
                || word == "-"
        };
        let article = before.into_iter().find(|it| !is_measure(it));
        article.is_some_and(|it| self.doc.lower(it) == "the")
    }

    /// The state of the story of which a name is the bare form, or the bare form that a state of the story has: "Islamic Republic" for
    /// "Iran". `None` where two states have it.
    fn find_bare_state(&self, name: &str) -> Option<usize> {
        let other = |it: &&'static str| {
            let (form, state) = it.split_once(" of ")?;
            if form == name { Some(state) } else { Some(form).filter(|_| state == name) }
        };
        let others = FORMAL_NAMES.iter().filter_map(other);
        let known = others.filter_map(|it| self.by_name.get(EntityKind::Place, &name_key(it)));
        let mut clusters = known.flat_map(|it| it.iter().copied());
        let only = clusters.next()?;
        clusters.all(|it| it == only).then_some(only)
    }

    /// The only place of the story whose name has some initials: "New Tarn Wales" for "NTW". `None` for a listed short form of another one.
    fn find_place_of_initials(&self, name: &str) -> Option<usize> {
        // "N. S."
        let letters: CompactString = name.chars().filter(|it| !matches!(it, '.' | ' ')).collect();
        let is_acronym = letters.len() > 1 && letters.chars().all(char::is_uppercase);
        let known = self.by_place_initials.get(&letters).filter(|_| is_acronym)?;
        match known.as_slice() {
            [only] if self.lexicon.long_form(name).is_none() => Some(*only),
            _ => None,
        }
    }

    /// Whether the words behind a bare name tell that a county is meant, not its town: "Lund | officials", "Lund and Tarn | counties".
    fn means_county(&self, mention: &EntityMention) -> bool {
        const COUNTY_NOUNS: &[&str] = &word_list!("nouns-of-counties");
        let is_list = |it: &usize| {
            let word = self.doc.word(*it);
            matches!(word, "," | "and" | "or" | "&") || word.starts_with(char::is_uppercase)
        };
        let end = mention.tokens.end;
        let behind = (end..end + MAX_COUNTY_LIST_TOKENS).find(|it| !is_list(it));
        let is_noun = |it: usize| COUNTY_NOUNS.binary_search(&self.doc.word(it)).is_ok();
        is_noun(end) || behind.is_some_and(|it| self.doc.word(it) == "counties")
    }

    /// Whether a name in brackets is another name of the place before it: "Lund Islands (Oster Islands)", "Presa Lund (Lund Dam)".
    fn is_named_in_brackets(&self, cluster: usize, mention: &EntityMention, name: &str) -> bool {
        let place = &self.clusters[cluster];
        let opens = mention.tokens.start.checked_sub(1).is_some_and(|it| self.doc.word(it) == "(");
        let head = name.rsplit_once(' ').map(|it| it.1);
        let is_same_kind = head.is_some_and(|head| {
            self.lexicon.classes(head).has(LexicalClass::PlaceSuffix)
                && place.names.iter().any(|it| it.rsplit_once(' ').is_some_and(|it| it.1 == head))
        });
        let is_same_kind = is_same_kind || self.is_gloss(name, &place.name);
        let is_beside = self.histories[cluster]
            .last_before(mention.span.start)
            .is_some_and(|it| mention.span.start - it <= place.name.len() + MAX_BRACKET_GAP_BYTES);
        place.kind == EntityKind::Place && opens && is_same_kind && is_beside
    }

    /// Whether a name in brackets has common words that translate the foreign name before it: "La Joya (The Jewel)". The country or
    /// region of a place may stand there too.
    fn is_gloss(&self, name: &str, own: &str) -> bool {
        let is_listed = |name: &str| self.lexicon.classes(name).is_place();
        let is_english = |word: &str| {
            self.lexicon.classes(&word.to_lowercase()).has(LexicalClass::CommonWord)
                || self.lexicon.classes(word).has(LexicalClass::PlaceSuffix)
        };
        let has_english = |name: &str| name.split(' ').any(is_english);
        own.contains(' ') && name.contains(' ') && has_english(name) && !has_english(own) && !is_listed(name)
    }
}

/// Whether two names mean one place: "Lund" and "Lund Island", "Republic of Lund" and "Lund", "Río Lund" and "Lund River", "San Lund
/// del Mar" and "San Lund", "Norwegian Lund Heights" and "Lund Heights", "Lund National Park" and "Lund". `has_article` tells whether the shorter one has one.
fn is_variant(lexicon: &Lexicon, known: &str, name: &str, has_article: bool) -> bool {
    let (known, name): (Vec<&str>, Vec<&str>) = (known.split(' ').collect(), name.split(' ').collect());
    let (long, short) = if name.len() < known.len() { (known, name) } else { (name, known) };
    if are_same(&long, &short) {
        return false;
    }
    differs_by_kind(lexicon, &long, &short, has_article)
        || is_reserve(lexicon, &long, &short)
        || without_form_of_state(&long).is_some_and(|it| are_same(it, &short))
        || has_same_kind(&long, &short)
        || is_turned(&long, &short)
        || ends_before_particle(&long, &short)
        || is_owned(lexicon, &long, &short)
        || ends_before_country(lexicon, &long, &short)
}

/// Whether a name is another one with the word for a county beside it: "Lund County", "County Lund" for "Lund".
fn is_county_of(long: &str, short: &str) -> bool {
    let bare = long.strip_suffix(" County").or_else(|| long.strip_prefix("County "));
    bare == Some(short)
}

fn are_same(one: &[&str], other: &[&str]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| comparable(a) == comparable(b))
}

/// Whether two names differ only by the word for the kind of the place: "Lund" and "Lund Island". The shorter name may be no
/// listed place of its own ("Jersey"), and has an article where the kind is a river or the like: "the Tarn".
fn differs_by_kind(lexicon: &Lexicon, long: &[&str], short: &[&str], has_article: bool) -> bool {
    if long.len() != short.len() + 1 {
        return false;
    }
    let heads = [(&long[..short.len()], long[short.len()]), (&long[1..], long[0])];
    let classes = lexicon.classes(&short.join(" "));
    heads.into_iter().filter(|it| are_same(it.0, short)).any(|(_, head)| {
        let is_listed = |heads: &[&str]| heads.binary_search(&head).is_ok();
        let is_land = is_listed(ISLAND_HEADS) || has_article && is_listed(WATER_AND_LAND_HEADS);
        // "the Pacific" is the Pacific Ocean, "Gaza" the Gaza Strip.
        has_article && matches!(head, "Ocean" | "Sea" | "Heights") && !classes.has(LexicalClass::Country)
            || head == "Strip" && short.len() == 1
            || is_land && !classes.is_place()
            // "Mexico City" is not Mexico, "Fukuoka Prefecture" not the town of Fukuoka.
            || is_listed(TOWN_HEADS) && !classes.any(&[LexicalClass::Country, LexicalClass::Region])
            // "Tarn Referral" of "Tarn Referral Hospital"
            || short.len() > 1
                && head == long[short.len()]
                && short.last().is_some_and(|it| lexicon.classes(&it.to_lowercase()).has(LexicalClass::CommonWord))
                && lexicon.classes(&head.to_lowercase()).has(LexicalClass::OrgNoun)
                && lexicon.classes(head).has(LexicalClass::PlaceSuffix)
                && !classes.is_place()
            // "the Élysée" of "the Élysée Palace"
            || has_article && matches!(head, "Hotel" | "Palace") && !classes.is_place()
            || is_listed(ROAD_KINDS) && short.last().is_some_and(|it| ROAD_KINDS.binary_search(it).is_ok())
            || (is_listed(DISTRICT_HEADS) || matches!(head, "Area" | "Territory" | "Zone"))
                && !classes.any(&[LexicalClass::Country, LexicalClass::City])
    })
}

/// Whether a name is that of a protected land without its kind: "Lund" for "Lund National Park". A listed place is another one.
fn is_reserve(lexicon: &Lexicon, long: &[&str], short: &[&str]) -> bool {
    let kind = long.get(short.len()..).unwrap_or_default().join(" ");
    long.starts_with(short)
        && KINDS_OF_RESERVES.binary_search(&kind.as_str()).is_ok()
        && !lexicon.classes(&short.join(" ")).is_place()
}

/// A name without the words for the form of a state or town before it: "Ghana" of "Republic of Ghana". `None` where it has none, or
/// is another state with it.
fn without_form_of_state<'a, 'b>(name: &'a [&'b str]) -> Option<&'a [&'b str]> {
    let of = name.iter().position(|it| *it == "of")?;
    let (form, rest) = (&name[..of], &name[of + 1..]);
    let rest = rest.strip_prefix(&["the"]).unwrap_or(rest);
    let is_form = |it: &&str| FORMS_OF_STATES.binary_search(it).is_ok();
    let is_other = matches!(name, ["Republic", "of", "China"]);
    (!form.is_empty() && !rest.is_empty() && form.iter().all(is_form) && !is_other).then_some(rest)
}

/// Whether a name is the bare form of a state: "Islamic Republic".
pub(crate) fn is_bare_form(name: &str) -> bool {
    FORMAL_NAMES.iter().any(|it| it.split_once(" of ").is_some_and(|it| it.0 == name))
}

/// Whether a name is a shorter one with the form of the state before it: "Republic of Ghana" for "Ghana".
pub(crate) fn is_formal_name_of(long: &str, short: &str) -> bool {
    let (long, short): (Vec<&str>, Vec<&str>) = (long.split(' ').collect(), short.split(' ').collect());
    without_form_of_state(&long).is_some_and(|it| are_same(it, &short))
}

/// Whether two names have words for one kind of place, if of two languages, and the same words beside them: "Río Lund" and "Lund River".
fn has_same_kind(one: &[&str], other: &[&str]) -> bool {
    KINDS_IN_LANGUAGES.iter().any(|kind| {
        let is_kind = |word: &str| kind.split(' ').any(|it| it.eq_ignore_ascii_case(word));
        let rest = |name: &[&str]| {
            let at = [0, name.len() - 1].into_iter().find(|it| is_kind(name[*it]))?;
            let words = (0..name.len()).filter(|it| *it != at).map(|it| name[it]);
            (name.len() > 1).then(|| comparable_phrase(words))
        };
        rest(one).is_some_and(|it| rest(other) == Some(it))
    })
}

/// Whether a name has the word for a part of a country behind it and the other one before it: "Lund Governorate", "Governorate of Lund".
fn is_turned(long: &[&str], short: &[&str]) -> bool {
    let Some((head, before)) = short.split_last() else { return false };
    let is_head = DISTRICT_HEADS.binary_search(head).is_ok() || TOWN_HEADS.binary_search(head).is_ok();
    let behind = long.strip_prefix(&[*head, "of"]);
    is_head && behind.is_some_and(|it| are_same(it, before))
}

/// Whether a name of several words is a longer one up to a small word: "San Lund" and "San Lund del Mar".
fn ends_before_particle(long: &[&str], short: &[&str]) -> bool {
    let is_particle = |word: &&str| PARTICLES.binary_search(word).is_ok();
    short.len() > 1 && long.get(short.len()).is_some_and(is_particle) && are_same(&long[..short.len()], short)
}

/// Whether a name of several words is a longer one without the people or country before it: "Norwegian Lund Heights". A listed
/// place is another one with it: "Papua New Guinea".
fn is_owned(lexicon: &Lexicon, long: &[&str], short: &[&str]) -> bool {
    let Some(cut) = long.len().checked_sub(short.len()).filter(|it| *it > 0) else { return false };
    // "Brazilian Amazon", but not "Northern Rwanda"
    let people = long[..cut].join(" ");
    let is_of_people = || {
        let region = lexicon.classes(short[0]);
        lexicon.classes(&people).has(LexicalClass::Demonym)
            && !lexicon.classes(&people.to_lowercase()).has(LexicalClass::PlaceAdjective)
            && region.has(LexicalClass::Region)
            && !region.any(&[LexicalClass::Country, LexicalClass::City])
    };
    (short.len() > 1 || is_of_people())
        && are_same(&long[cut..], short)
        && organization_name::is_place_or_owner(lexicon, &long[..cut])
        && !lexicon.classes(&long.join(" ")).is_place()
}

/// Whether a name of several words is a longer one up to "of" and its country: "Lund Desert of Norway".
fn ends_before_country(lexicon: &Lexicon, long: &[&str], short: &[&str]) -> bool {
    let Some(["of", country @ ..]) = long.get(short.len()..) else { return false };
    short.len() > 1
        && are_same(&long[..short.len()], short)
        && lexicon.classes(&country.join(" ")).has(LexicalClass::Country)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_one_name_with_and_without_the_word_for_its_kind() {
        let lexicon = Lexicon::embedded();
        for (known, name, has_article, expected) in [
            ("Lund Aba Island", "Lund Aba", false, true),
            ("Ostrel Islands", "Ostrel", true, true),
            ("Ostrel", "Ostrel Islands", true, true),
            ("Isla Ostrel", "Ostrel", false, true),
            ("Ostrel River", "Ostrel", true, true),
            ("Ostrel River", "Ostrel", false, false),
            ("Jordan River", "Jordan", true, false),
            ("Pacific Ocean", "Pacific", true, true),
            ("Gaza Strip", "Gaza", false, true),
            ("Governorate of Ostrel", "Ostrel Governorate", false, true),
            ("Ostrel River", "Río Ostrel", false, true),
            ("Lake Ostrel", "Lago Ostrel", false, true),
            ("Lake Ostrel", "Ostrel River", false, false),
            ("Republic of Ostrel", "Ostrel", false, true),
            ("Ostrel", "Federal Republic of Ostrel", false, true),
            ("Republic of China", "China", false, false),
            ("Ostrel City", "Ostrel", false, true),
            ("Mexico City", "Mexico", false, false),
            ("Ostrel District", "Ostrel", false, true),
            ("Fukuoka Prefecture", "Fukuoka", false, false),
            ("San Ostrel de los Montes", "San Ostrel", false, true),
            ("San Ostrel Norte", "San Ostrel", false, false),
            ("Norwegian Ostrel Heights", "Ostrel Heights", false, true),
            ("Papua New Guinea", "New Guinea", false, false),
            ("Ostrel Desert of Norway", "Ostrel Desert", false, true),
            ("Ostrel Gulf region", "Ostrel Gulf", false, true),
            ("North Ostrel Heights", "Ostrel Heights", false, false),
            ("Ostrel Airport", "Ostrel", true, false),
            ("Ostrel Zone", "Ostrel", false, true),
            ("Ostrel Palace", "Ostrel", true, true),
            ("Ostrel Palace", "Ostrel", false, false),
            ("Ostrel Bypass Road", "Ostrel Bypass", true, true),
            ("Ostrel Road", "Ostrel", true, false),
            ("Ostrel Islands", "Ostrel Island", false, false),
            ("Ostrel Island", "Ostrel Island", false, false),
        ] {
            assert_eq!(is_variant(&lexicon, known, name, has_article), expected, "{known}, {name}");
        }
    }
}
