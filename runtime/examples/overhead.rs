//! The cost of a request in the client, compared with the same request by hand on reqwest.
//!
//! `cargo run --release -p schemacrate-runtime --example overhead compare` runs both sides in turn, each in
//! a separate process, and prints the processor time for each request. The service is another process,
//! so its time is not counted. Both sides decode the page with the same decoder.

mod service;

use std::process::Command;

use schemacrate_runtime::model::{Untyped, from_json};
use schemacrate_runtime::{Page, Request};
use service::{AnyError, Service, client, client_by_hand, request_by_hand, serve};

const REQUESTS: usize = 15_000;
const ROUNDS: usize = 7;
const ENTITIES: usize = 5;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), AnyError> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["serve"] => serve(page().leak()).await,
        ["compare"] => compare(),
        ["client", root, requests] => through_client(root, requests.parse()?).await,
        ["by-hand", root, requests] => by_hand(root, requests.parse()?).await,
        _ => {
            Err("compare, or serve, or client|by-hand with a root and a number of requests".into())
        }
    }
}

/// Runs both sides in turn and prints the table.
fn compare() -> Result<(), AnyError> {
    let service = Service::start()?;
    let (mut client, mut hand) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        client.push(run("client", &service.root)?);
        hand.push(run("by-hand", &service.root)?);
    }
    let (client, hand) = (median(client), median(hand));
    println!(
        "| CPU time of a request (GET, a page of {ENTITIES} entities, loopback) | |\n|---|--:|"
    );
    println!("| by hand on reqwest | {hand:.1} µs |\n| through the client | {client:.1} µs |");
    println!("| ratio (target: ≤ 1.05) | {:.2} |", client / hand);
    Ok(())
}

/// Runs one side, and returns the microseconds for each request.
fn run(side: &str, root: &str) -> Result<f64, AnyError> {
    let mut command = Command::new(std::env::current_exe()?);
    let output = command.args([side, root, &REQUESTS.to_string()]).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// All requests through the client, one after the other.
async fn through_client(root: &str, requests: usize) -> Result<(), AnyError> {
    let client = client(root)?;
    let began = processor_time()?;
    for number in 0..requests {
        let device = client.resource("devices").key_segment(&number.to_string());
        let request: Request<Page<Untyped>> = device.get();
        assert_eq!(request.await?.value.len(), ENTITIES);
    }
    report(began, requests)
}

/// The same requests with reqwest alone.
async fn by_hand(root: &str, requests: usize) -> Result<(), AnyError> {
    let client = client_by_hand()?;
    let began = processor_time()?;
    for number in 0..requests {
        let answer = request_by_hand(&client, root, number).send().await?;
        let body = answer.error_for_status()?.bytes().await?;
        assert_eq!(from_json::<Page<Untyped>>(&body)?.value.len(), ENTITIES);
    }
    report(began, requests)
}

/// Prints the microseconds for each request.
#[allow(clippy::cast_precision_loss)] // The count is small.
fn report(began: f64, requests: usize) -> Result<(), AnyError> {
    println!("{}", (processor_time()? - began) * 1e6 / requests as f64);
    Ok(())
}

/// The seconds of processor time of the main thread, where everything runs. Linux reports the time of a
/// thread in nanoseconds, but that of a process only in hundredths of a second.
#[allow(clippy::cast_precision_loss)] // The time is short.
fn processor_time() -> Result<f64, AnyError> {
    let text = std::fs::read_to_string("/proc/self/schedstat")?;
    let nanoseconds = text.split_whitespace().next().ok_or("nothing in /proc/self/schedstat")?;
    Ok(nanoseconds.parse::<u64>()? as f64 / 1e9)
}

/// A page of entities like those of a directory.
fn page() -> Vec<u8> {
    let entity = |number: usize| {
        format!(
            r#"{{"id":"00000000-0000-0000-0000-{number:012}","displayName":"Device {number}","accountEnabled":true,"approximateLastSignInDateTime":"2026-01-01T00:00:00Z","operatingSystem":"Windows","operatingSystemVersion":"10.0","trustType":"AzureAd","physicalIds":["a","b"]}}"#
        )
    };
    let entities: Vec<String> = (0..ENTITIES).map(entity).collect();
    let body = format!(r#"{{"value":[{}]}}"#, entities.join(","));
    let length = body.len();
    format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}")
        .into_bytes()
}
