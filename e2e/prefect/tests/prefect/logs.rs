//! Logs: many lines in one request, and lists of them.

use crate::{Done, Id, NOBODY};
use e2e_prefect::Service;
use prefect_client::logs::CreateError;
use prefect_client::types::{
    BodyReadLogsLogsFilterPost, LogCreate, LogFilter, LogFilterFlowRunId, LogFilterLevel, LogSort,
};

/// The times of the lines, each written in another form.
const TIMES: [&str; 3] =
    ["2026-11-30T12:00:00Z", "2026-11-30T13:00:01.5+01:00", "2026-11-30T12:00:02.123456Z"];

#[tokio::test]
async fn lines_are_sent_together_and_read_in_pages() -> Done {
    let service = Service::connect();
    let logs = service.client.logs();
    let run: Id = "0b6a1e2c-4b4e-4c7c-9c39-2a2c1d1f0a11".parse().expect("an id");
    let line = |number: usize| {
        let time: prefect_client::runtime::model::Formatted<_> =
            TIMES[number % 3].parse().expect("a time");
        let message = format!("line {number}: \u{1F980} \"quoted\" \\ \n\t");
        let level = if number % 2 == 0 { 20 } else { 40 };
        LogCreate::new("e2e.logger", level, message, time).flow_run_id(run.clone())
    };
    let lines: Vec<LogCreate> = (0..150).map(line).collect();
    service.read(logs.create(&lines)).await?;

    let mine =
        || LogFilter::default().flow_run_id(LogFilterFlowRunId::default().any(vec![run.clone()]));
    let mut found = Vec::new();
    loop {
        let offset = i64::try_from(found.len()).expect("a small number");
        let body = BodyReadLogsLogsFilterPost::default().logs(mine()).limit(60).offset(offset);
        let page = service.read(logs.read().body(body.sort(LogSort::TimestampAsc))).await?;
        if page.is_empty() {
            break;
        }
        found.extend(page);
    }
    assert_eq!(found.len(), 150);
    let mut messages: Vec<&str> = found.iter().map(|log| log.message.as_str()).collect();
    let mut sent: Vec<&str> = lines.iter().map(|line| line.message.as_str()).collect();
    messages.sort_unstable();
    sent.sort_unstable();
    assert_eq!(messages, sent);
    let first = found[0].timestamp.get().expect("a time");
    let last = found[149].timestamp.get().expect("a time");
    assert!(first < last);

    let errors = mine().level(LogFilterLevel::default().ge(40));
    let body = BodyReadLogsLogsFilterPost::default().logs(errors);
    let found = service.read(logs.read().body(body)).await?;
    assert_eq!(found.len(), 75);
    assert!(found.iter().all(|log| log.level == 40 && log.flow_run_id.as_ref() == Some(&run)));
    Ok(())
}

#[tokio::test]
async fn a_limit_that_is_too_large_is_a_typed_error() {
    let service = Service::connect();
    let body = BodyReadLogsLogsFilterPost::default().limit(1_000_000);
    let error = service.client.logs().read().body(body).await.expect_err("too many");
    let Some(CreateError::UnprocessableContent(_)) = error.typed() else { panic!("{error}") };
    let error = service.client.flow_runs().download_logs(NOBODY).await.expect_err("no run");
    assert!(error.is_not_found());
}
