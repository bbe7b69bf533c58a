//! Web pages: the story of a page, and nothing else of it.
//!
//! `tests/pages/kinds.txt` has a small page for each kind of fault that was seen on real pages, with the blocks and the
//! metadata that are right. `tests/pages/outlets.txt` has pages with the structures of real newspapers' pages.

use std::fmt::Write as _;
use std::path::Path;
#[cfg(target_os = "linux")]
use std::time::Duration;
use std::{fs, thread};

use pullquote::engine::Engine;
use pullquote::load::{self, Hint};
use pullquote::story::{Format, Story};

/// Texts that the pages share, by their names.
const TEXTS: &[(&str, &str)] = &[
    ("{H}", "<h1>Council raises the harbour wall</h1>"),
    (
        "{P1}",
        "<p>The council met on Monday to hear from the people who live by the river, and it was late, said Ann Lee, the mayor of Oddmouth, when they went home, wet, tired and without an answer.</p>",
    ),
    (
        "{P2}",
        "<p>“We shall raise the wall by one metre before the winter,” Ann Lee told reporters in the market hall, where the water had stood a week ago, and nobody in the crowd laughed, coughed or clapped.</p>",
    ),
    (
        "{P3}",
        "<p>Bo Ray, who owns the ferry, said the plan was too late, too small and too dear, and that he would rather move his boats up the river than wait for another flood, another vote, another wall.</p>",
    ),
];

/// A page and what is right for it.
struct PageCase {
    name: String,
    html: String,
    expected: Vec<String>,
}

/// The cases of a file: "=== name", the page, "---", the expected lines.
fn cases(file: &str) -> Vec<PageCase> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(file);
    let text = fs::read_to_string(path).unwrap();
    let case = |text: &str| {
        let (name, rest) = text.split_once('\n').unwrap();
        let (page, expected) = rest.split_once("\n---\n").unwrap();
        let (first, rest) = page.split_once('\n').unwrap_or((page, ""));
        let (head, body) = match first.strip_prefix("head: ") {
            Some(head) => (head, rest),
            None => ("<title>Council raises the harbour wall | Harbour Gazette</title>", page),
        };
        let body = TEXTS.iter().fold(body.to_owned(), |body, (name, text)| {
            // {T1} is {P1} without its element.
            body.replace(&name.replace('P', "T"), text.trim_start_matches("<p>").trim_end_matches("</p>"))
        });
        let body = TEXTS.iter().fold(body, |body, (name, text)| body.replace(name, text));
        PageCase {
            name: name.trim().to_owned(),
            html: format!(
                "<!doctype html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
            ),
            expected: expected
                .lines()
                .map(str::trim)
                .filter(|it| !it.is_empty())
                .map(str::to_owned)
                .collect(),
        }
    };
    text.split("=== ").skip(1).map(case).collect()
}

fn story(html: &str) -> Story {
    load::from_bytes(html.as_bytes(), &Hint { format: Some(Format::Html), ..Hint::default() }).unwrap()
}

/// A paragraph's name in [`TEXTS`], or the text itself.
fn shortened(text: &str) -> String {
    let is_text =
        |it: &&(&str, &str)| it.1.strip_prefix("<p>").and_then(|it| it.strip_suffix("</p>")) == Some(text);
    TEXTS.iter().find(is_text).map_or_else(|| text.to_owned(), |it| it.0.to_owned())
}

/// What a case may expect: the blocks, then what is known of the story, then its block quotations, links and pictures.
fn description(story: &Story, expected: &[String]) -> Vec<String> {
    let text = story.text();
    let mut lines = Vec::new();
    for block in story.blocks() {
        let repeats = block.repeats.map_or(String::new(), |it| format!(" (repeats {it})"));
        lines.push(format!("{}{repeats}: {}", block.kind, shortened(block.span.slice(text))));
    }
    let known = [
        ("dateline", story.dateline()),
        ("published", story.published.as_deref()),
        ("outlet", story.outlet.as_deref()),
        ("url", story.url.as_deref()),
    ];
    lines.extend(known.iter().filter_map(|(name, value)| Some(format!("{name} = {}", (*value)?))));
    if expected.iter().any(|it| it.starts_with("quote = ")) {
        let analysis = Engine::rules_only().analyze(story);
        let is_quotation = |at: usize| story.block_at(at).is_some_and(|it| story.blocks()[it].is_quotation);
        for quote in analysis.quotes.iter().filter(|it| is_quotation(it.parts[0].start)) {
            let speaker = quote.speaker.map_or("nobody", |it| &analysis.entities[it].name);
            lines.push(format!(
                "quote = {} by {speaker}: {}",
                quote.kind.name(),
                shortened(&quote.text(text))
            ));
        }
    }
    lines.extend(story.links.iter().map(|it| format!("link = {} to {}", it.span.slice(text), it.url)));
    for picture in &story.pictures {
        let alt = picture.alt.as_deref().unwrap_or("-");
        let caption = picture.caption.map_or("-", |it| it.slice(text));
        let url = picture.url.as_deref().unwrap_or("-");
        lines.push(format!("picture = {alt} | {caption} | {url}"));
    }
    lines
}

#[test]
fn each_kind_of_page_shows_its_story_and_nothing_else() {
    let mut faults = String::new();
    for case in cases("kinds.txt") {
        let found = description(&story(&case.html), &case.expected);
        if found != case.expected {
            let _ =
                write!(faults, "\n{}\n  expected: {:#?}\n  found: {found:#?}\n", case.name, case.expected);
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

/// The share of the pages in `outlets.txt` whose title, author and date must be right.
const MIN_RIGHT: f64 = 0.95;

#[test]
fn the_title_the_author_and_the_date_are_found_in_pages_of_all_systems() {
    let cases = cases("outlets.txt");
    assert!(cases.len() >= 60, "{}", cases.len());
    let mut faults = String::new();
    let mut right = 0;
    for case in &cases {
        let story = story(&case.html);
        let without_opening = |it: &str| {
            let opening = ["By ", "BY ", "Words by "].iter().find_map(|opening| it.strip_prefix(opening));
            opening.unwrap_or(it).to_owned()
        };
        let byline = story.byline().map(without_opening);
        let found = [
            format!("title = {}", story.headline().unwrap_or("-")),
            format!("author = {}", byline.as_deref().unwrap_or("-")),
            format!("date = {}", story.readable_date().as_deref().unwrap_or("-")),
        ];
        assert!(story.text().contains("The council met on Monday"), "{}: {}", case.name, story.text());
        if found == case.expected[..] {
            right += 1;
        } else {
            let _ = write!(faults, "\n{}\n  expected: {:?}\n  found: {found:?}", case.name, case.expected);
        }
    }
    assert!(f64::from(right) >= MIN_RIGHT * cases.len() as f64, "{right} of {}{faults}", cases.len());
}

/// Makes a page of a length in bytes.
/// The time of the processors that this thread has used, on which other programs have no influence.
#[cfg(target_os = "linux")]
fn thread_time() -> Duration {
    let times = fs::read_to_string("/proc/thread-self/schedstat").expect("the times of the thread");
    let used = times.split(' ').next().and_then(|it| it.parse().ok()).expect("nanoseconds");
    Duration::from_nanos(used)
}

#[cfg(target_os = "linux")]
type MakePage = Box<dyn Fn(usize) -> String>;

#[cfg(target_os = "linux")]
#[test]
fn the_time_for_a_page_grows_with_its_length() {
    /// How much longer the long page is.
    const FACTOR: usize = 8;
    /// A page that takes time in proportion stays far below this; one that takes the square is far above it.
    const MAX_RATIO: f64 = (FACTOR * 3) as f64;
    /// In bytes.
    const SHORT: usize = 60_000;
    /// The same for entities, of which the square shows later.
    const SHORT_OF_ENTITIES: usize = 240_000;
    let numbered = |text: &str, length: usize| -> String {
        let numbers = 0..length / (text.len() + 3);
        numbers.map(|it| text.replace('#', &it.to_string())).collect()
    };
    let repeated = |text: &str, length: usize| text.repeat(length / text.len());
    let story = "<p>It rained in the town, and it rained on the wall, all night and all day.</p>".repeat(8);
    let pages: Vec<(&str, MakePage)> = vec![
        ("fonts", Box::new(move |length| numbered("<p><font size=#>", length))),
        ("fonts with attributes", Box::new(move |length| numbered("<font a#=1>", length))),
        ("end tags of nothing", Box::new(move |length| repeated("<div></x>", length))),
        ("ampersands", Box::new(move |length| format!("<p>{}", repeated("&", length)))),
        ("entities", Box::new(move |length| format!("<p>{}", repeated("rained &amp; ", length)))),
        ("attributes", Box::new(move |length| format!("<p {}>It rained.", numbered("a# ", length)))),
        (
            "attributes in a drawing",
            Box::new(move |length| format!("<svg><title><p {}>It rained.", numbered("a# ", length))),
        ),
        ("line breaks", Box::new(move |length| format!("<p>{}It rained.", repeated("<br>", length)))),
        ("nested tables", Box::new(move |length| repeated("<table>It <b>rained ", length))),
        (
            "captions",
            Box::new({
                let story = story.clone();
                move |length| {
                    format!("<figure>{}</figure>{story}", repeated("<figcaption>x</figcaption>", length))
                }
            }),
        ),
        (
            "authors",
            Box::new({
                let story = story.clone();
                move |length| format!("{}{story}", numbered("<meta name=author content='Ann #'>", length))
            }),
        ),
        (
            "bylines",
            Box::new({
                let story = story.clone();
                move |length| format!("{}{story}", numbered("<p class=byline>ann #</p>", length))
            }),
        ),
        (
            "quotations",
            Box::new(move |length| {
                format!(
                    "{story}{}",
                    numbered("<blockquote><p>“It rained # times”</p><p>— Ann</p></blockquote>", length)
                )
            }),
        ),
    ];
    let time = |html: &str| {
        let measure = || {
            let start = thread_time();
            let _ =
                load::from_bytes(html.as_bytes(), &Hint { format: Some(Format::Html), ..Hint::default() });
            thread_time().saturating_sub(start).as_secs_f64()
        };
        measure().min(measure())
    };
    for (name, page) in pages {
        let length = if name == "entities" { SHORT_OF_ENTITIES } else { SHORT };
        let (short, long) = (page(length), page(length * FACTOR));
        // The shortest times differ by chance.
        let ratio = || time(&long) / time(&short).max(0.005);
        let least = (0..3).map(|_| ratio()).find(|it| *it <= MAX_RATIO);
        assert!(least.is_some(), "{name}");
    }
}

#[test]
fn a_page_of_any_depth_fits_a_small_stack() {
    /// In bytes; a thread of the program has four times as much.
    const STACK: usize = 512 * 1024;
    let deep = |tag: &str| format!("<body>{}It rained.", tag.repeat(300_000 / tag.len()));
    let pages: Vec<String> = [
        "<b>",
        "<b-x>",
        "<svg><path>",
        "<svg><a>",
        "<svg><td>",
        "<math><use>",
        "<span></x>",
        "<b></p>",
        "<ruby><rb>",
        "<div a='</x>'>",
        "<table>It <b>rained ",
        "<form><div></form>",
        "<a><div></a>",
        "<table><tr><td>",
        "<template>",
        "<blockquote>",
        "<q>",
        "<figure><figcaption>",
    ]
    .into_iter()
    .map(deep)
    .collect();
    let read = move || {
        for page in pages {
            let hint = Hint { format: Some(Format::Html), ..Hint::default() };
            // A page whose words all stand in a drawing has no story.
            if let Ok(story) = load::from_bytes(page.as_bytes(), &hint) {
                assert!(story.text().contains("It rained."), "{}", &page[..40]);
            } else {
                assert!(["<body><svg", "<body><mat", "<body><tem"].contains(&&page[..10]), "{}", &page[..40]);
            }
        }
    };
    thread::Builder::new().stack_size(STACK).spawn(read).unwrap().join().unwrap();
}
