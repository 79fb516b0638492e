//! The front page of a crate.
//!
//! Enters: the Info Object, and what is planned of the client. Leaves: paragraphs, those before the first example
//! and those after it. Must not know: the example.

use super::operations::{Requests, SERVERS};
use crate::crate_plan::{Item, Prose};
use crate::openapi::model::{Info, Words};

/// What the crate is for, by whether it has no requests, and whether the service sends some.
pub(super) fn docs(info: &Info, (models_only, has_received): (bool, bool)) -> Vec<Prose> {
    let text = |words: &'_ Option<Words>| words.as_ref().map(|one| one.text.clone());
    let mut first =
        Prose::new(if models_only { "Types of the API" } else { "A client for the API" });
    if let Some(title) = text(&info.title) {
        first = first.words(" ").code(&title);
    }
    if let Some(version) = text(&info.version) {
        first = first.words(", version ").code(&version);
    }
    let mut docs = vec![first.words(".")];
    for words in [&info.summary, &info.description] {
        docs.extend(text(words).as_deref().map(Prose::commonmark).unwrap_or_default());
    }
    docs.push(Prose::new(match models_only {
        true => TYPES,
        false => REQUESTS,
    }));
    docs.extend(has_received.then(|| Prose::new(RECEIVED)));
    docs
}

/// What a crate without requests has.
const TYPES: &str = "All types are in [`types`]. Their values are read with \
    [`from_json`](runtime::model::from_json) and written with [`to_json`](runtime::model::to_json).";

/// What a crate with requests has.
const REQUESTS: &str = "Requests begin at [`Client`], which has a method for each group of them. All types are in \
    [`types`].";

/// What a crate has of a service that sends requests.
const RECEIVED: &str = "What the service sends is in [`webhooks`]: `webhooks::…::parse(&headers, &body)` reads a request \
    that came.";

/// How to find things.
const FINDING: [&str; 3] = [
    "# Finding things",
    "Each method shows its request, and each group an example. What an operation requires are the arguments of its \
     method; what is optional are setters of what the method returns, which is awaited.",
    "The search of this documentation finds a method by its `operationId`, a group by its tag, and types, members \
     and values by their names in the description of the API.",
];

/// How to find things, how callers are authorized, where the servers are, and what the features add.
pub(super) fn more(models_only: bool, requests: &Requests) -> Vec<Prose> {
    const REGISTRY: &str = "The feature `registry` adds the module `registry`, which decodes values by the \
        names of their schemas, for programs that learn a name only as they run.";
    const SERDE: &str = "The feature `serde`, which is on by default, implements `Serialize` and \
        `Deserialize` for all types.";
    const REQWEST: &str =
        "The feature `reqwest`, which is on by default, sends requests with `reqwest`.";
    if models_only {
        return ["# Features", REGISTRY, SERDE].map(Prose::new).into();
    }
    let mut more: Vec<Prose> = FINDING.map(Prose::new).into();
    if !requests.authorization.is_empty() {
        more.push(Prose::new("# Authorization"));
        more.extend(requests.authorization.iter().cloned());
    }
    more.push(Prose::new("# Servers"));
    more.push(match &requests.service_root {
        Some(root) => Prose::new("A client is at ")
            .address(root)
            .words(", unless its builder sets another address: `Client::builder().server(…)`."),
        None => Prose::new(
            "The description names no address, so the builder of a client sets one: \
             `Client::builder().server(…)`.",
        ),
    });
    let modules = requests.modules.get(SERVERS).into_iter();
    let items = modules.flat_map(|one| one.files.values()).flat_map(|file| &file.items);
    more.extend(items.filter_map(|item| {
        match item {
            Item::Server(server) => Some(
                Prose::new("- ")
                    .item_of(SERVERS, &server.name)
                    .words(" at ")
                    .code(&server.address)
                    .words("."),
            ),
            _ => None,
        }
    }));
    more.extend(["# Features", REGISTRY, REQWEST, SERDE].map(Prose::new));
    more
}
