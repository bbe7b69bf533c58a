//! Quote attribution for news stories: finds who said what.
//!
//! The library reads a story from bytes, finds its quotes with their speakers, and the people, organisations and places
//! that it mentions. It has no terminal dependencies.
//!
//! ```
//! use pullquote::engine::Engine;
//! use pullquote::export::{Export, Jsonl};
//! use pullquote::load;
//!
//! let story = load::from_text("“The river is ours again,” said Ann Lee, the mayor of Oddmouth.");
//! let analysis = Engine::embedded().analyze(&story);
//! for quote in &analysis.quotes {
//!     let speaker = quote.speaker.map(|id| analysis.entities[id].name.as_str());
//!     println!("{}: {}", speaker.unwrap_or("unknown"), quote.text(story.text()));
//! }
//! let line = Jsonl.render(&story, &analysis);
//! assert!(line.starts_with(r#"{"schema":"pullquote/1","#));
//! ```
//!
//! # Data flow
//!
//! ```text
//! bytes --load--> Story --engine--> Analysis --export--> bytes (JSON, CSV, Markdown …)
//!                                            --tui--> screen
//! ```
//!
//! A [`Story`](story::Story) is one text and its blocks. An [`Analysis`](analysis::Analysis) holds what was found in it.
//! All positions are byte spans of the story's text. `load`, `engine` and `export` each transform one into the next and
//! do not import each other.
//!
//! # Modules, in reading order
//!
//! Data:
//!
//! 1. [`span`]: byte range in a story's text.
//! 2. [`story`]: text, and its blocks: headline, byline, paragraph, turn …
//! 3. [`analysis`]: entities, mentions, quotes, speakers. [`speaker_numbers`]: the same number and hue everywhere.
//! 4. [`correction`]: the user's corrections, and how they change an analysis.
//! 5. [`selection`]: a choice of quotes by speaker, affiliation, kind and confidence.
//!
//! [`text_safety`] lists the characters that no text may bring to a terminal. `word_list` reads the word lists of
//! `assets/lexicon`.
//!
//! Transformations:
//!
//! 6. [`load`]: bytes → story. Decodes and sanitizes once, so that no later module meets an escape sequence or invalid
//!    UTF-8. One file per format. The only module of the library that returns errors.
//! 7. [`engine`]: story → analysis. Pure: no I/O, no errors, the same result for the same story. `engine.rs` lists the stages in order.
//! 8. [`export`]: story and analysis → bytes. One file per format. The exported shapes are structs of their own, so that
//!    the data types can change without changing the format.
//!
//! The binary is a separate target, so the compiler keeps terminal code out of the library:
//!
//! 9. `main.rs`: entry point. `cli`: arguments. `subcommand`: the subcommands, and what they share: options, stories to load, exit codes.
//! 10. `config`: settings folder, settings and their defaults.
//! 11. `input`: files, folders, web addresses, web archives, standard input and JSON Lines → bytes to load. `parallel`:
//!     threads that read or analyse stories, ordered parallel map. `diagnostic`: an error with its location. `text`: helpers for messages.
//! 12. `storage`: what is saved of a story. `shelf`: storage in SQLite.
//! 13. `tui`: terminal interface. A key becomes an action; `App` changes its state; the view only reads it.
//!
//! # Imports
//!
//! `tests/architecture.rs` holds this table, the foreign crates that each module may use, and the layers inside the larger
//! modules against the source.
//!
//! | module | may import |
//! | --- | --- |
//! | `span` | – |
//! | `text_safety` | – |
//! | `word_list` | – |
//! | `story` | `span`, `text_safety` |
//! | `speaker_numbers` | – |
//! | `analysis` | `span`, `speaker_numbers`, `text_safety` |
//! | `correction` | `analysis`, `span`, `text_safety` |
//! | `selection` | `analysis`, `span` |
//! | `load` | `story`, `span`, `text_safety`, `word_list` |
//! | `engine` | `story`, `analysis`, `span`, `word_list` |
//! | `export` | `story`, `analysis`, `span`, `speaker_numbers`, `text_safety` |
//! | `lib` | `span`, `text_safety`, `word_list`, `speaker_numbers`, `story`, `analysis`, `correction`, `selection`, `load`, `engine`, `export` |
//! | `diagnostic` | – |
//! | `text` | `text_safety` |
//! | `storage` | `correction`, `story`, `span`, `text` |
//! | `shelf` | `story`, `analysis`, `correction`, `storage`, `span`, `text`, `text_safety` |
//! | `config` | `diagnostic` |
//! | `cli` | `config` |
//! | `input` | `load`, `story` |
//! | `parallel` | – |
//! | `tui` | `story`, `analysis`, `correction`, `export`, `storage`, `span`, `speaker_numbers`, `text_safety`, `config`, `diagnostic`, `text`, `parallel` |
//! | `subcommand` | `story`, `analysis`, `correction`, `selection`, `text_safety`, `load`, `engine`, `export`, `tui`, `cli`, `config`, `diagnostic`, `input`, `storage`, `parallel`, `shelf`, `text` |
//! | `main` | `cli`, `export`, `subcommand` |
//!
//! # Invariants
//!
//! * Spans are byte ranges on character boundaries, inside the text.
//! * A story's text holds no control character but the newline.
//! * Blocks are in reading order and do not overlap. So are the parts of a quote.
//! * The id of an entity or a quote is its index in the analysis.
//! * An analysis of the same story by the same engine is always the same.
//! * An [`Engine`](engine::Engine) is made once and shared between threads by reference.
//!
//! # Glossary
//!
//! News:
//!
//! | word | meaning |
//! | --- | --- |
//! | story | one news article: its text and its blocks |
//! | block | a part of a story that stands by itself: headline, paragraph, caption … |
//! | headline, standfirst | title; the summary below it |
//! | byline, dateline | who wrote it; where and when it was written, at the start of the first paragraph |
//! | turn | what one person says in an interview, a debate or a chat, with or without a label |
//! | furniture | text of a page that is no part of the story ("Read more") |
//! | quote | what a story says that someone said: direct, partial or a paraphrase |
//! | part | one contiguous span of a quote that its cue splits |
//! | speaker | the entity that said a quote |
//! | attribution | the link of a content with its source, by a cue |
//! | source | the words that name the speaker at a quote: "Kerry", "she" |
//! | cue | the words that report a quote: "said", "according to" |
//! | content | the words that are reported |
//! | narrator | the writer of a story or a turn, to whom "I" outside of quotes refers |
//!
//! Language processing:
//!
//! | word | meaning |
//! | --- | --- |
//! | span | a byte range in the story's text |
//! | offset | a number of bytes from the start of the text |
//! | token, sentence, clause | a word or punctuation mark; tokens up to a full stop; the tokens of one verb |
//! | entity | a person, organisation, place, group, unnamed source or document |
//! | mention | a span that refers to an entity, by name, role, pronoun or description |
//! | document, issuer | a report, letter or lawsuit that says something; who brought it out |
//! | alias, role | another name of an entity; its office: "US Secretary of State" |
//! | coreference, cluster | the question which mentions refer to the same entity; these mentions |
//! | salience | how likely a mention is to be referred to again; depends on position and grammar |
//! | lexicon, lexical class | the word lists in `assets/lexicon`; what a list says of a word: title, preposition … |
//! | tagger | the small language model that labels the words of a story |
//! | word piece | a part of a word with an entry in the tagger's vocabulary |
//! | window | the word pieces that the tagger reads at once |
//! | logits | the scores of the labels before they are normalised |
//! | CRF | conditional random field; chooses the best sequence of labels (Viterbi) |
//! | fusion, calibration | the merging of rules and tagger; the mapping of a score to a probability |
//!
//! Program:
//!
//! | word | meaning |
//! | --- | --- |
//! | viewport | the visible part of a story: cursor, first row, jump list |
//! | jump list | the positions before each jump, to go back to |
//! | action, effect | what a key does; what the program must do outside of its state: copy, open, quit |
//! | panel | a picker, prompt or list over the story or beside it |
//! | bookmark, note, annotation | a position with a letter; a text at a span; both of them |
//! | shelf | the saved reading data of all stories |
//! | fingerprint | a hash of a story's text, by which it is recognised |
//! | anchor | a saved position that survives small changes of the text |

#![warn(clippy::print_stdout, clippy::print_stderr)]

pub mod analysis;
pub mod correction;
pub mod engine;
pub mod export;
pub mod load;
pub mod selection;
pub mod span;
pub mod speaker_numbers;
pub mod story;
pub mod text_safety;
mod word_list;
