//! Turns: what one person says in an interview, a briefing, a hearing, a debate, a broadcast or a chat.
//!
//! 1. [`inline`] cuts a paragraph that holds several turns.
//! 2. [`label`] reads the label at the start of each paragraph, [`label_name`] the name in it.
//! 3. [`label_index`] decides which labels name speakers: their form is one of transcripts, or they alternate.
//! 4. [`questions`] finds questions and answers without labels.

mod inline;
mod label;
mod label_index;
mod label_name;
mod opening;
mod questions;

use crate::load::builder::StoryBuilder;
use crate::load::structure::turns::label::{LabelForm, TurnLabel};
use crate::load::structure::turns::label_index::LabelIndex;
use crate::load::structure::turns::label_name::begins_with_title;
use crate::story::BlockKind;

pub(crate) use crate::load::structure::turns::label::begins_turn;
pub(crate) use crate::load::structure::turns::opening::is_speaker_line;

/// Makes turns of the paragraphs that one person says: those with a speaker's label, and questions with their answers.
pub(crate) fn classify_turns(builder: &mut StoryBuilder) {
    inline::split_paragraphs(builder);
    if !mark_labelled_turns(builder) {
        questions::mark_unlabelled_turns(builder);
    }
}

/// Makes turns of the paragraphs whose label names a speaker; returns whether there is one.
fn mark_labelled_turns(builder: &mut StoryBuilder) -> bool {
    let StoryBuilder { text, blocks, .. } = builder;
    let parse = |block: &crate::story::Block| {
        let may_be_turn = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item);
        // "Pence: Flowers Won’t Be at Debate" is the headline of an interview.
        let ends_sentence = |it: &TurnLabel| {
            let words = &text[it.span.end..block.span.end];
            it.span.start > 0
                || words.len() == 1
                || words.ends_with(['.', '?', '!', '”', '"', '…', '—', '-', ')', ']'])
        };
        may_be_turn.then(|| label::parse_label(text, block.span)).flatten().filter(ends_sentence)
    };
    let labels: Vec<Option<TurnLabel>> = blocks.iter().map(parse).collect();
    let index = LabelIndex::new(text, labels.iter().flatten());
    let certain: Vec<bool> =
        labels.iter().map(|it| it.as_ref().is_some_and(|label| index.is_speaker(label))).collect();
    let (first, last) = (certain.iter().position(|it| *it), certain.iter().rposition(|it| *it));
    for (number, label) in labels.iter().enumerate() {
        let Some(label) = label else { continue };
        // A name that occurs once is a speaker's if it stands among the turns of others.
        let is_among = first < Some(number) && Some(number) < last;
        let is_beside = number > 0 && certain[number - 1] && certain.get(number + 1) == Some(&true);
        let is_between = label.is_utterance
            && match label.form {
                LabelForm::Transcript | LabelForm::FullName => is_among,
                LabelForm::Name => is_beside,
                _ => false,
            };
        // The last turn is often the only one of its speaker.
        let is_last = last.is_some_and(|it| it < number) && may_end_transcript(label, text);
        let follows_turn = number > 0 && blocks[number - 1].kind == BlockKind::Turn;
        let is_between = is_between || (is_last && follows_turn && label.is_utterance);
        if certain[number] || is_between {
            blocks[number].kind = BlockKind::Turn;
            blocks[number].label = Some(label.span);
            blocks[number].speaker = Some(label.speaker);
        }
    }
    first.is_some()
}

/// Whether a label that occurs once behind all others, directly below a turn, names a speaker.
fn may_end_transcript(label: &TurnLabel, text: &str) -> bool {
    match label.form {
        LabelForm::Transcript | LabelForm::FullName => true,
        LabelForm::Name => begins_with_title(label.span.slice(text)),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
