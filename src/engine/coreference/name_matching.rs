//! Names → actors: which names mean one person, one body, one place.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::analysis::{EntityKind, Mention, MentionKind};
use crate::engine::coreference::cluster::Cluster;
use crate::engine::entities::{EntityMention, Gender};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::{LexicalClass, Lexicon};

/// The actors that are named, and the actor of each name.
pub(crate) fn cluster_names(
    doc: &Document,
    names: &[EntityMention],
    lexicon: &Lexicon,
) -> (Vec<Cluster>, Vec<usize>) {
    let mut register = NameIndex {
        doc,
        lexicon,
        clusters: Vec::new(),
        mention_offsets: Vec::new(),
        by_name: HashMap::new(),
        by_word: HashMap::new(),
        by_initials: HashMap::new(),
    };
    let mut of_name: Vec<Option<usize>> = vec![None; names.len()];
    // The long names come first, so that a headline's "Lee" finds the "Ann Lee" of the story.
    for long in [true, false] {
        for (at, name) in names.iter().enumerate() {
            if of_name[at].is_none() && (register.name_words(name).len() > 1) == long {
                let before = at.checked_sub(1).and_then(|it| of_name[it]);
                of_name[at] = Some(register.add_mention(name, long, before));
            }
        }
    }
    let of_name: Vec<usize> = of_name.into_iter().flatten().collect();
    for (name, actor) in names.iter().zip(&of_name) {
        register.clusters[*actor].mentions.push(Mention { span: name.span, kind: MentionKind::Name });
        register.add_roles(name, *actor);
    }
    (register.clusters, of_name)
}

struct NameIndex<'a> {
    doc: &'a Document<'a>,
    lexicon: &'a Lexicon,
    clusters: Vec<Cluster>,
    /// Where each actor is named, in order.
    mention_offsets: Vec<Vec<usize>>,
    /// The actors by the forms that they have gone by.
    by_name: HashMap<(EntityKind, String), Vec<usize>>,
    /// The actors by the words of their forms, in lower case.
    by_word: HashMap<String, Vec<usize>>,
    /// The organisations by the initials of their forms.
    by_initials: HashMap<String, Vec<usize>>,
}

impl<'a> NameIndex<'a> {
    fn name_words(&self, name: &EntityMention) -> Vec<&'a str> {
        name.span.slice(self.doc.text).split_whitespace().collect()
    }

    fn add_mention(&mut self, name: &EntityMention, long: bool, before: Option<usize>) -> usize {
        let words = self.name_words(name);
        let form = words.join(" ");
        let key = (name.kind, name_key(&form));
        let place = name.span.start;
        let known = self.by_name.get(&key).cloned().unwrap_or_default();
        let same = self.nearest_cluster(&known, name);
        let actor = match name.kind {
            // A surname goes to whoever of that name was there last, not to who had it first.
            EntityKind::Person if !long => {
                self.find_person(name, &words).or(same).or_else(|| self.find_misspelled_surname(place, &form))
            }
            EntityKind::Person => same.or_else(|| self.find_person(name, &words)),
            _ => same.or_else(|| self.find_organization_or_place(name, &form, long, before)),
        };
        let actor = actor.unwrap_or_else(|| {
            self.clusters.push(Cluster::from_name(name.kind, &form));
            self.mention_offsets.push(Vec::new());
            self.clusters.len() - 1
        });
        let next = self.mention_offsets[actor].partition_point(|it| *it < place);
        self.mention_offsets[actor].insert(next, place);
        if !self.clusters[actor].names.contains(&form) || self.mention_offsets[actor].len() == 1 {
            self.index_name(actor, &form, key);
        }
        self.adopt_name(actor, &form, name);
        actor
    }

    /// Makes an actor found by a new form of its.
    fn index_name(&mut self, actor: usize, form: &str, key: (EntityKind, String)) {
        push_unique(self.by_name.entry(key), actor);
        let kind = self.clusters[actor].kind;
        if let Some(full) = self.lexicon.long_form(form) {
            push_unique(self.by_name.entry((kind, self::name_key(full))), actor);
        }
        for word in form.split(' ') {
            push_unique(self.by_word.entry(word.to_lowercase()), actor);
        }
        if kind == EntityKind::Organisation {
            push_unique(self.by_initials.entry(initials(form)), actor);
        }
    }

    /// The actors of a kind whose forms share one of some words.
    fn clusters_sharing_word(&self, kind: EntityKind, words: &[String]) -> Vec<usize> {
        let holders = words.iter().filter_map(|it| self.by_word.get(it)).flatten().copied();
        let mut holders: Vec<usize> = holders.filter(|it| self.clusters[*it].kind == kind).collect();
        holders.sort_unstable();
        holders.dedup();
        holders
    }

    /// Keeps a form that an actor goes by; the fullest becomes its name.
    fn adopt_name(&mut self, actor: usize, form: &str, name: &EntityMention) {
        let given = form.split(' ').next().map(|it| Gender::from_classes(self.lexicon.classes(it)));
        let actor = &mut self.clusters[actor];
        if !actor.names.iter().any(|it| it == form) {
            actor.names.push(form.to_owned());
        }
        let loud = |it: &str| !it.chars().any(char::is_lowercase);
        let count = |it: &str| it.split(' ').count();
        let called = |it: &str| {
            it.split(' ').next().is_some_and(|it| self.lexicon.classes(it).has(LexicalClass::GivenName))
        };
        let longer = count(form) > count(&actor.name)
            || (form.len() > actor.name.len() && count(&actor.name) == 1 && loud(&actor.name));
        // "Crooked Ann Lee" is longer than "Ann Lee", but no fuller.
        let fuller = if count(form) > 1 && count(&actor.name) > 1 && called(form) != called(&actor.name) {
            called(form)
        } else {
            longer
        };
        let quieter =
            name_key(form) == name_key(&actor.name) && loud(&actor.name) && !loud(form) && form.len() > 4;
        if fuller || quieter {
            form.clone_into(&mut actor.name);
        }
        if name.kind == EntityKind::Person {
            actor.gender = actor.gender.or(name.gender).or(given.flatten().filter(|_| count(form) > 1));
        }
    }

    /// Of several actors the one that was named last before `name` (or first after it) and does not contradict it.
    fn nearest_cluster(&self, known: &[usize], name: &EntityMention) -> Option<usize> {
        let fits = known.iter().copied().filter(|it| !self.contradicts(*it, name));
        fits.min_by_key(|it| match self.last_mention_before(*it, name.span.start) {
            Some(place) => (false, name.span.start - place),
            None => (true, self.mention_offsets[*it].first().copied().unwrap_or_default()),
        })
    }

    fn last_mention_before(&self, actor: usize, place: usize) -> Option<usize> {
        let next = self.mention_offsets[actor].partition_point(|it| *it < place);
        next.checked_sub(1).map(|it| self.mention_offsets[actor][it])
    }

    fn contradicts(&self, actor: usize, name: &EntityMention) -> bool {
        let own = self.clusters[actor].gender;
        own.is_some() && name.gender.is_some() && own != name.gender
    }

    /// The person whose name ends (or begins) with these words.
    fn find_person(&self, name: &EntityMention, words: &[&str]) -> Option<usize> {
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
        self.nearest_cluster(&by_end, name)
            .or_else(|| self.nearest_cluster(&by_form, name))
            .or_else(|| self.nearest_cluster(&by_start, name))
    }

    /// The one person named in full before `place` of whose surname a single word is a slip ("Buchtman" of "Lydia
    /// Buchtmann").
    fn find_misspelled_surname(&self, place: usize, form: &str) -> Option<usize> {
        let size = form.chars().count();
        let slips = usize::from(size > 5) + usize::from(size > 7);
        let close = |it: &usize| {
            let actor = &self.clusters[*it];
            let surname = actor.name.rsplit_once(' ').filter(|_| actor.kind == EntityKind::Person);
            surname.is_some_and(|(_, own)| {
                let plural = own.strip_suffix('s') == Some(form) || form.strip_suffix('s') == Some(own);
                own.chars().next() == form.chars().next() && !plural && edit_distance(own, form) <= slips
            })
        };
        let named = (0..self.clusters.len()).filter(|it| self.last_mention_before(*it, place).is_some());
        let mut found = named.filter(|_| slips > 0).filter(close);
        found.next().filter(|_| found.next().is_none())
    }

    /// The body or place of which a form is another form; `before` is the actor of the name before it.
    fn find_organization_or_place(
        &self,
        name: &EntityMention,
        form: &str,
        long: bool,
        before: Option<usize>,
    ) -> Option<usize> {
        let full = self.lexicon.long_form(form).map(|it| (name.kind, name_key(it)));
        if let Some(known) = full.and_then(|it| self.by_name.get(&it)) {
            return self.nearest_cluster(known, name);
        }
        if name.kind != EntityKind::Organisation || long {
            return None;
        }
        let bare: String = form.chars().filter(|it| it.is_alphabetic()).collect();
        if bare.chars().count() > 1 && bare.chars().all(char::is_uppercase) {
            let bracketed = name.tokens.start > 0 && self.doc.word(name.tokens.start - 1) == "(";
            let beside = before.filter(|it| bracketed && self.explains_acronym(*it, name, &bare));
            let far = self.by_initials.get(&bare).filter(|_| bare.chars().count() > 2);
            return beside.or_else(|| self.nearest_cluster(far?, name));
        }
        let fits = self.clusters_sharing_word(name.kind, &[form.to_lowercase()]);
        let fits: Vec<usize> = fits.into_iter().filter(|it| self.is_short_form(form, *it)).collect();
        self.nearest_cluster(&fits, name)
    }

    /// Whether an acronym in brackets may be that of the body named directly before it.
    fn explains_acronym(&self, actor: usize, name: &EntityMention, acronym: &str) -> bool {
        let body = &self.clusters[actor];
        let near = self
            .last_mention_before(actor, name.span.start)
            .is_some_and(|it| name.span.start - it <= body.name.len() + 3);
        let several = body.name.contains(' ') && body.kind == EntityKind::Organisation;
        several && near && initials(&body.name).chars().next() == acronym.chars().next()
    }

    /// Whether a single word is the kind or the first word of a body's long name.
    fn is_short_form(&self, form: &str, actor: usize) -> bool {
        let long: Vec<&str> = self.clusters[actor].name.split(' ').collect();
        let (first, last) = (long.first() == Some(&form), long.last() == Some(&form));
        let known = self.lexicon.classes(form);
        let kind = known.any(&[LexicalClass::OrgHeadOf, LexicalClass::OrgHead]) && (first || last);
        let own = !known.is_place()
            && !known.any(&[LexicalClass::Demonym, LexicalClass::Organization, LexicalClass::GivenName]);
        long.len() > 1 && (kind || (first && own))
    }

    fn add_roles(&mut self, name: &EntityMention, actor: usize) {
        for role in &name.roles {
            let words: Vec<&str> = role.slice(self.doc.text).split_whitespace().collect();
            self.clusters[actor].roles.push(words.join(" "));
        }
        if self.clusters[actor].gender.is_none() {
            self.clusters[actor].gender = name.gender;
        }
    }
}

/// Adds an actor to a list of an index, once.
fn push_unique<K>(entry: Entry<'_, K, Vec<usize>>, actor: usize) {
    let holders = entry.or_default();
    if !holders.contains(&actor) {
        holders.push(actor);
    }
}

/// The capitals that begin the words of a form.
fn initials(form: &str) -> String {
    form.split(' ').filter_map(|it| it.chars().next()).filter(|it| it.is_uppercase()).collect()
}

/// A form without what may differ between two mentions: dots, article, capitals of a headline.
fn name_key(form: &str) -> String {
    let bare = form.strip_prefix("The ").or_else(|| form.strip_prefix("the ")).unwrap_or(form);
    let bare: String = bare.chars().filter(|it| *it != '.').collect();
    // "US" is not "us", but nothing else is lost by it: both are names here.
    bare.to_lowercase()
}

/// Whether two full names may be one person's: the same first and last words,
/// an initial for a given name, or one inside the other.
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

fn first_and_last_word(name: &[String]) -> Option<(&str, &str)> {
    let last =
        name.iter().rev().find(|it| !matches!(it.trim_end_matches('.'), "jr" | "sr" | "ii" | "iii"))?;
    Some((name.first()?.as_str(), last.as_str()))
}

/// Whether all words of a short name stand in a long one in their order.
fn is_subsequence(short: &[String], long: &[String]) -> bool {
    let mut rest = long.iter();
    short.len() > 1 && short.len() < long.len() && short.iter().all(|it| rest.any(|own| own == it))
}

/// How many letters must be put in, taken out or changed to make one word of another (Levenshtein 1965).
fn edit_distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.chars().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], line + 1);
        for (at, own) in other.iter().enumerate() {
            let changed = corner + usize::from(*own != letter);
            corner = row[at + 1];
            row[at + 1] = changed.min(corner + 1).min(row[at] + 1);
        }
    }
    row[other.len()]
}
