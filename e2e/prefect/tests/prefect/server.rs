//! The server itself: health, version, settings, tokens against forged requests, headers.

use crate::{Done, map};
use e2e_prefect::Service;
use prefect_client::csrf_token::CreateError;
use prefect_client::errors::FailureOn404;
use prefect_client::types::{
    BodyValidateObjUiSchemasValidatePost, ObservedStateSort, ServerSettingsLoggingLevel,
};
use serde_json::json;

#[tokio::test]
async fn the_server_reports_on_itself() -> Done {
    let service = Service::connect();
    let (root, admin) = (service.client.root(), service.client.admin());
    assert!(service.read(root.health_check()).await?);
    assert_eq!(service.read(root.hello()).await?, "👋");
    let ready = service.read(root.perform_readiness_check()).await?;
    assert_eq!(ready.value(), json!({ "message": "OK" }));
    let version = service.read(root.server_version()).await?;
    assert!(version.starts_with("0."), "{version}");
    let version = service.read(admin.read_version()).await?;
    assert!(version.starts_with("3."), "{version}");

    let settings = service.read(admin.read_settings()).await?;
    let server = settings.server.expect("settings of the server");
    assert_eq!(server.api.and_then(|api| api.host).as_deref(), Some("127.0.0.1"));
    assert_eq!(server.analytics_enabled, Some(false));
    let level = server.logging_level.expect("a level");
    assert!(!matches!(level, ServerSettingsLoggingLevel::Unrecognized(_)), "{level:?}");
    let storage = service.read(admin.read_server_default_result_storage()).await?;
    assert_eq!(storage.default_result_storage_block_id, None);
    admin.clear_server_default_result_storage().await?;
    Ok(())
}

#[tokio::test]
async fn a_version_is_sent_as_a_header_and_refused() -> Done {
    let service = Service::connect();
    let root = service.client.root();
    let full = root.hello().x_prefect_api_version("0.8.4").send_full().await?;
    assert_eq!(full.status().as_u16(), 200);
    assert_eq!(full.headers()["content-type"], "application/json");
    let error = root.hello().x_prefect_api_version("no version").await.expect_err("no version");
    // 400 is not declared.
    let answer = error.answer().expect("an answer");
    assert_eq!((answer.status().as_u16(), error.is_bad_request()), (400, true));
    assert!(answer.text().contains("Invalid X-PREFECT-API-VERSION"), "{}", answer.text());
    Ok(())
}

#[tokio::test]
async fn what_is_not_as_declared_is_kept() -> Done {
    let service = Service::connect();
    let error = service.client.csrf_token().create("me & you").await.expect_err("it is off");
    // A list is declared, and a text comes.
    let Some(CreateError::UnprocessableContent(invalid)) = error.typed() else { panic!("{error}") };
    assert_eq!(invalid.detail, None);
    let kept = invalid.additional.get("detail").map(|kept| kept.value());
    assert_eq!(kept, Some(json!("CSRF protection is disabled.")));
    assert!(error.to_string().contains("CSRF protection is disabled."), "{error}");
    assert!(
        error
            .typed::<FailureOn404>()
            .is_some_and(|one| matches!(one, FailureOn404::Undocumented(_)))
    );
    Ok(())
}

#[tokio::test]
async fn collections_and_schemas_are_read_and_checked() -> Done {
    let service = Service::connect();
    let client = &service.client;
    let view =
        service.read(client.collections().read_view_content("aggregate-worker-metadata")).await?;
    assert!(view["prefect"].value()["process"].is_object(), "{view:?}");
    let error = client.collections().read_view_content("none").await.expect_err("no view");
    assert!(error.is_not_found());
    let capabilities = service.read(client.block_capabilities().read_available()).await?;
    assert!(capabilities.iter().any(|one| one == "notify"), "{capabilities:?}");
    let states =
        client.observed_states().read().query("a&b=c").order_by(ObservedStateSort::NameAsc);
    assert_eq!(service.read(states.limit(3)).await?, []);

    let schema = json!({ "type": "object", "required": ["a"], "properties": { "a": { "type": "integer" } } });
    let validate = |values| {
        let body = BodyValidateObjUiSchemasValidatePost::new(map(schema.clone()), map(values));
        client.ui().validate_obj(body)
    };
    assert!(service.read(validate(json!({ "a": 1 }))).await?.valid);
    let invalid = service.read(validate(json!({ "a": "x" }))).await?;
    assert!(!invalid.valid && invalid.errors.len() == 1, "{invalid:?}");
    Ok(())
}
