//! pullquote finds who said what in a news story.
//!
//! ```text
//! bytes --load--> Story --engine--> Analysis --export--> bytes (JSON, CSV, Markdown …)
//!                                            --reader--> a screen
//! ```

pub mod span;

pub mod story;

pub mod analysis;

pub mod load;

pub mod engine;

pub mod export;
