//! A short run of the fuzz targets over their corpus, as it is and changed at random. `just fuzz` runs them for long.

#[path = "../fuzz/checks.rs"]
mod checks;

use std::fs;
use std::path::Path;

/// How many changed inputs each file of the corpus gives.
const CHANGES: usize = 60;

/// The longest changed input, in bytes.
const MAX_BYTES: usize = 4000;

/// A generator of numbers for tests (xorshift, Marsaglia 2003).
struct Numbers(u64);

impl Numbers {
    /// A number below `limit`, which is not 0.
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut files: Vec<_> = fs::read_dir(folder).expect("the corpus").flatten().map(|it| it.path()).collect();
    files.sort();
    files.iter().map(|it| fs::read(it).expect("it is there")).collect()
}

/// Cuts, repeats, overwrites or joins parts of the corpus.
fn change(input: &[u8], others: &[Vec<u8>], numbers: &mut Numbers) -> Vec<u8> {
    let mut changed = input.to_vec();
    for _ in 0..=numbers.below(4) {
        let (a, b) = (numbers.below(changed.len()), numbers.below(changed.len()));
        let part = a.min(b)..a.max(b) + 1;
        match numbers.below(4) {
            0 => drop(changed.drain(part).collect::<Vec<u8>>()),
            1 => {
                let part = changed[part.clone()].repeat(1 + numbers.below(20));
                changed.splice(a..a, part);
            }
            2 => changed[a] = numbers.below(256) as u8,
            _ => changed.extend(&others[numbers.below(others.len())]),
        }
        changed.truncate(MAX_BYTES);
        if changed.is_empty() {
            changed.push(1);
        }
    }
    changed
}

fn run(target: &str, check: fn(&[u8])) {
    let corpus = corpus(target);
    assert!(!corpus.is_empty());
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for input in &corpus {
        check(input);
        for _ in 0..CHANGES {
            let changed = change(input, &corpus, &mut numbers);
            let result = std::panic::catch_unwind(|| check(&changed));
            assert!(result.is_ok(), "{:?}", String::from_utf8_lossy(&changed));
        }
    }
}

#[test]
fn the_corpus_of_stories_is_sound() {
    run("story", checks::check_story);
}

#[test]
fn the_corpus_of_findings_is_sound() {
    run("analysis", checks::check_analysis);
}

#[test]
fn a_heading_that_is_a_label_without_words_is_no_quote() {
    for page in ["<h2>Senator LEE:</h2>&\u{e9}", "<h2>ANN LEE:</h2>", "<h2>Q:</h2><p>"] {
        checks::check_analysis(&[&[3], page.as_bytes()].concat());
    }
    checks::check_analysis("\u{1}ANN LEE:\n\n\u{e9}".as_bytes());
}
