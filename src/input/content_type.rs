//! Content types, as the header of a page names them: `text/html; charset=utf-8`.

/// The media type without its parameters, in lower case: "text/html".
#[cfg(feature = "formats")]
pub(crate) fn media_type(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The encoding that a content type names: of `text/html; charset="utf-8"` it is `utf-8`.
pub(crate) fn charset_of(content_type: &str) -> Option<String> {
    let parameter = |it: &str| {
        let (name, value) = it.trim().split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    };
    content_type.split(';').skip(1).find_map(parameter)
}
