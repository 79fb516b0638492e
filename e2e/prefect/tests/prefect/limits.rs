//! Limits of what runs at once: by tag, and by name with leases.

use crate::{Done, NOBODY, texts};
use e2e_prefect::Service;
use prefect_client::concurrency_limits_v2::{
    CreateConcurrencyLimitV2Error, ReadConcurrencyLimitV2Error,
};
use prefect_client::types::*;

#[tokio::test]
async fn limits_of_tags() -> Done {
    let service = Service::connect();
    let limits = service.client.concurrency_limits();
    let made = service.read(limits.create(ConcurrencyLimitCreate::new("limit tag", 2))).await?;
    assert_eq!((made.tag.as_str(), made.concurrency_limit), ("limit tag", 2));
    let task: crate::Id = NOBODY.parse().expect("an id");
    let body = BodyIncrementConcurrencyLimitsV1ConcurrencyLimitsIncrementPost::new(
        texts(["limit tag"]),
        task.clone(),
    );
    let taken = service.read(limits.increment_concurrency_limits_v1(body)).await?;
    assert_eq!((taken.len(), taken[0].limit), (1, 2));
    let read = service.read(limits.read_concurrency_limit_by_tag("limit tag")).await?;
    assert_eq!(read.active_slots, Some(vec![task.clone()]));
    assert_eq!(service.read(limits.read_concurrency_limit(&made.id)).await?.id, made.id);
    let body = BodyDecrementConcurrencyLimitsV1ConcurrencyLimitsDecrementPost::new(
        texts(["limit tag"]),
        task,
    );
    service.read(limits.decrement_concurrency_limits_v1(body)).await?;
    service.read(limits.reset_concurrency_limit_by_tag("limit tag")).await?;
    let body = BodyReadConcurrencyLimitsConcurrencyLimitsFilterPost::default().limit(5);
    let found = service.read(limits.read_concurrency_limits().body(body)).await?;
    assert!(
        found.iter().any(|one| one.id == made.id && one.active_slots == Some(vec![])),
        "{found:?}"
    );
    service.read(limits.delete_concurrency_limit_by_tag("limit tag")).await?;
    let error = limits.delete(&made.id).await.expect_err("no limit");
    assert!(error.is_not_found());
    Ok(())
}

#[tokio::test]
async fn limits_of_names() -> Done {
    let service = Service::connect();
    let limits = service.client.concurrency_limits_v2();
    let new =
        ConcurrencyLimitV2Create::new("limit name", 3).slot_decay_per_second(0.25).active(true);
    let made = service.read(limits.create_concurrency_limit_v2(&new)).await?;
    assert_eq!((made.limit, made.slot_decay_per_second), (3, Some(0.25)));
    let error = limits.create_concurrency_limit_v2(&new).await.expect_err("the name is taken");
    assert!(matches!(error.typed(), Some(CreateConcurrencyLimitV2Error::Conflict(_))), "{error}");

    let body =
        BodyBulkIncrementActiveSlotsV2ConcurrencyLimitsIncrementPost::new(2, texts(["limit name"]));
    let taken = service.read(limits.bulk_increment_active_slots(&body)).await?;
    assert_eq!((taken.len(), &taken[0].id), (1, &made.id));
    // There is one left. 423 is not declared, and the header says when to come again.
    let error = limits.bulk_increment_active_slots(&body).await.expect_err("too many");
    assert!(error.is_locked(), "{error}");
    assert!(error.retry_after().is_some_and(|time| !time.is_zero()), "{:?}", error.headers());
    let read = service.read(limits.read_concurrency_limit_v2("limit name")).await?;
    assert_eq!((read.active_slots, read.limit), (2, 3));
    let body =
        BodyBulkDecrementActiveSlotsV2ConcurrencyLimitsDecrementPost::new(2, texts(["limit name"]));
    service.read(limits.bulk_decrement_active_slots(body)).await?;

    let body = BodyBulkIncrementActiveSlotsWithLeaseV2ConcurrencyLimitsIncrementWithLeasePost::new(
        1,
        texts(["limit name"]),
    );
    let lease = service
        .read(limits.bulk_increment_active_slots_with_lease(body.lease_duration(60.0)))
        .await?;
    let renewal = BodyRenewConcurrencyLeaseV2ConcurrencyLimitsLeasesLeaseIdRenewPost::default();
    limits.renew_concurrency_lease(&lease.lease_id).body(renewal.lease_duration(120.0)).await?;
    let body = BodyBulkDecrementActiveSlotsWithLeaseV2ConcurrencyLimitsDecrementWithLeasePost::new(
        lease.lease_id,
    );
    limits.bulk_decrement_active_slots_with_lease(body).await?;

    limits
        .update_concurrency_limit_v2(made.id.as_str(), ConcurrencyLimitV2Update::default().limit(5))
        .await?;
    let all = service.read(limits.read_all()).await?;
    let one = all.iter().find(|one| one.id == made.id).expect("the limit");
    assert_eq!((one.limit, one.active), (5, Some(true)));
    limits.delete_concurrency_limit_v2("limit name").await?;
    let error = limits.read_concurrency_limit_v2("limit name").await.expect_err("no limit");
    assert!(matches!(error.typed(), Some(ReadConcurrencyLimitV2Error::NotFound(_))), "{error}");
    Ok(())
}
