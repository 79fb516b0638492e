//! A service on loopback that records what it receives.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// A request as it came over the wire.
#[derive(Debug)]
pub(crate) struct Received {
    /// Method, target and version.
    pub(crate) line: String,
    /// Header lines, names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    /// The body.
    pub(crate) body: String,
}

impl Received {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }
}

/// Answers each connection with the next of some raw HTTP answers and then closes it. Returns the
/// service root and what was received.
pub(crate) fn serve(answers: Vec<String>) -> (String, Receiver<Received>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback is there");
    let root = format!("http://{}/beta", listener.local_addr().expect("a bound address"));
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for answer in answers {
            let Ok((mut stream, _)) = listener.accept() else { return };
            let Ok(copy) = stream.try_clone() else { return };
            if let Some(received) = read(&mut BufReader::new(copy)) {
                let _ = sender.send(received);
            }
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    (root, receiver)
}

/// An answer with a JSON body.
pub(crate) fn json(status: &str, body: &str) -> String {
    answer(status, "application/json", body)
}

/// An answer with any body.
pub(crate) fn answer(status: &str, content_type: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn read(reader: &mut impl BufRead) -> Option<Received> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let line = lines.first()?.clone();
    let headers: Vec<(String, String)> = lines[1..]
        .iter()
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let mut body = vec![0; length.and_then(|(_, value)| value.parse().ok()).unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    Some(Received { line, headers, body: String::from_utf8_lossy(&body).into_owned() })
}
