//! Formats: plain text, Markdown and HTML, each parsed into a `StoryBuilder`.

mod block_writer;
mod front_matter;
mod hard_wrap;
pub(super) mod html;
pub(super) mod markdown;
pub(super) mod plain;
