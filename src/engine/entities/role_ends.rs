//! Ends of roles: the words of a clause or of somebody else behind a role that stands after a name: "Ann Lee, a student | doesn't hide it",
//! "Ann Lee, head of the Force | and her delegation", "Ann Lee, president of the Council | in which …".

use std::ops::Range;

use crate::engine::entities::features::Features;
use crate::engine::text::lexicon::LexicalClass::{
    ClauseReportingWord, PastTense, Preposition, ReportingWord, RoleNoun, SpeechVerb, SubjectPronoun,
};

/// A role behind a name without the words that follow it. `None` where it is the subject of a clause: "the driver announced on Friday".
pub(crate) fn trimmed(features: &Features, role: Range<usize>) -> Option<Range<usize>> {
    if role.clone().any(|it| is_verb_of_role(features, it) || features.form(it) == "not") {
        return None;
    }
    let is_end = |at: usize| {
        let is_negated = features.form(at).ends_with("n't") || features.form(at).ends_with("n’t");
        let is_other =
            features.form(at) == "and" && matches!(features.form(at + 1), "his" | "her" | "their" | "its");
        let is_saying = features.form(at).ends_with("ing")
            && (features.form(at + 1) == "that" || features.lowercase_classes(at + 1).has(SubjectPronoun));
        // "a known lawyer | by the time her husband left"
        let is_time =
            features.form(at) == "by" && features.phrase(at + 1..(at + 3).min(role.end)) == "the time";
        is_negated || is_other || is_saying || is_time
    };
    let end = role.clone().skip(1).find(|it| is_end(*it)).unwrap_or(role.end);
    // "in | which", "of the | “"
    let is_open = |at: usize| {
        let is_lowercase = features.doc.word(at).starts_with(char::is_lowercase);
        is_lowercase
            && (matches!(features.form(at), "a" | "an" | "the" | "and")
                || features.lowercase_classes(at).has(Preposition))
    };
    let last = (role.start..end).rev().find(|it| !is_open(*it))?;
    Some(role.start..last + 1)
}

/// Whether a verb of saying in the past stands behind the noun of a role and before a time, as that of a subject: "the driver | announced on
/// Friday".
fn is_verb_of_role(features: &Features, at: usize) -> bool {
    let classes = features.lowercase_classes(at);
    let is_subject = at.checked_sub(1).is_some_and(|it| features.lowercase_classes(it).has(RoleNoun));
    let reports = classes.any(&[ReportingWord, SpeechVerb])
        || classes.has(ClauseReportingWord) && features.form(at + 1) == "that";
    reports
        && (classes.has(PastTense) || features.form(at).ends_with("ed"))
        && !classes.has(RoleNoun)
        && is_subject
        && matches!(
            features.form(at + 1),
            "on" | "yesterday" | "today" | "that" | "last" | "this" | "." | ","
        )
}
