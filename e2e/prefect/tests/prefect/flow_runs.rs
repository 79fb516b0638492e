//! Flow runs: states, inputs, labels, history and lists.

use crate::{Done, Id, NOBODY, flow, map, texts, untyped};
use e2e_prefect::Service;
use prefect_client::flow_runs::{BulkSetFlowRunStateError, ReadFlowRunError};
use prefect_client::runtime::model::Maybe;
use prefect_client::types::*;
use serde_json::json;

/// A new run of a new flow.
async fn run(service: &Service, name: &str) -> FlowRunResponse {
    let flow = flow(service, name).await;
    let new = FlowRunCreate::new(flow.id).name(name);
    service.read(service.client.flow_runs().create(new)).await.expect("a new run")
}

fn named_like(name: &str) -> FlowRunFilter {
    FlowRunFilter::default().name(FlowRunFilterName::default().like(name))
}

#[tokio::test]
async fn a_run_is_made_read_changed_and_deleted() -> Done {
    let service = Service::connect();
    let runs = service.client.flow_runs();
    let flow = flow(&service, "run-crud").await;
    let parameters = map(json!({ "x": 1, "y": [null, 1.5, "z"], "deep": { "a": { "b": {} } } }));
    let new = FlowRunCreate::new(flow.id.clone())
        .name("run-crud")
        .parameters(parameters.clone())
        .tags(texts(["a"]))
        .idempotency_key("run-crud")
        .flow_version("1.0")
        .state(StateCreate::new(StateType::Pending).message("made"));
    let made = service.read(runs.create(&new)).await?;
    assert_eq!((&made.flow_id, made.parameters.as_ref()), (&flow.id, Some(&parameters)));
    let state = made.state.as_ref().expect("a state");
    assert_eq!((&state.r#type, state.message.as_deref()), (&StateType::Pending, Some("made")));
    // The key makes it the same run.
    assert_eq!(service.read(runs.create(&new)).await?.id, made.id);

    let change = FlowRunUpdate::default().name("run-changed").flow_version(Maybe::Null);
    runs.update(&made.id, change.tags(texts(["b", "c"]))).await?;
    let read = service.read(runs.read_flow_run(&made.id)).await?;
    assert_eq!((read.name.as_deref(), read.tags), (Some("run-changed"), Some(texts(["b", "c"]))));
    assert_eq!(read.idempotency_key.as_deref(), Some("run-crud"), "what is absent stays as it is");

    runs.update_flow_run_labels(&made.id, map(json!({ "team": "e2e", "n": 1 }))).await?;
    let labels = service.read(runs.read_flow_run(&made.id)).await?.labels.expect("labels");
    assert_eq!(labels["team"], FlowRunResponseLabelsValue::Text("e2e".to_owned()));
    assert_eq!(labels["n"], FlowRunResponseLabelsValue::Integer(1));

    runs.delete(&made.id).await?;
    let error = runs.read_flow_run(&made.id).await.expect_err("no run");
    assert!(matches!(error.typed(), Some(ReadFlowRunError::NotFound(_))), "{error}");
    Ok(())
}

#[tokio::test]
async fn states_follow_one_another() -> Done {
    let service = Service::connect();
    let client = &service.client;
    let made = run(&service, "run-states").await;
    let set = |id: &Id, state: StateCreate| {
        let body = BodySetFlowRunStateFlowRunsIdSetStatePost::new(state);
        client.flow_runs().set_flow_run_state(id, body)
    };
    let result = service.read(set(&made.id, StateCreate::new(StateType::Running))).await?;
    assert_eq!(result.status, SetStateStatus::Accept);
    assert!(
        matches!(result.details, OrchestrationResultDetails::StateAcceptDetails(_)),
        "{result:?}"
    );
    let done =
        StateCreate::new(StateType::Completed).name("Done").data(untyped(json!({ "a": [1] })));
    let result = service.read(set(&made.id, done)).await?;
    let state = result.state.expect("a state");
    assert_eq!((state.name.as_deref(), &state.r#type), (Some("Done"), &StateType::Completed));
    // What has ended does not begin again by itself.
    let result = service.read(set(&made.id, StateCreate::new(StateType::Pending))).await?;
    assert_eq!(result.status, SetStateStatus::Reject);
    let OrchestrationResultDetails::StateRejectDetails(details) = result.details else { panic!() };
    assert_eq!(details.reason.as_deref(), Some("Run is already COMPLETED."));

    let states = service.read(client.flow_run_states().read_flow_run_states(&made.id)).await?;
    let types: Vec<&StateType> = states.iter().map(|state| &state.r#type).collect();
    assert_eq!(types, [&StateType::Pending, &StateType::Running, &StateType::Completed]);
    let last = service.read(client.flow_run_states().read_flow_run_state(&states[1].id)).await?;
    assert_eq!(last, states[1]);
    let error = client.flow_run_states().read_flow_run_state(NOBODY).await.expect_err("no state");
    assert!(error.is_not_found());

    let read = service.read(client.flow_runs().read_flow_run(&made.id)).await?;
    assert_eq!((read.state_type, read.run_count), (Some(StateType::Completed), Some(1)));
    Ok(())
}

#[tokio::test]
async fn a_paused_run_resumes() -> Done {
    let service = Service::connect();
    let runs = service.client.flow_runs();
    let made = run(&service, "run-paused").await;
    let state = |state| BodySetFlowRunStateFlowRunsIdSetStatePost::new(StateCreate::new(state));
    service.read(runs.set_flow_run_state(&made.id, state(StateType::Running))).await?;
    service.read(runs.set_flow_run_state(&made.id, state(StateType::Paused).force(true))).await?;
    // Its body is optional, and absent here.
    let result = service.read(runs.resume(&made.id)).await?;
    assert_eq!(result.status, SetStateStatus::Accept, "{result:?}");
    // It is no longer paused, which the service reports in a success.
    let again = service.read(runs.resume(&made.id)).await?;
    assert_eq!(again.status, SetStateStatus::Abort);
    let OrchestrationResultDetails::StateAbortDetails(details) = again.details else { panic!() };
    assert!(details.reason.is_some_and(|reason| !reason.is_empty()));
    Ok(())
}

#[tokio::test]
async fn inputs_are_kept_by_key() -> Done {
    let service = Service::connect();
    let runs = service.client.flow_runs();
    let made = run(&service, "run-inputs").await;
    for (key, value) in [("answer-1", "{\"a\": 1}"), ("answer-2", "2"), ("other", "3")] {
        let body = BodyCreateFlowRunInputFlowRunsIdInputPost::new(key, value).sender("e2e");
        service.read(runs.create_flow_run_input(&made.id, body)).await?;
    }
    let read = service.read(runs.read_flow_run_input(&made.id, "answer-1")).await?;
    assert_eq!(read.value(), json!({ "a": 1 }), "a value is JSON in JSON, and read as what it is");
    let body = BodyFilterFlowRunInputFlowRunsIdInputFilterPost::new("answer-");
    let found = service
        .read(runs.filter_flow_run_input(&made.id, body.exclude_keys(texts(["answer-2"]))))
        .await?;
    let keys: Vec<&str> = found.iter().map(|one| one.key.as_str()).collect();
    assert_eq!((keys, found[0].sender.as_deref()), (vec!["answer-1"], Some("e2e")));
    runs.delete_flow_run_input(&made.id, "other").await?;
    let error = runs.read_flow_run_input(&made.id, "other").await.expect_err("no input");
    assert!(error.is_not_found());
    let twice = BodyCreateFlowRunInputFlowRunsIdInputPost::new("answer-1", "1");
    let error = runs.create_flow_run_input(&made.id, twice).await.expect_err("the key is taken");
    assert!(error.is_conflict(), "{error}");
    Ok(())
}

#[tokio::test]
async fn lists_are_filtered_sorted_counted_and_in_pages() -> Done {
    let service = Service::connect();
    let runs = service.client.flow_runs();
    let flow = flow(&service, "run-lists").await;
    for (name, state) in [
        ("run-list-c", StateType::Failed),
        ("run-list-a", StateType::Completed),
        ("run-list-b", StateType::Failed),
    ] {
        let new = FlowRunCreate::new(flow.id.clone()).name(name).state(StateCreate::new(state));
        service.read(runs.create(new)).await?;
    }
    let names = |runs: &[FlowRunResponse]| -> Vec<String> {
        runs.iter().filter_map(|run| run.name.clone()).collect()
    };
    let mine = || named_like("run-list-");
    let body = BodyReadFlowRunsFlowRunsFilterPost::default().flow_runs(mine());
    let found = service.read(runs.read_flow_runs().body(body.sort(FlowRunSort::NameDesc))).await?;
    assert_eq!(names(&found), ["run-list-c", "run-list-b", "run-list-a"]);

    let failed = FlowRunFilterStateType::default().any(vec![StateType::Failed]);
    let failed = mine().state(FlowRunFilterState::default().r#type(failed));
    let body = BodyReadFlowRunsFlowRunsFilterPost::default().flow_runs(failed.clone());
    let page = body.sort(FlowRunSort::NameAsc).offset(1).limit(1);
    assert_eq!(names(&service.read(runs.read_flow_runs().body(page)).await?), ["run-list-c"]);
    let body = BodyCountFlowRunsFlowRunsCountPost::default().flow_runs(failed);
    assert_eq!(service.read(runs.count().body(body)).await?, 2);

    let body = BodyPaginateFlowRunsFlowRunsPaginatePost::default().flow_runs(mine()).limit(2);
    let page = service.read(runs.paginate().body(body.page(2).sort(FlowRunSort::NameAsc))).await?;
    assert_eq!((page.count, page.pages, page.results.len()), (3, 2, 1));

    let (start, end) = ("2020-01-01T00:00:00Z".parse(), "2020-01-02T00:00:00Z".parse());
    let (start, end): (Time, Time) = (start.expect("a time"), end.expect("a time"));
    let body = BodyFlowRunHistoryFlowRunsHistoryPost::new(start, end, 43_200.0).flow_runs(mine());
    let history = service.read(runs.history(body)).await?;
    assert!(history.iter().all(|one| one.states.is_empty()) && history.len() >= 2, "{history:?}");
    let average = service.read(runs.average_flow_run_lateness()).await?;
    assert!(average.is_none_or(|seconds| seconds >= 0.0));

    let state = StateCreate::new(StateType::Cancelled).message("all of them");
    let body = BodyBulkSetFlowRunStateFlowRunsBulkSetStatePost::new(state).flow_runs(mine());
    let results = service.read(runs.bulk_set_flow_run_state(body.force(true))).await?.results;
    assert_eq!(results.map(|all| all.len()), Some(3));
    let body = BodyBulkDeleteFlowRunsFlowRunsBulkDeletePost::default().flow_runs(mine());
    let deleted = service.read(runs.bulk_delete().body(body)).await?.deleted;
    assert_eq!(deleted.map(|ids| ids.len()), Some(3));
    Ok(())
}

type Time =
    prefect_client::runtime::model::Formatted<prefect_client::runtime::primitive::DateTimeOffset>;

#[tokio::test]
async fn the_page_of_a_run_has_what_it_needs() -> Done {
    let service = Service::connect();
    let runs = service.client.flow_runs();
    let made = run(&service, "run-graph").await;
    let task = TaskRunCreate::new("task", "0").name("one").flow_run_id(made.id.clone());
    let task = service.read(service.client.task_runs().create(task)).await?;
    let graph = service.read(runs.read_flow_run_graph_v2(&made.id)).await?;
    assert!(graph.nodes.iter().all(|node| node.rest.is_empty()), "{graph:?}");
    let graph = service.read(runs.read_flow_run_graph_v1(&made.id)).await?;
    assert_eq!((graph.len(), &graph[0].id), (1, &task.id));
    let body = BodyCountTaskRunsByFlowRunUiFlowRunsCountTaskRunsPost::new(vec![made.id.clone()]);
    let counts = service.read(runs.count_task_runs_by(body)).await?;
    assert_eq!(counts[made.id.as_str()], 1);
    let history = service.read(runs.read_flow_run_history()).await?;
    assert!(history.iter().all(|one| one.lateness >= 0.0));
    // The logs are a file of CSV, which the document has as any JSON.
    let logs = service.read(runs.download_logs(&made.id)).await?;
    assert!(logs.value().as_str().is_some_and(|text| text.starts_with("timestamp,")), "{logs:?}");
    Ok(())
}

#[tokio::test]
async fn errors_are_typed() -> Done {
    let service = Service::connect();
    let runs = service.client.flow_runs();
    let error = runs.read_flow_run("no id").await.expect_err("no id");
    assert!(error.status().is_some() || error.to_string().contains("id"), "{error}");
    let body = BodyBulkSetFlowRunStateFlowRunsBulkSetStatePost::new(StateCreate::new("ODD".into()));
    let error = runs.bulk_set_flow_run_state(body).await.expect_err("no state");
    let Some(BulkSetFlowRunStateError::UnprocessableContent(invalid)) = error.typed() else {
        panic!("{error}")
    };
    assert_eq!(invalid.exception_detail.expect("details")[0].r#type, "enum");
    Ok(())
}
