//! A clause and the place of its cue → the noun phrase that speaks, read leftwards or rightwards from there.

use std::ops::Range;

use crate::engine::text::clause::ClauseView;
use crate::engine::text::word_classes;

/// How many items a noun phrase may take.
const MAX_PHRASE_ITEMS: usize = 16;
/// How many items an aside between commas may take.
const MAX_ASIDE_ITEMS: usize = 40;

/// The noun phrase that ends right before item `end`, its asides included:
/// "Hugh Hill, a doctor," in "Hugh Hill, a doctor, said". The comma before the
/// cue is not part of it.
pub(crate) fn source_before_cue(clause: ClauseView, end: usize) -> Option<Range<usize>> {
    let last = end.checked_sub(1)?;
    match clause.word(last) {
        mark if mark == "," || word_classes::is_dash(mark) => {
            let comma = aside_start(clause, last)?;
            let subject = noun_phrase_before(clause, comma)?;
            Some(subject.start..last)
        }
        ")" => {
            let open = (0..last).rev().take(MAX_PHRASE_ITEMS).find(|it| clause.word(*it) == "(")?;
            let subject = noun_phrase_before(clause, open)?;
            Some(subject.start..end)
        }
        _ if matches!(clause.lower(last).as_str(), "who" | "which" | "that") => {
            // "Lee, who said …": the one before the comma speaks.
            let comma = last.checked_sub(1)?;
            let end = if clause.word(comma) == "," { comma } else { last };
            noun_phrase_before(clause, end).map(|it| it.start..last + 1)
        }
        _ => noun_phrase_before(clause, end),
    }
}

/// The comma that opens the aside which the comma at `close` closes.
fn aside_start(clause: ClauseView, close: usize) -> Option<usize> {
    let mark = clause.word(close);
    let opens =
        |at: &usize| clause.word(*at) == mark && *at + 1 < close && noun_phrase_before(clause, *at).is_some();
    let commas: Vec<usize> = (0..close).rev().take(MAX_ASIDE_ITEMS).filter(opens).collect();
    // The farthest comma whose phrase begins the clause wins, so that "Lee, a doctor, writer and cook, said" is whole.
    let begins = |at: &&usize| {
        let start = noun_phrase_before(clause, **at).map_or(0, |it| it.start);
        // "Lee, standing beside his lawyer, said": only after the name that opens the clause.
        let acts = clause.is_capitalized(start) && clause.lower(**at + 1).ends_with("ing");
        starts_clause(clause, start) && (acts || opens_aside(clause, **at + 1))
    };
    commas
        .iter()
        .rev()
        .find(begins)
        .or_else(|| commas.iter().find(|it| opens_aside(clause, **it + 1)))
        .copied()
}

/// Whether an aside about a noun may begin with item `at`.
fn opens_aside(clause: ClauseView, at: usize) -> bool {
    let word = clause.lower(at);
    if clause.is_capitalized(at) {
        return true;
    }
    word_classes::is_determiner(&word)
        || matches!(word.as_str(), "who" | "which" | "whose" | "whom" | "of" | "from" | "now" | "then" | "also" | "speaking" | "himself" | "herself" | "in" | "at" | "on" | "once" | "when" | "like" | "as" | "jr." | "sr.")
        || clause.word(at).starts_with(|it: char| it.is_ascii_digit())
        // "chief economist at Harbour Bank": a role without an article.
        || clause.word(at).starts_with(char::is_alphabetic) && !word_classes::is_clause_boundary(&word) && !word.ends_with("ing")
}

/// Whether a clause may begin with item `at`.
fn starts_clause(clause: ClauseView, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    clause.quote_at(before).is_some()
        || !clause.is_word(before)
        || word_classes::is_clause_boundary(&clause.lower(before))
        || clause.lower(before) == "and"
}

/// The plain noun phrase that ends right before item `end`.
fn noun_phrase_before(clause: ClauseView, end: usize) -> Option<Range<usize>> {
    let last = end.checked_sub(1)?;
    let word = clause.lower(last);
    if word_classes::is_pronoun(&word) {
        return Some(last..end);
    }
    if matches!(
        word.as_str(),
        "some"
            | "many"
            | "others"
            | "most"
            | "few"
            | "both"
            | "one"
            | "another"
            | "everyone"
            | "someone"
            | "nobody"
    ) {
        return Some(last..end);
    }
    if !is_phrase_item(clause, last) || word_classes::is_determiner(&word) {
        return None;
    }
    let mut start = last;
    // The start of a whole phrase, should the words before it not belong to it.
    let mut whole = None;
    while start > 0 && end - start < MAX_PHRASE_ITEMS {
        let next = start - 1;
        let before = clause.lower(next);
        if word_classes::is_determiner(&clause.lower(start))
            || clause.word(start) == "'s"
            || clause.word(start) == "’s"
        {
            whole = Some(start);
            if clause.word(start) != "'s"
                && clause.word(start) != "’s"
                && !word_classes::begins_noun_complement(&before)
            {
                break;
            }
        }
        if word_classes::begins_noun_complement(&before)
            && next > 0
            && is_phrase_item(clause, next - 1)
            && !word_classes::is_preposition(&clause.lower(next - 1))
        {
            let head = clause.lower(next - 1);
            // "a meeting in Paris Lee said" would be wrong; "officials in Paris said" is right: only a
            // noun that stands free ties what follows.
            let plural = starts_clause(clause, next - 1) && head.ends_with('s');
            if before == "of" || plural || !clause.is_capitalized(next - 1) {
                whole = whole.or_else(|| starts_noun_phrase(clause, start).then_some(start));
                start = next - 1;
                continue;
            }
        }
        if before == "and" || before == "&" {
            let joint = next > 0 && starts_noun_phrase(clause, start);
            let left = if joint { noun_phrase_before(clause, next) } else { None };
            return match left {
                Some(left) if starts_clause(clause, left.start) && clause.lower(left.start) != "and" => {
                    Some(left.start..end)
                }
                _ => Some(start..end),
            };
        }
        if !is_phrase_item(clause, next) {
            break;
        }
        // A lower-case word before a name that is no title ends the phrase only where a verb is likely; without a
        // parser the clause's own start is the judge, so it is taken.
        start = next;
    }
    let start = if starts_clause(clause, start) || word_classes::is_determiner(&clause.lower(start)) {
        start
    } else {
        whole.unwrap_or(start)
    };
    let start = trailing_name_start(clause, start, end).unwrap_or(start);
    (start < end).then_some(start..end)
}

/// Where a phrase that does not begin its clause ends with a name, the name
/// with the title words before it: "… when Ann Lee".
fn trailing_name_start(clause: ClauseView, start: usize, end: usize) -> Option<usize> {
    if starts_clause(clause, start)
        || word_classes::is_determiner(&clause.lower(start))
        || !clause.is_capitalized(end - 1)
    {
        return None;
    }
    (start..end).rev().take_while(|it| clause.is_capitalized(*it) || clause.quote_at(*it).is_some()).last()
}

/// Whether the words from `start` on can be a phrase by themselves.
fn starts_noun_phrase(clause: ClauseView, start: usize) -> bool {
    clause.is_capitalized(start) || word_classes::is_determiner(&clause.lower(start))
}

/// Whether item `at` may stand inside a noun phrase.
fn is_phrase_item(clause: ClauseView, at: usize) -> bool {
    if let Some(stretch) = clause.quote_at(at) {
        // A nickname: Ann "Red" Lee.
        return stretch.closed
            && clause.doc.tokens_in(stretch.content).len() <= 3
            && at > 0
            && clause.is_word(at - 1);
    }
    let word = clause.lower(at);
    if matches!(clause.word(at), "'s" | "’s" | "&" | "%" | "$" | "-") {
        return true;
    }
    // A plural owner: "the players' union".
    if matches!(clause.word(at), "'" | "’") {
        return at > 0 && clause.word(at - 1).ends_with('s');
    }
    clause.is_word(at)
        && !word_classes::is_auxiliary(&word)
        && !word_classes::is_clause_boundary(&word)
        && (!word_classes::is_preposition(&word) || clause.is_capitalized(at))
        && !word_classes::is_negation(&word)
        && (!word_classes::is_pronoun(&word) || clause.word(at) == "IT")
        && !matches!(word.as_str(), "and" | "there" | "here" | "however" | "meanwhile" | "also")
}

/// The noun phrase that begins with item `start`, its asides included: "Ann
/// Lee, a doctor" in "said Ann Lee, a doctor".
pub(crate) fn source_after_cue(clause: ClauseView, start: usize) -> Option<Range<usize>> {
    // "scolded him:": nobody speaks in the objective.
    if matches!(clause.lower(start).as_str(), "him" | "me" | "them") {
        return None;
    }
    let mut end = noun_phrase_end(clause, start)?;
    if let Some(named) = role_name_end(clause, start, end) {
        end = named;
    }
    while clause.word(end) == "," && opens_apposition(clause, end + 1) {
        let close = (end + 1..clause.items.len())
            .find(|it| matches!(clause.word(*it), "," | "." | ";" | ":") || clause.quote_at(*it).is_some());
        let close = close.unwrap_or(clause.items.len());
        if close - end > MAX_ASIDE_ITEMS {
            break;
        }
        end = close;
    }
    Some(start..end)
}

/// The noun phrase after "according to" at item `start`: an aside that would
/// leave nothing to report is what is reported.
pub(crate) fn source_of_according_to(clause: ClauseView, start: usize) -> Option<Range<usize>> {
    let whole = source_after_cue(clause, start)?;
    let last = clause.items.len() - usize::from(!clause.is_word(clause.items.len() - 1));
    let leaves = whole.end < last || start > 5;
    if leaves { Some(whole) } else { noun_phrase_end(clause, start).map(|end| start..end) }
}

/// Where the name ends that a role from item `start` to `end` is given: "said the captain, Ann Lee."
fn role_name_end(clause: ClauseView, start: usize, end: usize) -> Option<usize> {
    let role = !clause.is_capitalized(end - 1) && (start..end).all(|it| clause.is_word(it));
    let name = end + 1..(end + 1..clause.items.len()).find(|it| !clause.is_capitalized(*it))?;
    let stops = matches!(clause.word(name.end), "," | "." | ";" | ":") || clause.quote_at(name.end).is_some();
    (role && clause.word(end) == "," && (1..=4).contains(&name.len()) && stops).then_some(name.end)
}

/// Whether what follows a name and a comma tells of that name.
fn opens_apposition(clause: ClauseView, at: usize) -> bool {
    let word = clause.lower(at);
    matches!(
        word.as_str(),
        "who"
            | "whose"
            | "which"
            | "a"
            | "an"
            | "the"
            | "of"
            | "from"
            | "himself"
            | "herself"
            | "jr."
            | "its"
            | "his"
            | "her"
            | "their"
            | "one"
            | "another"
            | "now"
            | "then"
            | "former"
            | "founder"
            | "head"
            | "chief"
            | "director"
            | "president"
            | "professor"
            | "co-founder"
            | "chairman"
            | "chairwoman"
            | "chair"
            | "mayor"
            | "senior"
            | "executive"
            | "vice"
            | "deputy"
            | "author"
            | "editor"
            | "owner"
            | "leader"
            | "spokesman"
            | "spokeswoman"
            | "spokesperson"
            | "minister"
            | "secretary"
            | "general"
            | "managing"
            | "assistant"
            | "associate"
            | "researcher"
            | "economist"
            | "analyst"
            | "lawyer"
            | "attorney"
    ) || clause.word(at).len() == 2 && clause.word(at).starts_with(|it: char| it.is_ascii_digit())
        // "Ann Lee, QC, said".
        || (2..=3).contains(&clause.word(at).len())
            && clause.word(at).chars().all(char::is_uppercase)
            && clause.word(at + 1) == ","
}

/// Where the plain noun phrase that begins with item `start` ends.
fn noun_phrase_end(clause: ClauseView, start: usize) -> Option<usize> {
    let first = clause.lower(start);
    let bounded = |at: usize| {
        !clause.is_word(at)
            || word_classes::is_preposition(&clause.lower(at))
            || word_classes::is_time_word(&clause.lower(at))
            || word_classes::is_clause_boundary(&clause.lower(at))
    };
    if word_classes::is_pronoun(&first) {
        return (bounded(start + 1) || clause.lower(start + 1) == "and").then_some(start + 1);
    }
    if !is_phrase_item(clause, start) || word_classes::is_time_word(&first) {
        return None;
    }
    let mut end = start + 1;
    while end < clause.items.len() && end - start < MAX_PHRASE_ITEMS {
        let word = clause.lower(end);
        let free = !clause.is_capitalized(end - 1);
        if (word == "of" || (free && word_classes::begins_noun_complement(&word)))
            && is_phrase_item(clause, end + 1)
            && !word_classes::is_time_word(&clause.lower(end + 1))
        {
            // "said a source in Paris" goes on; "said Lee in Paris" and "said the mayor in a statement" do not.
            let a_thing = matches!(clause.lower(end + 1).as_str(), "a" | "an") && word == "in"
                || word_classes::is_time_word(&clause.lower(end + 1));
            if a_thing {
                break;
            }
            end += 2;
            continue;
        }
        if word == "and" && clause.is_capitalized(end - 1) && clause.is_capitalized(end + 1) {
            end += 2;
            continue;
        }
        if word_classes::is_time_word(&word) || !is_phrase_item(clause, end) {
            break;
        }
        end += 1;
    }
    (end > start + 1 || !word_classes::is_determiner(&first)).then_some(end)
}

/// The noun phrase with which the clause begins, without asides: the subject
/// that a participle ("…, insisting") borrows.
pub(crate) fn clause_subject(clause: ClauseView) -> Option<Range<usize>> {
    let start = (0..clause.items.len()).find(|it| {
        clause.is_word(*it) && !matches!(clause.lower(*it).as_str(), "but" | "and" | "so" | "yet")
    })?;
    if word_classes::is_pronoun(&clause.lower(start)) {
        return Some(start..start + 1);
    }
    let fronted = word_classes::is_preposition(&clause.lower(start))
        || word_classes::is_clause_boundary(&clause.lower(start))
        || clause.lower(start).ends_with("ing");
    if fronted {
        let comma = (start..clause.items.len()).find(|it| clause.word(*it) == ",")?;
        let rest = ClauseView { items: &clause.items[comma + 1..], ..clause };
        let found = clause_subject(rest)?;
        return Some(found.start + comma + 1..found.end + comma + 1);
    }
    let mut end = start;
    // Leading lower-case words up to the first name, or the article and its noun.
    if word_classes::is_determiner(&clause.lower(start)) {
        end += 1;
    }
    let head = end;
    while end < clause.items.len()
        && (clause.is_capitalized(end)
            || clause.lower(end) == "of" && clause.is_capitalized(end + 1)
            || matches!(clause.word(end), "'s" | "’s"))
    {
        end += 1;
    }
    if end == head && clause.is_word(end) {
        end += 1;
    }
    (end > start && !word_classes::is_auxiliary(&clause.lower(end - 1))).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tests::with_document;
    use crate::engine::text::clause;
    use crate::engine::text::quotation_marks;

    /// The phrase that `find` makes out at the word `cue` of the text's only unit.
    fn phrase(text: &str, cue: &str, find: impl Fn(ClauseView, usize) -> Option<Range<usize>>) -> String {
        with_document(text, |doc| {
            let quoted_spans = quotation_marks::quoted_spans(doc);
            let units = clause::clauses(doc, &quoted_spans);
            let clause = ClauseView { doc, quoted: &quoted_spans, items: &units[0].items };
            let at = (0..clause.items.len())
                .rev()
                .find(|it| clause.word(*it) == cue)
                .expect("the cue stands in the text");
            find(clause, at).map_or("?".into(), |it| clause.span(it).slice(text).to_owned())
        })
    }

    #[test]
    fn the_subject_stands_before_its_cue() {
        for (text, expected) in [
            ("“We won,” Ann Lee said.", "Ann Lee"),
            ("It rained and Lee said no.", "Lee"),
            ("Hugh Hill, a doctor, said it rained.", "Hugh Hill, a doctor"),
            (
                "Mora Quill, who will also join the talks in Oslo, said no.",
                "Mora Quill, who will also join the talks in Oslo",
            ),
            ("A spokesman for the ministry said no.", "A spokesman for the ministry"),
            ("Researchers at the University of Oslo said no.", "Researchers at the University of Oslo"),
            ("The head of the agency said no.", "The head of the agency"),
            ("Ann Lee and Bo Ray said no.", "Ann Lee and Bo Ray"),
            ("After talks in Oslo, the foreign minister said no.", "the foreign minister"),
            ("He left early because she said no.", "she"),
            ("Ann “Red” Lee said no.", "Ann “Red” Lee"),
            ("Lee's lawyer said no.", "Lee's lawyer"),
            (
                "Lee, standing beside Ray, a cook, and two guards, said no.",
                "Lee, standing beside Ray, a cook, and two guards",
            ),
            ("A source close to the talks said no.", "A source close to the talks"),
            ("Police said no.", "Police"),
            ("“No,” the players' union said.", "the players' union"),
        ] {
            assert_eq!(phrase(text, "said", source_before_cue), expected, "{text}");
        }
    }

    #[test]
    fn the_subject_may_stand_after_its_cue() {
        for (text, expected) in [
            ("“We won,” said Ann Lee.", "Ann Lee"),
            ("“We won,” said Ann Lee, a doctor at the clinic.", "Ann Lee, a doctor at the clinic"),
            ("“We won,” said council leader Ann Lee on Monday.", "council leader Ann Lee"),
            ("“We won,” said a source close to the talks.", "a source close to the talks"),
            ("“We won,” said Lee in a statement.", "Lee"),
            ("“We won,” said Lee, adding that it was late.", "Lee"),
            ("“We won,” said he.", "he"),
            ("“We won,” said the captain, Ann Lee.", "the captain, Ann Lee"),
            ("“We won,” said the head of the agency.", "the head of the agency"),
        ] {
            assert_eq!(
                phrase(text, "said", |clause, at| source_after_cue(clause, at + 1)),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn a_participle_borrows_the_subject_that_opens_its_clause() {
        for (text, expected) in [
            ("Mayor Ann Lee left on Monday, insisting it was late.", "Mayor Ann Lee"),
            ("In May, she left, insisting it was late.", "she"),
            ("The company rose, insisting it was late.", "The company"),
        ] {
            assert_eq!(phrase(text, "insisting", |clause, _| clause_subject(clause)), expected, "{text}");
        }
    }
}
