//! Flows: names, tags and labels of what can be run.

use crate::{Done, NOBODY, flow, texts};
use e2e_prefect::Service;
use prefect_client::errors::FailureOrHttpValidationErrorOn404And409And422 as Problem;
use prefect_client::flows::ReadFlowError;
use prefect_client::types::{
    BodyBulkDeleteFlowsFlowsBulkDeletePost, BodyCountDeploymentsByFlowUiFlowsCountDeploymentsPost,
    BodyCountFlowsFlowsCountPost, BodyNextRunsByFlowUiFlowsNextRunsPost,
    BodyPaginateFlowsFlowsPaginatePost, BodyReadFlowsFlowsFilterPost, Flow, FlowCreate, FlowFilter,
    FlowFilterName, FlowFilterTags, FlowLabelsValue, FlowSort, FlowUpdate, ValidationErrorLocItem,
};

fn names(flows: &[Flow]) -> Vec<&str> {
    flows.iter().map(|flow| flow.name.as_str()).collect()
}

fn named_like(name: &str) -> FlowFilter {
    FlowFilter::default().name(FlowFilterName::default().like(name))
}

#[tokio::test]
async fn a_flow_is_made_read_changed_and_deleted() -> Done {
    let service = Service::connect();
    let flows = service.client.flows();
    let labels = [("stage", "test".to_owned().into()), ("level", 3.into()), ("hot", true.into())];
    let labels = labels.map(|(name, value)| (name.to_owned(), value)).into_iter().collect();
    let new = FlowCreate::new("crud").tags(texts(["a", "b c"])).labels(Some(labels));
    let made = service.read(flows.create(&new)).await?;
    assert_eq!(
        (made.name.as_str(), made.tags.as_deref()),
        ("crud", Some(&texts(["a", "b c"])[..]))
    );
    assert!(made.created.as_ref().is_some_and(|time| time.get().is_ok()), "{made:?}");
    let labels = made.labels.as_ref().expect("labels");
    assert_eq!(labels["stage"], FlowLabelsValue::Text("test".to_owned()));
    assert_eq!(labels["level"], FlowLabelsValue::Integer(3));
    assert_eq!(labels["hot"], FlowLabelsValue::Boolean(true));
    // There is one flow of each name.
    assert_eq!(service.read(flows.create(&new)).await?.id, made.id);

    flows.update(&made.id, FlowUpdate::default().tags(texts(["new"]))).await?;
    let read = service.read(flows.read_flow(&made.id)).await?;
    assert_eq!(read.tags, Some(texts(["new"])));
    assert_eq!(service.read(flows.read_flow_by_name("crud")).await?, read);

    flows.delete(&made.id).await?;
    let error = flows.read_flow(&made.id).await.expect_err("no flow");
    let Some(ReadFlowError::NotFound(failure)) = error.typed() else { panic!("{error}") };
    assert_eq!(failure.detail.as_deref(), Some("Flow not found"));
    Ok(())
}

#[tokio::test]
async fn names_are_any_text() -> Done {
    let service = Service::connect();
    let flows = service.client.flows();
    for name in
        ["blanks and + and #", "O'Neil, Söhne; 1=2?", "日本語 🦀", "a;b,c:d@e", "\"quoted\\\""]
    {
        let made = flow(&service, name).await;
        assert_eq!(made.name, name);
        assert_eq!(service.read(flows.read_flow_by_name(name)).await?.id, made.id, "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn lists_are_filtered_sorted_counted_and_in_pages() -> Done {
    let service = Service::connect();
    let flows = service.client.flows();
    for name in ["flow-list-c", "flow-list-a", "flow-list-b"] {
        flows.create(FlowCreate::new(name).tags(texts(["list", name]))).await?;
    }
    let mine = || named_like("flow-list-");
    let body = BodyReadFlowsFlowsFilterPost::default().flows(mine()).sort(FlowSort::NameDesc);
    let found = service.read(flows.read_flows().body(body)).await?;
    assert_eq!(names(&found), ["flow-list-c", "flow-list-b", "flow-list-a"]);

    // By offset, until a page has less.
    let mut all = Vec::new();
    loop {
        let body = BodyReadFlowsFlowsFilterPost::default().flows(mine()).sort(FlowSort::NameAsc);
        let offset = i64::try_from(all.len()).expect("a small number");
        let page = service.read(flows.read_flows().body(body.offset(offset).limit(2))).await?;
        let is_last = page.len() < 2;
        all.extend(page);
        if is_last {
            break;
        }
    }
    assert_eq!(names(&all), ["flow-list-a", "flow-list-b", "flow-list-c"]);

    // By number.
    let page = |number| {
        let body = BodyPaginateFlowsFlowsPaginatePost::default().flows(mine()).limit(2);
        flows.paginate().body(body.page(number).sort(FlowSort::NameAsc))
    };
    let (first, second) = (service.read(page(1)).await?, service.read(page(2)).await?);
    assert_eq!((first.count, first.pages, first.limit, first.page), (3, 2, 2, 1));
    assert_eq!(names(&first.results), ["flow-list-a", "flow-list-b"]);
    assert_eq!(names(&second.results), ["flow-list-c"]);

    let tagged =
        FlowFilter::default().tags(FlowFilterTags::default().all(texts(["list", "flow-list-b"])));
    let body = BodyCountFlowsFlowsCountPost::default().flows(tagged);
    assert_eq!(service.read(flows.count().body(body)).await?, 1);
    // The body is optional, here and in lists.
    assert!(service.read(flows.count()).await? >= 3);
    assert!(service.read(flows.read_flows()).await?.len() >= 3);

    let body = BodyBulkDeleteFlowsFlowsBulkDeletePost::default().flows(mine());
    assert_eq!(
        service.read(flows.bulk_delete().body(body)).await?.deleted.map(|ids| ids.len()),
        Some(3)
    );
    let body = BodyCountFlowsFlowsCountPost::default().flows(mine());
    assert_eq!(service.read(flows.count().body(body)).await?, 0);
    Ok(())
}

#[tokio::test]
async fn the_page_of_flows_has_what_it_needs() -> Done {
    let service = Service::connect();
    let flows = service.client.flows();
    let made = flow(&service, "ui").await;
    let ids = vec![made.id.clone()];
    let body = BodyCountDeploymentsByFlowUiFlowsCountDeploymentsPost::new(ids.clone());
    let counts = service.read(flows.count_deployments_by(body)).await?;
    assert_eq!(counts[made.id.as_str()], 0);
    let body = BodyNextRunsByFlowUiFlowsNextRunsPost::new(ids);
    let next = service.read(flows.next_runs_by(body)).await?;
    assert_eq!(next[made.id.as_str()], None);
    Ok(())
}

#[tokio::test]
async fn errors_are_typed() -> Done {
    let service = Service::connect();
    let flows = service.client.flows();
    let error = flows.update(NOBODY, FlowUpdate::default()).await.expect_err("no flow");
    assert!(error.is_not_found());
    assert!(matches!(error.typed(), Some(Problem::NotFound(_))), "{error}");
    let error = flows.create(FlowCreate::new("a/b")).await.expect_err("a slash");
    let Some(Problem::UnprocessableContent(invalid)) = error.typed() else { panic!("{error}") };
    assert_eq!(invalid.exception_message.as_deref(), Some("Invalid request received."));
    let detail = &invalid.exception_detail.as_deref().expect("details")[0];
    let place = ["body", "name"].map(|one| ValidationErrorLocItem::Text(one.to_owned()));
    assert_eq!(detail.loc, place);
    assert!(error.to_string().contains("422"), "{error}");
    Ok(())
}
