//! The front page of a crate.
//!
//! Enters: the container of a model and the configuration. Leaves: paragraphs, those before the first
//! example and those after it. Must not know: the example.

use super::authorization;
use crate::crate_plan::Prose;
use crate::input::config::Config;
use crate::odata::edm::Model;

/// What the crate is for, and where to begin.
pub(super) fn docs(model: &Model, config: &Config) -> Vec<Prose> {
    if config.package.models_only {
        return vec![Prose::new("Models of an OData service.")];
    }
    let service = config.service.root.as_deref().map_or_else(
        || Prose::new("Typed requests for an OData service."),
        |root| Prose::new("Typed requests for the OData service at ").address(root).words("."),
    );
    let start =
        Prose::new("Start with a [`Client`]; every resource of the service is reached from it.");
    let container = model.container.iter();
    let authorized = container.flat_map(|one| authorization::paragraphs(&one.annotations));
    [service, start].into_iter().chain(authorized).collect()
}

/// How to find things, what the features add, and where the guide is.
pub(super) fn more(config: &Config) -> Vec<Prose> {
    const REGISTRY: &str = "The feature `registry` adds the module `registry`, which decodes types and \
        actions whose names are known only as the program runs.";
    const SERDE: &str = "The feature `serde` of the runtime implements `Serialize` and `Deserialize` \
        for all models.";
    let features = [
        "# Features",
        REGISTRY,
        SERDE,
        "Other features of the runtime: `reqwest` sends requests, `tokio` is for files and readers of Tokio, \
         `azure` takes the credentials of the Azure SDK, `blocking` is for code that is not asynchronous, \
         `tower` for layers around the transport.",
    ];
    if config.package.models_only {
        return features[..3].iter().copied().map(Prose::new).collect();
    }
    let finding = [
        "# Finding things",
        "Each method shows its request with the shortest URL, and each path type an example.",
        "The search of this documentation finds a type by its qualified name in the service, a property \
         or an operation by its name there, and a request by what it does with a type: `list`, `create`, \
         `get`, `update` or `delete`, as in `get order`.",
        "The [guide](runtime::guide) lists what can be done with requests and answers.",
    ];
    finding.into_iter().chain(features).map(Prose::new).collect()
}
