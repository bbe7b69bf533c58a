//! Name matching: puts names that mean the same person, organisation or place into one cluster.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::analysis::{EntityKind, Mention, MentionKind};
use crate::engine::coreference::cluster::Cluster;
use crate::engine::entities::{EntityMention, Gender};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::{LexicalClass, Lexicon};

/// A single word is a misspelled surname with at most one wrong letter from more letters than this …
const MIN_LETTERS_FOR_ONE_SLIP: usize = 5;
/// … and with at most two from more than this.
const MIN_LETTERS_FOR_TWO_SLIPS: usize = 7;
/// An acronym of more letters than this may stand anywhere in the story; a shorter one only in brackets after the name.
const MAX_LOCAL_ACRONYM_LETTERS: usize = 2;
/// How many bytes may stand between the starts of a name and of its acronym beside the name itself: " (" and an article.
const MAX_ACRONYM_GAP_BYTES: usize = 3;
/// A name in capitals gives way to the same name in lower case from more bytes than this.
const MAX_CAPITALS_BYTES: usize = 4;

/// The clusters of all names, and the cluster of each mention.
pub(crate) fn cluster_names(
    doc: &Document,
    mentions: &[EntityMention],
    lexicon: &Lexicon,
) -> (Vec<Cluster>, Vec<usize>) {
    let mut index = NameIndex {
        doc,
        lexicon,
        clusters: Vec::new(),
        mention_offsets: Vec::new(),
        by_name: HashMap::new(),
        by_word: HashMap::new(),
        by_initials: HashMap::new(),
    };
    let mut cluster_of_mention: Vec<Option<usize>> = vec![None; mentions.len()];
    // Names of several words come first, so that a headline's "Lee" finds the "Ann Lee" of the story.
    for is_long in [true, false] {
        for (at, mention) in mentions.iter().enumerate() {
            if cluster_of_mention[at].is_none() && (index.name_words(mention).len() > 1) == is_long {
                let previous = at.checked_sub(1).and_then(|it| cluster_of_mention[it]);
                cluster_of_mention[at] = Some(index.add_mention(mention, is_long, previous));
            }
        }
    }
    let cluster_of_mention: Vec<usize> = cluster_of_mention.into_iter().flatten().collect();
    for (mention, cluster) in mentions.iter().zip(&cluster_of_mention) {
        index.clusters[*cluster].mentions.push(Mention { span: mention.span, kind: MentionKind::Name });
        index.add_roles(mention, *cluster);
    }
    (index.clusters, cluster_of_mention)
}

/// The clusters by their names, words and initials.
struct NameIndex<'a> {
    doc: &'a Document<'a>,
    lexicon: &'a Lexicon,
    clusters: Vec<Cluster>,
    /// The byte offsets of the names of each cluster, sorted.
    mention_offsets: Vec<Vec<usize>>,
    /// Clusters by kind and [`name_key`].
    by_name: HashMap<(EntityKind, String), Vec<usize>>,
    /// Clusters by the words of their names, in lower case.
    by_word: HashMap<String, Vec<usize>>,
    /// Organisations by the initials of their names.
    by_initials: HashMap<String, Vec<usize>>,
}

impl<'a> NameIndex<'a> {
    /// The words of a name.
    fn name_words(&self, name: &EntityMention) -> Vec<&'a str> {
        name.span.slice(self.doc.text).split_whitespace().collect()
    }

    /// Adds a mention to the cluster of its name, which may be new. `previous` is the cluster of the mention before it.
    fn add_mention(&mut self, mention: &EntityMention, is_long: bool, previous: Option<usize>) -> usize {
        let words = self.name_words(mention);
        let name = words.join(" ");
        let key = (mention.kind, name_key(&name));
        let offset = mention.span.start;
        let same_name = self.by_name.get(&key).cloned().unwrap_or_default();
        let same = self.nearest_cluster(&same_name, mention);
        let known = match mention.kind {
            // A surname refers to the last person with this surname, not to the first.
            EntityKind::Person if !is_long => self
                .find_person(mention, &words)
                .or(same)
                .or_else(|| self.find_misspelled_surname(offset, &name)),
            EntityKind::Person => same.or_else(|| self.find_person(mention, &words)),
            _ => same.or_else(|| self.find_organization_or_place(mention, &name, is_long, previous)),
        };
        let cluster = known.unwrap_or_else(|| {
            self.clusters.push(Cluster::from_name(mention.kind, &name));
            self.mention_offsets.push(Vec::new());
            self.clusters.len() - 1
        });
        let offsets = &mut self.mention_offsets[cluster];
        offsets.insert(offsets.partition_point(|it| *it < offset), offset);
        if offsets.len() == 1 || !self.clusters[cluster].names.contains(&name) {
            self.index_name(cluster, &name, key);
        }
        self.adopt_name(cluster, &name, mention);
        cluster
    }

    /// Adds a name of a cluster to the index.
    fn index_name(&mut self, cluster: usize, name: &str, key: (EntityKind, String)) {
        push_unique(self.by_name.entry(key), cluster);
        let kind = self.clusters[cluster].kind;
        if let Some(full) = self.lexicon.long_form(name) {
            push_unique(self.by_name.entry((kind, name_key(full))), cluster);
        }
        for word in name.split(' ') {
            push_unique(self.by_word.entry(word.to_lowercase()), cluster);
        }
        if kind == EntityKind::Organisation {
            push_unique(self.by_initials.entry(initials(name)), cluster);
        }
    }

    /// The clusters of a kind with one of these words (in lower case) in a name.
    fn clusters_sharing_word(&self, kind: EntityKind, words: &[String]) -> Vec<usize> {
        let holders = words.iter().filter_map(|it| self.by_word.get(it)).flatten().copied();
        let mut holders: Vec<usize> = holders.filter(|it| self.clusters[*it].kind == kind).collect();
        holders.sort_unstable();
        holders.dedup();
        holders
    }

    /// Adds a name to a cluster; the fullest one becomes its name.
    fn adopt_name(&mut self, cluster: usize, name: &str, mention: &EntityMention) {
        let given = name.split(' ').next().map(|it| Gender::from_classes(self.lexicon.classes(it)));
        let cluster = &mut self.clusters[cluster];
        if !cluster.names.iter().any(|it| it == name) {
            cluster.names.push(name.to_owned());
        }
        let is_capitals = |name: &str| !name.chars().any(char::is_lowercase);
        let word_count = |name: &str| name.split(' ').count();
        let begins_with_given_name = |name: &str| {
            let first = name.split(' ').next().unwrap_or_default();
            self.lexicon.classes(first).has(LexicalClass::GivenName)
        };
        let (new_words, old_words) = (word_count(name), word_count(&cluster.name));
        let is_longer = new_words > old_words
            || (name.len() > cluster.name.len() && old_words == 1 && is_capitals(&cluster.name));
        // "Crooked Ann Lee" is longer than "Ann Lee", but no fuller.
        let (new_given, old_given) = (begins_with_given_name(name), begins_with_given_name(&cluster.name));
        let both_long = new_words > 1 && old_words > 1;
        let is_fuller = if both_long && new_given != old_given { new_given } else { is_longer };
        let replaces_capitals = name_key(name) == name_key(&cluster.name)
            && is_capitals(&cluster.name)
            && !is_capitals(name)
            && name.len() > MAX_CAPITALS_BYTES;
        if is_fuller || replaces_capitals {
            name.clone_into(&mut cluster.name);
        }
        if mention.kind == EntityKind::Person {
            cluster.gender = cluster.gender.or(mention.gender).or(given.flatten().filter(|_| new_words > 1));
        }
    }

    /// The one of some clusters that was named last before a mention, else first after it, and has no other gender.
    fn nearest_cluster(&self, known: &[usize], mention: &EntityMention) -> Option<usize> {
        let fits = known.iter().copied().filter(|it| !self.contradicts(*it, mention));
        fits.min_by_key(|it| match self.last_mention_before(*it, mention.span.start) {
            Some(offset) => (false, mention.span.start - offset),
            None => (true, self.mention_offsets[*it].first().copied().unwrap_or_default()),
        })
    }

    /// The byte offset of the last name of a cluster before the byte `offset`.
    fn last_mention_before(&self, cluster: usize, offset: usize) -> Option<usize> {
        let next = self.mention_offsets[cluster].partition_point(|it| *it < offset);
        next.checked_sub(1).map(|it| self.mention_offsets[cluster][it])
    }

    /// Whether a cluster and a mention have different genders.
    fn contradicts(&self, cluster: usize, mention: &EntityMention) -> bool {
        let own = self.clusters[cluster].gender;
        own.is_some() && mention.gender.is_some() && own != mention.gender
    }

    /// The person whose name ends or begins with these words, or may be the same.
    fn find_person(&self, mention: &EntityMention, words: &[&str]) -> Option<usize> {
        let lower: Vec<String> = words.iter().map(|it| it.to_lowercase()).collect();
        let people = self.clusters_sharing_word(EntityKind::Person, &lower);
        let matching = |test: &dyn Fn(&[String], &[String]) -> bool| -> Vec<usize> {
            let own = |it: &usize| -> Vec<String> {
                self.clusters[*it].name.split(' ').map(str::to_lowercase).collect()
            };
            people.iter().copied().filter(|it| test(&own(it), &lower)).collect()
        };
        let by_end = matching(&|own, new| own.len() > 1 && (own.ends_with(new) || new.ends_with(own)));
        let by_form = matching(&|own, new| own.len() > 1 && new.len() > 1 && may_be_same_person(own, new));
        let by_start = matching(&|own, new| new.len() == 1 && own.len() > 1 && own[0] == new[0]);
        self.nearest_cluster(&by_end, mention)
            .or_else(|| self.nearest_cluster(&by_form, mention))
            .or_else(|| self.nearest_cluster(&by_start, mention))
    }

    /// The only person named in full before a byte offset whose surname is misspelled as `name` ("Buchtman" for "Lydia
    /// Buchtmann").
    fn find_misspelled_surname(&self, offset: usize, name: &str) -> Option<usize> {
        let size = name.chars().count();
        let slips =
            usize::from(size > MIN_LETTERS_FOR_ONE_SLIP) + usize::from(size > MIN_LETTERS_FOR_TWO_SLIPS);
        let close = |it: &usize| {
            let cluster = &self.clusters[*it];
            let surname = cluster.name.rsplit_once(' ').filter(|_| cluster.kind == EntityKind::Person);
            surname.is_some_and(|(_, own)| {
                let plural = own.strip_suffix('s') == Some(name) || name.strip_suffix('s') == Some(own);
                own.chars().next() == name.chars().next()
                    && !plural
                    && strsim::levenshtein(own, name) <= slips
            })
        };
        let named = (0..self.clusters.len()).filter(|it| self.last_mention_before(*it, offset).is_some());
        let mut found = named.filter(|_| slips > 0).filter(close);
        found.next().filter(|_| found.next().is_none())
    }

    /// The organisation or place of which `name` is another form. `previous` is the cluster of the mention before it.
    fn find_organization_or_place(
        &self,
        mention: &EntityMention,
        name: &str,
        is_long: bool,
        previous: Option<usize>,
    ) -> Option<usize> {
        let full = self.lexicon.long_form(name).map(|it| (mention.kind, name_key(it)));
        if let Some(known) = full.and_then(|it| self.by_name.get(&it)) {
            return self.nearest_cluster(known, mention);
        }
        if mention.kind != EntityKind::Organisation || is_long {
            return None;
        }
        let bare: String = name.chars().filter(|it| it.is_alphabetic()).collect();
        if bare.chars().count() > 1 && bare.chars().all(char::is_uppercase) {
            let bracketed = mention.tokens.start > 0 && self.doc.word(mention.tokens.start - 1) == "(";
            let beside = previous.filter(|it| bracketed && self.explains_acronym(*it, mention, &bare));
            let far =
                self.by_initials.get(&bare).filter(|_| bare.chars().count() > MAX_LOCAL_ACRONYM_LETTERS);
            return beside.or_else(|| self.nearest_cluster(far?, mention));
        }
        let fits = self.clusters_sharing_word(mention.kind, &[name.to_lowercase()]);
        let fits: Vec<usize> = fits.into_iter().filter(|it| self.is_short_form(name, *it)).collect();
        self.nearest_cluster(&fits, mention)
    }

    /// Whether an acronym in brackets may belong to the organisation directly before it.
    fn explains_acronym(&self, cluster: usize, mention: &EntityMention, acronym: &str) -> bool {
        let organization = &self.clusters[cluster];
        let near = self
            .last_mention_before(cluster, mention.span.start)
            .is_some_and(|it| mention.span.start - it <= organization.name.len() + MAX_ACRONYM_GAP_BYTES);
        let several = organization.name.contains(' ') && organization.kind == EntityKind::Organisation;
        several && near && initials(&organization.name).chars().next() == acronym.chars().next()
    }

    /// Whether a word is the kind or the first word of the longer name of a cluster.
    fn is_short_form(&self, name: &str, cluster: usize) -> bool {
        let long: Vec<&str> = self.clusters[cluster].name.split(' ').collect();
        let (first, last) = (long.first() == Some(&name), long.last() == Some(&name));
        let known = self.lexicon.classes(name);
        let kind = known.any(&[LexicalClass::OrgHeadOf, LexicalClass::OrgHead]) && (first || last);
        let own = !known.is_place()
            && !known.any(&[LexicalClass::Demonym, LexicalClass::Organization, LexicalClass::GivenName]);
        long.len() > 1 && (kind || (first && own))
    }

    /// Adds the roles and the gender of a mention to a cluster.
    fn add_roles(&mut self, mention: &EntityMention, cluster: usize) {
        for role in &mention.roles {
            let words: Vec<&str> = role.slice(self.doc.text).split_whitespace().collect();
            self.clusters[cluster].roles.push(words.join(" "));
        }
        if self.clusters[cluster].gender.is_none() {
            self.clusters[cluster].gender = mention.gender;
        }
    }
}

/// Adds a cluster to a list of an index, once.
fn push_unique<K>(entry: Entry<'_, K, Vec<usize>>, cluster: usize) {
    let holders = entry.or_default();
    if !holders.contains(&cluster) {
        holders.push(cluster);
    }
}

/// The capitals that begin the words of a name.
fn initials(name: &str) -> String {
    name.split(' ').filter_map(|it| it.chars().next()).filter(|it| it.is_uppercase()).collect()
}

/// A name without what may differ between mentions: dots, a leading article, capitals.
fn name_key(name: &str) -> String {
    let bare = name.strip_prefix("The ").or_else(|| name.strip_prefix("the ")).unwrap_or(name);
    let bare: String = bare.chars().filter(|it| *it != '.').collect();
    // "US" and "us" become the same, but only names come here.
    bare.to_lowercase()
}

/// Whether two full names (in lower case) may mean one person: the same first and last words, an initial for a given
/// name, or all words of one in the other.
fn may_be_same_person(a: &[String], b: &[String]) -> bool {
    let (Some((a_first, a_last)), Some((b_first, b_last))) = (first_and_last_word(a), first_and_last_word(b))
    else {
        return false;
    };
    let initial =
        |short: &str, long: &str| short.len() == 2 && short.ends_with('.') && long.starts_with(&short[..1]);
    let first = a_first == b_first || initial(a_first, b_first) || initial(b_first, a_first);
    (first && a_last == b_last) || is_subsequence(a, b) || is_subsequence(b, a)
}

/// The first word of a name and the last before "Jr." or a numeral.
fn first_and_last_word(name: &[String]) -> Option<(&str, &str)> {
    let last =
        name.iter().rev().find(|it| !matches!(it.trim_end_matches('.'), "jr" | "sr" | "ii" | "iii"))?;
    Some((name.first()?.as_str(), last.as_str()))
}

/// Whether all words of a short name stand in a longer one in the same order.
fn is_subsequence(short: &[String], long: &[String]) -> bool {
    let mut rest = long.iter();
    short.len() > 1 && short.len() < long.len() && short.iter().all(|it| rest.any(|own| own == it))
}
