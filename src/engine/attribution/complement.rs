//! Complements: what stands after a reporting verb, and whether it is a statement, a judgement or only a thing or topic.

use std::ops::Range;

use crate::engine::attribution::Attribution;
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::engine::text::tokens::TokenKind;
use crate::word_list::word_list;

/// Nouns for what somebody said earlier.
const STATEMENT_NOUNS: &[&str] = &word_list!("statement-nouns");
/// Nouns for what somebody is blamed for.
const FAULT_NOUNS: &[&str] = &word_list!("fault-nouns");
/// Forms of frequent verbs that are seldom nouns.
const PLAIN_VERBS: &[&str] = &word_list!("plain-verbs");
/// Adjectives of judgement that have no ending of adjectives: "devastating", "absurd".
const JUDGEMENT_ADJECTIVES: &[&str] = &word_list!("judgement-adjectives");
/// A reference to an earlier statement has at most this many words: "those very serious allegations".
const MAX_REFERENCE_WORDS: usize = 4;
/// "that" with a phrase points to an earlier statement up to this many words: "that in a letter to the board".
const MAX_POINTER_WORDS: usize = 7;
/// An infinitive begins after at most this many tokens of the person spoken to: "told | the men of the village | to go".
const MAX_TOKENS_BEFORE_INFINITIVE: usize = 14;
/// How many letters a word has at least whose ending tells that it is an adjective.
const MIN_ADJECTIVE_LETTERS: usize = 4;

/// Whether tokens are a clause, not a noun phrase or an infinitive: "that it rained", "just how it rained", "it rained".
pub(crate) fn is_clause(doc: &Document, mut tokens: Range<usize>) -> bool {
    while tokens.len() > 1 && (doc.is(tokens.start, LexicalClass::Adverb) || doc.word(tokens.start) == ",") {
        tokens.start += 1;
    }
    doc.is(tokens.start, LexicalClass::ReportedClauseOpener) || has_own_verb(doc, tokens)
}

/// Whether tokens have a finite verb that belongs to no relative or other subordinate clause: "the dam would hold", "the dam
/// leaked".
pub(crate) fn has_own_verb(doc: &Document, tokens: Range<usize>) -> bool {
    let subordinates = |token: usize| {
        doc.is(token, LexicalClass::ClauseBoundary)
            || matches!(doc.word(token), "after" | "before" | "since" | "until")
    };
    // "depth to the side, | with young players locked in"
    let accompanies = |token: usize| doc.word(token) == "with" && doc.word(token - 1) == ",";
    // "the test over two years, | and the result held": the verb of another clause, where no comma before it makes a list.
    let first_comma = tokens.clone().find(|it| doc.word(*it) == ",");
    let begins_clause = |token: usize| {
        Some(token) == first_comma && matches!(doc.word(token + 1), "and" | "but" | "so" | "yet")
    };
    let main = tokens.clone().take_while(|it| {
        *it == tokens.start || !subordinates(*it) && !accompanies(*it) && !begins_clause(*it)
    });
    main.skip(1).any(|it| is_finite(doc, tokens.start, it, tokens.end))
}

/// The second finite verb of tokens that begin with a clause, which is the verb of the main clause: "the tip would close | came in
/// March". `None` where there is none.
pub(crate) fn verb_after_clause(doc: &Document, tokens: Range<usize>) -> Option<usize> {
    let first = (tokens.start + 1..tokens.end).find(|it| is_finite(doc, tokens.start, *it, tokens.end))?;
    // "would not be closed": one verb.
    let is_helper = |token: usize| {
        [LexicalClass::Auxiliary, LexicalClass::Adverb, LexicalClass::Negation]
            .iter()
            .any(|it| doc.is(token, *it))
    };
    let helpers = (first..tokens.end).take_while(|it| is_helper(*it)).count();
    let after = first + helpers.max(1) + usize::from(helpers > 0);
    // "the boat found in May | was sold": a participle, where another verb follows it.
    (after..tokens.end).find(|it| is_finite(doc, tokens.start, *it, tokens.end))
}

/// Whether the word at a token between `start` and `end` is a finite verb, so far as its form and its neighbours tell.
pub(crate) fn is_finite(doc: &Document, start: usize, token: usize, end: usize) -> bool {
    let word = doc.lower(token);
    let before = token - 1;
    let before_is = |class: LexicalClass| doc.is(before, class);
    let next_is = |class: LexicalClass| token + 1 < end && doc.is(token + 1, class);
    if doc.is(token, LexicalClass::Auxiliary) && doc.word(token) != "May" {
        return !matches!(word.as_str(), "being" | "been") && doc.lower(before) != "to";
    }
    let follows_noun = !before_is(LexicalClass::Determiner)
        && !before_is(LexicalClass::Preposition)
        && doc.tokens[before].kind != TokenKind::Punctuation
        && !is_possessive(doc, before)
        && !matches!(doc.lower(before).as_str(), "and" | "or" | "to" | "more" | "most")
        && (before > start || !before_is(LexicalClass::Adverb));
    if !follows_noun || !doc.word(token).starts_with(char::is_lowercase) {
        return false;
    }
    // "a plan | proposed by Lee", "the man | named Ray", "the recently | closed road" have participles.
    let is_irregular = !word.ends_with("ed");
    let is_past = doc.is(token, LexicalClass::PastTense)
        && (is_irregular || doc.lower(token + 1) != "by")
        && !(before_is(LexicalClass::Adverb) && token + 1 < end && is_plain_noun(doc, token + 1));
    let is_third_person = word.len() > 3
        && word.ends_with('s')
        && !word.ends_with("ss")
        && (next_is(LexicalClass::Determiner)
            || next_is(LexicalClass::SubjectPronoun)
            || next_is(LexicalClass::ObjectPronoun)
            || next_is(LexicalClass::Negation)
            || matches!(doc.lower(token + 1).as_str(), "to" | "that" | "how" | "why"));
    let is_base = PLAIN_VERBS.binary_search(&word.as_str()).is_ok() && doc.lower(token + 1) != "by";
    is_past || is_third_person || is_base
}

/// Whether a token is a word of no class that could begin a phrase after a verb.
fn is_plain_noun(doc: &Document, token: usize) -> bool {
    doc.word(token).starts_with(char::is_lowercase)
        && ![
            LexicalClass::Determiner,
            LexicalClass::Preposition,
            LexicalClass::Adverb,
            LexicalClass::ObjectPronoun,
        ]
        .iter()
        .any(|it| doc.is(token, *it))
}

fn is_possessive(doc: &Document, token: usize) -> bool {
    matches!(doc.word(token), "'s" | "’s" | "'" | "’")
}

/// Whether tokens are a clause or an infinitive, with or without the person spoken to: "to leave", "the men to leave".
pub(crate) fn is_statement(doc: &Document, tokens: Range<usize>) -> bool {
    let begins_infinitive = |token: usize| {
        let is_noun_phrase =
            [LexicalClass::Determiner, LexicalClass::ObjectPronoun, LexicalClass::QuestionWord];
        doc.lower(token) == "to"
            && token + 1 < tokens.end
            && doc.word(token + 1).starts_with(char::is_lowercase)
            && !is_noun_phrase.iter().any(|it| doc.is(token + 1, *it))
    };
    let mut window = tokens.clone().take(MAX_TOKENS_BEFORE_INFINITIVE);
    is_clause(doc, tokens.clone()) || window.any(begins_infinitive)
}

/// The words between who or what is judged and the reason, for a verb of judgement in lower case: "accused Lee | of fraud",
/// "blamed the flood | on the dam".
pub(crate) fn reason_words(verb: &str) -> &'static [&'static str] {
    match () {
        () if verb.starts_with("accus") => &["of"],
        () if verb.starts_with("blam") => &["for", "on"],
        () => &["as", "for", "over"],
    }
}

/// Whether tokens give a reason, a judgement or a charge: "the plan for its cost", "Lee of fraud", "it as a farce". Only what is
/// judged is no statement: "the plan".
pub(crate) fn is_judgement(doc: &Document, cue: Range<usize>, tokens: Range<usize>) -> bool {
    let of_accusation = (cue.start..cue.end).any(|it| doc.lower(it).starts_with("accus"));
    let verb = cue.clone().find(|it| doc.is(*it, LexicalClass::JudgementReportingWord));
    let words = verb.map_or(&[][..], |it| reason_words(&doc.lower(it)));
    let gives_reason = |token: usize| words.contains(&doc.lower(token).as_str());
    let is_gerund = |token: usize| {
        let word = doc.lower(token);
        word.len() > 4 && word.ends_with("ing") && doc.tokens[token - 1].kind != TokenKind::Punctuation
    };
    let names_fault = |token: usize| FAULT_NOUNS.binary_search(&doc.lower(token).as_str()).is_ok();
    let last = cue.end.saturating_sub(1);
    tokens.clone().any(gives_reason)
        || tokens.clone().any(names_fault)
        || cue.end > cue.start && gives_reason(last) && doc.lower(last) != "for"
        || is_clause(doc, tokens.clone())
        || !of_accusation && tokens.clone().skip(1).any(is_gerund)
}

/// Whether something is called something: "him a hero", "the gathering a council", "it unfair". "Her husband" and "a meeting"
/// are called by telephone, or together.
pub(crate) fn is_naming(doc: &Document, tokens: Range<usize>) -> bool {
    let is_determiner = |token: usize| doc.is(token, LexicalClass::Determiner);
    let is_phrase_word = |token: usize| {
        doc.tokens[token].kind != TokenKind::Punctuation
            && !doc.is(token, LexicalClass::Preposition)
            && !matches!(doc.lower(token).as_str(), "and" | "or" | "that")
    };
    // "a meeting | to discuss the toll": what follows belongs to the noun.
    let ends_phrase =
        |token: usize| matches!(doc.lower(token).as_str(), "to" | "that" | "who" | "which" | "," | ";" | ":");
    let first_end = tokens.start + 1;
    let begins_second = |token: usize| {
        is_determiner(token)
            && is_phrase_word(token - 1)
            && (!is_determiner(token - 1) || doc.is(token - 1, LexicalClass::ObjectPronoun))
    };
    let Some(last) = tokens.clone().take_while(|it| *it == tokens.start || is_phrase_word(*it)).last() else {
        return false;
    };
    let pronoun = doc.is(tokens.start, LexicalClass::ObjectPronoun) && doc.lower(tokens.start) != "her";
    let describes = |token: usize| {
        token >= first_end
            && is_phrase_word(token)
            && !doc.is(token, LexicalClass::Adverb)
            && is_adjective(&doc.lower(token))
    };
    let names_pronoun = pronoun
        && tokens.len() > 1
        && is_phrase_word(first_end)
        && !doc.is(first_end, LexicalClass::Adverb)
        && !matches!(doc.lower(first_end).as_str(), "back" | "home" | "out" | "in" | "over" | "up" | "to");
    // "Ships call | there twice a week"
    if doc.is(tokens.start, LexicalClass::Adverb)
        || matches!(doc.lower(tokens.start).as_str(), "there" | "here")
    {
        return false;
    }
    doc.lower(tokens.start) == "what"
        || tokens.clone().take_while(|it| !ends_phrase(*it)).skip(1).any(begins_second)
        || names_pronoun
        || describes(last)
}

/// Whether a word is an adjective of judgement, or ends as adjectives do.
fn is_adjective(word: &str) -> bool {
    const ENDINGS: &[&str] = &["able", "ible", "ful", "ous", "ive", "less", "ish", "ic"];
    let has_ending = || word.starts_with("un") || ENDINGS.iter().any(|it| word.ends_with(it));
    JUDGEMENT_ADJECTIVES.binary_search(&word).is_ok() || word.len() > MIN_ADJECTIVE_LETTERS && has_ending()
}

/// Whether tokens only point to what was said elsewhere: "those allegations", "this", "the same thing", "that in a letter".
pub(crate) fn is_reference(doc: &Document, tokens: Range<usize>) -> bool {
    let words: Vec<usize> =
        tokens.clone().filter(|it| doc.tokens[*it].kind != TokenKind::Punctuation).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
    let word = doc.lower(*first);
    let is_pointer = matches!(word.as_str(), "this" | "that" | "it" | "so");
    let follows_phrase = words
        .get(1)
        .is_none_or(|it| doc.is(*it, LexicalClass::Preposition) || doc.is(*it, LexicalClass::TimeWord));
    let is_noun_reference = words.len() <= MAX_REFERENCE_WORDS
        && doc.is(*first, LexicalClass::Determiner)
        && !matches!(word.as_str(), "a" | "an")
        && STATEMENT_NOUNS.binary_search(&doc.lower(*last).as_str()).is_ok();
    let is_single = words.len() == 1
        && (STATEMENT_NOUNS.binary_search(&word.as_str()).is_ok()
            || matches!(word.as_str(), "what" | "which" | "whom"));
    let is_short = word != "that" || words.len() <= MAX_POINTER_WORDS;
    is_pointer && follows_phrase && is_short && !has_own_verb(doc, tokens) || is_noun_reference || is_single
}

/// Whether a content that stands directly before source and cue is only what they say something of: "Everything | Lee says is
/// a lie", "That was what | Lee said".
pub(crate) fn is_object_of_relative(doc: &Document, attribution: &Attribution) -> bool {
    let (Some(source), Some(cue), [content]) =
        (attribution.source, attribution.cue, &attribution.contents[..])
    else {
        return false;
    };
    let (content, source) = (doc.tokens_in(*content), doc.tokens_in(source));
    let is_plain_end =
        content.end > content.start && doc.tokens[content.end - 1].kind != TokenKind::Punctuation;
    content.end == source.start && source.end <= doc.tokens_in(cue).start && is_plain_end
}

/// Whether only the topic of the speech is given: "asked about | the war". To warn about something says that it threatens.
pub(crate) fn is_topic(doc: &Document, cue: Range<usize>, tokens: Range<usize>) -> bool {
    let is_about = |token: usize| doc.lower(token) == "about";
    let warns = (cue.start..cue.end).any(|it| doc.lower(it).starts_with("warn"));
    let ends_with_about = cue.len() > 1 && is_about(cue.end - 1);
    // "insisted on | paying": an act.
    let is_on = |token: usize| doc.lower(token) == "on";
    let insists = (cue.start..cue.end).any(|it| doc.lower(it).starts_with("insist"))
        && (is_on(cue.end.saturating_sub(1)) || is_on(tokens.start));
    // "a comment about | half of the people being idle": a clause without a finite verb.
    let has_gerund = tokens.clone().skip(1).any(|it| matches!(doc.word(it), "being" | "having"));
    !warns
        && !has_gerund
        && !is_clause(doc, tokens.clone())
        && (ends_with_about || is_about(tokens.start) || insists)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::with_document;

    /// Whether `check` holds for the tokens of `words`.
    fn holds(words: &str, check: impl FnOnce(&Document, Range<usize>) -> bool) -> bool {
        with_document(words, |doc| check(doc, 0..doc.tokens.len()))
    }

    #[test]
    fn a_clause_has_a_verb_of_its_own() {
        for (words, expected) in [
            ("that it rained", true),
            ("the dam leaked", true),
            ("the dam would hold", true),
            ("the plan needs the money", true),
            ("officials know the risk", true),
            ("the temporary closure of the dam", false),
            ("a plan proposed by Lee", false),
            ("the faith built the town", true),
            ("a dam built by Lee", false),
            ("depth to the side, with young players already locked in", false),
            ("banning boats as it rained", false),
            ("the proposed ferry", false),
            ("the test over two years, and the result held", false),
            ("the road, the quay, and the bridge were closed", true),
            ("the plan of the board in May", false),
            ("the man who said it leaked", false),
            ("a recently closed road", false),
        ] {
            assert_eq!(holds(words, is_clause), expected, "{words}");
        }
    }

    #[test]
    fn a_statement_may_be_an_infinitive() {
        for (words, expected) in [
            ("them to leave", true),
            ("to have seen it", true),
            ("the men of the village to go", true),
            ("the story of the lake", false),
            ("the title", false),
            ("a letter to the board", false),
        ] {
            assert_eq!(holds(words, is_statement), expected, "{words}");
        }
    }

    #[test]
    fn what_is_called_gets_a_name() {
        for (words, expected) in [
            ("him a hero", true),
            ("the toll an insult", true),
            ("the toll unfair", true),
            ("it unfair", true),
            ("her a liar", true),
            ("her husband", false),
            ("him back to Tarn", false),
            ("a meeting of the board", false),
            ("a meeting to discuss the toll", false),
            ("the evidence devastating", true),
            ("the delay long overdue", true),
            ("the board meeting", false),
            ("police", false),
        ] {
            assert_eq!(holds(words, is_naming), expected, "{words}");
        }
    }

    #[test]
    fn a_reference_repeats_nothing_that_was_said() {
        for (words, expected) in [
            ("those allegations", true),
            ("the same thing", true),
            ("this in a statement", true),
            ("which", true),
            ("a claim", false),
            ("any wrongdoing", false),
            ("this road is closed", false),
        ] {
            assert_eq!(holds(words, is_reference), expected, "{words}");
        }
    }

    #[test]
    fn a_judgement_gives_a_reason() {
        for (text, expected) in [
            ("criticised the plan for its cost", true),
            ("criticised the plan", false),
            ("denounced it as a coup", true),
            ("accused Lee of theft", true),
            ("accused Lee", false),
            ("described the lake", false),
        ] {
            let found = with_document(text, |doc| is_judgement(doc, 0..1, 1..doc.tokens.len()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
