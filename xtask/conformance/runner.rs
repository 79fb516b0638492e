//! Runs cases, one JSON object a line, and writes the outcome of each. It judges nothing.
//!
//! Usage: `runner CASES RESULTS`. Each result is written before the next case begins, so that the case
//! that ended the process can be identified.

mod batches;
mod registry;

use serde_json::{Value, json};
use std::error::Error;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

/// The result of decoding a body.
#[derive(Default)]
pub(crate) struct Decoded {
    /// The value, encoded again.
    pub(crate) json: Vec<u8>,
    /// Members that their type declares, but that were kept as if it did not.
    pub(crate) hidden: Vec<String>,
    /// Members that are not of their declared types, and so were kept as they came.
    pub(crate) unread: Vec<String>,
}

/// The message of the last panic.
static PANIC: Mutex<String> = Mutex::new(String::new());

fn main() -> Result<(), Box<dyn Error>> {
    std::panic::set_hook(Box::new(|info| {
        *PANIC.lock().unwrap_or_else(PoisonError::into_inner) = info.to_string();
    }));
    // Without optimization a deeply nested value takes much of the stack.
    let thread = std::thread::Builder::new().stack_size(256 << 20);
    let done = thread.spawn(|| run().map_err(|error| error.to_string()))?.join();
    done.unwrap_or_else(|_| Err("the runner panicked".to_owned())).map_err(Into::into)
}

fn run() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().ok_or("usage: runner CASES RESULTS");
    let cases = fs::read_to_string(next()?)?;
    let mut results = OpenOptions::new().create(true).append(true).open(next()?)?;
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line)?;
        let ran = catch_unwind(AssertUnwindSafe(|| result(&case)));
        let mut result = ran.unwrap_or_else(|_| {
            let message = PANIC.lock().unwrap_or_else(PoisonError::into_inner).clone();
            json!({ "panic": message })
        });
        result["record"] = case["record"].clone();
        result["kind"] = case["kind"].clone();
        results.write_all(format!("{result}\n").as_bytes())?;
    }
    Ok(())
}

fn result(case: &Value) -> Value {
    if case["kind"] == "request" {
        return example(case);
    }
    match registry::decoded(case) {
        Ok(Decoded { json, hidden, unread }) => {
            json!({ "json": String::from_utf8_lossy(&json), "hidden": hidden, "unread": unread })
        }
        Err(error) => json!({ "error": error }),
    }
}

fn example(case: &Value) -> Value {
    let recorder = harness::Recorder::default();
    // An id of the request would be a header that the documentation does not have.
    let builder = client::Client::builder().no_client_request_id();
    let client = match builder.transport(recorder.clone()).build() {
        Ok(client) => client,
        Err(error) => return json!({ "error": error.to_string() }),
    };
    let number = case["record"].as_u64().unwrap_or(u64::MAX);
    let Some(running) = batches::example(number, &client) else {
        return json!({ "error": "there is no such example" });
    };
    let outcome = harness::finish(running);
    let sent: Vec<Value> = recorder
        .take()
        .into_iter()
        .map(|sent| {
            let harness::Sent { method, uri, headers, body } = sent;
            json!({ "method": method, "uri": uri, "headers": headers, "body": body })
        })
        .collect();
    match outcome {
        Some(outcome) => {
            json!({ "sent": sent, "type_name": outcome.type_name, "error": outcome.error })
        }
        None => json!({ "sent": sent, "error": "it waits for something that does not come" }),
    }
}
