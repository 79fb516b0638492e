//! The crates that the benches compare, below `target/bench`: generated ones, and their twins.

use super::twin::{Unknown, twin};
use crate::workplace::text;
use schemacrate::{Builder, FileTree, Generated};
use std::fs;
use std::path::{Path, PathBuf};

/// The crates of a schema, each in a folder with its name: `models` with everything that is generated,
/// `models-only`, the same without serde's traits as `models-plain`, and the twins `twin` and
/// `twin-keeping`.
pub(super) struct Crates {
    /// The folder of the folders.
    pub(super) folder: PathBuf,
    /// The folder of the runtime.
    pub(super) runtime: PathBuf,
    /// The plan that `models` was made from.
    pub(super) generated: Generated,
}

/// The paths to the pages that the benches decode and encode. They bring the derived types of a
/// `directoryObject`, and some navigation properties, as in a realistic slice.
pub(super) const SLICE: [&str; 6] = [
    "/users/{id}/manager",
    "/users/{id}/memberOf",
    "/users/{id}/messages/{id}/attachments",
    "/users/{id}/ownedDevices",
    "/devices/{id}/registeredOwners",
    "/groups/{id}/members",
];

impl Crates {
    /// Those of the part of a schema that is decoded.
    pub(super) fn of_slice(root: &Path, schema: &Path) -> Result<Self, String> {
        Self::make(root, "slice", schema, &SLICE)
    }

    /// Those of a whole schema.
    pub(super) fn of_whole(root: &Path, schema: &Path) -> Result<Self, String> {
        Self::make(root, "whole", schema, &[])
    }

    fn make(root: &Path, name: &str, schema: &Path, include: &[&str]) -> Result<Self, String> {
        let folder = root.join("target/bench").join(name);
        let runtime = root.join("runtime");
        let builder = |name: &str, features: &[&str]| {
            let builder = Builder::new(folder.join(name))
                .schema(schema)
                .crate_name(name)
                .service_root("https://graph.microsoft.com/v1.0")
                .manifest(&standing_alone(&runtime, features));
            include.iter().fold(builder, |builder, one| builder.include(*one))
        };
        let generated = written(builder("models", &["serde"]))?;
        written(builder("models-only", &["serde"]).models_only())?;
        written(builder("models-plain", &[]).models_only())?;
        let twins = [("twin", Unknown::Ignored), ("twin-keeping", Unknown::Kept)];
        for (name, unknown) in twins {
            write(&folder.join(name), &twin(&generated, name, unknown, &runtime))?;
        }
        println!("made {} and its twins", folder.join("models").display());
        Ok(Self { folder, runtime, generated })
    }
}

/// Writes a crate.
fn written(builder: Builder) -> Result<Generated, String> {
    let build = builder.force().run().map_err(|error| error.render(false))?;
    build.write().map_err(|error| format!("error: {error}"))?;
    Ok(build.generated)
}

/// The manifest entries of a package that is not part of the workspace around it, and that depends on the
/// runtime with only these features.
pub(super) fn standing_alone(runtime: &Path, features: &[&str]) -> toml::Table {
    let runtime = [
        ("path", text(runtime).into()),
        ("default-features", false.into()),
        ("features", features.to_vec().into()),
    ];
    let runtime = toml::Table::from_iter(runtime.map(|(key, value)| (key.to_owned(), value)));
    let dependencies = toml::Table::from_iter([("schemacrate-runtime".to_owned(), runtime.into())]);
    toml::Table::from_iter([
        ("dependencies".to_owned(), dependencies.into()),
        ("workspace".to_owned(), toml::Table::new().into()),
    ])
}

/// Writes these files to a folder.
fn write(folder: &Path, tree: &FileTree) -> Result<(), String> {
    tree.iter().try_for_each(|(path, text)| write_file(&folder.join(path), text))
}

/// Writes a text to a file. Only what differs is written, so that cargo builds only that.
pub(super) fn write_file(path: &Path, text: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    folder
        .and_then(|()| fs::write(path, text))
        .map_err(|error| format!("error: {}: {error}", path.display()))
}
