//! Names and the words beside them → what each person is: the title before the name, the apposition after it.

use std::collections::HashMap;
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::document_scores::Judged;
use crate::engine::entities::features::{Look, Words, rooted};
use crate::engine::entities::{Name, Sex};
use crate::engine::text::lexicon::Sense;
use crate::engine::text::tokens::Class;
use crate::span::Span;

/// The names with their roles and what is told of their sex.
pub(crate) fn with_offices(words: &Words, judged: Vec<Judged>) -> Vec<Name> {
    let ends: HashMap<usize, usize> = judged.iter().map(|it| (it.tokens.end, it.tokens.start)).collect();
    let people: Vec<usize> =
        judged.iter().filter(|it| it.kind == EntityKind::Person).map(|it| it.tokens.start).collect();
    let desk = Desk { words, ends, people };
    judged.into_iter().map(|it| desk.name(it)).collect()
}

/// Whether a full name has before it, at the start of a sentence, the word for what the person is: "Climber Ann Lee".
pub(crate) fn opens_with_trade(words: &Words, tokens: &Range<usize>) -> bool {
    let start = tokens.start;
    let forced = words.get(start).is_some_and(|it| it.forced) && words.plain(start) && !words.second(start);
    let role = words.small(start).has(Sense::Role) || tells_person(words, start);
    let named = |at: usize| words.get(at).is_some_and(|it| matches!(it.look, Look::Title | Look::Initial));
    tokens.len() > 2
        && forced
        && role
        && !words.senses(start).any(&[Sense::Given, Sense::Title])
        && tokens.clone().all(named)
}

/// Whether a noun that no list knows as a role tells by its end what somebody is: "butcher".
fn tells_person(words: &Words, at: usize) -> bool {
    let word = words.form(at).to_lowercase();
    let person = TRADES.iter().any(|it| word.len() > it.len() + 2 && word.ends_with(it));
    let senses = words.small(at);
    let thing = senses.any(&[Sense::Document, Sense::Body, Sense::PlaceNoun])
        || THINGS.binary_search(&word.as_str()).is_ok();
    person && !thing
}

struct Desk<'a> {
    words: &'a Words<'a>,
    /// Where each name ends, and where it starts.
    ends: HashMap<usize, usize>,
    /// Where people's names start, in order.
    people: Vec<usize>,
}

impl Desk<'_> {
    fn name(&self, judged: Judged) -> Name {
        let Judged { tokens, title, kind } = judged;
        let span = self.words.sheet.span(tokens.clone());
        let last = self.words.sheet.word(tokens.end - 1);
        let span = Span::new(span.start, span.end - (last.len() - rooted(last).len()));
        if kind != EntityKind::Person {
            return Name { span, tokens, kind, roles: vec![], sex: None };
        }
        let sentence = self.words.sheet.sentence_of(tokens.start);
        let sentence = self.words.sheet.sentences[sentence].tokens.clone();
        let before = self.before(&tokens, title.clone(), sentence.start);
        let after = self.after(&tokens, sentence.end);
        let titled = title.into_iter().flatten().find_map(|it| self.sex_of_title(it));
        let spoken = [&before, &after].into_iter().flatten().find_map(|it| self.sex_of_role(it));
        // A surname may be a given name too ("Clinton"): one word tells nothing.
        let given = Sex::of(self.words.senses(tokens.start)).filter(|_| tokens.len() > 1);
        let sex = titled.or(spoken).or(given);
        let roles = before.into_iter().chain(after).map(|it| self.words.sheet.span(it)).collect();
        Name { span, tokens, kind, roles, sex }
    }

    /// Whether a person's name starts at `at`.
    fn person(&self, at: usize) -> bool {
        self.people.binary_search(&at).is_ok()
    }

    fn sex_of_title(&self, at: usize) -> Option<Sex> {
        let senses = self.words.senses(at);
        Sex::of(senses).filter(|_| senses.has(Sense::Title) && !senses.has(Sense::Given))
    }

    /// What the noun of a role tells ("spokeswoman for …"), not the words that follow it.
    fn sex_of_role(&self, role: &Range<usize>) -> Option<Sex> {
        let head = role.clone().take_while(|it| {
            !matches!(self.words.form(*it), "of" | "for" | "to" | "at" | "in" | "with" | "on")
        });
        let noun = head.map(|it| self.words.small(it)).filter(|it| it.has(Sense::Role)).last();
        noun.and_then(Sex::of)
    }

    /// The office before a name: "US Secretary of State", "EU foreign policy chief", "the company's head, …".
    fn before(&self, name: &Range<usize>, title: Option<Range<usize>>, floor: usize) -> Option<Range<usize>> {
        let (mut start, end) = if let Some(title) = title {
            self.titled(title, floor)?
        } else {
            let beside = self.plain(name, floor).or_else(|| self.set_off(name, floor));
            beside.or_else(|| self.far(name, floor))?
        };
        while let Some(further) = self.leftwards(start, floor) {
            start = further;
        }
        (start < end).then_some(start..end)
    }

    /// The office that a title tells, honorifics left out.
    fn titled(&self, title: Range<usize>, floor: usize) -> Option<(usize, usize)> {
        let mut office = title.clone().filter(|it| !self.words.senses(*it).has(Sense::Honorific));
        let Some(first) = office.next() else {
            return Some((self.noun_before(title.start, floor)?, title.start));
        };
        Some((first, office.next_back().unwrap_or(first) + 1))
    }

    /// The role noun in lower case that stands before a name, a comma between them or not.
    fn plain(&self, name: &Range<usize>, floor: usize) -> Option<(usize, usize)> {
        let end = name.start;
        if self.words.form(end.checked_sub(1)?) != "," {
            return Some((self.noun_before(end, floor)?, end));
        }
        let closed = matches!(self.words.form(name.end), "," | "." | "—" | ")" | "");
        let start =
            closed.then(|| self.noun_before(end - 1, floor).or_else(|| self.of_place(end - 1, floor)))?;
        start.map(|start| (start, end - 1))
    }

    /// Where an office with its place or body starts, which end at `end`: "the Foreign Minister of Velland, Ann Lee".
    fn of_place(&self, end: usize, floor: usize) -> Option<usize> {
        let within = |at: &usize| {
            self.words.capital(*at) || matches!(self.words.form(*at), "of" | "for" | "and" | "the")
        };
        let office = |start: usize, at: usize| {
            let phrase = self.words.phrase(start..at).to_lowercase();
            self.words.lexicon.senses(&phrase).has(Sense::Role)
        };
        let holder = |at: usize| {
            let longest = (1..=3).rev().filter_map(|length| at.checked_sub(length));
            longest.filter(|it| *it >= floor).find(|start| office(*start, at))
        };
        let words = (floor.max(end.saturating_sub(8))..end).rev().take_while(within);
        let mut ties = words.filter(|it| *it + 1 < end && matches!(self.words.form(*it), "of" | "for"));
        ties.find_map(holder)
    }

    /// The office with its body or country before a name between commas: "the foreign minister of Oslo, Ann Lee, …".
    fn set_off(&self, name: &Range<usize>, floor: usize) -> Option<(usize, usize)> {
        let comma = name.start.checked_sub(1).filter(|it| self.words.form(*it) == ",")?;
        let closed = matches!(self.words.form(name.end), "," | "." | "—" | ")" | "");
        let body = *self.ends.get(&comma).filter(|it| closed && !self.person(**it))?;
        let article = usize::from(body > 0 && self.words.form(body - 1) == "the");
        let of = body.checked_sub(article + 1).filter(|it| *it > floor)?;
        let noun = of - 1;
        let office = self.role(noun) || self.words.senses(noun).has(Sense::Title);
        let start = self.noun_before(of, floor).unwrap_or(noun);
        (office && matches!(self.words.form(of), "of" | "for" | "at")).then_some((start, comma))
    }

    /// The title that stands before a name with more words between them: "Minister of Education Ann Lee"; or a role
    /// with its body: "the leader of CAM Ann Lee".
    fn far(&self, name: &Range<usize>, floor: usize) -> Option<(usize, usize)> {
        let within = |at: &usize| {
            self.words.capital(*at) || matches!(self.words.form(*at), "of" | "for" | "and" | "the" | "to")
        };
        let beside = self.ends.get(&name.start).is_some_and(|it| !self.person(*it));
        let reach = (floor.max(name.start.saturating_sub(8))..name.start).rev().take_while(within);
        let at = reach.into_iter().find(|it| {
            matches!(self.words.form(*it), "of" | "for" | "to")
                && *it > floor
                && *it + 1 < name.start
                && (self.words.senses(*it - 1).has(Sense::Title) || beside && self.role(*it - 1))
        })?;
        Some((at - 1, name.start))
    }

    fn role(&self, at: usize) -> bool {
        self.words.small(at).has(Sense::Role)
    }

    /// Where a role noun that ends at `end` starts ("prime minister").
    fn noun_before(&self, end: usize, floor: usize) -> Option<usize> {
        let longest = (1..=3).rev().filter_map(|length| end.checked_sub(length)).filter(|it| *it >= floor);
        longest.into_iter().find(|&start| {
            let small = !self.words.get(start).is_some_and(|it| it.capital() && !it.forced);
            let phrase = self.words.phrase(start..end).to_lowercase();
            small && self.words.lexicon.senses(&phrase).has(Sense::Role)
        })
    }

    /// Where an office that starts at `start` goes on to the left.
    fn leftwards(&self, start: usize, floor: usize) -> Option<usize> {
        let at = start.checked_sub(1).filter(|it| *it >= floor)?;
        let word = self.words.get(at)?;
        if let Some(name) = self.ends.get(&start) {
            return (*name >= floor && !self.person(*name)).then_some(*name);
        }
        let owner = matches!(&*word.form, "'s" | "’s").then(|| self.ends.get(&at)).flatten();
        if let Some(owner) = owner {
            return (*owner >= floor && !self.person(*owner)).then_some(*owner);
        }
        let office = [Sense::Modifier, Sense::Role, Sense::Body];
        let fits = word.small.any(&office)
            || (word.capital()
                && (word.senses.has(Sense::Demonym) || word.senses.place() || word.senses.has(Sense::Title)));
        if fits && &*word.form != "," {
            return Some(at);
        }
        let before = self.words.small(at.checked_sub(1)?);
        let joins = matches!(&*word.form, "and" | "of") && before.has(Sense::Role) && at > floor;
        joins.then_some(at - 1)
    }

    /// The apposition after a name: ", a doctor at the Harbour Clinic,".
    fn after(&self, name: &Range<usize>, stop: usize) -> Option<Range<usize>> {
        let mut at = name.end;
        if self.words.form(at) != "," {
            return None;
        }
        at += 1;
        let aged = self.words.sheet.tokens.get(at).is_some_and(|it| it.class == Class::Number);
        if aged && matches!(self.words.form(at + 1), "," | "and") {
            at += 2;
        }
        let article =
            matches!(self.words.form(at), "a" | "an" | "the" | "his" | "her" | "their" | "its" | "one");
        let start = if matches!(self.words.form(at), "a" | "an" | "the") { at + 1 } else { at };
        let head = self.head(start, stop, article).or_else(|| self.trade(start, stop, start > at))?;
        let mut end = head + 1;
        // "the head of a school | with forty pupils"
        let closes = |at: usize| self.closes(at) || at > head + 1 && self.words.form(at) == "with";
        while end < stop && end < start + 18 && !closes(end) {
            end += 1;
        }
        let named = (head + 1..head + 3).any(|it| self.person(it) && self.words.form(it - 1) != "to");
        let open = end < stop && !closes(end);
        (!named && !open).then_some(start..end)
    }

    /// The role noun that an apposition turns on.
    fn head(&self, start: usize, stop: usize, article: bool) -> Option<usize> {
        let mut head = None;
        for at in start..stop.min(start + 9) {
            let word = self.words.get(at)?;
            if word.small.has(Sense::Role) {
                head = Some(at);
                continue;
            }
            let modifies = word.small.any(&[Sense::Modifier, Sense::Body]) || word.capital();
            let owner = matches!(&*word.form, "'s" | "’s" | "-");
            if head.is_some() || self.closes(at) || !(modifies || owner || article) {
                break;
            }
            if matches!(
                &*word.form,
                "of" | "at" | "for" | "in" | "with" | "to" | "on" | "and" | "by" | "from"
            ) {
                break;
            }
        }
        head
    }

    /// The noun in lower case of an apposition with an article that by its end tells
    /// what somebody is, should no list know it: "a butcher", "the harbour master of …".
    fn trade(&self, start: usize, stop: usize, article: bool) -> Option<usize> {
        let noun = (start..stop.min(start + 5)).take_while(|it| {
            let word = self.words.form(*it);
            let ends = self.closes(*it) || matches!(word, "of" | "at" | "in" | "for" | "from" | "with");
            !ends && (*it == start || !self.words.small(*it).has(Sense::Function))
        });
        let last = noun.last().filter(|it| article && !self.words.capital(*it))?;
        tells_person(self.words, last).then_some(last)
    }

    /// Whether an apposition ends before this token.
    fn closes(&self, at: usize) -> bool {
        let mark = self.words.sheet.tokens.get(at).is_none_or(|it| it.class == Class::Mark);
        let word = self.words.form(at);
        (mark && !matches!(word, "&" | "'" | "’" | "-" | "/"))
            || matches!(
                word,
                "who"
                    | "which"
                    | "that"
                    | "said"
                    | "says"
                    | "told"
                    | "was"
                    | "is"
                    | "has"
                    | "had"
                    | "were"
                    | "are"
                    | "will"
                    | "would"
                    | "when"
                    | "while"
                    | "added"
                    | "where"
                    | "as"
                    | "but"
                    | "after"
                    | "before"
            )
    }
}

/// Ends of nouns that tell what somebody is.
const TRADES: &[&str] = &[
    "er", "eer", "ian", "icist", "ist", "keeper", "maker", "man", "master", "monger", "or", "person",
    "smith", "ster", "tress", "woman", "wright",
];

/// Nouns with such an end that tell of no person.
const THINGS: &[&str] = &[
    "answer",
    "behavior",
    "business",
    "center",
    "chapter",
    "character",
    "colour",
    "corner",
    "cover",
    "dinner",
    "disaster",
    "door",
    "error",
    "factor",
    "favor",
    "finger",
    "fitness",
    "floor",
    "flower",
    "harbor",
    "illness",
    "letter",
    "manner",
    "marker",
    "matter",
    "mirror",
    "monitor",
    "motor",
    "number",
    "offer",
    "order",
    "other",
    "paper",
    "pepper",
    "poster",
    "power",
    "process",
    "progress",
    "quarter",
    "reminder",
    "river",
    "sector",
    "silver",
    "success",
    "summer",
    "surrender",
    "takeover",
    "terror",
    "theater",
    "tower",
    "trigger",
    "water",
    "weather",
    "whether",
    "winter",
    "wonder",
];
