//! Deployments: what is run by whom, with which values, and when.

use crate::{Done, flow, map, texts};
use e2e_prefect::Service;
use prefect_client::deployments::{CreateError, ReadDeploymentError};
use prefect_client::runtime::model::Maybe;
use prefect_client::types::*;
use serde_json::json;

async fn deployment(service: &Service, name: &str) -> DeploymentResponse {
    let flow = flow(service, name).await;
    let new = DeploymentCreate::new(name, flow.id);
    service.read(service.client.deployments().create(new)).await.expect("a new deployment")
}

#[tokio::test]
async fn a_deployment_is_made_read_changed_and_deleted() -> Done {
    let service = Service::connect();
    let deployments = service.client.deployments();
    let flow = flow(&service, "deploy-crud").await;
    let schema = json!({ "type": "object", "required": ["n"], "properties": { "n": { "type": "integer" } } });
    let labels = [("team".to_owned(), "e2e".to_owned().into())].into_iter().collect();
    let new = DeploymentCreate::new("nightly & weekly".replace(" & ", " "), flow.id.clone())
        .tags(texts(["a"]))
        .parameters(map(json!({ "n": 1 })))
        .parameter_openapi_schema(map(schema))
        .enforce_parameter_schema(true)
        .concurrency_options(ConcurrencyOptions::new(ConcurrencyLimitStrategy::CancelNew))
        .concurrency_limit(4)
        .labels(Maybe::Value(labels))
        .pull_steps(vec![map(
            json!({ "prefect.steps.set_working_directory": { "directory": "/tmp" } }),
        )]);
    let made = service.read(deployments.create(&new)).await?;
    assert_eq!(
        made.labels.as_ref().map(|all| &all["team"]),
        Some(&DeploymentResponseLabelsValue::Text("e2e".to_owned()))
    );
    let options = made.concurrency_options.as_ref().expect("options");
    assert_eq!(options.collision_strategy, ConcurrencyLimitStrategy::CancelNew);
    assert_eq!(made.global_concurrency_limit.as_ref().map(|one| one.limit), Some(4));
    let by_name = deployments.read_deployment_by_name("deploy-crud", "nightly weekly");
    assert_eq!(service.read(by_name).await?.id, made.id);

    deployments
        .update(
            &made.id,
            DeploymentUpdate::default().description("é\n").concurrency_limit(Maybe::Null),
        )
        .await?;
    let read = service.read(deployments.read_deployment(&made.id)).await?;
    assert_eq!((read.description.as_deref(), read.tags), (Some("é\n"), Some(texts(["a"]))));
    assert!(read.global_concurrency_limit.is_none());
    service.read(deployments.pause(&made.id)).await?;
    assert_eq!(service.read(deployments.read_deployment(&made.id)).await?.paused, Some(true));
    service.read(deployments.resume(&made.id)).await?;

    let bad = DeploymentFlowRunCreate::default().parameters(map(json!({ "n": "text" })));
    let error = deployments.create_flow_run_from(&made.id, bad).await.expect_err("a text");
    assert!(
        matches!(error.typed(), Some(CreateError::Conflict(failure)) if failure.detail.is_some()),
        "{error}"
    );
    let good = || DeploymentFlowRunCreate::default().parameters(map(json!({ "n": 2 })));
    let run =
        service.read(deployments.create_flow_run_from(&made.id, good().name("by hand"))).await?;
    assert_eq!(
        (run.name.as_deref(), run.deployment_id.as_ref()),
        (Some("by hand"), Some(&made.id))
    );
    let runs = vec![good().name("one"), good().name("two")];
    let results = service
        .read(deployments.bulk_create_flow_runs_from(&made.id, runs))
        .await?
        .results
        .expect("results");
    assert_eq!(results.len(), 2);
    assert!(
        results.iter().all(|one| one.status == FlowRunCreateResultStatus::Created),
        "{results:?}"
    );

    deployments.delete(&made.id).await?;
    let error = deployments.read_deployment(&made.id).await.expect_err("no deployment");
    assert!(matches!(error.typed(), Some(ReadDeploymentError::NotFound(_))), "{error}");
    Ok(())
}

const RULE: &str = "DTSTART:20300101T000000\nFREQ=DAILY;COUNT=3";

#[tokio::test]
async fn schedules_are_told_apart() -> Done {
    let service = Service::connect();
    let deployments = service.client.deployments();
    let made = deployment(&service, "deploy-schedules").await;
    let new = |schedule: DeploymentScheduleCreateSchedule| {
        DeploymentScheduleCreate::new(schedule).active(false)
    };
    let schedules = vec![
        new(CronSchedule::new("0 3 * * *").timezone("Europe/Berlin").into()),
        new(IntervalScheduleInput::new(3600.0).into()),
        new(RRuleSchedule::new(RULE).into()).slug("thrice").max_scheduled_runs(2),
    ];
    let all = service.read(deployments.create_deployment_schedules(&made.id, schedules)).await?;
    assert_eq!(all.len(), 3);
    let read = service.read(deployments.read_deployment_schedules(&made.id)).await?;
    let mut kinds = [0; 3];
    for one in &read {
        match &one.schedule {
            DeploymentScheduleSchedule::CronSchedule(cron) => {
                assert_eq!(
                    (cron.cron.as_str(), cron.timezone.as_ref()),
                    ("0 3 * * *", Maybe::Value("Europe/Berlin".to_owned()).as_ref())
                );
                kinds[0] += 1;
            }
            DeploymentScheduleSchedule::IntervalScheduleOutput(interval) => {
                assert!((interval.interval - 3600.0).abs() < f64::EPSILON);
                kinds[1] += 1;
            }
            DeploymentScheduleSchedule::RRuleSchedule(rule) => {
                assert_eq!((rule.rrule.as_str(), one.slug.as_deref()), (RULE, Some("thrice")));
                kinds[2] += 1;
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(kinds, [1; 3]);

    let first = &read[0].id;
    deployments
        .update_deployment_schedule(
            &made.id,
            first,
            DeploymentScheduleUpdate::default().active(true),
        )
        .await?;
    let read = service.read(deployments.read_deployment_schedules(&made.id)).await?;
    assert_eq!(read.iter().filter(|one| one.active == Some(true)).count(), 1);
    let body = BodyScheduleDeploymentDeploymentsIdSchedulePost::default().max_runs(2).min_runs(1);
    service.read(deployments.schedule(&made.id).body(body)).await?;
    let body =
        BodyGetScheduledFlowRunsForDeploymentsDeploymentsGetScheduledFlowRunsPost::new(vec![
            made.id.clone(),
        ]);
    service.read(deployments.get_scheduled_flow_runs_for(body)).await?;
    deployments.delete_deployment_schedule(&made.id, first).await?;
    assert_eq!(service.read(deployments.read_deployment_schedules(&made.id)).await?.len(), 2);
    Ok(())
}

#[tokio::test]
#[allow(deprecated)] // One of the requests is.
async fn lists_are_filtered_counted_and_in_pages() -> Done {
    let service = Service::connect();
    let deployments = service.client.deployments();
    for name in ["deploy-list-a", "deploy-list-b", "deploy-list-c"] {
        deployment(&service, name).await;
    }
    let mine =
        || DeploymentFilter::default().name(DeploymentFilterName::default().like("deploy-list-"));
    let body = BodyReadDeploymentsDeploymentsFilterPost::default()
        .deployments(mine())
        .sort(DeploymentSort::NameDesc);
    let found = service.read(deployments.read_deployments().body(body.limit(2))).await?;
    let names: Vec<&str> = found.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["deploy-list-c", "deploy-list-b"]);
    let body = BodyCountDeploymentsDeploymentsCountPost::default().deployments(mine());
    assert_eq!(service.read(deployments.count().body(body)).await?, 3);
    let body =
        BodyPaginateDeploymentsDeploymentsPaginatePost::default().deployments(mine()).limit(2);
    let page = service.read(deployments.paginate().body(body.page(2))).await?;
    assert_eq!((page.count, page.pages, page.results.len()), (3, 2, 1));
    assert!(service.read(deployments.work_queue_check_for(&found[0].id)).await?.len() <= 1);
    let body = BodyBulkDeleteDeploymentsDeploymentsBulkDeletePost::default().deployments(mine());
    let deleted = service.read(deployments.bulk_delete().body(body)).await?.deleted;
    assert_eq!(deleted.map(|ids| ids.len()), Some(3));
    Ok(())
}
