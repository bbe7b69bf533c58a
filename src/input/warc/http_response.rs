//! HTTP responses as a WARC file keeps them: header fields, and a body in chunks or compressed.

use std::io::Read;

/// The fields of a header, in their order, with names in lower case.
#[derive(Debug, Default)]
pub(crate) struct HeaderFields(Vec<(String, String)>);

impl HeaderFields {
    /// Adds the field of a line `Name: value`; false if it is no field. A line that begins with a space continues the
    /// field before it.
    pub(crate) fn push_line(&mut self, line: &str) -> bool {
        if line.starts_with([' ', '\t']) {
            let Some((_, value)) = self.0.last_mut() else { return false };
            value.push(' ');
            value.push_str(line.trim());
            return true;
        }
        let Some((name, value)) = line.split_once(':') else { return false };
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic());
        if is_name {
            self.0.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        is_name
    }

    /// The value of the first field of this name, which is in lower case.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }

    /// Whether the values of a field, separated by commas, hold this one.
    fn has_value(&self, name: &str, value: &str) -> bool {
        self.get(name).is_some_and(|it| it.split(',').any(|it| it.trim().eq_ignore_ascii_case(value)))
    }
}

/// A response: its status, its header and its body as they came.
#[derive(Debug)]
pub(crate) struct HttpResponse<'a> {
    pub(crate) status: u16,
    pub(crate) fields: HeaderFields,
    body: &'a [u8],
}

impl<'a> HttpResponse<'a> {
    /// Parses a response; `None` if the bytes are none.
    pub(crate) fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (status_line, mut rest) = split_line(bytes);
        let status_line = String::from_utf8_lossy(status_line);
        let mut words = status_line.split_whitespace();
        words.next().filter(|it| it.starts_with("HTTP/"))?;
        let status = words.next()?.parse().ok()?;
        let mut fields = HeaderFields::default();
        loop {
            let (line, after) = split_line(rest);
            rest = after;
            if line.trim_ascii().is_empty() {
                return Some(Self { status, fields, body: rest });
            }
            // Real headers hold lines that are no fields; they tell nothing about the body.
            fields.push_line(&String::from_utf8_lossy(line));
        }
    }

    /// The body without chunks and compression, as far as it goes: at most `limit` bytes.
    ///
    /// A crawler may have removed either already and kept the header that names it. gzip and zstd are left to the loader,
    /// which knows them by their first bytes.
    pub(crate) fn decoded_body(&self, limit: u64) -> Vec<u8> {
        let body = if self.fields.has_value("transfer-encoding", "chunked") {
            without_chunks(self.body).unwrap_or_else(|| self.body.to_vec())
        } else {
            self.body.to_vec()
        };
        let unpacked = if self.fields.has_value("content-encoding", "br") {
            read_some(brotli_decompressor::Decompressor::new(&*body, 1 << 16), limit)
        } else if self.fields.has_value("content-encoding", "deflate") {
            // Some servers send the bare stream without the wrapper of zlib.
            let zlib = read_some(flate2::read::ZlibDecoder::new(&*body), limit);
            zlib.or_else(|| read_some(flate2::read::DeflateDecoder::new(&*body), limit))
        } else {
            None
        };
        unpacked.unwrap_or(body)
    }
}

/// What can be read before an error or the limit; `None` if that is nothing.
fn read_some(reader: impl Read, limit: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    // A body that was cut off is read as far as it goes.
    let _ = reader.take(limit).read_to_end(&mut bytes);
    (!bytes.is_empty()).then_some(bytes)
}

/// The content of chunks, as far as it goes; `None` if the body does not begin with a chunk.
fn without_chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::with_capacity(rest.len());
    let mut is_first = true;
    loop {
        let (line, after) = split_line(rest);
        let size = chunk_size(line);
        let Some(size) = size.filter(|_| after.len() < rest.len()) else {
            return (!is_first).then_some(content);
        };
        if size == 0 {
            return Some(content);
        }
        let chunk = &after[..size.min(after.len())];
        content.extend_from_slice(chunk);
        rest = after[chunk.len()..].trim_ascii_start_of_line();
        is_first = false;
    }
}

/// The size in the first line of a chunk, "1a; name=value".
fn chunk_size(line: &[u8]) -> Option<usize> {
    let digits = str::from_utf8(line).ok()?.split(';').next()?.trim();
    usize::from_str_radix(digits, 16).ok()
}

/// Removes one line break from the start.
trait LineStart {
    fn trim_ascii_start_of_line(&self) -> &Self;
}

impl LineStart for [u8] {
    fn trim_ascii_start_of_line(&self) -> &Self {
        self.strip_prefix(b"\r\n").or_else(|| self.strip_prefix(b"\n")).unwrap_or(self)
    }
}

/// The first line without its line break, and what comes after it.
fn split_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n');
    let (line, rest) = end.map_or((bytes, &[][..]), |end| (&bytes[..end], &bytes[end + 1..]));
    (line.strip_suffix(b"\r").unwrap_or(line), rest)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, ZlibEncoder};

    use super::*;
    use crate::input::content_type::{charset_of, media_type};

    fn body(header: &str, body: &[u8]) -> Vec<u8> {
        let response = [header.as_bytes(), b"\r\n\r\n", body].concat();
        HttpResponse::parse(&response).expect("it is a response").decoded_body(1 << 20)
    }

    #[test]
    fn chunks_are_joined_as_far_as_they_go() {
        let header = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked";
        for (chunks, content) in [
            ("6\r\nIt rai\r\n4;a=b\r\nned.\r\n0\r\n\r\n", "It rained."),
            ("6\r\nIt rai\r\n4\r\nned.", "It rained."),
            ("6\r\nIt rai\r\n44\r\nned", "It rained"),
            ("6\r\nIt rai\r\nzz\r\nned.", "It rai"),
            ("<p>It rained.", "<p>It rained."),
            ("", ""),
        ] {
            assert_eq!(body(header, chunks.as_bytes()), content.as_bytes(), "{chunks}");
        }
    }

    #[test]
    fn a_deflated_body_is_unpacked_with_and_without_its_wrapper() {
        let header = "HTTP/1.0 200 OK\nContent-Encoding: deflate";
        let mut wrapped = ZlibEncoder::new(Vec::new(), Compression::fast());
        wrapped.write_all(b"It rained.").unwrap();
        let mut bare = DeflateEncoder::new(Vec::new(), Compression::fast());
        bare.write_all(b"It rained.").unwrap();
        for packed in [wrapped.finish().unwrap(), bare.finish().unwrap(), b"It rained.".to_vec()] {
            assert_eq!(body(header, &packed), b"It rained.");
        }
    }

    #[test]
    fn a_body_that_claims_brotli_and_is_none_stays() {
        assert_eq!(body("HTTP/1.1 200 OK\r\nContent-Encoding: br", b"<p>It rained."), b"<p>It rained.");
    }

    #[test]
    fn a_header_is_read_through_its_faults() {
        let response = b"HTTP/1.1 404 \r\nX\r\nContent-Type: text/html;\r\n charset=\"Big5\"\r\n\r\nGone";
        let response = HttpResponse::parse(response).expect("it is a response");
        let content_type = response.fields.get("content-type").expect("it is named");
        assert_eq!(response.status, 404);
        assert_eq!(
            (&*media_type(content_type), charset_of(content_type).as_deref()),
            ("text/html", Some("Big5"))
        );
        assert_eq!(response.decoded_body(9), b"Gone");
        assert!(HttpResponse::parse(b"<p>It rained.").is_none());
        assert!(HttpResponse::parse(b"").is_none());
    }
}
