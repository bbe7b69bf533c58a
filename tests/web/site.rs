//! A server on this computer that answers as real ones do, and counts what it is asked for.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// Writes the answer to a request, given its path and all of its header.
pub(crate) type Answer = fn(&str, &str, &mut TcpStream);

pub(crate) struct Site {
    /// Its address, without a path.
    pub(crate) address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Site {
    pub(crate) fn new(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("it is bound"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let log = Arc::clone(&log);
                thread::spawn(move || answer_request(answer, stream, &log));
            }
        });
        Self { address, requests }
    }

    /// The address of a path.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// The paths that were asked for until now, in order.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no test has failed").clone()
    }
}

fn answer_request(answer: Answer, mut stream: TcpStream, log: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    let mut header = String::new();
    while reader.read_line(&mut header).is_ok_and(|it| it > 2) {}
    let path = header.split(' ').nth(1).unwrap_or_default().to_owned();
    log.lock().expect("no test has failed").push(path.clone());
    answer(&path, &header, &mut stream);
}

/// Writes a response with a body.
pub(crate) fn respond(stream: &mut TcpStream, status: &str, headers: &str, body: &[u8]) {
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n", body.len());
    // The client may have gone.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
}
