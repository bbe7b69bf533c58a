//! Whether a line says who wrote the story.

/// Whether the words are a byline: "By", then nothing but names and the small words between them.
pub(super) fn is(words: &str) -> bool {
    const LONGEST: usize = 160;
    let opening = OPENINGS.iter().find_map(|it| {
        let begun = words.get(..it.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(it));
        begun.then(|| &words[it.len()..])
    });
    let Some(names) = opening.filter(|_| words.len() <= LONGEST && !words.ends_with(['.', '?', '!', ':']))
    else {
        return false;
    };
    let names = names.trim_start();
    let first = names.split(' ').next().unwrap_or_default();
    let fits = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        !bare.starts_with(char::is_lowercase) || SMALL.contains(&bare) || word.contains('@')
    };
    first.starts_with(char::is_uppercase) && !NOT_NAMES.contains(&first) && names.split(' ').all(fits)
}

/// How a byline opens.
const OPENINGS: &[&str] =
    &["by ", "by: ", "words by ", "words: ", "written by ", "story by ", "text by ", "report by "];

/// Words in small letters that stand in a byline.
const SMALL: &[&str] = &[
    "a",
    "agencies",
    "al",
    "and",
    "at",
    "bin",
    "by",
    "chief",
    "columnist",
    "contributor",
    "correspondent",
    "critic",
    "da",
    "de",
    "del",
    "den",
    "der",
    "di",
    "du",
    "editor",
    "el",
    "et",
    "for",
    "from",
    "in",
    "la",
    "le",
    "news",
    "of",
    "on",
    "reporter",
    "senior",
    "special",
    "staff",
    "the",
    "to",
    "van",
    "von",
    "with",
    "writer",
    "am",
    "pm",
    "min",
    "read",
    "updated",
    "published",
];

/// Words with a capital that are no name where a sentence begins with "By".
const NOT_NAMES: &[&str] = &[
    "A",
    "The",
    "This",
    "That",
    "Then",
    "Now",
    "Contrast",
    "Comparison",
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
            ("By Tuesday the water had reached the market", false),
            ("By Monday", false),
            ("By Ann Lee's own account she was asleep", false),
            ("By then, Lee had left.", false),
            ("Bystanders Cheer", false),
            ("By ", false),
        ] {
            assert_eq!(is(words), expected, "{words}");
        }
    }
}
