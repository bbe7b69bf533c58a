//! The words of a source → what kind of words they are, and what of them matters.

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::{Name, Sex};
use crate::engine::text::document::Sheet;
use crate::engine::text::lexicon::{Lexicon, Sense};
use crate::engine::text::tokens::Class;
use crate::span::Span;

/// What a source is made of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Phrase {
    /// Nobody that the story could name: "my friends", no words at all.
    Empty,
    /// "I", "we": whoever tells the story.
    Narrator,
    /// "you": whoever is asked.
    Addressee,
    /// A name, by its number; what stands beside it does not matter.
    Name(usize),
    /// Several names that speak together.
    Joint(Vec<usize>),
    Pronoun(Pronoun),
    /// Words in capitals that were not found as a name, and what they name.
    Proper(Span, EntityKind),
    Description(Description),
}

impl Phrase {
    /// The words of the source that mention somebody, where they are not all of it.
    pub(crate) fn own_words(&self) -> Option<Span> {
        match self {
            Self::Proper(span, _) => Some(*span),
            Self::Description(it) => Some(it.span),
            _ => None,
        }
    }
}

/// A pronoun that can speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pronoun {
    He,
    She,
    They,
    It,
    Who,
}

impl Pronoun {
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "he" | "him" | "his" | "himself" => Self::He,
            "she" | "her" | "hers" | "herself" => Self::She,
            "they" | "them" | "their" | "themselves" => Self::They,
            "it" | "its" | "itself" => Self::It,
            "who" | "which" | "that" | "whose" | "whom" => Self::Who,
            _ => return None,
        })
    }

    pub(crate) fn sex(self) -> Option<Sex> {
        match self {
            Self::He => Some(Sex::Male),
            Self::She => Some(Sex::Female),
            _ => None,
        }
    }
}

/// An unnamed source: "a State Department official", "the ministry", "researchers".
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Description {
    /// The phrase without relative clauses and what follows a comma.
    pub(crate) span: Span,
    /// Its noun in lower case.
    pub(crate) noun: String,
    /// What stands before the noun, in lower case.
    modifiers: Vec<String>,
    /// What follows the noun, in lower case, without function words.
    complement: Vec<String>,
    pub(crate) sex: Option<Sex>,
    pub(crate) definite: bool,
    pub(crate) plural: bool,
    pub(crate) body: bool,
    /// Whether its noun tells of one human being.
    pub(crate) human: bool,
}

impl Description {
    /// Whether somebody with this role may be meant: "the foreign minister" by "British Foreign Minister".
    pub(crate) fn told_by(&self, role: &str) -> bool {
        let role = role.to_lowercase();
        let words: Vec<&str> = role.split([' ', '-']).collect();
        let head = words.iter().take_while(|it| !preposition(it));
        let noun = |it: &&str| {
            let short = it.strip_suffix('.').unwrap_or(it);
            **it == self.noun || (it.len() > short.len() && short.len() > 1 && self.noun.starts_with(short))
        };
        let known = |it: &String| words.contains(&it.as_str());
        head.clone().any(noun)
            && self.modifiers.iter().all(known)
            && (self.complement.is_empty() || self.complement.iter().any(known))
    }
}

/// What the words of `source` are.
pub(crate) fn phrase(sheet: &Sheet, names: &[Name], lexicon: &Lexicon, source: Span) -> Phrase {
    let tokens = trimmed(sheet, source);
    if tokens.is_empty() {
        return Phrase::Empty;
    }
    let first = sheet.lower(tokens.start);
    // "US" and "IT" are no pronouns.
    let loud = sheet.word(tokens.start).chars().filter(|it| it.is_uppercase()).count() > 1;
    if tokens.len() == 1 && !loud {
        // "I've" says what "I" does.
        match first.split(['\'', '’']).next() {
            Some("i" | "we") => return Phrase::Narrator,
            Some("you") => return Phrase::Addressee,
            _ => {}
        }
    }
    if !loud && matches!(first.as_str(), "i" | "we" | "you" | "me" | "us" | "my" | "our") {
        return Phrase::Empty;
    }
    let pronoun = Pronoun::of(&first).filter(|_| !loud);
    let alone =
        tokens.len() == 1 || !matches!(first.as_str(), "his" | "her" | "their" | "its" | "whose" | "that");
    if let Some(pronoun) = pronoun.filter(|_| alone) {
        return Phrase::Pronoun(pronoun);
    }
    let reader = Reader { sheet, names, lexicon, tokens };
    reader
        .joint()
        .or_else(|| reader.name())
        .or_else(|| reader.proper())
        .unwrap_or_else(|| reader.description())
}

/// The tokens of a source without marks and "'s" at its ends, and without a "but" before it.
fn trimmed(sheet: &Sheet, source: Span) -> Range<usize> {
    let mut tokens = sheet.tokens_in(source);
    let idle = |at: usize| sheet.tokens[at].class == Class::Mark || matches!(sheet.word(at), "'s" | "’s");
    let joining = |at: usize| matches!(sheet.lower(at).as_str(), "and" | "but" | "yet");
    while !tokens.is_empty() && (idle(tokens.start) || joining(tokens.start)) {
        tokens.start += 1;
    }
    while !tokens.is_empty() && idle(tokens.end - 1) {
        tokens.end -= 1;
    }
    tokens
}

struct Reader<'a> {
    sheet: &'a Sheet<'a>,
    names: &'a [Name],
    lexicon: &'a Lexicon,
    tokens: Range<usize>,
}

impl Reader<'_> {
    /// The names inside the source, by their numbers.
    fn inside(&self) -> Range<usize> {
        let start = self.names.partition_point(|it| it.tokens.end <= self.tokens.start);
        let count = self.names[start..].iter().take_while(|it| it.tokens.start < self.tokens.end).count();
        start..start + count
    }

    fn in_name(&self, at: usize) -> bool {
        self.inside().any(|it| self.names[it].tokens.contains(&at))
    }

    /// Where the part that holds the head noun ends: before a preposition, a
    /// relative, a comma.
    fn cut(&self) -> usize {
        let ends = |at: &usize| {
            let word = self.sheet.lower(*at);
            let mark = self.sheet.tokens[*at].class == Class::Mark
                && !matches!(word.as_str(), "-" | "/" | "&" | "'" | "’");
            !self.in_name(*at) && (mark || preposition(&word) || relative(&word))
        };
        self.tokens.clone().skip(1).find(ends).unwrap_or(self.tokens.end)
    }

    /// "Lee and Ray", "Ann Lee, Bo Ray and the Harbour Council".
    fn joint(&self) -> Option<Phrase> {
        let inside = self.inside();
        let mut joined: Vec<usize> = Vec::new();
        for name in inside.filter(|it| self.names[*it].kind != EntityKind::Place && !self.leads_office(*it)) {
            let Some(last) = joined.last() else {
                joined.push(name);
                continue;
            };
            let between: Vec<String> = (self.names[*last].tokens.end..self.names[name].tokens.start)
                .map(|it| self.sheet.lower(it))
                .collect();
            let both =
                self.names[*last].kind == EntityKind::Person && self.names[name].kind == EntityKind::Person;
            let linked = between.iter().rposition(|it| matches!(it.as_str(), "and" | "," | "&" | "or"));
            let plain =
                between.iter().all(|it| !preposition(it) && !relative(it) && it != "'s" && it != "’s");
            let close = linked.is_some_and(|it| {
                between[it..].iter().all(|it| !preposition(it) && it != "'s" && it != "’s")
            });
            let anded = between.iter().any(|it| it == "and" || it == "&");
            if linked.is_some() && close && (plain || (both && anded)) {
                joined.push(name);
            } else if linked.is_some() && both {
                break;
            }
        }
        let (first, last) = (*joined.first()?, *joined.last()?);
        let starts = self.names[first].tokens.start < self.cut() || self.announced(first);
        // "Lee, Norbex founder and president": the "and" stands between the names, or between the last and others.
        let end = self.names[last].tokens.end;
        let end = (end + 1 + usize::from(self.sheet.word(end) == ",")).min(self.tokens.end);
        let anded = (self.names[first].tokens.end..end).any(|it| matches!(self.sheet.word(it), "and" | "&"));
        (starts && anded && joined.len() > 1).then_some(Phrase::Joint(joined))
    }

    /// Whether a name only says whose office it is that stands beside a name: "Norbex's chief, Ann Lee", "Ann Lee,
    /// Norbex's chief".
    fn leads_office(&self, name: usize) -> bool {
        let tokens = &self.names[name].tokens;
        let apposed = tokens.start > self.tokens.start && self.sheet.word(tokens.start - 1) == ",";
        let leads = tokens.start == self.tokens.start && self.owns(tokens.end);
        (apposed && self.owns(tokens.end)) || leads
    }

    /// Whether a name that ends at `end` owns what follows it.
    fn owns(&self, end: usize) -> bool {
        matches!(self.sheet.word(end), "'s" | "’s") && end + 1 < self.tokens.end
    }

    /// The name that the source turns on, if it turns on one.
    fn name(&self) -> Option<Phrase> {
        let cut = self.cut();
        let heads = self.inside().filter(|it| self.names[*it].tokens.start < cut || self.announced(*it));
        let person = |it: &usize| self.names[*it].kind == EntityKind::Person && self.stands(*it, cut, &[]);
        let person = heads.clone().find(person).map(|it| self.last_beside(it, self.inside().end));
        let other = || heads.clone().rev().find(|it| self.stands(*it, cut, &[Sense::Body, Sense::Firm]));
        person.or_else(other).map(Phrase::Name)
    }

    /// The last of several people's names that only capitals part: "Pikwa Elder Ann Lee".
    fn last_beside(&self, first: usize, end: usize) -> usize {
        let beside = |it: &usize| {
            let between = self.names[first].tokens.end..self.names[*it].tokens.start;
            self.names[*it].kind == EntityKind::Person
                && between.clone().all(|at| self.sheet.word(at).starts_with(char::is_uppercase))
        };
        (first + 1..end).take_while(beside).last().unwrap_or(first)
    }

    /// Whether what stands before a person's name is this person's office or
    /// description: "Minister of Health Ann Lee", "the head of the port, Bo Ray".
    fn announced(&self, name: usize) -> bool {
        let name = &self.names[name];
        let start = self.sheet.tokens[self.tokens.start].span.start;
        let own = name.roles.iter().any(|it| it.start < name.span.start && it.start <= start + "the ".len());
        let mut before = name.tokens.start;
        while before > self.tokens.start && self.sheet.word(before - 1).starts_with(char::is_uppercase) {
            before -= 1;
        }
        let comma = before > self.tokens.start && self.sheet.word(before - 1) == ",";
        let first =
            !(self.tokens.start..before).any(|it| relative(&self.sheet.lower(it)) || self.in_person(it));
        name.kind == EntityKind::Person && (own || (comma && first) || self.headed(name.tokens.start))
    }

    /// Whether a person's name at `start` follows an office whose body stands
    /// directly before it: "the leader of CAM Ann Lee".
    fn headed(&self, start: usize) -> bool {
        let cut = self.cut();
        let (Some(noun), true) = (cut.checked_sub(1), start > cut + 1) else { return false };
        let body = self
            .inside()
            .any(|it| self.names[it].kind != EntityKind::Person && self.names[it].tokens.end == start);
        let kind = self.lexicon.senses(&self.sheet.lower(start - 1)).has(Sense::Body);
        self.lexicon.senses(&self.sheet.lower(noun)).has(Sense::Role) && (body || kind)
    }

    /// Whether token `at` is a person's who owns nothing: "Norbex" may be taken for one in "Norbex's chief, Ann Lee".
    fn in_person(&self, at: usize) -> bool {
        let names = &self.names[self.inside()];
        let mut people = names.iter().filter(|it| it.kind == EntityKind::Person);
        people.any(|it| it.tokens.contains(&at) && !self.owns(it.tokens.end))
    }

    /// Whether nothing follows a name in the head part but nouns of `kinds`.
    fn stands(&self, name: usize, cut: usize, kinds: &[Sense]) -> bool {
        let name = &self.names[name];
        if name.kind == EntityKind::Person {
            let next = self.sheet.lower(name.tokens.end);
            let owner = matches!(next.as_str(), "'s" | "’s") && name.tokens.end + 1 < self.tokens.end;
            let noun = name.tokens.end < cut
                && self.lexicon.senses(&next).any(&[Sense::Role, Sense::Group, Sense::Document, Sense::Body]);
            return !owner && !noun;
        }
        let nouns = name.tokens.end..cut;
        // "Kyodo news agency" is Kyodo, but "the Lindwick council" is not Lindwick.
        let own = |it: usize| {
            let word = self.sheet.lower(it);
            word == "news" || self.lexicon.senses(&word).any(kinds)
        };
        nouns.is_empty() || name.kind == EntityKind::Organisation && nouns.clone().all(own)
    }

    /// Words in capitals that no list knows: a name that was not found.
    fn proper(&self) -> Option<Phrase> {
        let tokens = self.tokens.start..self.cut();
        let named = |at: usize| {
            let small = self.lexicon.senses(&self.sheet.lower(at));
            self.sheet.word(at).starts_with(char::is_uppercase)
                && !small.any(&[Sense::Common, Sense::Function, Sense::Role, Sense::Group, Sense::Body])
        };
        // "Democrats" and "Israelis" are people of a kind.
        let kinds = [Sense::Demonym, Sense::Capital, Sense::Calendar];
        let known = |at: usize| {
            let word = self.sheet.word(at);
            let one = word.strip_suffix('s').unwrap_or(word);
            self.lexicon.senses(word).any(&kinds) || self.lexicon.senses(one).any(&kinds)
        };
        // A surname may be a common word: "Jeff Bond".
        let several =
            [Sense::Function, Sense::Role, Sense::Group, Sense::Body, Sense::BodyEnd, Sense::BodyOf];
        let surname = |at: usize| {
            let (word, small) = (self.sheet.word(at), self.sheet.lower(at));
            word.starts_with(char::is_uppercase)
                && !self.lexicon.senses(word).any(&several)
                && !self.lexicon.senses(&small).any(&several)
                && !known(at)
        };
        let called = self.lexicon.senses(self.sheet.word(tokens.start)).has(Sense::Given)
            && (2..=3).contains(&tokens.len())
            && tokens.clone().skip(1).all(surname);
        let proper = called || tokens.len() <= 4 && tokens.clone().all(|it| named(it) && !known(it));
        // "…,” The Hill reported": an article in capitals amid a sentence belongs to a name.
        let start = tokens.start;
        let amid = start > 0 && self.sheet.sentence_of(start - 1) == self.sheet.sentence_of(start);
        let opened = amid && self.sheet.tokens[start - 1].span.end == self.sheet.tokens[start].span.start;
        let marks = opened || amid && matches!(self.sheet.word(start - 1), ":" | "—" | "–" | "-");
        let titled = amid
            && !marks
            && self.sheet.word(start) == "The"
            && (2..=4).contains(&tokens.len())
            && tokens.clone().all(|it| self.sheet.word(it).starts_with(char::is_uppercase));
        let kind = if titled { EntityKind::Organisation } else { EntityKind::Person };
        (proper || titled).then(|| Phrase::Proper(self.sheet.span(tokens), kind))
    }

    fn description(&self) -> Phrase {
        let cut = self.cut();
        let far = |at: &usize| {
            let word = self.sheet.lower(*at);
            relative(&word) || matches!(word.as_str(), "," | "(" | "—" | "–" | ";" | ":")
        };
        let end = self.tokens.clone().skip(1).find(far).unwrap_or(self.tokens.end);
        let words = |range: Range<usize>| -> Vec<String> {
            range.map(|it| self.sheet.lower(it)).filter(|it| it.starts_with(char::is_alphanumeric)).collect()
        };
        let mut head = words(self.tokens.start..cut);
        let noun = head.pop().unwrap_or_default();
        let first = head.first().cloned().unwrap_or_default();
        let senses = self.lexicon.senses(&noun);
        let document = senses.has(Sense::Document) && !senses.any(&[Sense::Role, Sense::Group]);
        let body = senses.has(Sense::Body);
        let counted = matches!(
            first.as_str(),
            "two" | "three" | "four" | "several" | "many" | "some" | "few" | "both" | "these" | "those"
        );
        let several = senses.has(Sense::Group)
            || counted
            || (noun.ends_with('s')
                && !noun.ends_with("ss")
                && !senses.any(&[Sense::Role, Sense::Document, Sense::Body]));
        let modifiers = head.into_iter().filter(|it| {
            let senses = self.lexicon.senses(it);
            senses.any(&[Sense::Modifier, Sense::Role, Sense::Body]) && !MARGINAL.contains(&it.as_str())
        });
        let function = |it: &String| self.lexicon.senses(it).has(Sense::Function);
        Phrase::Description(Description {
            span: self.sheet.span(self.tokens.start..end),
            modifiers: modifiers.collect(),
            complement: words(cut.min(end)..end).into_iter().filter(|it| !function(it)).collect(),
            sex: Sex::of(senses).filter(|_| senses.has(Sense::Role)),
            definite: matches!(first.as_str(), "the" | "this" | "that" | "these" | "those"),
            plural: several && !document,
            body,
            human: senses.has(Sense::Role)
                || matches!(noun.as_str(), "one" | "person" | "child" | "adult" | "teen"),
            noun,
        })
    }
}

/// Words before a role that do not tell which one it is.
const MARGINAL: &[&str] =
    &["former", "senior", "top", "veteran", "longtime", "long-time", "late", "acting", "outgoing", "retired"];

fn preposition(word: &str) -> bool {
    matches!(
        word,
        "of" | "for"
            | "from"
            | "at"
            | "in"
            | "with"
            | "on"
            | "to"
            | "by"
            | "near"
            | "as"
            | "against"
            | "about"
            | "inside"
    )
}

fn relative(word: &str) -> bool {
    matches!(word, "who" | "which" | "that" | "whose" | "where")
}
