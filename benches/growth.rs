//! Growth benchmark: how time and memory grow with the input, for texts, pages and Markdown of about sixty kinds.
//!
//! ```text
//! cargo bench --bench growth -- [--model] [--sizes 16,64,256,1024] [--limit SECONDS] [KIND…]
//! ```
//!
//! Each row is a kind of input, each column a size in kilobytes. A process of its own loads, analyses and exports each
//! input, so that its peak memory is known and an input that takes too long can be given up. The exponent e of the last
//! two sizes says that twice the input takes 2^e times as long. Kinds are chosen by a part of their names.

use std::env;
use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use pullquote::engine::Engine;
use pullquote::export::{Export, Json, Markdown};
use pullquote::load::{self, Hint};
use pullquote::story::Format;

/// A kind of input: its name, its format and the text that is repeated. `#` is the number of the repetition.
type Kind = (&'static str, Format, &'static str);

use Format::{Html, Markdown as Md, Plain};

const KINDS: &[Kind] = &[
    (
        "news",
        Plain,
        "“The wall at pier # will be rebuilt,” said Ann Lee, the mayor of Ellwick, on Monday. She met reporters in Oslo.\n\n",
    ),
    (
        "news, one paragraph",
        Plain,
        "“The wall at pier # will be rebuilt,” said Ann Lee, the mayor of Ellwick. She met reporters in Oslo. ",
    ),
    (
        "no sentence ends",
        Plain,
        "the wall at the pier of the town will be rebuilt by the mayor who met reporters and said that it rained ",
    ),
    ("US", Plain, "US "),
    ("USA", Plain, "USA "),
    ("U.S.", Plain, "U.S. "),
    ("May", Plain, "May "),
    ("Oslo", Plain, "Oslo "),
    ("Asia", Plain, "Asia "),
    ("Monday January", Plain, "Monday January "),
    ("John", Plain, "John "),
    ("Ann Lee", Plain, "Ann Lee "),
    ("Lee &", Plain, "Lee & "),
    ("U.S. Mr. Dr.", Plain, "U.S. Mr. Dr. "),
    ("Mr. Oslo", Plain, "Mr. Oslo "),
    ("Oslo Mayor", Plain, "Oslo Mayor "),
    ("capitals", Plain, "THE WALL AT THE PIER WILL BE REBUILT, SAID ANN LEE. "),
    ("title case", Plain, "The Wall At The Pier Will Be Rebuilt Said Ann Lee "),
    ("names with commas", Plain, "Ann# Lee#, Bo# Ray#, "),
    ("names, one a line", Plain, "Ann Lee#\n"),
    ("different speakers, one word", Plain, "X# said it rained.\n\n"),
    ("different speakers, two words", Plain, "X# Lee said it rained.\n\n"),
    ("different surnames", Plain, "John X# said it rained.\n\n"),
    ("Mr. and a surname", Plain, "Mr. X# said it rained.\n\n"),
    ("X and Y said", Plain, "X# Lee and Y# Ray said it rained.\n\n"),
    ("companies", Plain, "X# Corp. said it rained.\n\n"),
    ("a spokesman", Plain, "A spokesman for pier # said it rained.\n\n"),
    ("ministers", Plain, "The X# minister said it rained.\n\n"),
    ("quotes of many speakers", Plain, "“It rained #,” said Ann X# Lee.\n\n"),
    ("quotes of one speaker", Plain, "“It rained #,” said Ann Lee.\n\n"),
    ("open quotes in a paragraph", Plain, "“It rained. "),
    ("quotes in a paragraph", Plain, "“It rained # today.” "),
    ("said said", Plain, "Ann said Ann said "),
    ("straight marks", Plain, "\""),
    ("opening marks", Plain, "“"),
    ("apostrophes", Plain, "'"),
    ("single quotes", Plain, "‘it’s the boys’ ’tis "),
    ("dashes", Plain, "— "),
    ("brackets", Plain, "("),
    ("commas", Plain, ", "),
    ("full stops", Plain, ". "),
    ("digits", Plain, "1,234.5 "),
    ("turns", Plain, "Q: Why did it rain at pier #?\n\nA: It rained because it did.\n\n"),
    ("labels", Plain, "ANN LEE#: It rained.\n\n"),
    ("short lines", Plain, "a\n\n"),
    ("list", Plain, "- It rained at pier #.\n"),
    ("one long word", Plain, "a"),
    ("ideographs", Plain, "雨が降った。"),
    ("combining marks", Plain, "o\u{301}\u{308}\u{323} "),
    ("emoji", Plain, "👩\u{200d}🚀"),
    ("escapes", Plain, "\u{1b}]0;x"),
    ("who which that", Plain, "which that who "),
    ("pronouns", Plain, "He said that she said that they told him. "),
    ("paragraphs", Html, "<p>“It rained #,” said Ann Lee."),
    ("bold nested", Html, "<b>"),
    ("div nested", Html, "<div>"),
    ("font in p", Html, "<p><font size=#>"),
    ("font attributes", Html, "<font a#=1>"),
    ("end tags that close nothing", Html, "<div></x>"),
    ("ampersands", Html, "&"),
    ("escaped ampersands", Html, "rained &amp; "),
    ("attributes of one tag", Html, " a#=1"),
    ("table", Html, "<table>It <b>rained "),
    ("svg", Html, "<svg><path>"),
    ("list items", Html, "<li>It rained at pier #."),
    ("comments", Html, "<!-- <p> -->"),
    ("block quotes", Md, "> "),
    ("nested lists", Md, "- "),
    ("emphasis", Md, "*a _b "),
    ("links", Md, "[a](b "),
    ("ticks", Md, "` `` "),
    ("table rows", Md, "| a | b |\n| --- | --- |\n"),
    ("headings", Md, "# It rained at pier #\n\n“It rained,” said Ann Lee.\n\n"),
];

/// The default sizes, in kilobytes.
const SIZES_KB: &[usize] = &[16, 64, 256, 1024];

/// The default time limit for one input.
const TIME_LIMIT: Duration = Duration::from_mins(1);

/// How often a process is looked after.
const POLL_DELAY: Duration = Duration::from_millis(5);

fn main() {
    let mut arguments = env::args().skip(1).filter(|it| it != "--bench");
    let (mut kinds, mut sizes, mut limit, mut model) = (Vec::new(), SIZES_KB.to_vec(), TIME_LIMIT, false);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().expect("the option has a value");
        match argument.as_str() {
            "--one" => {
                let (kind, size) = (value(), value().parse().expect("a number of kilobytes"));
                return measure_here(&kind, size, value() == "true");
            }
            "--model" => model = true,
            "--sizes" => sizes = value().split(',').map(|it| it.parse().expect("kilobytes")).collect(),
            "--limit" => limit = Duration::from_secs(value().parse().expect("seconds")),
            _ => kinds.push(argument),
        }
    }
    let columns: Vec<String> = sizes.iter().map(|it| format!("{it} KB")).collect();
    println!("| kind | {} | MB | exponent | × news |", columns.join(" | "));
    println!("| --- |{} ---: | ---: | ---: |", " ---: |".repeat(sizes.len()));
    let news = measure(KINDS[0].0, *sizes.last().expect("a size"), model, limit);
    for (name, ..) in
        KINDS.iter().filter(|it| kinds.is_empty() || kinds.iter().any(|kind| it.0.contains(kind)))
    {
        println!("{}", row(name, &sizes, model, limit, news.as_ref()));
    }
}

/// The time and the peak memory of one input.
struct Measurement {
    time: Duration,
    memory_mb: f64,
}

/// Measures a kind at each size until one takes too long, and writes its row.
fn row(name: &str, sizes: &[usize], model: bool, limit: Duration, news: Option<&Measurement>) -> String {
    let mut measured: Vec<(usize, Measurement)> = Vec::new();
    let mut cells = String::new();
    let mut is_over = false;
    for size in sizes {
        let found = if is_over { None } else { measure(name, *size, model, limit) };
        is_over |= found.is_none();
        cells += &found.as_ref().map_or(" – |".into(), |it| format!(" {:.2} s |", it.time.as_secs_f64()));
        measured.extend(found.map(|it| (*size, it)));
    }
    let memory = measured.last().map_or("–".into(), |it| format!("{:.0}", it.1.memory_mb));
    let exponent = match measured[..] {
        [.., (small, ref before), (large, ref after)] => {
            let ratio = after.time.as_secs_f64() / before.time.as_secs_f64();
            format!("{:.2}", ratio.ln() / (large as f64 / small as f64).ln())
        }
        _ => "–".into(),
    };
    let times = match (measured.last(), news) {
        (Some((size, it)), Some(news)) if Some(size) == sizes.last() => {
            format!("{:.1}", it.time.as_secs_f64() / news.time.as_secs_f64())
        }
        _ => "–".into(),
    };
    format!("| {name} |{cells} {memory} | {exponent} | {times} |")
}

/// Measures one input in a process of its own; `None` if it fails or takes longer than `limit`.
fn measure(name: &str, size: usize, model: bool, limit: Duration) -> Option<Measurement> {
    let program = env::current_exe().expect("this program has a path");
    let mut command = Command::new(program);
    command.args(["--one", name, &size.to_string(), &model.to_string()]);
    let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    let end = Instant::now() + limit;
    while process.try_wait().expect("it can be waited for").is_none() {
        if Instant::now() > end {
            // It may have ended just now.
            let _ = process.kill();
        }
        thread::sleep(POLL_DELAY);
    }
    let output = process.wait_with_output().ok().filter(|it| it.status.success())?;
    let output = String::from_utf8(output.stdout).ok()?;
    let (seconds, memory) = output.trim().split_once(' ')?;
    Some(Measurement {
        time: Duration::from_secs_f64(seconds.parse().ok()?),
        memory_mb: memory.parse().ok()?,
    })
}

/// Loads, analyses and exports one input in this process; prints the seconds and the peak memory in megabytes.
fn measure_here(name: &str, size_kb: usize, model: bool) {
    let (_, format, unit) = KINDS.iter().find(|it| it.0 == name).expect("a known kind");
    let text = input(*format, unit, size_kb << 10);
    let engine = if model { Engine::embedded() } else { Engine::rules_only() };
    // The first analysis loads the language model.
    engine.analyze(&load::from_text("Rain."));
    let start = Instant::now();
    if let Ok(story) = load::from_bytes(text.as_bytes(), &Hint { format: Some(*format), ..Hint::default() }) {
        let analysis = engine.analyze(&story);
        std::hint::black_box((Json.render(&story, &analysis), Markdown.render(&story, &analysis)));
    }
    println!("{:.6} {:.1}", start.elapsed().as_secs_f64(), peak_memory_mb());
}

/// The unit repeated up to a size in bytes, each time with its number; in HTML with a page around it.
fn input(format: Format, unit: &str, size: usize) -> String {
    let mut text = match (format, unit.starts_with(' ')) {
        (Html, true) => String::from("<html><body><p"),
        (Html, false) => String::from("<html><body>"),
        _ => String::new(),
    };
    let mut number = 0;
    while text.len() < size {
        // Letters, so that a name with a number is still a name.
        text += &unit.replace('#', &letters(number));
        number += 1;
    }
    if format == Html {
        text += if unit.starts_with(' ') { ">It rained.</p>" } else { "It rained." };
    }
    text
}

/// A number in lower-case letters: 0 is "a", 26 is "ba".
fn letters(mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
        if number == 0 {
            return letters.into_iter().rev().collect();
        }
    }
}

/// The peak memory of this process, in megabytes; 0 where the system does not tell.
fn peak_memory_mb() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    line.and_then(|it| it.trim().trim_end_matches(" kB").parse::<f64>().ok()).map_or(0.0, |it| it / 1024.0)
}
