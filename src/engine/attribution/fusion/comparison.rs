//! Comparison: how an attribution of a rule and one of the tagger relate.

use crate::analysis::{Act, AttributionRule};
use crate::engine::attribution::fusion::{FusionCandidate, plain_rules};
use crate::engine::attribution::{Attribution, speech_act, stance};
use crate::engine::text::document::Document;
use crate::engine::text::lexicon::LexicalClass;
use crate::span::Span;

/// The name of a source has at most this many words.
pub(super) const MAX_NAME_WORDS: usize = 3;

/// Whether two attributions share at least half of the words of the shorter one.
pub(super) fn share_contents(doc: &Document, one: &Attribution, other: &Attribution) -> bool {
    let pairs = one.contents.iter().flat_map(|a| other.contents.iter().map(move |b| (a, b)));
    let shared: Vec<Span> = pairs
        .filter(|(a, b)| a.overlaps(**b))
        .map(|(a, b)| Span::new(a.start.max(b.start), a.end.min(b.end)))
        .collect();
    let shared = count_all_words(doc, &shared);
    shared > 0 && 2 * shared >= count_all_words(doc, &one.contents).min(count_all_words(doc, &other.contents))
}

pub(super) fn count_all_words(doc: &Document, spans: &[Span]) -> usize {
    spans.iter().map(|it| doc.count_words(*it)).sum()
}

pub(super) fn both_overlap(one: Option<Span>, other: Option<Span>) -> bool {
    matches!((one, other), (Some(a), Some(b)) if a.overlaps(b))
}

/// Whether the tagger takes the source of a rule for the content, and its content for the source: "Keeper of the Seal, Sani Dural, said
/// the council met", "The pump, says its maker, is safe".
pub(super) fn is_inverted(tagged: &Attribution, rule: &Attribution) -> bool {
    let overlaps_content = |source: Option<Span>, other: &Attribution| {
        source.is_some_and(|source| other.contents.iter().any(|it| it.overlaps(source)))
    };
    let is_divided = rule.rule == AttributionRule::CueThenSpeaker && rule.contents.len() > 1;
    (rule.rule == AttributionRule::SpeakerThenCue || is_divided)
        && both_overlap(tagged.cue, rule.cue)
        && overlaps_content(tagged.source, rule)
        && overlaps_content(rule.source, tagged)
}

/// Whether a rule's source is a short name directly before the cue, whose words follow: "Piet Maas said he was sorry".
pub(super) fn is_name_then_cue(doc: &Document, rule: &Attribution) -> bool {
    let (Some(source), Some(cue), [content]) = (rule.source, rule.cue, &rule.contents[..]) else {
        return false;
    };
    let is_capitalized = |token: usize| doc.word(token).starts_with(char::is_uppercase);
    rule.rule == AttributionRule::SpeakerThenCue
        && doc.tokens_in(source).len() <= MAX_NAME_WORDS
        && doc.tokens_in(source).all(is_capitalized)
        && doc.tokens_in(source).end == doc.tokens_in(cue).start
        && content.start >= cue.end
}

/// Whether all contents of `other` lie within the contents of `one`.
pub(super) fn covers_contents(one: &Attribution, other: &Attribution) -> bool {
    other.contents.iter().all(|it| one.contents.iter().any(|part| part.contains_span(*it)))
}

/// Whether a rule's attribution lies within the content of another whose cue follows it: Lee left, "insisting the talks
/// were over, the Herald reports".
pub(super) fn is_nested(neighbors: &[FusionCandidate], rule: &Attribution) -> bool {
    let Some(extent) = full_extent(rule) else { return false };
    let encloses = |outer: &Attribution| {
        outer.cue.is_some_and(|cue| cue.start >= extent.end)
            && outer.contents.iter().any(|part| part.contains_span(extent))
    };
    neighbors.iter().any(|it| encloses(&it.attribution))
}

/// Whether source and cue of `one` stand inside a content of `other`: "said it would build | a road that Lee called a trap".
pub(super) fn is_inside(one: &Attribution, other: &Attribution) -> bool {
    let holds = |it: Span| other.contents.iter().any(|part| part.contains_span(it));
    one.source.is_some_and(holds) && one.cue.is_some_and(holds)
}

/// Whether a content of the tagger begins with an aside that a rule takes for a part of the source: "According to Ann Lee, | the mayor, the
/// mill burned".
pub(super) fn holds_asides(doc: &Document, tagged: &Attribution, rule: &Attribution) -> bool {
    let (Some(source), Some(cue)) = (rule.source, rule.cue) else { return false };
    let phrase = doc.token_at(cue.start);
    let opens_sentence = doc.sentences[doc.sentence_of(phrase)].tokens.start == phrase;
    let is_aside = |part: &Span| {
        let start = doc.token_at(part.start);
        source.start < part.start && part.start < source.end && doc.word(start - 1) == ","
    };
    rule.rule == AttributionRule::AccordingTo && opens_sentence && tagged.contents.iter().any(is_aside)
}

/// Whether `one` stands inside what a rule reports with a plain verb of saying, or before source and cue.
pub(super) fn is_inside_said(doc: &Document, one: &Attribution, rule: &Attribution) -> bool {
    let verb = rule.cue.and_then(|it| doc.tokens_in(it).end.checked_sub(1));
    is_inside(one, rule)
        && (verb.is_some_and(|it| doc.is(it, LexicalClass::SpeechVerb))
            || plain_rules::is_trailing_statement(doc, rule))
}

/// Whether a source stands behind what a rule reports, as the subject of another clause: "Lee called it “a joke”, while | Ray | said".
pub(super) fn begins_other_clause(doc: &Document, source: Span, rule: &Attribution) -> bool {
    let before = doc.token_at(source.start).checked_sub(1);
    let is_joined = before.is_some_and(|it| matches!(doc.word(it), "while" | "but" | "and" | "whereas"));
    is_joined && rule.contents.iter().all(|it| it.end <= source.start)
}

/// The span from the first to the last word of an attribution; `None` where it lacks a source or a cue.
pub(super) fn full_extent(attribution: &Attribution) -> Option<Span> {
    let (source, cue) = (attribution.source?, attribution.cue?);
    Some(attribution.contents.iter().copied().fold(source.cover(cue), Span::cover))
}

/// Whether `tagged` only names the publisher of what a rule attributes: "according to the Herald, Lee said it rained". A paper that
/// tells what people do or find speaks itself: "according to its website, | staffers verify that it is safe".
pub(super) fn is_second_hand(doc: &Document, tagged: &Attribution, rule: &Attribution) -> bool {
    let is_according_to =
        tagged.cue.is_some_and(|it| it.slice(doc.text).to_lowercase().starts_with("according"));
    // A comma and a space may stand between the two.
    let fills = |content: &Span, extent: Span| content.cover(extent).len() <= content.len() + ", ".len();
    is_according_to
        && rule.rule != AttributionRule::AccordingTo
        && full_extent(rule).is_some_and(|extent| tagged.contents.iter().any(|it| fills(it, extent)))
        && !(is_paper(doc, tagged.source) && tells_of_work(doc, rule))
}

/// Whether a source has the noun for a document or a web site.
fn is_paper(doc: &Document, source: Option<Span>) -> bool {
    let is_noun = |token: usize| {
        doc.is(token, LexicalClass::DocumentNoun) || matches!(doc.lower(token).as_str(), "page" | "site")
    };
    source.is_some_and(|it| doc.tokens_in(it).any(is_noun))
}

/// Whether a rule's attribution tells of work that makes something known, or of what people of a kind do as a rule: "inspectors
/// found", "staffers verify".
fn tells_of_work(doc: &Document, rule: &Attribution) -> bool {
    let (Some(source), Some(cue)) = (rule.source, rule.cue) else { return false };
    let (source, verb) = (doc.tokens_in(source), doc.tokens_in(cue).end.saturating_sub(1));
    let is_bare_plural = source.len() == 1
        && doc.word(source.start).starts_with(char::is_lowercase)
        && doc.word(source.start).ends_with('s');
    let is_present = !doc.is(verb, LexicalClass::PastTense) && !doc.is(verb, LexicalClass::SpeechVerb);
    stance::is_finding_verb(doc, verb) || is_bare_plural && is_present && doc.lower(verb) != "say"
}

/// Whether the tagger ends a clause early behind which source and cue stand, so that the rest belongs to nobody: "Lee is free | after a
/// clerk erred, the board said".
pub(super) fn is_begun(doc: &Document, tagged: &Attribution, rule: &Attribution) -> bool {
    let ([begun], [whole]) = (&tagged.contents[..], &rule.contents[..]) else { return false };
    begun.start == whole.start
        && begun.end < whole.end
        && both_overlap(tagged.source, rule.source)
        && plain_rules::is_trailing_statement(doc, rule)
}

/// Whether a candidate without a source has the words of a label which describes its speaker: "Tom Reyes (student): …".
pub(super) fn is_unnamed_voice(doc: &Document, tagged: &Attribution, rule: &Attribution) -> bool {
    plain_rules::is_voice(rule) && tagged.source.is_none() && share_contents(doc, tagged, rule)
}

/// Whether a rule's attribution of speech is only part of what the candidates around it hold, who tell no speech themselves:
/// "thanked two drivers who said the road was icy".
pub(super) fn is_told_in_stance(doc: &Document, neighbors: &[FusionCandidate], rule: &Attribution) -> bool {
    let extent = full_extent(rule).filter(|_| !rule.contents.is_empty());
    let holds_rule = |it: &&FusionCandidate| {
        extent.is_some_and(|extent| it.attribution.contents.iter().any(|part| part.contains_span(extent)))
    };
    let mut holders = neighbors.iter().filter(holds_rule).peekable();
    holders.peek().is_some()
        && speech_act::act_of(doc, rule) == Act::Speech
        && holders.all(|it| speech_act::act_of(doc, &it.attribution) == Act::Stance)
}
