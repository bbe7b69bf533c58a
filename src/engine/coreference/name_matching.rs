//! Name matching: puts names that mean the same person, organisation or place into one cluster.

use compact_str::CompactString;

use crate::analysis::{EntityKind, Mention, MentionKind};
use crate::engine::coreference::cluster::Cluster;
use crate::engine::coreference::name_index::{ClusterHistory, IndexedName, NameIndex, last_before, name_key};
use crate::engine::coreference::name_spelling::with_joined_initials;
use crate::engine::coreference::person_name::{NameMatch, PersonName, comparable};
use crate::engine::coreference::renaming::ToldNames;
use crate::engine::coreference::rival_spellings::RivalSpellings;
use crate::engine::coreference::shared_surnames::SharedSurnames;
use crate::engine::coreference::titled_surnames::role_nouns;
use crate::engine::coreference::{
    joined_words, name_spelling, namesakes, organization_name, place_name, role_words,
};
use crate::engine::entities::{EntityMention, Gender};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::{LexicalClass, Lexicon};
use crate::span::Span;
use crate::word_list::word_list;

/// A name in capitals gives way to the same name in lower case from more bytes than this.
const MAX_CAPITALS_BYTES: usize = 4;
/// How many shorter names of several words of one person are compared with others.
const MAX_OTHER_NAMES: usize = 4;
/// How many nouns of the roles of one person are kept.
const MAX_ROLE_NOUNS: usize = 16;
/// How many different names of one cluster are kept.
const MAX_NAMES: usize = 64;

/// Titles of rulers, who are called by one name.
const RULER_TITLES: &[&str] = &word_list!("ruler-titles");

/// How certain it is that a bare surname means the person named first, where the other bearer is named by full name only …
const SETTLED_BEARER: f32 = 0.95;
/// … or the bearer who spoke last under the full name …
const LAST_SPEAKER_BEARER: f32 = 0.85;
/// … or the person named first, where nothing else decides.
const UNSETTLED_BEARER: f32 = 0.5;
/// How certain it is that a bare surname means a person in whose name it stands before other words.
const INNER_SURNAME: f32 = 0.9;

/// The clusters of all names.
pub(crate) struct NameClusters {
    pub(crate) clusters: Vec<Cluster>,
    /// The cluster of each mention.
    pub(crate) cluster_of_mention: Vec<usize>,
    /// How certain it is that the mention belongs to its cluster, from 0 to 1.
    pub(crate) certainty_of_mention: Vec<f32>,
}

/// The clusters of all names. `sources` are the words of speakers, sorted by their starts.
pub(crate) fn cluster_names(
    doc: &Document,
    mentions: &[EntityMention],
    lexicon: &Lexicon,
    sources: &[Span],
) -> NameClusters {
    let (towns, places) = (place_name::told_towns(doc, mentions), place_name::names_of_places(doc, mentions));
    let surnames = SharedSurnames::new(doc, mentions);
    let indexed = |at: usize| IndexedName::new(doc, &mentions[at], surnames.of(doc, mentions, lexicon, at));
    let names: Vec<IndexedName> = (0..mentions.len()).map(indexed).collect();
    let mut index = NameIndex { towns, places, ..NameIndex::empty(doc, lexicon, sources) };
    index.rivals = RivalSpellings::new(&index, mentions, &names);
    index.told_names = ToldNames::new(&index, mentions);
    let mut found: Vec<Option<(usize, f32)>> = vec![None; mentions.len()];
    // Names of several words come first, so that a headline's "Lee" finds the "Ann Lee" of the story.
    for is_long in [true, false] {
        if !is_long {
            index.holders_by_surname = index.surnames_of_holders(mentions, &names);
        }
        for (at, mention) in mentions.iter().enumerate() {
            if names[at].is_long == is_long {
                let previous = at.checked_sub(1).and_then(|it| Some(found[it]?.0));
                let is_new = is_long && namesakes::is_kin_of_namesake(doc, mentions, at);
                found[at] = Some(index.add_mention(mention, &names[at], is_new, previous));
            }
        }
    }
    let (cluster_of_mention, certainty_of_mention): (Vec<usize>, Vec<f32>) =
        found.into_iter().flatten().unzip();
    for (mention, cluster) in mentions.iter().zip(&cluster_of_mention) {
        index.clusters[*cluster].mentions.push(Mention { span: mention.extent, kind: MentionKind::Name });
        index.add_roles(mention, *cluster);
    }
    NameClusters { clusters: index.clusters, cluster_of_mention, certainty_of_mention }
}

impl NameIndex<'_> {
    /// Adds a mention to the cluster of its name, which may be new, and tells how certain that is. `is_new` is whether it names somebody
    /// with a name that another person has; `previous` is the cluster of the mention before it.
    fn add_mention(
        &mut self,
        mention: &EntityMention,
        indexed: &IndexedName,
        is_new: bool,
        previous: Option<usize>,
    ) -> (usize, f32) {
        let (name, is_long) = (indexed.text.as_str(), indexed.is_long);
        let offset = mention.span.start;
        let key = &indexed.key;
        let other_name = || self.by_name.get(mention.kind, self.told_names.other_name(mention.kind, key)?);
        let same = self.holders(self.by_name.get(mention.kind, key).or_else(other_name), offset);
        let land = self.land_of_body(mention, indexed);
        let is_other = |it: &usize| {
            self.is_relative_of_meant(*it, indexed, mention) || self.is_of_other_land(*it, land.as_ref())
        };
        let same: Vec<usize> = same.iter().copied().filter(|it| !is_other(it)).collect();
        let same = self.nearest_cluster(&same, mention);
        let certain = |cluster: usize| (cluster, 1.0);
        let alias = previous.filter(|_| self.told_names.renames_name_before(mention));
        let of_kind = self.place_with_kind(mention, name).filter(|_| mention.kind == EntityKind::Place);
        let known = if is_new {
            None
        } else {
            alias.map(certain).or_else(|| match mention.kind {
                // A surname may be that of several people, so its full names come first.
                EntityKind::Person if !is_long => self
                    .find_person(mention, indexed, previous)
                    .or(same.map(certain))
                    .or_else(|| {
                        self.nearest_cluster(self.by_person_initials.get(name)?, mention).map(certain)
                    })
                    .or_else(|| self.find_misspelled_surname(offset, name).map(certain))
                    .or_else(|| self.find_misspelled_given_name(mention, name).map(certain)),
                EntityKind::Person => {
                    same.map(certain).or_else(|| self.find_person(mention, indexed, previous))
                }
                _ => of_kind
                    .or(same)
                    .or_else(|| self.find_organization_or_place(mention, indexed, previous))
                    .filter(|it| !self.is_of_other_land(*it, land.as_ref()))
                    .or_else(|| self.find_misspelled(mention.kind, name, offset))
                    .map(certain),
            })
        };
        let is_new_cluster = known.is_none();
        let (cluster, certainty) = known.unwrap_or_else(|| {
            self.clusters.push(Cluster::from_name(mention.kind, name));
            self.histories.push(ClusterHistory::default());
            (self.clusters.len() - 1, 1.0)
        });
        self.add_to_history(cluster, mention, is_long, certainty >= 1.0);
        let own_land = &mut self.histories[cluster].land;
        *own_land = own_land.take().or(land);
        let names = &self.clusters[cluster].names;
        // "Gilvar" of "Gilvar prison" is no name of the prison.
        let is_new_name = of_kind.is_none() && names.len() < MAX_NAMES && !names.iter().any(|it| it == name);
        if is_new_cluster || is_new_name {
            self.index_name(cluster, indexed);
            let is_alias = alias == Some(cluster) || self.told_names.is_alias(mention.kind, &indexed.key);
            self.adopt_name(cluster, indexed, mention, is_alias);
        }
        let cluster_of = &mut self.clusters[cluster];
        if mention.kind == EntityKind::Person && cluster_of.gender.is_none() {
            let given = indexed.words.first().and_then(|it| Gender::from_classes(self.lexicon.classes(it)));
            cluster_of.gender = mention.gender.or(given.filter(|_| is_long));
        }
        (cluster, certainty)
    }

    fn add_to_history(&mut self, cluster: usize, mention: &EntityMention, is_long: bool, is_certain: bool) {
        let history = &mut self.histories[cluster];
        let offset = mention.span.start;
        history.is_kin |= namesakes::is_kin(self.doc, mention);
        if is_long || is_certain {
            for noun in role_nouns(self.doc, mention) {
                if history.role_nouns.len() < MAX_ROLE_NOUNS && !history.role_nouns.contains(&noun) {
                    history.role_nouns.push(noun);
                }
            }
        }
        if !is_long {
            history.short_offsets.push(offset);
            return;
        }
        history.long_offsets.push(offset);
        // "Mary Webb of Tom Webb": the first name of a source speaks.
        let next = self.sources.partition_point(|it| it.start <= offset);
        let source = next.checked_sub(1).filter(|it| self.sources[*it].end > offset);
        if source.is_some() && source != self.last_spoken {
            history.spoken_offsets.push(offset);
            self.last_spoken = source;
        }
    }

    /// Adds a name to a cluster; the fullest one becomes its name. `is_alias` is whether the story tells that it is another name of
    /// somebody who has a full one.
    fn adopt_name(&mut self, cluster: usize, indexed: &IndexedName, mention: &EntityMention, is_alias: bool) {
        let name = indexed.text.as_str();
        let history = &mut self.histories[cluster];
        let cluster = &mut self.clusters[cluster];
        if !cluster.names.iter().any(|it| it == name) {
            cluster.names.push(name.to_owned());
        }
        let is_capitals = |name: &str| !name.chars().any(char::is_lowercase);
        // "Jean Luc Varr" is no fuller than "Jean-Luc Varr".
        let word_count = |name: &str| name.split([' ', '-']).count();
        let begins_with_given_name = |name: &str| {
            let first = name.split(' ').next().unwrap_or_default();
            self.lexicon.classes(first).has(LexicalClass::GivenName)
        };
        // "Matar Al Tayir" is fuller than "Al Tayir", which begins with a listed given name.
        let adds_given_name = |long: &str, short: &str| {
            let before = long.strip_suffix(short).map(str::trim_end);
            before.is_some_and(|it| {
                let is_common = self.lexicon.classes(&it.to_lowercase()).has(LexicalClass::CommonWord);
                !it.is_empty() && !it.contains(' ') && !is_common
            })
        };
        let has_new_given_name = adds_given_name(name, &cluster.name);
        let had_given_name = adds_given_name(&cluster.name, name);
        let (new_words, old_words) = (word_count(name), word_count(&cluster.name));
        let is_longer = new_words > old_words
            || (name.len() > cluster.name.len() && old_words == 1 && is_capitals(&cluster.name));
        // "Crooked Ann Lee" is longer than "Ann Lee", but no fuller.
        let (new_given, old_given) = (begins_with_given_name(name), begins_with_given_name(&cluster.name));
        let both_long = new_words > 1 && old_words > 1;
        let is_fuller = if both_long && new_given != old_given && !has_new_given_name && !had_given_name {
            new_given
        } else {
            is_longer
        };
        let replaces_capitals = name.len() > MAX_CAPITALS_BYTES
            && is_capitals(&cluster.name)
            && !is_capitals(name)
            && indexed.key == name_key(&with_joined_initials(&cluster.name));
        // "Ghana" is the usual name of the Republic of Ghana.
        let is_place = mention.kind == EntityKind::Place;
        let is_formal = is_place
            && (place_name::is_formal_name_of(name, &cluster.name) || place_name::is_bare_form(name));
        let was_formal = is_place
            && (place_name::is_formal_name_of(&cluster.name, name)
                || place_name::is_bare_form(&cluster.name) && name != cluster.name);
        let is_other_name = is_alias && old_words > 1 && !is_place;
        let is_corrected = mention.kind != EntityKind::Person
            && name_spelling::is_right_spelling(self.lexicon, name, &cluster.name);
        if was_formal || is_corrected || !is_formal && !is_other_name && (is_fuller || replaces_capitals) {
            name.clone_into(&mut cluster.name);
        }
        if mention.kind == EntityKind::Person {
            history.name = PersonName::new(&cluster.name);
            // "Mary Ann" of "Mary Ann Lee" has no surname.
            let last = name.rsplit(' ').next().unwrap_or_default();
            let has_surname = new_words > 1 && !self.lexicon.classes(last).has(LexicalClass::GivenName);
            let is_other = has_surname && name != cluster.name;
            if is_other && history.other_names.len() < MAX_OTHER_NAMES {
                history.other_names.push(PersonName::new(name));
            }
        }
    }

    /// The person whose name ends or begins with the words of a mention, or may be the same, and how certain that is.
    /// `previous` is the cluster of the mention before it.
    fn find_person(
        &self,
        mention: &EntityMention,
        indexed: &IndexedName,
        previous: Option<usize>,
    ) -> Option<(usize, f32)> {
        let (name, key) = (PersonName::new(&indexed.text), indexed.key.as_str());
        // A name of two words matches no name without its surname; thousands may have its given name.
        let has_few = |surname: &str| self.has_few_holders(EntityKind::Person, surname);
        let words = match &name.words[..] {
            [given, surname] if has_few(surname) && !has_few(given) => &name.words[1..],
            words => words,
        };
        let parts = indexed.words.iter().flat_map(|it| joined_words::joined_parts(it));
        let words: Vec<CompactString> = words.iter().cloned().chain(parts).collect();
        let sharing = self.clusters_sharing_word(EntityKind::Person, &words, mention.span.start);
        // "Nora Lux" of "Nora Lux Dahl" goes by "Lux" too.
        let match_of = |it: usize| {
            let history = &self.histories[it];
            let by_other_name = || {
                let others = history.other_names.iter().filter_map(|own| own.match_with(&name));
                others.into_iter().find(|it| *it == NameMatch::End)
            };
            history.name.match_with(&name).or_else(by_other_name)
        };
        let matching: Vec<(usize, NameMatch)> = sharing
            .into_iter()
            .filter_map(|it| Some((it, match_of(it)?)))
            .filter(|it| !self.is_relative_of_meant(it.0, indexed, mention))
            .filter(|it| self.may_be_meant(*it, &name, mention, previous))
            .filter(|it| {
                !matches!(it.1, NameMatch::Spelling | NameMatch::Slip) || !self.has_rival_spelling(it.0, key)
            })
            .collect();
        let by = |wanted: &[NameMatch]| -> Vec<usize> {
            matching.iter().filter(|it| wanted.contains(&it.1)).map(|it| it.0).collect()
        };
        let certain = |it: usize| (it, 1.0);
        // "Lam" may be Paul Lam Ting-kwok as well as Carol Lam.
        let is_bearer = |it: &&(usize, NameMatch)| {
            it.1 == NameMatch::End
                || it.1 == NameMatch::Inner && self.histories[it.0].name.has_before_parts(name.words.first())
        };
        let bearers: Vec<usize> = matching.iter().filter(is_bearer).map(|it| it.0).collect();
        let bearers = if bearers.len() > 1 { bearers } else { by(&[NameMatch::End]) };
        let bearers = self.of_generation(bearers, &name, mention);
        self.bearer(&bearers, mention)
            .or_else(|| {
                let forms = by(&[
                    NameMatch::Form,
                    NameMatch::Spelling,
                    NameMatch::Slip,
                    NameMatch::ShortName,
                    NameMatch::Initial,
                ]);
                self.nearest_cluster(&forms, mention).map(certain)
            })
            .or_else(|| self.named_by_first_word(&by(&[NameMatch::Start]), &name, mention))
            .or_else(|| match by(&[NameMatch::Inner])[..] {
                [only] if !self.contradicts(only, mention) => Some((only, INNER_SURNAME)),
                _ => None,
            })
    }

    /// Whether a person may be meant by a name that matches theirs in some way. `previous` is the cluster of the mention before it.
    fn may_be_meant(
        &self,
        (person, by): (usize, NameMatch),
        name: &PersonName,
        mention: &EntityMention,
        previous: Option<usize>,
    ) -> bool {
        let is_kin = namesakes::is_kin(self.doc, mention);
        let fits = match by {
            // "Ann Bo Lee … her father, Bo Lee": the name of a child ends with the father's.
            NameMatch::End => {
                let is_before = mention.roles.first().is_some_and(|it| it.end <= mention.span.start);
                let is_kin_of_previous = previous == Some(person) && mention.is_kin && is_before;
                !is_kin_of_previous && !self.is_ruler_named_as_father(person, name, mention)
            }
            NameMatch::Slip => self.is_slip_of_rare_name(person, name, mention),
            NameMatch::Initial => self.histories[person].is_kin == is_kin,
            NameMatch::ShortName => self.may_have_short_name(person, name, mention),
            NameMatch::Inner => {
                self.is_inner_surname(person, name)
                    || self.is_second_given_name(person, name) && !is_kin && mention.roles.is_empty()
            }
            NameMatch::Start => !self.is_other_ruler(person, mention),
            NameMatch::Form | NameMatch::Spelling => true,
        };
        fits && !self.is_namesake(person, name, mention)
    }

    /// Whether a word inside a person's name may be their surname: no listed given name, unless a name in two parts follows it as in
    /// "Simon Lee Siu-po".
    fn is_inner_surname(&self, cluster: usize, name: &PersonName) -> bool {
        let Some(word) = name.words.first() else { return false };
        let before_parts = self.histories[cluster].name.has_before_parts(Some(word));
        let capitalized = word.chars().next().into_iter().flat_map(char::to_uppercase);
        let capitalized: String = capitalized.chain(word.chars().skip(1)).collect();
        before_parts || !self.lexicon.classes(&capitalized).has(LexicalClass::GivenName)
    }

    /// Whether a word is the second of two given names of a person: "Pablo" of "Juan Pablo Varr".
    fn is_second_given_name(&self, cluster: usize, name: &PersonName) -> bool {
        let own: Vec<&str> = self.clusters[cluster].name.split(' ').collect();
        let is_given = |word: &str| self.lexicon.classes(word).has(LexicalClass::GivenName);
        let is_second = own.get(1).is_some_and(|it| name.words[..] == [comparable(it)]);
        own.len() == 3 && is_second && is_given(own[0]) && is_given(own[1])
    }

    /// The person whose name begins with a bare one. A word that is no listed given name may be the surname that stands first: "Wang" of
    /// "Wang Sico" and "Wang Jilin" is the one named first.
    fn named_by_first_word(
        &self,
        people: &[usize],
        name: &PersonName,
        mention: &EntityMention,
    ) -> Option<(usize, f32)> {
        let word = mention.span.slice(self.doc.text);
        if let Some(holder) = self.only_in_office(people, mention) {
            return Some((holder, 1.0));
        }
        let is_given = name.words.len() > 1 || self.lexicon.classes(word).has(LexicalClass::GivenName);
        if is_given || people.len() < 2 {
            return self.nearest_cluster(people, mention).map(|it| (it, 1.0));
        }
        let fits = people.iter().copied().filter(|it| !self.contradicts(*it, mention));
        let first = fits.min_by_key(|it| self.histories[*it].first_offset())?;
        Some((first, LAST_SPEAKER_BEARER))
    }

    /// Whether a title stands before a given name that is the father's in a longer name: "King Salman" is not "Mohammed bin Salman".
    fn is_ruler_named_as_father(&self, cluster: usize, name: &PersonName, mention: &EntityMention) -> bool {
        self.histories[cluster].name.has_father(name) && self.has_ruler_title(mention)
    }

    /// Whether a given name has the title of a ruler before it, by which nobody calls the person with this given name: "Emperor Varr" is
    /// not "Varr Berg".
    fn is_other_ruler(&self, cluster: usize, mention: &EntityMention) -> bool {
        let is_title = |role: &String| RULER_TITLES.iter().any(|it| role.ends_with(it));
        self.has_ruler_title(mention)
            && self.histories[cluster].name.words.len() == 2
            && !self.clusters[cluster].roles.iter().any(is_title)
    }

    fn has_ruler_title(&self, mention: &EntityMention) -> bool {
        let last_word = |role: &Span| role.slice(self.doc.text).rsplit(' ').next().unwrap_or_default();
        mention.roles.iter().any(|it| RULER_TITLES.binary_search(&last_word(it)).is_ok())
    }

    /// Which of several people a surname means, and how certain that is: the one named first, unless another one spoke last
    /// under the full name. Relatives of others come after them.
    fn bearer(&self, bearers: &[usize], mention: &EntityMention) -> Option<(usize, f32)> {
        let offset = mention.span.start;
        let fits: Vec<usize> = bearers.iter().copied().filter(|it| !self.contradicts(*it, mention)).collect();
        let known_before = |it: &usize| self.histories[*it].first_offset() < offset;
        let before: Vec<usize> = fits.iter().copied().filter(known_before).collect();
        match before[..] {
            [] => return self.nearest_cluster(&fits, mention).map(|it| (it, 1.0)),
            [only] => return Some((only, 1.0)),
            _ => {}
        }
        if let Some(holder) = self.only_in_office(&before, mention) {
            return Some((holder, 1.0));
        }
        let spoke = |it: &usize| last_before(&self.histories[*it].spoken_offsets, offset).map(|at| (at, *it));
        if let Some((_, speaker)) = before.iter().filter_map(spoke).max() {
            return Some((speaker, LAST_SPEAKER_BEARER));
        }
        let order = |it: &usize| (self.histories[*it].is_kin, self.histories[*it].first_offset());
        let first = before.iter().copied().min_by_key(order)?;
        // "Halden" meant the first one already when the second was not yet named.
        let others = before.iter().filter(|it| **it != first);
        let second_offset = others.map(|it| self.histories[*it].first_offset()).min().unwrap_or(usize::MAX);
        let is_settled = last_before(&self.histories[first].short_offsets, second_offset).is_some();
        Some((first, if is_settled { SETTLED_BEARER } else { UNSETTLED_BEARER }))
    }

    /// Adds the roles and the gender of a mention to a cluster.
    fn add_roles(&mut self, mention: &EntityMention, cluster: usize) {
        let cluster = &mut self.clusters[cluster];
        if mention.kind == EntityKind::Organisation
            && let Some(noun) = organization_name::kind_noun(self.doc, mention)
        {
            cluster.add_kind_noun(&noun);
        }
        for role in &mention.roles {
            cluster.add_role(role_words::role_of_one(self.lexicon, role.slice(self.doc.text)));
        }
        cluster.gender = cluster.gender.or(mention.gender);
    }
}
