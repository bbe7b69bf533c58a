//! Features of each word: its shape, its lexical classes, and how much its capital says.

use std::borrow::Cow;
use std::ops::Range;

use crate::engine::text::document::Document;
use crate::engine::text::hash_map::{HashMap, HashSet};
use crate::engine::text::lexicon::LexicalClass::{
    self, CommonWord, CompoundTail, Demonym, DocumentNoun, FunctionWord, GivenName, GroupNoun, OrgNoun,
    Organization, RoleModifier, RoleNoun, Title,
};
use crate::engine::text::lexicon::{LexicalClasses, Lexicon};
use crate::engine::text::tokens::TokenKind;
use crate::story::BlockKind;
use crate::word_list::word_list;

/// An acronym with more letters than this may be a listed word in capitals ("CAIRO").
const MAX_ACRONYM_LETTERS: usize = 3;
/// A word in capitals with more bytes than this is no acronym, even where no list has it.
const MAX_ACRONYM_BYTES: usize = 6;
/// How many words a phrase of the lexicon may have.
const MAX_PHRASE_WORDS: u8 = 6;
/// A part in lower case behind a hyphen with more bytes than this belongs to no name.
const MAX_HYPHENATED_TAIL_BYTES: usize = 5;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordShape {
    /// Without a capital; a number; punctuation.
    Lowercase,
    /// "Kerry", "O'Brien", "al-Assad".
    TitleCase,
    /// "NATO", "U.S.".
    Uppercase,
    /// "J.".
    Initial,
}

/// The features of one token.
#[derive(Clone)]
pub(crate) struct WordFeatures<'a> {
    /// The word without a compound's tail; a listed word in capitals is in title case.
    pub(crate) form: Cow<'a, str>,
    pub(crate) shape: WordShape,
    /// The lexical classes of the form.
    pub(crate) classes: LexicalClasses,
    /// The lexical classes of the form in lower case.
    pub(crate) lowercase_classes: LexicalClasses,
    /// Whether any word would have a capital here: at a sentence's start, or in a headline.
    pub(crate) is_capital_forced: bool,
    /// Whether a phrase of the lexicon begins with the form.
    starts_phrase: bool,
}

impl WordFeatures<'_> {
    pub(crate) fn is_capitalized(&self) -> bool {
        self.shape != WordShape::Lowercase
    }
}

/// The features of all tokens of a story.
pub(crate) struct Features<'a> {
    pub(crate) doc: &'a Document<'a>,
    pub(crate) lexicon: &'a Lexicon,
    words: WordTable<'a>,
    /// For each token how many tokens from there on may be a phrase of the lexicon: 1 if no phrase begins there.
    phrase_lengths: Vec<u8>,
    /// Words that the story has in lower case somewhere.
    lowercase_words: HashSet<&'a str>,
    /// Words that follow another capitalised word somewhere ("Cook" of "Tim Cook").
    capital_followers: HashSet<&'a str>,
}

impl<'a> Features<'a> {
    pub(crate) fn new(doc: &'a Document<'a>, lexicon: &'a Lexicon) -> Self {
        let mut words = WordTable::new(doc, lexicon);
        let is_lowercase = |it: &usize| words.get(*it).is_some_and(|it| it.shape == WordShape::Lowercase);
        let lowercase_words = words.first_tokens().filter(is_lowercase).map(|it| doc.word(it)).collect();
        words.force_capitals(doc);
        let is_capitalized = |at: usize| words.get(at).is_some_and(WordFeatures::is_capitalized);
        let is_free_capital =
            |at: usize| words.get(at).is_some_and(|it| it.is_capitalized() && !it.is_capital_forced);
        let follows_capital = |at: &usize| is_free_capital(*at) && is_capitalized(at - 1);
        let capital_followers =
            (1..doc.tokens.len()).filter(follows_capital).map(|it| doc.word(it)).collect();
        let mut features =
            Self { doc, lexicon, words, phrase_lengths: Vec::new(), lowercase_words, capital_followers };
        features.phrase_lengths = (0..doc.tokens.len()).map(|it| features.find_phrase_length(it)).collect();
        features
    }

    /// How many tokens from `at` on may be a phrase of the lexicon, of which the last may be a plural.
    fn find_phrase_length(&self, at: usize) -> u8 {
        let mut length = 1;
        if !self.get(at).is_some_and(|it| it.starts_phrase) {
            return length;
        }
        let mut phrase = self.form(at).to_owned();
        while length < MAX_PHRASE_WORDS && at + usize::from(length) < self.doc.tokens.len() {
            self.push_form(&mut phrase, at + usize::from(length));
            if !self.lexicon.starts_with_phrase(&phrase) {
                break;
            }
            length += 1;
        }
        length
    }

    /// How many tokens from `at` on may be a phrase of the lexicon; 1 if no phrase of several words begins there.
    pub(crate) fn phrase_length(&self, at: usize) -> usize {
        self.phrase_lengths.get(at).copied().map_or(1, usize::from)
    }

    /// The features of token `at`; `None` behind the last token.
    pub(crate) fn get(&self, at: usize) -> Option<&WordFeatures<'a>> {
        self.words.get(at)
    }

    /// The lexical classes of token `at`; none behind the last token.
    pub(crate) fn classes(&self, at: usize) -> LexicalClasses {
        self.get(at).map_or_else(LexicalClasses::default, |it| it.classes)
    }

    /// The lexical classes of token `at` in lower case; none behind the last token.
    pub(crate) fn lowercase_classes(&self, at: usize) -> LexicalClasses {
        self.get(at).map_or_else(LexicalClasses::default, |it| it.lowercase_classes)
    }

    /// Whether token `at` belongs to a lexical class, as it is written.
    pub(crate) fn is(&self, at: usize, class: LexicalClass) -> bool {
        self.classes(at).has(class)
    }

    /// The form of token `at`; empty behind the last token.
    pub(crate) fn form(&self, at: usize) -> &str {
        self.get(at).map_or("", |it| &it.form)
    }

    pub(crate) fn is_capitalized(&self, at: usize) -> bool {
        self.get(at).is_some_and(WordFeatures::is_capitalized)
    }

    /// Whether the word at `at` follows a capitalised word somewhere, as a surname does.
    pub(crate) fn follows_capital(&self, at: usize) -> bool {
        !self.is_function_word(at) && self.capital_followers.contains(self.doc.word(at))
    }

    pub(crate) fn is_function_word(&self, at: usize) -> bool {
        self.lowercase_classes(at).has(FunctionWord)
    }

    /// The forms of some tokens with single spaces, as the lexicon writes phrases.
    pub(crate) fn phrase(&self, tokens: Range<usize>) -> String {
        let mut phrase = String::new();
        tokens.for_each(|at| self.push_form(&mut phrase, at));
        phrase
    }

    /// Appends the form of the next token to a phrase.
    pub(crate) fn push_form(&self, phrase: &mut String, at: usize) {
        let token = self.doc.tokens[at].span;
        let is_glued = at > 0 && self.doc.tokens[at - 1].span.end == token.start;
        if !phrase.is_empty() && !is_glued {
            phrase.push(' ');
        }
        phrase.push_str(self.form(at));
    }

    /// Whether a forced capital at `at` may hide a common word: a list has the word, or the story has it in lower case.
    pub(crate) fn may_be_common_word(&self, at: usize) -> bool {
        let Some(word) = self.get(at) else { return true };
        let lower = word.form.to_lowercase();
        word.lowercase_classes.any(&[CommonWord, RoleNoun, GroupNoun, DocumentNoun, OrgNoun, RoleModifier])
            || self.lowercase_words.contains(lower.as_str())
            || possible_stems(&lower).any(|it| self.lexicon.classes(it).has(CommonWord))
            || self.is_plural_of_people(at)
    }

    /// Whether a word is a plural that the story has in lower case too, and follows no capital: "Expats".
    pub(crate) fn has_lowercase_plural(&self, at: usize) -> bool {
        let lower = self.doc.lower(at);
        lower.ends_with('s') && self.lowercase_words.contains(lower.as_str()) && !self.follows_capital(at)
    }

    /// Whether a word that opens a sentence before a word in lower case is the plural of a noun for people: "Hikers | found". A word that
    /// follows a capital elsewhere may be a surname.
    pub(crate) fn is_plural_of_people(&self, at: usize) -> bool {
        let is_opening =
            self.get(at).is_some_and(|it| it.is_capital_forced && it.shape == WordShape::TitleCase);
        if !is_opening || self.is_capitalized(at + 1) || self.form(at + 1).starts_with(['\'', '’']) {
            return false;
        }
        let lower = self.doc.lower(at);
        let is_known = |word: &str| self.lexicon.classes(word).any(&[CommonWord, RoleNoun, GroupNoun]);
        let agent = || lower.strip_suffix("ers").or_else(|| lower.strip_suffix("ors"));
        let is_of_verb = |stem: &str| {
            let bytes = stem.as_bytes();
            let is_doubled = bytes.len() > 3 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2];
            is_known(stem) || is_known(&format!("{stem}e")) || is_doubled && is_known(&stem[..stem.len() - 1])
        };
        let ends_so = ["ers", "ors", "ists"].iter().any(|it| lower.ends_with(it));
        ends_so
            && !self.follows_capital(at)
            && (lower.strip_suffix('s').is_some_and(is_known) || agent().is_some_and(is_of_verb))
    }
}

/// The features of all tokens. A word that comes again has them once.
struct WordTable<'a> {
    /// For each token the index of its features.
    numbers: Vec<u32>,
    features: Vec<WordFeatures<'a>>,
}

impl<'a> WordTable<'a> {
    /// The features of the tokens, none with a forced capital.
    fn new(doc: &'a Document<'a>, lexicon: &Lexicon) -> Self {
        let mut table = Self { numbers: Vec::with_capacity(doc.tokens.len()), features: Vec::new() };
        let mut known: HashMap<(&str, TokenKind), u32> = HashMap::default();
        for (at, token) in doc.tokens.iter().enumerate() {
            let number = *known.entry((doc.word(at), token.kind)).or_insert_with(|| {
                table.features.push(word_features(doc, lexicon, at));
                table.features.len() as u32 - 1
            });
            table.numbers.push(number);
        }
        table
    }

    /// The features of token `at`; `None` behind the last token.
    fn get(&self, at: usize) -> Option<&WordFeatures<'a>> {
        self.numbers.get(at).map(|it| &self.features[*it as usize])
    }

    /// For each different word the first token that is this word.
    fn first_tokens(&self) -> impl Iterator<Item = usize> {
        let mut next = 0;
        self.numbers.iter().enumerate().filter_map(move |(at, number)| {
            let is_first = *number == next;
            next += u32::from(is_first);
            is_first.then_some(at)
        })
    }

    /// Marks the tokens that have a capital whatever the word is.
    fn force_capitals(&mut self, doc: &Document) {
        let mut forced: Vec<Option<u32>> = vec![None; self.features.len()];
        for sentence in &doc.sentences {
            let block = &doc.story.blocks()[sentence.block];
            let is_headline = matches!(block.kind, BlockKind::Headline | BlockKind::Heading);
            let words = sentence.tokens.clone().filter_map(|it| self.get(it));
            let is_styled = is_title_styled(words, is_headline);
            let mut is_opening = true;
            for at in sentence.tokens.clone() {
                if is_styled || is_opening {
                    let number = self.numbers[at] as usize;
                    self.numbers[at] = *forced[number].get_or_insert_with(|| {
                        let features = self.features[number].clone();
                        self.features.push(WordFeatures { is_capital_forced: true, ..features });
                        self.features.len() as u32 - 1
                    });
                }
                let is_punctuation = doc.tokens[at].kind == TokenKind::Punctuation;
                is_opening = match doc.word(at) {
                    "(" | "[" | "," | "'s" | "’s" | "." | ")" | "-" => is_opening && is_punctuation,
                    _ => is_punctuation,
                };
            }
        }
    }
}

/// The stems that an inflected English word may have ("walk" of "walking").
fn possible_stems(word: &str) -> impl Iterator<Item = &str> {
    const ENDINGS: &[&str] = &word_list!("inflection-endings");
    let stems = ENDINGS.iter().filter_map(|it| word.strip_suffix(it)).filter(|it| it.len() > 2);
    let last_part = word.contains('-').then(|| word.split('-').next_back()).flatten();
    let contracted = matches!(word, "i'm" | "i’m" | "it's" | "let's").then_some("it");
    stems.chain(last_part).chain(contracted)
}

fn word_features<'a>(doc: &Document<'a>, lexicon: &Lexicon, at: usize) -> WordFeatures<'a> {
    let token = doc.word(at);
    let is_word = doc.tokens[at].kind == TokenKind::Word;
    let shape = if is_word { word_shape(token, lexicon) } else { WordShape::Lowercase };
    if shape == WordShape::Lowercase {
        let classes = lexicon.classes(token);
        let form = Cow::Borrowed(strip_compound_tail(token, lexicon));
        let starts_phrase = lexicon.starts_phrase(&form);
        let lowercase_classes = classes;
        return WordFeatures {
            form,
            shape,
            classes,
            lowercase_classes,
            is_capital_forced: false,
            starts_phrase,
        };
    }
    let mut form = Cow::Borrowed(strip_compound_suffix(token));
    let mut classes = lexicon.classes(&form);
    let letters = token.chars().filter(|it| it.is_alphabetic()).count();
    if classes.is_empty() && shape == WordShape::Uppercase && letters > MAX_ACRONYM_LETTERS {
        let title_cased = title_case(token);
        let listed = lexicon.classes(&title_cased);
        if !listed.is_empty() || token.len() > MAX_ACRONYM_BYTES {
            form = Cow::Owned(title_cased);
            classes = listed;
        }
    }
    // "N.A.T.O." is NATO.
    if classes.is_empty() && shape == WordShape::Uppercase && token.contains('.') {
        let undotted = lexicon.classes(&token.replace('.', ""));
        classes = if undotted.has(Organization) || undotted.is_place() { undotted } else { classes };
    }
    // "Democrats" are people; a place, an organisation or a given name of the same form goes first.
    if !classes.is_place() && !classes.any(&[Organization, GivenName, Title]) {
        let stem = form.strip_suffix('s').or_else(|| form.strip_suffix('\''));
        classes = stem.map(|it| lexicon.classes(it)).filter(|it| it.has(Demonym)).unwrap_or(classes);
    }
    let lower = form.to_lowercase();
    // "I've" has the classes of "I".
    let lowercase_classes = lexicon.classes(contraction_stem(&lower).unwrap_or(&lower));
    let starts_phrase = lexicon.starts_phrase(&form);
    WordFeatures { form, shape, classes, lowercase_classes, is_capital_forced: false, starts_phrase }
}

/// "I" of "I've", "they" of "they’re"; `None` for other words.
fn contraction_stem(lower: &str) -> Option<&str> {
    let (stem, ending) = lower.split_once(['\'', '’'])?;
    matches!(ending, "ve" | "re" | "ll" | "d" | "m" | "t").then_some(stem)
}

/// "Paris-based" without its tail; other words unchanged.
pub(crate) fn strip_compound_suffix(token: &str) -> &str {
    let suffixes = ["-based", "‐based", "‑based", "-born", "-area", "-headquartered"];
    suffixes.iter().find_map(|it| token.strip_suffix(it)).unwrap_or(token)
}

/// A capitalised word without the second part of a compound adjective: "Motors" of "Motors-backed". Other words unchanged.
fn strip_compound_tail<'a>(token: &'a str, lexicon: &Lexicon) -> &'a str {
    let parts = token.rsplit_once('-').filter(|_| token.starts_with(char::is_uppercase));
    let parts = parts.filter(|(_, tail)| lexicon.classes(tail).has(CompoundTail));
    parts.map_or(token, |(head, _)| head)
}

fn word_shape(token: &str, lexicon: &Lexicon) -> WordShape {
    let token = strip_compound_suffix(token);
    let mut letters = token.chars().filter(|it| it.is_alphabetic());
    let first = letters.next();
    if !first.is_some_and(char::is_uppercase) {
        // "al-Assad", "el-Sisi", "iPhone", "d'Estaing".
        let has_inner_capital = token.chars().skip(1).any(char::is_uppercase) && token.len() > 3;
        let starts_with_digit = token.starts_with(|it: char| it.is_ascii_digit());
        return if has_inner_capital && !starts_with_digit && is_lowercase_name(token) {
            WordShape::TitleCase
        } else {
            WordShape::Lowercase
        };
    }
    // "US-led" and "Iran-backed" are no names; "Paris-based" has lost its tail above.
    let tail = token.rsplit(['-', '‐', '‑']).next().filter(|it| it.len() < token.len());
    let has_lowercase_tail = tail.is_some_and(|it| it.starts_with(char::is_lowercase) && it.len() > 2);
    if has_lowercase_tail && !is_hyphenated_name(token, lexicon) {
        return WordShape::Lowercase;
    }
    let rest: Vec<char> = letters.collect();
    if rest.is_empty() {
        let is_initial = token.ends_with('.') || token.len() == 1;
        return if is_initial { WordShape::Initial } else { WordShape::TitleCase };
    }
    // "IISc" and "PPPs" are acronyms too.
    let capitals = rest.iter().filter(|it| it.is_uppercase()).count();
    let is_mostly_capitals = rest.len() < 6 && capitals * 2 >= rest.len() && !token.contains('-');
    if capitals == rest.len() || is_mostly_capitals { WordShape::Uppercase } else { WordShape::TitleCase }
}

/// Whether a word with a first letter in lower case and a later capital is written as a name is ("al-Assad").
fn is_lowercase_name(token: &str) -> bool {
    const PREFIXES: &[&str] = &word_list!("name-prefixes");
    PREFIXES.iter().any(|it| token.starts_with(it)) || !token.contains('-')
}

/// Whether a letter in lower case after a hyphen is usual in such a name: "Jong-un", "Ma'ale-adumim".
fn is_hyphenated_name(token: &str, lexicon: &Lexicon) -> bool {
    let tail = token.rsplit('-').next().unwrap_or_default();
    tail.len() <= MAX_HYPHENATED_TAIL_BYTES && !lexicon.classes(tail).has(CompoundTail)
}

/// "CAIRO" as "Cairo", "AL-ASSAD" as "Al-Assad".
pub(crate) fn title_case(token: &str) -> String {
    let mut is_start = true;
    let mut title_cased = String::with_capacity(token.len());
    for ch in token.chars() {
        if is_start {
            title_cased.push(ch);
        } else {
            title_cased.extend(ch.to_lowercase());
        }
        is_start = !ch.is_alphanumeric() && ch != '\'' && ch != '’';
    }
    title_cased
}

/// Whether a sentence is set in capitals, or every long word of it begins with one.
fn is_title_styled<'a>(words: impl Iterator<Item = &'a WordFeatures<'a>> + Clone, is_headline: bool) -> bool {
    let is_long = |it: &&'a WordFeatures<'a>| {
        let has_meaning = !it.lowercase_classes.has(FunctionWord) && it.form.starts_with(char::is_alphabetic);
        has_meaning && it.form.chars().count() > 2
    };
    let is_common = |it: &&'a WordFeatures<'a>| {
        it.is_capitalized() && it.lowercase_classes.has(CommonWord) && !it.classes.any(&[GivenName, Title])
    };
    let long = || words.clone().filter(is_long);
    let all = long().count();
    let capitalized = long().filter(|it| it.is_capitalized()).count();
    let uppercase = long().filter(|it| it.shape == WordShape::Uppercase).count();
    let common = words.clone().skip(1).filter(is_long).filter(is_common).count();
    // A sentence of running text that happens to be full of names ends with a stop.
    let is_running = !is_headline && words.last().is_some_and(|it| matches!(&*it.form, "." | "”" | "\""));
    let is_capitalized = if is_running { capitalized == all } else { capitalized * 4 >= all * 3 };
    let enough_common = if is_headline { 1 } else { 2 };
    all >= 3 && ((is_capitalized && common >= enough_common) || uppercase * 5 >= all * 4)
}
