//! Formats: plain text, Markdown and HTML, each parsed into a `StoryBuilder`.

mod block_writer;
mod front_matter;
mod hard_wrap;
pub(super) mod html;
mod hyphenation;
mod label_head;
pub(super) mod markdown;
mod page_lines;
pub(super) mod plain;
