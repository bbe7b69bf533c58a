//! Interviews without labels: paragraphs that ask somebody something, and the paragraphs that answer.

use crate::load::builder::StoryBuilder;
use crate::span::Span;
use crate::story::{BlockKind, TurnSpeaker};
use crate::word_list::word_list;

/// Makes turns of the questions and answers of an interview.
///
/// A story is an interview if its questions are answered in the first person. A few questions are enough if the text
/// above them says that it is one, or if they are in bold type.
pub(crate) fn mark_unlabelled_turns(builder: &mut StoryBuilder) {
    let exchanges = find_exchanges(builder);
    if !is_interview(builder, &exchanges) {
        return;
    }
    for exchange in exchanges {
        set_turn(builder, exchange.question, TurnSpeaker::Interviewer);
        for answer in exchange.answers {
            set_turn(builder, answer, TurnSpeaker::Interviewee);
        }
    }
}

fn set_turn(builder: &mut StoryBuilder, block: usize, speaker: TurnSpeaker) {
    builder.blocks[block].kind = BlockKind::Turn;
    builder.blocks[block].speaker = Some(speaker);
}

/// A question and its answers, as indices of blocks.
struct Exchange {
    question: usize,
    /// Whether the question is in bold type or a heading.
    is_marked: bool,
    answers: Vec<usize>,
}

/// The questions that have an answer.
fn find_exchanges(builder: &StoryBuilder) -> Vec<Exchange> {
    let marked = MarkedQuestions::find(builder);
    let mut exchanges: Vec<Exchange> = Vec::new();
    for (number, block) in builder.blocks.iter().enumerate() {
        let is_marked = marked.is_question(builder, number);
        // Where some questions are in bold type, all are.
        let is_question = is_marked || (!marked.are_used && is_plain_question(builder, number));
        match block.kind {
            _ if is_question => exchanges.push(Exchange { question: number, is_marked, answers: vec![] }),
            BlockKind::Paragraph | BlockKind::Item => {
                if let Some(exchange) = exchanges.last_mut() {
                    exchange.answers.push(number);
                }
            }
            _ => {}
        }
    }
    if let Some(last) = exchanges.last_mut() {
        // After the last answer, the author may say something more.
        let is_said = |answer: &usize| is_first_person(builder.block_text(*answer));
        let said = last.answers.iter().skip(1).take_while(|it| is_said(it)).count();
        last.answers.truncate(1 + said);
    }
    exchanges.retain(|it| !it.answers.is_empty());
    exchanges
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

/// Whether a paragraph asks somebody something, outside quotation marks.
fn is_plain_question(builder: &StoryBuilder, block: usize) -> bool {
    const MAX_QUESTION_BYTES: usize = 700;
    let text = builder.block_text(block);
    let is_spoken = text.starts_with(['“', '"', '‘', '\'', '«', '„']);
    builder.blocks[block].kind == BlockKind::Paragraph
        && text.len() <= MAX_QUESTION_BYTES
        && !is_spoken
        && ends_with_question(text)
        && (!has_word(text, FIRST_PERSON) || has_word(text, SECOND_PERSON))
}

fn ends_with_question(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', ')', ']', ' ', '*']).ends_with('?')
}

/// Whether the exchanges of a story are an interview.
fn is_interview(builder: &StoryBuilder, exchanges: &[Exchange]) -> bool {
    const MIN_QUESTIONS: usize = 3;
    /// The number of questions that are enough if the story says that it is an interview.
    const MIN_ANNOUNCED_QUESTIONS: usize = 2;
    /// Paragraphs a question in the longest interview; a feature that asks its readers has more.
    const MAX_ANSWERS: usize = 8;
    let Some(first) = exchanges.first() else { return false };
    let answers: usize = exchanges.iter().map(|it| it.answers.len()).sum();
    let in_first_person =
        |it: &&Exchange| it.answers.iter().any(|answer| is_first_person(builder.block_text(*answer)));
    let addressed =
        exchanges.iter().filter(|it| has_word(builder.block_text(it.question), SECOND_PERSON)).count();
    let personal = exchanges.iter().filter(in_first_person).count();
    // A comment asks its readers too, but seldom in most of its questions.
    let (min_questions, min_addressed) = if is_announced(builder, first.question) {
        (MIN_ANNOUNCED_QUESTIONS, exchanges.len())
    } else {
        (MIN_QUESTIONS, 2 * exchanges.len())
    };
    let are_marked = exchanges.iter().all(|it| it.is_marked);
    exchanges.len() >= min_questions
        && answers <= exchanges.len() * MAX_ANSWERS
        && personal * 2 >= exchanges.len()
        && (are_marked || addressed * 3 >= min_addressed)
}

/// Whether the text above a block says that an interview follows.
fn is_announced(builder: &StoryBuilder, block: usize) -> bool {
    /// Bytes at the start of a story in which the announcement stands.
    const MAX_HEAD_BYTES: usize = 4000;
    let end = builder.blocks[block].span.start.min(builder.text.floor_char_boundary(MAX_HEAD_BYTES));
    let head = builder.text[..end].to_lowercase();
    OPENINGS.iter().any(|it| head.contains(it))
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
