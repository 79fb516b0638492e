//! Variables: any JSON by name.

use crate::{Done, NOBODY, map, texts, untyped};
use e2e_prefect::Service;
use prefect_client::runtime::model::Maybe;
use prefect_client::types::{
    BodyCountVariablesVariablesCountPost, BodyReadVariablesVariablesFilterPost, VariableCreate,
    VariableCreateValue, VariableFilter, VariableFilterName, VariableSort, VariableUpdate,
    VariableUpdateValue, VariableValue,
};
use prefect_client::variables::{CreateError, ReadVariableError};
use serde_json::json;

#[tokio::test]
async fn a_variable_has_a_value_of_any_kind() -> Done {
    let service = Service::connect();
    let variables = service.client.variables();
    let values: [(&str, Option<VariableCreateValue>, Option<VariableValue>); 7] = [
        (
            "kind_text",
            Some("a \"b\" 🦀".to_owned().into()),
            Some(VariableValue::Text("a \"b\" 🦀".to_owned())),
        ),
        (
            "kind_integer",
            Some(9_007_199_254_740_993.into()),
            Some(VariableValue::Integer(9_007_199_254_740_993)),
        ),
        ("kind_number", Some(0.1.into()), Some(VariableValue::Number(0.1))),
        ("kind_boolean", Some(false.into()), Some(VariableValue::Boolean(false))),
        (
            "kind_list",
            Some(vec![untyped(json!(1)), untyped(json!(null))].into()),
            Some(VariableValue::List(vec![untyped(json!(1)), untyped(json!(null))])),
        ),
        (
            "kind_map",
            Some(map(json!({ "a": { "b": [] } })).into()),
            Some(VariableValue::Map(map(json!({ "a": { "b": [] } })))),
        ),
        ("kind_null", None, None),
    ];
    for (name, sent, expected) in values {
        let made = service.read(variables.create(VariableCreate::new(name, sent))).await?;
        assert_eq!(made.value, expected, "{name}");
        assert_eq!(service.read(variables.read_variable_by_name(name)).await?, made);
    }
    Ok(())
}

#[tokio::test]
async fn a_variable_is_changed_and_deleted_by_id_and_by_name() -> Done {
    let service = Service::connect();
    let variables = service.client.variables();
    let new = VariableCreate::new("changed", Some(1.into())).tags(texts(["a"]));
    let made = service.read(variables.create(new)).await?;
    variables
        .update(&made.id, VariableUpdate::default().value(VariableUpdateValue::from(2)))
        .await?;
    let read = service.read(variables.read_variable(&made.id)).await?;
    assert_eq!(read.value, Some(VariableValue::Integer(2)));
    assert_eq!(read.tags, Some(texts(["a"])), "what is absent stays as it is");
    // Null is a value of its own.
    let change = VariableUpdate::default().value(Maybe::Null).tags(texts(["b"]));
    variables.update_variable_by_name("changed", change).await?;
    let read = service.read(variables.read_variable(&made.id)).await?;
    assert_eq!((read.value, read.tags), (None, Some(texts(["b"]))));
    variables.delete(&made.id).await?;
    let error = variables.read_variable(&made.id).await.expect_err("no variable");
    assert!(matches!(error.typed(), Some(ReadVariableError::NotFound(_))), "{error}");

    variables.create(VariableCreate::new("changed", Some(3.into()))).await?;
    variables.delete_variable_by_name("changed").await?;
    let error = variables.delete_variable_by_name("changed").await.expect_err("no variable");
    assert!(error.is_not_found());
    let error = variables.delete(NOBODY).await.expect_err("no variable");
    assert!(error.is_not_found());
    Ok(())
}

#[tokio::test]
async fn lists_are_filtered_sorted_and_counted() -> Done {
    let service = Service::connect();
    let variables = service.client.variables();
    for name in ["list_a", "list_b", "list_c"] {
        variables.create(VariableCreate::new(name, Some(true.into()))).await?;
    }
    let mine = || VariableFilter::default().name(VariableFilterName::default().like("list_%"));
    let body = BodyReadVariablesVariablesFilterPost::default().variables(mine());
    let body = body.sort(VariableSort::NameDesc).limit(2).offset(1);
    let found = service.read(variables.read_variables().body(body)).await?;
    let names: Vec<&str> = found.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["list_b", "list_a"]);
    let body = BodyCountVariablesVariablesCountPost::default().variables(mine());
    assert_eq!(service.read(variables.count().body(body)).await?, 3);
    Ok(())
}

#[tokio::test]
async fn errors_are_typed() -> Done {
    let service = Service::connect();
    let variables = service.client.variables();
    let new = VariableCreate::new("twice", Some(1.into()));
    variables.create(&new).await?;
    let error = variables.create(&new).await.expect_err("the name is taken");
    assert!(error.is_conflict());
    let Some(CreateError::Conflict(failure)) = error.typed() else { panic!("{error}") };
    let detail = failure.detail.expect("a detail");
    assert_eq!(detail, "A variable with the name 'twice' already exists.");
    assert!(error.to_string().contains(&detail), "{error}");

    let error = variables.create(VariableCreate::new("No name!", None)).await.expect_err("no name");
    let Some(CreateError::UnprocessableContent(invalid)) = error.typed() else { panic!("{error}") };
    let detail = &invalid.exception_detail.expect("details")[0];
    assert_eq!(
        (detail.r#type.as_str(), detail.input.as_ref().map(|one| one.text())),
        ("value_error", Some("\"No name!\""))
    );
    Ok(())
}
