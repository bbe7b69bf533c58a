//! Roles: what a person is, from the title before the name and the apposition after it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::document_scores::ResolvedCandidate;
use crate::engine::entities::features::{Features, WordFeatures, WordShape};
use crate::engine::entities::{
    EntityMention, Gender, credits, name_forms, occupations, role_kinds, signatures,
};
use crate::engine::text::lexicon::LexicalClass::{
    Adverb, AppositionEnd, Calendar, CommonWord, Demonym, FunctionWord, GivenName, Honorific, KinNoun,
    OrgNoun, PastTense, PlaceSuffix, RoleModifier, RoleNoun, SpeechVerb, Title,
};
use crate::engine::text::tokens::TokenKind;
use crate::span::Span;

/// How many words a role noun may have ("prime minister").
const MAX_ROLE_NOUN_WORDS: usize = 3;
/// How many words a role with its complement may have before a name.
const MAX_DISTANT_ROLE_WORDS: usize = 8;
/// How many words of an apposition are searched for its role noun.
const MAX_HEAD_DISTANCE: usize = 9;
/// How many words of an apposition are searched for an occupation that no list has.
const MAX_OCCUPATION_DISTANCE: usize = 5;
/// How many tokens a bracket between a name and its apposition may have: "Lin Wei (林伟), a surgeon".
const MAX_BRACKET_TOKENS: usize = 5;
/// How many words an apposition may have; a longer one is cut here.
const MAX_APPOSITION_WORDS: usize = 18;

/// The mentions with their roles and genders.
pub(crate) fn with_roles(features: &Features, resolved: Vec<ResolvedCandidate>) -> Vec<EntityMention> {
    let starts_by_end = resolved.iter().map(|it| (it.tokens.end, it.tokens.start)).collect();
    let people = resolved.iter().filter(|it| it.kind == EntityKind::Person);
    let person_starts = people.map(|it| it.tokens.start).collect();
    let finder = RoleFinder { features, starts_by_end, person_starts };
    let mut mentions: Vec<EntityMention> = resolved.into_iter().map(|it| finder.mention(it)).collect();
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
    fn mention(&self, resolved: ResolvedCandidate) -> EntityMention {
        let ResolvedCandidate { tokens, title, kind } = resolved;
        let doc = self.features.doc;
        let span = doc.span(tokens.clone());
        let span = self.without_compound_tail(&tokens, span);
        let is_credit = credits::is_credit(self.features, &tokens);
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
        let after = self.apposition_after(&beyond, sentence.end);
        let after = after.or_else(|| signatures::role_behind(self.features, &beyond));
        let of_title =
            title.into_iter().flatten().find_map(|it| role_kinds::gender_of_title(self.features, it));
        let of_role = [&before, &after]
            .into_iter()
            .flatten()
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
        let (mut start, end) = if let Some(title) = title {
            self.title_role(title, floor)?
        } else {
            let adjacent = self.adjacent_role(name, floor).or_else(|| self.role_between_commas(name, floor));
            adjacent.or_else(|| self.distant_role(name, floor))?
        };
        while let Some(further) = self.extended_start(start, floor) {
            start = further;
        }
        let start = role_kinds::with_qualifier(self.features, start, floor);
        let role = role_kinds::without_honorifics(self.features, start..end);
        (!role.is_empty()).then_some(role)
    }

    /// The role that a title tells, without honorifics.
    fn title_role(&self, title: Range<usize>, floor: usize) -> Option<(usize, usize)> {
        let is_honorific =
            |words: Range<usize>| self.features.lexicon.classes(&self.features.phrase(words)).has(Honorific);
        let is_whole = is_honorific(title.clone());
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
        if self.features.form(comma) != "," {
            let start = self.role_noun_before(end, floor)?;
            return (!role_kinds::is_infinitive(self.features, &(start..end))).then_some((start, end));
        }
        if !self.is_closed(name) {
            return None;
        }
        let start =
            self.role_noun_before(comma, floor).or_else(|| self.role_with_complement(comma, floor))?;
        // "a spokesman for the mayor, Una Vell": she is the mayor.
        let head = self.head_of_complement(start, floor);
        let head = head.filter(|it| !role_kinds::is_of_other_gender(self.features, *it, name));
        Some((head.unwrap_or(start), comma))
    }

    /// The start of the role of which another one is the complement: "a | lawyer for the driver, Ann Lee". A relative is left
    /// out: "the wife of the mayor, Bo Ray" may be either.
    fn head_of_complement(&self, start: usize, floor: usize) -> Option<usize> {
        let has_article = start > floor
            && matches!(self.features.form(start - 1), "the" | "a" | "an" | "his" | "her" | "their");
        let preposition = start.checked_sub(1 + usize::from(has_article)).filter(|it| *it > floor)?;
        let is_complement = matches!(self.features.form(preposition), "for" | "to" | "of");
        let is_kin = self.features.lowercase_classes(preposition - 1).has(KinNoun);
        self.role_noun_before(preposition, floor).filter(|_| is_complement && !is_kin)
    }

    /// Whether a name ends with its phrase, as one between commas does.
    fn is_closed(&self, name: &Range<usize>) -> bool {
        matches!(self.features.form(name.end), "," | "." | "—" | ")" | "")
    }

    /// The start of a role that ends at `end` with its place or organisation: "the Foreign Minister of Velland, Ann Lee".
    fn role_with_complement(&self, end: usize, floor: usize) -> Option<usize> {
        let is_noun = |at: usize| {
            let classes = self.features.lowercase_classes(at);
            let is_word = self.features.doc.tokens.get(at).is_some_and(|it| it.kind == TokenKind::Word);
            is_word && !classes.has(FunctionWord) && !classes.has(PastTense)
        };
        let is_inside = |at: &usize| {
            self.features.is_capitalized(*at)
                || matches!(self.features.form(*at), "of" | "for" | "and" | "the")
                || is_noun(*at)
        };
        let role_start = |at: usize| self.listed_role_starts(at, floor).next();
        let words = (floor.max(end.saturating_sub(MAX_DISTANT_ROLE_WORDS))..end).rev().take_while(is_inside);
        let mut prepositions =
            words.filter(|it| *it + 1 < end && matches!(self.features.form(*it), "of" | "for"));
        prepositions.find_map(role_start)
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
        let is_inside = |at: &usize| {
            self.features.is_capitalized(*at)
                || matches!(self.features.form(*at), "of" | "for" | "and" | "the" | "to")
        };
        let follows_name = self.non_person_before(name.start).is_some();
        let first = floor.max(name.start.saturating_sub(MAX_DISTANT_ROLE_WORDS));
        let at = (first..name.start).rev().take_while(is_inside).find(|it| {
            matches!(self.features.form(*it), "of" | "for" | "to")
                && *it > floor
                && *it + 1 < name.start
                && (self.features.is(*it - 1, Title) || follows_name && self.is_role_noun(*it - 1))
        })?;
        Some((at - 1, name.start))
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
            || (word.is_capitalized() && (word.classes.any(&[Demonym, Title]) || word.classes.is_place()));
        // "Harbour leader": the capital tells whose leader.
        let is_owner_word = word.shape == WordShape::TitleCase
            && !word.is_capital_forced
            && !self.features.is_capitalized(start)
            && self.is_role_noun(start)
            && !word.lowercase_classes.has(FunctionWord)
            && !word.classes.any(&[Calendar, GivenName]);
        // "Old Tarn | County Commissioner"
        let is_unlisted = |word: &WordFeatures| {
            word.shape == WordShape::TitleCase && word.classes.is_empty() && word.lowercase_classes.is_empty()
        };
        if self.features.is(start, PlaceSuffix) && is_unlisted(word) {
            let before = (floor..at).rev().take(MAX_ROLE_NOUN_WORDS);
            let unlisted = before.take_while(|it| self.features.get(*it).is_some_and(is_unlisted));
            return Some(unlisted.last().unwrap_or(at));
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

    /// The start of the name of an organisation or place before a bracket with its short form that closes at token `close`.
    fn name_before_short_form(&self, close: usize) -> Option<usize> {
        let open = close.checked_sub(2).filter(|_| self.features.form(close) == ")")?;
        let is_short = self.features.get(open + 1).is_some_and(|it| it.shape == WordShape::Uppercase);
        if self.features.form(open) != "(" || !is_short {
            return None;
        }
        self.non_person_before(open)
    }

    /// The apposition after a name, without its article: ", a doctor at the Harbour Clinic,".
    fn apposition_after(&self, name: &Range<usize>, stop: usize) -> Option<Range<usize>> {
        let mut at = self.end_of_bracket(name.end, stop);
        if self.features.form(at) != "," {
            return None;
        }
        at += 1;
        let is_number = self.features.doc.tokens.get(at).is_some_and(|it| it.kind == TokenKind::Number);
        if is_number && matches!(self.features.form(at + 1), "," | "and") {
            at += 2;
        }
        let form = self.features.form(at);
        let has_article = matches!(form, "a" | "an" | "the");
        let has_determiner = has_article || matches!(form, "his" | "her" | "their" | "its" | "one");
        let start = at + usize::from(has_article || form == "its");
        let role = self.apposition_head(start, stop, has_determiner);
        let head = role.or_else(|| self.occupation_head(start, stop).filter(|_| has_article))?;
        let mut end = head + 1;
        // "the head of a school | with forty pupils"
        let ends = |at: usize| {
            self.ends_apposition(at)
                || at > head + 1 && (self.features.form(at) == "with" || self.resumes_clause(at))
                || role_kinds::closes_complement(self.features, head, at)
                || has_determiner && at == head + 1 && self.is_speech_verb(at)
        };
        while end < stop && end < start + MAX_APPOSITION_WORDS && !ends(end) {
            end += 1;
        }
        // "We back Ann Lee, a party source said.": the source is somebody else.
        let speaks = has_determiner && self.is_speech_verb(end);
        let leads_to_person = |at: usize| self.is_person_start(at) && self.features.form(at - 1) != "to";
        let has_person = (head + 1..head + 3).any(leads_to_person);
        let is_open = end < stop && !ends(end);
        // "a long-time friend of Oslo | himself"
        let is_reflexive = matches!(self.features.form(end - 1), "himself" | "herself" | "themselves");
        let end = end - usize::from(is_reflexive && end > head + 1);
        // "an activist affiliated | with a party"
        let is_cut = role_kinds::is_participle(self.features, end - 1)
            && (role_kinds::is_complement(self.features.form(end)) || self.features.form(end) == "by");
        let end = end - usize::from(is_cut && end > head + 1);
        let end = role_kinds::end_before_home(self.features, head, end);
        let next = self.starts_by_end.get(&end).filter(|it| self.is_person_start(**it) && !has_determiner);
        let is_of_next = next.is_some_and(|it| role_kinds::is_title_of_next(self.features, head, *it));
        (!has_person && !is_open && !speaks && !is_of_next).then_some(start..end)
    }

    fn is_speech_verb(&self, at: usize) -> bool {
        self.features.is(at, SpeechVerb) && !self.features.is_capitalized(at)
    }

    /// The token behind a short bracket that opens at token `at`: the name in another script, "(left)"; `at` where none opens.
    fn end_of_bracket(&self, at: usize, stop: usize) -> usize {
        if !matches!(self.features.form(at), "(" | "[") {
            return at;
        }
        let inside = at + 1..stop.min(at + 2 + MAX_BRACKET_TOKENS);
        let close = inside.into_iter().find(|it| matches!(self.features.form(*it), ")" | "]"));
        close.map_or(at, |it| it + 1)
    }

    /// The last role noun in the noun phrase at the start of an apposition.
    fn apposition_head(&self, start: usize, stop: usize, has_determiner: bool) -> Option<usize> {
        let mut head = None;
        for at in start..stop.min(start + MAX_HEAD_DISTANCE) {
            let word = self.features.get(at)?;
            if word.lowercase_classes.has(RoleNoun) {
                head = Some(at);
                continue;
            }
            let is_modifier = word.lowercase_classes.any(&[RoleModifier, OrgNoun]) || word.is_capitalized();
            let is_owner = matches!(&*word.form, "'s" | "’s" | "-");
            if head.is_some() || self.ends_apposition(at) || !(is_modifier || is_owner || has_determiner) {
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

    /// The noun in lower case whose ending tells an occupation, where no list has it: "a butcher", "the harbour master of …".
    fn occupation_head(&self, start: usize, stop: usize) -> Option<usize> {
        let noun_phrase = (start..stop.min(start + MAX_OCCUPATION_DISTANCE)).take_while(|it| {
            let is_preposition =
                matches!(self.features.form(*it), "of" | "at" | "in" | "for" | "from" | "with");
            let is_inner_function_word =
                *it != start && self.features.lowercase_classes(*it).has(FunctionWord);
            !self.ends_apposition(*it) && !is_preposition && !is_inner_function_word
        });
        let last = noun_phrase.last().filter(|it| !self.features.is_capitalized(*it))?;
        occupations::is_occupation(self.features, last).then_some(last)
    }

    /// Whether the clause goes on at token `at`, directly behind a name that ends the apposition without its comma: "the head
    /// of Norbex | also sold its mills".
    fn resumes_clause(&self, at: usize) -> bool {
        let is_lowercase = |at: usize| !self.features.is_capitalized(at);
        let is_verb = |at: usize| self.features.classes(at).any(&[PastTense, SpeechVerb]) && is_lowercase(at);
        let is_adverb = self.features.is(at, Adverb) && is_lowercase(at);
        self.starts_by_end.contains_key(&at) && (is_verb(at) || is_adverb && is_verb(at + 1))
    }

    /// Whether an apposition ends before token `at`.
    fn ends_apposition(&self, at: usize) -> bool {
        let is_punctuation =
            self.features.doc.tokens.get(at).is_none_or(|it| it.kind == TokenKind::Punctuation);
        let is_inside = matches!(self.features.form(at), "&" | "'" | "’" | "-" | "/");
        is_punctuation && !is_inside || self.features.is(at, AppositionEnd)
    }
}
