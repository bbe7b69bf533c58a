//! Reads stories from standard input, `{"text": "…"}` per line, and writes one JSON object per line:
//! `cargo run --example json_lines < stories.jsonl`.

use std::error::Error;
use std::io::{self, Write};

use pullquote::engine::Engine;
use pullquote::export::{Export, Jsonl};
use pullquote::load;
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let engine = Engine::embedded();
    let mut output = io::stdout().lock();
    for line in io::stdin().lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let mut story = load::from_text(record["text"].as_str().ok_or("a line has no \"text\"")?);
        story.id = record["id"].as_str().map(String::from);
        output.write_all(Jsonl.render(&story, &engine.analyze(&story)).as_bytes())?;
    }
    Ok(())
}
