//! Look-ups of clusters by what later words may repeat: a name, a surname, the words of a description, the members.

use compact_str::CompactString;

use crate::analysis::EntityKind;
use crate::engine::coreference::cluster::Cluster;
use crate::engine::coreference::person_name::comparable_phrase;
use crate::engine::text::hash_map::HashMap;

/// The clusters by their texts. It is told of each new cluster and each new name.
#[derive(Debug, Default)]
pub(crate) struct ClusterLookup {
    /// The first cluster with a name.
    names: HashMap<CompactString, usize>,
    /// The last person with a surname.
    surnames: HashMap<CompactString, usize>,
    /// The last unnamed source with these words.
    descriptions: HashMap<CompactString, usize>,
    /// The last unnamed source with a noun.
    nouns: HashMap<String, usize>,
    groups: HashMap<Vec<usize>, usize>,
}

impl ClusterLookup {
    /// The look-ups of all `clusters`.
    pub(crate) fn new(clusters: &[Cluster]) -> Self {
        let mut lookup = Self::default();
        for (number, cluster) in clusters.iter().enumerate() {
            lookup.add(number, cluster);
        }
        lookup
    }

    /// Adds a cluster, or what it is called since it was added.
    pub(crate) fn add(&mut self, number: usize, cluster: &Cluster) {
        for name in &cluster.names {
            self.names.entry(text_key(name)).or_insert(number);
        }
        if let Some((_, surname)) =
            cluster.name.rsplit_once(' ').filter(|_| cluster.kind == EntityKind::Person)
        {
            self.surnames.insert(text_key(surname), number);
        }
        if let Some(noun) = &cluster.head_noun {
            self.descriptions.insert(text_key(&cluster.name), number);
            self.nouns.insert(noun.clone(), number);
        }
        if !cluster.members.is_empty() {
            self.groups.insert(cluster.members.clone(), number);
        }
    }

    /// The first cluster that has this name.
    pub(crate) fn named(&self, name: &str) -> Option<usize> {
        self.names.get(&text_key(name)).copied()
    }

    /// The last person with this surname.
    pub(crate) fn with_surname(&self, surname: &str) -> Option<usize> {
        self.surnames.get(&text_key(surname)).copied()
    }

    /// The last unnamed source that was called by these words.
    pub(crate) fn described(&self, words: &str) -> Option<usize> {
        self.descriptions.get(&text_key(words)).copied()
    }

    /// The last unnamed source with this noun.
    pub(crate) fn with_noun(&self, noun: &str) -> Option<usize> {
        self.nouns.get(noun).copied()
    }

    /// The group of these members.
    pub(crate) fn of_members(&self, members: &[usize]) -> Option<usize> {
        self.groups.get(members).copied()
    }
}

/// Words in lower case with single spaces, without accents and dots.
fn text_key(text: &str) -> CompactString {
    comparable_phrase(text.split_whitespace())
}
