use golden_events::Client;
use golden_events::runtime::model::Untyped;
use golden_events::types::{Step, StepOp};

pub async fn example(client: &Client) -> Result<(), Box<dyn std::error::Error>> {
    let body = [
        Step::new(StepOp::Replace, "/today").value(r#"{"a": [1]}"#.parse::<Untyped>()?),
        Step::new(StepOp::Remove, "/old"),
    ];
    client.animals().edit_diary(7, body).await?;
    Ok(())
}
