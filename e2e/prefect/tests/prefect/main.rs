//! A generated client against Prefect's API server. Each test has its own objects, because the tests run in
//! parallel.

mod artifacts;
mod blocks;
mod deployments;
mod events;
mod flow_runs;
mod flows;
mod limits;
mod logs;
mod server;
mod task_runs;
mod variables;
mod work_pools;

use e2e_prefect::Service;
use prefect_client::runtime::Error;
use prefect_client::runtime::IndexMap;
use prefect_client::runtime::model::{Formatted, Untyped};
use prefect_client::runtime::primitive::Guid;
use prefect_client::types::{Flow, FlowCreate};
use serde_json::Value;

/// The id of no object.
const NOBODY: &str = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

type Id = Formatted<Guid>;
type Done = Result<(), Error>;

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

fn untyped(value: Value) -> Untyped {
    Untyped::from_text(value.to_string()).expect("JSON")
}

/// The members of a JSON object.
fn map(value: Value) -> IndexMap<String, Untyped> {
    let Value::Object(members) = value else { panic!("not an object: {value}") };
    members.into_iter().map(|(name, value)| (name, untyped(value))).collect()
}

async fn flow(service: &Service, name: &str) -> Flow {
    service.read(service.client.flows().create(FlowCreate::new(name))).await.expect("a new flow")
}
