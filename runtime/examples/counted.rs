//! The work whose instructions `cargo xtask bench --instructions` counts: `decode`, `encode` or `request`,
//! and the number of repetitions.
//!
//! A page has objects as a generated crate has them, with members that their type does not declare.
//! Requests are answered without a connection, so only the client is counted.

#[allow(dead_code)] // The tests need more of it.
#[path = "../tests/wire/model.rs"]
mod model;

use std::hint::black_box;

use model::UserStatus;
use schemacrate_runtime::model::{from_json, to_json};
use schemacrate_runtime::transport::Replay;
use schemacrate_runtime::{Error, Page, Request, ServiceClient};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [work, times] = arguments.as_slice() else {
        return Err("decode, encode or request, and how often".into());
    };
    let times: usize = times.parse()?;
    match work.as_str() {
        "decode" => {
            let json = page();
            for _ in 0..times {
                black_box(from_json::<Page<UserStatus>>(black_box(json.as_bytes()))?);
            }
        }
        "encode" => {
            let page: Page<UserStatus> = from_json(page().as_bytes())?;
            for _ in 0..times {
                black_box(to_json(black_box(&page)));
            }
        }
        "request" => requests(times).await?,
        other => return Err(format!("there is no work called {other}").into()),
    }
    Ok(())
}

async fn requests(times: usize) -> Result<(), Error> {
    let service = Replay::new();
    let root = "https://example.com/v1.0";
    let client =
        ServiceClient::builder(root).credential("token").transport(service.clone()).build()?;
    let answer = r#"{"id":"7","status":"notApplicable"}"#;
    for _ in 0..times {
        service.answer(200, answer);
        let request: Request<UserStatus> = model::user_status(&client, "c", "7").get();
        black_box(request.await?);
    }
    Ok(())
}

/// A page of a hundred objects.
fn page() -> String {
    let object = |number: usize| {
        format!(
            r#"{{"@odata.etag":"W/\"{number}\"","id":"user status {number}","lastReportedDateTime":"{}","status":"notApplicable","userDisplayName":"Ada \"{number}\" Ångström","devicesCount":{number}}}"#,
            model::TIME
        )
    };
    let objects: Vec<String> = (0..100).map(object).collect();
    format!(r#"{{"@odata.context":"c","value":[{}]}}"#, objects.join(","))
}
