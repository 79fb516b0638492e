//! Task runs, with and without a flow run.

use crate::{Done, NOBODY, flow, texts};
use e2e_prefect::Service;
use prefect_client::task_runs::ReadTaskRunError;
use prefect_client::types::*;

#[tokio::test]
async fn a_task_run_is_made_read_changed_and_deleted() -> Done {
    let service = Service::connect();
    let client = &service.client;
    let flow = flow(&service, "task-runs").await;
    let run = service.read(client.flow_runs().create(FlowRunCreate::new(flow.id))).await?;
    let input = TaskRunResult::new(NOBODY.parse::<crate::Id>().expect("an id"));
    let inputs = [("x".to_owned(), vec![input.into(), Constant::new("str").into()])];
    let new = TaskRunCreate::new("task-crud", "0")
        .name("task-crud")
        .flow_run_id(run.id.clone())
        .tags(texts(["a"]))
        .task_inputs(inputs.into_iter().collect())
        .state(StateCreate::new(StateType::Pending));
    let made = service.read(client.task_runs().create(&new)).await?;
    let inputs = &made.task_inputs.as_ref().expect("inputs")["x"];
    assert!(matches!(inputs[0], TaskRunTaskInputsValueItem::TaskRunResult(_)), "{inputs:?}");
    assert!(matches!(inputs[1], TaskRunTaskInputsValueItem::Constant(_)), "{inputs:?}");
    assert_eq!(service.read(client.task_runs().read_task_run(&made.id)).await?.id, made.id);

    let running = StateCreate::new(StateType::Running);
    let body = BodySetTaskRunStateTaskRunsIdSetStatePost::new(running.clone());
    let result = service.read(client.task_runs().set_task_run_state(&made.id, &body)).await?;
    let OrchestrationResultDetails::StateAbortDetails(details) = result.details else { panic!() };
    let reason = details.reason.expect("a reason");
    assert_eq!(reason, "The enclosing flow must be running to begin task execution.");
    let of_flow = BodySetFlowRunStateFlowRunsIdSetStatePost::new(running);
    service.read(client.flow_runs().set_flow_run_state(&run.id, of_flow)).await?;

    client.task_runs().update(&made.id, TaskRunUpdate::default().name("task-changed")).await?;
    let result = service.read(client.task_runs().set_task_run_state(&made.id, body)).await?;
    assert_eq!(result.status, SetStateStatus::Accept, "{result:?}");
    let read = service.read(client.task_runs().read_task_run(&made.id)).await?;
    assert_eq!(
        (read.name.as_deref(), read.state_type),
        (Some("task-changed"), Some(StateType::Running))
    );
    let states = service.read(client.task_run_states().read_task_run_states(&made.id)).await?;
    assert_eq!(states.len(), 2);
    let state = service.read(client.task_run_states().read_task_run_state(&states[0].id)).await?;
    assert_eq!(state, states[0]);
    let page = service.read(client.task_runs().read_task_run_with_flow_run_name(&made.id)).await?;
    assert_eq!(page.flow_run_name, run.name);

    client.task_runs().delete(&made.id).await?;
    let error = client.task_runs().read_task_run(&made.id).await.expect_err("no task run");
    assert!(matches!(error.typed(), Some(ReadTaskRunError::NotFound(_))), "{error}");
    Ok(())
}

#[tokio::test]
async fn lists_are_filtered_counted_and_in_pages() -> Done {
    let service = Service::connect();
    let tasks = service.client.task_runs();
    for number in 0..3 {
        let new = TaskRunCreate::new("task-list", number.to_string());
        let new =
            new.name(format!("task-list-{number}")).state(StateCreate::new(StateType::Scheduled));
        service.read(tasks.create(new)).await?;
    }
    let mine = || TaskRunFilter::default().name(TaskRunFilterName::default().like("task-list-"));
    let body = BodyReadTaskRunsTaskRunsFilterPost::default().task_runs(mine());
    let found = service
        .read(tasks.read_task_runs().body(body.sort(TaskRunSort::NameDesc).limit(2)))
        .await?;
    let names: Vec<&str> = found.iter().filter_map(|one| one.name.as_deref()).collect();
    assert_eq!(names, ["task-list-2", "task-list-1"]);
    let body = BodyCountTaskRunsTaskRunsCountPost::default().task_runs(mine());
    assert_eq!(service.read(tasks.count().body(body)).await?, 3);
    let body = BodyPaginateTaskRunsTaskRunsPaginatePost::default().task_runs(mine()).limit(2);
    let page = service.read(tasks.paginate().body(body.page(2))).await?;
    assert_eq!((page.count, page.pages, page.results.len()), (3, 2, 1));
    let body = BodyReadTaskRunCountsByStateUiTaskRunsCountPost::default().task_runs(mine());
    let counts = service.read(tasks.read_task_run_counts_by_state().body(body)).await?;
    assert_eq!((counts.scheduled, counts.running), (Some(3), Some(0)));
    Ok(())
}
