//! The crates that the benches compare, below `target/bench`: generated ones, and their twins.

use super::twin::{Unknown, twin};
use odatagen::{Build, Builder, FileTree};
use std::fs;
use std::path::{Path, PathBuf};

/// What is to be done.
pub(crate) struct Bench<'a> {
    /// The folder of this repository.
    pub(crate) root: &'a Path,
    /// Whether the crates are of the whole schema, to compare how long they compile.
    pub(crate) whole: bool,
}

/// What leads to the pages that the benches decode and encode; the derived types of a
/// `directoryObject` come with them, and some navigation properties, as in a slice that one uses.
const SLICE: [&str; 6] = [
    "/users/{id}/manager",
    "/users/{id}/memberOf",
    "/users/{id}/messages/{id}/attachments",
    "/users/{id}/ownedDevices",
    "/devices/{id}/registeredOwners",
    "/groups/{id}/members",
];

impl Bench<'_> {
    /// Writes a generated crate and its twins. Whether there was a schema to make them of.
    pub(crate) fn models(&self) -> Result<bool, String> {
        let shared = std::env::var_os("ODATAGEN_SHARED")
            .map_or_else(|| self.root.join("../shared"), PathBuf::from);
        let schema = shared.join("graph/v1.0.csdl");
        if !schema.is_file() {
            println!("left out: there is no schema at {}", schema.display());
            return Ok(true);
        }
        let folder =
            self.root.join("target/bench").join(if self.whole { "whole" } else { "slice" });
        let runtime = self.root.join("runtime");
        let build = self.generated(&folder.join("models"), &schema, &runtime)?;
        build.write().map_err(|error| format!("error: {error}"))?;
        let twins = [("twin", Unknown::Ignored), ("twin-keeping", Unknown::Kept)];
        for (name, unknown) in twins {
            write(&folder.join(name), &twin(&build.generated, name, unknown, &runtime))?;
        }
        println!("made     {} and its twins", build.folder.display());
        Ok(true)
    }

    fn generated(&self, out: &Path, schema: &Path, runtime: &Path) -> Result<Build, String> {
        let include: &[&str] = if self.whole { &[] } else { &SLICE };
        let builder = Builder::new(out)
            .schema(schema)
            .crate_name("models")
            .service_root("https://graph.microsoft.com/v1.0")
            .manifest(&dependencies(runtime));
        let builder = include.iter().fold(builder, |builder, one| builder.include(*one));
        builder.run().map_err(|error| error.render(false))
    }
}

/// The runtime without what sends, for what is decoded needs nothing of it.
fn dependencies(runtime: &Path) -> toml::Table {
    let path = runtime.to_string_lossy().into_owned();
    let runtime = [("path", path.into()), ("default-features", false.into())];
    let runtime = toml::Table::from_iter(runtime.map(|(key, value)| (key.to_owned(), value)));
    let dependencies = toml::Table::from_iter([("odatagen-runtime".to_owned(), runtime.into())]);
    toml::Table::from_iter([("dependencies".to_owned(), dependencies.into())])
}

/// Makes a folder hold these files. Only what differs is written, so that cargo builds only that.
fn write(folder: &Path, tree: &FileTree) -> Result<(), String> {
    for (path, text) in tree.iter() {
        let path = folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            continue;
        }
        path.parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(&path, text))
            .map_err(|error| format!("error: {}: {error}", path.display()))?;
    }
    Ok(())
}
