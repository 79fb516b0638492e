//! Events, and automations that they trigger.

use crate::{Done, map, texts};
use e2e_prefect::Service;
use prefect_client::automations::ReadAutomationError;
use prefect_client::runtime::IndexMap;
use prefect_client::types::*;
use serde_json::json;
use std::time::Duration;

fn resource(id: &str) -> IndexMap<String, String> {
    let labels = [("prefect.resource.id", id), ("a label", "a \"value\"")];
    labels.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[tokio::test]
async fn events_are_sent_together_found_counted_and_in_pages() -> Done {
    let service = Service::connect();
    let events = service.client.events();
    let new = |number: usize| {
        let id: crate::Id = format!("6ba7b810-9dad-11d1-80b4-{number:012}").parse().expect("an id");
        let time =
            OCCURRED.parse::<prefect_client::runtime::model::Formatted<_>>().expect("a time");
        let event = Event::new(time, "e2e.happened", resource("e2e.events"), id);
        event.payload(map(json!({ "number": number, "deep": { "a": [null] } })))
    };
    events.create((0..5).map(new).collect::<Vec<_>>()).await?;
    let filter = || {
        let time = |text: &str| {
            text.parse::<prefect_client::runtime::model::Formatted<_>>().expect("a time")
        };
        let occurred = EventOccurredFilter::default()
            .since(time("2026-01-01T00:00:00Z"))
            .until(time("2026-12-31T00:00:00Z"));
        EventFilter::default()
            .event(EventNameFilter::default().name(texts(["e2e.happened"])))
            .occurred(occurred)
            .order(EventOrder::Asc)
    };
    let body = || BodyReadEventsEventsFilterPost::default().filter(filter()).limit(2);
    // The server writes them later.
    let mut first = service.read(events.read().body(body())).await?;
    for _ in 0..100 {
        if first.total == 5 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
        first = service.read(events.read().body(body())).await?;
    }
    assert_eq!((first.total, first.events.len()), (5, 2));
    assert_eq!(first.events[0].resource["a label"], "a \"value\"");
    let mut seen = first.events.len();
    let mut next = first.next_page;
    while let Some(page) = next {
        let (_, token) = page.split_once("page-token=").expect("a token");
        let page = service.read(events.read_account_events_page(token.replace("%3D", "="))).await?;
        seen += page.events.len();
        next = page.next_page;
    }
    assert_eq!(seen, 5);
    let body = BodyCountAccountEventsEventsCountByCountablePost::new(filter());
    let counts = service.read(events.count_account(Countable::Event, body)).await?;
    assert_eq!((counts.len(), counts[0].count, counts[0].value.as_str()), (1, 5, "e2e.happened"));
    Ok(())
}

const OCCURRED: &str = "2026-06-01T12:00:00.000001Z";

#[tokio::test]
async fn automations_have_triggers_and_actions_of_many_kinds() -> Done {
    let service = Service::connect();
    let automations = service.client.automations();
    let on = |event: &str| {
        EventTriggerInput::new(EventTriggerInputPosture::Reactive)
            .r#type("event")
            .expect(texts([event]))
            .threshold(2)
            .within(60.0)
    };
    let trigger = CompoundTriggerInput::new(
        vec![on("a").into(), on("b").into()],
        CompoundTriggerInputWithin::Number(30.0),
        CompoundTriggerInputRequire::Integer(1),
    );
    let actions = vec![
        DoNothing::default().r#type("do-nothing").into(),
        PauseWorkPool::default()
            .r#type("pause-work-pool")
            .source(PauseWorkPoolSource::Inferred)
            .into(),
        ChangeFlowRunState::new(StateType::Failed)
            .r#type("change-flow-run-state")
            .message("by an automation")
            .into(),
    ];
    let new = AutomationCreate::new("e2e", trigger.r#type("compound"), actions)
        .enabled(false)
        .tags(texts(["e2e"]));
    let made = service.read(automations.create(&new)).await?;
    let AutomationTrigger::CompoundTriggerOutput(compound) = &made.trigger else {
        panic!("{made:?}")
    };
    assert_eq!(compound.require, CompoundTriggerOutputRequire::Integer(1));
    let CompoundTriggerOutputTriggersItem::EventTriggerOutput(event) = &compound.triggers[1] else {
        panic!("{made:?}")
    };
    assert_eq!(
        (event.expect.as_deref(), event.threshold, event.within),
        (Some(&texts(["b"])[..]), Some(2), Some(60.0))
    );
    let is_read = match &made.actions[..] {
        [
            AutomationActionsItem::DoNothing(_),
            AutomationActionsItem::PauseWorkPool(pause),
            AutomationActionsItem::ChangeFlowRunState(change),
        ] => {
            (pause.source == Some(PauseWorkPoolSource::Inferred))
                && change.state == StateType::Failed
        }
        _ => false,
    };
    assert!(is_read, "{made:?}");

    automations.patch(&made.id, AutomationPartialUpdate::default().enabled(true)).await?;
    let read = service.read(automations.read_automation(&made.id)).await?;
    assert_eq!((read.enabled, &read.trigger), (Some(true), &made.trigger));
    let trigger = on("c");
    let change = AutomationUpdate::new(
        "e2e-2",
        trigger,
        vec![SuspendFlowRun::default().r#type("suspend-flow-run").into()],
    );
    automations.update(&made.id, change.description("changed")).await?;
    let filter =
        AutomationFilter::default().name(AutomationFilterName::default().any(texts(["e2e-2"])));
    let body = BodyReadAutomationsAutomationsFilterPost::default()
        .automations(filter)
        .sort(AutomationSort::NameAsc);
    let found = service.read(automations.read_automations().body(body)).await?;
    assert_eq!((found.len(), found[0].description.as_deref()), (1, Some("changed")));
    assert!(
        matches!(&found[0].actions[..], [AutomationActionsItem::SuspendFlowRun(_)]),
        "{found:?}"
    );
    assert!(service.read(automations.count()).await? >= 1);
    service
        .read(automations.read_automations_related_to_resource("prefect.work-pool.none"))
        .await?;
    service.read(automations.delete_automations_owned_by_resource("nobody")).await?;
    automations.delete(&made.id).await?;
    let error = automations.read_automation(&made.id).await.expect_err("no automation");
    assert!(matches!(error.typed(), Some(ReadAutomationError::NotFound(_))), "{error}");
    Ok(())
}
