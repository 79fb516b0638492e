//! Ten thousand requests at once through one client, and the same by hand on reqwest.
//!
//! `cargo run --release -p schemacrate-runtime --example load` prints both times and their ratio. Each
//! request has its own connection at first, so the machine must allow some 10,000 open files for
//! each process (`ulimit -n`); the service is another process.

mod service;

use std::time::{Duration, Instant};

use schemacrate_runtime::{Request, ServiceClient};
use service::{AnyError, Service, client, client_by_hand, request_by_hand, serve};
use tokio::task::JoinSet;

const REQUESTS: usize = 10_000;
const ROUNDS: usize = 8;
const ANSWER: &[u8] =
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5\r\n\r\n\"yes\"";

#[tokio::main]
async fn main() -> Result<(), AnyError> {
    let argument = std::env::args().nth(1);
    if argument.as_deref() == Some("serve") {
        return serve(ANSWER).await;
    }
    let requests = argument.map_or(Ok(REQUESTS), |number| number.parse())?;
    let service = Service::start()?;
    // The first round makes the connections of each client, and is not counted.
    let mut mine = Vec::new();
    let ours = client(&service.root)?;
    for _ in 0..ROUNDS {
        mine.push(through_client(&ours, requests).await?);
    }
    drop(ours);
    let theirs = client_by_hand()?;
    let mut hand = Vec::new();
    for _ in 0..ROUNDS {
        hand.push(by_hand(&theirs, &service.root, requests).await?);
    }
    let (mine, hand) = (median(&mut mine[1..]), median(&mut hand[1..]));
    println!("{requests} requests at once: {mine:?} through the client, {hand:?} by hand");
    println!("ratio {:.2}", mine.as_secs_f64() / hand.as_secs_f64());
    Ok(())
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// All requests through the client; every answer is checked.
async fn through_client(client: &ServiceClient, requests: usize) -> Result<Duration, AnyError> {
    let began = Instant::now();
    let mut tasks = JoinSet::new();
    for number in 0..requests {
        let device = client.resource("devices").key_segment(number.to_string());
        let request: Request<String> = device.get();
        tasks.spawn(async move { request.await });
    }
    let mut answers = 0;
    while let Some(answer) = tasks.join_next().await {
        assert_eq!(answer??, "yes");
        answers += 1;
    }
    assert_eq!(answers, requests, "no answer is lost");
    Ok(began.elapsed())
}

/// The same requests with reqwest alone.
async fn by_hand(
    client: &reqwest::Client,
    root: &str,
    requests: usize,
) -> Result<Duration, AnyError> {
    let began = Instant::now();
    let mut tasks = JoinSet::new();
    for number in 0..requests {
        let request = request_by_hand(client, root, number);
        tasks.spawn(async move { request.send().await?.error_for_status()?.bytes().await });
    }
    let mut answers = 0;
    while let Some(answer) = tasks.join_next().await {
        let state: String = serde_json::from_slice(&answer??)?;
        assert_eq!(state, "yes");
        answers += 1;
    }
    assert_eq!(answers, requests, "no answer is lost");
    Ok(began.elapsed())
}
