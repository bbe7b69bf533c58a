//! Roles: what a person is, from the title before the name and the apposition after it.

mod apposed;
mod brackets;
mod joint;
mod offices;
mod told;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::document_scores::ResolvedCandidate;
use crate::engine::entities::features::{Features, WordShape};
use crate::engine::entities::{
    EntityMention, Gender, credit_lines, credits, name_forms, role_ends, role_kinds, signatures,
};
use crate::engine::text::lexicon::LexicalClass::{
    Calendar, CommonWord, Demonym, FunctionWord, GivenName, Honorific, KinNoun, OrgNoun, Organization,
    PastTense, RoleModifier, RoleNoun, TimeWord, Title,
};
use crate::engine::text::tokens::TokenKind;
use crate::span::Span;

/// How many words a role noun may have ("prime minister").
const MAX_ROLE_NOUN_WORDS: usize = 3;
/// How many words a listed title may have.
const MAX_TITLE_WORDS: usize = 4;
/// How many mentions before one are searched for the last person.
const MAX_MENTIONS_BACK: usize = 4;
/// How many words a role with its complement may have before a name.
const MAX_DISTANT_ROLE_WORDS: usize = 12;

/// The mentions with their roles and genders.
pub(crate) fn with_roles(features: &Features, resolved: Vec<ResolvedCandidate>) -> Vec<EntityMention> {
    let starts_by_end = resolved.iter().map(|it| (it.tokens.end, it.tokens.start)).collect();
    let people = resolved.iter().filter(|it| it.kind == EntityKind::Person);
    let person_starts = people.map(|it| it.tokens.start).collect();
    let finder = RoleFinder { features, starts_by_end, person_starts };
    let mut mentions: Vec<EntityMention> = Vec::with_capacity(resolved.len());
    for candidate in resolved {
        let previous = mentions.iter().rev().take(MAX_MENTIONS_BACK).find(|it| it.kind == EntityKind::Person);
        let mention = finder.mention(candidate, previous);
        mentions.push(mention);
    }
    role_kinds::share_plural_roles(features, &mut mentions);
    // "Keeper of the Seal, Ann Lee": the first word of a role is nobody.
    let roles: HashSet<usize> = mentions.iter().flat_map(|it| &it.roles).map(|it| it.start).collect();
    let is_role_noun = |it: &EntityMention| {
        it.tokens.len() == 1
            && it.kind == EntityKind::Person
            && roles.contains(&it.span.start)
            && features.lowercase_classes(it.tokens.start).any(&[RoleNoun, CommonWord])
    };
    mentions.retain(|it| !is_role_noun(it));
    mentions
}

/// Finds the roles beside the names of a story.
struct RoleFinder<'a> {
    features: &'a Features<'a>,
    /// The first token of each name, by the token behind its last.
    starts_by_end: HashMap<usize, usize>,
    /// The first tokens of people's names, in reading order.
    person_starts: Vec<usize>,
}

impl RoleFinder<'_> {
    /// The mention of a candidate. `previous` is the last one of a person before it.
    fn mention(&self, resolved: ResolvedCandidate, previous: Option<&EntityMention>) -> EntityMention {
        let ResolvedCandidate { tokens, title, kind } = resolved;
        let doc = self.features.doc;
        let span = doc.span(tokens.clone());
        let span = self.without_compound_tail(&tokens, span);
        let is_credit = credits::is_credit(self.features, &tokens)
            || credit_lines::is_in_credit_line(self.features, &tokens, kind);
        let mention = EntityMention {
            span,
            extent: span,
            tokens,
            kind,
            roles: vec![],
            gender: None,
            is_kin: false,
            is_credit,
        };
        if kind != EntityKind::Person || is_credit {
            return mention;
        }
        let (tokens, honours) = name_forms::without_post_nominals(self.features, &mention.tokens);
        let span = if tokens == mention.tokens { span } else { doc.span(tokens.clone()) };
        let mention = EntityMention { span, extent: span, tokens: tokens.clone(), ..mention };
        let beyond = tokens.start..honours.end.max(tokens.end);
        let sentence = doc.sentences[doc.sentence_of(tokens.start)].tokens.clone();
        let before = self.role_before(&tokens, title.clone(), sentence.start);
        let before = before.and_then(|it| self.without_role_of_previous(it, previous));
        let after = self.apposition_after(&beyond, sentence.end);
        let titled = title.as_ref().map_or(tokens.start, |it| it.start);
        let opening = before.as_ref().map_or(titled, |it| it.start.min(titled));
        let after = after.or_else(|| self.told_role(&beyond, opening, &sentence));
        let after = after.or_else(|| signatures::role_behind(self.features, &beyond));
        let after = after.filter(|it| !self.is_role_of_next(before.as_ref(), titled, it));
        let is_of_other = |before: &Range<usize>, after: &Range<usize>| {
            self.is_role_of_previous(before, titled)
                || self.is_role_of_mentioned(before, titled, after, sentence.start)
        };
        let before = before.filter(|it| !after.as_ref().is_some_and(|after| is_of_other(it, after)));
        let after = after.and_then(|it| role_ends::trimmed(self.features, it));
        let of_title =
            title.into_iter().flatten().find_map(|it| role_kinds::gender_of_title(self.features, it));
        // "the man Ann Lee met": the man is somebody else.
        let has_relative_clause = |it: &Range<usize>| {
            let opens_clause = it.end == tokens.start && self.features.is(tokens.end, PastTense);
            opens_clause && it.start > 0 && self.features.form(it.start - 1) == "the"
        };
        let is_somebody_else =
            |it: &Range<usize>| role_kinds::is_appearance(self.features, it) && has_relative_clause(it);
        let of_role = [&before, &after]
            .into_iter()
            .flatten()
            .filter(|it| !is_somebody_else(it))
            .find_map(|it| role_kinds::gender_of_role(self.features, it));
        // A surname may be a given name too ("Clinton"): one word tells nothing.
        let of_given_name =
            Gender::from_classes(self.features.classes(tokens.start)).filter(|_| tokens.len() > 1);
        let gender = of_title.or(of_role).or(of_given_name);
        let found = before.into_iter().chain(Some(honours).filter(|it| !it.is_empty())).chain(after);
        let found: Vec<Range<usize>> =
            found.filter(|it| !role_kinds::is_appearance(self.features, it)).collect();
        let is_kin = found.iter().any(|it| role_kinds::is_kinship(self.features, it));
        let roles = found.into_iter().map(|it| doc.span(it)).collect();
        EntityMention { roles, gender, is_kin, ..mention }
    }

    /// The span of a name without the second part of a compound: "Norrland" of "Norrland-based".
    fn without_compound_tail(&self, name: &Range<usize>, span: Span) -> Span {
        let (word, form) = (self.features.doc.word(name.end - 1), self.features.form(name.end - 1));
        let tail = word.get(form.len()..).filter(|it| it.starts_with(['-', '‐', '‑']));
        Span::new(span.start, span.end - tail.map_or(0, str::len))
    }

    /// Whether a person's name starts at `at`.
    fn is_person_start(&self, at: usize) -> bool {
        self.person_starts.binary_search(&at).is_ok()
    }

    /// The start of the name that ends before `at`, unless it is a person's.
    fn non_person_before(&self, at: usize) -> Option<usize> {
        self.starts_by_end.get(&at).copied().filter(|it| !self.is_person_start(*it))
    }

    /// The role before a name: "US Secretary of State", "EU foreign policy chief", "the company's head, …".
    fn role_before(
        &self,
        name: &Range<usize>,
        title: Option<Range<usize>>,
        floor: usize,
    ) -> Option<Range<usize>> {
        let office = title.as_ref().and_then(|it| role_kinds::office_before_title(self.features, it, floor));
        let (mut start, end) = match title {
            Some(_) if office.is_some() => office.map(|it| (it.start, it.end))?,
            // "Dr | (Mrs) Ann Lee": the bracket parts the title from the name.
            Some(title) if self.features.form(title.end) == "(" => (title.start, title.end),
            Some(title) => {
                let with_title = title.start..name.end;
                let role = self.title_role(title.clone(), floor);
                role.or_else(|| self.role_beside(&with_title, floor).filter(|_| self.is_honorific(title)))?
            }
            None => self.role_beside(name, floor)?,
        };
        start = self.head_of_office(&(start..end), floor).unwrap_or(start);
        while let Some(further) = self.extended_start(start, floor) {
            start = further;
        }
        let start = role_kinds::with_qualifier(self.features, start, floor);
        let start = self.start_of_joint_role(start, floor).unwrap_or(start);
        let start = self.start_of_own_role(start..end, name).unwrap_or(start);
        // "the secretary of the board, | Mrs Ann Lee"
        let end = end - usize::from(end > start && self.features.form(end - 1) == ",");
        let end = self.end_with_field(end);
        let role = role_kinds::without_honorifics(self.features, start..end);
        (!role.is_empty()).then_some(role)
    }

    /// The role beside a name that has no title, or only an honorific.
    fn role_beside(&self, name: &Range<usize>, floor: usize) -> Option<(usize, usize)> {
        let start = self.start_before_surnamed(name.start).unwrap_or(name.start);
        let name = &(self.start_before_short_form(start)..name.end);
        let adjacent = self.adjacent_role(name, floor).or_else(|| self.role_between_commas(name, floor));
        let adjacent = adjacent.or_else(|| self.role_with_apposed_field(name, floor));
        adjacent.or_else(|| self.distant_role(name, floor))
    }

    /// The end of the role before "surnamed": "a police officer |, surnamed | Lee", "an accountant | surnamed | Lee".
    fn start_before_surnamed(&self, start: usize) -> Option<usize> {
        let word = start.checked_sub(1).filter(|it| self.features.form(*it) == "surnamed")?;
        Some(word - usize::from(word > 0 && self.features.form(word - 1) == ","))
    }

    fn is_honorific(&self, words: Range<usize>) -> bool {
        self.features.lexicon.classes(&self.features.phrase(words)).has(Honorific)
    }

    /// The role that a title tells, without honorifics.
    fn title_role(&self, title: Range<usize>, floor: usize) -> Option<(usize, usize)> {
        let is_whole = self.is_honorific(title.clone());
        let listed = self.features.lexicon.classes(&self.features.phrase(title.clone()));
        // "First Lady"
        if title.len() > 1 && listed.has(Title) && !is_whole {
            return Some((title.start, title.end));
        }
        let mut role = title.clone().filter(|it| !is_whole && !self.features.is(*it, Honorific));
        let Some(first) = role.next() else {
            return Some((self.role_noun_before(title.start, floor)?, title.start));
        };
        Some((first, role.next_back().unwrap_or(first) + 1))
    }

    /// The role noun in lower case directly before a name, with a comma between them or without.
    fn adjacent_role(&self, name: &Range<usize>, floor: usize) -> Option<(usize, usize)> {
        let end = name.start;
        let comma = end.checked_sub(1)?;
        // "the mayor | — Ann Lee — |"
        let is_dash = matches!(self.features.form(comma), "—" | "–")
            && self.features.form(comma) == self.features.form(name.end);
        if self.features.form(comma) != "," && !is_dash {
            // "director general of ports (DGP) Ann Lee": the bracket ends the role.
            let is_before_bracket = self.features.form(end) == "(";
            let whole = || self.role_with_complement(end, floor).filter(|_| is_before_bracket);
            let is_titled = is_before_bracket && self.features.is(comma, Title);
            let start = self
                .role_noun_before(end, floor)
                .or_else(whole)
                .or_else(|| self.capitalized_noun_before(end, floor))
                .or_else(|| self.plural_noun_before(name, floor))
                .or_else(|| Some(comma).filter(|_| is_titled))?;
            return (!role_kinds::is_infinitive(self.features, &(start..end))).then_some((start, end));
        }
        let is_closed = self.is_closed(name);
        // "the Governor of Norbex Bank, Ann Lee and the mayor, Bo Ray": an office with its seat is hers.
        let is_listed = self.features.form(name.end) == "and" && self.features.form(name.end + 1) == "the";
        if !is_closed && !is_listed && !self.continues_clause(name) {
            return None;
        }
        let comma = self.start_before_short_form(comma);
        let with_complement = || self.role_with_complement(comma, floor);
        let alone = || {
            let noun = self.role_noun_before(comma, floor);
            noun.or_else(|| self.office_in_capitals_before(comma, floor))
        };
        let start = if is_listed { with_complement() } else { alone().or_else(with_complement) }?;
        if !is_closed && !is_listed && !self.opens_sentence(start, floor) {
            return None;
        }
        // "a spokesman for the mayor, Una Vell": she is the mayor.
        let head = self.head_of_complement(start, floor);
        let head = head.filter(|it| !role_kinds::is_of_other_gender(self.features, *it, name));
        Some((head.unwrap_or(start), comma))
    }

    /// The start of the role of which another one is the complement: "a | lawyer for the driver, Ann Lee". A relative is left
    /// out: "the wife of the mayor, Bo Ray" may be either.
    fn head_of_complement(&self, start: usize, floor: usize) -> Option<usize> {
        // "a special envoy of the | UN Secretary General, Ann Lee"
        let capitals = (floor..start).rev().take_while(|it| {
            self.features.is_capitalized(start)
                && self.features.get(*it).is_some_and(|it| it.shape == WordShape::Uppercase)
        });
        let start = capitals.last().unwrap_or(start);
        let has_article = start > floor
            && matches!(self.features.form(start - 1), "the" | "a" | "an" | "his" | "her" | "their");
        let preposition = start.checked_sub(1 + usize::from(has_article)).filter(|it| *it > floor)?;
        let is_complement = matches!(self.features.form(preposition), "for" | "to" | "of");
        let is_kin = self.features.lowercase_classes(preposition - 1).has(KinNoun);
        self.role_noun_before(preposition, floor).filter(|_| is_complement && !is_kin)
    }

    /// Whether a name ends with its phrase, as one between commas does.
    fn is_closed(&self, name: &Range<usize>) -> bool {
        matches!(self.features.form(name.end), "," | "." | ";" | "—" | "–" | "(" | ")" | "who" | "")
    }

    /// Whether a token may be a noun inside a role: "for public | works".
    fn may_be_noun_of_role(&self, at: usize) -> bool {
        let is_word = self.features.doc.tokens.get(at).is_some_and(|it| it.kind == TokenKind::Word);
        is_word && !self.features.lowercase_classes(at).any(&[FunctionWord, PastTense])
    }

    /// The start of a role that ends at `end` with its place or organisation: "the Foreign Minister of Velland, Ann Lee".
    fn role_with_complement(&self, end: usize, floor: usize) -> Option<usize> {
        let is_inside = |at: &usize| {
            self.features.is_capitalized(*at)
                || matches!(self.features.form(*at), "of" | "for" | "to" | "on" | "in" | "at" | "and" | "the")
                || self.may_be_noun_of_role(*at)
        };
        // "Superintendent (Crime) | of Tarn Police"
        let role_start = |at: usize| self.listed_role_starts(self.start_before_short_form(at), floor).next();
        // "the mayor | on Monday" tells when.
        let is_time =
            |at: usize| self.features.is(at, Calendar) || self.features.lowercase_classes(at).has(TimeWord);
        let joins = |at: usize| match self.features.form(at) {
            "of" | "for" | "to" => true,
            "on" | "in" | "at" => !(at + 1..end).any(is_time),
            _ => false,
        };
        let words = (floor.max(end.saturating_sub(MAX_DISTANT_ROLE_WORDS))..end).rev().take_while(is_inside);
        let mut prepositions = words.filter(|it| *it + 1 < end && joins(*it));
        prepositions
            .find_map(role_start)
            .or_else(|| role_kinds::office_with_fields(self.features, end, floor))
    }

    /// The role with its organisation or country before a name between commas: "the foreign minister of Oslo, Ann Lee, …".
    fn role_between_commas(&self, name: &Range<usize>, floor: usize) -> Option<(usize, usize)> {
        let comma = name.start.checked_sub(1).filter(|it| self.features.form(*it) == ",")?;
        let organization = self.non_person_before(comma).filter(|_| self.is_closed(name))?;
        let article = usize::from(organization > 0 && self.features.form(organization - 1) == "the");
        let preposition = organization.checked_sub(article + 1).filter(|it| *it > floor)?;
        let noun = preposition - 1;
        let is_role = self.is_role_noun(noun) || self.features.is(noun, Title);
        let start = self.role_noun_before(preposition, floor).unwrap_or(noun);
        let is_complement = matches!(self.features.form(preposition), "of" | "for" | "at");
        (is_role && is_complement).then_some((start, comma))
    }

    /// The title or role that has more words between it and the name: "Minister of Education Ann Lee", "the leader of CAM
    /// Ann Lee".
    fn distant_role(&self, name: &Range<usize>, floor: usize) -> Option<(usize, usize)> {
        if let Some(office) = role_kinds::office_with_fields(self.features, name.start, floor) {
            return Some((office, name.start));
        }
        if let Some(office) = role_kinds::office_with_seat(self.features, name.start, floor) {
            return Some((office, name.start));
        }
        let is_inside = |at: &usize| {
            self.features.is_capitalized(*at)
                || matches!(self.features.form(*at), "and" | "the")
                || role_kinds::is_complement(self.features.form(*at))
        };
        // "Mayor of Tarn on | Ann Lee"
        let follows_capital = name.start > floor && self.features.is_capitalized(name.start - 1);
        let follows_name = self.non_person_before(name.start).is_some();
        if !follows_capital && !follows_name {
            return None;
        }
        let first = floor.max(name.start.saturating_sub(MAX_DISTANT_ROLE_WORDS));
        let at = (first..name.start).rev().take_while(is_inside).find(|it| {
            let joins = match self.features.form(*it) {
                "of" | "for" | "to" | "on" => true,
                "in" | "at" => follows_name,
                _ => false,
            };
            joins
                && *it > floor
                && *it + 1 < name.start
                && (self.features.is(*it - 1, Title) || follows_name && self.is_role_noun(*it - 1))
        })?;
        // "Ambassador Extraordinary and Plenipotentiary of Velland Ann Lee"
        let is_title =
            |start: &usize| self.features.lexicon.classes(&self.features.phrase(*start..at)).has(Title);
        let start = (floor.max(at.saturating_sub(MAX_TITLE_WORDS))..at).find(is_title).unwrap_or(at - 1);
        Some((start, name.start))
    }

    fn is_role_noun(&self, at: usize) -> bool {
        self.features.lowercase_classes(at).has(RoleNoun)
    }

    /// The start of a role noun in lower case that ends at `end` ("prime minister").
    fn role_noun_before(&self, end: usize, floor: usize) -> Option<usize> {
        let is_lowercase = |at: &usize| {
            !self.features.get(*at).is_some_and(|it| it.is_capitalized() && !it.is_capital_forced)
        };
        self.listed_role_starts(end, floor).find(is_lowercase)
    }

    /// The starts of the listed role nouns that end at `end`, the longest first.
    fn listed_role_starts(&self, end: usize, floor: usize) -> impl Iterator<Item = usize> {
        let starts = (1..=MAX_ROLE_NOUN_WORDS).rev().filter_map(move |length| end.checked_sub(length));
        starts.filter(move |start| *start >= floor).filter(move |start| {
            let phrase = self.features.phrase(*start..end).to_lowercase();
            let office = phrase.strip_prefix("ex-").unwrap_or(&phrase);
            self.features.lexicon.classes(office).has(RoleNoun)
        })
    }

    /// The start of a role that goes on to the left of `start`; `None` where it does not.
    fn extended_start(&self, start: usize, floor: usize) -> Option<usize> {
        // "On social media | Varr's brother": nothing before a person's name belongs to the role.
        let at = start.checked_sub(1).filter(|it| *it >= floor && !self.is_person_start(start))?;
        let word = self.features.get(at)?;
        let is_possessive = matches!(&*word.form, "'s" | "’s");
        let owner = || self.starts_by_end.get(&at).filter(|_| is_possessive);
        // "Norrland Harbour Board (NHB) chief": the bracket has the short form of the name.
        if let Some(name) = self.name_before_short_form(at).filter(|it| *it >= floor) {
            return Some(name);
        }
        if let Some(name) = self.starts_by_end.get(&start).or_else(owner) {
            // "Ann Lee's | daughter": a relative is somebody's.
            let is_kin = is_possessive && self.features.lowercase_classes(start).has(KinNoun);
            return (*name >= floor && (is_kin || !self.is_person_start(*name))).then_some(*name);
        }
        // "South Korean | President", "Trade Minister | and party leader"
        let people = at.checked_sub(1).filter(|it| *it >= floor && word.is_capitalized());
        if let Some(first) = people.filter(|it| {
            self.features.is_capitalized(*it)
                && self.features.lexicon.classes(&self.features.phrase(*it..start)).has(Demonym)
        }) {
            return Some(first);
        }
        let field = role_kinds::with_portfolio(self.features, start..start + 1).start;
        if field < start && self.features.is_capitalized(start) {
            return Some(field);
        }
        let is_part = word.lowercase_classes.any(&[RoleModifier, RoleNoun, OrgNoun])
            || (word.is_capitalized() && (word.classes.any(&[Demonym, Title]) || word.classes.is_place()))
            || word.shape == WordShape::Uppercase
                && word.classes.has(Organization)
                && self.features.is_capitalized(start);
        // "Harbour leader": the capital tells whose leader.
        let is_owner_word = word.shape == WordShape::TitleCase
            && !word.is_capital_forced
            && !self.features.is_capitalized(start)
            && self.is_role_noun(start)
            && !word.lowercase_classes.has(FunctionWord)
            && !word.classes.any(&[Calendar, GivenName]);
        if let Some(unlisted) = self.unlisted_owner_start(start, floor) {
            return Some(unlisted);
        }
        if (is_part || is_owner_word || role_kinds::begins_place(self.features, at)) && &*word.form != "," {
            return Some(at);
        }
        let before = at.checked_sub(1)?;
        let joins = matches!(&*word.form, "and" | "of") && self.is_role_noun(before) && at > floor
            || role_kinds::is_first_of_three(self.features, before);
        let joins = joins && !(&*word.form == "of" && role_kinds::is_for_other(self.features, before));
        joins.then_some(before)
    }
}
