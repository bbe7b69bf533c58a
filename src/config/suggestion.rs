//! Suggestions for mistyped names: "did you mean …?".

/// The least similarity of a suggestion, from 0 to 1 (normalised Damerau-Levenshtein); below it, names look unrelated.
const MIN_SIMILARITY: f64 = 0.5;

/// Returns the known name that is most similar; `None` if all are too different.
pub(crate) fn nearest_name<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let similarity = |it: &str| strsim::normalized_damerau_levenshtein(name, it);
    let candidates = known.into_iter().map(|it| (similarity(it), it)).filter(|it| it.0 > MIN_SIMILARITY);
    candidates.max_by(|a, b| a.0.total_cmp(&b.0)).map(|it| it.1)
}

/// Returns a message for an unknown name: "Unknown setting `widht`; did you mean `width`?"
pub(crate) fn describe_unknown<'a>(
    noun: &str,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> String {
    let suggestion = nearest_name(name, known).map_or(String::new(), |it| format!("; did you mean `{it}`?"));
    format!("Unknown {noun} `{name}`{suggestion}")
}

/// Returns a message for an unknown name among few that can be listed: "Unknown theme `drak`; did you mean `dark`? Choose
/// one of auto, dark, light".
pub(crate) fn describe_unknown_choice<'a>(
    noun: &str,
    name: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> String {
    let choices = known.clone().into_iter().collect::<Vec<_>>().join(", ");
    let advice = match nearest_name(name, known) {
        Some(nearest) => format!("did you mean `{nearest}`? Choose one of {choices}"),
        None => format!("choose one of {choices}"),
    };
    format!("Unknown {noun} `{name}`; {advice}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_suggested_and_a_far_one_is_not() {
        let known = ["forward", "back", "quit"];
        for (name, nearest) in
            [("foward", Some("forward")), ("qiut", Some("quit")), ("fly", None), ("backk", Some("back"))]
        {
            assert_eq!(nearest_name(name, known), nearest, "{name}");
        }
    }
}
