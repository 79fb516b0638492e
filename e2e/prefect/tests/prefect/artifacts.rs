//! Artifacts and saved searches.

use crate::{Done, map, untyped};
use e2e_prefect::Service;
use prefect_client::artifacts::ReadArtifactError;
use prefect_client::runtime::model::Maybe;
use prefect_client::types::*;
use serde_json::json;

#[tokio::test]
async fn an_artifact_is_made_read_changed_and_deleted() -> Done {
    let service = Service::connect();
    let artifacts = service.client.artifacts();
    let data = map(json!({ "rows": [[1, 2.5, null], []], "text": "é" }));
    let metadata = [("a b".to_owned(), "c".to_owned())].into_iter().collect();
    let new = ArtifactCreate::default().key("e2e-key").r#type("table").description("# First");
    let new = new.data(ArtifactCreateData::from(data.clone())).metadata(Maybe::Value(metadata));
    let made = service.read(artifacts.create(&new)).await?;
    assert_eq!(made.data, Some(ArtifactData::Map(data)));
    assert_eq!(made.metadata.as_ref().map(|all| all["a b"].as_str()), Some("c"));
    let id = made.id.clone().expect("an id");

    // Any JSON is data.
    let second = ArtifactCreate::default()
        .key("e2e-key")
        .data(ArtifactCreateData::Other(untyped(json!([1, "a"]))));
    let second = service.read(artifacts.create(second)).await?;
    assert_eq!(second.data, Some(ArtifactData::Other(untyped(json!([1, "a"])))));
    let latest = service.read(artifacts.read_latest_artifact("e2e-key")).await?;
    assert_eq!((latest.key.as_deref(), latest.data), (Some("e2e-key"), second.data));

    let change = ArtifactUpdate::default()
        .description("# Second")
        .data(ArtifactUpdateData::Other(untyped(json!("text"))));
    artifacts.update(&id, change).await?;
    let read = service.read(artifacts.read_artifact(&id)).await?;
    assert_eq!(
        (read.description.as_deref(), read.r#type.as_deref()),
        (Some("# Second"), Some("table"))
    );
    assert_eq!(read.data, Some(ArtifactData::Other(untyped(json!("text")))));

    let mine = || ArtifactFilter::default().key(ArtifactFilterKey::default().like("e2e-%"));
    let body = BodyReadArtifactsArtifactsFilterPost::default().artifacts(mine()).limit(1).offset(1);
    let found =
        service.read(artifacts.read_artifacts().body(body.sort(ArtifactSort::IdDesc))).await?;
    assert_eq!(found.len(), 1);
    let body = BodyCountArtifactsArtifactsCountPost::default().artifacts(mine());
    assert_eq!(service.read(artifacts.count().body(body)).await?, 2);
    let found = service.read(artifacts.read_latest_artifacts()).await?;
    let one = found.iter().find(|one| one.key == "e2e-key").expect("the collection");
    assert_eq!(Some(&one.latest_id), second.id.as_ref());
    assert!(service.read(artifacts.count_latest()).await? >= 1);

    artifacts.delete(&id).await?;
    let error = artifacts.read_artifact(&id).await.expect_err("no artifact");
    assert!(matches!(error.typed(), Some(ReadArtifactError::NotFound(_))), "{error}");
    Ok(())
}

#[tokio::test]
async fn searches_are_saved() -> Done {
    let service = Service::connect();
    let searches = service.client.saved_searches();
    let filter =
        SavedSearchFilter::new("flow_run", "state", "string", "any", untyped(json!(["A", 1])));
    let new = SavedSearchCreate::new("a search").filters(vec![filter]);
    let made = service.read(searches.create(&new)).await?;
    let read = service.read(searches.read_saved_search(&made.id)).await?;
    assert_eq!(read.filters.as_ref().map(|all| all[0].value.value()), Some(json!(["A", 1])));
    let found = service.read(searches.read_saved_searches()).await?;
    assert!(found.iter().any(|one| one.id == made.id));
    searches.delete(&made.id).await?;
    assert!(searches.read_saved_search(&made.id).await.expect_err("no search").is_not_found());
    Ok(())
}
