//! Source phrases: classifies the words of a source as a name, a pronoun, joint speakers or a description.

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::coreference::nominal_source::{NominalSource, is_preposition, is_relative};
use crate::engine::coreference::pronoun::{self, Pronoun};
use crate::engine::coreference::{appositions, given_names, person_nouns, source_tokens};
use crate::engine::entities::EntityMention;
use crate::engine::text::document::Document;
use crate::engine::text::letter_case;
use crate::engine::text::lexicon::{LexicalClass, Lexicon};
use crate::engine::text::tokens::TokenKind;
use crate::span::Span;
use crate::word_list::word_list;

/// Fields of study: "professor in | economics | Ann Lee".
const FIELDS_OF_STUDY: &[&str] = &word_list!("fields-of-study");
/// Names of organisations that have organisations of their own: "the | UN | agency".
const ORGANIZATIONS_WITH_AGENCIES: &[&str] = &word_list!("organisations-with-agencies");
/// How many words of a source are read.
const MAX_SOURCE_WORDS: usize = 60;

/// What kind of words a source is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SourceKind {
    /// Words that name nobody: "my friends", or no words at all.
    Empty,
    /// "I", "we": the narrator.
    Narrator,
    /// "you": the person who is asked.
    Addressee,
    /// A name, as the index of its mention.
    Name(usize),
    /// Joint speakers, as the indices of their mentions.
    Joint(Vec<usize>),
    /// A pronoun alone, or with words after it.
    Pronoun(Pronoun),
    /// "he" or "she" and joint speakers, as the pronoun, its span and the indices of their mentions: "She and her colleague Bo Ray".
    PronounAnd(Pronoun, Span, Vec<usize>),
    /// Capitalised words that were not found as a name, with the likely kind.
    ProperName(Span, EntityKind),
    /// A description: "a State Department official".
    Nominal(NominalSource),
}

impl SourceKind {
    /// The part of the source that is the mention; `None` where it is all of the source.
    pub(crate) fn own_span(&self) -> Option<Span> {
        match self {
            Self::ProperName(span, _) => Some(*span),
            Self::Nominal(it) => Some(it.span),
            _ => None,
        }
    }
}

/// Classifies the words of `source`.
pub(crate) fn classify(
    doc: &Document,
    mentions: &[EntityMention],
    lexicon: &Lexicon,
    source: Span,
) -> SourceKind {
    let mut tokens = source_tokens::behind_style(doc, source_tokens::trim_tokens(doc, source));
    if tokens.is_empty() {
        return SourceKind::Empty;
    }
    tokens.end = source_tokens::with_noun(doc, lexicon, &tokens).min(tokens.start + MAX_SOURCE_WORDS);
    let first = doc.lower(tokens.start);
    // "He Jianming" is a name.
    let begins_name = source_tokens::begins_name(mentions, &tokens);
    if !begins_name && source_tokens::names_nobody(doc, mentions, lexicon, &tokens) {
        return SourceKind::Empty;
    }
    // "US" and "IT" are no pronouns.
    let is_capitals = doc.word(tokens.start).chars().filter(|it| it.is_uppercase()).count() > 1;
    // "I've" says what "I" does, "he'll" what "he" does.
    let without_contraction = first.split(['\'', '’']).next().unwrap_or_default();
    if tokens.len() == 1 && !is_capitals && !begins_name {
        match without_contraction {
            "i" | "we" => return SourceKind::Narrator,
            "you" => return SourceKind::Addressee,
            "both" => return SourceKind::Pronoun(Pronoun::Both),
            _ => {}
        }
    }
    if !is_capitals
        && !begins_name
        && matches!(first.as_str(), "i" | "we" | "you" | "me" | "us" | "my" | "our")
    {
        return SourceKind::Empty;
    }
    if tokens.len() == 2
        && matches!(first.as_str(), "all" | "the")
        && pronoun::is_number_of_people(&doc.lower(tokens.start + 1))
    {
        return SourceKind::Pronoun(Pronoun::Both);
    }
    let pronoun = Pronoun::from_word(without_contraction).filter(|_| !is_capitals && !begins_name);
    let alone =
        tokens.len() == 1 || !matches!(first.as_str(), "his" | "her" | "their" | "its" | "whose" | "that");
    if let Some(pronoun) = pronoun.filter(|_| alone) {
        let joined = source_tokens::names_joined_to_pronoun(doc, mentions, &tokens);
        let span = doc.tokens[tokens.start].span;
        let is_personal = matches!(pronoun, Pronoun::He | Pronoun::She) && !joined.is_empty();
        return if is_personal {
            SourceKind::PronounAnd(pronoun, span, joined)
        } else {
            SourceKind::Pronoun(pronoun)
        };
    }
    if let Some(name) = given_names::name_in_clause(doc, mentions, &tokens) {
        return SourceKind::Name(name);
    }
    let parser = SourceParser { doc, entity_mentions: mentions, lexicon, tokens };
    parser
        .parse_joint()
        .or_else(|| parser.parse_name())
        .or_else(|| parser.parse_proper_name())
        .or_else(|| appositions::name_before(doc, mentions, &parser.tokens).map(SourceKind::Name))
        .unwrap_or_else(|| parser.parse_nominal())
}

/// The tokens of a source with what the parser looks up.
pub(super) struct SourceParser<'a> {
    pub(super) doc: &'a Document<'a>,
    pub(super) entity_mentions: &'a [EntityMention],
    pub(super) lexicon: &'a Lexicon,
    pub(super) tokens: Range<usize>,
}

impl SourceParser<'_> {
    /// The indices of the names inside the source, or cut by its edge.
    pub(super) fn names_inside(&self) -> Range<usize> {
        let start = self.entity_mentions.partition_point(|it| it.tokens.end <= self.tokens.start);
        let end =
            start + self.entity_mentions[start..].partition_point(|it| it.tokens.start < self.tokens.end);
        start..end
    }

    /// Whether a token belongs to a name.
    fn is_in_name(&self, at: usize) -> bool {
        self.names_inside().any(|it| self.entity_mentions[it].tokens.contains(&at))
    }

    /// The end of the part with the head noun, before a preposition, a relative pronoun or a comma.
    pub(super) fn head_end(&self) -> usize {
        let title = source_tokens::title_before_noun(self.doc, &self.tokens);
        let ends = |at: &usize| {
            let word = self.doc.lower(*at);
            let mark = self.doc.tokens[*at].kind == TokenKind::Punctuation
                && !matches!(word.as_str(), "-" | "/" | "&" | "'" | "’");
            let is_participle = source_tokens::is_participle_behind_noun(self.doc, *at);
            !self.is_in_name(*at)
                && !title.contains(at)
                && (mark || is_preposition(&word) || is_relative(&word) || is_participle)
        };
        self.tokens.clone().skip(1).find(ends).unwrap_or(self.tokens.end)
    }

    /// Whether a name stands in the role of another name of the source: "Norbex chief Ann Lee".
    pub(super) fn is_in_role(&self, name: usize) -> bool {
        let span = self.entity_mentions[name].span;
        let mut names = self.entity_mentions[self.names_inside()].iter();
        names.any(|it| it.roles.iter().any(|role| role.contains_span(span)))
    }

    /// Whether a name only owns the office of another name: "Norbex's chief, Ann Lee", "Ann Lee, Norbex's chief".
    pub(super) fn owns_office(&self, name: usize) -> bool {
        let tokens = &self.entity_mentions[name].tokens;
        let apposed = tokens.start > self.tokens.start && self.doc.word(tokens.start - 1) == ",";
        let leads = tokens.start == self.tokens.start && self.is_owner(tokens.end);
        (apposed && self.is_owner(tokens.end)) || leads
    }

    /// Whether a name that ends at token `end` is a possessive with words after it.
    fn is_owner(&self, end: usize) -> bool {
        matches!(self.doc.word(end), "'s" | "’s") && end + 1 < self.tokens.end
    }

    /// The name that is the head of the source; `None` where the head is no name.
    fn parse_name(&self) -> Option<SourceKind> {
        let cut = self.head_end();
        let heads = self
            .names_inside()
            .filter(|it| self.entity_mentions[*it].tokens.start < cut || self.is_introduced(*it));
        let person =
            |it: &usize| self.entity_mentions[*it].kind == EntityKind::Person && self.is_head(*it, cut, &[]);
        let person =
            heads.clone().find(person).map(|it| self.last_adjacent_person(it, self.names_inside().end));
        let other = || {
            heads
                .clone()
                .rev()
                .find(|it| self.is_head(*it, cut, &[LexicalClass::OrgNoun, LexicalClass::CompanySuffix]))
        };
        person.or_else(other).map(SourceKind::Name)
    }

    /// The last of several names of people with only capitalised words between them: "Pikwa Elder Ann Lee".
    fn last_adjacent_person(&self, first: usize, end: usize) -> usize {
        let beside = |it: &usize| {
            let between = self.entity_mentions[first].tokens.end..self.entity_mentions[*it].tokens.start;
            self.entity_mentions[*it].kind == EntityKind::Person
                && between.clone().all(|at| self.doc.word(at).starts_with(char::is_uppercase))
        };
        (first + 1..end).take_while(beside).last().unwrap_or(first)
    }

    /// Whether the words before the name of a person are the office or description of this person: "Minister of Health
    /// Ann Lee", "the head of the port, Bo Ray".
    pub(super) fn is_introduced(&self, name: usize) -> bool {
        let name = &self.entity_mentions[name];
        let start = self.doc.tokens[self.tokens.start].span.start;
        // "Tarn district's | director of ports (DP) | Ann Lee": only nouns and owners stand before the role.
        let is_at_start = |role: &Span| {
            let role = self.doc.token_at(role.start);
            let opens_complement = |it: usize| {
                let word = self.doc.lower(it);
                is_preposition(&word) || is_relative(&word) || word == ","
            };
            role >= self.tokens.start && !(self.tokens.start..role).any(opens_complement)
        };
        let has_own_role = name
            .roles
            .iter()
            .any(|it| it.start < name.span.start && (it.start <= start + "the ".len() || is_at_start(it)));
        let mut before = name.tokens.start;
        while before > self.tokens.start && self.doc.word(before - 1).starts_with(char::is_uppercase) {
            before -= 1;
        }
        let follows_comma = before > self.tokens.start && self.doc.word(before - 1) == ",";
        let is_first_person_name =
            !(self.tokens.start..before).any(|it| is_relative(&self.doc.lower(it)) || self.is_in_person(it));
        // "a friend of the pilot, Ivo Rask": the name is that of the pilot.
        let is_of_complement =
            follows_comma && appositions::follows_person_in_complement(self.doc, before - 1);
        let is_apposed = follows_comma && is_first_person_name || self.follows_office(name.tokens.start);
        name.kind == EntityKind::Person && (has_own_role || is_apposed && !is_of_complement)
    }

    /// Whether the name of a person at token `start` follows an office with its organisation, its place or its field: "the leader of CAM Ann
    /// Lee", "the inspector of the municipality Ann Lee", "professor in linguistics Ann Lee".
    fn follows_office(&self, start: usize) -> bool {
        let cut = self.head_end();
        let (Some(noun), true) = (cut.checked_sub(1), start > cut + 1) else { return false };
        // "the inspector of police (north) Ann Lee"
        let is_title = |it: usize| {
            self.lexicon.classes(self.doc.word(it)).any(&[LexicalClass::Title, LexicalClass::Honorific])
        };
        let title = (cut..start).rev().take_while(|it| is_title(*it)).last().unwrap_or(start);
        let has_bracket = (cut..title).any(|it| self.doc.word(it) == "(") && self.doc.word(title - 1) == ")";
        if has_bracket {
            return self
                .lexicon
                .classes(&self.doc.lower(noun))
                .any(&[LexicalClass::RoleNoun, LexicalClass::Title]);
        }
        let follows_organization_name = self.names_inside().any(|it| {
            self.entity_mentions[it].kind != EntityKind::Person
                && self.entity_mentions[it].tokens.end == start
        });
        let before = self.doc.lower(start - 1);
        let follows_noun =
            self.lexicon.classes(&before).any(&[LexicalClass::OrgNoun, LexicalClass::PlaceNoun])
                || FIELDS_OF_STUDY.binary_search(&letter_case::with_capital(&before).as_str()).is_ok()
                || ["ics", "logy"].iter().any(|it| before.ends_with(it));
        let is_office = self.lexicon.classes(&self.doc.lower(noun)).has(LexicalClass::RoleNoun);
        is_office && (follows_organization_name || follows_noun)
            || person_nouns::is_office(self.lexicon, &self.doc.lower(noun)) && self.ends_complement(start - 1)
    }

    /// Whether the word at a token may end the complement of an office, and is no title of the name behind it: "the president of the party's
    /// youth | wing | Ann Lee", but not "the head of the late | Ann Lee".
    fn ends_complement(&self, at: usize) -> bool {
        let word = self.doc.lower(at);
        let is_own_title = word.starts_with("ex-")
            || self.lexicon.classes(&word).has(LexicalClass::RoleNoun)
            || self.lexicon.classes(self.doc.word(at)).any(&[LexicalClass::Title, LexicalClass::Honorific]);
        self.doc.tokens[at].kind == TokenKind::Word
            && !self.lexicon.classes(&word).has(LexicalClass::FunctionWord)
            && !is_preposition(&word)
            && !matches!(word.as_str(), "'s" | "’s" | "late")
            && !is_own_title
    }

    /// Whether a token belongs to the name of a person that is no possessive. "Norbex" may be taken for a person in
    /// "Norbex's chief, Ann Lee".
    fn is_in_person(&self, at: usize) -> bool {
        let names = &self.entity_mentions[self.names_inside()];
        let mut people = names.iter().filter(|it| it.kind == EntityKind::Person);
        people.any(|it| it.tokens.contains(&at) && !self.is_owner(it.tokens.end))
    }

    /// Whether only nouns of some classes follow a name before token `cut`.
    fn is_head(&self, name: usize, cut: usize, kinds: &[LexicalClass]) -> bool {
        let name = &self.entity_mentions[name];
        if name.kind == EntityKind::Person {
            let next = self.doc.lower(name.tokens.end);
            let owner = matches!(next.as_str(), "'s" | "’s") && name.tokens.end + 1 < self.tokens.end;
            let is_honour =
                self.lexicon.classes(self.doc.word(name.tokens.end)).has(LexicalClass::PostNominal);
            let noun = name.tokens.end < cut
                && !is_honour
                && self.lexicon.classes(&next).any(&[
                    LexicalClass::RoleNoun,
                    LexicalClass::GroupNoun,
                    LexicalClass::DocumentNoun,
                    LexicalClass::OrgNoun,
                ]);
            return !owner && !noun;
        }
        let nouns = name.tokens.end..cut;
        // "The UN agency" is one of several.
        let text = name.span.slice(self.doc.text);
        let is_of_others = ORGANIZATIONS_WITH_AGENCIES.binary_search(&text).is_ok();
        if is_of_others && !nouns.is_empty() {
            return false;
        }
        // "Kyodo news agency" is Kyodo, but "the Lindwick council" is not Lindwick.
        let own = |it: usize| {
            let word = self.doc.lower(it);
            word == "news" || self.lexicon.classes(&word).any(kinds)
        };
        nouns.is_empty() || name.kind == EntityKind::Organisation && nouns.clone().all(own)
    }

    /// Capitalised words that no list knows: a name that was not found.
    fn parse_proper_name(&self) -> Option<SourceKind> {
        let tokens = self.tokens.start..self.head_end();
        let named = |at: usize| {
            let small = self.lexicon.classes(&self.doc.lower(at));
            self.doc.word(at).starts_with(char::is_uppercase)
                && !self.lexicon.is_compound_role(self.doc.word(at))
                && !small.any(&[
                    LexicalClass::CommonWord,
                    LexicalClass::FunctionWord,
                    LexicalClass::RoleNoun,
                    LexicalClass::GroupNoun,
                    LexicalClass::OrgNoun,
                ])
        };
        // "Democrats" and "Israelis" are people of a kind.
        let kinds = [LexicalClass::Demonym, LexicalClass::CapitalizedNonName, LexicalClass::Calendar];
        let known = |at: usize| {
            let word = self.doc.word(at);
            let one = word.strip_suffix('s').unwrap_or(word);
            // "| Expats | said"
            let opens = at > 0 && self.doc.sentence_of(at - 1) != self.doc.sentence_of(at);
            self.lexicon.classes(word).any(&kinds)
                || self.lexicon.classes(one).any(&kinds)
                || (opens || at == 0) && self.lexicon.is_plural_of_common_word(&self.doc.lower(at))
                || person_nouns::is_people(self.doc, self.lexicon, at)
                || person_nouns::opens_with_occupations(self.doc, at)
        };
        // A surname may be a common word: "Jeff Bond".
        let several = [
            LexicalClass::FunctionWord,
            LexicalClass::RoleNoun,
            LexicalClass::GroupNoun,
            LexicalClass::OrgNoun,
            LexicalClass::OrgHead,
            LexicalClass::OrgHeadOf,
        ];
        let surname = |at: usize| {
            let (word, small) = (self.doc.word(at), self.doc.lower(at));
            word.starts_with(char::is_uppercase)
                && !self.lexicon.classes(word).any(&several)
                && !self.lexicon.classes(&small).any(&several)
                && !known(at)
        };
        let called = self.lexicon.classes(self.doc.word(tokens.start)).has(LexicalClass::GivenName)
            && (2..=3).contains(&tokens.len())
            && tokens.clone().skip(1).all(surname);
        // "An Nguyen": an article in a capital before a word that nothing knows.
        let article = tokens.len() == 2
            && self.doc.word(tokens.start) == "An"
            && named(tokens.start + 1)
            && !known(tokens.start + 1)
            && self.lexicon.classes(self.doc.word(tokens.start + 1)).is_empty();
        let proper =
            called || article || tokens.len() <= 4 && tokens.clone().all(|it| named(it) && !known(it));
        // "…,” The Hill reported": an article in capitals amid a sentence belongs to a name.
        let start = tokens.start;
        let amid = start > 0 && self.doc.sentence_of(start - 1) == self.doc.sentence_of(start);
        let opened = amid && self.doc.tokens[start - 1].span.end == self.doc.tokens[start].span.start;
        let marks = opened || amid && matches!(self.doc.word(start - 1), ":" | "—" | "–" | "-");
        let titled = amid
            && !marks
            && self.doc.word(start) == "The"
            && (2..=4).contains(&tokens.len())
            && tokens.clone().all(|it| self.doc.word(it).starts_with(char::is_uppercase));
        let kind = if titled { EntityKind::Organisation } else { EntityKind::Person };
        (proper || titled).then(|| SourceKind::ProperName(self.doc.span(tokens), kind))
    }
}
