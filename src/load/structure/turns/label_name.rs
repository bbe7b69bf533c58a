//! Names in labels: the name, the title before it, the role after it and the remarks in brackets.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::load::structure::turns::label::LabelForm;
use crate::span::Span;
use crate::story::TurnSpeaker;
use crate::word_list::{sorted_list_has, word_list, word_list_text};

/// The name in a label. Ranges are bytes of the label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LabelName {
    name: Range<usize>,
    /// Whether the name is an office alone.
    is_office: bool,
    role: Option<Range<usize>>,
    /// The surname or the office, in lower case.
    pub(crate) key: String,
    pub(crate) form: LabelForm,
}

impl LabelName {
    /// The speaker that the name tells, in a text in which the label stands at `start`.
    pub(crate) fn speaker(&self, start: usize) -> TurnSpeaker {
        let span = |range: &Range<usize>| Span::new(start + range.start, start + range.end);
        let (name, role) = (span(&self.name), self.role.as_ref().map(span));
        if self.is_office { TurnSpeaker::Office(name) } else { TurnSpeaker::Named { name, role } }
    }

    /// The same name in a label that begins so many bytes earlier.
    pub(crate) fn moved(mut self, bytes: usize) -> Self {
        let move_range = |it: &mut Range<usize>| *it = it.start + bytes..it.end + bytes;
        move_range(&mut self.name);
        self.role.as_mut().into_iter().for_each(move_range);
        self
    }

    /// A nickname of a chat, which may be any word.
    pub(crate) fn nickname(range: Range<usize>, nickname: &str) -> Option<Self> {
        let is_nickname = nickname.chars().all(|ch| ch.is_alphanumeric() || "_-.@+ ".contains(ch));
        let key = nickname.to_lowercase();
        (is_nickname && nickname.contains(char::is_alphabetic)).then_some(Self {
            name: range,
            is_office: false,
            role: None,
            key,
            form: LabelForm::Transcript,
        })
    }
}

/// Reads the label of a record, which ends with a full stop. It needs an article or a title before a name or an office.
pub(crate) fn parse_record(label: &str) -> Option<LabelName> {
    let (bare, _) = strip_remarks(label);
    let words = word_ranges(bare);
    let opens = words.first().is_some_and(|it| {
        let word = &bare[it.clone()];
        word == "The" || word == "THE" || is_title(word)
    });
    // "THE END. It rained." is no label; "THE COURT. Sustained." is one.
    let is_unlabelled = bare.starts_with("THE ") && !words.iter().any(|it| is_office(&bare[it.clone()]));
    // "Mr. ST. CLAIR." does not end after "ST."
    let is_cut = words.last().is_some_and(|it| {
        let last = &bare[it.clone()];
        last.len() == 1 || ["ST", "STE"].iter().any(|it| last.eq_ignore_ascii_case(it))
    });
    if is_unlabelled || is_cut {
        return None;
    }
    let has_capitals = |it: &Range<usize>| is_all_capitals(&bare[it.clone()]) && it.len() > 1;
    let rest = &words.get(1..).unwrap_or_default();
    if !opens || rest.is_empty() || rest.iter().any(|it| !is_name_word(&bare[it.clone()])) {
        return None;
    }
    let name = parse_name(label, false)?;
    // "The President." and "Mr. Lee." may open a sentence of their own; "The CHAIR." does not.
    match name.form {
        _ if rest.iter().any(has_capitals) => Some(LabelName { form: LabelForm::Transcript, ..name }),
        LabelForm::Name | LabelForm::FullName | LabelForm::Transcript if rest.len() <= 3 => {
            Some(LabelName { form: LabelForm::Name, ..name })
        }
        // "Mr. Brand." is a name, though a brand is none.
        LabelForm::CommonWord
            if rest.len() == 1 && words.first().is_some_and(|it| is_title(&bare[it.clone()])) =>
        {
            Some(LabelName { form: LabelForm::Name, ..name })
        }
        _ => None,
    }
}

/// Reads a label. With `is_chat`, after a time, a name may be in lower case.
pub(crate) fn parse_name(label: &str, is_chat: bool) -> Option<LabelName> {
    /// Words of a name with its titles.
    const MAX_NAME_WORDS: usize = 6;
    if RUBRICS.contains(&label.to_lowercase().as_str()) {
        return None;
    }
    let (bare, remarks) = strip_remarks(label);
    let (head, role) = split_role(bare);
    // "REP. ANN LEE (R), TARN": behind a party stands a place.
    let (head, party) = strip_remarks(head);
    let has_party = !party.is_empty() && role.is_some();
    let role = role.or_else(|| office_in_remarks(label, head, &remarks));
    let words = word_ranges(head);
    let word = |range: &Range<usize>| &head[range.clone()];
    let first = words.first().map(word)?;
    let is_handle = is_chat && words.len() <= 3 && words.iter().all(|it| is_handle(word(it)));
    if words.len() > MAX_NAME_WORDS || !(is_handle || starts_name(first)) {
        return None;
    }
    if !is_handle && !words.iter().all(|it| is_name_word(word(it))) {
        return None;
    }
    // "The Minister for Ferries (Ida Moe)" names the person after the office.
    let offices = words.iter().filter(|it| is_office(word(it))).count();
    let is_person =
        |it: &&Range<usize>| is_full_name(&label[(*it).clone()]) || is_titled_name(&label[(*it).clone()]);
    let person = remarks.iter().find(is_person).cloned();
    if let Some(name) = person.filter(|_| offices > 0 || matches!(first, "The" | "THE")) {
        let office = without_article(head);
        let key = key_of(&label[name.clone()]);
        let form = LabelForm::Transcript;
        return Some(LabelName { name, is_office: false, role: Some(office), key, form });
    }
    let titles =
        words.iter().take_while(|it| is_title(word(it)) || matches!(word(it), "The" | "THE")).count();
    let has_article = matches!(first, "The" | "THE" | "A" | "AN" | "An");
    // "Secretary of State John F": the "of" belongs to the title.
    let has_complement = words.get(titles).is_some_and(|it| word(it) == "of");
    // "Speaker 1" is nobody of that name.
    let is_numbered = words.get(titles).is_some_and(|it| word(it).bytes().all(|it| it.is_ascii_digit()));
    let is_title_name = titles > 0 && titles < words.len() && !has_article && !has_complement && !is_numbered;
    let name_words = if is_title_name { &words[titles..] } else { &words[..] };
    // "Mr. Lee of Tarn": the place is no part of the name; an "of" in the title is.
    let end = (titles + 1..words.len())
        .find(|at| is_title_name && word(&words[*at]) == "of")
        .map_or(head.len(), |at| words[at - 1].end);
    let name = name_words.first()?.start..end;
    let title = (is_title_name && words[..titles].iter().any(|it| !is_honorific(word(it))))
        .then(|| words[0].start..words[titles - 1].end);
    let form = form(head, &words, name_words, titles > 0, role.is_some());
    // "Lord Pym (Con)": a party or a place in brackets.
    let form = if is_title_name && !remarks.is_empty() { LabelForm::Transcript } else { form };
    // The reporter of a broadcast is labelled "BYLINE", which is no role.
    let is_no_role = |it: &Range<usize>| has_party || label[it.clone()].eq_ignore_ascii_case("byline");
    let role = role.filter(|it| !is_no_role(it)).map(|it| without_place(label, it));
    let is_office = offices > 0 && !is_title_name && !is_given_name(first);
    let key = if is_office { office_key(head) } else { key_of(&head[name.clone()]) };
    Some(LabelName { name, is_office, role: role.or(title), key, form })
}

/// What the words of a label tell about it.
fn form(
    head: &str,
    words: &[Range<usize>],
    name_words: &[Range<usize>],
    has_title: bool,
    has_role: bool,
) -> LabelForm {
    let word = |range: &Range<usize>| &head[range.clone()];
    let in_capitals = name_words.iter().all(|it| is_all_capitals(word(it)) || is_particle(word(it)));
    let has_office = words.iter().any(|it| is_office(word(it)));
    let is_plain = |it: &Range<usize>| is_particle(word(it)) || is_common(word(it));
    let has_given_name = name_words.len() > 1 && name_words.iter().any(|it| is_given_name(word(it)));
    match () {
        () if in_capitals && (has_role || (has_title && !is_the_alone(word(&words[0]), words.len()))) => {
            LabelForm::Transcript
        }
        () if has_role && name_words.len() > 1 => LabelForm::FullName,
        () if has_office || has_given_name => {
            if name_words.len() > 1 {
                LabelForm::FullName
            } else {
                LabelForm::Name
            }
        }
        () if name_words.iter().all(is_plain) => LabelForm::CommonWord,
        () if name_words.len() > 1 => LabelForm::FullName,
        () => LabelForm::Name,
    }
}

/// Whether a label is an article without an office.
fn is_the_alone(first: &str, words: usize) -> bool {
    words < 2 && first.eq_ignore_ascii_case("the")
}

/// A label without the remarks in brackets at its end, and the ranges of their words.
fn strip_remarks(label: &str) -> (&str, Vec<Range<usize>>) {
    let (mut bare, mut remarks) = (label.trim_end(), Vec::new());
    while let Some(inside) = bare.strip_suffix([')', ']']) {
        let Some(open) = inside.rfind(['(', '[']).filter(|it| *it > 0) else { break };
        remarks.push(open + 1..inside.len());
        bare = bare[..open].trim_end();
    }
    (bare, remarks)
}

/// A label without the role after its comma, and the role.
fn split_role(label: &str) -> (&str, Option<Range<usize>>) {
    const MAX_ROLE_WORDS: usize = 12;
    // "PAUL ARD - HOST"
    let after_dash = [" - ", " – "].iter().find_map(|it| label.split_once(it));
    let after_dash = after_dash.filter(|(_, role)| role.split(' ').any(is_office));
    let Some((head, role)) = label.split_once(", ").or(after_dash) else { return (label, None) };
    let is_suffix = is_name_suffix(role);
    let starts = role.starts_with(char::is_uppercase) || role.split(' ').any(is_office);
    let is_role =
        !is_suffix && starts && role.split(' ').count() <= MAX_ROLE_WORDS && !role.contains(['.', '?', '!']);
    if is_role { (head.trim_end(), Some(label.len() - role.len()..label.len())) } else { (label, None) }
}

/// The remark in brackets that is an office, behind a name of two words or more: "PAUL ARD (HOST)".
fn office_in_remarks(label: &str, head: &str, remarks: &[Range<usize>]) -> Option<Range<usize>> {
    const MAX_WORDS: usize = 4;
    let is_role = |it: &&Range<usize>| {
        let words = &label[(*it).clone()];
        words.split(' ').count() <= MAX_WORDS && words.split(' ').all(|it| is_office(it) || is_particle(it))
    };
    let is_name = is_full_name(head);
    remarks.iter().find(is_role).filter(|_| is_name).cloned()
}

/// A role without the place or the firm behind its comma: "CHIEF OF POLICE, BRACKWELL".
fn without_place(label: &str, role: Range<usize>) -> Range<usize> {
    let words = &label[role.clone()];
    let office = words.split_once(", ").map(|it| it.0);
    let office = office.filter(|it| it.split(' ').any(is_office));
    role.start..role.start + office.map_or(words.len(), str::len)
}

/// The ranges of the words of a text.
fn word_ranges(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let ranges = text.split(' ').map(|word| {
        let start = at;
        at += word.len() + 1;
        start..start + word.len()
    });
    ranges.filter(|it| !it.is_empty()).collect()
}

/// Whether a word can begin a name.
fn starts_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Whether a word can stand in a name: capitalised letters, a number after them, a lower-case particle.
fn is_name_word(word: &str) -> bool {
    let is_letters = word.chars().all(|ch| ch.is_alphabetic() || "-'’.".contains(ch));
    let is_number = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    is_particle(word) || is_number || (is_letters && starts_name(word)) || is_office(word)
}

/// Whether a word of a chat can be a name: letters, digits and the signs of nicknames.
fn is_handle(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric)
        && word.chars().all(|ch| ch.is_alphanumeric() || "_-.@+'’()~".contains(ch))
}

/// Whether a word is a particle of names or offices.
fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word.to_lowercase().as_str())
}

/// Whether a word tells the generation of a person: "Jr.", "III".
fn is_name_suffix(word: &str) -> bool {
    NAME_SUFFIXES.contains(&word.trim_end_matches('.').to_ascii_lowercase().as_str())
}

const PARTICLES: &[&str] = &word_list!("turn-label-lowercase-words");
const NAME_SUFFIXES: &[&str] = &word_list!("name-suffixes");

/// Whether a word has letters, none of them in lower case but a "Mc" or an "O'" at its start.
fn is_all_capitals(word: &str) -> bool {
    let word = ["Mc", "Mac", "O’", "O'", "d’", "d'", "Le", "La", "De"]
        .iter()
        .find_map(|it| word.strip_prefix(it).filter(|rest| rest.len() > 1))
        .unwrap_or(word);
    word.contains(char::is_alphabetic) && !word.contains(char::is_lowercase)
}

/// Whether a word is a title before names: "Mr.", "Mayor", "SENATOR".
fn is_title(word: &str) -> bool {
    TITLES.contains(&bare_title(word))
}

/// Whether a label has a title before a name: "Mayor Lund", "Mr Speaker".
pub(crate) fn begins_with_title(label: &str) -> bool {
    label.split_once(' ').is_some_and(|(first, _)| is_title(first))
}

/// Whether a word is a title that names no office: "Mr.".
fn is_honorific(word: &str) -> bool {
    HONORIFICS.contains(&bare_title(word))
}

/// A title without what may differ between two spellings: capitals and a full stop.
fn bare_title(title: &str) -> String {
    title.trim_end_matches('.').to_ascii_lowercase()
}

/// Whether a word is an office or another noun for who speaks: "Chair", "Moderator", "UNIDENTIFIED".
fn is_office(word: &str) -> bool {
    let lower = word.trim_matches(['.', ',']).to_lowercase();
    OFFICES.contains(&lower.as_str()) || ROLES.binary_search(&lower.as_str()).is_ok()
}

fn is_common(word: &str) -> bool {
    let lower = word.to_lowercase();
    // "Load-Date" is two common words; "Survivors" is one with an ending.
    lower.trim_end_matches('.').split('-').all(|part| {
        let stem = part.strip_suffix('s').unwrap_or(part);
        sorted_list_has(COMMON_WORDS, part) || sorted_list_has(COMMON_WORDS, stem)
    })
}

fn is_given_name(word: &str) -> bool {
    let mut chars = word.chars();
    let first = chars.next().into_iter();
    let title_case: String = first.chain(chars.flat_map(char::to_lowercase)).collect();
    sorted_list_has(GIVEN_NAMES, &title_case)
}

/// Whether words are a person's name: two to four capitalised words.
fn is_full_name(words: &str) -> bool {
    let is_capitalized = |it: &str| starts_name(it) && is_name_word(it) && !is_office(it);
    (2..=4).contains(&words.split(' ').count()) && words.split(' ').all(is_capitalized)
}

/// Whether words are a title and a surname: "Lord Dray".
fn is_titled_name(words: &str) -> bool {
    let parts: Vec<&str> = words.split(' ').collect();
    matches!(parts[..], [title, name] if is_title(title) && starts_name(name) && is_name_word(name))
}

/// The range of a text without the article before it.
fn without_article(text: &str) -> Range<usize> {
    let article = ["The ", "THE ", "the "].iter().find(|it| text.starts_with(**it));
    article.map_or(0, |it| it.len())..text.len()
}

/// The surname in a name, in lower case.
fn key_of(name: &str) -> String {
    let last = name.split_whitespace().rev().find(|it| !is_name_suffix(it)).unwrap_or(name);
    last.trim_matches(|ch: char| !ch.is_alphanumeric()).to_lowercase()
}

/// An office without its article, in lower case.
fn office_key(head: &str) -> String {
    head[without_article(head)].to_lowercase()
}

const RUBRICS: &[&str] = &word_list!("label-rubrics");
const OFFICES: &[&str] = &word_list!("turn-labels");
const ROLES: &[&str] = &word_list!("roles");
/// All titles, as [`bare_title`] gives them.
static TITLES: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let titles = word_list!("titles");
    titles.iter().map(|it| bare_title(it)).chain(HONORIFICS.iter().cloned()).collect()
});
/// The titles that name no office, as [`bare_title`] gives them.
static HONORIFICS: LazyLock<HashSet<String>> =
    LazyLock::new(|| word_list!("honorifics").iter().map(|it| bare_title(it)).collect());
const COMMON_WORDS: &str = word_list_text!("common-words");
const GIVEN_NAMES: &str = word_list_text!("given-names");
