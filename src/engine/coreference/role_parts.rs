//! The parts of a role that tells several: "Deputy Prime Minister and Minister of Health" is two roles.

use std::borrow::Cow;

use smallvec::SmallVec;

use crate::engine::coreference::{nominal_source, person_nouns};
use crate::engine::text::lexicon::LexicalClass::RoleNoun;
use crate::engine::text::lexicon::Lexicon;

/// The roles that are joined in one: "head of the Harbour Board and professor of law" as "head of the Harbour Board" and "professor of law".
/// A role that is no longer held is so in each part without a complement between: "former president and chief executive".
pub(crate) fn parts<'a>(role: &'a str, lexicon: &Lexicon) -> SmallVec<[Cow<'a, str>; 1]> {
    let mut parts = SmallVec::new();
    let mut rest = role;
    let mut is_former = false;
    let mut from = 0;
    while let Some((end, next)) = joint(rest, from) {
        let (part, behind) = (rest.get(..end).unwrap_or_default(), rest.get(next..).unwrap_or_default());
        if !is_role(part, lexicon) || !is_role(first_part(behind), lexicon) || ends_in_holder(part, lexicon) {
            from = next;
            continue;
        }
        parts.push(with_former(part, is_former));
        is_former =
            (is_former || nominal_source::tells_former(&part.to_lowercase())) && !has_complement(part);
        (rest, from) = (behind, 0);
    }
    parts.push(with_former(rest, is_former));
    parts
}

fn with_former(part: &str, is_former: bool) -> Cow<'_, str> {
    let is_told = nominal_source::tells_former(&part.to_lowercase()) || tells_current(part);
    if is_former && !is_told { Cow::Owned(format!("former {part}")) } else { Cow::Borrowed(part) }
}

/// Whether a part of a role tells that it is held now: "current mayor".
fn tells_current(part: &str) -> bool {
    part.split(' ').any(|it| matches!(it, "current" | "now" | "present" | "incumbent"))
}

/// Where the first part of a role may end from byte `from` on, and where the next one begins then.
fn joint(role: &str, from: usize) -> Option<(usize, usize)> {
    const JOINTS: &[&str] = &[", and ", " and ", " & ", ", "];
    let tail = role.get(from..)?;
    let found = JOINTS.iter().filter_map(|it| Some((tail.find(it)?, it.len())));
    let (at, length) = found.min_by_key(|(at, length)| (*at, usize::MAX - length))?;
    Some((from + at, from + at + length))
}

/// The words of a role before the first place where another part may begin.
fn first_part(role: &str) -> &str {
    joint(role, 0).and_then(|(end, _)| role.get(..end)).unwrap_or(role)
}

/// Whether words name a role of their own: the noun before the complement is one for somebody.
fn is_role(part: &str, lexicon: &Lexicon) -> bool {
    let head = part.split(' ').take_while(|it| !nominal_source::is_preposition(it)).last();
    head.is_some_and(|it| person_nouns::is_role(lexicon, it))
}

fn has_complement(part: &str) -> bool {
    part.split(' ').any(nominal_source::is_preposition)
}

/// Whether the complement of a role ends in a role of somebody else: "adviser to the president" of "adviser to the president and prime
/// minister".
fn ends_in_holder(part: &str, lexicon: &Lexicon) -> bool {
    let last = part.rsplit(' ').next().unwrap_or_default().to_lowercase();
    has_complement(part) && lexicon.classes(&last).has(RoleNoun)
}

#[cfg(test)]
mod tests {
    use crate::engine::coreference::role_parts;
    use crate::engine::text::lexicon::Lexicon;

    #[track_caller]
    fn assert_parts(role: &str, expected: &[&str]) {
        let parts = role_parts::parts(role, &Lexicon::embedded());
        assert_eq!(parts.iter().map(AsRef::as_ref).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_role_of_several_is_parted_at_its_joints() {
        assert_parts("mayor of Tarn", &["mayor of Tarn"]);
        assert_parts(
            "Deputy Prime Minister and Minister of Health",
            &["Deputy Prime Minister", "Minister of Health"],
        );
        assert_parts("mayor of Tarn, singer and former nurse", &["mayor of Tarn", "singer", "former nurse"]);
    }

    #[test]
    fn a_field_and_the_holder_of_another_office_are_no_parts() {
        assert_parts("Minister for Trade and Industry", &["Minister for Trade and Industry"]);
        assert_parts(
            "adviser to the president and prime minister",
            &["adviser to the president and prime minister"],
        );
    }

    #[test]
    fn former_goes_with_all_parts_before_a_complement() {
        assert_parts("former president and chief executive", &["former president", "former chief executive"]);
        assert_parts("former mayor of Tarn and singer", &["former mayor of Tarn", "singer"]);
    }
}
