//! Prints the quotes of a news story with their speakers: `cargo run --example quotes -- STORY.txt`.

use std::error::Error;
use std::path::Path;

use pullquote::engine::Engine;
use pullquote::load;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: quotes STORY.txt")?;
    let story = load::from_path(Path::new(&path), None)?;
    let analysis = Engine::embedded().analyze(&story);
    for quote in &analysis.quotes {
        let speaker = quote.speaker.map_or("unknown speaker", |id| &analysis.entities[id].name);
        let (kind, percent) = (quote.kind.name(), 100.0 * quote.confidence);
        println!("{speaker} ({kind}, {percent:.0} %): {}", quote.text(story.text()));
    }
    Ok(())
}
