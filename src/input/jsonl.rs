//! A stream of bytes → records, one a line: the stories that `extract --from jsonl` reads.

use std::io::{self, BufRead, ErrorKind, Read};

use serde::Deserialize;
use serde_json::Value;

/// The longest line that is read, in bytes; longer ones are refused so that memory stays bounded.
const MAX_LINE_BYTES: usize = 64 << 20;

/// What is wrong with a line that brings no story.
const MISSING_BODY: &str = "it has neither \"text\" nor \"html\"";

/// A story as a line of a stream brings it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// The name under which its findings go out.
    pub(crate) id: Option<String>,
    /// What it says.
    pub(crate) body: RecordBody,
}

/// The words of a record; a line that has both is taken by its text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum RecordBody {
    /// Plain text.
    Text(String),
    /// A web page.
    Html(String),
}

/// A line that is no record.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct RecordError {
    /// Its name, where that much of it could be read.
    pub(crate) id: Option<String>,
    /// What is wrong with it.
    pub(crate) message: String,
}

/// The records of a stream, a line each, in constant memory.
pub(crate) fn records(mut input: impl BufRead) -> impl Iterator<Item = Result<Record, RecordError>> {
    let mut broken = false;
    std::iter::from_fn(move || {
        if broken {
            return None;
        }
        match read_line(&mut input) {
            Ok(line) => line.map(|it| Record::parse(&it)),
            Err(error) => {
                broken = error.kind() != ErrorKind::FileTooLarge;
                Some(Err(RecordError { id: None, message: error.to_string() }))
            }
        }
    })
}

/// The next line without its end; one that is too long is passed over and refused.
fn read_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if input.by_ref().take(MAX_LINE_BYTES as u64 + 1).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.pop_if(|last| *last == b'\n').is_none() && line.len() > MAX_LINE_BYTES {
        input.skip_until(b'\n')?;
        let what = format!("the line is longer than {} MB; split it", MAX_LINE_BYTES >> 20);
        return Err(io::Error::new(ErrorKind::FileTooLarge, what));
    }
    Ok(Some(line))
}

impl Record {
    /// Reads one line.
    fn parse(line: &[u8]) -> Result<Self, RecordError> {
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        if !line.trim_ascii_start().starts_with(b"{") {
            return Err(record_error(line));
        }
        let fields: Fields = serde_json::from_slice(line).map_err(|_| record_error(line))?;
        let id = fields.id.map(Id::into_string);
        match (fields.text, fields.html) {
            (Some(text), _) => Ok(Self { id, body: RecordBody::Text(text) }),
            (None, Some(html)) => Ok(Self { id, body: RecordBody::Html(html) }),
            (None, None) => Err(RecordError { id, message: MISSING_BODY.into() }),
        }
    }
}

/// The fields of a line that are looked at; others are passed over.
#[derive(Deserialize)]
struct Fields {
    id: Option<Id>,
    text: Option<String>,
    html: Option<String>,
}

/// A name goes out as words, whichever it was.
#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(serde_json::Number),
}

impl Id {
    fn into_string(self) -> String {
        match self {
            Self::Text(words) => words,
            Self::Number(number) => number.to_string(),
        }
    }
}

/// Why a line could not be read, with its name if that can.
fn record_error(line: &[u8]) -> RecordError {
    let bad = |what: &str| RecordError { id: None, message: what.into() };
    if line.trim_ascii().is_empty() {
        return bad("the line is empty");
    }
    let fields = match serde_json::from_slice(line) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) => return bad("it is no JSON object: {\"id\":…,\"text\":…}"),
        Err(error) if error.is_eof() => return bad("it is not JSON: it breaks off"),
        Err(error) => return bad(&format!("it is not JSON from its column {} on", error.column())),
    };
    let id = match fields.get("id") {
        Some(Value::String(words)) => Some(words.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        Some(Value::Null) | None => None,
        Some(_) => return bad("its \"id\" is neither a string nor a number"),
    };
    let is_words = |it: &&str| matches!(fields.get(*it), None | Some(Value::Null | Value::String(_)));
    let what = match ["text", "html"].iter().find(|it| !is_words(it)) {
        Some(field) => format!("its \"{field}\" is no string"),
        None => "it has a field twice".into(),
    };
    RecordError { id, message: what }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_a_name_and_words_and_the_rest_is_passed_over() {
        let text = |words: &str| RecordBody::Text(words.into());
        for (line, id, words) in [
            (r#"{"id":"a","text":"It rained."}"#, Some("a"), text("It rained.")),
            (r#"{"text":"It rained.","id":7,"day":[1,2]}"#, Some("7"), text("It rained.")),
            (r#"{"html":"<p>It rained."}"#, None, RecordBody::Html("<p>It rained.".into())),
            (r#"{"html":"<p>It rained.","text":"It rained."}"#, None, text("It rained.")),
            ("\u{feff}{\"text\":\"\"}", None, text("")),
        ] {
            let record = Record::parse(line.as_bytes());
            assert_eq!(record, Ok(Record { id: id.map(Into::into), body: words }), "{line}");
        }
    }

    #[test]
    fn a_bad_line_keeps_its_name_where_it_has_one() {
        for (line, id, what) in [
            (r#"{"id":"a"}"#, Some("a"), MISSING_BODY),
            (r#"{"id":"a","text":7}"#, Some("a"), "its \"text\" is no string"),
            (r#"{"id":3,"text":null,"html":[]}"#, Some("3"), "its \"html\" is no string"),
            (r#"{"id":{},"text":"It"}"#, None, "its \"id\" is neither a string nor a number"),
            (r#"{"id":"a","text":"It","text":"rained."}"#, Some("a"), "it has a field twice"),
            (r#"{"id":"a","text":"It"#, None, "it is not JSON: it breaks off"),
            (r#"{"id":"a",text:"It"}"#, None, "it is not JSON from its column 11 on"),
            ("It rained.", None, "it is not JSON from its column 1 on"),
            (r#"["a","It rained.",null]"#, None, "it is no JSON object: {\"id\":…,\"text\":…}"),
            (" ", None, "the line is empty"),
        ] {
            let bad = Record::parse(line.as_bytes()).expect_err(line);
            assert_eq!(bad.id.as_deref(), id, "{line}");
            assert_eq!(bad.message, what, "{line}");
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
            records(&b"{\"text\":\"a\"}\r\n{}"[..]).map(|it| it.is_ok()).collect::<Vec<_>>(),
            [true, false]
        );
    }

    #[test]
    fn a_line_without_end_is_refused_and_the_next_one_is_read() {
        let long = io::repeat(b' ').take(MAX_LINE_BYTES as u64 + 9);
        let input = io::BufReader::new(long.chain(&b"\n{\"text\":\"a\"}"[..]));
        let read: Vec<_> = records(input).collect();
        assert_eq!((read.len(), read[1].is_ok()), (2, true));
        let bad = read[0].as_ref().expect_err("it is too long");
        assert_eq!(bad.message, "the line is longer than 64 MB; split it");
    }
}
