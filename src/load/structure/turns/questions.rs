//! Interviews without labels: paragraphs that ask somebody something, and the paragraphs that answer.

use crate::load::builder::StoryBuilder;
use crate::load::structure::headline;
use crate::span::Span;
use crate::story::{BlockKind, TurnSpeaker};
use crate::word_list::word_list;

/// Makes turns of the questions and answers of an interview.
///
/// A story is an interview if its questions are answered in the first person. A few questions are enough if the text
/// above them says that it is one, or if they are in bold type.
pub(crate) fn mark_unlabelled_turns(builder: &mut StoryBuilder) {
    let marked = MarkedQuestions::find(builder);
    let is_direct = |block: &usize| {
        marked.is_question(builder, *block) || (!marked.are_used && is_plain_question(builder, *block))
    };
    let Some(first) = (0..builder.blocks.len()).find(is_direct) else { return };
    let announcement = announcing_block(builder, first);
    let exchanges = find_exchanges(builder, &marked, announcement);
    if !is_interview(builder, &exchanges, announcement) {
        return;
    }
    for exchange in exchanges {
        for rubric in exchange.rubrics {
            builder.blocks[rubric].kind = BlockKind::Heading;
        }
        for question in exchange.questions {
            set_turn(builder, question, TurnSpeaker::Interviewer);
        }
        for answer in exchange.answers {
            set_turn(builder, answer, TurnSpeaker::Interviewee);
        }
    }
}

fn set_turn(builder: &mut StoryBuilder, block: usize, speaker: TurnSpeaker) {
    builder.blocks[block].kind = BlockKind::Turn;
    builder.blocks[block].speaker = Some(speaker);
}

/// What is asked and what is answered, as indices of blocks.
struct Exchange {
    /// At least one paragraph.
    questions: Vec<usize>,
    /// Whether the first question is in bold type or a heading.
    is_marked: bool,
    answers: Vec<usize>,
    /// The headings among the answers.
    rubrics: Vec<usize>,
}

/// The questions that have an answer. `announcement` is the block that says that the story is an interview.
fn find_exchanges(
    builder: &StoryBuilder,
    marked: &MarkedQuestions,
    announcement: Option<usize>,
) -> Vec<Exchange> {
    let mut exchanges: Vec<Exchange> = Vec::new();
    for (number, block) in builder.blocks.iter().enumerate() {
        let is_marked = marked.is_question(builder, number);
        // Where some questions are in bold type, all are.
        let is_question = is_marked
            || (!marked.are_used
                && (is_plain_question(builder, number)
                    || (announcement.is_some_and(|it| it < number) && is_implied_question(builder, number))));
        // After a question, a long paragraph that ends with another one is an answer.
        let is_answer = !is_marked
            && exchanges.last().is_some_and(|it| it.answers.is_empty())
            && is_long_end(builder, number);
        match block.kind {
            _ if is_question && !is_answer => push_question(builder, &mut exchanges, number, is_marked),
            BlockKind::Paragraph | BlockKind::Item => {
                if let Some(exchange) = exchanges.last_mut() {
                    let is_answered = !exchange.answers.is_empty()
                        || exchange.questions.iter().all(|it| is_long_end(builder, *it));
                    let is_rubric = is_answered && is_rubric(builder, number);
                    (if is_rubric { &mut exchange.rubrics } else { &mut exchange.answers }).push(number);
                }
            }
            _ => {}
        }
    }
    if let Some(last) = exchanges.last_mut() {
        // After the last answer, the author may say something more.
        let max_gap = usize::from(announcement.is_some());
        let mut end = last.answers.len().min(1);
        for (number, answer) in last.answers.iter().enumerate().skip(1) {
            if number <= end + max_gap && is_first_person(builder.block_text(*answer)) {
                end = number + 1;
            }
        }
        last.answers.truncate(end);
    }
    exchanges.retain(|it| !it.answers.is_empty());
    exchanges
}

/// Adds a question. One after another without an answer between them belongs to the same exchange, unless the earlier
/// one is the end of an answer that asks something.
fn push_question(builder: &StoryBuilder, exchanges: &mut Vec<Exchange>, question: usize, is_marked: bool) {
    if exchanges.last().is_some_and(|it| it.answers.is_empty())
        && let Some(mut open) = exchanges.pop()
    {
        match exchanges.last_mut() {
            Some(previous)
                if !open.is_marked && open.questions.iter().all(|it| is_long_end(builder, *it)) =>
            {
                previous.answers.append(&mut open.questions);
                previous.rubrics.append(&mut open.rubrics);
            }
            _ => {
                open.questions.push(question);
                exchanges.push(open);
                return;
            }
        }
    }
    exchanges.push(Exchange { questions: vec![question], is_marked, answers: vec![], rubrics: vec![] });
}

/// Whether a paragraph is the heading of the next question: a short line without a stop before it.
fn is_rubric(builder: &StoryBuilder, block: usize) -> bool {
    const MAX_BYTES: usize = 80;
    let text = builder.block_text(block);
    text.len() <= MAX_BYTES
        && text.contains(' ')
        && text.starts_with(char::is_uppercase)
        && text.ends_with(char::is_alphanumeric)
        && block + 1 < builder.blocks.len()
        && is_plain_question(builder, block + 1)
}

/// Whether a paragraph is long and asks something only at its end, as an answer may.
fn is_long_end(builder: &StoryBuilder, block: usize) -> bool {
    const MIN_BYTES: usize = 300;
    let text = builder.block_text(block);
    let first_end = text.find(['.', '?', '!']).unwrap_or(text.len());
    text.len() >= MIN_BYTES && !text[first_end..].starts_with('?')
}

/// The questions that are in bold type or that are headings.
struct MarkedQuestions {
    are_used: bool,
}

impl MarkedQuestions {
    /// At least two bold paragraphs or headings must be questions, and at least half of all of them.
    fn find(builder: &StoryBuilder) -> Self {
        const MIN_QUESTIONS: usize = 2;
        let marked = (0..builder.blocks.len()).filter(|it| is_marked_block(builder, *it));
        let (mut all, mut questions) = (0, 0);
        for block in marked {
            all += 1;
            questions += usize::from(ends_with_question(builder.block_text(block)));
        }
        Self { are_used: questions >= MIN_QUESTIONS && questions * 2 >= all }
    }

    /// Whether a block is a question in bold type: it ends like a sentence or a question.
    fn is_question(&self, builder: &StoryBuilder, block: usize) -> bool {
        let text = builder.block_text(block);
        let is_heading = builder.blocks[block].kind == BlockKind::Heading;
        let ends_well = ends_with_question(text) || (!is_heading && text.ends_with(['.', '…', ':', '!']));
        self.are_used && is_marked_block(builder, block) && ends_well
    }
}

/// Whether a block is a paragraph in bold type or a heading.
fn is_marked_block(builder: &StoryBuilder, block: usize) -> bool {
    let Span { start, .. } = builder.blocks[block].span;
    let is_strong = || builder.strong.binary_search_by_key(&start, |it| it.start).is_ok();
    match builder.blocks[block].kind {
        BlockKind::Heading => true,
        BlockKind::Paragraph => is_strong(),
        _ => false,
    }
}

/// Maximum size of a question in bytes.
const MAX_QUESTION_BYTES: usize = 700;

/// Whether a paragraph asks somebody something, outside quotation marks.
fn is_plain_question(builder: &StoryBuilder, block: usize) -> bool {
    let text = builder.block_text(block);
    // "Is it the wind? Although the tide may …" is interrupted.
    let is_interrupted = text.contains("? ") && text.ends_with(['…', '—']);
    may_ask(builder, block)
        && (ends_with_question(text) || is_interrupted)
        && (!has_word(text, FIRST_PERSON) || has_word(text, SECOND_PERSON))
}

/// Whether a paragraph of an interview asks something without a question mark, and the next one answers it: "Tell us
/// about the mill.", "You have written a book.", "How did you come to baking".
fn is_implied_question(builder: &StoryBuilder, block: usize) -> bool {
    let text = builder.block_text(block);
    let is_prose = |it: &&usize| {
        matches!(builder.blocks[**it].kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Heading)
    };
    let following: Vec<usize> = (block + 1..builder.blocks.len()).take(MAX_BLOCKS_TO_ANSWER).collect();
    let is_answered = following.iter().find(is_prose).is_some_and(|it| {
        let answer = builder.block_text(*it);
        is_first_person(answer) && !is_plain_question(builder, *it)
    });
    may_ask(builder, block) && is_answered && (is_request(text) || is_addressed(text))
}

/// How many blocks after a question, with the pictures between them, its answer may begin.
const MAX_BLOCKS_TO_ANSWER: usize = 3;

/// Whether the last sentence of a text asks for an answer: "Tell us about the mill."
fn is_request(text: &str) -> bool {
    let sentence = text.trim_end_matches(['.', '!', '…', ' ']).rsplit(['.', '?', '!']).next().unwrap_or(text);
    let lower = sentence.trim_start().to_lowercase();
    let lower = ["and ", "so ", "please ", "but "]
        .iter()
        .fold(lower.as_str(), |it, opening| it.strip_prefix(opening).unwrap_or(it));
    REQUESTS
        .iter()
        .any(|it| lower.strip_prefix(it).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)))
}

/// Whether a text is addressed to somebody who answers: "You have written a book.", "How did you come to baking", "I
/// wondered if you had a plan."
fn is_addressed(text: &str) -> bool {
    let lower = text.to_lowercase().replace('’', "'");
    let mut words = lower.split_whitespace();
    let opens_question = words.next().is_some_and(|it| QUESTION_WORDS.contains(&it))
        && words.next().is_some_and(|it| AUXILIARIES.contains(&it));
    // "You have baked for years.", but not "You have to bake."
    let follows_have = ["you have ", "you've ", "you had "].iter().find_map(|it| lower.strip_prefix(it));
    let participle = follows_have.and_then(|it| it.split(' ').next()).unwrap_or_default();
    let is_perfect = ["ed", "en", "wn", "ade"].iter().any(|it| participle.ends_with(it));
    let opens_statement =
        || (is_perfect || STATEMENTS.iter().any(|it| lower.starts_with(it))) && !is_first_person(text);
    let asks = || QUESTION_PHRASES.iter().any(|it| lower.contains(it));
    has_word(text, SECOND_PERSON) && (opens_question || opens_statement() || asks())
}

/// Whether a block is a paragraph of a size and form that a question may have.
fn may_ask(builder: &StoryBuilder, block: usize) -> bool {
    let text = builder.block_text(block);
    let is_spoken = text.starts_with(['“', '"', '‘', '\'', '«', '„']);
    builder.blocks[block].kind == BlockKind::Paragraph && text.len() <= MAX_QUESTION_BYTES && !is_spoken
}

fn ends_with_question(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', ')', ']', ' ', '*']).ends_with('?')
}

/// Whether the exchanges of a story are an interview. `announcement` is the block that says so.
fn is_interview(builder: &StoryBuilder, exchanges: &[Exchange], announcement: Option<usize>) -> bool {
    const MIN_QUESTIONS: usize = 3;
    /// The number of questions that are enough if the story says that it is an interview.
    const MIN_ANNOUNCED_QUESTIONS: usize = 2;
    /// Paragraphs a question in the longest interview; a feature that asks its readers has more.
    const MAX_ANSWERS: usize = 8;
    let answers: usize = exchanges.iter().map(|it| it.answers.len()).sum();
    let in_first_person =
        |it: &&Exchange| it.answers.iter().any(|answer| is_first_person(builder.block_text(*answer)));
    let addresses =
        |it: &&Exchange| it.questions.iter().any(|it| has_word(builder.block_text(*it), SECOND_PERSON));
    let addressed = exchanges.iter().filter(addresses).count();
    let personal = exchanges.iter().filter(in_first_person).count();
    // A comment asks its readers too, but seldom in most of its questions.
    let (min_questions, min_addressed) = if announcement.is_some() {
        (MIN_ANNOUNCED_QUESTIONS, exchanges.len())
    } else {
        (MIN_QUESTIONS, 2 * exchanges.len())
    };
    let are_marked = exchanges.iter().all(|it| it.is_marked);
    // A headline with the word itself leaves no doubt: questions to an expert may say "you" nowhere.
    let is_titled = announcement.is_some_and(|it| {
        let (text, next) = (builder.block_text(it), builder.block_text(it + 1));
        it == 0 && headline::is_headline(text, next) && text.to_lowercase().contains(INTERVIEW)
    });
    exchanges.len() >= min_questions
        && answers <= exchanges.len() * MAX_ANSWERS
        && personal * 2 >= exchanges.len()
        && (are_marked || is_titled || addressed * 3 >= min_addressed)
}

/// The word in the headline of an interview, as a part of "interviews" and "interviewed" too.
const INTERVIEW: &str = "interview";

/// The first block above another that says that an interview follows.
fn announcing_block(builder: &StoryBuilder, block: usize) -> Option<usize> {
    /// Bytes at the start of a story in which the announcement stands.
    const MAX_HEAD_BYTES: usize = 4000;
    (0..block).take_while(|it| builder.blocks[*it].span.start < MAX_HEAD_BYTES).find(|it| {
        let text = builder.block_text(*it);
        let head = text[..text.floor_char_boundary(MAX_HEAD_BYTES)].to_lowercase();
        OPENINGS.iter().any(|opening| head.contains(opening))
    })
}

/// Whether a text speaks in the first person, outside quotation marks.
fn is_first_person(text: &str) -> bool {
    has_word(text, FIRST_PERSON)
}

/// Whether a text has one of some words, outside quotation marks.
fn has_word(text: &str, words: &[&str]) -> bool {
    let mut is_quoted = false;
    text.split_inclusive(' ').any(|word| {
        is_quoted |= word.starts_with(['“', '"']);
        let bare = word.trim_matches(|ch: char| !ch.is_alphanumeric());
        let stem = bare.split(['\'', '’']).next().unwrap_or_default();
        let is_word = !is_quoted && words.iter().any(|it| it.eq_ignore_ascii_case(stem));
        if word.trim_end().trim_end_matches(['.', ',', '?', '!', ';', ':']).ends_with(['”', '"']) {
            is_quoted = false;
        }
        is_word
    })
}

const FIRST_PERSON: &[&str] = &word_list!("first-person-words");
const SECOND_PERSON: &[&str] = &word_list!("second-person-words");
const OPENINGS: &[&str] = &word_list!("interview-openings");
const REQUESTS: &[&str] = &word_list!("interview-requests");
const STATEMENTS: &[&str] = &word_list!("interview-statements");
const QUESTION_PHRASES: &[&str] = &word_list!("interview-question-phrases");
const QUESTION_WORDS: &[&str] = &word_list!("interview-question-words");
const AUXILIARIES: &[&str] = &word_list!("auxiliary-verbs");
