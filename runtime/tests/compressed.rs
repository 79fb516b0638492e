//! Compressed answers.
#![cfg(feature = "reqwest")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use flate2::Compression;
use flate2::write::GzEncoder;
use schemacrate_runtime::transport::ReqwestTransport;
use schemacrate_runtime::{Error, ErrorKind, ServiceClient};

/// Answers one request with a body in gzip, and returns the service root and the request.
fn serve(body: &[u8]) -> (String, thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback is there");
    let root = format!("http://{}", listener.local_addr().expect("an address"));
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).expect("memory");
    let compressed = encoder.finish().expect("memory");
    let serving = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut asked = vec![0; 4096];
        let length = stream.read(&mut asked).expect("a request");
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\n\
             content-length: {}\r\nconnection: close\r\n\r\n",
            compressed.len()
        );
        // A client that refuses the answer may disconnect before its end.
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&compressed));
        String::from_utf8_lossy(&asked[..length]).to_ascii_lowercase()
    });
    (root, serving)
}

fn client(root: &str) -> ServiceClient {
    let transport = ReqwestTransport::direct().expect("a transport");
    ServiceClient::builder(root)
        .transport(transport)
        .max_response_size(100_000)
        .build()
        .expect("a client")
}

#[tokio::test]
async fn an_answer_in_gzip_is_read() {
    let (root, serving) = serve(br#"{"value":["a","b"]}"#);
    let page = client(&root).resource("tags").list::<String>().await.expect("a page");
    assert_eq!(page.value, ["a", "b"]);
    let asked = serving.join().expect("no panic");
    assert!(asked.contains("accept-encoding: gzip"), "{asked}");
}

#[tokio::test]
async fn what_counts_is_the_size_after_decoding() {
    let bomb = format!("{{\"value\":[\"{}\"]}}", "0".repeat(50_000_000));
    let (root, _serving) = serve(bomb.as_bytes());
    let error: Error = client(&root).resource("tags").list::<String>().await.expect_err("too much");
    assert_eq!(error.kind(), ErrorKind::TooLarge, "{error}");
}
