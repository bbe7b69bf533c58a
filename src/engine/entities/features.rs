//! Tokens → what each word looks like and may mean, and how much its capital says.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use crate::engine::text::document::Document;
use crate::engine::text::lexicon::{LexicalClass, LexicalClasses, Lexicon};
use crate::engine::text::tokens::TokenKind;
use crate::story::BlockKind;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WordShape {
    /// Without a capital, a number, or a mark.
    Lowercase,
    /// "Kerry", "O'Brien", "al-Assad".
    TitleCase,
    /// "NATO", "U.S.".
    Uppercase,
    /// "J.".
    Initial,
}

/// One token as the finder of names sees it.
pub(crate) struct WordFeatures<'a> {
    /// As the lists would write it: words that shout are in title case.
    pub(crate) form: Cow<'a, str>,
    pub(crate) shape: WordShape,
    /// What the form can be.
    pub(crate) classes: LexicalClasses,
    /// What it can be in lower case.
    pub(crate) lowercase_classes: LexicalClasses,
    /// Whether a capital stands here whatever the word is.
    pub(crate) is_capital_forced: bool,
}

impl WordFeatures<'_> {
    pub(crate) fn is_capitalized(&self) -> bool {
        self.shape != WordShape::Lowercase
    }
}

/// All words of a story.
pub(crate) struct Features<'a> {
    pub(crate) doc: &'a Document<'a>,
    pub(crate) lexicon: &'a Lexicon,
    words: Vec<WordFeatures<'a>>,
    /// Words that the story writes small somewhere.
    lowercase_words: HashSet<&'a str>,
    /// Words that stand behind another capital somewhere ("Cook" of "Tim Cook").
    capital_followers: HashSet<&'a str>,
}

impl<'a> Features<'a> {
    pub(crate) fn new(doc: &'a Document<'a>, lexicon: &'a Lexicon) -> Self {
        let mut words: Vec<WordFeatures> =
            (0..doc.tokens.len()).map(|at| word_features(doc, lexicon, at)).collect();
        let small =
            (0..words.len()).filter(|it| words[*it].shape == WordShape::Lowercase).map(|it| doc.word(it));
        let lowercase_words: HashSet<&str> = small.collect();
        for sentence in &doc.sentences {
            let headline =
                matches!(doc.story.blocks()[sentence.block].kind, BlockKind::Headline | BlockKind::Heading);
            let styled = is_title_styled(&words[sentence.tokens.clone()], headline);
            let mut opening = true;
            for at in sentence.tokens.clone() {
                let token = doc.word(at);
                let mark = doc.tokens[at].kind == TokenKind::Punctuation;
                words[at].is_capital_forced = styled || opening;
                opening = match token {
                    "(" | "[" | "," | "'s" | "’s" | "." | ")" | "-" => opening && mark,
                    _ => mark,
                };
            }
        }
        let behind = |it: &usize| {
            words[*it].is_capitalized() && !words[*it].is_capital_forced && words[it - 1].is_capitalized()
        };
        let capital_followers = (1..words.len()).filter(behind).map(|it| doc.word(it)).collect();
        Self { doc, lexicon, words, lowercase_words, capital_followers }
    }

    pub(crate) fn get(&self, at: usize) -> Option<&WordFeatures<'a>> {
        self.words.get(at)
    }

    pub(crate) fn classes(&self, at: usize) -> LexicalClasses {
        self.get(at).map_or_else(LexicalClasses::default, |it| it.classes)
    }

    pub(crate) fn lowercase_classes(&self, at: usize) -> LexicalClasses {
        self.get(at).map_or_else(LexicalClasses::default, |it| it.lowercase_classes)
    }

    pub(crate) fn form(&self, at: usize) -> &str {
        self.get(at).map_or("", |it| &it.form)
    }

    pub(crate) fn is_capitalized(&self, at: usize) -> bool {
        self.get(at).is_some_and(WordFeatures::is_capitalized)
    }

    /// Whether the word at `at` may be a surname of the story, common as it is.
    pub(crate) fn follows_capital(&self, at: usize) -> bool {
        !self.is_function_word(at) && self.capital_followers.contains(self.doc.word(at))
    }

    /// Whether the word at `at` carries no meaning of its own.
    pub(crate) fn is_function_word(&self, at: usize) -> bool {
        self.lowercase_classes(at).has(LexicalClass::FunctionWord)
    }

    /// Some tokens as the lists would write them, with single blanks.
    pub(crate) fn phrase(&self, tokens: Range<usize>) -> String {
        let mut phrase = String::new();
        for at in tokens {
            let token = self.doc.tokens[at].span;
            let glued = at > 0 && self.doc.tokens[at - 1].span.end == token.start;
            if !phrase.is_empty() && !glued {
                phrase.push(' ');
            }
            phrase.push_str(self.form(at));
        }
        phrase
    }

    /// Whether a capital at `at` may be there for the place alone: the word is
    /// a common one, or the story writes it small elsewhere.
    pub(crate) fn may_be_common_word(&self, at: usize) -> bool {
        let Some(word) = self.get(at) else { return true };
        let lower = word.form.to_lowercase();
        if word.lowercase_classes.any(&[
            LexicalClass::CommonWord,
            LexicalClass::RoleNoun,
            LexicalClass::GroupNoun,
            LexicalClass::DocumentNoun,
            LexicalClass::OrgNoun,
            LexicalClass::RoleModifier,
        ]) {
            return true;
        }
        self.lowercase_words.contains(lower.as_str())
            || possible_stems(&lower).any(|it| self.lexicon.classes(it).has(LexicalClass::CommonWord))
    }
}

/// The stems that a bent English word may have.
fn possible_stems(word: &str) -> impl Iterator<Item = &str> {
    const ENDS: &[&str] = &[
        "s", "es", "ed", "d", "ing", "ly", "er", "ers", "'t", "’t", "'re", "’re", "'ve", "’ve", "'ll", "’ll",
    ];
    let stems = ENDS.iter().filter_map(|it| word.strip_suffix(it)).filter(|it| it.len() > 2);
    let parts = word.contains('-').then(|| word.split('-').next_back()).flatten();
    let contracted = matches!(word, "i'm" | "i’m" | "it's" | "let's").then_some("it");
    stems.chain(parts).chain(contracted)
}

fn word_features<'a>(sheet: &Document<'a>, lexicon: &Lexicon, at: usize) -> WordFeatures<'a> {
    let token = sheet.word(at);
    let look =
        if sheet.tokens[at].kind == TokenKind::Word { word_shape(token) } else { WordShape::Lowercase };
    if look == WordShape::Lowercase {
        let senses = lexicon.classes(token);
        return WordFeatures {
            form: Cow::Borrowed(token),
            shape: look,
            classes: senses,
            lowercase_classes: senses,
            is_capital_forced: false,
        };
    }
    let mut form = Cow::Borrowed(strip_compound_suffix(token));
    let mut senses = lexicon.classes(&form);
    if senses.is_empty()
        && look == WordShape::Uppercase
        && token.chars().filter(|it| it.is_alphabetic()).count() > 3
    {
        let quiet = title_case(token);
        let known = lexicon.classes(&quiet);
        if !known.is_empty() || token.len() > 6 {
            form = Cow::Owned(quiet);
            senses = known;
        }
    }
    // "Democrats" are people; a place, a body or a given name of the same form goes first.
    if !senses.is_place()
        && !senses.any(&[LexicalClass::Organization, LexicalClass::GivenName, LexicalClass::Title])
    {
        let stem = form.strip_suffix('s').or_else(|| form.strip_suffix('\''));
        senses =
            stem.map(|it| lexicon.classes(it)).filter(|it| it.has(LexicalClass::Demonym)).unwrap_or(senses);
    }
    let lower = form.to_lowercase();
    // "I've" is as idle as "I".
    let whole = contraction_stem(&lower).unwrap_or(&lower);
    let small = lexicon.classes(whole);
    WordFeatures { form, shape: look, classes: senses, lowercase_classes: small, is_capital_forced: false }
}

/// "I" of "I've", "they" of "they’re".
fn contraction_stem(lower: &str) -> Option<&str> {
    let (whole, tail) = lower.split_once(['\'', '’'])?;
    matches!(tail, "ve" | "re" | "ll" | "d" | "m" | "t").then_some(whole)
}

/// "Paris-based" without its tail; other words as they are.
pub(crate) fn strip_compound_suffix(token: &str) -> &str {
    let tails = ["-based", "‐based", "‑based", "-born", "-area", "-headquartered"];
    tails.iter().find_map(|it| token.strip_suffix(it)).unwrap_or(token)
}

fn word_shape(token: &str) -> WordShape {
    let token = strip_compound_suffix(token);
    let mut letters = token.chars().filter(|it| it.is_alphabetic());
    let first = letters.next();
    if !first.is_some_and(char::is_uppercase) {
        // "al-Assad", "el-Sisi", "iPhone", "d'Estaing".
        let inner = token.chars().skip(1).any(char::is_uppercase) && token.len() > 3;
        return if inner && !token.starts_with(|it: char| it.is_ascii_digit()) && is_lowercase_name(token) {
            WordShape::TitleCase
        } else {
            WordShape::Lowercase
        };
    }
    // "US-led", "Iran-backed" tell of something else; "Paris-based" is cut by the caller.
    let tail = token.rsplit(['-', '‐', '‑']).next().filter(|it| it.len() < token.len());
    if tail.is_some_and(|it| it.starts_with(char::is_lowercase) && it.len() > 2) && !is_hyphenated_name(token)
    {
        return WordShape::Lowercase;
    }
    let rest: Vec<char> = letters.collect();
    if rest.is_empty() {
        return if token.ends_with('.') || token.len() == 1 {
            WordShape::Initial
        } else {
            WordShape::TitleCase
        };
    }
    // "IISc" and "PPPs" are acronyms too.
    let big = rest.iter().filter(|it| it.is_uppercase()).count();
    let loud = big == rest.len() || (rest.len() < 6 && big * 2 >= rest.len() && !token.contains('-'));
    if loud { WordShape::Uppercase } else { WordShape::TitleCase }
}

/// Whether a word with a small first letter and a later capital is written as a name is.
fn is_lowercase_name(token: &str) -> bool {
    const STARTS: &[&str] =
        &["al-", "el-", "ul-", "ad-", "as-", "ash-", "an-", "ar-", "at-", "ibn-", "d'", "d’"];
    STARTS.iter().any(|it| token.starts_with(it)) || !token.contains('-')
}

/// Whether a small letter after a hyphen is usual in such a name: "Jong-un", "Ma'ale-adumim".
fn is_hyphenated_name(token: &str) -> bool {
    let tail = token.rsplit('-').next().unwrap_or_default();
    tail.len() <= 5 && !ADJECTIVE_SUFFIXES.contains(&tail)
}

/// Ends of adjectives that stand behind a name and a hyphen.
const ADJECTIVE_SUFFIXES: &[&str] = &[
    "led", "era", "wide", "born", "based", "style", "run", "made", "owned", "held", "like", "bound", "area",
    "only", "free", "level", "type", "size", "rich", "held", "built", "paid", "lit", "ready", "linked",
    "Born", "proof", "first", "a",
];

/// "CAIRO" as "Cairo", "AL-ASSAD" as "Al-Assad".
fn title_case(token: &str) -> String {
    let mut start = true;
    let mut quiet = String::with_capacity(token.len());
    for letter in token.chars() {
        if start {
            quiet.push(letter);
        } else {
            quiet.extend(letter.to_lowercase());
        }
        start = !letter.is_alphanumeric() && letter != '\'' && letter != '’';
    }
    quiet
}

/// Whether a sentence is set in capitals, or every long word of it begins with one.
fn is_title_styled(words: &[WordFeatures], headline: bool) -> bool {
    let long = |it: &&WordFeatures| {
        let meant =
            !it.lowercase_classes.has(LexicalClass::FunctionWord) && it.form.starts_with(char::is_alphabetic);
        meant && it.form.chars().count() > 2
    };
    let all = words.iter().filter(long).count();
    let big = words.iter().filter(long).filter(|it| it.is_capitalized()).count();
    // A sentence of running text that happens to be full of names ends with a stop.
    let running = !headline && words.last().is_some_and(|it| matches!(&*it.form, "." | "”" | "\""));
    let common = |it: &&WordFeatures| {
        it.is_capitalized()
            && it.lowercase_classes.has(LexicalClass::CommonWord)
            && !it.classes.any(&[LexicalClass::GivenName, LexicalClass::Title])
    };
    let plain = words.iter().skip(1).filter(long).filter(common).count();
    let loud = words.iter().filter(long).filter(|it| it.shape == WordShape::Uppercase).count();
    let most = if running { big == all } else { big * 4 >= all * 3 };
    all >= 3 && ((most && plain >= 2) || (headline && most && plain >= 1) || loud * 5 >= all * 4)
}
