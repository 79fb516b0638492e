//! The front page of a crate.
//!
//! Enters: the Info Object. Leaves: paragraphs. Must not know: the items of the crate.

use crate::crate_plan::Prose;
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
        docs.extend(text(words).as_deref().map(Prose::paragraphs).unwrap_or_default());
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

/// What the features add.
pub(super) fn more(models_only: bool) -> Vec<Prose> {
    const REGISTRY: &str = "The feature `registry` adds the module `registry`, which decodes values by the \
        names of their schemas, for programs that learn a name only as they run.";
    const SERDE: &str = "The feature `serde`, which is on by default, implements `Serialize` and \
        `Deserialize` for all types.";
    const REQWEST: &str =
        "The feature `reqwest`, which is on by default, sends requests with `reqwest`.";
    let features = if models_only {
        &["# Features", REGISTRY, SERDE][..]
    } else {
        &["# Features", REGISTRY, REQWEST, SERDE]
    };
    features.iter().copied().map(Prose::new).collect()
}
