//! Index of the clusters by their names, words and initials, with what the story told of each so far.
//!
//! Every list is read in a window of [`MAX_HOLDERS`] around a mention, so that the time grows with the number of mentions
//! and not with its square.

use std::borrow::Cow;
use std::collections::HashSet;

use compact_str::CompactString;
use smallvec::SmallVec;

use crate::analysis::EntityKind;
use crate::engine::coreference::cluster::Cluster;
use crate::engine::coreference::joined_words;
use crate::engine::coreference::name_spelling::{self, with_joined_initials};
use crate::engine::coreference::person_name::{PersonName, bare_nickname, comparable, comparable_phrase};
use crate::engine::coreference::place_name;
use crate::engine::coreference::renaming::ToldNames;
use crate::engine::coreference::rival_spellings::RivalSpellings;
use crate::engine::coreference::titled_surnames::OfficesBySurname;
use crate::engine::entities::{EntityMention, Gender};
use crate::engine::text::document::Document;
use crate::engine::text::hash_map::HashMap;
use crate::engine::text::lexicon::{LexicalClass, Lexicon};
use crate::span::Span;

/// How many clusters with a common word or name are compared with a mention: the nearest ones.
const MAX_HOLDERS: usize = 64;

/// How many initials stand for a name at least: those of a person, or the first ones of an organisation.
const MIN_INITIALS: usize = 3;

/// What the index knows of a cluster beside its properties.
#[derive(Default)]
pub(crate) struct ClusterHistory {
    /// The words of its fullest name.
    pub(crate) name: PersonName,
    /// The words of other names of several words.
    pub(crate) other_names: Vec<PersonName>,
    /// The byte offsets of its names of several words, and of its other names, each in reading order.
    pub(crate) long_offsets: SmallVec<[usize; 1]>,
    pub(crate) short_offsets: SmallVec<[usize; 1]>,
    /// The byte offsets of its names of several words that are sources of quotes, in reading order.
    pub(crate) spoken_offsets: SmallVec<[usize; 1]>,
    /// Whether the story introduces it as a relative of somebody.
    pub(crate) is_kin: bool,
    /// The nouns of its roles, in lower case: "governor".
    pub(crate) role_nouns: SmallVec<[CompactString; 1]>,
    /// The land of a body that every state has, as the words beside its first name with one tell it: "Chile" for "Chile’s Health Ministry".
    pub(crate) land: Option<CompactString>,
}

impl ClusterHistory {
    pub(crate) fn first_offset(&self) -> usize {
        let first = [&self.long_offsets, &self.short_offsets].into_iter().filter_map(|it| it.first());
        first.min().copied().unwrap_or(usize::MAX)
    }

    /// The byte offset of its last name before the byte `offset`.
    pub(crate) fn last_before(&self, offset: usize) -> Option<usize> {
        [&self.long_offsets, &self.short_offsets].into_iter().filter_map(|it| last_before(it, offset)).max()
    }
}

/// The name of a mention, in the forms by which the index knows it.
pub(crate) struct IndexedName<'a> {
    /// The words as the story writes them.
    pub(crate) words: Vec<&'a str>,
    /// The words with single spaces between them.
    pub(crate) text: String,
    /// The text without the spaces between initials; `None` where it has none.
    joined: Option<CompactString>,
    /// The [`name_key`] of the text.
    pub(crate) key: CompactString,
    /// Whether it has more than one word, the generation left out: "Ann Lee", but not "Lee, Jr."
    pub(crate) is_long: bool,
}

impl<'a> IndexedName<'a> {
    /// The name of a mention, with the `surname` that stands only behind a relative's name.
    pub(crate) fn new(doc: &Document<'a>, mention: &EntityMention, surname: Option<&'a str>) -> Self {
        let words: Vec<&str> = mention.span.slice(doc.text).split_whitespace().chain(surname).collect();
        let text = words.join(" ");
        let joined = match with_joined_initials(&text) {
            Cow::Owned(it) => Some(CompactString::from(it)),
            Cow::Borrowed(_) => None,
        };
        let name = joined.as_deref().unwrap_or(&text);
        let word_count = name.split(' ').take(3).count();
        let is_surname = || mention.kind == EntityKind::Person && PersonName::new(name).words.len() == 1;
        let is_bare_state = || mention.kind == EntityKind::Place && place_name::is_bare_form(name);
        let is_long = word_count > 2 || word_count == 2 && !is_surname() && !is_bare_state();
        let key = name_key(name);
        Self { words, text, joined, key, is_long }
    }

    /// The key without spaces and hyphens: "sundgirls" of "Sund-Girls". `None` where it has neither, and for a place without a hyphen:
    /// "East Ham" is not Eastham.
    pub(crate) fn joined_letters(&self, kind: EntityKind) -> Option<CompactString> {
        let is_gap = |letter: char| letter == '-' || letter == ' ' && kind != EntityKind::Place;
        self.key.contains(is_gap).then(|| self.key.chars().filter(|it| !matches!(it, ' ' | '-')).collect())
    }

    /// The [`name_key`] of the listed name of which it is a short form: "U. S." for "United States". `None` where no list has it.
    pub(crate) fn long_form_key(&self, lexicon: &Lexicon) -> Option<CompactString> {
        lexicon.long_form(self.joined.as_deref().unwrap_or(&self.text)).map(name_key)
    }
}

/// The numbers of clusters in order of first mention: most often one.
pub(crate) type ClusterNumbers = SmallVec<[usize; 2]>;

/// Clusters by kind and a text.
#[derive(Default)]
pub(crate) struct ClustersOfKinds {
    kinds: Vec<(EntityKind, HashMap<CompactString, ClusterNumbers>)>,
}

impl ClustersOfKinds {
    pub(crate) fn get(&self, kind: EntityKind, text: &str) -> Option<&ClusterNumbers> {
        self.kinds.iter().find(|it| it.0 == kind)?.1.get(text)
    }

    /// Adds a cluster to those of a text, unless it is the last one there.
    fn add(&mut self, kind: EntityKind, text: CompactString, cluster: usize) {
        let at = self.kinds.iter().position(|it| it.0 == kind).unwrap_or_else(|| {
            self.kinds.push((kind, HashMap::default()));
            self.kinds.len() - 1
        });
        push_new(self.kinds[at].1.entry(text).or_default(), cluster);
    }
}

/// The clusters by their names, words and initials.
pub(crate) struct NameIndex<'a> {
    pub(crate) doc: &'a Document<'a>,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) sources: &'a [Span],
    /// The names of places that the story tells to be towns.
    pub(crate) towns: HashSet<&'a str>,
    /// The names of all places of the story.
    pub(crate) places: HashSet<&'a str>,
    /// What tells people apart whose names differ by a letter.
    pub(crate) rivals: RivalSpellings,
    /// The names that the story tells to mean the same.
    pub(crate) told_names: ToldNames,
    /// The offices of those whom the story calls by office and surname beside a relative's full name, by the surname as [`name_key`].
    pub(crate) holders_by_surname: OfficesBySurname,
    /// The number of the last source whose speaker was found.
    pub(crate) last_spoken: Option<usize>,
    pub(crate) clusters: Vec<Cluster>,
    pub(crate) histories: Vec<ClusterHistory>,
    /// Clusters by kind and [`name_key`].
    pub(crate) by_name: ClustersOfKinds,
    /// Clusters by kind and the words of their names.
    pub(crate) by_word: ClustersOfKinds,
    /// Organisations by the initials of their names, and by all ends and starts of these.
    pub(crate) by_initials: HashMap<CompactString, ClusterNumbers>,
    /// Places with a name of several words by the capitals of its words: "NSW".
    pub(crate) by_place_initials: HashMap<CompactString, ClusterNumbers>,
    /// People with a name of three words or more by the capitals of all of its words: "MBS".
    pub(crate) by_person_initials: HashMap<CompactString, ClusterNumbers>,
    /// People with a name of several words by the first letter and the number of letters of the last one.
    pub(crate) by_surname_shape: HashMap<(char, usize), ClusterNumbers>,
    /// People with a name of several words by the first letter and the number of letters of the first one.
    pub(crate) by_given_name_shape: HashMap<(char, usize), ClusterNumbers>,
    /// Organisations and places by the first letter of a name and the number of its letters.
    pub(crate) by_shape: HashMap<(char, usize), ClusterNumbers>,
}

impl<'a> NameIndex<'a> {
    pub(crate) fn empty(doc: &'a Document<'a>, lexicon: &'a Lexicon, sources: &'a [Span]) -> Self {
        Self {
            doc,
            lexicon,
            sources,
            towns: HashSet::new(),
            places: HashSet::new(),
            rivals: RivalSpellings::default(),
            told_names: ToldNames::default(),
            holders_by_surname: OfficesBySurname::default(),
            last_spoken: None,
            clusters: Vec::new(),
            histories: Vec::new(),
            by_name: ClustersOfKinds::default(),
            by_word: ClustersOfKinds::default(),
            by_initials: HashMap::default(),
            by_place_initials: HashMap::default(),
            by_person_initials: HashMap::default(),
            by_surname_shape: HashMap::default(),
            by_given_name_shape: HashMap::default(),
            by_shape: HashMap::default(),
        }
    }

    /// Adds a name of a cluster to the index.
    pub(crate) fn index_name(&mut self, cluster: usize, indexed: &IndexedName) {
        let kind = self.clusters[cluster].kind;
        let name = indexed.text.as_str();
        for key in [Some(indexed.key.clone()), indexed.long_form_key(self.lexicon)].into_iter().flatten() {
            self.by_name.add(kind, key, cluster);
        }
        for word in name.split(' ') {
            self.by_word.add(kind, comparable(bare_nickname(word)), cluster);
        }
        // "Sund Girls" and "SundGirls", "Ann Lee" and "AnnLee"
        if let Some(letters) =
            indexed.joined_letters(kind).filter(|_| kind != EntityKind::Person || indexed.is_long)
        {
            self.by_name.add(kind, letters, cluster);
        }
        if let Some(shape) = name_spelling::shape(kind, name) {
            push_new(self.by_shape.entry(shape).or_default(), cluster);
        }
        match kind {
            EntityKind::Organisation => {
                // "NYAG" for the New York State Attorney General
                if name.contains(" State ") {
                    let without: CompactString = initials(&name.replace(" State ", " ")).into();
                    push_new(self.by_initials.entry(without).or_default(), cluster);
                }
                for letters in self.other_initials(name).into_iter().flatten() {
                    push_new(self.by_initials.entry(letters).or_default(), cluster);
                }
                let initials: Vec<char> = initials(name).chars().collect();
                for start in 0..initials.len().saturating_sub(1) {
                    let end: CompactString = initials[start..].iter().collect();
                    push_new(self.by_initials.entry(end).or_default(), cluster);
                }
                // "NHA" for the National Harbour Agency Trust
                for stop in MIN_INITIALS..initials.len() {
                    let start: CompactString = initials[..stop].iter().collect();
                    push_new(self.by_initials.entry(start).or_default(), cluster);
                }
            }
            EntityKind::Place if name.contains(' ') => {
                push_new(self.by_place_initials.entry(initials(name).into()).or_default(), cluster);
            }
            EntityKind::Person if indexed.is_long => {
                let shape = |word: &str| (word.chars().next().unwrap_or(' '), word.chars().count());
                let (given, surname) = name.split_once(' ').unwrap_or_default();
                let surname = surname.rsplit(' ').next().unwrap_or_default();
                push_new(self.by_surname_shape.entry(shape(surname)).or_default(), cluster);
                push_new(self.by_given_name_shape.entry(shape(given)).or_default(), cluster);
                for part in name.split(' ').flat_map(joined_words::joined_parts) {
                    self.by_word.add(kind, part, cluster);
                }
                let initials: CompactString =
                    name.split(' ').filter_map(|it| it.chars().next()).flat_map(char::to_uppercase).collect();
                if initials.chars().count() >= MIN_INITIALS {
                    push_new(self.by_person_initials.entry(initials).or_default(), cluster);
                }
            }
            _ => {}
        }
    }

    /// The initials of an organisation's name with those of its small words, and without those of the organisation to which it belongs:
    /// "BOV" of "Bank of Velmland", "OHDH" of "Office of the UN High Delegate for Harbours".
    fn other_initials(&self, name: &str) -> [Option<CompactString>; 2] {
        let first_letters = |words: &[&str]| -> CompactString {
            words.iter().filter_map(|it| it.chars().next()).flat_map(char::to_uppercase).collect()
        };
        let words: Vec<&str> = name.split(' ').filter(|it| *it != "the").collect();
        let is_joint = words.iter().skip(1).any(|it| matches!(*it, "of" | "for" | "on"));
        let is_owner = |it: &&str| {
            self.lexicon.classes(it).has(LexicalClass::Organization) && it.chars().all(char::is_uppercase)
        };
        let own: Vec<&str> =
            words.iter().copied().filter(|it| it.starts_with(char::is_uppercase) && !is_owner(it)).collect();
        let has_owner = own.len() >= MIN_INITIALS && words.iter().any(is_owner);
        [
            (is_joint && words.len() >= MIN_INITIALS).then(|| first_letters(&words)),
            has_owner.then(|| first_letters(&own)),
        ]
    }

    /// The clusters of a list of the index that lie nearest to a byte offset. The lists are in order of first mention, first
    /// those with a name of several words.
    pub(crate) fn holders<'b>(&self, list: Option<&'b ClusterNumbers>, offset: usize) -> &'b [usize] {
        let list = list.map_or(&[][..], |it| it.as_slice());
        if list.len() <= MAX_HOLDERS {
            return list;
        }
        let next = list.partition_point(|it| self.histories[*it].first_offset() <= offset);
        let start = next.saturating_sub(MAX_HOLDERS / 2).min(list.len() - MAX_HOLDERS);
        &list[start..start + MAX_HOLDERS]
    }

    /// Whether all clusters of a kind with a word in a name are compared with a mention, not only the nearest ones.
    pub(crate) fn has_few_holders(&self, kind: EntityKind, word: &str) -> bool {
        self.by_word.get(kind, word).is_none_or(|it| it.len() <= MAX_HOLDERS)
    }

    /// The clusters of a kind with one of these words in a name, in order of their numbers.
    pub(crate) fn clusters_sharing_word(
        &self,
        kind: EntityKind,
        words: &[CompactString],
        offset: usize,
    ) -> Vec<usize> {
        let of_word = |it: &CompactString| self.holders(self.by_word.get(kind, it), offset);
        let mut holders: Vec<usize> = words.iter().flat_map(of_word).copied().collect();
        holders.sort_unstable();
        holders.dedup();
        holders
    }

    /// The one of some clusters that was named last before a mention, else first after it, and has no other gender.
    pub(crate) fn nearest_cluster(&self, known: &[usize], mention: &EntityMention) -> Option<usize> {
        let fits = known.iter().copied().filter(|it| !self.contradicts(*it, mention));
        fits.min_by_key(|it| match self.histories[*it].last_before(mention.span.start) {
            Some(offset) => (false, mention.span.start - offset),
            None => (true, self.histories[*it].first_offset()),
        })
    }

    /// Whether a cluster and a mention have different genders.
    pub(crate) fn contradicts(&self, cluster: usize, mention: &EntityMention) -> bool {
        Gender::clash(self.clusters[cluster].gender, mention.gender)
    }
}

/// Adds a cluster to a list of an index, unless it is the last one there.
fn push_new(holders: &mut ClusterNumbers, cluster: usize) {
    if holders.last() != Some(&cluster) {
        holders.push(cluster);
    }
}

/// The last of some offsets in order that is less than `offset`.
pub(crate) fn last_before(offsets: &[usize], offset: usize) -> Option<usize> {
    offsets.partition_point(|it| *it < offset).checked_sub(1).map(|it| offsets[it])
}

/// The capitals that begin the words of a name.
pub(crate) fn initials(name: &str) -> String {
    name.split(' ').filter_map(|it| it.chars().next()).filter(|it| it.is_uppercase()).collect()
}

/// A name without what may differ between mentions: dots, accents, a leading article, capitals, British spelling. The spaces between its initials must be
/// removed before: see [`with_joined_initials`].
pub(crate) fn name_key(name: &str) -> CompactString {
    let bare = name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name);
    // "Ministry of the Interior" and "Ministry of Interior", "Bed & Bath" and "Bed and Bath"
    let mut before = "";
    let words = bare.split(' ').filter(|it| {
        let is_article = *it == "the" && before == "of";
        before = it;
        !is_article
    });
    // "US" and "us" become the same, but only names come here.
    let key = comparable_phrase(words.map(|it| if it == "&" { "and" } else { it }));
    if key.split(' ').all(|it| name_spelling::american_spelling(it) == it) {
        return key;
    }
    let spelled: Vec<&str> = key.split(' ').map(name_spelling::american_spelling).collect();
    spelled.join(" ").into()
}
