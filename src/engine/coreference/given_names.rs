//! Names that a description's own clause gives: "A student, who gave her name as | Amanda |, said …".

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::EntityMention;
use crate::engine::entities::mention_search::MentionSearch;
use crate::engine::text::document::Document;

/// How many tokens the clause may have up to the name: "who asked to be identified only by her first name, | Sara".
const MAX_CLAUSE_TOKENS: usize = 16;

/// The person by whose name the clause behind a description calls them, as the index of the mention. `tokens` are those of the
/// description, with the clause or without.
pub(crate) fn name_in_clause(
    doc: &Document,
    mentions: &[EntityMention],
    tokens: &Range<usize>,
) -> Option<usize> {
    let sentence = doc.sentences.get(doc.sentence_of(tokens.start))?.tokens.end;
    // ", who" may stand directly behind the source.
    let window = tokens.start + 1..sentence.min(tokens.end + 2);
    let who = window.into_iter().find(|it| doc.lower(*it) == "who")?;
    let clause = who + 1..sentence.min(who + 1 + MAX_CLAUSE_TOKENS);
    let name = mentions.inside(&clause).find(|it| mentions[*it].kind == EntityKind::Person)?;
    let tokens = &mentions[name].tokens;
    let is_owner = matches!(doc.word(tokens.end), "'s" | "’s");
    (gives_name(doc, who + 1..tokens.start) && !is_owner).then_some(name)
}

/// Whether the words of a clause before a name give it to whom they tell of: "gave only his surname,", "asked to be identified as".
fn gives_name(doc: &Document, clause: Range<usize>) -> bool {
    let words: Vec<String> = clause.map(|it| doc.lower(it)).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let has_own_name = |it: &[&str]| matches!(it, [owner, .., noun] if is_own(owner) && is_name_noun(noun));
    let names_self = (1..=3).any(|length| words.windows(length + 1).any(has_own_name));
    let is_identified = words.windows(2).any(|it| {
        matches!(it, ["be" | "being" | "goes" | "going", "identified" | "named" | "called" | "known" | "by"])
            || matches!(it, ["identified" | "named" | "called", "himself" | "herself" | "themselves"])
    });
    let is_refused = words.iter().any(|it| matches!(*it, "not" | "n't" | "without" | "declined" | "refused"));
    let leads_to_name = matches!(
        words.last(),
        Some(&("as" | "by" | "is" | "was" | "," | "name" | "surname" | "himself" | "herself"))
    );
    (names_self || is_identified) && leads_to_name && !is_refused
}

/// Whether a word tells that a name is that of the person told of: "gave | her | name".
fn is_own(word: &str) -> bool {
    matches!(word, "his" | "her" | "their" | "a")
}

fn is_name_noun(word: &str) -> bool {
    matches!(word, "name" | "nickname" | "pseudonym" | "surname")
}
