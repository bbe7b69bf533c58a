//! Kinds of roles: appearances, which are none; kinship; the role that several people share.

use std::ops::Range;

use crate::analysis::EntityKind;
use crate::engine::entities::EntityMention;
use crate::engine::entities::features::Features;
use crate::engine::text::lexicon::LexicalClass::{KinNoun, RoleNoun};
use crate::span::Span;
use crate::word_list::word_list;

/// Words for what a person looks like or that they are one, in lower case: alone they are no role.
const APPEARANCES: &[&str] = &word_list!("person-words-without-role");

/// Whether a word begins the complement of a role: "spokeswoman | for …".
pub(crate) fn is_complement(form: &str) -> bool {
    matches!(form, "of" | "for" | "to" | "at" | "in" | "with" | "on")
}

/// Whether a role tells nothing but what a person looks like or that they are one: "Black man", "woman".
pub(crate) fn is_appearance(features: &Features, role: &Range<usize>) -> bool {
    let is_plain = |at: usize| {
        let form = features.form(at).to_lowercase();
        APPEARANCES.binary_search(&form.as_str()).is_ok() || form.ends_with("-year-old")
    };
    let head = role.clone().take_while(|it| !is_complement(features.form(*it)));
    let mut head = head.peekable();
    let is_alone = head.peek().is_some() && head.all(is_plain);
    is_alone && !role.clone().any(|it| matches!(features.form(it), "of" | "'s" | "’s"))
}

/// Whether a role tells whose relative a person is: "his | wife", "Ann's father", "the father of Ann".
pub(crate) fn is_kinship(features: &Features, role: &Range<usize>) -> bool {
    let ends = |at: &usize| is_complement(features.form(*at));
    let nouns = role.clone().take_while(|it| !ends(it));
    let is_kin = nouns.last().is_some_and(|it| features.lowercase_classes(it).has(KinNoun));
    let is_owner = |at: usize| {
        matches!(features.form(at), "'s" | "’s" | "his" | "her" | "their" | "whose" | "His" | "Her" | "Their")
    };
    let owner = role.start.checked_sub(1).is_some_and(is_owner);
    let of_name = role.clone().any(|it| features.form(it) == "of" && features.is_capitalized(it + 1));
    is_kin && (owner || of_name || role.clone().any(is_owner))
}

/// Gives the role of several people to all of them: "Councilmembers Bert Bloom and Hal Sander".
pub(crate) fn share_plural_roles(features: &Features, mentions: &mut [EntityMention]) {
    let mut shared: Option<(Span, usize)> = None;
    for mention in mentions.iter_mut().filter(|it| it.kind == EntityKind::Person) {
        let joins = |at: usize| matches!(features.form(at), "," | "and" | "&");
        let last =
            shared.filter(|(_, end)| *end < mention.tokens.start && (*end..mention.tokens.start).all(joins));
        if let Some((role, _)) = last.filter(|_| mention.roles.iter().all(|it| it.start > mention.span.start))
        {
            mention.roles.insert(0, role);
            shared = Some((role, mention.tokens.end));
            continue;
        }
        let plural = mention.roles.first().copied().filter(|it| it.end <= mention.span.start);
        let plural = plural.filter(|it| is_plural_role(features, it.slice(features.doc.text)));
        shared = plural.map(|it| (it, mention.tokens.end));
    }
}

/// Whether the last word of a role is the plural of a role noun.
fn is_plural_role(features: &Features, role: &str) -> bool {
    let last = role.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let is_role = |word: &str| features.lexicon.classes(word).has(RoleNoun);
    !is_role(&last) && last.strip_suffix('s').is_some_and(is_role)
}
