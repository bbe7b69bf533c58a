//! EPUB: books and magazines (EPUB 2 and 3). Each file in its reading order that has a text is a chapter.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::load::builder::StoryBuilder;
use crate::load::bytes::zip_file::ZipFile;
use crate::load::format::front_matter::{self, FrontMatter};
use crate::load::format::xml::{self, XmlPiece, XmlReader};
use crate::load::format::{block_writer, html};
use crate::load::text::sanitize;
use crate::story::BlockKind;

/// The file that names the book's package.
const CONTAINER_FILE: &str = "META-INF/container.xml";

/// A chapter of a book, not parsed yet.
#[derive(Clone, Debug)]
pub(crate) struct Chapter {
    /// A web page.
    page: String,
    /// What the book says about itself.
    head: FrontMatter,
}

/// Whether an archive is an EPUB.
pub(crate) fn is_epub(archive: &ZipFile) -> bool {
    archive.contains(CONTAINER_FILE)
}

/// The chapters of a book in reading order. Covers, title pages and lists of contents are left out, unless there is nothing
/// else.
pub(crate) fn split(archive: &mut ZipFile) -> Vec<Chapter> {
    /// A file with fewer words is a cover, a title page or a picture.
    const MIN_WORDS: usize = 25;
    let package_file = archive.read_text(CONTAINER_FILE).and_then(|it| package_file(&it)).unwrap_or_default();
    let Some(package) = archive.read_text(&package_file).map(|it| BookPackage::read(&it)) else {
        return Vec::new();
    };
    let folder = package_file.rsplit_once('/').map_or("", |it| it.0);
    let mut chapters = Vec::new();
    let paths = package.reading_order().map(|it| resolve(folder, it));
    // A few bytes could name one file many times.
    let mut seen = HashSet::new();
    for path in paths.filter(|it| seen.insert(it.clone())) {
        if let Some(page) = archive.read_text(&path) {
            let body = page.split_once("<body").map_or(page.as_str(), |it| it.1);
            let words = html::strip_tags(body).split_whitespace().take(MIN_WORDS).count();
            chapters.push((words, Chapter { page, head: package.head.clone() }));
        }
    }
    if chapters.iter().any(|it| it.0 >= MIN_WORDS) {
        chapters.retain(|it| it.0 >= MIN_WORDS);
    }
    chapters.into_iter().map(|it| it.1).collect()
}

/// Parses a chapter. What it does not say itself is what the book says.
pub(crate) fn parse(chapter: &Chapter) -> StoryBuilder {
    /// How many of the first blocks may be a line with the authors.
    const MAX_HEAD_BLOCKS: usize = 6;
    let page = xml::expand_empty_elements(&sanitize::sanitize_text(&chapter.page));
    let mut story = html::parse(&without_title(&page), None);
    let author = chapter.head.author.as_deref();
    let mut head_blocks = story.blocks.iter().take(MAX_HEAD_BLOCKS);
    // Some programs write the authors as a line of the text.
    let names_author = head_blocks.any(|it| {
        it.kind == BlockKind::Byline
            || author.is_some_and(|author| it.span.slice(&story.text).contains(author))
    });
    if !names_author {
        let head = FrontMatter { author: chapter.head.author.clone(), ..FrontMatter::default() };
        story = block_writer::to_builder(&front_matter::head_blocks(&head)).followed_by(story);
    }
    // The only chapter of a book often has the title of the book.
    let is_headline =
        |title: &String| story.blocks.iter().any(|it| it.span.slice(&story.text) == title.as_str());
    let title = chapter.head.title.clone().filter(|it| !is_headline(it));
    story.outlet = story.outlet.take().or_else(|| chapter.head.outlet.clone()).or(title);
    story.published = story.published.or_else(|| chapter.head.date.clone());
    story
}

/// A page without its `title` if it has a heading: many programs write the name of the file or of the book there.
fn without_title(page: &str) -> Cow<'_, str> {
    let has_heading = page.contains("<h1") || page.contains("<h2");
    let title = page.find("<title").zip(page.find("</title>"));
    match title.filter(|(start, end)| has_heading && start < end) {
        Some((start, end)) => Cow::Owned(format!("{}{}", &page[..start], &page[end + "</title>".len()..])),
        None => Cow::Borrowed(page),
    }
}

/// The name of the package file.
fn package_file(container: &str) -> Option<String> {
    XmlReader::new(container).find_map(|piece| match piece {
        XmlPiece::Open(tag) if tag.name() == "rootfile" => tag.attribute("full-path"),
        _ => None,
    })
}

/// The package file of a book: what is said about it, its files and their order.
#[derive(Default)]
struct BookPackage {
    head: FrontMatter,
    /// The text files by their ids; `None` for a list of contents.
    files: HashMap<String, Option<String>>,
    order: Vec<String>,
}

impl BookPackage {
    fn read(xml: &str) -> Self {
        let mut package = Self::default();
        let mut field = String::new();
        for piece in XmlReader::new(xml) {
            match piece {
                XmlPiece::Open(tag) => match tag.name() {
                    "item" => {
                        let attribute = |name| tag.attribute(name).unwrap_or_default();
                        let is_contents = attribute("properties").split_whitespace().any(|it| it == "nav");
                        if attribute("media-type").contains("html") {
                            let file = (!is_contents).then(|| attribute("href"));
                            package.files.insert(attribute("id"), file);
                        }
                    }
                    "itemref" if tag.attribute("linear").as_deref() != Some("no") => {
                        package.order.extend(tag.attribute("idref"));
                    }
                    name => name.clone_into(&mut field),
                },
                XmlPiece::Close(_) => field.clear(),
                XmlPiece::Text(text) => package.take_field(&field, &sanitize::sanitize_line(&text)),
            }
        }
        package
    }

    fn take_field(&mut self, field: &str, text: &str) {
        let key = match field {
            "creator" => "author",
            "date" if self.head.date.is_none() => "date",
            "publisher" => "outlet",
            "title" if self.head.title.is_none() => "title",
            _ => return,
        };
        self.head.add_value(key, text);
    }

    /// The names of the text files in reading order, relative to the package file.
    fn reading_order(&self) -> impl Iterator<Item = &str> {
        self.order.iter().filter_map(|it| self.files.get(it)?.as_deref())
    }
}

/// The name in the archive of a file that is named relative to a folder, as in an address.
fn resolve(folder: &str, file: &str) -> String {
    let mut steps: Vec<&str> = folder.split('/').filter(|it| !it.is_empty()).collect();
    let decoded = decode_percents(file.split('#').next().unwrap_or_default());
    for step in decoded.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// A name with "%20" as a space.
fn decode_percents(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.get(..2).filter(|_| *first == b'%').and_then(|it| str::from_utf8(it).ok());
        let byte = digits.and_then(|it| u8::from_str_radix(it, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    #[test]
    fn a_chapter_that_is_named_many_times_is_read_once() {
        let container = "<container><rootfiles><rootfile full-path='b/c.opf'/></rootfiles></container>";
        let names = ["a.xhtml", "a.xhtml#one", "./a.xhtml", "%61.xhtml", "../b/a.xhtml", "z.xhtml"];
        let items = names.iter().enumerate().map(|(number, name)| {
            format!("<item id='{number}' href='{name}' media-type='application/xhtml+xml'/>")
        });
        let refs = (0..names.len()).chain(0..names.len()).map(|it| format!("<itemref idref='{it}'/>"));
        let package = format!(
            "<package><manifest>{}</manifest><spine>{}</spine></package>",
            items.collect::<String>(),
            refs.collect::<String>()
        );
        let page = |word: &str| format!("<html><body><p>{}</p></body></html>", format!("{word} ").repeat(30));
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in [
            (CONTAINER_FILE, container.to_owned()),
            ("b/c.opf", package),
            ("b/a.xhtml", page("rain")),
            ("b/z.xhtml", page("snow")),
        ] {
            writer.start_file(name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        let chapters = split(&mut ZipFile::open(&bytes).unwrap());
        let pages: Vec<String> = chapters.into_iter().map(|it| it.page).collect();
        assert_eq!(pages, [page("rain"), page("snow")]);
    }
}
