//! The figures of `examples/score` are those of `../shared/score/score.py`, to the last digit: what is measured does not
//! matter, so the rules alone, which are fast without optimisation, are measured by both.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The development sets, by what they measure.
const SETS: &[(&str, &str)] = &[
    ("quotes", "attributions/polnear.dev.jsonl.gz"),
    ("quotes", "attributions/gum_news.dev.jsonl.gz"),
    ("quotes", "attributions/gum_interview.dev.jsonl.gz"),
    ("names", "names/worldwide.dev.jsonl.gz"),
    ("names", "names/gum_news.dev.jsonl.gz"),
];

#[test]
fn both_scorers_print_the_same_table() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let (scorer, data) = (shared.join("score/score.py"), shared.join("data"));
    let example = example();
    if !scorer.exists() || !example.exists() {
        println!("skipped: there is no ../shared/score/score.py, or examples were not built");
        return;
    }
    let program =
        format!("{} extract --from jsonl --format jsonl --no-model", env!("CARGO_BIN_EXE_pullquote"));
    for (what, set) in SETS {
        let gold = data.join(set);
        let wanted =
            printed(Command::new("python3").arg(&scorer).arg(what).arg(&gold).args(["--run", &program]));
        let rows = printed(Command::new(&example).arg(&gold).arg("--no-model"));
        assert!(rows.lines().count() > 4, "{set}: {rows}");
        assert_eq!(rows, wanted, "{set}");
    }
}

/// The example, which `cargo test` builds beside the tests.
fn example() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows where it lies");
    let folder = test.ancestors().nth(2).expect("tests lie in deps/ of their profile");
    folder.join("examples/score").with_extension(std::env::consts::EXE_EXTENSION)
}

fn printed(command: &mut Command) -> String {
    let done = command.output().expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("tables are text")
}
