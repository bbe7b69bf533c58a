//! Reads JSON Lines: one story for each line, `{"id": …, "text": …}` or `{"id": …, "html": …}`.

use std::io::{self, BufRead, ErrorKind, Read};

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// The longest line, in bytes; it bounds the memory for a line.
const MAX_LINE_BYTES: usize = 64 << 20;

/// The message for a line without a story.
const MISSING_BODY: &str = "Missing \"text\" or \"html\"";

/// The message for an id of another type.
const BAD_ID: &str = "\"id\" must be a string or a number";

/// The story of one line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// The story's id, which is repeated in the output.
    pub(crate) id: Option<String>,
    pub(crate) body: RecordBody,
}

/// The content of a record; "text" wins if a line has both.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum RecordBody {
    /// Plain text.
    Text(String),
    /// A web page.
    Html(String),
}

/// What is wrong with a line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct RecordError {
    /// The story's id, if it could be read.
    pub(crate) id: Option<String>,
    pub(crate) message: String,
}

/// Returns the records of the lines with their numbers; memory is bounded by the longest line. Empty lines are left out.
///
/// A read error other than a line that is too long ends the iterator.
pub(crate) fn records(mut input: impl BufRead) -> impl Iterator<Item = (usize, Result<Record, RecordError>)> {
    let (mut has_failed, mut number) = (false, 0);
    std::iter::from_fn(move || {
        while !has_failed {
            number += 1;
            match read_line(&mut input) {
                Ok(Some(line)) if line.trim_ascii().is_empty() => {}
                Ok(line) => return line.map(|it| (number, Record::parse(&it))),
                Err(error) => {
                    has_failed = error.kind() != ErrorKind::FileTooLarge;
                    return Some((number, Err(RecordError { id: None, message: error.to_string() })));
                }
            }
        }
        None
    })
}

/// Reads the next line without its line break; `None` at the end of the input.
///
/// # Errors
/// [`ErrorKind::FileTooLarge`] for a line over [`MAX_LINE_BYTES`], which is skipped; and errors of the input.
fn read_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if input.by_ref().take(MAX_LINE_BYTES as u64 + 1).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.pop_if(|last| *last == b'\n').is_none() && line.len() > MAX_LINE_BYTES {
        input.skip_until(b'\n')?;
        let message = format!("The line is longer than {} MB; split it", MAX_LINE_BYTES >> 20);
        return Err(io::Error::new(ErrorKind::FileTooLarge, message));
    }
    Ok(Some(line))
}

impl Record {
    fn parse(line: &[u8]) -> Result<Self, RecordError> {
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        if !line.trim_ascii_start().starts_with(b"{") {
            return Err(record_error(line));
        }
        let fields: Fields = serde_json::from_slice(line).map_err(|_| record_error(line))?;
        let Ok(id) = fields.id.map(parse_id).transpose() else { return Err(record_error(line)) };
        match (fields.text, fields.html) {
            (Some(text), _) => Ok(Self { id, body: RecordBody::Text(text) }),
            (None, Some(html)) => Ok(Self { id, body: RecordBody::Html(html) }),
            (None, None) => Err(RecordError { id, message: MISSING_BODY.into() }),
        }
    }
}

/// The fields of a line; all others are ignored.
#[derive(Deserialize)]
struct Fields<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    text: Option<String>,
    html: Option<String>,
}

/// The id of a line, of any type.
#[derive(Deserialize)]
struct IdField<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
}

/// Returns a story's id as a string; a number keeps all its digits.
///
/// # Errors
/// Returns [`BAD_ID`] if it is neither a string nor a number.
fn parse_id(json: &RawValue) -> Result<String, &'static str> {
    let written = json.get();
    let is_number = written.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    if is_number { Ok(written.into()) } else { serde_json::from_str(written).map_err(|_| BAD_ID) }
}

/// Explains why a line is not a record.
fn record_error(line: &[u8]) -> RecordError {
    let without_id = |message: &str| RecordError { id: None, message: message.into() };
    let fields = match serde_json::from_slice(line) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) => return without_id("Not a JSON object; a story is {\"id\":…,\"text\":…}"),
        Err(error) if error.is_eof() => return without_id("Truncated JSON"),
        Err(error) => return without_id(&format!("Invalid JSON at column {}", error.column())),
    };
    let field = serde_json::from_slice(line).unwrap_or(IdField { id: None });
    let id = match field.id.map(parse_id).transpose() {
        Ok(id) => id,
        Err(message) => return without_id(message),
    };
    let is_string = |it: &&str| matches!(fields.get(*it), None | Some(Value::Null | Value::String(_)));
    let message = match ["text", "html"].iter().find(|it| !is_string(it)) {
        Some(field) => format!("\"{field}\" must be a string"),
        None => "A field occurs twice".into(),
    };
    RecordError { id, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_a_name_and_words_and_the_rest_is_passed_over() {
        let text = |text: &str| RecordBody::Text(text.into());
        for (line, id, body) in [
            (r#"{"id":"a","text":"It rained."}"#, Some("a"), text("It rained.")),
            (r#"{"text":"It rained.","id":7,"day":[1,2]}"#, Some("7"), text("It rained.")),
            (r#"{"html":"<p>It rained."}"#, None, RecordBody::Html("<p>It rained.".into())),
            (r#"{"html":"<p>It rained.","text":"It rained."}"#, None, text("It rained.")),
            ("\u{feff}{\"text\":\"\"}", None, text("")),
            (
                r#"{"id":123456789012345678901234567890,"text":"It"}"#,
                Some("123456789012345678901234567890"),
                text("It"),
            ),
            (r#"{"id":-1.50e400,"text":"It"}"#, Some("-1.50e400"), text("It")),
            (r#"{"id":"\u00e9\"","text":"It"}"#, Some("é\""), text("It")),
            (r#"{"id":null,"text":"It"}"#, None, text("It")),
        ] {
            let record = Record::parse(line.as_bytes());
            assert_eq!(record, Ok(Record { id: id.map(Into::into), body }), "{line}");
        }
    }

    #[test]
    fn a_bad_line_keeps_its_name_where_it_has_one() {
        for (line, id, message) in [
            (r#"{"id":"a"}"#, Some("a"), MISSING_BODY),
            (r#"{"id":"a","text":7}"#, Some("a"), "\"text\" must be a string"),
            (r#"{"id":3,"text":null,"html":[]}"#, Some("3"), "\"html\" must be a string"),
            (r#"{"id":{},"text":"It"}"#, None, BAD_ID),
            (r#"{"id":true}"#, None, BAD_ID),
            (r#"{"id":1234567890123456789012345}"#, Some("1234567890123456789012345"), MISSING_BODY),
            (
                r#"{"id":1234567890123456789012345,"text":7}"#,
                Some("1234567890123456789012345"),
                "\"text\" must be a string",
            ),
            (r#"{"id":"a","text":"It","text":"rained."}"#, Some("a"), "A field occurs twice"),
            (r#"{"id":"a","text":"It"#, None, "Truncated JSON"),
            (r#"{"id":"a",text:"It"}"#, None, "Invalid JSON at column 11"),
            ("It rained.", None, "Invalid JSON at column 1"),
            (r#"["a","It rained.",null]"#, None, "Not a JSON object; a story is {\"id\":…,\"text\":…}"),
        ] {
            let error = Record::parse(line.as_bytes()).expect_err(line);
            assert_eq!(error.id.as_deref(), id, "{line}");
            assert_eq!(error.message, message, "{line}");
        }
    }

    #[test]
    fn lines_end_as_they_do_on_any_system_and_the_last_need_not_end() {
        let lines = |mut input: &[u8]| -> Vec<Vec<u8>> {
            std::iter::from_fn(|| read_line(&mut input).unwrap()).collect()
        };
        assert_eq!(lines(b"a\n\nb"), [&b"a"[..], b"", b"b"]);
        assert_eq!(lines(b"a\r\n"), [b"a\r"]);
        assert_eq!(
            records(&b"\n{\"text\":\"a\"}\r\n\r\n \n{}\n\n"[..])
                .map(|it| (it.0, it.1.is_ok()))
                .collect::<Vec<_>>(),
            [(2, true), (5, false)]
        );
    }

    #[test]
    fn a_line_without_end_is_refused_and_the_next_one_is_read() {
        let long = io::repeat(b' ').take(MAX_LINE_BYTES as u64 + 9);
        let input = io::BufReader::new(long.chain(&b"\n{\"text\":\"a\"}"[..]));
        let read: Vec<_> = records(input).collect();
        assert_eq!((read.len(), read[1].1.is_ok()), (2, true));
        let error = read[0].1.as_ref().expect_err("it is too long");
        assert_eq!(error.message, "The line is longer than 64 MB; split it");
    }
}
