//! Renaming: the words between two names by which a story says that both mean one person, organisation or place.

use compact_str::CompactString;

use crate::analysis::EntityKind;
use crate::engine::coreference::name_index::{NameIndex, initials, name_key};
use crate::engine::coreference::organization_name;
use crate::engine::entities::EntityMention;
use crate::engine::text::abbreviations::abbreviates;
use crate::engine::text::hash_map::{HashMap, HashSet};
use crate::engine::text::lexicon::LexicalClass;
use crate::word_list::word_list;

/// How many bytes may stand between the starts of a name and of its acronym beside the name itself: "’s (" and an article.
const MAX_ACRONYM_GAP_BYTES: usize = 7;
/// How many letters an acronym in another language has at least: "EPL".
const MIN_FOREIGN_LETTERS: usize = 3;
/// How many tokens may stand between two names of one person: ", also known by the moniker “".
const MAX_RENAMING_TOKENS: usize = 8;
/// How many words may tell by whom somebody is called so: "her closest friends".
const MAX_FRIENDS_TOKENS: usize = 3;
/// How many marks may close a name before "as he is called": `,”`.
const MAX_CLOSING_MARKS: usize = 2;
/// How many tokens a bracket before them may have: `[left]`.
const MAX_BRACKET_TOKENS: usize = 5;
/// Small words inside names of other languages, which English names lack.
const FOREIGN_SMALL_WORDS: &[&str] = &word_list!("foreign-small-words");

/// Last words of the names of armed forces.
const FORCES: &[&str] = &word_list!("heads-of-armed-forces");
/// Subjects of "as … likes to be called".
const SUBJECTS: &[&str] = &word_list!("subjects-who-call");
/// Nouns for those who call somebody by another name: "Anni to her friends".
const CIRCLES: &[&str] = &word_list!("circles-of-people");
/// Forms of verbs by which a text tells how somebody is called.
const VERBS_OF_CALLING: &[&str] = &word_list!("verbs-of-calling");
/// Words between two names that alone tell that both mean the same: "alias".
const ALIAS_OPENERS: &[&str] = &word_list!("alias-openers");
/// Adjectives that tell of which kind a name is: "whose | real | name is".
const KINDS_OF_NAMES: &[&str] = &word_list!("kinds-of-names");
/// Nouns for another name of somebody: "by her stage | name".
const NOUNS_FOR_NAMES: &[&str] = &word_list!("nouns-for-names");
/// Adverbs before "called" and "nicknamed".
const ADVERBS_OF_CALLING: &[&str] = &word_list!("adverbs-of-calling");
/// Adverbs before "referred to as".
const ADVERBS_OF_REFERENCE: &[&str] = &word_list!("adverbs-of-reference");

/// The names of which a story says that both mean one person, organisation or place.
#[derive(Default)]
pub(crate) struct ToldNames {
    /// The key of the other name, by the key of each, and whether this one is told as an alias of the other.
    others: HashMap<(EntityKind, CompactString), (CompactString, bool)>,
    /// The byte offsets of names that are aliases of the name before them.
    alias_offsets: HashSet<usize>,
}

impl ToldNames {
    pub(crate) fn new(index: &NameIndex, mentions: &[EntityMention]) -> Self {
        let (mut others, mut alias_offsets) = (HashMap::default(), HashSet::default());
        let key = |it: &EntityMention| (it.kind, name_key(it.span.slice(index.doc.text)));
        let mut explained: HashMap<&str, &EntityMention> = HashMap::default();
        for pair in mentions.windows(2) {
            if let [one, other] = pair
                && (index.renames(one, other) || index.gives_acronym(one, other))
            {
                // "Velm Football Federation (FRVF)" and "Velm Football Association (FRVF)"
                let acronym = other.span.slice(index.doc.text);
                let first = *explained.entry(acronym).or_insert(one);
                if index.gives_acronym(one, other) && share_words(index, first, one) {
                    others.entry(key(one)).or_insert_with(|| (key(first).1, true));
                }
                others.entry(key(one)).or_insert_with(|| (key(other).1, false));
                others.entry(key(other)).or_insert_with(|| (key(one).1, true));
                alias_offsets.insert(other.span.start);
            }
        }
        // "Ann Lee, known in Norway as Anni"
        for three in mentions.windows(3) {
            if let [one, place, other] = three
                && place.kind == EntityKind::Place
                && index.renames(one, other)
            {
                others.entry(key(one)).or_insert_with(|| (key(other).1, false));
                others.entry(key(other)).or_insert_with(|| (key(one).1, true));
            }
        }
        Self { others, alias_offsets }
    }

    /// The key of the other name that the story tells for a name.
    pub(crate) fn other_name(&self, kind: EntityKind, key: &CompactString) -> Option<&str> {
        self.others.get(&(kind, key.clone())).map(|it| it.0.as_str())
    }

    /// Whether a mention is told as an alias of the name before it.
    pub(crate) fn renames_name_before(&self, mention: &EntityMention) -> bool {
        self.alias_offsets.contains(&mention.span.start)
    }

    /// Whether the story tells a name as an alias of another one.
    pub(crate) fn is_alias(&self, kind: EntityKind, key: &CompactString) -> bool {
        self.others.get(&(kind, key.clone())).is_some_and(|it| it.1)
    }
}

impl NameIndex<'_> {
    /// Whether the story says that a name is another one of the person, organisation or place before it: "Kyo Min Ra, better known as
    /// Jimmy", "the Capilla, or Sunken Church,".
    pub(crate) fn renames(&self, one: &EntityMention, other: &EntityMention) -> bool {
        let between = one.tokens.end..other.tokens.start;
        if one.kind != other.kind || between.len() > MAX_RENAMING_TOKENS + MAX_BRACKET_TOKENS {
            return false;
        }
        // "Ann Lee [left], also known as Anni": a bracket behind the name says nothing of it.
        let is_open = |at: usize| matches!(self.doc.word(at), "[" | "(");
        let is_close = |at: &usize| matches!(self.doc.word(*at), "]" | ")");
        let behind = between.clone().find(is_close).filter(|_| is_open(one.tokens.end)).map(|it| it + 1);
        let between = behind.unwrap_or(between.start)..between.end;
        if between.len() > MAX_RENAMING_TOKENS {
            return false;
        }
        let has_comma = self.doc.word(between.start) == ",";
        let has_dash = matches!(self.doc.word(between.start), "-" | "–");
        let words: Vec<String> = between.map(|it| self.doc.lower(it)).collect();
        let words: Vec<&str> = words
            .iter()
            .map(String::as_str)
            .filter(|it| !matches!(*it, "," | "(" | "the" | "“" | "\"" | "‘" | "'" | "–" | "—" | "-"))
            .collect();
        match words[..] {
            // "the Norrland News Agency, Norrl, reported"
            [] if has_comma && one.kind == EntityKind::Organisation => {
                let long = one.span.slice(self.doc.text);
                let is_closed = matches!(self.doc.word(other.tokens.end), "," | ".");
                let is_agency = long.ends_with(" News Agency") || long.ends_with(" Press Agency");
                is_agency && is_closed && other.tokens.len() == 1
            }
            // "the Tarn Armed Forces - Harbour Army"
            [] if has_dash && one.kind == EntityKind::Organisation => {
                let is_force = |it: &EntityMention| {
                    it.tokens.len() > 1 && FORCES.binary_search(&self.doc.word(it.tokens.end - 1)).is_ok()
                };
                is_force(one) && is_force(other)
            }
            // "Jose Padra — or “Don Pepo,” as he likes to be called —"
            ["or" | "called"] if one.kind == EntityKind::Person && self.is_set_off(one) => {
                self.is_called_so(other)
            }
            // "the Harbour Front, or HF, won"
            ["or"] => {
                let short = other.span.slice(self.doc.text);
                let is_acronym = short.len() > 1 && short.chars().all(char::is_uppercase);
                let is_closed = matches!(self.doc.word(other.tokens.end), "," | "." | ")");
                is_acronym && one.tokens.len() > 1 && self.doc.word(other.tokens.end) == ","
                    || has_comma && is_closed && one.kind != EntityKind::Person && !self.is_in_list(one)
            }
            ["born" | "née" | "nee"] | [.., "was", "born" | "christened" | "baptised", "as"] => {
                other.tokens.len() > 1
            }
            // "Ann Lee then called Tor Berg"
            [_, "called" | "named"] if !self.is_set_off(one) => false,
            _ => tell_other_name(&words),
        }
    }

    /// Whether a comma, a bracket or a dash stands behind a name.
    fn is_set_off(&self, name: &EntityMention) -> bool {
        matches!(self.doc.word(name.tokens.end), "," | "(" | "–" | "—" | "-" | ")" | "]")
    }

    /// Whether the words behind a name tell that somebody is called so: "“Don Pepo,” | as he likes to be called".
    fn is_called_so(&self, name: &EntityMention) -> bool {
        let is_mark = |at: &usize| matches!(self.doc.word(*at), "," | "”" | "\"" | "’" | "'");
        let marks = (name.tokens.end..name.tokens.end + MAX_CLOSING_MARKS).take_while(is_mark).count();
        let at = name.tokens.end + marks;
        let is_subject = SUBJECTS.binary_search(&self.doc.word(at + 1)).is_ok();
        // "Ann Lee, or Anni | to her friends", "called Anni | by her fans"
        let is_of_friends = matches!(self.doc.word(name.tokens.end), "by" | "to")
            && (at + 1..at + 1 + MAX_FRIENDS_TOKENS)
                .any(|it| CIRCLES.binary_search(&self.doc.word(it)).is_ok());
        if is_of_friends {
            return true;
        }
        let mut behind = (at + 2..at + 2 + MAX_RENAMING_TOKENS).map(|it| self.doc.word(it));
        self.doc.word(at) == "as"
            && is_subject
            && behind.any(|it| VERBS_OF_CALLING.binary_search(&it).is_ok())
    }

    /// Whether the brackets behind the name of an organisation hold its acronym, in whatever language: "Popular Harbour Front (FPP)", or
    /// those behind the name of a place its letters: "Kernos-Lund mine (KLM)".
    fn gives_acronym(&self, one: &EntityMention, other: &EntityMention) -> bool {
        let (long, acronym) = (one.span.slice(self.doc.text), other.span.slice(self.doc.text));
        let is_new = || {
            self.lexicon.classes(acronym).is_empty()
                || acronym.chars().next().is_some_and(|it| initials(long).contains(it))
        };
        let is_told = match (one.kind, other.kind) {
            (EntityKind::Organisation, EntityKind::Organisation) => is_new(),
            (EntityKind::Place, EntityKind::Place) => abbreviates(acronym, long),
            _ => false,
        };
        is_told
            && one.tokens.len() > 1
            && other.tokens == (one.tokens.end + 1..one.tokens.end + 2)
            && self.doc.word(one.tokens.end) == "("
            && self.doc.word(other.tokens.end) == ")"
            && acronym.chars().count() >= MIN_FOREIGN_LETTERS
            && acronym.chars().all(char::is_uppercase)
    }

    /// Whether a name goes on with a list, so that an "or" behind it joins another thing: "Oslo, Tarn, or Vell".
    fn is_in_list(&self, name: &EntityMention) -> bool {
        let article = usize::from(name.tokens.start > 0 && self.doc.lower(name.tokens.start - 1) == "the");
        let before = name.tokens.start.checked_sub(article + 1);
        before.is_some_and(|it| matches!(self.doc.word(it), "," | "either"))
    }

    /// Whether a name in brackets may be the short form of the organisation directly before it: "Harbour Rail Union (HRU)",
    /// "U.S. Department of Harbours (DOH)", "Society for Clean Harbours (`SoCH`)", or its translation: "Sirvientas del Puerto
    /// (Servants of the Harbour)". `letters` are its letters.
    pub(crate) fn explains_short_form(&self, cluster: usize, mention: &EntityMention, letters: &str) -> bool {
        let organization = &self.clusters[cluster];
        let near = self.histories[cluster]
            .last_before(mention.span.start)
            .is_some_and(|it| mention.span.start - it <= organization.name.len() + MAX_ACRONYM_GAP_BYTES);
        let several = organization.name.contains(' ') && organization.kind == mention.kind;
        if !near || !several {
            return false;
        }
        let first = letters.chars().next();
        // A party may have its acronym in another language: "National People's Party (KMT)".
        let last = organization.name.rsplit(' ').next().unwrap_or_default();
        let is_party = matches!(last, "Party" | "Front" | "Union" | "Movement" | "Coalition" | "Alliance");
        // "confederation of Norwegian Trade (CNT)"
        let is_small = |word: &&str| matches!(*word, "of" | "for" | "and" | "the" | "in" | "on");
        let all = organization.name.split(' ').filter(|it| !is_small(it)).filter_map(|it| it.chars().next());
        let has_all = all.flat_map(char::to_uppercase).eq(letters.chars());
        // "Popular Liberation Army (EPL)": no list has the letters as another organisation's.
        let is_foreign_acronym = letters.chars().count() >= MIN_FOREIGN_LETTERS
            && organization.kind == EntityKind::Organisation
            && self.lexicon.classes(letters).is_empty()
            && self.doc.word(mention.tokens.end) == ")";
        let is_initial = || {
            is_party
                || has_all
                || is_foreign_acronym
                || first.is_some_and(|it| initials(&organization.name).contains(it))
        };
        if mention.kind != EntityKind::Organisation || letters.chars().all(char::is_uppercase) {
            return letters.chars().all(char::is_uppercase) && is_initial();
        }
        let name = mention.span.slice(self.doc.text);
        if name.contains(' ') {
            // "Norbex Varn (Delta Group)": a firm is in the hands of another one.
            let is_firm = |name: &str| {
                let last = name.rsplit(' ').next().unwrap_or_default();
                organization_name::are_company_tails(&[last])
            };
            return self.is_foreign(&organization.name) != self.is_foreign(name) && !is_firm(name);
        }
        // "SoCH" has more than one capital; "Cenid" is a word made of the name.
        let is_mixed = letters.chars().skip(1).any(char::is_uppercase);
        let is_word_of_letters = organization.name.split(' ').count() > 2 && is_initial();
        let is_known = self.lexicon.classes(name).any(&[LexicalClass::Organization, LexicalClass::Country])
            || self.lexicon.classes(name).is_place();
        !is_known && (is_mixed || is_word_of_letters)
    }

    /// Whether a name is in another language: it has small words of one, or no word of it is an English one: "Madres Sundal".
    fn is_foreign(&self, name: &str) -> bool {
        let is_small = |word: &str| FOREIGN_SMALL_WORDS.binary_search(&word).is_ok();
        let is_english = |word: &str| {
            let classes = self.lexicon.classes(&word.to_lowercase());
            classes.any(&[LexicalClass::CommonWord, LexicalClass::OrgNoun, LexicalClass::FunctionWord])
                || self.lexicon.is_plural_of_common_word(word)
                || self.lexicon.classes(word).any(&[LexicalClass::OrgHead, LexicalClass::OrgHeadOf])
        };
        name.split(' ').any(is_small) || !name.split(' ').any(is_english)
    }
}

/// Whether the words between two names say that both mean the same: "better known as", "since renamed".
fn tell_other_name(words: &[&str]) -> bool {
    let is_in = |list: &[&str], word: &str| list.binary_search(&word).is_ok();
    match words[..] {
        [opener] if is_in(ALIAS_OPENERS, opener) => true,
        ["whose", kind, "name", "is" | "was"] | [kind, "name", ..] if is_in(KINDS_OF_NAMES, kind) => true,
        [adverb, "called" | "nicknamed"] if is_in(ADVERBS_OF_CALLING, adverb) => true,
        [adverb, "referred", "to", "as"] if is_in(ADVERBS_OF_REFERENCE, adverb) => true,
        [.., "known", "by", noun] | [.., "known", "by", noun, "of"] if is_in(NOUNS_FOR_NAMES, noun) => true,
        ["since" | "later" | "now" | "then", "called" | "named" | "rebranded" | "renamed"]
        | ["since" | "later" | "now" | "then", "rebranded" | "renamed", "as"]
        | ["also", "named" | "spelled" | "spelt" | "written"]
        | [.., "who", "performs" | "raps" | "records" | "writes", "as"]
        | [.., "who", "goes", "by"]
        | ["known" | "called", "in", _, "as"]
        | ["who", "is" | "was", .., "known" | "called", "as"]
        | ["known", _, "as"]
        | ["referred", "to", "as"]
        // "Ann Lee, a Tarn singer better known as Anni"
        | ["a" | "an", .., "also" | "better" | "commonly" | "popularly" | "widely", "known", "as"] => true,
        [.., "known" | "called", "as"] => words.len() <= 4,
        // "Ann Lee, better known by her stage name Anni"
        [.., noun] if is_in(NOUNS_FOR_NAMES, noun) => {
            let verb = words.iter().position(|it| matches!(*it, "known" | "goes" | "went"));
            let is_owned = |it: usize| {
                matches!(words.get(it + 1), Some(&("by" | "under")))
                    && matches!(words.get(it + 2), Some(&("his" | "her" | "their" | "its")))
            };
            verb.is_some_and(|it| it < 2 && is_owned(it))
        }
        // "Ann Lee, known to everyone as Anni", "Ann Lee, who is known in Norway as Anni"
        [.., "as"] => {
            let known = words.iter().position(|it| *it == "known");
            let place = known.and_then(|it| words.get(it + 1));
            let is_adverb = |it: &&str| it.ends_with("ly") || matches!(*it, "also" | "best" | "better" | "who" | "is" | "was");
            known.is_some_and(|it| words[..it].iter().all(is_adverb))
                && place.is_some_and(|it| matches!(*it, "to" | "in" | "across" | "around" | "among"))
        }
        _ => false,
    }
}

/// Whether two different names of organisations begin with the same two words: those of one with the same acronym.
fn share_words(index: &NameIndex, one: &EntityMention, other: &EntityMention) -> bool {
    let (one_name, other_name) = (one.span.slice(index.doc.text), other.span.slice(index.doc.text));
    let mut words = one_name.split_whitespace().zip(other_name.split_whitespace());
    let is_same = |pair: Option<(&str, &str)>| pair.is_some_and(|(one, other)| one == other);
    one.kind == EntityKind::Organisation
        && other.kind == EntityKind::Organisation
        && one_name != other_name
        && is_same(words.next())
        && is_same(words.next())
}
