//! Blocks: types, their schemas, and documents with secrets.

use crate::{Done, Id, map, texts};
use e2e_prefect::Service;
use prefect_client::block_types::{CreateError, DeleteError};
use prefect_client::types::*;
use serde_json::json;

#[tokio::test]
async fn types_schemas_and_documents() -> Done {
    let service = Service::connect();
    let client = &service.client;
    let new = BlockTypeCreate::new("E2E Block", "e2e-block").description("a \"block\"");
    let kind = service.read(client.block_types().create(&new)).await?;
    assert_eq!((kind.slug.as_str(), kind.is_protected), ("e2e-block", Some(false)));
    let error = client.block_types().create(&new).await.expect_err("the slug is taken");
    assert!(matches!(error.typed(), Some(CreateError::Conflict(_))), "{error}");
    client
        .block_types()
        .update(&kind.id, BlockTypeUpdate::default().logo_url("https://example.com/a.png"))
        .await?;
    let read = service.read(client.block_types().read_block_type_by_slug("e2e-block")).await?;
    assert_eq!(read.logo_url.as_deref(), Some("https://example.com/a.png"));
    assert_eq!(service.read(client.block_types().read_block_type_by_id(&kind.id)).await?, read);

    let fields = json!({
        "title": "E2E",
        "type": "object",
        "properties": { "user": { "type": "string" }, "key": { "type": "string", "format": "password" } },
        "secret_fields": ["key"],
    });
    let new = BlockSchemaCreate::new(kind.id.clone())
        .fields(map(fields))
        .capabilities(texts(["read-path"]))
        .version("1.2");
    let schema = service.read(client.block_schemas().create(new)).await?;
    let found =
        client.block_schemas().read_block_schema_by_checksum(&schema.checksum).version("1.2");
    assert_eq!(service.read(found).await?.id, schema.id);
    assert_eq!(
        service
            .read(client.block_schemas().read_block_schema_by_id(&schema.id))
            .await?
            .version
            .as_deref(),
        Some("1.2")
    );
    let of_type = BlockSchemaFilterBlockTypeId::default().any(vec![kind.id.clone()]);
    let body = BodyReadBlockSchemasBlockSchemasFilterPost::default()
        .block_schemas(BlockSchemaFilter::default().block_type_id(of_type));
    assert_eq!(service.read(client.block_schemas().read().body(body)).await?.len(), 1);

    let documents = client.block_documents();
    let data = map(json!({ "user": "ada", "key": "secret & more" }));
    let new = BlockDocumentCreate::new(schema.id.clone(), kind.id.clone())
        .name("e2e-document")
        .data(data);
    let made = service.read(documents.create(&new)).await?;
    let value = |document: &BlockDocument, name: &str| {
        document.data.as_ref().map(|data| data[name].value())
    };
    let hidden = service.read(documents.read_block_document_by_id(&made.id)).await?;
    assert_ne!(value(&hidden, "key"), Some(json!("secret & more")));
    let shown =
        service.read(documents.read_block_document_by_id(&made.id).include_secrets(true)).await?;
    assert_eq!(
        (value(&shown, "key"), value(&shown, "user")),
        (Some(json!("secret & more")), Some(json!("ada")))
    );
    let by_name = client.block_types().read_block_document_by_name_for("e2e-block", "e2e-document");
    assert_eq!(service.read(by_name.include_secrets(true)).await?, shown);
    assert_eq!(
        service.read(client.block_types().read_block_documents_for("e2e-block")).await?.len(),
        1
    );

    let change = BlockDocumentUpdate::default()
        .data(map(json!({ "user": "bob" })))
        .merge_existing_data(true);
    documents.update_block_document_data(&made.id, change).await?;
    let body = BodyReadBlockDocumentsBlockDocumentsFilterPost::default().include_secrets(true);
    let mine = || {
        BlockDocumentFilter::default()
            .name(BlockDocumentFilterName::default().any(texts(["e2e-document"])))
    };
    let found = service.read(documents.read().body(body.block_documents(mine()))).await?;
    assert_eq!(
        (value(&found[0], "key"), value(&found[0], "user")),
        (Some(json!("secret & more")), Some(json!("bob")))
    );
    let body = BodyCountBlockDocumentsBlockDocumentsCountPost::default().block_documents(mine());
    assert_eq!(service.read(documents.count().body(body)).await?, 1);
    let error = documents.create(&new).await.expect_err("the name is taken");
    assert!(error.is_conflict(), "{error}");

    documents.delete(&made.id).await?;
    assert!(
        documents
            .read_block_document_by_id(&made.id)
            .await
            .expect_err("no document")
            .is_not_found()
    );
    client.block_schemas().delete(&schema.id).await?;
    client.block_types().delete(&kind.id).await?;
    assert!(
        client
            .block_types()
            .read_block_type_by_id(&kind.id)
            .await
            .expect_err("no type")
            .is_not_found()
    );
    Ok(())
}

#[tokio::test]
async fn what_is_protected_is_refused() -> Done {
    let service = Service::connect();
    let types = service.client.block_types();
    service.read(types.install_system()).await?;
    let body = BodyReadBlockTypesBlockTypesFilterPost::default().limit(200);
    let all = service.read(types.read().body(body)).await?;
    let protected: Vec<&Id> =
        all.iter().filter(|one| one.is_protected == Some(true)).map(|one| &one.id).collect();
    let first = protected.first().expect("a protected type");
    let error = types.delete(*first).await.expect_err("protected");
    // 403 is not declared.
    let Some(DeleteError::Undocumented(answer)) = error.typed() else { panic!("{error}") };
    assert_eq!((answer.status().as_u16(), error.is_forbidden()), (403, true));
    assert!(
        answer.json::<Failure>().is_ok_and(|failure| failure.detail.is_some()),
        "{}",
        answer.text()
    );
    Ok(())
}
