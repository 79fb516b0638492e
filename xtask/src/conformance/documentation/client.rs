//! The crate that is made from the schema.
//!
//! Enters: a schema and the service root. Leaves: the crate on disk, its plan and its model. Must not
//! know: the corpus.

use super::root::ServiceRoot;
use schemacrate::config::Config;
use schemacrate::internals::crate_plan::CratePlan;
use schemacrate::internals::edm::Model;
use schemacrate::{Builder, Schema, Session};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The package and the folder.
pub(super) const NAME: &str = "client";

/// What is wrong with a schema from which no requests are generated.
const NO_SERVICE: &str = "error: the schema is not CSDL";

/// A generated crate and everything that was decided about it.
pub(super) struct GeneratedClient {
    pub(super) schema: Schema,
    pub(super) plan: CratePlan,
    pub(super) config: Config,
}

impl GeneratedClient {
    /// Makes the crate in a folder of the workspace.
    pub(super) fn write(
        folder: &Path,
        schema: &Path,
        root: &ServiceRoot,
        runtime: &Path,
    ) -> Result<Self, String> {
        let text = configuration(schema, root, runtime, default_namespace(schema)?);
        let path = folder.join("schemacrate.toml");
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, &text))
            .map_err(|error| format!("error: {}: {error}", path.display()))?;
        let config = Session::new().configure_file(&path).map_err(|error| error.to_string())?;
        let build = Builder::from_config(&path).force().run().map_err(|error| error.to_string())?;
        build.write().map_err(|error| format!("error: {error}"))?;
        let generated = build.generated;
        if generated.schema.odata().is_none() {
            return Err(NO_SERVICE.to_owned());
        }
        Ok(Self { schema: generated.schema, plan: generated.plan, config })
    }

    /// The model of the service.
    pub(super) fn model(&self) -> &Model {
        &self.schema.odata().expect("`write` returns only services").model
    }

    /// The qualified names of all operations, also with the alias of the namespace.
    pub(super) fn operations(&self) -> BTreeSet<String> {
        let names = |one: &schemacrate::internals::edm::Operation| -> Vec<String> {
            let schemas = self.model().schemas.iter();
            let schemas = schemas.filter(|schema| schema.namespace == one.name.namespace);
            let spaces = schemas.filter_map(|schema| schema.alias.clone());
            let spaces = spaces.chain([one.name.namespace.clone()]);
            spaces.map(|space| format!("{space}.{}", one.name.name)).collect()
        };
        self.model().operations.iter().flat_map(names).collect()
    }
}

/// The namespace whose operations pages call by their simple names: that of the service itself.
fn default_namespace(schema: &Path) -> Result<Option<String>, String> {
    let (planned, _) =
        Builder::new(NAME).schema(schema).plan().map_err(|error| error.to_string())?;
    let Schema::OData(schema) = planned.schema else { return Err(NO_SERVICE.to_owned()) };
    Ok(schema.model.container.map(|container| container.name.namespace))
}

fn configuration(
    schema: &Path,
    root: &ServiceRoot,
    runtime: &Path,
    namespace: Option<String>,
) -> String {
    let namespaces: toml::Value =
        namespace.into_iter().map(toml::Value::from).collect::<Vec<_>>().into();
    let text = |path: &Path| toml::Value::from(path.to_string_lossy().into_owned()).to_string();
    format!(
        "[source]\nfiles = [{}]\n\n[service]\nroot = {}\nkeys = \"segment\"\ndefault_namespaces = {namespaces}\n\n[crate]\nname = \"{NAME}\"\ndirectory = \"{NAME}\"\nfunctions = []\ncommand = \"cargo xtask conformance\"\n\n# Nothing is sent, so there is no need for a transport.\n[manifest.dependencies.schemacrate-runtime]\npath = {}\ndefault-features = false\n",
        text(schema),
        toml::Value::from(root.as_str()),
        text(runtime),
    )
}
