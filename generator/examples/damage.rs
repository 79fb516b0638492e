//! Damages documents at random and generates from them, to find what panics or takes long.
//!
//! `cargo run --release -p schemacrate --example damage -- FOLDER… [SECONDS]` takes the small documents of
//! some folders as its material. A damaged document that does harm is written to the folder for
//! temporary files; the exit code is then 1.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use schemacrate::Session;
use schemacrate::config::Config;

/// Larger documents take too long to be of use here.
const LARGEST: usize = 60_000;

/// Nothing of that size should take longer.
const SLOW: Duration = Duration::from_secs(3);

/// What often matters to a parser.
const TOKENS: &[&[u8]] = &[
    b"\"",
    b"<",
    b">",
    b"/>",
    b"Collection(",
    b")",
    b"$Kind",
    b"Edm.String",
    b"Nullable=\"maybe\"",
    b"BaseType=\"\"",
    b"9999999999999999999",
    b"-1",
    b"\xff\xfe",
    b"\x00",
    b"$",
    b".",
    b"/",
    b"null",
    b"[",
    b"{",
    b"}",
    b"true",
    b"&#x0;",
    b"@",
    b"Path=\"a/b\"",
    b"Target=\"a.b/c\"",
];

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let seconds = arguments.last().and_then(|last| last.parse().ok());
    if seconds.is_some() {
        arguments.pop();
    }
    let documents = documents(&arguments);
    if documents.is_empty() {
        eprintln!("usage: damage FOLDER… [SECONDS]");
        return ExitCode::from(2);
    }
    let end = Instant::now() + Duration::from_secs(seconds.unwrap_or(60));
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut runs, mut generated, mut harmful) = (0, 0, 0);
    while Instant::now() < end {
        let damaged = random.damaged(&documents);
        let began = Instant::now();
        let outcome = std::panic::catch_unwind(|| generates(&damaged));
        runs += 1;
        generated += u32::from(matches!(outcome, Ok(true)));
        if outcome.is_err() || began.elapsed() > SLOW {
            harmful += 1;
            let path = std::env::temp_dir().join(format!("damaged-{runs}"));
            let written = std::fs::write(&path, &damaged);
            eprintln!("{} after {:?} ({written:?})", path.display(), began.elapsed());
        }
    }
    println!("{runs} documents, {generated} generated, {harmful} did harm");
    ExitCode::from(u8::from(harmful > 0))
}

fn documents(folders: &[String]) -> Vec<Vec<u8>> {
    let entries = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
    let mut paths: Vec<PathBuf> = entries.filter_map(|one| Some(one.ok()?.path())).collect();
    paths.sort();
    let contents = paths.into_iter().filter_map(|path| std::fs::read(path).ok());
    contents.filter(|bytes| (1..LARGEST).contains(&bytes.len())).collect()
}

/// Whether a document returns a crate.
fn generates(bytes: &[u8]) -> bool {
    let mut session = Session::new();
    if session.add("damaged", bytes).is_err() {
        return false;
    }
    let built = session.generate(&Config::new("damaged", "out"));
    // Every finding must be displayable as well.
    built.is_ok() | session.render(false).is_empty()
}

/// A generator of random numbers (xorshift); the same ones in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or_default() % limit.max(1)
    }

    fn damaged(&mut self, documents: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = documents[self.below(documents.len())].clone();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len());
            let until = |length: usize| (at + length).min(bytes.len());
            match self.below(5) {
                0 => drop(bytes.drain(at..until(self.below(200)))),
                1 => {
                    let token = TOKENS[self.below(TOKENS.len())];
                    bytes.splice(at..at, token.iter().copied());
                }
                2 => {
                    let copied = bytes[at..until(self.below(400))].to_vec();
                    let to = self.below(bytes.len());
                    bytes.splice(to..to, copied);
                }
                3 => bytes.extend(documents[self.below(documents.len())].iter().skip(at).take(300)),
                _ => bytes
                    .splice(at..at, [u8::try_from(self.below(256)).unwrap_or(0)])
                    .for_each(drop),
            }
            if bytes.is_empty() {
                bytes.push(b'<');
            }
        }
        bytes
    }
}
