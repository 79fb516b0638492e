//! Work pools, their queues and workers.

use crate::{Done, map, texts};
use e2e_prefect::Service;
use prefect_client::runtime::model::Maybe;
use prefect_client::types::*;
use prefect_client::work_pools::{CreateError, ReadWorkPoolError};
use serde_json::json;

#[tokio::test]
async fn a_pool_is_made_read_changed_and_deleted() -> Done {
    let service = Service::connect();
    let pools = service.client.work_pools();
    let template = json!({ "job_configuration": { "a": "{{ a }}" }, "variables": { "type": "object", "properties": { "a": { "type": "string" } } } });
    let new = WorkPoolCreate::new("pool one & two")
        .r#type("process")
        .concurrency_limit(3)
        .base_job_template(map(template.clone()));
    let error = pools.create(&new).await.expect_err("an ampersand");
    assert!(matches!(error.typed(), Some(CreateError::UnprocessableContent(_))), "{error}");
    let mut new = new;
    new.name = "pool one".to_owned();
    let made = service.read(pools.create(&new)).await?;
    assert_eq!(
        (made.r#type.as_str(), made.concurrency_limit, made.is_paused),
        ("process", Some(3), Some(false))
    );
    let error = pools.create(&new).await.expect_err("the name is taken");
    assert!(matches!(error.typed(), Some(CreateError::Conflict(_))), "{error}");

    pools
        .update(
            "pool one",
            WorkPoolUpdate::default().is_paused(true).concurrency_limit(Maybe::Null),
        )
        .await?;
    let read = service.read(pools.read_work_pool("pool one")).await?;
    assert_eq!((read.is_paused, read.concurrency_limit), (Some(true), None));
    assert_eq!(read.base_job_template, Some(map(template)), "what is absent stays as it is");
    let mine =
        || WorkPoolFilter::default().name(WorkPoolFilterName::default().any(texts(["pool one"])));
    let body = BodyReadWorkPoolsWorkPoolsFilterPost::default().work_pools(mine());
    assert_eq!(service.read(pools.read_work_pools().body(body)).await?.len(), 1);
    let body = BodyCountWorkPoolsWorkPoolsCountPost::default().work_pools(mine());
    assert_eq!(service.read(pools.count().body(body)).await?, 1);
    let status = service.read(pools.read_work_pool_concurrency_status("pool one")).await?;
    assert_eq!((status.active_slots, status.concurrency_limit), (0, None));

    pools.delete("pool one").await?;
    let error = pools.read_work_pool("pool one").await.expect_err("no pool");
    assert!(matches!(error.typed(), Some(ReadWorkPoolError::NotFound(_))), "{error}");
    Ok(())
}

#[tokio::test]
async fn queues_and_workers_of_a_pool() -> Done {
    let service = Service::connect();
    let pools = service.client.work_pools();
    service.read(pools.create(WorkPoolCreate::new("pool-queues"))).await?;
    let queue = WorkQueueCreate::new("queue é").priority(2).description("the second");
    let made = service.read(pools.create_work_queue("pool-queues", &queue)).await?;
    assert_eq!((made.priority, made.work_pool_name.as_deref()), (Some(2), Some("pool-queues")));
    let error =
        pools.create_work_queue("pool-queues", &queue).await.expect_err("the name is taken");
    assert!(error.is_conflict(), "{error}");
    pools
        .update_work_queue(
            "pool-queues",
            "queue é",
            WorkQueueUpdate::default().concurrency_limit(7),
        )
        .await?;
    let read = service.read(pools.read_work_queue("pool-queues", "queue é")).await?;
    assert_eq!((read.concurrency_limit, read.priority, &read.id), (Some(7), Some(2), &made.id));
    let names: Vec<String> = service
        .read(pools.read_work_queues("pool-queues"))
        .await?
        .into_iter()
        .map(|one| one.name)
        .collect();
    assert_eq!(names, ["default", "queue é"]);

    let queues = service.client.work_queues();
    queues.update(&made.id, WorkQueueUpdate::default().is_paused(true)).await?;
    assert_eq!(service.read(queues.read_work_queue(&made.id)).await?.is_paused, Some(true));
    let status = service.read(queues.read_work_queue_status(&made.id)).await?;
    assert_eq!(status.late_runs_count, Some(0));
    assert_eq!(service.read(queues.read_work_queue_runs(&made.id)).await?, []);
    let status = service.read(queues.read_work_queue_concurrency_status(&made.id)).await?;
    assert_eq!(status.concurrency_limit, Some(7));
    assert!(service.read(queues.read_work_queues()).await?.iter().any(|one| one.id == made.id));

    let body = BodyWorkerHeartbeatWorkPoolsWorkPoolNameWorkersHeartbeatPost::new("worker/1 of 2");
    pools.worker_heartbeat("pool-queues", body.heartbeat_interval_seconds(30)).await?;
    let workers = service.read(pools.read_workers("pool-queues")).await?;
    assert_eq!((workers.len(), workers[0].name.as_str()), (1, "worker/1 of 2"));
    let runs = service.read(pools.get_scheduled_flow_runs("pool-queues")).await?;
    assert!(runs.is_empty());
    let body = BodyWorkerHeartbeatWorkPoolsWorkPoolNameWorkersHeartbeatPost::new("worker 2");
    pools.worker_heartbeat("pool-queues", body).await?;
    pools.delete_worker("pool-queues", "worker 2").await?;
    assert_eq!(service.read(pools.read_workers("pool-queues")).await?.len(), 1);
    pools.delete_work_queue("pool-queues", "queue é").await?;
    assert!(queues.read_work_queue(&made.id).await.expect_err("no queue").is_not_found());
    Ok(())
}
