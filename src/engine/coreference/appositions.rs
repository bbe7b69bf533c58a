//! Appositions: the name or the group that stands in apposition to a description ("The bill’s author, state senator Jonas Rill, said").

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::coreference::nominal_source::{NominalSource, is_preposition, is_relative};
use crate::engine::coreference::person_nouns;
use crate::engine::entities::EntityMention;
use crate::engine::entities::mention_search::MentionSearch;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass::{
    Auxiliary, FunctionWord, OrgNoun, PastTense, PlaceNoun, Preposition, RoleNoun, SpeechVerb, Subordinator,
};
use crate::engine::text::tokens::TokenKind;
use crate::span::Span;
use crate::word_list::word_list;

/// Roles of people that an organisation may have as well.
const ORGANIZATION_ROLES: &[&str] = &word_list!("organisation-roles");
/// How many tokens an apposition may have before its name: "a retired primary school teacher, Dr.".
const MAX_TOKENS_BEFORE_NAME: usize = 7;
/// How many names an apposition may have before the one that it is about: "the Tarn and Fell coach, | Bo Ray".
const MAX_NAMES_BEFORE: usize = 2;
/// How many words may stand between an article and the noun for a person: "a friend of the | young airline | pilot".
const MAX_PERSON_WORDS: usize = 4;
/// Nouns for people by what they are for somebody else, in lower case, in the singular: "a friend of the pilot".
const PEOPLE_FOR_OTHERS: &[&str] = &word_list!("people-for-others");
/// How many words a relative clause before an apposition may have.
const MAX_RELATIVE_WORDS: usize = 14;
/// How many tokens the complement of a name may have: "Ingrid Moe | of the Fell valley".
const MAX_COMPLEMENT_TOKENS: usize = 6;

/// The tokens of the group in the apposition after a role that an organisation may have: "the junior partner, | the Greens, | said".
pub(crate) fn apposed_group(doc: &Document, description: &NominalSource) -> Option<Range<usize>> {
    let comma = doc.token_at(description.span.end);
    let (start, name) = (comma + 1, comma + 2);
    let is_group = doc.word(name).starts_with(char::is_uppercase) && doc.word(name).ends_with('s');
    let is_apposed = doc.word(comma) == "," && doc.word(start) == "the" && doc.word(name + 1) == ",";
    (is_group && is_apposed && may_be_organization(description)).then_some(start..name + 1)
}

/// Whether the noun of a description is the role of a person or of an organisation: "owner", "one of its rivals".
fn may_be_organization(description: &NominalSource) -> bool {
    let members = description.complement.last().filter(|_| description.noun == "one");
    let noun = members.map_or(&*description.noun, |it| it.strip_suffix('s').unwrap_or(it));
    ORGANIZATION_ROLES.binary_search(&noun).is_ok()
}

/// The number of the name with which a sentence begins and to which a source stands in apposition, without a comma before its verb: "Ann Lee,
/// | a participant | said".
pub(crate) fn name_before(
    doc: &Document,
    entity_mentions: &[EntityMention],
    source: &Range<usize>,
) -> Option<usize> {
    let comma = source.start.checked_sub(1).filter(|it| doc.word(*it) == ",")?;
    let sentence = doc.sentences.get(doc.sentence_of(comma))?;
    let name = entity_mentions.beginning_at(sentence.tokens.start)?;
    let mention = &entity_mentions[name];
    let is_subject = mention.kind == EntityKind::Person && mention.tokens.end == comma;
    let has_article = matches!(doc.word(source.start), "a" | "an");
    let is_person = person_nouns::is_person(doc, source.end - 1) && !doc.is(source.end - 1, OrgNoun);
    (is_subject && has_article && is_person && doc.is(source.end, SpeechVerb)).then_some(name)
}

/// The number of the name with which a sentence begins, before a comma and a description that is its role: "Ann Lee, | his rival |, announced".
pub(crate) fn name_with_role(
    doc: &Document,
    entity_mentions: &[EntityMention],
    description: &NominalSource,
) -> Option<usize> {
    let start = doc.token_at(description.span.start);
    let comma = start.checked_sub(1).filter(|it| doc.word(*it) == ",")?;
    let number = entity_mentions.partition_point(|it| it.tokens.end < comma);
    let name = entity_mentions.get(number).filter(|it| it.tokens.end == comma)?;
    let opens = doc.sentences.get(doc.sentence_of(comma))?.tokens.start == name.tokens.start;
    let article = doc.tokens[start].span.end + 1;
    let is_same = |role: &Span| {
        (description.span.start..=article).contains(&role.start) && role.end >= description.span.end
    };
    (opens && name.kind == EntityKind::Person && description.is_human && name.roles.iter().any(is_same))
        .then_some(number)
}

/// The number of the name in the apposition after a description: "The bill’s author, state senator Jonas Rill, said", "One survivor,
/// 19-year-old student Mai Varr, said", "the plant's owner, Acme Group". Somebody is no organisation: "One doctor at the Harbour Clinic,
/// Tarn University, said".
pub(crate) fn apposed_name(
    doc: &Document,
    entity_mentions: &[EntityMention],
    description: &NominalSource,
) -> Option<usize> {
    let end = doc.token_at(description.span.end);
    let sentence_end = doc.sentences.get(doc.sentence_of(end))?.tokens.end;
    let stop = sentence_end.min(end + MAX_RELATIVE_WORDS);
    // "The company | that runs the show, Tarn Productions, said"
    let behind_clause = || (end..stop).find(|it| doc.word(*it) == ",");
    let comma = if is_relative(doc.word(end)) { behind_clause()? } else { end };
    let is_of_complement = follows_person_in_complement(doc, comma);
    if !matches!(doc.word(comma), "," | "—" | "–" | "(") {
        return None;
    }
    let start = comma + 1;
    let first = entity_mentions.partition_point(|it| it.tokens.start < start);
    let near = entity_mentions[first..].iter().take(1 + MAX_NAMES_BEFORE).enumerate();
    let is_bracket = doc.word(comma) == "(";
    let start_of_role = description.span.start + "the ".len();
    let fits = |name: &EntityMention| match name.kind {
        EntityKind::Person => {
            let has_own_role = name.roles.iter().any(|it| it.start <= start_of_role);
            let is_one = !description.is_organization && !description.is_document && !description.is_plural;
            is_one && (has_own_role || !is_of_complement)
        }
        EntityKind::Organisation => {
            !is_bracket && (!description.is_human || may_be_organization(description))
        }
        // "one hospital, the Harbour Clinic", "one country, Norway"
        EntityKind::Place => {
            let is_place =
                doc.is(end - 1, PlaceNoun) || doc.is(end - 1, OrgNoun) || description.noun == "country";
            !is_bracket && is_place && !description.is_human && !description.is_plural
        }
        EntityKind::Group | EntityKind::Unnamed | EntityKind::Document => false,
    };
    let in_name_before = |at: usize, number: usize| {
        entity_mentions[first..first + number]
            .iter()
            .any(|it| it.kind != EntityKind::Person && it.tokens.contains(&at))
    };
    let is_apposed = |number: usize, name: &EntityMention| {
        let before = start..name.tokens.start;
        name.tokens.end <= sentence_end
            && before.len() <= MAX_TOKENS_BEFORE_NAME
            && fits(name)
            && is_closed(doc, name.tokens.end, sentence_end)
            && before.clone().all(|it| in_name_before(it, number) || is_part_of_role(doc, name, it))
    };
    near.into_iter().find(|(number, name)| is_apposed(*number, name)).map(|it| first + it.0)
}

/// Whether the comma at a token follows a person in the complement of a description, to whom the name behind it belongs: "a friend of the pilot |
/// , Ivo Rask,".
pub(crate) fn follows_person_in_complement(doc: &Document, comma: usize) -> bool {
    let Some(noun) = comma.checked_sub(1).filter(|it| person_nouns::is_person(doc, *it)) else {
        return false;
    };
    let floor = doc.sentences.get(doc.sentence_of(noun)).map_or(0, |it| it.tokens.start);
    let before = floor.max(noun.saturating_sub(MAX_PERSON_WORDS))..noun;
    let article =
        before.rev().find(|it| matches!(doc.word(*it), "the" | "a" | "an" | "his" | "her" | "their"));
    let preposition = article.and_then(|it| it.checked_sub(1));
    let head =
        preposition.filter(|it| matches!(doc.word(*it), "for" | "of")).and_then(|it| it.checked_sub(1));
    head.is_some_and(|it| PEOPLE_FOR_OTHERS.binary_search(&doc.lower(it).trim_end_matches('s')).is_ok())
}

/// Whether a token before a name may belong to a description of the person or organisation that the name means: its role, an article, an
/// age, a noun, an adjective, or "named".
fn is_part_of_role(doc: &Document, name: &EntityMention, at: usize) -> bool {
    let word = doc.lower(at);
    let in_role = name.roles.iter().any(|it| it.contains(doc.tokens[at].span.start));
    let is_owner = matches!(word.as_str(), "'s" | "’s" | "'" | "’" | "-");
    let is_article = matches!(word.as_str(), "the" | "a" | "an" | "his" | "her" | "their" | "its" | "former");
    let is_last = at + 1 == name.tokens.start;
    let is_naming = is_last && matches!(word.as_str(), "named" | "called");
    let is_verb = doc.is(at, Auxiliary)
        || is_last && (doc.is(at, PastTense) || doc.is(at, SpeechVerb)) && doc.word(at) == word
        || word.ends_with("ing") && doc.word(at) == word && !doc.is(at, RoleNoun);
    let is_noun = doc.tokens[at].kind != TokenKind::Punctuation
        && ![FunctionWord, Preposition, Subordinator].iter().any(|it| doc.is(at, *it))
        && !is_preposition(&word)
        && !is_relative(&word)
        && !is_verb;
    in_role || is_owner || is_article || is_naming || is_noun
}

/// Whether an apposition ends with the name that ends at token `end`, or with its complement: "Ingrid Moe of Bergen,".
fn is_closed(doc: &Document, end: usize, sentence_end: usize) -> bool {
    let is_end = |at: usize| {
        matches!(doc.word(at), "," | "." | "" | "—" | "–" | "(" | ")" | ";") || at >= sentence_end
    };
    if is_end(end) || matches!(doc.word(end), "who" | "whose") {
        return true;
    }
    let complement = end + 1..sentence_end.min(end + 1 + MAX_COMPLEMENT_TOKENS);
    let is_inside =
        |it: &usize| !doc.is(*it, Auxiliary) && !doc.is(*it, SpeechVerb) && !is_relative(doc.word(*it));
    let mut inside = complement.clone().take_while(is_inside);
    matches!(doc.word(end), "of" | "from" | "at" | "in") && inside.any(is_end)
}
