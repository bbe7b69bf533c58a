//! Publishers: the subjects of the verbs by which somebody brings out a document ("| Norbex | published a report", "the firm was sued by | Bo
//! Ray"), but not who only stands in the words about the subject ("victims of | Norbex | sued").

use crate::analysis::EntityKind;
use crate::engine::coreference::issuers::authors::Author;
use crate::engine::coreference::issuers::introductions::{
    self, DOCUMENTS_PUBLISHED_FOR_OTHERS, MAX_GAP, MAX_MODIFIERS, MAX_SPEAKERS,
};
use crate::engine::coreference::nominal_source::is_relative;
use crate::engine::coreference::{Resolver, person_nouns};
use crate::engine::entities::mention_search::MentionSearch;
use crate::engine::text::lexicon::LexicalClass::{
    Adverb, Auxiliary, Determiner, FormOfBe, FunctionWord, Negation, OrgNoun, Preposition, PublishingVerb,
    StandalonePronoun, TimeWord,
};
use crate::engine::text::tokens::TokenKind;
use crate::word_list::word_list;

/// How many words a relative clause has at most before a name: "who once represented | Ann Lee".
const MAX_CLAUSE_TOKENS: usize = 8;
/// Prepositions that begin clauses too: "after | Norbex published a report".
const PREPOSITIONS_BEFORE_CLAUSES: &[&str] = &word_list!("prepositions-before-clauses");

impl Resolver<'_> {
    /// Who brings out the document whose words begin at token `begin`: "The ministry published | a report". A body that publishes a letter may be a
    /// newspaper.
    pub(super) fn publishing_subject(&self, begin: usize, noun: usize, floor: usize) -> Option<usize> {
        let verb = begin.checked_sub(1).filter(|it| *it > floor)?;
        let verb = if self.doc.word(verb) == "out" { verb - 1 } else { verb };
        let is_leaked = (begin..noun).any(|it| self.doc.word(it) == "leaked");
        if is_leaked || !self.doc.is(verb, PublishingVerb) {
            return None;
        }
        let is_of_others = self.doc.word(verb) == "published"
            && DOCUMENTS_PUBLISHED_FOR_OTHERS.binary_search(&self.doc.word(noun)).is_ok();
        let is_body = |it: &usize| self.clusters[*it].kind == EntityKind::Organisation;
        self.subject_of(verb).filter(|it| !(is_of_others && is_body(it)))
    }

    /// Who makes a document by the verb that is token `verb`: "| Bo Ray | sued", "was sued by | Bo Ray".
    pub(super) fn maker(&self, verb: usize) -> Option<usize> {
        let sentence = self.doc.sentences.get(self.doc.sentence_of(verb))?.tokens.clone();
        let mut before = (sentence.start..verb).rev().filter(|it| !self.doc.is(*it, Adverb));
        let Some(be) = before.next().filter(|it| self.doc.is(*it, FormOfBe)) else {
            return self.subject_of(verb);
        };
        // "could be sued", "has not been sued", "denied having been sued"
        let is_told = match self.doc.word(be) {
            "was" | "were" | "is" | "are" => true,
            "been" => before.next().is_some_and(|it| matches!(self.doc.word(it), "has" | "have" | "had")),
            _ => false,
        };
        if !is_told || (be..verb).any(|it| self.doc.is(it, Negation)) {
            return None;
        }
        // "was sued in a suit backed | by | Halvex"
        let is_agent = |it: &usize| *it == verb + 1 || self.leads_to_author(*it);
        let by = (verb + 1..sentence.end.min(verb + 2 + MAX_GAP))
            .find(|it| self.doc.word(*it) == "by")
            .filter(is_agent)?;
        match self.author_at(by + 1, sentence.end) {
            Author::Known(maker, _) => Some(maker),
            Author::Unknown => None,
        }
    }

    /// The subject before the verb that is token `verb`.
    fn subject_of(&self, verb: usize) -> Option<usize> {
        let floor = self.doc.sentences.get(self.doc.sentence_of(verb))?.tokens.start;
        let is_helper = |it: &usize| self.doc.is(*it, Auxiliary) || self.doc.is(*it, Adverb);
        let subject = (floor..verb).rev().find(|it| !is_helper(it))?;
        // "was sent a letter", "never published a report"
        if (subject + 1..verb).any(|it| self.doc.is(it, FormOfBe) || self.doc.is(it, Negation)) {
            return None;
        }
        if let Some(speaker) = self.speaker_ending_at(subject) {
            return Some(speaker);
        }
        if self.doc.is(subject, OrgNoun) && self.is_lowercase(subject) {
            let opener =
                introductions::start_of_modifiers(self.doc, subject, floor).saturating_sub(1).max(floor);
            let is_new = matches!(self.doc.lower(opener).as_str(), "a" | "an" | "another");
            let known = self.organization_called(self.doc.word(subject), self.doc.tokens[subject].span);
            return known.filter(|_| !is_new);
        }
        let mention = self.salience.last_mention_before(self.doc.tokens[verb].span)?;
        let tokens = self.doc.tokens_in(mention.span);
        // "Ann Lee, who | wrote"
        let is_relative = self.doc.word(tokens.end) == ","
            && subject == tokens.end + 1
            && matches!(self.doc.word(subject), "who" | "which");
        // "Ann Lee, whose father | wrote", but "Ann Lee, the mayor, | wrote", "Ann Lee on Monday | wrote"
        let is_own = subject < tokens.end
            || is_relative
            || matches!(self.doc.word(subject), "," | ")")
            || self.doc.is(subject, TimeWord);
        let is_subject = is_own
            && tokens.start >= floor
            && tokens.end <= verb
            && verb - tokens.end <= MAX_GAP
            && (is_relative
                || !self.is_inside_phrase(tokens.start, floor)
                    && !self.is_in_relative_clause(tokens.start, floor));
        // "Ann Lee, the | Norbex | director, wrote"
        let holder = self.holder_of_role_with(tokens.start);
        // "Someone | wrote"
        let is_nobody = tokens.len() == 1 && self.doc.is(tokens.start, StandalonePronoun);
        (is_subject && !is_nobody).then(|| holder.unwrap_or(mention.cluster))
    }

    /// The speaker whose words end with a token: "the city of | Tarn | announced", "the Tarn Post | newspaper | reported".
    fn speaker_ending_at(&self, last: usize) -> Option<usize> {
        let mut speakers = self.salience.speakers_in(self.doc.sentence_of(last)).take(MAX_SPEAKERS);
        // "Someone | wrote"
        let ends = |it: usize| it == last + 1 && !self.doc.is(last, StandalonePronoun);
        let speaker = speakers.find(|it| ends(self.doc.tokens_in(it.span).end))?;
        (!self.is_document(speaker.cluster)).then_some(speaker.cluster)
    }

    /// Whether the name that begins at a token is the object of a relative clause: "a lawyer who once represented | Ann Lee".
    fn is_in_relative_clause(&self, name: usize, floor: usize) -> bool {
        let near = floor.max(name.saturating_sub(MAX_CLAUSE_TOKENS))..name;
        let mut clause = near.rev().take_while(|it| self.doc.tokens[*it].kind == TokenKind::Word);
        clause.any(|it| matches!(self.doc.word(it), "who" | "which" | "whose" | "whoever" | "Whoever"))
    }

    /// The person before the name that begins at a token, if their role has the name: "Ann Lee, the | Norbex | director".
    fn holder_of_role_with(&self, name: usize) -> Option<usize> {
        let number = self.entity_mentions.beginning_at(name)?;
        let before = number.checked_sub(1)?;
        let span = self.entity_mentions[number].span;
        let has_name = self.entity_mentions[before].roles.iter().any(|it| it.contains_span(span));
        has_name.then(|| self.cluster_of_mention[before])
    }

    /// Whether the name that begins at a token stands inside another phrase: "Victims of | Ann Lee", "a man who met | Ann Lee".
    fn is_inside_phrase(&self, name: usize, floor: usize) -> bool {
        let mention = self.entity_mentions.beginning_at(name).map(|it| &self.entity_mentions[it]);
        let roles = mention.into_iter().flat_map(|it| &it.roles);
        let start = roles.map(|it| self.doc.token_at(it.start)).fold(name, usize::min).max(floor);
        let is_modifier = |it: &usize| self.is_lowercase(*it) && !self.doc.is(*it, FunctionWord);
        // "a woman suing | Bo Ray"
        if (floor..start)
            .next_back()
            .is_some_and(|it| self.is_lowercase(it) && self.doc.word(it).ends_with("ing"))
        {
            return true;
        }
        let near = start.saturating_sub(MAX_MODIFIERS).max(floor)..start;
        let first = near.rev().take_while(is_modifier).last().unwrap_or(start);
        let is_article = |it: &usize| self.doc.is(*it, Determiner) && self.doc.word(*it) != "that";
        let before = (floor..first).rev().find(|it| !is_article(it));
        // "leaders of | Norbex | sent a letter"
        let leads = |it: usize| {
            let noun = it.checked_sub(1).map(|it| self.doc.lower(it)).unwrap_or_default();
            let singular = noun.strip_suffix('s').unwrap_or(&noun);
            person_nouns::leads_or_speaks(singular)
                && mention.is_some_and(|it| it.kind == EntityKind::Organisation)
        };
        // "In May Norbex published a report"
        before.filter(|it| *it > floor).is_some_and(|it| {
            let word = self.doc.lower(it);
            let opens_clause = PREPOSITIONS_BEFORE_CLAUSES.binary_search(&word.as_str()).is_ok();
            // "Everyone | but | Norbex"
            let excludes = || {
                word == "but" && (self.doc.is(it - 1, StandalonePronoun) || self.doc.lower(it - 1) == "all")
            };
            self.doc.is(it, Preposition) && !opens_clause && !leads(it)
                || is_relative(&word)
                || matches!(word.as_str(), "or" | "nor")
                || word == "as" && self.doc.word(it - 1) == "such"
                || excludes()
        })
    }
}
