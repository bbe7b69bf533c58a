//! One file a format: plain text, Markdown, HTML.
pub(crate) mod block_writer;
pub(crate) mod front_matter;
pub(crate) mod hard_wrap;
pub(crate) mod html;
pub(crate) mod html_depth;
pub(crate) mod markdown;
pub(crate) mod plain;
