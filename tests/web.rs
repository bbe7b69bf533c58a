//! Tests of web addresses: feeds and single pages, from a server on this computer that misbehaves in the ways of real ones.

#![cfg(all(unix, feature = "net", feature = "formats"))]

#[path = "web/site.rs"]
mod site;

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use termlens::{Key, Terminal};

use crate::site::{Site, respond};

const PROGRAM: &str = env!("CARGO_BIN_EXE_pullquote");

/// A machine under load is slow; a hang is longer than this.
const PATIENCE: Duration = Duration::from_secs(20);

/// The start of a story that is long enough for one.
const LONG: &str = "The council met on Monday to hear from the people who live by the river, and it was late when they went \
                    home, wet, tired and without an answer to the questions that they had brought. The last boat leaves on \
                    Friday at noon, and those who work across the water will have to drive around by the bridge at \
                    Tarnside, which takes an hour, they told the council, and costs more than most of them can pay in the \
                    winter, when the mill is closed and the market stands empty.";

/// A page with a story in which somebody says something.
fn page(title: &str, speaker: &str) -> Vec<u8> {
    let quote = format!("“We cannot pay the crew,” said {speaker}, the mayor of Oddmouth.");
    format!(
        "<!doctype html><title>{title}</title><article><h1>{title}</h1><p>{quote}</p><p>{LONG}</p></article>"
    )
    .into_bytes()
}

/// A feed with relative links: two pages, one that has gone, one without a page, and one that has gone and was short.
fn feed() -> Vec<u8> {
    let content = format!("<![CDATA[<p>“It burned,” said Zoë Król, the chief.</p><p>{LONG}</p>]]>");
    format!(
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>\
         <title>Oddmouth Gazette</title><link>/</link>\
         <item><title>Ferry stops</title><link>/news/ferry</link><pubDate>Sun, 03 May 2026 10:00:00 GMT</pubDate>\
         <description>The last boat leaves on Friday.</description></item>\
         <item><title>Orchard grows</title><link>news/orchard</link><description>Apples are coming.</description></item>\
         <item><title>Mill burns</title><link>/news/gone</link><content:encoded>{content}</content:encoded></item>\
         <item><title>Bridge opens</title><guid isPermaLink='false'>4</guid><content:encoded>{content}</content:encoded></item>\
         <item><title>Road closes</title><link>/news/gone-too</link><description>From May.</description></item>\
         </channel></rss>"
    )
    .into_bytes()
}

fn gazette() -> Site {
    Site::new(|path, _, stream| match path {
        "/" => respond(
            stream,
            "200 OK",
            "Content-Type: text/html\r\n",
            b"<!doctype html><link rel=alternate type='application/rss+xml' href='/comments.xml'>\
              <link rel=alternate type='application/rss+xml' href='feed.xml'><h1>Oddmouth Gazette</h1>\
              <p><a href='/news/ferry'>Ferry stops</a></p>",
        ),
        "/feed.xml" => respond(stream, "200 OK", "Content-Type: application/rss+xml\r\n", &feed()),
        "/news/ferry" => {
            respond(stream, "200 OK", "Content-Type: text/html\r\n", &page("Ferry stops", "Ann Lee"));
        }
        "/news/orchard" => {
            respond(stream, "200 OK", "Content-Type: text/html\r\n", &page("Orchard grows", "Mina Holt"));
        }
        _ => respond(stream, "404 Not Found", "Content-Type: text/html\r\n", b"<p>This page has gone.</p>"),
    })
}

#[test]
fn each_entry_of_a_feed_gives_its_story_by_the_feed_or_by_the_page_that_names_it() {
    for path in ["/feed.xml", "/"] {
        let site = gazette();
        let done = run(&["-f", "jsonl", &site.at(path)], &[]);
        let stories: Vec<Value> =
            done.out.lines().map(|it| serde_json::from_str(it).expect("JSON")).collect();
        let titles: Vec<&Value> = stories.iter().map(|it| &it["title"]).collect();
        assert_eq!(titles, ["Ferry stops", "Orchard grows", "Mill burns", "Bridge opens"], "{}", done.err);
        let speakers: Vec<&str> = stories.iter().map(first_speaker).collect();
        assert_eq!(speakers, ["Ann Lee", "Mina Holt", "Zoë Król", "Zoë Król"]);
        assert_eq!(stories[0]["url"], site.at("/news/ferry"));
        assert_eq!(
            (&stories[0]["published"], &stories[0]["outlet"]),
            (&"2026-05-03T10:00:00+00:00".into(), &"Oddmouth Gazette".into())
        );
        assert!(done.err.contains("entry 5: The site answered 404"), "{}", done.err);
        assert_eq!((done.err.lines().count(), done.code), (1, 1), "{}", done.err);
    }
}

#[test]
fn a_feed_in_a_file_or_a_pipe_asks_no_site_for_anything() {
    let site = gazette();
    let text =
        String::from_utf8(feed()).unwrap().replace("<link>/news", &format!("<link>{}/news", site.address));
    let file = write_file("feed.xml", text.as_bytes());
    let done = run(&["-f", "jsonl", &file], &[]);
    assert_eq!(done.out.lines().count(), 5, "{}", done.err);
    assert_eq!(site.requests(), [""; 0]);
}

#[test]
fn a_feed_opens_with_its_list_and_loads_an_entry_when_it_is_opened() {
    let site = gazette();
    let mut terminal = Terminal::builder()
        .size(130, 40)
        .timeout(PATIENCE)
        .env("XDG_STATE_HOME", folder())
        .arg("--no-model")
        .arg("--no-shelf")
        .arg(site.at("/feed.xml"))
        .spawn(PROGRAM)
        .expect("it starts");
    terminal
        .wait_until(|it| {
            it.contains("Open stories") && it.contains("Road closes") && it.contains("3 May 2026")
        })
        .expect("the list comes");
    assert!(terminal.screen().contains("The last boat leaves"), "the lead stands in the list");
    assert_eq!(site.requests(), ["/feed.xml"]);
    terminal.send(Key::Enter).expect("a key can be sent");
    terminal.wait_until(|it| it.contains("“We cannot pay the crew,” said Ann Lee")).expect("the page comes");
    wait(|| site.requests().len() == 3);
    let mut requests = site.requests();
    requests.sort();
    assert_eq!(requests, ["/feed.xml", "/news/ferry", "/news/orchard"]);
    terminal.send(Key::Char('.')).expect("a key can be sent");
    terminal.wait_until(|it| it.contains("Mina Holt")).expect("the next page was loaded beforehand");
    terminal.send(Key::Char('q')).expect("a key can be sent");
    terminal.wait_exit().expect("it ends");
}

#[test]
fn an_entry_whose_page_has_gone_is_read_in_the_feed_and_said_so() {
    for is_loaded_beforehand in [false, true] {
        let site = gazette();
        let mut terminal = Terminal::builder()
            .size(110, 30)
            .timeout(PATIENCE)
            .env("XDG_STATE_HOME", folder())
            .args(["--no-model", "--no-shelf", "--plain"])
            .arg(site.at("/feed.xml"))
            .spawn(PROGRAM)
            .expect("it starts");
        terminal
            .wait_until(|it| it.contains("Story 1 of 5") && it.contains("105 words"))
            .expect("the prompt comes");
        let mut next_story = || {
            terminal.send(Key::Char('.')).expect("a key can be sent");
            terminal.send(Key::Enter).expect("a key can be sent");
        };
        next_story();
        if is_loaded_beforehand {
            wait(|| site.requests().iter().any(|it| it == "/news/gone"));
            // The answer comes at once.
            thread::sleep(Duration::from_millis(300));
        }
        next_story();
        terminal.wait_until(|it| it.contains("The site answered 404")).expect("the page has gone");
    }
}

#[test]
fn a_page_that_has_gone_is_opened_again_from_what_was_kept_and_forgotten_on_demand() {
    let site = gazette();
    let state = folder().join("kept");
    let _ = fs::remove_dir_all(&state);
    let open = |arguments: &[&str]| {
        let mut terminal = Terminal::builder()
            .size(110, 30)
            .timeout(PATIENCE)
            .env("XDG_STATE_HOME", &state)
            .arg("--no-model")
            .args(arguments)
            .spawn(PROGRAM)
            .expect("it starts");
        terminal
            .wait_until(|it| it.alternate_screen() && it.contains("“We cannot pay the crew,”"))
            .expect("the story comes");
        terminal.send(Key::Char('q')).expect("a key can be sent");
        terminal.wait_exit().expect("it ends");
    };
    open(&[&site.at("/news/ferry")]);
    assert_eq!(site.requests(), ["/news/ferry"]);
    open(&[]);
    assert_eq!(site.requests(), ["/news/ferry"], "the site is not asked again");
    let shelf = |arguments: &[&str]| {
        let output =
            Command::new(PROGRAM).arg("shelf").args(arguments).env("XDG_STATE_HOME", &state).output();
        String::from_utf8(output.expect("it runs").stdout).expect("it is UTF-8")
    };
    assert!(shelf(&["list"]).contains(" 1 KB  Ferry stops"), "{}", shelf(&["list"]));
    assert!(shelf(&["check"]).contains(", 1 kept text (1 KB)."), "{}", shelf(&["check"]));
    shelf(&["forget", "--all", "--yes"]);
    assert_eq!(shelf(&["check"]), "Saved data is sound: no stories.\n");
}

#[test]
fn an_error_of_a_server_is_reported_in_one_line_and_blocks_nothing() {
    let site = Site::new(|path, _, stream| match path {
        "/circle" => respond(stream, "302 Found", "Location: /circle\r\n", b""),
        "/gone" => {
            respond(stream, "404 Not Found", "Content-Type: text/html\r\n", &page("Not found", "Ann Lee"));
        }
        "/reset" => {
            // A chunk without its end, and then no connection.
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nIt");
            let _ = stream.shutdown(std::net::Shutdown::Both);
        }
        "/rubbish" => {
            let _ = stream.write_all(b"\x00\xff\xfe rubbish\r\n\r\n");
        }
        "/endless-header" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
            while stream.write_all(b"X-Header: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n").is_ok() {}
        }
        "/endless" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
            while stream.write_all(&[b'a'; 8192]).is_ok() {}
        }
        "/damaged-feed" => respond(stream, "200 OK", "", b"<rss version='2.0'><channel><item></channel>"),
        _ => respond(stream, "200 OK", "Content-Encoding: gzip\r\n", b"no gzip at all"),
    });
    for (path, code, words) in [
        ("/circle", 66, "redirects in a circle"),
        ("/gone", 66, "404 Not Found; the page has gone"),
        ("/reset", 66, ""),
        ("/rubbish", 66, ""),
        ("/endless-header", 66, ""),
        ("/endless", 66, "larger than 64 MB"),
        ("/damaged-feed", 65, "damaged feed"),
        ("/no-gzip", 66, ""),
    ] {
        let start = Instant::now();
        let done = run(&[&site.at(path)], &[]);
        assert_eq!((done.code, done.err.lines().count()), (code, 1), "{path}: {}", done.err);
        assert!(done.out.is_empty() && done.err.contains(words), "{path}: {}", done.err);
        assert!(start.elapsed() < PATIENCE + Duration::from_secs(30), "{path}");
    }
}

#[test]
fn a_page_that_withholds_its_story_is_distinguished_from_a_story_about_such_pages() {
    let site = Site::new(|path, _, stream| {
        let body = match path {
            "/wall" => "<article><h1>Ferry stops</h1><p>The last boat leaves on Friday.</p></article>\
                        <div class=wall><p>Subscribe to continue reading.</p><button>Subscribe</button></div>"
                .into(),
            "/consent" => {
                "<div role=dialog><h2>We value your privacy</h2><p>We and our 842 partners store cookies.</p>\
                           <button>Accept all cookies</button></div>"
                    .into()
            }
            "/script" => {
                "<div id=root></div><noscript>Please enable JavaScript to view this page.</noscript>".into()
            }
            "/robot" => "<h1>Are you a robot?</h1><form><div class=g-captcha></div></form>".into(),
            _ => format!(
                "<article><h1>Are you a robot?</h1><p>“We value your privacy,” said Ann Lee, whose site asks readers to \
                 subscribe to continue.</p><p>{LONG}</p></article>"
            ),
        };
        let page = format!("<!doctype html><title>Gazette</title>{body}");
        respond(stream, "200 OK", "Content-Type: text/html\r\n", page.as_bytes());
    });
    for (path, words) in [
        ("/wall", "The story is for subscribers"),
        ("/consent", "The site asks for consent to cookies"),
        ("/script", "The page needs JavaScript"),
        ("/robot", "The site asks whether you are a person"),
    ] {
        let done = run(&[&site.at(path)], &[]);
        let line = format!("{words}; open the page in a browser, save it, and use the file\n");
        assert!(done.err.ends_with(&line), "{path}: {}", done.err);
        assert_eq!((done.code, done.out.as_str(), done.err.lines().count()), (65, "", 1), "{path}");
    }
    let done = run(&[&site.at("/story")], &[]);
    let story: Value = serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{}", done.err));
    assert_eq!(first_speaker(&story), "Ann Lee");
}

#[test]
fn a_pdf_at_an_address_is_read_as_one() {
    const PDF: &[u8] = include_bytes!("formats/groff.pdf");
    let site = Site::new(|_, _, stream| respond(stream, "200 OK", "Content-Type: application/pdf\r\n", PDF));
    let done = run(&[&site.at("/ferry.pdf")], &[]);
    let story: Value = serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{}", done.err));
    assert_eq!(story["title"], "Ferry stays on the Tarn, mayor says");
    assert_eq!(story["url"], site.at("/ferry.pdf"));
}

#[test]
fn a_page_is_read_in_any_encoding_and_compression_that_it_claims_or_has() {
    let site = Site::new(|path, _, stream| {
        let (headers, body): (&str, Vec<u8>) = match path {
            "/brotli" => ("Content-Encoding: br\r\n", BROTLI_PAGE.to_vec()),
            "/latin" => {
                ("Content-Type: text/html; charset=windows-1252\r\n", latin(&page("Ferry stops", "Zoë Roul")))
            }
            // The header names an encoding that there is not.
            "/unknown" => ("Content-Type: text/html; charset=none-such\r\n", page("Ferry stops", "Zoë Roul")),
            _ => ("", page("Ferry stops", "Zoë Roul")),
        };
        respond(stream, "200 OK", headers, &body);
    });
    for (path, speaker) in
        [("/brotli", "Ann Lee"), ("/latin", "Zoë Roul"), ("/unknown", "Zoë Roul"), ("/plain", "Zoë Roul")]
    {
        let done = run(&[&site.at(path)], &[]);
        let story: Value = serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{path}: {}", done.err));
        assert_eq!(
            (story["title"].as_str(), first_speaker(&story)),
            (Some("Ferry stops"), speaker),
            "{path}"
        );
    }
}

#[test]
fn a_certificate_of_an_unknown_authority_is_reported_and_nothing_is_read() {
    let address = secure_site();
    let done = run(&[&address], &[]);
    assert_eq!((done.code, done.out.as_str()), (66, ""));
    assert!(done.err.contains("The site's certificate is from no known authority"), "{}", done.err);
}

#[test]
fn the_proxy_of_the_environment_is_asked_instead_of_the_site() {
    let proxy = Site::new(|path, header, stream| {
        if header.starts_with("CONNECT ") {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            // The request to the site comes through the tunnel.
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
        }
        let _ = path;
        respond(stream, "200 OK", "Content-Type: text/html\r\n", &page("Ferry stops", "Ann Lee"));
    });
    let done = run(&["http://gazette.invalid/ferry"], &[("http_proxy", &proxy.address)]);
    assert!(done.out.contains("\"name\": \"Ann Lee\""), "{}", done.err);
    assert!(proxy.requests()[0].contains("gazette.invalid"), "{:?}", proxy.requests());
}

/// A page whose first speaker is Ann Lee, compressed by brotli 1.1 (the Python package).
const BROTLI_PAGE: &[u8] = include_bytes!("web/page.br");

/// A text in windows-1252, in which a quotation mark is one byte.
fn latin(utf8: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(utf8.to_vec()).unwrap();
    text.chars()
        .map(|ch| match ch {
            '“' => 0x93,
            '”' => 0x94,
            ch => u8::try_from(u32::from(ch)).expect("it is in the encoding"),
        })
        .collect()
}

/// A server with a certificate that it has signed itself; returns its address.
fn secure_site() -> String {
    use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
    // Made with `openssl req -x509 -newkey ec -subj /CN=localhost`; nobody trusts it.
    let certificate = CertificateDer::from(include_bytes!("web/certificate.der").to_vec());
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(include_bytes!("web/key.der").to_vec()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the versions are known")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("the key is that of the certificate");
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("it is bound").port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let config = Arc::clone(&config);
            thread::spawn(move || serve_securely(config, stream));
        }
    });
    format!("https://localhost:{port}/")
}

fn serve_securely(config: Arc<rustls::ServerConfig>, mut stream: TcpStream) {
    let mut connection = rustls::ServerConnection::new(config).expect("the configuration is sound");
    let mut secure = rustls::Stream::new(&mut connection, &mut stream);
    // The client leaves when it has seen the certificate.
    let _ = secure.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nIt rained.");
}

/// Waits until something holds.
fn wait(holds: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < end, "it never holds");
        thread::sleep(Duration::from_millis(5));
    }
}

/// The name of the speaker of the first quote.
fn first_speaker(story: &Value) -> &str {
    let speaker = story["quotes"][0]["speaker"].as_u64().expect("a speaker") as usize;
    story["entities"][speaker]["name"].as_str().expect("a name")
}

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("web");
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

fn write_file(name: &str, content: &[u8]) -> String {
    let path = folder().join(name);
    fs::write(&path, content).expect("it is written");
    path.to_str().expect("it is UTF-8").to_owned()
}

/// What a run of the program gave.
struct Done {
    out: String,
    err: String,
    code: i32,
}

/// Runs `pullquote extract`.
fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Done {
    let mut command = Command::new(PROGRAM);
    for name in [
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "no_proxy",
        "NO_PROXY",
    ] {
        command.env_remove(name);
    }
    command.args(["extract", "--no-model", "--no-shelf"]).args(arguments).envs(environment.iter().copied());
    let output = command.output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it is UTF-8");
    Done { out: text(output.stdout), err: text(output.stderr), code: output.status.code().unwrap_or(-1) }
}
