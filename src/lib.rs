//! pullquote finds who said what in a news story.
//!
//! ```text
//! bytes --load--> Story --engine--> Analysis --export--> bytes (JSON, CSV, Markdown …)
//!                                            --reader--> a screen
//! ```
//!
//! Two nouns stand on the ground: a [`Story`](story::Story) is one clean text and blocks that are stretches of it; an
//! [`Analysis`](analysis::Analysis) is what was found in it: people, organisations and places with their mentions,
//! quotes with their speakers, all of them stretches of that same text. Every other room is a verb that turns one thing
//! into the next.
//!
//! **Verbs import nouns; no verb imports another verb; they meet only in `main.rs`.**
//!
//! # The whole of it
//!
//! ```
//! use pullquote::engine::Engine;
//! use pullquote::export::{Export, Jsonl};
//! use pullquote::load;
//!
//! let story = load::from_text("“The river is ours again,” said Ann Lee, the mayor of Oddmouth.");
//! let analysis = Engine::embedded().analyze(&story);
//! for quote in &analysis.quotes {
//!     let speaker = quote.speaker.map(|it| analysis.entities[it].name.as_str());
//!     println!("{}: {}", speaker.unwrap_or("somebody"), quote.words(story.text()));
//! }
//! let line = Jsonl.one(&story, &analysis);
//! assert!(line.starts_with(r#"{"schema":"pullquote/1","#));
//! ```
//!
//! # The rooms, in reading order
//!
//! Nouns, which know nothing of verbs:
//!
//! 1. [`span`]: a stretch of a text, in bytes.
//! 2. [`story`]: one clean text, and blocks that are stretches of it: headline, byline, paragraph, turn …
//! 3. [`analysis`]: entities, mentions, quotes, speakers.
//! 4. [`correction`]: what a reader knows better than the engine, and the analysis as it is then.
//!
//! Verbs, each a door for one arrow of the picture:
//!
//! 5. [`load`]: bytes → story. One file a format; decoding and cleaning happen here, once, so that nothing behind it
//!    ever sees an escape sequence or a wrong byte. `Result` lives here and in `main.rs`, nowhere else.
//! 6. [`engine`]: story → analysis. It does no input or output, prints nothing and cannot fail: odd text yields fewer
//!    findings. One file a stage; only `engine.rs` calls a stage, so the pipeline is read there from top to bottom.
//! 7. [`export`]: story and analysis → bytes. One file a format. The published shapes are structs of their own: the
//!    insides may change while the format keeps its promise.
//!
//! The binary, another target, so that the compiler itself forbids the library to know the screen:
//!
//! 8. `reader.rs`: the screen. A key becomes an action, `App::update` alone changes the state, the view only reads it.
//! 9. `cli.rs`: arguments → what is asked for; `usage.rs`: that as completions, as a manual, and told to who mistypes.
//! 10. `settings.rs`: what can be set once and for all; `config.rs`: the folder of settings → those that are set, with
//!     `entries.rs`, which knows the lines of a file and what is wrong in them.
//! 11. `jobs.rs`: what is asked for → the stories to load; `lines.rs`: a stream → records, one a line.
//! 12. `pool.rs`: jobs → results in the order of the jobs, on all cores.
//! 13. `shelf.rs`: what is kept of stories from one reading to the next, which is `keeping.rs`, in a database.
//! 14. `main.rs`: the door, where the verbs meet; exit codes, and what is said when something fails.
//!
//! # Who may import whom
//!
//! `tests/house.rs` holds this table against the code.
//!
//! | room | may import | the foreign crates that it alone may know |
//! | --- | --- | --- |
//! | `span` | – | – |
//! | `story`, `analysis` | `span` | – |
//! | `correction` | `analysis`, `span` | – |
//! | `load` | `story`, `span` | formats, encodings |
//! | `engine` | `story`, `analysis`, `span` | the inference runtime |
//! | `export` | `story`, `analysis`, `span` | `serde_json`, `csv` |
//! | `reader` (binary) | `story`, `analysis`, `correction`, `keeping`, `span`, `settings`, `entries` | ratatui, crossterm … |
//! | `keeping` (binary) | `story`, `correction`, `span` | – |
//! | `shelf` (binary) | `story`, `analysis`, `correction`, `keeping`, `span` | rusqlite, blake3, etcetera |
//! | `settings` (binary) | – | – |
//! | `entries` (binary) | – | toml, strsim |
//! | `config` (binary) | `settings`, `entries` | etcetera |
//! | `cli` (binary) | `settings` | clap |
//! | `usage` (binary) | `cli` | clap |
//! | `jobs` (binary) | `lines` | – |
//! | `lines` (binary) | – | `serde_json` |
//! | `pool` (binary) | – | – |
//! | `main` (binary) | all | – |
//!
//! A new room (a fetcher) is a new verb under the same rule, with its row in this table and in the
//! test. If a line fits two rooms, a noun is missing.
//!
//! # What is always true
//!
//! * Spans are bytes, on character boundaries, in order, inside the text.
//! * A story's text holds no control character but the newline; its blocks do not overlap.
//! * The number of an entity or a quote is its place in the analysis; nothing is found again by its words.
//! * Lists and models are values, made once by [`Engine::embedded`](engine::Engine::embedded) and lent out: no
//!   statics, no `build.rs`.

pub mod analysis;
pub mod correction;
pub mod engine;
pub mod export;
pub mod load;
pub mod span;
pub mod story;
pub mod text_safety;
