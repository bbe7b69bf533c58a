//! The kinds of input: each a text that is repeated, for the most part so that some rule meets its worst case.

use pullquote::story::Format;

/// A kind of input.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// `None` if the content decides.
    pub(crate) format: Option<Format>,
    head: &'static str,
    /// The text that is repeated; `#` stands for the number of the repetition, in letters.
    unit: &'static str,
    tail: &'static str,
}

impl Kind {
    /// An input of this kind, of a size in bytes.
    pub(crate) fn input(&self, size: usize) -> String {
        let mut text = self.head.to_string();
        let mut number = 0;
        while text.len() < size {
            // Letters, so that a name with a number is still a name.
            text += &self.unit.replace('#', &letters(number));
            number += 1;
        }
        text + self.tail
    }
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

const fn plain(name: &'static str, unit: &'static str) -> Kind {
    Kind { name, format: Some(Format::Plain), head: "", unit, tail: "" }
}

const fn markdown(name: &'static str, unit: &'static str) -> Kind {
    Kind { name, format: Some(Format::Markdown), head: "", unit, tail: "" }
}

const fn html(name: &'static str, unit: &'static str) -> Kind {
    page(name, "<html><body>", unit, "It rained.")
}

const fn page(name: &'static str, head: &'static str, unit: &'static str, tail: &'static str) -> Kind {
    Kind { name, format: Some(Format::Html), head, unit, tail }
}

const fn detected(name: &'static str, head: &'static str, unit: &'static str, tail: &'static str) -> Kind {
    Kind { name, format: None, head, unit, tail }
}

/// The first one is the measure of the others.
pub(crate) const KINDS: &[Kind] = &[
    plain(
        "news",
        "“The wall at pier # will be rebuilt,” said Ann Lee, the mayor of Ellwick, on Monday. She met reporters in Oslo.\n\n",
    ),
    plain(
        "news in one paragraph",
        "“The wall at pier # will be rebuilt,” said Ann Lee, the mayor of Ellwick. She met reporters in Oslo. ",
    ),
    plain(
        "no sentence ends",
        "the wall at the pier of the town will be rebuilt by the mayor who met reporters and said that it rained ",
    ),
    plain(
        "many sources without sentence ends",
        "“It rained #” said Ann X# Lee the mayor of pier # and the X# minister said that it snowed ",
    ),
    // Runs of capitals and of names.
    plain("US", "US "),
    plain("USA", "USA "),
    plain("U.S.", "U.S. "),
    plain("May", "May "),
    plain("Oslo", "Oslo "),
    plain("France", "France "),
    plain("Asia", "Asia "),
    plain("EU Chad", "EU Chad "),
    plain("Monday January", "Monday January "),
    plain("John", "John "),
    plain("Ann Lee", "Ann Lee "),
    plain("Lee &", "Lee & "),
    plain("Lee and", "Lee and "),
    plain("Bank of", "Bank of "),
    plain("initials", "J. K. "),
    plain("U.S. Mr. Dr.", "U.S. Mr. Dr. "),
    plain("Mr. Oslo", "Mr. Oslo "),
    plain("Oslo Mayor", "Oslo Mayor "),
    plain("President's", "President’s "),
    plain("capitals", "THE WALL AT THE PIER WILL BE REBUILT, SAID ANN LEE. "),
    plain("title case", "The Wall At The Pier Will Be Rebuilt Said Ann Lee "),
    plain("tickers", "X#Q "),
    plain("medals", "Norway 12 3 4\nCuba 1 2 3\n"),
    plain("names with commas", "Ann# Lee#, Bo# Ray#, "),
    plain("names, one a line", "Ann Lee#\n"),
    plain("one first name, different surnames", "Ann Lee#.\n\n"),
    // Many speakers and many quotes.
    plain("different speakers, one word", "X# said it rained.\n\n"),
    plain("different speakers, two words", "X# Lee said it rained.\n\n"),
    plain("different surnames", "John X# said it rained.\n\n"),
    plain("Mr. and a surname", "Mr. X# said it rained.\n\n"),
    plain("Mr. and a long surname", "Mr. Xander#son said it rained.\n\n"),
    plain("X and Y said", "X# Lee and Y# Ray said it rained.\n\n"),
    plain("companies", "X# Corp. said it rained.\n\n"),
    plain("abbreviations", "X#Z said it rained. The X#Z met.\n\n"),
    plain("a spokesman", "A spokesman for pier # said it rained.\n\n"),
    plain("ministers", "The X# minister said it rained.\n\n"),
    plain("unnamed sources", "An official at pier # said it rained.\n\n"),
    plain("quotes of many speakers", "“It rained #,” said Ann X# Lee.\n\n"),
    plain("quotes of one speaker", "“It rained #,” said Ann Lee.\n\n"),
    plain("paraphrases in one sentence", "Ann Lee said it rained, "),
    plain("open quotes in a paragraph", "“It rained. "),
    plain("quotes in a paragraph", "“It rained # today.” "),
    plain("the same quote", "“It rained,” he said.\n\n"),
    plain("quotes within quotes", "“She said, ‘It rained "),
    plain("said said", "Ann said Ann said "),
    plain("said that", "said that "),
    plain("according to", "according to Ann Lee, "),
    plain("the mayor of the town of", "the mayor of the town of "),
    plain("appositions", "Ann Lee, the mayor, a member, "),
    plain("who which that", "which that who "),
    plain("pronouns", "He said that she said that they told him. "),
    // Marks.
    plain("straight marks", "\""),
    plain("opening marks", "“"),
    plain("closing marks", "a” "),
    plain("guillemets", "« a » "),
    plain("apostrophes", "'"),
    plain("words with apostrophes", "it's the boys' "),
    plain("single quotes", "‘it’s the boys’ ’tis "),
    plain("dashes", "— "),
    plain("hyphens", "a-"),
    plain("brackets", "("),
    plain("commas", ", "),
    plain("semicolons", "it rained; "),
    plain("colons", "Lee: "),
    plain("full stops", ". "),
    plain("ellipses", "… "),
    plain("digits", "1,234.5 "),
    plain("addresses", "https://example.org/#?a=b&c "),
    plain("dates", "May 3, 2026, "),
    // Layout.
    plain("turns", "Q: Why did it rain at pier #?\n\nA: It rained because it did.\n\n"),
    plain("labels", "ANN LEE#: It rained.\n\n"),
    plain("short lines", "a\n\n"),
    plain("wrapped lines", "the wall at the pier of the town will be rebuilt by\n"),
    plain("broken words", "the wall at the pier re-\nbuilt "),
    plain("line breaks", "\n"),
    plain("tabs", "a\t"),
    plain("list", "- It rained at pier #.\n"),
    plain("bylines", "By Ann Lee#\n\n"),
    plain("datelines", "OSLO (AP) — It rained.\n\n"),
    plain("furniture", "Read more: pier #\n\n"),
    plain("one long word", "a"),
    plain("ideographs", "雨が降った。"),
    plain("Arabic", "هطل المطر "),
    plain("wrong decoding", "â€œIt rained,â€\u{9d} "),
    plain("combining marks", "o\u{301}\u{308}\u{323} "),
    plain("emoji", "👩\u{200d}🚀"),
    plain("escapes", "\u{1b}]0;x"),
    // Pages.
    html("paragraphs", "<p>“It rained #,” said Ann Lee."),
    html("line elements", "It rained #.<br>"),
    html("bold nested", "<b>"),
    html("div nested", "<div>"),
    html("font in p", "<p><font size=#>"),
    html("font attributes", "<font a#=1>"),
    html("end tags that close nothing", "<div></x>"),
    html("ampersands", "&"),
    html("escaped ampersands", "rained &amp; "),
    page("attributes of one tag", "<html><body><p", " a#=1", ">It rained.</p>"),
    page("a long class", "<html><body><p class='", "a# ", "'>It rained.</p>"),
    html("classes", "<div class='a# story'><p>It rained at pier #.</div>"),
    html("hidden", "<p style='display:none'>It rained.<p hidden>It rained."),
    html("links", "<a href=/#>It rained</a> "),
    html("tables", "<table>It <b>rained "),
    html("table rows", "<tr><td>It rained<td>at pier #"),
    html("svg", "<svg><path>"),
    html("list items", "<li>It rained at pier #."),
    html("lists nested", "<ul><li>"),
    html("block quotes nested", "<blockquote>"),
    html("figures", "<figure><img src=#><figcaption>It rained. Ann Lee</figcaption></figure>"),
    html("forms", "<select><option>"),
    html("templates", "<template><p>"),
    html("comments", "<!-- <p> -->"),
    html("unclosed comment", "<!-- "),
    html("unclosed tags", "<p "),
    html("scripts", "<script>a"),
    page("meta elements", "<html><head>", "<meta name=author content='Ann Lee#'>", "</head><p>It rained."),
    page(
        "JSON-LD lists",
        "<html><head><script type='application/ld+json'>",
        "[",
        "</script></head><p>It rained.",
    ),
    page(
        "JSON-LD authors",
        "<html><head><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"author\":[",
        "{\"name\":\"Ann Lee#\"},",
        "{}]}</script></head><p>It rained.",
    ),
    html("headings", "<h2>It rained at pier #</h2>"),
    // Markdown.
    markdown("block quotes", "> "),
    markdown("nested lists", "- "),
    markdown("deeper lists", "- a\n  "),
    markdown("emphasis", "*a _b "),
    markdown("stars", "*"),
    markdown("links in Markdown", "[a](b "),
    markdown("square brackets", "["),
    markdown("references", "[a#]: b\n[a#] "),
    markdown("footnotes", "[^a#] it rained.\n\n[^a#]: It did.\n\n"),
    markdown("ticks", "` `` "),
    markdown("pointed brackets", "<a "),
    markdown("table in Markdown", "| a | b |\n| --- | --- |\n"),
    markdown("underlined headings", "a\n===\n"),
    markdown("headings in Markdown", "# It rained at pier #\n\n“It rained,” said Ann Lee.\n\n"),
    markdown("hard line breaks", "It rained.\\\n"),
    // Formats that the content tells.
    detected("JSON lists", "{\"@type\":\"NewsArticle\",\"articleBody\":", "[", ""),
    detected(
        "an article in JSON",
        "{\"@type\":\"NewsArticle\",\"headline\":\"Rain\",\"articleBody\":\"",
        "It rained at pier #, said Ann Lee.\\n\\n",
        "\"}",
    ),
    detected("subtitles", "WEBVTT\n\n", "00:00:01.000 --> 00:00:02.000\n<v Ann>It rained #.\n\n", ""),
    detected(
        "nested news in XML",
        "<?xml version=\"1.0\"?><nitf><body><body.content><p>It rained.</p>",
        "<p>",
        "",
    ),
    detected("a nested property list", "<?xml version=\"1.0\"?><plist version=\"1.0\">", "<array>", ""),
    detected(
        "a mail of many parts",
        "From: Ann Lee <a@example.org>\nSubject: Rain\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n",
        "--x\nContent-Type: multipart/mixed; boundary=x\n\n",
        "--x\n\nIt rained.\n",
    ),
];
