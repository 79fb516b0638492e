//! Files and readers as the source of an upload.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use schemacrate_runtime::bytes::Bytes;
use schemacrate_runtime::transport::Replay;
use schemacrate_runtime::{Error, ErrorKind, FileSource, ReaderSource, Upload, UploadSource};
use tokio::io::{AsyncRead, ReadBuf};

use crate::client;

const UNIT: usize = 320 * 1024;

fn session(service: &Replay) -> Upload {
    let session = Upload::new(&client(service), "https://files.example/up?sig=x");
    session.expect("a session").chunk_size(UNIT as u64).expect("a size")
}

fn content(length: usize) -> Vec<u8> {
    (0..length).map(|number| (number / 7) as u8).collect()
}

/// The bytes that the service has after all chunks.
fn received(service: &Replay, length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    for request in service.requests() {
        let Some(range) = request.headers().get("content-range") else { continue };
        let range = range.to_str().expect("ASCII").trim_start_matches("bytes ");
        let start: usize =
            range.split('-').next().and_then(|start| start.parse().ok()).expect("a start");
        bytes[start..start + request.body().len()].copy_from_slice(request.body());
    }
    bytes
}

/// A reader of some bytes, a few at a time, which counts them.
struct Slow {
    bytes: Vec<u8>,
    read: Arc<AtomicUsize>,
}

impl AsyncRead for Slow {
    fn poll_read(
        self: Pin<&mut Self>,
        _context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let start = self.read.load(Ordering::SeqCst);
        let end = self.bytes.len().min(start + buffer.remaining().min(1000));
        buffer.put_slice(&self.bytes[start..end]);
        self.read.store(end, Ordering::SeqCst);
        Poll::Ready(Ok(()))
    }
}

fn slow(bytes: &[u8]) -> (Slow, Arc<AtomicUsize>) {
    let read = Arc::new(AtomicUsize::new(0));
    (Slow { bytes: bytes.to_vec(), read: Arc::clone(&read) }, read)
}

fn expects(service: &Replay, ranges: &str) {
    service.answer(202, format!(r#"{{"nextExpectedRanges":["{ranges}"]}}"#));
}

#[tokio::test]
async fn a_file_is_sent_in_chunks_and_again_where_the_service_asks_for_it() {
    let bytes = content(2 * UNIT + 100);
    let path = std::env::temp_dir().join(format!("schemacrate-sources-{}", std::process::id()));
    std::fs::write(&path, &bytes).expect("a file");
    let service = Replay::new();
    expects(&service, &format!("{UNIT}-"));
    // It has lost the first chunk in part.
    expects(&service, "100-");
    for start in [100 + UNIT, 100 + 2 * UNIT] {
        expects(&service, &format!("{start}-"));
    }
    service.answer(201, "");
    let source = FileSource::open(&path).await.expect("a file");
    assert_eq!(source.size(), bytes.len() as u64);
    let sent = session(&service).send::<()>(source).await;
    std::fs::remove_file(&path).expect("the file");
    sent.unwrap_or_else(|error| panic!("{error}"));
    assert!(received(&service, bytes.len()) == bytes);
    let error = FileSource::open(&path).await.expect_err("it is gone");
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(error.to_string().starts_with("the file to upload cannot be opened: "), "{error}");
}

#[tokio::test]
async fn a_reader_is_read_once_and_no_further_than_the_chunk() {
    let bytes = content(3 * UNIT);
    let (reader, read) = slow(&bytes);
    let mut source = ReaderSource::new(reader, bytes.len() as u64);
    let chunk = source.read(0, UNIT).await.expect("a chunk");
    assert!(chunk == bytes[..UNIT] && read.load(Ordering::SeqCst) == UNIT);
    // The same again, a part of it, its end with more, and what comes later.
    for (start, end) in [(0, UNIT), (50, 60), (100, UNIT + 100), (2 * UNIT, 3 * UNIT)] {
        let chunk = source.read(start as u64, end - start).await.expect("a chunk");
        assert!(chunk == bytes[start..end], "{start}");
        assert!(read.load(Ordering::SeqCst) <= end.max(UNIT));
    }
    let error = source.read(0, 10).await.expect_err("it is past that");
    assert!(error.to_string().contains("cannot go back before byte 655360"), "{error}");
}

#[tokio::test]
async fn a_reader_is_sent_and_resumed() {
    let bytes = content(2 * UNIT + 5);
    let service = Replay::new();
    expects(&service, &format!("{UNIT}-"));
    service.answer(500, "");
    expects(&service, &format!("{}-", UNIT + 10));
    expects(&service, &format!("{}-", 2 * UNIT + 5 - 1));
    service.answer(201, "");
    let source = ReaderSource::new(slow(&bytes).0, bytes.len() as u64);
    session(&service).send::<()>(source).await.unwrap_or_else(|error| panic!("{error}"));
    assert!(received(&service, bytes.len()) == bytes);

    let service = Replay::new();
    expects(&service, &format!("{}-", 2 * UNIT));
    service.answer(201, "");
    let source = ReaderSource::new(slow(&bytes).0, bytes.len() as u64);
    session(&service).resume::<()>(source).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(service.requests()[1].body(), &bytes[2 * UNIT..]);
}

#[tokio::test]
async fn a_reader_that_is_too_short_is_an_error_with_its_length() {
    let service = Replay::new();
    let source = ReaderSource::new(&b"abc"[..], 7);
    let sent: Result<(), Error> = session(&service).send(source).await;
    let error = sent.expect_err("too short");
    assert!(error.to_string().contains("the reader ended after 3 of 7 bytes"), "{error}");
    let source = ReaderSource::new(&b"abcdefgh"[..], 7);
    service.answer(201, "");
    session(&service).send::<()>(source).await.expect("more is not read");
    assert_eq!(service.requests()[0].body(), &Bytes::from_static(b"abcdefg"));
}
