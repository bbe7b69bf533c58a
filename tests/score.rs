//! Comparison of two scorers: `benches/score` and `../shared/score/score.py` print the same table, to the last digit.
//!
//! What is measured does not matter, so both measure the rules alone, which are fast without optimization.

use std::path::Path;
use std::process::Command;

/// The development sets, each with what it measures.
const SETS: &[(&str, &str)] = &[
    ("quotes", "attributions/polnear.dev.jsonl.gz"),
    ("quotes", "attributions/gum_news.dev.jsonl.gz"),
    ("quotes", "attributions/gum_interview.dev.jsonl.gz"),
    ("names", "names/worldwide.dev.jsonl.gz"),
    ("names", "names/gum_news.dev.jsonl.gz"),
];

#[test]
#[ignore = "needs ../shared/score/score.py and ../shared/data"]
fn both_scorers_print_the_same_table() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let (scorer, data) = (shared.join("score/score.py"), shared.join("data"));
    let program =
        format!("{} extract --from jsonl --format jsonl --no-model", env!("CARGO_BIN_EXE_pullquote"));
    let with_stance = format!("{program} --stance");
    let runs = SETS.iter().flat_map(|(what, set)| {
        let speech = (*what == "quotes").then_some((what, set, Some("--speech"), &program));
        [Some((what, set, None, &with_stance)), speech].into_iter().flatten()
    });
    for (what, set, option, program) in runs {
        let gold = data.join(set);
        let expected = output(
            Command::new("python3").arg(&scorer).arg(what).arg(&gold).args(option).args(["--run", program]),
        );
        let table = output(
            Command::new(env!("CARGO"))
                .args(["bench", "--quiet", "--profile", "dev", "--bench", "score", "--"])
                .arg(&gold)
                .arg("--no-model")
                .args(option)
                .current_dir(env!("CARGO_MANIFEST_DIR")),
        );
        assert!(table.lines().count() > 4, "{set}: {table}");
        assert_eq!(table, expected, "{set} {option:?}");
    }
}

/// What a command prints to standard output.
fn output(command: &mut Command) -> String {
    let done = command.output().expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("tables are text")
}
