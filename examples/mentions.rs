//! Prints the people, organisations and places of a news story with their mentions:
//! `cargo run --example mentions -- STORY.txt`.

use std::error::Error;
use std::path::Path;

use pullquote::engine::Engine;
use pullquote::load;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: mentions STORY.txt")?;
    let story = load::from_path(Path::new(&path), None)?;
    for entity in Engine::embedded().analyze(&story).entities {
        println!("{} ({})", entity.name, entity.kind.name());
        for mention in entity.mentions {
            let text = mention.span.slice(story.text());
            println!("    {}–{} {}: {text}", mention.span.start, mention.span.end, mention.kind.name());
        }
    }
    Ok(())
}
