//! Whether a line says who wrote the story.

use crate::load::structure::dateline;

/// Whether the words are a byline: "By", then nothing but names and the small words between them.
pub(crate) fn is_byline(words: &str) -> bool {
    const LONGEST: usize = 160;
    let opening = OPENINGS.iter().find_map(|it| {
        let begun = words.get(..it.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(it));
        begun.then(|| &words[it.len()..])
    });
    let Some(names) = opening.filter(|_| words.len() <= LONGEST && !words.ends_with(['.', '?', '!', ':']))
    else {
        return false;
    };
    let words: Vec<&str> = names.split(' ').filter(|it| !it.is_empty()).map(trim_punctuation).collect();
    let Some(first) = words.first().filter(|it| it.starts_with(char::is_uppercase)) else { return false };
    // "By health editor Ann Lee" may have any words beside the job.
    let job = words.iter().any(|it| JOB_TITLES.contains(&it.to_ascii_lowercase().as_str()));
    let house = words.iter().any(|it| PUBLISHER_WORDS.contains(it));
    let fits = |it: &&str| {
        job || !it.starts_with(char::is_lowercase) || LOWERCASE_WORDS.contains(it) || it.contains('@')
    };
    (house || !(SENTENCE_OPENERS.contains(first) || dateline::is_month(first))) && words.iter().all(fits)
}

/// A word without the marks around it.
fn trim_punctuation(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// How a byline opens.
const OPENINGS: &[&str] =
    &["by ", "by: ", "words by ", "words: ", "written by ", "story by ", "text by ", "report by "];

/// Words in small letters that stand in a byline.
const LOWERCASE_WORDS: &[&str] = &[
    "a",
    "agencies",
    "al",
    "and",
    "at",
    "bin",
    "by",
    "da",
    "de",
    "del",
    "den",
    "der",
    "di",
    "du",
    "el",
    "et",
    "for",
    "from",
    "in",
    "la",
    "le",
    "of",
    "on",
    "the",
    "to",
    "van",
    "von",
    "with",
    "am",
    "pm",
    "min",
    "read",
    "updated",
    "published",
];

/// What those who write are called.
const JOB_TITLES: &[&str] = &[
    "columnist",
    "contributor",
    "correspondent",
    "critic",
    "editor",
    "reporter",
    "reporters",
    "staff",
    "writer",
];

/// Words in the names of papers and agencies.
const PUBLISHER_WORDS: &[&str] = &[
    "Agency", "Board", "Desk", "Gazette", "Guardian", "News", "Newsroom", "Post", "Press", "Staff", "Times",
];

/// Words with a capital that are no name where a sentence begins with "By".
const SENTENCE_OPENERS: &[&str] = &[
    "A",
    "The",
    "This",
    "That",
    "Then",
    "Now",
    "Contrast",
    "Comparison",
    "Christmas",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_has_nothing_but_names_after_its_by() {
        for (words, expected) in [
            ("By Ann Lee", true),
            ("By ANN LEE, Harbour Gazette", true),
            ("By Ann Lee and Bo van Ray in Oslo", true),
            ("by Ann Lee | 3 May 2026", true),
            ("BY STAFF REPORTER", true),
            ("Words by Ann Lee", true),
            ("By Ann Lee, health editor", true),
            ("By The Associated Press", true),
            ("By The Time It Rained", false),
            ("By March", false),
            ("By Tuesday the water had reached the market", false),
            ("By Monday", false),
            ("By Ann Lee's own account she was asleep", false),
            ("By then, Lee had left.", false),
            ("Bystanders Cheer", false),
            ("By ", false),
        ] {
            assert_eq!(is_byline(words), expected, "{words}");
        }
    }
}
