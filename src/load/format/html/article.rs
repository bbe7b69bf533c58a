//! Article search: which texts of a page belong to its story, as the readability library chooses them.
//!
//! Readability works on a copy of the page, whose nodes have the same ids. It removes, renames and moves elements; only
//! the choice of texts is taken from it, and the page itself is read.

use std::collections::HashSet;

use dom_query::{Document, NodeId, NodeRef};
use dom_smoothie::{Config, Readability};

use crate::load::format::html::element_class;

/// The id of the element that readability gives to its article.
const ARTICLE_SELECTOR: &str = "#readability-page-1";

/// The texts that readability chooses; empty if it finds no article.
pub(crate) fn article_texts(page: &Document) -> HashSet<NodeId> {
    let copy = page.clone();
    rename_elements(&copy);
    let config = Config { keep_classes: true, disable_json_ld: true, ..Config::default() };
    let Ok(mut readability) = Readability::with_document(copy, None, Some(config)) else {
        return HashSet::new();
    };
    if readability.parse().is_err() {
        return HashSet::new();
    }
    let article = readability.doc.select_single(ARTICLE_SELECTOR);
    let texts =
        article.nodes().iter().flat_map(|it| it.descendants_it().filter(NodeRef::is_text).map(|it| it.id));
    texts.collect()
}

/// Renames elements that readability does not know or does not accept around a story.
fn rename_elements(page: &Document) {
    let elements: Vec<_> = page.root().descendants_it().filter(NodeRef::is_element).collect();
    for element in elements {
        let Some(name) = element.node_name() else { continue };
        match &*name {
            // A page of an old server stands in one form.
            "form" => element.rename("div"),
            name if name.contains('-') => {
                let is_block = |it: &NodeRef| it.node_name().is_some_and(|it| element_class::is_block(&it));
                let has_block = element.descendants_it().any(|it| is_block(&it));
                element.rename(if has_block { "div" } else { "span" });
            }
            _ => {}
        }
    }
}
