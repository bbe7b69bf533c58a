//! Links and pictures: resolves the addresses that a page states, relative to the page's own.

use url::Url;

use crate::load::builder::PictureDraft;
use crate::load::text::sanitize;
use crate::span::Span;
use crate::story::{Hyperlink, Picture, Story};

/// The links whose addresses are of the web. `base` is the address of the page; without it only whole addresses count.
pub(crate) fn resolve_links(links: Vec<(Span, String)>, base: Option<&str>) -> Vec<Hyperlink> {
    let base = base.and_then(|it| Url::parse(it).ok());
    let link = |(span, address): (Span, String)| {
        Some(Hyperlink { span, url: resolve_from(&address, base.as_ref())? })
    };
    links.into_iter().filter_map(link).collect()
}

/// The pictures of a story, with their captions among its blocks.
pub(crate) fn resolve_pictures(
    pictures: Vec<PictureDraft>,
    story: &Story,
    base: Option<&str>,
) -> Vec<Picture> {
    let base = base.and_then(|it| Url::parse(it).ok());
    let picture = |draft: PictureDraft| {
        let block = story.blocks().get(draft.block);
        Picture {
            offset: block.map_or(story.text().len(), |it| it.span.start),
            alt: Some(sanitize::sanitize_line(&draft.alt)).filter(|it| !it.is_empty()),
            caption: block.map(|it| it.span).filter(|_| draft.has_caption),
            url: resolve_from(&draft.address, base.as_ref()),
        }
    };
    pictures.into_iter().map(picture).collect()
}

/// The absolute address of a link on a page with the address `base`; `None` if it is not of the web.
pub(crate) fn resolve(address: &str, base: Option<&str>) -> Option<String> {
    resolve_from(address, base.and_then(|it| Url::parse(it).ok()).as_ref())
}

/// The absolute address of a link or a picture; `None` if it is not of the web or is a place in the page itself.
fn resolve_from(address: &str, base: Option<&Url>) -> Option<String> {
    let address = address.trim();
    if address.is_empty() || address.starts_with('#') {
        return None;
    }
    let url = match base {
        Some(base) => base.join(address).ok()?,
        None => Url::parse(address).ok()?,
    };
    matches!(url.scheme(), "http" | "https")
        .then(|| url.to_string())
        .and_then(|it| sanitize::parse_web_address(&it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_absolute_and_of_the_web() {
        let base = "https://gazette.example/news/wall.html";
        for (address, base, expected) in [
            ("https://a.example/b?c=1", None, Some("https://a.example/b?c=1")),
            ("/b", Some(base), Some("https://gazette.example/b")),
            ("b", Some(base), Some("https://gazette.example/news/b")),
            ("//a.example/b", Some(base), Some("https://a.example/b")),
            ("/a b", Some(base), Some("https://gazette.example/a%20b")),
            ("/b", None, None),
            ("#top", Some(base), None),
            ("mailto:lee@gazette.example", Some(base), None),
            ("javascript:alert(1)", Some(base), None),
            ("", Some(base), None),
        ] {
            assert_eq!(resolve(address, base).as_deref(), expected, "{address}");
        }
    }
}
