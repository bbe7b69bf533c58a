//! WARC files (ISO 28500), as web archives and crawlers write them: the pages in their records.
//!
//! The reader is our own, since it must go on after a damaged record: the gzip member or the line at which the next record
//! begins is looked for. A record is read into memory alone, so memory does not grow with the file.

mod http_response;
mod stream;

use std::io::{self, BufRead, Read};

use crate::input::content_type::{charset_of, media_type};
use crate::input::warc::http_response::{HeaderFields, HttpResponse};
use crate::input::warc::stream::WarcStream;

/// The largest record that is read, in bytes. Crawlers cut pages off far below that.
const MAX_RECORD_BYTES: u64 = 16 << 20;

/// The longest line of a record's header, in bytes.
const MAX_LINE_BYTES: u64 = 64 << 10;

/// The longest header of a record, in lines.
const MAX_HEADER_LINES: usize = 1000;

/// How every record begins.
const VERSION_PREFIX: &[u8] = b"WARC/";

/// A page of a WARC file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ArchivedPage {
    /// The record's id, without its brackets: "urn:uuid:…".
    pub(crate) id: Option<String>,
    /// The web address at which the page was found.
    pub(crate) address: String,
    /// When the page was found: "2026-05-03T10:00:00Z".
    pub(crate) date: Option<String>,
    /// The encoding that the page's header names.
    pub(crate) charset: Option<String>,
    body: PageBody,
}

/// The content of a record, from which the page is decoded later.
#[derive(Debug, PartialEq, Eq)]
enum PageBody {
    /// An HTTP response with its header.
    Response(Vec<u8>),
    /// The page alone.
    Resource(Vec<u8>),
}

impl ArchivedPage {
    /// The page without chunks and compression, at most `limit` bytes.
    pub(crate) fn into_bytes(self, limit: usize) -> Vec<u8> {
        match self.body {
            PageBody::Resource(bytes) => bytes,
            PageBody::Response(bytes) => {
                HttpResponse::parse(&bytes).map_or_else(Vec::new, |it| it.decoded_body(limit as u64))
            }
        }
    }
}

/// Why a record was not read. The message is one line without a full stop.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BrokenRecord {
    /// The number of the record in its file, from 1.
    pub(crate) number: usize,
    pub(crate) message: String,
}

/// The pages of a WARC file: the HTML in its successful HTTP responses and in its resources.
pub(crate) struct WarcPages<R: BufRead> {
    /// `None` after the end.
    stream: Option<WarcStream<R>>,
    /// The number of records that began.
    records: usize,
    /// Whether the version line of the next record is read already.
    is_at_header: bool,
}

/// One record: its header and its content.
struct WarcRecord {
    fields: HeaderFields,
    content: Vec<u8>,
}

/// What is wrong with a record.
enum RecordFault {
    /// The file cannot be read further.
    File(io::Error),
    /// Only this record is lost.
    Record(&'static str),
}

impl RecordFault {
    /// A damaged gzip member, or an error of the file itself.
    fn of_stream(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
                Self::Record("damaged compression")
            }
            _ => Self::File(error),
        }
    }
}

impl<R: BufRead> WarcPages<R> {
    /// Opens a file, packed by gzip or not.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub(crate) fn new(file: R) -> io::Result<Self> {
        Ok(Self { stream: Some(WarcStream::new(file)?), records: 0, is_at_header: false })
    }

    /// Reads the next record; `None` at the end of the file.
    fn next_record(&mut self) -> Result<Option<WarcRecord>, RecordFault> {
        let Some(stream) = &mut self.stream else { return Ok(None) };
        if !std::mem::take(&mut self.is_at_header) {
            match read_version(stream)? {
                Some(line) if line.starts_with(VERSION_PREFIX) => self.records += 1,
                Some(_) => {
                    self.records += 1;
                    return Err(RecordFault::Record("no header of a record where one must begin"));
                }
                None => return Ok(None),
            }
        }
        let fields = read_fields(stream)?;
        let length = fields.get("content-length").and_then(|it| it.parse::<u64>().ok());
        let length = length.ok_or(RecordFault::Record("no length in the header"))?;
        if length > MAX_RECORD_BYTES {
            return Err(RecordFault::Record("larger than 16 MB, too large for a page"));
        }
        let mut content = Vec::new();
        stream.take(length).read_to_end(&mut content).map_err(RecordFault::of_stream)?;
        if (content.len() as u64) < length {
            return Err(RecordFault::Record("the file ends inside the record"));
        }
        read_end(stream, &mut content).map_err(RecordFault::of_stream)?;
        Ok(Some(WarcRecord { fields, content }))
    }

    /// Goes to the header of the next record after a fault; ends the file without one.
    fn recover(&mut self) -> io::Result<()> {
        while let Some(stream) = &mut self.stream {
            let goes_on = match stream.read_line(MAX_LINE_BYTES) {
                Ok(line) if line.starts_with(VERSION_PREFIX) => {
                    self.is_at_header = true;
                    self.records += 1;
                    return Ok(());
                }
                Ok(line) => !line.is_empty() || stream.next_member()?,
                Err(error) => match RecordFault::of_stream(error) {
                    RecordFault::File(error) => return Err(error),
                    RecordFault::Record(_) => stream.skip_to_member()?,
                },
            };
            if !goes_on {
                self.stream = None;
            }
        }
        Ok(())
    }

    /// The message of a fault, after which the reader stands at the next record or at the end.
    fn broken(&mut self, fault: RecordFault) -> BrokenRecord {
        let number = self.records.max(1);
        let file_error = match &fault {
            RecordFault::File(error) => Some(error.to_string()),
            RecordFault::Record(_) => self.recover().err().map(|it| it.to_string()),
        };
        if file_error.is_some() {
            self.stream = None;
        }
        let message = match (fault, file_error) {
            (RecordFault::Record(fault), None) => format!("Broken record: {fault}"),
            (_, error) => format!("The file cannot be read: {}", error.unwrap_or_default()),
        };
        BrokenRecord { number, message }
    }
}

impl<R: BufRead> Iterator for WarcPages<R> {
    type Item = Result<ArchivedPage, BrokenRecord>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.next_record() {
                Ok(Some(record)) => {
                    if let Some(page) = record.into_page() {
                        return Some(Ok(page));
                    }
                }
                Ok(None) => {
                    let is_empty = self.stream.take().is_some() && self.records == 0;
                    let message = || "There is no record in it; use a .warc or .warc.gz file".to_owned();
                    return is_empty.then(|| Err(BrokenRecord { number: 1, message: message() }));
                }
                Err(fault) => return Some(Err(self.broken(fault))),
            }
        }
    }
}

/// Reads the first line of the next record; `None` at the end of the file.
fn read_version<R: BufRead>(stream: &mut WarcStream<R>) -> Result<Option<Vec<u8>>, RecordFault> {
    loop {
        let line = stream.read_line(MAX_LINE_BYTES).map_err(RecordFault::of_stream)?;
        if line.is_empty() && !stream.next_member().map_err(RecordFault::of_stream)? {
            return Ok(None);
        }
        if !line.trim_ascii().is_empty() {
            return Ok(Some(line));
        }
    }
}

/// Reads the fields of a record, to the empty line after them.
fn read_fields<R: BufRead>(stream: &mut WarcStream<R>) -> Result<HeaderFields, RecordFault> {
    let mut fields = HeaderFields::default();
    for _ in 0..MAX_HEADER_LINES {
        let line = stream.read_line(MAX_LINE_BYTES).map_err(RecordFault::of_stream)?;
        let line = String::from_utf8_lossy(&line);
        if line.is_empty() {
            return Err(RecordFault::Record("the file ends inside the header"));
        }
        let line = line.trim_end_matches(['\r', '\n']);
        if line.is_empty() {
            return Ok(fields);
        }
        if !fields.push_line(line) {
            return Err(RecordFault::Record("a line of the header is no field"));
        }
    }
    Err(RecordFault::Record("the header has no end"))
}

/// Reads the two empty lines after a record. If the content went on into the next record, since the length in the header
/// is wrong, that record is put back.
///
/// # Errors
/// If the member that ends here is damaged.
fn read_end<R: BufRead>(stream: &mut WarcStream<R>, content: &mut Vec<u8>) -> io::Result<()> {
    const NEXT_RECORD: &[u8] = b"\r\n\r\nWARC/1.";
    for _ in 0..2 {
        let line = stream.read_line(MAX_LINE_BYTES)?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        stream.put_back(&line);
        if let Some(at) = content.windows(NEXT_RECORD.len()).position(|it| it == NEXT_RECORD) {
            stream.put_back(&content[at..]);
            content.truncate(at);
        }
        return Ok(());
    }
    // The checksum of a member is compared when its end is read.
    stream.fill_buf().map(drop)
}

impl WarcRecord {
    /// The page in the record; `None` if it holds none.
    fn into_page(self) -> Option<ArchivedPage> {
        let Self { fields, content } = self;
        let own_type = fields.get("content-type").unwrap_or_default();
        let (content_type, body) = match fields.get("warc-type")?.to_ascii_lowercase().as_str() {
            "response" if media_type(own_type) == "application/http" => {
                let response = HttpResponse::parse(&content).filter(|it| (200..300).contains(&it.status))?;
                let content_type = response.fields.get("content-type").unwrap_or_default().to_owned();
                (content_type, PageBody::Response(content))
            }
            "resource" => (own_type.to_owned(), PageBody::Resource(content)),
            _ => return None,
        };
        if !matches!(media_type(&content_type).as_str(), "text/html" | "application/xhtml+xml") {
            return None;
        }
        let without_brackets = |it: &str| it.trim_start_matches('<').trim_end_matches('>').to_owned();
        Some(ArchivedPage {
            id: fields.get("warc-record-id").map(without_brackets),
            address: fields.get("warc-target-uri").map(without_brackets)?,
            date: fields.get("warc-date").map(str::to_owned),
            charset: charset_of(&content_type),
            body,
        })
    }
}

#[cfg(test)]
mod tests;
