//! Tokens → what each word looks like and may mean, and how much its capital says.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use crate::engine::text::document::Sheet;
use crate::engine::text::lexicon::{Lexicon, Sense, Senses};
use crate::engine::text::tokens::Class;
use crate::story::BlockKind;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// Without a capital, a number, or a mark.
    Small,
    /// "Kerry", "O'Brien", "al-Assad".
    Title,
    /// "NATO", "U.S.".
    Upper,
    /// "J.".
    Initial,
}

/// One token as the finder of names sees it.
pub(crate) struct Word<'a> {
    /// As the lists would write it: words that shout are in title case.
    pub(crate) form: Cow<'a, str>,
    pub(crate) look: Look,
    /// What the form can be.
    pub(crate) senses: Senses,
    /// What it can be in lower case.
    pub(crate) small: Senses,
    /// Whether a capital stands here whatever the word is.
    pub(crate) forced: bool,
}

impl Word<'_> {
    pub(crate) fn capital(&self) -> bool {
        self.look != Look::Small
    }
}

/// All words of a story.
pub(crate) struct Words<'a> {
    pub(crate) sheet: &'a Sheet<'a>,
    pub(crate) lexicon: &'a Lexicon,
    list: Vec<Word<'a>>,
    /// Words that the story writes small somewhere.
    small: HashSet<&'a str>,
    /// Words that stand behind another capital somewhere ("Cook" of "Tim Cook").
    second: HashSet<&'a str>,
}

impl<'a> Words<'a> {
    pub(crate) fn new(sheet: &'a Sheet<'a>, lexicon: &'a Lexicon) -> Self {
        let mut words: Vec<Word> = (0..sheet.tokens.len()).map(|at| word(sheet, lexicon, at)).collect();
        let small = (0..words.len()).filter(|it| words[*it].look == Look::Small).map(|it| sheet.word(it));
        let small: HashSet<&str> = small.collect();
        for sentence in &sheet.sentences {
            let headline =
                matches!(sheet.story.blocks()[sentence.block].kind, BlockKind::Headline | BlockKind::Heading);
            let styled = styled(&words[sentence.tokens.clone()], headline);
            let mut opening = true;
            for at in sentence.tokens.clone() {
                let token = sheet.word(at);
                let mark = sheet.tokens[at].class == Class::Mark;
                words[at].forced = styled || opening;
                opening = match token {
                    "(" | "[" | "," | "'s" | "’s" | "." | ")" | "-" => opening && mark,
                    _ => mark,
                };
            }
        }
        let behind = |it: &usize| words[*it].capital() && !words[*it].forced && words[it - 1].capital();
        let second = (1..words.len()).filter(behind).map(|it| sheet.word(it)).collect();
        Self { sheet, lexicon, list: words, small, second }
    }

    pub(crate) fn get(&self, at: usize) -> Option<&Word<'a>> {
        self.list.get(at)
    }

    pub(crate) fn senses(&self, at: usize) -> Senses {
        self.get(at).map_or_else(Senses::default, |it| it.senses)
    }

    pub(crate) fn small(&self, at: usize) -> Senses {
        self.get(at).map_or_else(Senses::default, |it| it.small)
    }

    pub(crate) fn form(&self, at: usize) -> &str {
        self.get(at).map_or("", |it| &it.form)
    }

    pub(crate) fn capital(&self, at: usize) -> bool {
        self.get(at).is_some_and(Word::capital)
    }

    /// Whether the word at `at` may be a surname of the story, common as it is.
    pub(crate) fn second(&self, at: usize) -> bool {
        !self.idle(at) && self.second.contains(self.sheet.word(at))
    }

    /// Whether the word at `at` carries no meaning of its own.
    pub(crate) fn idle(&self, at: usize) -> bool {
        self.small(at).has(Sense::Function)
    }

    /// Some tokens as the lists would write them, with single blanks.
    pub(crate) fn phrase(&self, tokens: Range<usize>) -> String {
        let mut phrase = String::new();
        for at in tokens {
            let token = self.sheet.tokens[at].span;
            let glued = at > 0 && self.sheet.tokens[at - 1].span.end == token.start;
            if !phrase.is_empty() && !glued {
                phrase.push(' ');
            }
            phrase.push_str(self.form(at));
        }
        phrase
    }

    /// Whether a capital at `at` may be there for the place alone: the word is
    /// a common one, or the story writes it small elsewhere.
    pub(crate) fn plain(&self, at: usize) -> bool {
        let Some(word) = self.get(at) else { return true };
        let lower = word.form.to_lowercase();
        if word.small.any(&[
            Sense::Common,
            Sense::Role,
            Sense::Group,
            Sense::Document,
            Sense::Body,
            Sense::Modifier,
        ]) {
            return true;
        }
        self.small.contains(lower.as_str())
            || bent(&lower).any(|it| self.lexicon.senses(it).has(Sense::Common))
    }
}

/// The stems that a bent English word may have.
fn bent(word: &str) -> impl Iterator<Item = &str> {
    const ENDS: &[&str] = &[
        "s", "es", "ed", "d", "ing", "ly", "er", "ers", "'t", "’t", "'re", "’re", "'ve", "’ve", "'ll", "’ll",
    ];
    let stems = ENDS.iter().filter_map(|it| word.strip_suffix(it)).filter(|it| it.len() > 2);
    let parts = word.contains('-').then(|| word.split('-').next_back()).flatten();
    let contracted = matches!(word, "i'm" | "i’m" | "it's" | "let's").then_some("it");
    stems.chain(parts).chain(contracted)
}

fn word<'a>(sheet: &Sheet<'a>, lexicon: &Lexicon, at: usize) -> Word<'a> {
    let token = sheet.word(at);
    let look = if sheet.tokens[at].class == Class::Word { look(token) } else { Look::Small };
    if look == Look::Small {
        let senses = lexicon.senses(token);
        return Word { form: Cow::Borrowed(token), look, senses, small: senses, forced: false };
    }
    let mut form = Cow::Borrowed(rooted(token));
    let mut senses = lexicon.senses(&form);
    if senses.is_empty() && look == Look::Upper && token.chars().filter(|it| it.is_alphabetic()).count() > 3 {
        let quiet = title_case(token);
        let known = lexicon.senses(&quiet);
        if !known.is_empty() || token.len() > 6 {
            form = Cow::Owned(quiet);
            senses = known;
        }
    }
    // "Democrats" are people; a place, a body or a given name of the same form goes first.
    if !senses.place() && !senses.any(&[Sense::Organisation, Sense::Given, Sense::Title]) {
        let stem = form.strip_suffix('s').or_else(|| form.strip_suffix('\''));
        senses = stem.map(|it| lexicon.senses(it)).filter(|it| it.has(Sense::Demonym)).unwrap_or(senses);
    }
    let lower = form.to_lowercase();
    // "I've" is as idle as "I".
    let whole = contracted(&lower).unwrap_or(&lower);
    let small = lexicon.senses(whole);
    Word { form, look, senses, small, forced: false }
}

/// "I" of "I've", "they" of "they’re".
fn contracted(lower: &str) -> Option<&str> {
    let (whole, tail) = lower.split_once(['\'', '’'])?;
    matches!(tail, "ve" | "re" | "ll" | "d" | "m" | "t").then_some(whole)
}

/// "Paris-based" without its tail; other words as they are.
pub(crate) fn rooted(token: &str) -> &str {
    let tails = ["-based", "‐based", "‑based", "-born", "-area", "-headquartered"];
    tails.iter().find_map(|it| token.strip_suffix(it)).unwrap_or(token)
}

fn look(token: &str) -> Look {
    let token = rooted(token);
    let mut letters = token.chars().filter(|it| it.is_alphabetic());
    let first = letters.next();
    if !first.is_some_and(char::is_uppercase) {
        // "al-Assad", "el-Sisi", "iPhone", "d'Estaing".
        let inner = token.chars().skip(1).any(char::is_uppercase) && token.len() > 3;
        return if inner && !token.starts_with(|it: char| it.is_ascii_digit()) && named_small(token) {
            Look::Title
        } else {
            Look::Small
        };
    }
    // "US-led", "Iran-backed" tell of something else; "Paris-based" is cut by the caller.
    let tail = token.rsplit(['-', '‐', '‑']).next().filter(|it| it.len() < token.len());
    if tail.is_some_and(|it| it.starts_with(char::is_lowercase) && it.len() > 2) && !foreign(token) {
        return Look::Small;
    }
    let rest: Vec<char> = letters.collect();
    if rest.is_empty() {
        return if token.ends_with('.') || token.len() == 1 { Look::Initial } else { Look::Title };
    }
    // "IISc" and "PPPs" are acronyms too.
    let big = rest.iter().filter(|it| it.is_uppercase()).count();
    let loud = big == rest.len() || (rest.len() < 6 && big * 2 >= rest.len() && !token.contains('-'));
    if loud { Look::Upper } else { Look::Title }
}

/// Whether a word with a small first letter and a later capital is written as a name is.
fn named_small(token: &str) -> bool {
    const STARTS: &[&str] =
        &["al-", "el-", "ul-", "ad-", "as-", "ash-", "an-", "ar-", "at-", "ibn-", "d'", "d’"];
    STARTS.iter().any(|it| token.starts_with(it)) || !token.contains('-')
}

/// Whether a small letter after a hyphen is usual in such a name: "Jong-un", "Ma'ale-adumim".
fn foreign(token: &str) -> bool {
    let tail = token.rsplit('-').next().unwrap_or_default();
    tail.len() <= 5 && !ADJECTIVES.contains(&tail)
}

/// Ends of adjectives that stand behind a name and a hyphen.
const ADJECTIVES: &[&str] = &[
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
fn styled(words: &[Word], headline: bool) -> bool {
    let long = |it: &&Word| {
        let meant = !it.small.has(Sense::Function) && it.form.starts_with(char::is_alphabetic);
        meant && it.form.chars().count() > 2
    };
    let all = words.iter().filter(long).count();
    let big = words.iter().filter(long).filter(|it| it.capital()).count();
    // A sentence of running text that happens to be full of names ends with a stop.
    let running = !headline && words.last().is_some_and(|it| matches!(&*it.form, "." | "”" | "\""));
    let common = |it: &&Word| {
        it.capital() && it.small.has(Sense::Common) && !it.senses.any(&[Sense::Given, Sense::Title])
    };
    let plain = words.iter().skip(1).filter(long).filter(common).count();
    let loud = words.iter().filter(long).filter(|it| it.look == Look::Upper).count();
    let most = if running { big == all } else { big * 4 >= all * 3 };
    all >= 3 && ((most && plain >= 2) || (headline && most && plain >= 1) || loud * 5 >= all * 4)
}
