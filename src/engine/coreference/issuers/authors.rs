//! Authors of documents, as the words behind their nouns tell them: "a letter by | Ann Lee", "a report from | the ministry", "the letter, signed by
//! | Ann Lee", "a letter that | Ann Lee | wrote", "a statement on | Norbex | ’s website".

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::coreference::Resolver;
use crate::engine::coreference::issuers::introductions::{
    DOCUMENTS_PUBLISHED_FOR_OTHERS, MAX_GAP, MAX_MODIFIERS,
};
use crate::engine::entities::mention_search::MentionSearch;
use crate::engine::text::lexicon::LexicalClass::{
    Auxiliary, Determiner, DocumentNoun, FormOfBe, FunctionWord, OrgNoun, PastTense, PublishingVerb,
    SpeechVerb, TimeWord, Title,
};
use crate::engine::text::tokens::{self, TokenKind};
use crate::word_list::word_list;

/// How many words the page of an issuer may have: "official Facebook page".
const MAX_SITE_WORDS: usize = 3;
/// How many tokens the title of a document has at most, with its quotation marks.
const MAX_TITLE_TOKENS: usize = 16;
/// Participles between a document and the "by" of its author: "written".
const AUTHORING_PARTICIPLES: &[&str] = &word_list!("authoring-participles");
/// Participles for writing it, which tell the author better than "published".
const WRITING_PARTICIPLES: &[&str] =
    &["authored", "co-authored", "co-written", "drafted", "penned", "written"];
/// Verbs for those who come by a document that others wrote: "received".
const RECEIVING_VERBS: &[&str] = &word_list!("receiving-verbs");

/// Nouns for where people and bodies publish: "Facebook page".
const PAGES: &[&str] = &word_list!("pages");
/// Nouns for what newspapers and journals print.
const ARTICLES: &[&str] = &word_list!("articles");

/// Whom the words behind a document tell as its author.
#[derive(Clone, Copy, Debug)]
pub(super) enum Author {
    /// Their cluster, and the token behind the name.
    Known(usize, usize),
    /// Somebody whom the story does not name: "a manifesto by | the killer".
    Unknown,
}

impl Resolver<'_> {
    /// The author behind the noun that is token `noun`; `None` where the words behind it tell of none.
    pub(super) fn author_after(&self, noun: usize, end: usize) -> Option<Author> {
        let start = self.start_of_aside(self.end_of_title(noun + 1, end));
        let is_aside = start > noun + 1 && self.doc.word(start - 1) == ",";
        if let Some(author) = self.author_in_clause(noun, start, end) {
            return Some(author);
        }
        // "a report released with help from Norbex"
        let ends = |it: &usize| self.ends_phrase(*it) || self.doc.word(*it) == "with";
        let within = |length: usize| {
            start
                ..(start..end.min(start + length))
                    .take_while(|it| !ends(it))
                    .last()
                    .map_or(start, |it| it + 1)
        };
        // "commissioned by the council and written | by | Delta Survey", "posted on Norbex’s website | by | the union"
        let mut bys = within(2 * MAX_GAP).filter(|it| self.doc.word(*it) == "by").peekable();
        if bys.peek().is_some() {
            // "published by Norbex and written | by | Ann Lee"
            let is_writing = |it: &usize| WRITING_PARTICIPLES.binary_search(&self.doc.word(*it - 1)).is_ok();
            let by = bys.clone().find(is_writing).or_else(|| bys.find(|it| self.leads_to_author(*it)))?;
            return Some(self.author_at(by + 1, end)).filter(|it| self.tells(*it, by, is_aside));
        }
        if within(2 * MAX_GAP).any(|it| self.is_received(it, end)) {
            return Some(Author::Unknown);
        }
        let joint = within(MAX_GAP + 1).find(|it| matches!(self.doc.word(*it), "from" | "on" | "of"))?;
        if self.doc.word(joint) != "from" || !self.leads_to_author(joint) {
            return None;
        }
        let author = self.author_at(joint + 1, end);
        let is_place = matches!(author, Author::Known(it, _) if self.clusters[it].kind == EntityKind::Place);
        Some(author).filter(|it| !is_place && self.tells(*it, joint, is_aside))
    }

    /// Whether the words behind the "by" or "from" at a token tell of an author: "from | last week" does not, nor does "by | mail" in an aside.
    fn tells(&self, author: Author, joint: usize, is_aside: bool) -> bool {
        let start = joint + 1;
        let is_bare = self.doc.word(joint) == "by" && self.is_lowercase(start);
        let is_time = self.doc.is(start, TimeWord) || self.doc.is(start + 1, TimeWord);
        match author {
            Author::Known(..) => true,
            Author::Unknown => !is_aside && !is_time && (is_bare || self.doc.is(start, Determiner)),
        }
    }

    /// The author whose words begin at a token: "| Ann Lee", "| Sen. Ann Lee", "| Norbex | ’s director Ann Lee", "| the ministry".
    pub(super) fn author_at(&self, start: usize, end: usize) -> Author {
        let start = start + usize::from(self.doc.lower(start) == "the");
        // "a letter from | her mother"
        let is_relation = matches!(self.doc.word(start), "his" | "her" | "its" | "their");
        if start >= end || is_relation {
            return Author::Unknown;
        }
        if let Some(mut name) = self.name_at(start, end) {
            let owned = self.entity_mentions[name].tokens.end;
            if matches!(self.doc.word(owned), "'s" | "’s" | "’" | "'") {
                match self.name_at(owned + 1, end) {
                    Some(own) => name = own,
                    None if self.is_medium_at(owned + 1) => {}
                    None => return Author::Unknown,
                }
            }
            return Author::Known(self.cluster_of_mention[name], self.entity_mentions[name].tokens.end);
        }
        if let Some(spoken) = self.salience.cluster_at(self.doc.tokens[start].span.start) {
            return Author::Known(spoken, start + 1);
        }
        let is_modified = !self.doc.is(start + 1, FunctionWord) && self.is_lowercase(start + 1);
        let is_organization = self.doc.is(start, OrgNoun) && self.is_lowercase(start) && !is_modified;
        let span = self.doc.tokens[start].span;
        let called = Some(start).filter(|_| is_organization);
        let called = called.and_then(|it| self.organization_called(self.doc.word(it), span));
        called.map_or(Author::Unknown, |it| Author::Known(it, start + 1))
    }

    /// The name that begins at a token, with its role or other words before it: "| Norbex director Ann Lee", "| state-owned agency Norbex".
    fn name_at(&self, start: usize, end: usize) -> Option<usize> {
        let near = self.entity_mentions.inside(&(start..end.min(start + 4 * MAX_MODIFIERS)));
        let has_role_at = |number: &usize| {
            let roles = &self.entity_mentions[*number].roles;
            roles.iter().any(|it| self.doc.tokens_in(*it).contains(&start))
        };
        let of_role = near.clone().take(MAX_GAP).find(has_role_at);
        of_role.or_else(|| self.entity_mentions.covering(start)).or_else(|| {
            let first = near.clone().next()?;
            let name = self.entity_mentions[first].tokens.start;
            // "the magazine | “ | Der Spiegel”"
            let is_mark = name > start && tokens::is_quotation_mark(self.doc.word(name - 1));
            let before = start..name - usize::from(is_mark);
            let is_modifier = |it: usize| {
                let is_word = self.doc.tokens[it].kind == TokenKind::Word || self.doc.is(it, Title);
                let mut others = [FunctionWord, Auxiliary, SpeechVerb, PublishingVerb].iter();
                // "state-owned"
                let is_participle = self.doc.is(it, PastTense) && !self.doc.word(it).contains('-');
                is_word && !is_participle && !others.any(|class| self.doc.is(it, *class))
            };
            (before.len() <= MAX_MODIFIERS && before.into_iter().all(is_modifier)).then_some(first)
        })
    }

    /// Whether the words at a token call a document or a page: "official | website".
    fn is_medium_at(&self, start: usize) -> bool {
        let is_page = |it: usize| PAGES.binary_search(&self.doc.word(it)).is_ok();
        (start..start + MAX_SITE_WORDS).any(|it| self.doc.is(it, DocumentNoun) || is_page(it))
    }

    /// The author in the clause that begins behind a noun: "a letter | in which Ann Lee resigned", "a letter | that Ann Lee had written", "a letter
    /// | she had received".
    fn author_in_clause(&self, noun: usize, start: usize, end: usize) -> Option<Author> {
        if self.doc.word(start) == "in" && self.doc.word(start + 1) == "which" {
            // "a report in which Ann Lee is criticised"
            let is_subject =
                |it: &Author| matches!(it, Author::Known(_, behind) if !self.doc.is(*behind, FormOfBe));
            let is_of_others = DOCUMENTS_PUBLISHED_FOR_OTHERS.binary_search(&self.doc.word(noun)).is_ok();
            return Some(self.author_at(start + 2, end)).filter(|it| is_of_others && is_subject(it));
        }
        let subject = start + usize::from(matches!(self.doc.word(start), "that" | "which"));
        let author = self.author_at(subject, end);
        let Author::Known(_, behind) = author else { return None };
        let mut verbs = (behind..end.min(behind + MAX_GAP)).skip_while(|it| self.doc.is(*it, Auxiliary));
        let verb = verbs.next()?;
        if self.is_received(verb, end) {
            return Some(Author::Unknown);
        }
        let is_authoring = self.doc.is(verb, PublishingVerb)
            || AUTHORING_PARTICIPLES.binary_search(&self.doc.word(verb)).is_ok();
        (is_authoring && self.ends_clause(verb + 1, end)).then_some(author)
    }

    /// Whether a verb without an object tells that a document is from somebody else: "a letter she had | received | from Norbex", but not "a report
    /// that | found | cracks".
    fn is_received(&self, verb: usize, end: usize) -> bool {
        let is_receiving = RECEIVING_VERBS.binary_search(&self.doc.word(verb)).is_ok();
        is_receiving && (self.ends_clause(verb + 1, end) || matches!(self.doc.word(verb + 1), "from" | "at"))
    }

    /// Whether a verb has no object, since nothing but a time or a place stands at the token behind it: not "a statement that Norbex had published | a
    /// report".
    fn ends_clause(&self, next: usize, end: usize) -> bool {
        next == end
            || self.doc.tokens[next].kind == TokenKind::Punctuation
            || self.doc.is(next, TimeWord)
            || matches!(self.doc.word(next), "on" | "in")
    }

    /// The owner of the medium of a document behind its noun: "posted on | Norbex | ’s website", "an article in | the Tarn Post".
    pub(super) fn medium_owner_after(&self, noun: usize, end: usize) -> Option<usize> {
        let start = self.end_of_title(noun + 1, end);
        let within = (start..end.min(start + MAX_GAP + 1)).take_while(|it| !self.ends_phrase(*it));
        let mut joints = within.filter(|it| matches!(self.doc.word(*it), "on" | "in" | "with"));
        joints.find_map(|joint| {
            let Author::Known(owner, behind) = self.author_at(joint + 1, end) else { return None };
            let is_owner = if matches!(self.doc.word(behind), "'s" | "’s") {
                self.is_medium_at(behind + 1)
            } else {
                self.doc.word(joint) != "on"
                    && ARTICLES.binary_search(&self.doc.word(noun)).is_ok()
                    && self.clusters[owner].kind == EntityKind::Organisation
            };
            is_owner.then_some(owner)
        })
    }

    /// Who makes something known in the document whose words begin at token `begin`, where the sentence is no quote: the name with which it begins
    /// ("| Ann Lee |, the mayor, in a statement attacked …"), or the one behind "says" ("…, says | Norbex | in an analysis").
    pub(super) fn name_before_medium(&self, begin: usize, sentence: &Range<usize>) -> Option<usize> {
        let preposition =
            begin.checked_sub(1).filter(|it| *it > sentence.start && self.doc.word(*it) == "in")?;
        let first = sentence.start + usize::from(self.doc.word(sentence.start) == "The");
        let subject = self.entity_mentions.beginning_at(first).filter(|it| {
            let aside = self.entity_mentions[*it].tokens.end..preposition;
            let is_aside = aside.len() > 1
                && self.doc.word(aside.start) == ","
                && self.doc.word(aside.end - 1) == ","
                && !aside.clone().any(|it| self.doc.is(it, SpeechVerb) || self.doc.is(it, Auxiliary));
            aside.is_empty() || is_aside
        });
        let number = subject.or_else(|| {
            let open = (preposition - 1).checked_sub(2).filter(|it| self.doc.word(*it) == "(");
            let end = open.unwrap_or(preposition);
            let number = self.entity_mentions.partition_point(|it| it.tokens.end < end);
            let name = self.entity_mentions.get(number).filter(|it| it.tokens.end == end)?;
            let verb = (sentence.start..name.tokens.start).rev().find(|it| self.doc.word(*it) != "the")?;
            matches!(self.doc.word(verb), "said" | "says").then_some(number)
        })?;
        let cluster = self.cluster_of_mention[number];
        (self.clusters[cluster].kind != EntityKind::Place).then_some(cluster)
    }

    /// The token behind the title in quotation marks that begins at a token; the token itself where none begins: "the book “Tin Men,” | by".
    fn end_of_title(&self, start: usize, end: usize) -> usize {
        let is_mark = |it: &usize| tokens::is_quotation_mark(self.doc.word(*it));
        let mut title: Range<usize> = start + 1..end.min(start + MAX_TITLE_TOKENS);
        title.find(is_mark).filter(|_| is_mark(&start)).map_or(start, |it| it + 1)
    }

    /// The token behind the comma and the relative pronoun of an aside that tells the author; the token itself where none begins: "the report, | by
    /// Norbex,", "the report, which was | published by".
    fn start_of_aside(&self, start: usize) -> usize {
        if self.doc.word(start) != "," {
            return start;
        }
        let is_relative =
            matches!(self.doc.word(start + 1), "which" | "that") && self.doc.is(start + 2, Auxiliary);
        let first = if is_relative { start + 3 } else { start + 1 };
        let word = self.doc.word(first);
        let tells = matches!(word, "by" | "from") && !is_relative
            || AUTHORING_PARTICIPLES.binary_search(&word).is_ok();
        if tells { first } else { start }
    }

    /// Whether a token ends the phrase of a document.
    fn ends_phrase(&self, at: usize) -> bool {
        matches!(self.doc.word(at), "," | "-" | "–" | "—" | "a" | "an")
    }

    /// Whether the "by" or "from" at a token leads to who made a document, not to who read it: "a memo | written | by", but not "a memo | seen | by".
    pub(super) fn leads_to_author(&self, joint: usize) -> bool {
        let before = joint.saturating_sub(1);
        !self.doc.is(before, PastTense)
            || self.doc.is(before, DocumentNoun)
            || AUTHORING_PARTICIPLES.binary_search(&self.doc.word(before)).is_ok()
    }
}
