//! Formats: plain text, Markdown, HTML, mail, feeds, subtitles, articles in JSON, documents and books, each parsed into a
//! `StoryBuilder`.

pub(super) mod article_json;
mod block_quotation;
mod block_writer;
#[cfg(feature = "formats")]
pub(super) mod database_export;
#[cfg(feature = "formats")]
mod document;
#[cfg(feature = "formats")]
pub(super) mod docx;
#[cfg(feature = "formats")]
pub(super) mod epub;
#[cfg(feature = "formats")]
pub(super) mod feed;
mod front_matter;
mod hard_wrap;
pub(super) mod html;
mod hyphenation;
mod labeled_metadata;
#[cfg(feature = "formats")]
pub(super) mod mail;
pub(super) mod markdown;
#[cfg(feature = "formats")]
pub(super) mod news_xml;
#[cfg(feature = "formats")]
pub(super) mod odt;
mod page_lines;
#[cfg(feature = "formats")]
pub(super) mod pdf;
pub(super) mod plain;
#[cfg(feature = "formats")]
pub(super) mod rtf;
pub(super) mod subtitles;
#[cfg(feature = "formats")]
pub(super) mod web_archive;
#[cfg(feature = "formats")]
pub(super) mod xml;
