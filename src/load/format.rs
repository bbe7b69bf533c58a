//! Formats: plain text, Markdown, HTML, mail, feeds, subtitles and articles in JSON, each parsed into a `StoryBuilder`.

pub(super) mod article_json;
mod block_writer;
#[cfg(feature = "formats")]
pub(super) mod database_export;
#[cfg(feature = "formats")]
pub(super) mod feed;
mod front_matter;
mod hard_wrap;
pub(super) mod html;
mod hyphenation;
mod label_head;
#[cfg(feature = "formats")]
pub(super) mod mail;
pub(super) mod markdown;
mod page_lines;
pub(super) mod plain;
pub(super) mod subtitles;
