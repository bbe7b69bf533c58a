//! Fusion: merges the attributions of the rules and of the tagger into one list, with calibrated confidences.

mod additions;
mod addressees;
mod agencies;
mod bounds;
mod brackets;
mod calibration;
mod captured_groups;
mod comparison;
mod completion;
mod coordination;
mod introduced_quotations;
mod invariants;
mod main_clause;
mod non_speech;
mod other_voices;
mod own_subjects;
mod plain_rules;
mod relative_clauses;
mod source_bounds;
mod trimming;

use std::ops::Range;

use crate::analysis::{Act, AttributionRule, QuoteKind};
use crate::engine::attribution::fusion::calibration::{Agreement, calibrated_probability};
use crate::engine::attribution::fusion::comparison::{
    MAX_NAME_WORDS, both_overlap, count_all_words, covers_contents, is_inverted, is_name_then_cue, is_nested,
    is_second_hand, share_contents,
};
use crate::engine::attribution::fusion::invariants::Structure;
use crate::engine::attribution::{Attribution, assertion, speech_act};
use crate::engine::text::clause::Clause;
use crate::engine::text::covered_spans::CoveredSpans;
use crate::engine::text::document::Document;
use crate::engine::text::quotation_marks::QuotedSpan;
use crate::span::Span;

/// The tagger's least confidence in a paraphrase that no rule found. A threshold from 0.05 to 0.35 moves the F1 of
/// who-said-what by 0.1 on `PolNeAR`'s development set (`training/README.md`).
const MIN_TAGGER_ONLY_CONFIDENCE: f32 = 0.2;

/// Paraphrases that only the tagger finds and that have fewer words are dropped.
const MIN_TAGGER_ONLY_WORDS: usize = 2;

/// A quotation with at most this many words may be a title, which needs the words before it.
const MAX_TITLE_WORDS: usize = 3;

/// A rule needs this confidence to overrule the tagger's source.
const MIN_OVERRULING_CONFIDENCE: f32 = 0.9;

/// A rule's attribution is compared with the tagger's from this many before it …
const NEIGHBORS_BEFORE: usize = 3;
/// … in a window of this many.
const NEIGHBOR_WINDOW: usize = 7;

/// An attribution of the tagger.
struct FusionCandidate {
    attribution: Attribution,
    /// Whether it was merged with the attribution of a rule, or replaced by it.
    is_merged: bool,
}

/// Merges the attributions of the rules and of the tagger, in reading order. The confidence of each is a probability.
pub(crate) fn fuse(
    doc: &Document,
    quoted_spans: &[QuotedSpan],
    clauses: &[Clause],
    rules: Vec<Attribution>,
    tagged: Vec<Attribution>,
) -> Vec<Attribution> {
    let structure = Structure::new(doc, quoted_spans, clauses);
    let quoted = QuotedSpans { spans: quoted_spans, structure: &structure };
    let mut freed: Vec<Span> = Vec::new();
    let [rules, tagged] = [rules, tagged].map(|it| non_speech::without_requests_for_anonymity(doc, it));
    let tagged = tagged.into_iter().map(|it| agencies::with_reporting_verb(doc, it));
    let tagged = tagged.map(|it| trimming::keep_one_sentence(doc, it, &mut freed));
    let tagged = tagged.map(|it| own_subjects::with_own_subject(&structure, clauses, it));
    let mut candidates: Vec<FusionCandidate> =
        tagged.map(|it| FusionCandidate { attribution: it, is_merged: false }).collect();
    captured_groups::cut_documents(&structure, &mut candidates, &rules);
    let signatures =
        rules.iter().filter(|it| it.rule == AttributionRule::Signature).filter_map(|it| it.source);
    let signatures = CoveredSpans::new(signatures);
    candidates.retain(|it| !signatures.overlaps(it.attribution.contents[0]));
    let fused = rules.into_iter().filter_map(|it| quoted.merge_rule(doc, &mut candidates, &freed, it));
    let mut fused: Vec<Attribution> = fused.collect();
    for FusionCandidate { attribution, is_merged } in candidates {
        if !quoted.is_kept(doc, &attribution, is_merged) {
            continue;
        }
        let attribution =
            if is_merged { attribution } else { quoted.calibrate(attribution, Agreement::TaggerOnly) };
        let attribution = addressees::drop_addressee(doc, attribution);
        let attribution = addressees::drop_passive_subject(doc, attribution);
        let attribution =
            main_clause::end_fronted_participle(doc, trimming::drop_other_clause(doc, attribution));
        fused.push(quoted.trim_naming(doc, main_clause::trim_noun_content(doc, attribution)));
    }
    let mut fused = coordination::split_second_verbs(doc, quoted_spans, fused);
    let is_quotation = |it: Span| quoted.overlapping(it).next().is_some();
    fused = fused.into_iter().filter_map(|it| trimming::without_titles(doc, it, is_quotation)).collect();
    // What the removal of a title leaves without a source is a scrap: "a version of what".
    fused.retain(|it| it.contents.is_empty() || it.source.is_some() || quoted.has_quoted_words(it));
    fused.retain(|it| quoted.has_quoted_words(it) || !non_speech::is_contentless(doc, it));
    fused.retain(|it| quoted.has_quoted_words(it) || !non_speech::is_unsaid(doc, it));
    let fused = fused
        .into_iter()
        .map(|it| own_subjects::with_subject_before_phrase(&structure, clauses, it))
        .map(|it| structure.enforce(source_bounds::enforce(&structure, it)))
        .flat_map(|it| structure.split_off_sentences(it))
        .flat_map(|it| introduced_quotations::split(doc, quoted_spans, it));
    let fused = structure.complete_halves(fused.collect()).into_iter();
    let fused = fused.map(|it| bounds::set_bounds(&structure, it, is_quotation));
    let opens_quote = |offset: usize| quoted_spans.binary_search_by_key(&offset, |it| it.span.start).is_ok();
    let mut fused: Vec<Attribution> = fused.map(|it| trimming::drop_lead_in(doc, it, opens_quote)).collect();
    fused.sort_by_key(Attribution::offset);
    agencies::with_cited_sources(doc, quoted_spans, fused)
}

/// The quoted spans of a story, in reading order.
struct QuotedSpans<'a> {
    spans: &'a [QuotedSpan],
    structure: &'a Structure<'a>,
}

impl QuotedSpans<'_> {
    /// Merges a rule's attribution into the candidate with the same content. Returns it where it stands for itself;
    /// `None` where it is merged or dropped. The spans in `freed` belong to no candidate any more.
    fn merge_rule(
        &self,
        doc: &Document,
        candidates: &mut [FusionCandidate],
        freed: &[Span],
        rule: Attribution,
    ) -> Option<Attribution> {
        let Some(first) = rule.contents.first().copied() else { return Some(rule) };
        let window = neighbors(candidates, first);
        if let Some(at) = window.clone().find(|at| is_second_hand(doc, &candidates[*at].attribution, &rule)) {
            candidates[at] = FusionCandidate { attribution: rule, is_merged: true };
            return None;
        }
        if let Some(at) = window.clone().find(|at| is_inverted(&candidates[*at].attribution, &rule)) {
            let attribution = self.calibrate(rule, Agreement::RuleOverTagger);
            candidates[at] = FusionCandidate { attribution, is_merged: true };
            return None;
        }
        let is_unnamed = |at: &usize| comparison::is_unnamed_voice(doc, &candidates[*at].attribution, &rule);
        if let Some(at) = window.clone().find(is_unnamed) {
            let attribution = self.calibrate(rule, Agreement::OwnCue);
            candidates[at] = FusionCandidate { attribution, is_merged: true };
            return None;
        }
        if captured_groups::release(self.structure, &mut candidates[window.clone()], &rule) {
            return Some(self.calibrate(rule, Agreement::OwnCue));
        }
        let is_nested = is_nested(&candidates[window.clone()], &rule);
        if !is_nested && self.take_from_other_cues(&mut candidates[window.clone()], &rule) {
            return Some(self.calibrate(rule, Agreement::OwnCue));
        }
        if !is_nested && comparison::is_told_in_stance(doc, &candidates[window.clone()], &rule) {
            return Some(self.calibrate(rule, Agreement::RuleOnly));
        }
        let is_agreeing = |at: &usize| {
            !is_nested
                && !candidates[*at].is_merged
                && !comparison::is_inside_said(doc, &candidates[*at].attribution, &rule)
                && share_contents(doc, &candidates[*at].attribution, &rule)
        };
        if let Some(agreeing) = window.clone().find(is_agreeing) {
            self.merge_into(doc, candidates, window, agreeing, &rule);
            return None;
        }
        let is_freed = || freed.iter().any(|span| rule.contents.iter().all(|part| span.contains_span(*part)));
        let is_missed_quote = || {
            self.is_fully_quoted(&rule)
                && !candidates[window.clone()].iter().any(|it| covers_contents(&it.attribution, &rule))
        };
        let is_plain = plain_rules::is_plain(doc, &rule) || plain_rules::is_voice(&rule);
        let is_missed_paraphrase = || {
            let overlaps = |it: &FusionCandidate| {
                it.attribution.contents.iter().any(|part| part.overlaps(first))
                    && !comparison::is_inside_said(doc, &it.attribution, &rule)
            };
            is_plain && !candidates[window.clone()].iter().any(overlaps)
        };
        let is_missed_mixed = || {
            self.has_quoted_words(&rule)
                && plain_rules::is_mixed_report(doc, &rule)
                && !candidates[window.clone()].iter().any(|it| share_contents(doc, &it.attribution, &rule))
        };
        let is_kept = if is_nested {
            !self.has_quoted_words(&rule)
        } else {
            is_freed() || is_missed_quote() || is_missed_paraphrase() || is_missed_mixed()
        };
        let agreement = if plain_rules::is_voice(&rule) { Agreement::OwnCue } else { Agreement::RuleOnly };
        is_kept.then(|| self.calibrate(rule, agreement))
    }

    /// Merges a rule's attribution into the candidate at `agreeing`, one of those in the `window`.
    fn merge_into(
        &self,
        doc: &Document,
        candidates: &mut [FusionCandidate],
        window: Range<usize>,
        agreeing: usize,
        rule: &Attribution,
    ) {
        // What the tagger gave to another cue is not this one's, however long its clause is.
        let others = || {
            let others = window.clone().filter(|it| *it != agreeing);
            others.flat_map(|it| &candidates[it].attribution.contents)
        };
        let is_free = |span: Span| !others().any(|it| it.contains_span(span));
        let has_source = candidates[agreeing].attribution.source.is_some();
        let attribution = self.merge_agreeing(doc, &candidates[agreeing].attribution, rule, is_free);
        // A paraphrase in which the tagger sees no speaker is none, unless a short name stands before the verb or an agent
        // behind it.
        let is_merged = has_source
            || self.has_quoted_words(&attribution)
            || is_name_then_cue(doc, rule)
            || plain_rules::is_plain_report(doc, rule);
        let confidence = if is_merged { attribution.confidence } else { 0.0 };
        let attribution = Attribution { confidence, ..attribution };
        candidates[agreeing] = FusionCandidate { attribution, is_merged };
    }

    /// Takes the quotation of a rule away from the candidates that give it to a cue of another clause, and returns whether
    /// there were any: an explicit cue of its own makes a quote. So does an introduction by a thing: "The sign was clear:".
    fn take_from_other_cues(&self, candidates: &mut [FusionCandidate], rule: &Attribution) -> bool {
        let has_source = rule.source.is_some() && rule.confidence >= MIN_OVERRULING_CONFIDENCE;
        let is_introduced = rule.rule == AttributionRule::Unknown;
        let is_explicit = (has_source || is_introduced) && self.is_fully_quoted(rule);
        let Some(cue) = rule.cue.filter(|_| is_explicit) else { return false };
        let clause = |it: Span| self.structure.clause_at(it.start);
        let mut is_taken = false;
        for FusionCandidate { attribution, .. } in candidates {
            let is_of_other_cue = attribution.cue.is_some_and(|it| clause(it) != clause(cue));
            if !is_of_other_cue || !covers_contents(attribution, rule) {
                continue;
            }
            let left = rule.contents.iter().fold(attribution.contents.clone(), |parts, cut| {
                parts.into_iter().flat_map(|part| self.structure.subtract(part, *cut)).collect()
            });
            if !left.is_empty() {
                attribution.contents = left;
                is_taken = true;
            }
        }
        is_taken
    }

    /// Whether a candidate is likely speech: merged with a rule, quoted, or confident and none of the filtered patterns.
    fn is_kept(&self, doc: &Document, attribution: &Attribution, is_merged: bool) -> bool {
        let has_quoted_words = self.has_quoted_words(attribution);
        let is_likely_paraphrase = || {
            attribution.source.is_some()
                && attribution.confidence >= MIN_TAGGER_ONLY_CONFIDENCE
                && count_all_words(doc, &attribution.contents) >= MIN_TAGGER_ONLY_WORDS
                && !non_speech::is_no_paraphrase(doc, attribution)
                && !non_speech::is_below_headline(doc, attribution)
        };
        let is_scare_quote =
            attribution.source.is_none() && !is_merged && self.holds_only_terms(doc, attribution);
        if !is_merged && has_quoted_words && self.only_names_people(doc, attribution) {
            return false;
        }
        (has_quoted_words && !is_scare_quote || is_merged || is_likely_paraphrase())
            && !non_speech::is_generic(doc, attribution)
            && (has_quoted_words
                || !assertion::is_spoken_of(doc, attribution) && !non_speech::is_silence(doc, attribution))
            && (has_quoted_words || !non_speech::is_unasked_question(doc, attribution))
    }

    /// Whether an attribution has words in quotation marks.
    fn has_quoted_words(&self, attribution: &Attribution) -> bool {
        attribution.contents.iter().any(|it| self.overlapping(*it).next().is_some())
    }

    /// Whether all quotations in an attribution of running text are so short that they may be terms: "the only “records”".
    fn holds_only_terms(&self, doc: &Document, attribution: &Attribution) -> bool {
        let mut quotes = attribution.contents.iter().flat_map(|it| self.overlapping(*it));
        quotes.all(|it| doc.count_words(it.content) <= MAX_TITLE_WORDS)
            && !attribution.contents.iter().any(|it| non_speech::is_in_heading(doc, *it))
    }

    /// Whether nothing is told but names with nicknames: "The film has | Ranee “Bella” Lund | in it".
    fn only_names_people(&self, doc: &Document, attribution: &Attribution) -> bool {
        let is_capitalized = |token: usize| doc.word(token).starts_with(char::is_uppercase);
        let is_nickname = |quote: &QuotedSpan| {
            let tokens = doc.tokens_in(quote.span);
            doc.count_words(quote.content) == 1
                && is_capitalized(doc.token_at(quote.content.start))
                && tokens.start > 0
                && is_capitalized(tokens.start - 1)
                && is_capitalized(tokens.end)
        };
        let mut quotes = attribution.contents.iter().flat_map(|it| self.overlapping(*it));
        quotes.all(is_nickname) && speech_act::act_of(doc, attribution) == Act::Stance
    }

    /// Whether all contents of an attribution stand in quotation marks.
    fn is_fully_quoted(&self, attribution: &Attribution) -> bool {
        let is_quoted =
            |content: &Span| self.overlapping(*content).any(|quote| quote.span.contains_span(*content));
        attribution.contents.iter().all(is_quoted)
    }

    /// Reduces a naming to its quoted words: "what Lee called “a disaster”".
    fn trim_naming(&self, doc: &Document, attribution: Attribution) -> Attribution {
        let (Some(source), Some(cue), [content]) =
            (attribution.source, attribution.cue, &attribution.contents[..])
        else {
            return attribution;
        };
        let is_what_clause = content.contains_span(source)
            && content.contains_span(cue)
            && doc.lower(doc.token_at(content.start)) == "what";
        let quote = self.overlapping(*content).find(|it| it.span.start >= cue.end).map(|it| it.span);
        match quote {
            Some(quote) if is_what_clause && doc.count_words(Span::new(cue.end, quote.start)) == 0 => {
                Attribution { contents: vec![quote], ..attribution }
            }
            _ => attribution,
        }
    }

    /// The quoted spans that overlap a span.
    fn overlapping(&self, span: Span) -> impl Iterator<Item = &QuotedSpan> {
        let first = self.spans.partition_point(|it| it.span.end <= span.start);
        self.spans[first..].iter().take_while(move |it| it.span.start < span.end)
    }

    /// Merges two attributions with the same content. Contents are the tagger's, with the rule's quoted spans that are
    /// free. The source is the tagger's, except where it has none or a plain rule overrules it.
    fn merge_agreeing(
        &self,
        doc: &Document,
        tagged: &Attribution,
        rule: &Attribution,
        is_free: impl Fn(Span) -> bool,
    ) -> Attribution {
        let is_known = |span: Span| tagged.contents.iter().any(|part| part.overlaps(span));
        let whole_quotes = |part: &Span| {
            let quotes = self.overlapping(*part).map(|it| it.span);
            let within = quotes.filter(|it| part.contains_span(*it) && is_free(*it));
            // A title needs the words before it: "he said, from a shelf marked “Easy Crime”".
            let with_lead = |quote: Span| {
                let led = Span::new(part.start, quote.end);
                let may_be_title = doc.count_words(quote) <= MAX_TITLE_WORDS;
                if may_be_title && !is_known(led) && is_free(led) { led } else { quote }
            };
            within.map(with_lead).collect::<Vec<_>>()
        };
        // "Lee is free after | a clerk admitted | that she erred": of one that tells it all, what the rule reports.
        let is_elsewhere = self.is_source_elsewhere(doc, tagged, rule);
        let holds_rule = is_elsewhere && comparison::is_inside(rule, tagged);
        let holds_asides = comparison::holds_asides(doc, tagged, rule);
        let is_whole = holds_rule || holds_asides || comparison::is_begun(doc, tagged, rule);
        let known = if is_whole { &rule.contents } else { &tagged.contents };
        let contents = known.iter().copied().chain(rule.contents.iter().flat_map(whole_quotes));
        let sources_agree = both_overlap(tagged.source, rule.source);
        let is_plain = rule.confidence >= MIN_OVERRULING_CONFIDENCE && self.is_fully_quoted(rule)
            || plain_rules::has_plain_source(doc, rule);
        let rule_wins = rule.source.is_some() && (tagged.source.is_none() || (!sources_agree && is_plain));
        let (attribution, agreement) = match (rule_wins, sources_agree) {
            _ if is_elsewhere => (rule.clone(), Agreement::OwnCue),
            _ if holds_asides => (rule.clone(), Agreement::Both),
            (true, _) => (rule.clone(), Agreement::RuleOverTagger),
            (_, true) => {
                let cue = tagged.cue.or(rule.cue);
                (Attribution { cue, rule: rule.rule, ..tagged.clone() }, Agreement::Both)
            }
            _ => (tagged.clone(), Agreement::TaggerOnly),
        };
        let confidence = tagged.confidence;
        let merged = Attribution { confidence, ..attribution.with_contents(contents.collect()) };
        self.calibrate(merged, agreement)
    }

    /// Whether the tagger gives a cue a source of another sentence, though its own stands beside it: "He had gone. Ray said he
    /// was sorry", "according to Chile, the river is dry. Peru denies it".
    fn is_source_elsewhere(&self, doc: &Document, tagged: &Attribution, rule: &Attribution) -> bool {
        let (Some(far), Some(near), Some(cue)) = (tagged.source, rule.source, rule.cue) else { return false };
        let clause = |it: Span| self.structure.clause_at(it.start);
        let is_next_to_phrase =
            |it: Span| it.start >= cue.end && doc.token_at(it.start) <= doc.token_at(cue.end);
        // A headline or another paragraph says it too.
        let block = |it: Span| doc.story.block_at(it.start);
        let is_own_block = |it: &Span| block(*it) == block(cue);
        let is_cue_elsewhere = tagged.cue.is_some_and(|it| !is_own_block(&it));
        if is_cue_elsewhere && rule.contents.iter().all(is_own_block) {
            return true;
        }
        if !both_overlap(tagged.cue, rule.cue) {
            return false;
        }
        match rule.rule {
            AttributionRule::SpeakerThenCue if comparison::begins_other_clause(doc, far, rule) => true,
            AttributionRule::SpeakerThenCue => {
                clause(near) == clause(cue)
                    && near.end <= cue.start
                    && doc.count_words(near) <= MAX_NAME_WORDS
                    && clause(far) != clause(cue)
            }
            AttributionRule::AccordingTo | AttributionRule::CueThenSpeaker => {
                is_next_to_phrase(near) && clause(far) != clause(cue)
            }
            _ => false,
        }
    }

    /// Turns the tagger's confidence into a probability.
    fn calibrate(&self, attribution: Attribution, agreement: Agreement) -> Attribution {
        let kind = match () {
            () if self.is_fully_quoted(&attribution) => QuoteKind::Direct,
            () if self.has_quoted_words(&attribution) => QuoteKind::Mixed,
            () => QuoteKind::Indirect,
        };
        let doc = self.structure.doc;
        let is_beside = attribution.rule == AttributionRule::Signature
            || kind == QuoteKind::Direct && plain_rules::is_beside_quotation(doc, &attribution);
        let agreement = match agreement {
            Agreement::RuleOnly | Agreement::RuleOverTagger if is_beside => Agreement::OwnCue,
            Agreement::RuleOnly if plain_rules::is_plain(doc, &attribution) => Agreement::PlainRule,
            Agreement::RuleOnly if plain_rules::is_mixed_report(doc, &attribution) => Agreement::PlainRule,
            Agreement::RuleOnly if plain_rules::is_feeling(doc, &attribution) => Agreement::PlainRule,
            agreement => agreement,
        };
        let act = match kind {
            QuoteKind::Indirect => speech_act::act_of(doc, &attribution),
            _ => Act::Speech,
        };
        let confidence = calibrated_probability(agreement, kind, act, attribution.confidence);
        Attribution { confidence, ..attribution }
    }
}

/// The indices of the candidates around the byte at which a content begins.
fn neighbors(candidates: &[FusionCandidate], content: Span) -> Range<usize> {
    let next = candidates.partition_point(|it| it.attribution.contents[0].start < content.start);
    let start = next.saturating_sub(NEIGHBORS_BEFORE);
    start..(start + NEIGHBOR_WINDOW).min(candidates.len())
}
