//! Tests with files that are written here by the grammar of WARC 1.1, and with damaged ones.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

/// A record with these lines in its header, a length and a content.
fn record(header: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("WARC/1.1\r\n{header}Content-Length: {}\r\n\r\n", content.len());
    [head.as_bytes(), content, b"\r\n\r\n"].concat()
}

/// The record of a page with these words.
fn page(number: usize) -> Vec<u8> {
    let header = format!(
        "WARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2026-05-0{number}T10:00:00Z\r\n\
         WARC-Target-URI: https://gazette.example/{number}\r\n\
         Content-Type: application/http; msgtype=response\r\n"
    );
    let response =
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Page {number}.");
    record(&header, response.as_bytes())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// What a file gives: the addresses of its pages, and the messages of broken records.
fn read(file: &[u8]) -> Vec<String> {
    let name = |it: Result<ArchivedPage, BrokenRecord>| match it {
        Ok(page) => page.address.trim_start_matches("https://gazette.example/").to_owned(),
        Err(broken) => format!("{}: {}", broken.number, broken.message),
    };
    WarcPages::new(file).expect("it can be read").map(name).collect()
}

#[test]
fn pages_come_from_plain_files_one_stream_and_a_member_for_each_record() {
    let records = [page(1), page(2), page(3)];
    let plain = records.concat();
    let members: Vec<u8> = records.iter().flat_map(|it| gzip(it)).collect();
    let padded = [&members[..], &[0; 512]].concat();
    for file in [&plain, &gzip(&plain), &members, &padded] {
        assert_eq!(read(file), ["1", "2", "3"]);
    }
}

#[test]
fn a_page_keeps_what_the_record_says_of_it() {
    let file = page(4);
    let found = WarcPages::new(&file[..]).unwrap().next().expect("a page").expect("a sound one");
    assert_eq!(found.id.as_deref(), Some("urn:uuid:4"));
    assert_eq!(found.date.as_deref(), Some("2026-05-04T10:00:00Z"));
    assert_eq!(found.charset.as_deref(), Some("utf-8"));
    assert_eq!(found.into_bytes(1 << 20), b"<p>Page 4.");
}

#[test]
fn only_pages_that_were_found_are_taken() {
    let of_type = |name: &str, content: &str| {
        let header = format!(
            "warc-type: {name}\r\nWARC-Target-URI: <https://gazette.example/9>\r\n\
             Content-Type: {}\r\n",
            if name == "resource" { "text/html" } else { "application/http;msgtype=response" }
        );
        record(&header, content.as_bytes())
    };
    for (name, content, pages) in [
        ("warcinfo", "software: a", 0),
        ("request", "GET / HTTP/1.1\r\n\r\n", 0),
        ("response", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Gone.", 0),
        ("response", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", 0),
        ("response", "HTTP/1.1 200 OK\r\nContent-Type: Application/XHTML+xml\r\n\r\n<p>It rained.", 1),
        ("response", "HTTP/2 200\r\ncontent-type: text/html\r\n\r\n<p>It rained.", 1),
        ("response", "no header", 0),
        ("resource", "<p>It rained.", 1),
        ("revisit", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", 0),
    ] {
        let file = [of_type(name, content), page(1)].concat();
        assert_eq!(read(&file).len(), pages + 1, "{name}: {content}");
    }
}

#[test]
fn a_damaged_record_is_reported_and_the_next_one_is_read() {
    let replaced = |from: &str, to: &str| String::from_utf8(page(2)).unwrap().replace(from, to).into_bytes();
    let length = page(2).len();
    for (broken, message) in [
        (replaced("Content-Length: ", "Content-Length: x"), "2: Broken record: no length in the header"),
        (replaced("Content-Length", "Length"), "2: Broken record: no length in the header"),
        (replaced("WARC-Type: ", "no field\r\n"), "2: Broken record: a line of the header is no field"),
        (
            replaced("Content-Length: ", "Content-Length: 99999999"),
            "2: Broken record: larger than 16 MB, too large for a page",
        ),
        (replaced("WARC/1.1", "rubbish"), "2: Broken record: no header of a record where one must begin"),
    ] {
        let plain = [page(1), broken.clone(), page(3)].concat();
        assert_eq!(read(&plain), ["1", message, "3"]);
        assert_eq!(read(&gzip(&plain)), ["1", message, "3"]);
        let members = [gzip(&page(1)), gzip(&broken), gzip(&page(3))].concat();
        assert_eq!(read(&members), ["1", message, "3"]);
    }
    for cut in [5, 40, length / 2, length - 20] {
        let members = [gzip(&page(1)), gzip(&page(2)[..cut]), gzip(&page(3))].concat();
        let found = read(&members);
        assert_eq!((found.len(), &*found[0], &*found[2]), (3, "1", "3"), "{found:?}");
        assert!(found[1].starts_with("2: Broken record: "), "{found:?}");
    }
}

#[test]
fn a_damaged_gzip_member_costs_its_own_record_and_at_most_the_next_one() {
    let (first, last) = (gzip(&page(1)), [gzip(&page(3)), gzip(&page(4))].concat());
    let middle = gzip(&page(2));
    for at in 0..middle.len() {
        let mut damaged = middle.clone();
        damaged[at] ^= 0x5a;
        let found = read(&[&first[..], &damaged, &last].concat());
        // Damaged compression may go on over the end of its member.
        let (start, end) = (found.first().map(String::as_str), found.last().map(String::as_str));
        assert_eq!((start, end), (Some("1"), Some("4")), "byte {at}: {found:?}");
        // A few bytes of the gzip header, as the time, tell nothing about the content.
        let is_told = found.iter().any(|it| it.contains("Broken record"));
        assert!(is_told || found == ["1", "2", "3", "4"], "byte {at}: {found:?}");
    }
    let cut = [&first[..], &middle[..middle.len() / 2]].concat();
    assert_eq!(read(&cut), ["1", "2: Broken record: damaged compression"]);
}

#[test]
fn a_length_that_reaches_into_the_next_record_or_falls_short_costs_no_other() {
    let length = |change: isize| {
        let text = String::from_utf8(page(2)).unwrap();
        let at = text.find("Content-Length: ").unwrap() + "Content-Length: ".len();
        let end = at + text[at..].find('\r').unwrap();
        let real: isize = text[at..end].parse().unwrap();
        format!("{}{}{}", &text[..at], real + change, &text[end..]).into_bytes()
    };
    for change in [4, 60, 200] {
        assert_eq!(
            read(&[page(1), length(change), page(3), page(4)].concat()),
            ["1", "2", "3", "4"],
            "{change}"
        );
    }
    let short = read(&[page(1), length(-3), page(3)].concat());
    assert_eq!((&*short[0], &*short[1], short.last().map(|it| &**it)), ("1", "2", Some("3")));
}

#[test]
fn what_is_no_archive_is_reported_in_one_line() {
    let message = "1: There is no record in it; use a .warc or .warc.gz file";
    assert_eq!(read(b""), [message]);
    assert_eq!(read(&gzip(b"")), [message]);
    let found = read(b"It rained.\nIt snowed.\n");
    assert_eq!(found, ["1: Broken record: no header of a record where one must begin"]);
}

#[test]
fn any_bytes_after_a_page_end_the_file_in_order() {
    let mut seed = 7_u32;
    for length in 0..200 {
        let noise = (0..length * 7).map(|_| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        });
        let noise: Vec<u8> = noise.collect();
        assert_eq!(read(&[&page(1)[..], &noise].concat())[0], "1");
        assert_eq!(read(&[&gzip(&page(1))[..], &[0x1f, 0x8b, 8], &noise].concat())[0], "1");
    }
}
