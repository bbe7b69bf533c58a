//! Names → actors: which names mean one person, one body, one place.

use std::collections::HashMap;

use super::actor::Actor;
use crate::analysis::{EntityKind, Form, Mention};
use crate::engine::lexicon::{Lexicon, Sense};
use crate::engine::names::{Name, Sex};
use crate::engine::sheet::Sheet;

/// The actors that are named, and the actor of each name.
pub(super) fn actors(sheet: &Sheet, names: &[Name], lexicon: &Lexicon) -> (Vec<Actor>, Vec<usize>) {
    let mut register =
        Register { sheet, lexicon, actors: Vec::new(), places: Vec::new(), by_form: HashMap::new() };
    let mut of_name: Vec<Option<usize>> = vec![None; names.len()];
    // The long names come first, so that a headline's "Lee" finds the "Ann Lee" of the story.
    for long in [true, false] {
        for (at, name) in names.iter().enumerate() {
            if of_name[at].is_none() && (register.words(name).len() > 1) == long {
                of_name[at] = Some(register.enter(name, long));
            }
        }
    }
    let of_name: Vec<usize> = of_name.into_iter().flatten().collect();
    for (name, actor) in names.iter().zip(&of_name) {
        register.actors[*actor].mentions.push(Mention { span: name.span, form: Form::Name });
        register.note_roles(name, *actor);
    }
    (register.actors, of_name)
}

struct Register<'a> {
    sheet: &'a Sheet<'a>,
    lexicon: &'a Lexicon,
    actors: Vec<Actor>,
    /// Where each actor is named, in order.
    places: Vec<Vec<usize>>,
    /// The actors by the forms that they have gone by.
    by_form: HashMap<(EntityKind, String), Vec<usize>>,
}

impl<'a> Register<'a> {
    fn words(&self, name: &Name) -> Vec<&'a str> {
        name.span.of(self.sheet.text).split_whitespace().collect()
    }

    fn enter(&mut self, name: &Name, long: bool) -> usize {
        let words = self.words(name);
        let form = words.join(" ");
        let key = (name.kind, key(&form));
        let place = name.span.start;
        let known = self.by_form.get(&key).cloned().unwrap_or_default();
        let same = self.nearest(&known, name);
        let actor = match name.kind {
            // A surname goes to whoever of that name was there last, not to who had it first.
            EntityKind::Person if !long => self.person(name, &words).or(same),
            EntityKind::Person => same.or_else(|| self.person(name, &words)),
            _ => same.or_else(|| self.thing(name, &words, long)),
        };
        let actor = actor.unwrap_or_else(|| {
            self.actors.push(Actor::named(name.kind, &form));
            self.places.push(Vec::new());
            self.actors.len() - 1
        });
        let next = self.places[actor].partition_point(|it| *it < place);
        self.places[actor].insert(next, place);
        let holders = self.by_form.entry(key).or_default();
        if !holders.contains(&actor) {
            holders.push(actor);
        }
        self.adopt(actor, &form, name);
        actor
    }

    /// Keeps a form that an actor goes by; the fullest becomes its name.
    fn adopt(&mut self, actor: usize, form: &str, name: &Name) {
        let given = form.split(' ').next().map(|it| Sex::of(self.lexicon.senses(it)));
        let actor = &mut self.actors[actor];
        if !actor.forms.iter().any(|it| it == form) {
            actor.forms.push(form.to_owned());
        }
        let loud = |it: &str| !it.chars().any(char::is_lowercase);
        let count = |it: &str| it.split(' ').count();
        let called =
            |it: &str| it.split(' ').next().is_some_and(|it| self.lexicon.senses(it).has(Sense::Given));
        let longer = count(form) > count(&actor.name)
            || (form.len() > actor.name.len() && count(&actor.name) == 1 && loud(&actor.name));
        // "Crooked Ann Lee" is longer than "Ann Lee", but no fuller.
        let fuller = if count(form) > 1 && count(&actor.name) > 1 && called(form) != called(&actor.name) {
            called(form)
        } else {
            longer
        };
        let quieter = key(form) == key(&actor.name) && loud(&actor.name) && !loud(form) && form.len() > 4;
        if fuller || quieter {
            form.clone_into(&mut actor.name);
        }
        if name.kind == EntityKind::Person {
            actor.sex = actor.sex.or(name.sex).or(given.flatten().filter(|_| count(form) > 1));
        }
    }

    /// Of several actors the one that was named last before `name` (or first after it) and does not contradict it.
    fn nearest(&self, known: &[usize], name: &Name) -> Option<usize> {
        let fits = known.iter().copied().filter(|it| !self.contradicts(*it, name));
        fits.min_by_key(|it| match self.last_before(*it, name.span.start) {
            Some(place) => (false, name.span.start - place),
            None => (true, self.places[*it].first().copied().unwrap_or_default()),
        })
    }

    fn last_before(&self, actor: usize, place: usize) -> Option<usize> {
        let next = self.places[actor].partition_point(|it| *it < place);
        next.checked_sub(1).map(|it| self.places[actor][it])
    }

    fn contradicts(&self, actor: usize, name: &Name) -> bool {
        let own = self.actors[actor].sex;
        own.is_some() && name.sex.is_some() && own != name.sex
    }

    /// The person whose name ends (or begins) with these words.
    fn person(&self, name: &Name, words: &[&str]) -> Option<usize> {
        let lower: Vec<String> = words.iter().map(|it| it.to_lowercase()).collect();
        let people = || (0..self.actors.len()).filter(|it| self.actors[*it].kind == EntityKind::Person);
        let matching = |test: &dyn Fn(&[String], &[String]) -> bool| -> Vec<usize> {
            let own = |it: &usize| -> Vec<String> {
                self.actors[*it].name.split(' ').map(str::to_lowercase).collect()
            };
            people().filter(|it| test(&own(it), &lower)).collect()
        };
        let by_end = matching(&|own, new| own.len() > 1 && (own.ends_with(new) || new.ends_with(own)));
        let by_form = matching(&|own, new| own.len() > 1 && new.len() > 1 && same_person(own, new));
        let by_start = matching(&|own, new| new.len() == 1 && own.len() > 1 && own[0] == new[0]);
        self.nearest(&by_end, name)
            .or_else(|| self.nearest(&by_form, name))
            .or_else(|| self.nearest(&by_start, name))
    }

    /// The body or place of which these words are another form.
    fn thing(&self, name: &Name, words: &[&str], long: bool) -> Option<usize> {
        let form = words.join(" ");
        let things: Vec<usize> =
            (0..self.actors.len()).filter(|it| self.actors[*it].kind == name.kind).collect();
        let full = self.lexicon.long_form(&form);
        let known = full.and_then(|full| things.iter().find(|it| self.actors[**it].goes_by(full)));
        if let Some(known) = known {
            return Some(*known);
        }
        let short = |it: &&usize| {
            self.actors[**it]
                .forms
                .iter()
                .any(|it| self.lexicon.long_form(it).is_some_and(|it| it.eq_ignore_ascii_case(&form)))
        };
        if let Some(known) = things.iter().find(short) {
            return Some(*known);
        }
        if name.kind != EntityKind::Organisation || long {
            return None;
        }
        let fits: Vec<usize> = things.into_iter().filter(|it| self.shortens(&form, *it, name)).collect();
        self.nearest(&fits, name)
    }

    /// Whether a single word is the acronym, the kind or the first word of a body's long name.
    fn shortens(&self, form: &str, actor: usize, name: &Name) -> bool {
        let long: Vec<&str> = self.actors[actor].name.split(' ').collect();
        if long.len() < 2 {
            return false;
        }
        let bare: String = form.chars().filter(|it| it.is_alphabetic()).collect();
        if bare.len() > 1 && bare.chars().all(char::is_uppercase) {
            let capitals = long.iter().filter_map(|it| it.chars().next()).filter(|it| it.is_uppercase());
            let initials: String = capitals.collect();
            let beside = self.sheet.word(name.tokens.start.wrapping_sub(1)) == "("
                && self
                    .last_before(actor, name.span.start)
                    .is_some_and(|it| name.span.start - it <= self.actors[actor].name.len() + 3);
            return (initials == bare && bare.len() > 2) || (beside && initials.starts_with(&bare[..1]));
        }
        let known = self.lexicon.senses(form);
        let kind = known.any(&[Sense::BodyOf, Sense::BodyEnd])
            && (long.last() == Some(&form) || long.first() == Some(&form));
        let first = long.first() == Some(&form)
            && !known.place()
            && !known.any(&[Sense::Demonym, Sense::Organisation, Sense::Given]);
        kind || first
    }

    fn note_roles(&mut self, name: &Name, actor: usize) {
        for role in &name.roles {
            let words: Vec<&str> = role.of(self.sheet.text).split_whitespace().collect();
            self.actors[actor].roles.push(words.join(" "));
        }
        if self.actors[actor].sex.is_none() {
            self.actors[actor].sex = name.sex;
        }
    }
}

/// A form without what may differ between two mentions: dots, article, capitals of a headline.
fn key(form: &str) -> String {
    let bare = form.strip_prefix("The ").or_else(|| form.strip_prefix("the ")).unwrap_or(form);
    let bare: String = bare.chars().filter(|it| *it != '.').collect();
    // "US" is not "us", but nothing else is lost by it: both are names here.
    bare.to_lowercase()
}

/// Whether two full names may be one person's: the same first and last words,
/// an initial for a given name, or one inside the other.
fn same_person(a: &[String], b: &[String]) -> bool {
    let (Some((a_first, a_last)), Some((b_first, b_last))) = (ends(a), ends(b)) else { return false };
    let initial =
        |short: &str, long: &str| short.len() == 2 && short.ends_with('.') && long.starts_with(&short[..1]);
    let first = a_first == b_first || initial(a_first, b_first) || initial(b_first, a_first);
    (first && a_last == b_last) || within(a, b) || within(b, a)
}

fn ends(name: &[String]) -> Option<(&str, &str)> {
    let last =
        name.iter().rev().find(|it| !matches!(it.trim_end_matches('.'), "jr" | "sr" | "ii" | "iii"))?;
    Some((name.first()?.as_str(), last.as_str()))
}

/// Whether all words of a short name stand in a long one in their order.
fn within(short: &[String], long: &[String]) -> bool {
    let mut rest = long.iter();
    short.len() > 1 && short.len() < long.len() && short.iter().all(|it| rest.any(|own| own == it))
}
