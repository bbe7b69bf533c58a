//! Antecedents that no name gives: joint names, unnamed subjects, the noun before a relative pronoun; and the pronouns of
//! the narration.

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::coreference::nominal_source::{is_preposition, is_relative};
use crate::engine::coreference::pronoun::Pronoun;
use crate::engine::coreference::salience::is_aside;
use crate::engine::coreference::{organization_subjects, person_nouns};
use crate::engine::entities::EntityMention;
use crate::engine::entities::mention_search::MentionSearch;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass::{self, FunctionWord, GroupNoun, RoleNoun};
use crate::engine::text::owners;
use crate::engine::text::tokens::TokenKind;
use crate::span::Span;

/// How many sentences before a pronoun are searched for an unnamed person.
const MAX_SENTENCES_BACK: usize = 3;
/// How many words may stand before a subject that a phrase precedes: "Asked by reporters whether she would stay, | the mayor".
const MAX_FRONTED_WORDS: usize = 16;
/// How many words the phrase before a relative pronoun may have.
const MAX_PHRASE_WORDS: usize = 12;
/// How many words may stand between two joint names: "Ann Lee, 40, the baker, and Bo Ray".
const MAX_JOINT_GAP: usize = 8;
/// How many people a group has at most.
const MAX_MEMBERS: usize = 12;

/// Names that "and" joins, as the numbers of their mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JointNames {
    pub(crate) mentions: Vec<usize>,
    pub(crate) span: Span,
}

/// The joint names of people or organisations outside asides, in reading order: "Ann Lee and Bo Ray", "Elva Sand and her
/// sisters Nora and Dina".
pub(crate) fn joint_names(doc: &Document, entity_mentions: &[EntityMention]) -> Vec<JointNames> {
    let mut groups = Vec::new();
    let mut start = 0;
    while start < entity_mentions.len() {
        let mut last = start;
        let mut has_and = false;
        while last + 1 < entity_mentions.len()
            && last - start < MAX_MEMBERS
            && let Some(is_and) = joint(doc, &entity_mentions[last], &entity_mentions[last + 1])
        {
            // "A, B and C" ends with its "and"; "A and her sisters B and C" goes on.
            last += 1;
            has_and |= is_and;
        }
        let members: Vec<usize> = (start..=last).collect();
        let span = entity_mentions[start].span.cover(entity_mentions[last].span);
        if has_and && !is_aside(doc, span) {
            groups.push(JointNames { mentions: members, span });
        }
        start = last + 1;
    }
    groups
}

/// Whether two neighbouring names of people or of organisations are joint, and whether by "and".
fn joint(doc: &Document, one: &EntityMention, other: &EntityMention) -> Option<bool> {
    let is_member = |it: &EntityMention| matches!(it.kind, EntityKind::Person | EntityKind::Organisation);
    let between = one.tokens.end..other.tokens.start;
    if one.kind != other.kind || !is_member(one) || between.len() > MAX_JOINT_GAP || between.is_empty() {
        return None;
    }
    let in_role = |at: usize| {
        let offset = doc.tokens[at].span.start;
        one.roles.iter().chain(&other.roles).any(|it| it.contains(offset))
    };
    let is_filler = |at: usize| {
        let word = doc.word(at);
        matches!(word, "," | "and" | "&" | "his" | "her" | "their" | "a" | "an" | "the" | "both")
            || doc.tokens[at].kind == TokenKind::Number
            || in_role(at)
            || doc.is(at, LexicalClass::KinNoun)
            || doc.is(at, GroupNoun)
    };
    let has_joint = between.clone().any(|it| matches!(doc.word(it), "," | "and" | "&"));
    let is_joint = has_joint && between.clone().all(is_filler);
    // "Ann Lee, a baker, Bo Ray" is a list; "Ann Lee, her aide Bo Ray" may be one.
    is_joint.then(|| between.clone().any(|it| matches!(doc.word(it), "and" | "&") && !in_role(it)))
}

/// The organisations that are the subjects of the sentences of the narration, as ranges of tokens.
pub(crate) fn organization_subjects(doc: &Document, is_quoted: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let subject = |sentence: Range<usize>| {
        let subject = organization_subjects::organization_subject(doc, sentence)?;
        let span = doc.tokens[subject.start].span;
        (!is_quoted(span.start) && !is_aside(doc, span)).then_some(subject)
    };
    doc.sentences.iter().filter_map(|it| subject(it.tokens.clone())).collect()
}

/// The descriptions of one person with which the sentence of a token and those before it begin, the nearest first: "The child’s
/// father", "The leader of Tarn Council".
pub(crate) fn human_subjects_before(
    doc: &Document,
    entity_mentions: &[EntityMention],
    at: usize,
) -> impl Iterator<Item = Range<usize>> {
    let last = doc.sentence_of(at);
    // "The mayor was late, | he | said": the one who speaks is somebody else.
    let is_within = at > 0 && doc.tokens[at - 1].kind == TokenKind::Word;
    let near = &doc.sentences[last.saturating_sub(MAX_SENTENCES_BACK)..last + usize::from(is_within)];
    let subjects = near.iter().rev().filter_map(|it| human_subject(doc, it.tokens.clone(), is_listed_person));
    let with_complement = |it: Range<usize>| it.start..with_complement(doc, entity_mentions, it.end);
    subjects.map(with_complement).filter(move |it| it.end <= at)
}

/// The description of somebody new with which one of the last sentences before a token begins, the nearest one: "A shepherd".
pub(crate) fn indefinite_subject_before(doc: &Document, at: usize) -> Option<Range<usize>> {
    let last = doc.sentence_of(at);
    let near = &doc.sentences[last.saturating_sub(MAX_SENTENCES_BACK)..last];
    let is_new = |it: &Range<usize>| {
        matches!(doc.word(it.start), "A" | "An" | "Another" | "One" | "a" | "an" | "another" | "one")
    };
    let subjects =
        near.iter().rev().filter_map(|it| human_subject(doc, it.tokens.clone(), person_nouns::is_person));
    subjects.into_iter().find(is_new)
}

/// Whether a token is a listed noun for one person.
fn is_listed_person(doc: &Document, at: usize) -> bool {
    [RoleNoun, LexicalClass::EpithetNoun, LexicalClass::KinNoun].iter().any(|it| doc.is(at, *it))
}

/// The description of one person with which a sentence begins.
fn human_subject(
    doc: &Document,
    sentence: Range<usize>,
    is_person: impl Fn(&Document, usize) -> bool,
) -> Option<Range<usize>> {
    let is_connective = |it: &usize| doc.is(*it, LexicalClass::LeadingConnective);
    let first = sentence.start + sentence.clone().take_while(is_connective).count();
    // "Asked whether she would stay, | the mayor laughed", "In Tarn, | the mayor laughed"
    let is_fronted = doc.is(first, LexicalClass::PastTense)
        || doc.is(first, LexicalClass::Preposition)
        || doc.lower(first).ends_with("ing");
    let window = first..sentence.end.min(first + MAX_FRONTED_WORDS);
    let comma = window.into_iter().find(|it| doc.word(*it) == ",").filter(|_| is_fronted);
    let start = comma.map_or(first, |it| it + 1);
    let ends = |it: &usize| {
        let is_owner = matches!(doc.word(*it), "'s" | "’s");
        doc.tokens[*it].kind == TokenKind::Punctuation && !is_owner
            || doc.is(*it, LexicalClass::Auxiliary)
            || doc.is(*it, LexicalClass::PastTense)
            || is_preposition(&doc.lower(*it))
            || is_relative(&doc.lower(*it))
    };
    let stop = sentence.end.min(start + MAX_PHRASE_WORDS);
    let end = (start + 1..stop).find(ends)?;
    let is_led =
        doc.is(start, LexicalClass::Determiner) || (start..end).any(|it| matches!(doc.word(it), "'s" | "’s"));
    (is_person(doc, end - 1) && is_led).then_some(start..end)
}

/// The end of a phrase that ends at `end`, with a complement that is a name: "analysts | at Delta".
pub(crate) fn with_complement(doc: &Document, entity_mentions: &[EntityMention], end: usize) -> usize {
    if !is_preposition(doc.word(end)) {
        return end;
    }
    let start = end + 1 + usize::from(doc.word(end + 1) == "the");
    entity_mentions.beginning_at(start).map_or(end, |it| entity_mentions[it].tokens.end)
}

/// What a relative pronoun refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RelativeAntecedent {
    /// The number of a mention.
    Name(usize),
    /// The tokens of a phrase without a name as its head.
    Phrase(Range<usize>),
}

/// The name or the noun phrase that ends at the relative pronoun at token `at`, with a comma between them or without.
pub(crate) fn relative_antecedent(
    doc: &Document,
    entity_mentions: &[EntityMention],
    at: usize,
) -> Option<RelativeAntecedent> {
    let floor = doc.sentences.get(doc.sentence_of(at))?.tokens.start;
    let end = if at > floor && matches!(doc.word(at - 1), "," | "—" | "–") { at - 1 } else { at };
    if end <= floor {
        return None;
    }
    let offset = doc.tokens[end - 1].span.end;
    let next = entity_mentions.partition_point(|it| it.tokens.start < end);
    let near = entity_mentions[..next].iter().enumerate().rev().take(MAX_PHRASE_WORDS);
    let near: Vec<(usize, &EntityMention)> = near.take_while(|(_, it)| it.tokens.start >= floor).collect();
    // "Ann Lee, a doctor at the Harbour Clinic, who …"
    let is_apposed = |it: &EntityMention| it.roles.iter().any(|role| role.end == offset);
    if let Some((number, _)) = near.iter().find(|(_, it)| is_apposed(it)) {
        return Some(RelativeAntecedent::Name(*number));
    }
    let is_human = matches!(doc.lower(at).as_str(), "who" | "whom" | "whose");
    let ends_here = near.first().filter(|(_, it)| it.tokens.end == end);
    if let Some((number, name)) = ends_here {
        // "a doctor at the Harbour Clinic who …" is no clinic.
        let noun =
            noun_before_complement(doc, name.tokens.start, floor).filter(|_| name.kind != EntityKind::Person);
        let Some(noun) = noun.filter(|_| is_human) else {
            let person = near.get(1).filter(|it| is_human && is_person_with_complement(doc, it.1, name));
            return Some(RelativeAntecedent::Name(person.map_or(*number, |it| it.0)));
        };
        return Some(RelativeAntecedent::Phrase(phrase_start(doc, noun, floor)..end));
    }
    let is_person = |it: usize| {
        [RoleNoun, GroupNoun, LexicalClass::EpithetNoun, LexicalClass::KinNoun]
            .iter()
            .any(|class| doc.is(it, *class))
    };
    // "listeners to his show who said …"
    let nouns = (floor.max(end.saturating_sub(MAX_PHRASE_WORDS))..end).rev();
    let noun =
        nouns.filter(|it| is_person(*it)).find(|it| *it + 1 == end || is_preposition(doc.word(*it + 1)));
    if let Some(noun) = noun.filter(|_| is_human) {
        return Some(RelativeAntecedent::Phrase(phrase_start(doc, noun, floor)..end));
    }
    let last = end - 1;
    (doc.tokens[last].kind == TokenKind::Word)
        .then(|| RelativeAntecedent::Phrase(phrase_start(doc, last, floor)..end))
}

/// Whether a person's name has another name as its complement: "Ann Lee of the Harbour Clinic", "Bo Ray in Tarn".
fn is_person_with_complement(doc: &Document, person: &EntityMention, complement: &EntityMention) -> bool {
    let joint = person.tokens.end;
    let article = usize::from(doc.word(joint + 1) == "the");
    person.kind == EntityKind::Person
        && complement.kind != EntityKind::Person
        && is_preposition(doc.word(joint))
        && complement.tokens.start == joint + 1 + article
}

/// The noun for somebody of whom a name at token `start` is the complement: "a doctor at the Harbour Clinic".
fn noun_before_complement(doc: &Document, start: usize, floor: usize) -> Option<usize> {
    let article = usize::from(start > floor && doc.word(start - 1) == "the");
    let preposition =
        start.checked_sub(article + 1).filter(|it| *it > floor && is_preposition(doc.word(*it)))?;
    // "the women | living | in Tarn"
    let last = preposition - 1;
    let is_participle = doc.word(last).ends_with("ing") || doc.is(last, LexicalClass::PastTense);
    let noun = last.checked_sub(usize::from(is_participle)).filter(|it| *it >= floor)?;
    let kinds: [LexicalClass; 2] = [RoleNoun, GroupNoun];
    kinds.iter().any(|it| doc.is(noun, *it)).then_some(noun)
}

/// The start of the noun phrase whose noun, or last word, is token `last`: "three | nurses", "the head of the port".
fn phrase_start(doc: &Document, last: usize, floor: usize) -> usize {
    let mut start = last;
    while start > floor && last - start < MAX_PHRASE_WORDS {
        let before = start - 1;
        let word = doc.lower(before);
        if doc.is(before, LexicalClass::Determiner) || doc.tokens[before].kind == TokenKind::Number {
            start = before;
            // "told of | a colleague" is no complement of a noun.
            let is_complement = start > floor + 1
                && doc.word(start - 1) == "of"
                && !doc.is(start - 2, LexicalClass::PastTense);
            if !is_complement {
                break;
            }
            start -= 1;
            continue;
        }
        let is_inside = doc.tokens[before].kind == TokenKind::Word
            && !doc.is(before, FunctionWord)
            && !doc.is(before, LexicalClass::Auxiliary)
            && !is_preposition(&word)
            && !doc.is(before, LexicalClass::SpeechVerb)
            && doc.is(before, LexicalClass::RoleModifier);
        let is_of = word == "of" && start < last;
        if !is_inside && !is_of {
            break;
        }
        start = before;
    }
    owners::owner_start(doc, start, floor)
}

/// The third-person and relative pronouns of the narration, as their tokens: "he", "her", "they", "who".
pub(crate) fn narrated_pronouns(doc: &Document, is_quoted: impl Fn(usize) -> bool) -> Vec<(usize, Pronoun)> {
    let pronoun = |at: usize| {
        let word = doc.word(at);
        let is_short = word.len() <= "themselves".len() && !word.chars().skip(1).any(char::is_uppercase);
        let pronoun = Pronoun::from_word(&doc.lower(at)).filter(|_| is_short)?;
        let is_personal = match pronoun {
            Pronoun::It => false,
            // "which" and "that" are conjunctions as often; "who" may ask.
            Pronoun::Who => matches!(doc.lower(at).as_str(), "who" | "whose" | "whom"),
            _ => true,
        };
        let span = doc.tokens[at].span;
        (is_personal && !is_quoted(span.start) && !is_aside(doc, span)).then_some((at, pronoun))
    };
    (0..doc.tokens.len()).filter_map(pronoun).collect()
}
