//! Tests against a server on this computer, which misbehaves in the ways of real ones.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

/// A machine under load is slow; a hang is longer than this.
const LIMITS: DownloadLimits =
    DownloadLimits { connect: Duration::from_secs(30), total: Duration::from_secs(30), bytes: 1 << 20 };

/// The limits for a page that never comes.
const SHORT_LIMITS: DownloadLimits = DownloadLimits { total: Duration::from_millis(1500), ..LIMITS };

/// Starts a server that answers each request with what `answer` writes; returns its address without a path.
fn serve(answer: fn(&str, &mut TcpStream)) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            thread::spawn(move || {
                let mut request = String::new();
                let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
                let mut line = String::new();
                while reader.read_line(&mut line).is_ok_and(|it| it > 2) {
                    request.push_str(&line);
                    line.clear();
                }
                answer(&request, &mut stream);
            });
        }
    });
    format!("http://{address}")
}

/// Writes a response with a body.
fn respond(stream: &mut TcpStream, status: &str, headers: &str, body: &[u8]) {
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n", body.len());
    // The client may have gone.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
}

fn path(request: &str) -> &str {
    request.split(' ').nth(1).unwrap_or_default()
}

#[test]
fn a_page_comes_with_its_encoding_and_its_last_address() {
    let site = serve(|request, stream| match path(request) {
        "/old" => respond(stream, "301 Moved Permanently", "Location: /new\r\n", b""),
        "/new" => respond(stream, "200 OK", "Content-Type: text/html; Charset=\"windows-1251\"\r\n", b"\xcf"),
        _ => respond(stream, "404 Not Found", "", b"gone"),
    });
    let page = download(&format!("{site}/old"), LIMITS).expect("it is there");
    assert_eq!(page.bytes, b"\xcf");
    assert_eq!(page.charset.as_deref(), Some("windows-1251"));
    assert_eq!(page.address, format!("{site}/new"));
}

#[test]
fn a_request_says_who_asks() {
    let site = serve(|request, stream| respond(stream, "200 OK", "", request.to_lowercase().as_bytes()));
    let request = String::from_utf8(download(&site, LIMITS).expect("it is there").bytes).unwrap();
    assert!(
        request.contains("user-agent: pullquote/") && request.contains("accept-encoding: gzip"),
        "{request}"
    );
}

#[test]
fn a_compressed_page_is_unpacked() {
    let site = serve(|_, stream| {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all("It rained. ".repeat(99).as_bytes()).unwrap();
        respond(stream, "200 OK", "Content-Encoding: gzip\r\n", &gzip.finish().unwrap());
    });
    assert_eq!(download(&site, LIMITS).expect("it is there").bytes.len(), 99 * 11);
}

#[test]
fn a_compressed_page_that_grows_without_end_is_refused() {
    let site = serve(|_, stream| {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(&vec![b' '; 8 << 20]).unwrap();
        respond(stream, "200 OK", "Content-Encoding: gzip\r\n", &gzip.finish().unwrap());
    });
    assert_eq!(message(&site), "The page is larger than 1 MB, too large for a story");
}

/// The message of a failed download.
fn message(address: &str) -> String {
    download(address, LIMITS).expect_err("it fails").to_string()
}

#[test]
fn each_failure_is_reported_in_one_line() {
    let site = serve(|request, stream| match path(request) {
        "/circle" => respond(stream, "302 Found", "Location: /circle\r\n", b""),
        "/file" => respond(stream, "302 Found", "Location: file:///etc/passwd\r\n", b""),
        "/closed" => respond(stream, "403 Forbidden", "", b"<p>No."),
        "/fault" => respond(stream, "503 Service Unavailable", "", b"<p>Later."),
        "/endless" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            while stream.write_all(&[b'a'; 8192]).is_ok() {}
        }
        "/cut" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nIt");
        }
        _ => respond(stream, "404 Not Found", "", b"<p>The page has gone."),
    });
    for (page, expected) in [
        ("/none", "The site answered 404 Not Found; the page has gone; check the address"),
        ("/closed", "The site answered 403 Forbidden; open the page in a browser, save it, and use the file"),
        ("/fault", "The site answered 503 Service Unavailable; the site has a fault; try again later"),
        ("/circle", "The site redirects in a circle; open the page in a browser, and save it"),
        ("/endless", "The page is larger than 1 MB, too large for a story"),
    ] {
        assert_eq!(message(&format!("{site}{page}")), expected, "{page}");
    }
    for page in ["/file", "/cut"] {
        let message = message(&format!("{site}{page}"));
        assert!(!message.is_empty() && !message.contains('\n'), "{page}: {message}");
    }
}

#[test]
fn a_missing_site_and_an_unsafe_one_are_reported_differently() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    assert_eq!(
        message(&format!("http://127.0.0.1:{port}/")),
        "The site refuses connections; check the address"
    );
    let site = serve(|_, stream| respond(stream, "200 OK", "", b"It rained."));
    let secure = site.replace("http://", "https://");
    assert_eq!(message(&secure), "No safe connection to the site; open the page in a browser, and save it");
}

/// Starts a server that resets each connection, before a response or within it; returns its address.
fn serve_resets(response: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // The system resets a connection that is closed with a request that nobody has read.
            let read = stream.read_exact(&mut [0; 1]);
            let _ = read.and_then(|()| stream.write_all(response));
        }
    });
    format!("http://{address}/")
}

#[test]
fn a_connection_that_is_reset_is_reported() {
    for response in [&b""[..], b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nIt rained"] {
        assert_eq!(message(&serve_resets(response)), "The site broke off the connection; try again later");
    }
}

#[test]
fn a_page_that_stops_or_trickles_in_is_left_at_the_limit_of_the_whole() {
    let site = serve(|request, stream| {
        let head = match path(request) {
            "/silent" => "",
            "/header" => "HTTP/1.1 200 OK\r\n",
            _ => "HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\nIt",
        };
        let _ = stream.write_all(head.as_bytes());
        if matches!(path(request), "/silent" | "/stops") {
            thread::sleep(2 * SHORT_LIMITS.total);
        } else {
            // Each byte comes in time, and the whole would take minutes.
            while stream.write_all(b"a").is_ok() {
                thread::sleep(Duration::from_millis(20));
            }
        }
    });
    for page in ["/silent", "/stops", "/header", "/body"] {
        let error = download(&format!("{site}{page}"), SHORT_LIMITS).expect_err("it never comes");
        assert_eq!(error.to_string(), "The page did not come within 1.5 s; try again later", "{page}");
    }
}

/// Starts a server with one of the certificates of `tests/web/certificates`; returns its address.
fn serve_securely(certificate: &'static [u8], key: &'static [u8]) -> String {
    use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key));
    let config =
        rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the versions are known")
            .with_no_client_auth()
            .with_single_cert(vec![CertificateDer::from(certificate)], key)
            .expect("the key is that of the certificate");
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("it is bound").port();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut connection = rustls::ServerConnection::new(Arc::clone(&config)).expect("it is sound");
            let mut secure = rustls::Stream::new(&mut connection, &mut stream);
            // A client that trusts nobody leaves when it has seen the certificate.
            let read = secure.read(&mut [0; 4096]);
            let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\nIt rained.";
            let _ = read.and_then(|_| secure.write_all(answer));
        }
    });
    format!("https://localhost:{port}/")
}

#[test]
fn a_certificate_is_checked_for_its_time_its_name_and_its_authority() {
    macro_rules! certificate {
        ($name:literal) => {
            include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/web/certificates/", $name, ".der"))
        };
    }
    let authority = || {
        let authority = ureq::tls::Certificate::from_der(certificate!("ca")).to_owned();
        RootCerts::Specific(Arc::new(vec![authority]))
    };
    let load =
        |site: &str, authorities| download_trusting(site, LIMITS, authorities).map_err(|it| it.to_string());
    let advice = "open the page in a browser, and save it";
    let valid = serve_securely(certificate!("valid"), certificate!("valid-key"));
    assert_eq!(load(&valid, authority()).map(|it| it.bytes), Ok(b"It rained.".to_vec()));
    let unknown = format!("The site's certificate is from no known authority; {advice}");
    assert_eq!(load(&valid, RootCerts::WebPki), Err(unknown));
    let expired = serve_securely(certificate!("expired"), certificate!("expired-key"));
    assert_eq!(load(&expired, authority()), Err(format!("The site's certificate has expired; {advice}")));
    let elsewhere = serve_securely(certificate!("elsewhere"), certificate!("elsewhere-key"));
    assert_eq!(
        load(&elsewhere, authority()),
        Err(format!("The site's certificate is for another site; {advice}"))
    );
}

#[test]
fn the_words_of_a_certificate_error_are_plain() {
    for (error, expected) in [
        ("invalid peer certificate: UnknownIssuer", "The site's certificate is from no known authority"),
        (
            "invalid peer certificate: certificate expired: verification time",
            "The site's certificate has expired",
        ),
        (
            "invalid peer certificate: certificate not valid for name \"a\"",
            "The site's certificate is for another site",
        ),
    ] {
        assert!(explain_connection(error).starts_with(expected), "{error}");
    }
}

#[test]
fn a_page_that_withholds_its_story_is_reported() {
    for (page, expected) in [
        ("<p>Please enable JavaScript to continue.", Some("The page needs JavaScript")),
        ("<h1>Are you a robot?</h1>", Some("The site asks whether you are a person")),
        ("<p>Already a subscriber? Sign in", Some("The story is for subscribers")),
        ("<p>We value your privacy", Some("The site asks for consent to cookies")),
        ("<p>It rained.", None),
    ] {
        assert_eq!(obstacle(page), expected, "{page}");
    }
}
