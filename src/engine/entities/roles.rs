//! Names and the words beside them → what each person is: the title before the name, the apposition after it.

use std::collections::HashMap;
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::document_scores::ResolvedCandidate;
use crate::engine::entities::features::{Features, WordShape, strip_compound_suffix};
use crate::engine::entities::{EntityMention, Gender};
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::tokens::TokenKind;
use crate::span::Span;

/// The names with their roles and what is told of their sex.
pub(crate) fn with_roles(words: &Features, judged: Vec<ResolvedCandidate>) -> Vec<EntityMention> {
    let ends: HashMap<usize, usize> = judged.iter().map(|it| (it.tokens.end, it.tokens.start)).collect();
    let people: Vec<usize> =
        judged.iter().filter(|it| it.kind == EntityKind::Person).map(|it| it.tokens.start).collect();
    let desk = RoleFinder { features: words, starts_by_end: ends, person_starts: people };
    judged.into_iter().map(|it| desk.mention(it)).collect()
}

/// Whether a full name has before it, at the start of a sentence, the word for what the person is: "Climber Ann Lee".
pub(crate) fn opens_with_occupation(words: &Features, tokens: &Range<usize>) -> bool {
    let start = tokens.start;
    let forced = words.get(start).is_some_and(|it| it.is_capital_forced)
        && words.may_be_common_word(start)
        && !words.follows_capital(start);
    let role = words.lowercase_classes(start).has(LexicalClass::RoleNoun) || is_occupation(words, start);
    let named = |at: usize| {
        words.get(at).is_some_and(|it| matches!(it.shape, WordShape::TitleCase | WordShape::Initial))
    };
    tokens.len() > 2
        && forced
        && role
        && !words.classes(start).any(&[LexicalClass::GivenName, LexicalClass::Title])
        && tokens.clone().all(named)
}

/// Whether a noun that no list knows as a role tells by its end what somebody is: "butcher".
fn is_occupation(words: &Features, at: usize) -> bool {
    let word = words.form(at).to_lowercase();
    let person = OCCUPATION_ENDINGS.iter().any(|it| word.len() > it.len() + 2 && word.ends_with(it));
    let senses = words.lowercase_classes(at);
    let thing = senses.any(&[LexicalClass::DocumentNoun, LexicalClass::OrgNoun, LexicalClass::PlaceNoun])
        || OCCUPATION_EXCEPTIONS.binary_search(&word.as_str()).is_ok();
    person && !thing
}

struct RoleFinder<'a> {
    features: &'a Features<'a>,
    /// Where each name ends, and where it starts.
    starts_by_end: HashMap<usize, usize>,
    /// Where people's names start, in order.
    person_starts: Vec<usize>,
}

impl RoleFinder<'_> {
    fn mention(&self, judged: ResolvedCandidate) -> EntityMention {
        let ResolvedCandidate { tokens, title, kind } = judged;
        let span = self.features.doc.span(tokens.clone());
        let last = self.features.doc.word(tokens.end - 1);
        let span = Span::new(span.start, span.end - (last.len() - strip_compound_suffix(last).len()));
        if kind != EntityKind::Person {
            return EntityMention { span, tokens, kind, roles: vec![], gender: None };
        }
        let sentence = self.features.doc.sentence_of(tokens.start);
        let sentence = self.features.doc.sentences[sentence].tokens.clone();
        let before = self.role_before(&tokens, title.clone(), sentence.start);
        let after = self.apposition_after(&tokens, sentence.end);
        let titled = title.into_iter().flatten().find_map(|it| self.gender_of_title(it));
        let spoken = [&before, &after].into_iter().flatten().find_map(|it| self.gender_of_role(it));
        // A surname may be a given name too ("Clinton"): one word tells nothing.
        let given = Gender::from_classes(self.features.classes(tokens.start)).filter(|_| tokens.len() > 1);
        let sex = titled.or(spoken).or(given);
        let roles = before.into_iter().chain(after).map(|it| self.features.doc.span(it)).collect();
        EntityMention { span, tokens, kind, roles, gender: sex }
    }

    /// Whether a person's name starts at `at`.
    fn is_person_start(&self, at: usize) -> bool {
        self.person_starts.binary_search(&at).is_ok()
    }

    fn gender_of_title(&self, at: usize) -> Option<Gender> {
        let senses = self.features.classes(at);
        Gender::from_classes(senses)
            .filter(|_| senses.has(LexicalClass::Title) && !senses.has(LexicalClass::GivenName))
    }

    /// What the noun of a role tells ("spokeswoman for …"), not the words that follow it.
    fn gender_of_role(&self, role: &Range<usize>) -> Option<Gender> {
        let head = role.clone().take_while(|it| {
            !matches!(self.features.form(*it), "of" | "for" | "to" | "at" | "in" | "with" | "on")
        });
        let noun = head
            .map(|it| self.features.lowercase_classes(it))
            .filter(|it| it.has(LexicalClass::RoleNoun))
            .last();
        noun.and_then(Gender::from_classes)
    }

    /// The office before a name: "US Secretary of State", "EU foreign policy chief", "the company's head, …".
    fn role_before(
        &self,
        name: &Range<usize>,
        title: Option<Range<usize>>,
        floor: usize,
    ) -> Option<Range<usize>> {
        let (mut start, end) = if let Some(title) = title {
            self.title_role(title, floor)?
        } else {
            let beside = self.adjacent_role(name, floor).or_else(|| self.role_between_commas(name, floor));
            beside.or_else(|| self.distant_role(name, floor))?
        };
        while let Some(further) = self.extended_start(start, floor) {
            start = further;
        }
        (start < end).then_some(start..end)
    }

    /// The office that a title tells, honorifics left out.
    fn title_role(&self, title: Range<usize>, floor: usize) -> Option<(usize, usize)> {
        let mut office = title.clone().filter(|it| !self.features.classes(*it).has(LexicalClass::Honorific));
        let Some(first) = office.next() else {
            return Some((self.role_noun_before(title.start, floor)?, title.start));
        };
        Some((first, office.next_back().unwrap_or(first) + 1))
    }

    /// The role noun in lower case that stands before a name, a comma between them or not.
    fn adjacent_role(&self, name: &Range<usize>, floor: usize) -> Option<(usize, usize)> {
        let end = name.start;
        if self.features.form(end.checked_sub(1)?) != "," {
            return Some((self.role_noun_before(end, floor)?, end));
        }
        let closed = matches!(self.features.form(name.end), "," | "." | "—" | ")" | "");
        let start = closed.then(|| {
            self.role_noun_before(end - 1, floor).or_else(|| self.role_with_complement(end - 1, floor))
        })?;
        start.map(|start| (start, end - 1))
    }

    /// Where an office with its place or body starts, which end at `end`: "the Foreign Minister of Velland, Ann Lee".
    fn role_with_complement(&self, end: usize, floor: usize) -> Option<usize> {
        let within = |at: &usize| {
            self.features.is_capitalized(*at)
                || matches!(self.features.form(*at), "of" | "for" | "and" | "the")
        };
        let office = |start: usize, at: usize| {
            let phrase = self.features.phrase(start..at).to_lowercase();
            self.features.lexicon.classes(&phrase).has(LexicalClass::RoleNoun)
        };
        let holder = |at: usize| {
            let longest = (1..=3).rev().filter_map(|length| at.checked_sub(length));
            longest.filter(|it| *it >= floor).find(|start| office(*start, at))
        };
        let words = (floor.max(end.saturating_sub(8))..end).rev().take_while(within);
        let mut ties = words.filter(|it| *it + 1 < end && matches!(self.features.form(*it), "of" | "for"));
        ties.find_map(holder)
    }

    /// The office with its body or country before a name between commas: "the foreign minister of Oslo, Ann Lee, …".
    fn role_between_commas(&self, name: &Range<usize>, floor: usize) -> Option<(usize, usize)> {
        let comma = name.start.checked_sub(1).filter(|it| self.features.form(*it) == ",")?;
        let closed = matches!(self.features.form(name.end), "," | "." | "—" | ")" | "");
        let body = *self.starts_by_end.get(&comma).filter(|it| closed && !self.is_person_start(**it))?;
        let article = usize::from(body > 0 && self.features.form(body - 1) == "the");
        let of = body.checked_sub(article + 1).filter(|it| *it > floor)?;
        let noun = of - 1;
        let office = self.is_role_noun(noun) || self.features.classes(noun).has(LexicalClass::Title);
        let start = self.role_noun_before(of, floor).unwrap_or(noun);
        (office && matches!(self.features.form(of), "of" | "for" | "at")).then_some((start, comma))
    }

    /// The title that stands before a name with more words between them: "Minister of Education Ann Lee"; or a role
    /// with its body: "the leader of CAM Ann Lee".
    fn distant_role(&self, name: &Range<usize>, floor: usize) -> Option<(usize, usize)> {
        let within = |at: &usize| {
            self.features.is_capitalized(*at)
                || matches!(self.features.form(*at), "of" | "for" | "and" | "the" | "to")
        };
        let beside = self.starts_by_end.get(&name.start).is_some_and(|it| !self.is_person_start(*it));
        let reach = (floor.max(name.start.saturating_sub(8))..name.start).rev().take_while(within);
        let at = reach.into_iter().find(|it| {
            matches!(self.features.form(*it), "of" | "for" | "to")
                && *it > floor
                && *it + 1 < name.start
                && (self.features.classes(*it - 1).has(LexicalClass::Title)
                    || beside && self.is_role_noun(*it - 1))
        })?;
        Some((at - 1, name.start))
    }

    fn is_role_noun(&self, at: usize) -> bool {
        self.features.lowercase_classes(at).has(LexicalClass::RoleNoun)
    }

    /// Where a role noun that ends at `end` starts ("prime minister").
    fn role_noun_before(&self, end: usize, floor: usize) -> Option<usize> {
        let longest = (1..=3).rev().filter_map(|length| end.checked_sub(length)).filter(|it| *it >= floor);
        longest.into_iter().find(|&start| {
            let small =
                !self.features.get(start).is_some_and(|it| it.is_capitalized() && !it.is_capital_forced);
            let phrase = self.features.phrase(start..end).to_lowercase();
            small && self.features.lexicon.classes(&phrase).has(LexicalClass::RoleNoun)
        })
    }

    /// Where an office that starts at `start` goes on to the left.
    fn extended_start(&self, start: usize, floor: usize) -> Option<usize> {
        let at = start.checked_sub(1).filter(|it| *it >= floor)?;
        let word = self.features.get(at)?;
        if let Some(name) = self.starts_by_end.get(&start) {
            return (*name >= floor && !self.is_person_start(*name)).then_some(*name);
        }
        let owner = matches!(&*word.form, "'s" | "’s").then(|| self.starts_by_end.get(&at)).flatten();
        if let Some(owner) = owner {
            return (*owner >= floor && !self.is_person_start(*owner)).then_some(*owner);
        }
        let office = [LexicalClass::RoleModifier, LexicalClass::RoleNoun, LexicalClass::OrgNoun];
        let fits = word.lowercase_classes.any(&office)
            || (word.is_capitalized()
                && (word.classes.has(LexicalClass::Demonym)
                    || word.classes.is_place()
                    || word.classes.has(LexicalClass::Title)));
        if fits && &*word.form != "," {
            return Some(at);
        }
        let before = self.features.lowercase_classes(at.checked_sub(1)?);
        let joins = matches!(&*word.form, "and" | "of") && before.has(LexicalClass::RoleNoun) && at > floor;
        joins.then_some(at - 1)
    }

    /// The apposition after a name: ", a doctor at the Harbour Clinic,".
    fn apposition_after(&self, name: &Range<usize>, stop: usize) -> Option<Range<usize>> {
        let mut at = name.end;
        if self.features.form(at) != "," {
            return None;
        }
        at += 1;
        let aged = self.features.doc.tokens.get(at).is_some_and(|it| it.kind == TokenKind::Number);
        if aged && matches!(self.features.form(at + 1), "," | "and") {
            at += 2;
        }
        let article =
            matches!(self.features.form(at), "a" | "an" | "the" | "his" | "her" | "their" | "its" | "one");
        let start = if matches!(self.features.form(at), "a" | "an" | "the") { at + 1 } else { at };
        let head = self
            .apposition_head(start, stop, article)
            .or_else(|| self.occupation_head(start, stop, start > at))?;
        let mut end = head + 1;
        // "the head of a school | with forty pupils"
        let closes =
            |at: usize| self.ends_apposition(at) || at > head + 1 && self.features.form(at) == "with";
        while end < stop && end < start + 18 && !closes(end) {
            end += 1;
        }
        let named =
            (head + 1..head + 3).any(|it| self.is_person_start(it) && self.features.form(it - 1) != "to");
        let open = end < stop && !closes(end);
        (!named && !open).then_some(start..end)
    }

    /// The role noun that an apposition turns on.
    fn apposition_head(&self, start: usize, stop: usize, article: bool) -> Option<usize> {
        let mut head = None;
        for at in start..stop.min(start + 9) {
            let word = self.features.get(at)?;
            if word.lowercase_classes.has(LexicalClass::RoleNoun) {
                head = Some(at);
                continue;
            }
            let modifies = word.lowercase_classes.any(&[LexicalClass::RoleModifier, LexicalClass::OrgNoun])
                || word.is_capitalized();
            let owner = matches!(&*word.form, "'s" | "’s" | "-");
            if head.is_some() || self.ends_apposition(at) || !(modifies || owner || article) {
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
    fn occupation_head(&self, start: usize, stop: usize, article: bool) -> Option<usize> {
        let noun = (start..stop.min(start + 5)).take_while(|it| {
            let word = self.features.form(*it);
            let ends =
                self.ends_apposition(*it) || matches!(word, "of" | "at" | "in" | "for" | "from" | "with");
            !ends && (*it == start || !self.features.lowercase_classes(*it).has(LexicalClass::FunctionWord))
        });
        let last = noun.last().filter(|it| article && !self.features.is_capitalized(*it))?;
        is_occupation(self.features, last).then_some(last)
    }

    /// Whether an apposition ends before this token.
    fn ends_apposition(&self, at: usize) -> bool {
        let mark = self.features.doc.tokens.get(at).is_none_or(|it| it.kind == TokenKind::Punctuation);
        let word = self.features.form(at);
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
const OCCUPATION_ENDINGS: &[&str] = &[
    "er", "eer", "ian", "icist", "ist", "keeper", "maker", "man", "master", "monger", "or", "person",
    "smith", "ster", "tress", "woman", "wright",
];

/// Nouns with such an end that tell of no person.
const OCCUPATION_EXCEPTIONS: &[&str] = &[
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
