//! The programs that the chores run, and where they find what is not part of the repository.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The cargo that runs the chore.
pub(crate) fn cargo() -> Command {
    Command::new(cargo_program())
}

/// The program of [`cargo`].
pub(crate) fn cargo_program() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// The folder of the real schemas, which may not be there.
pub(crate) fn shared(root: &Path) -> PathBuf {
    std::env::var_os("SCHEMACRATE_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from)
}

/// The lines of a list that is kept in the repository, without its comments.
pub(crate) fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

/// A path as an argument of a command or a part of a message.
pub(crate) fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The manifest of a workspace that is built for a test.
pub(crate) fn workspace_manifest<'m>(members: impl IntoIterator<Item = &'m str>) -> String {
    let members: Vec<String> = members.into_iter().map(|name| format!("\"{name}\"")).collect();
    format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = false\nincremental = false\n",
        members.join(", ")
    )
}

/// Writes a file unless it has that content already, so that cargo builds no more than necessary.
pub(crate) fn put(path: &Path, text: &str) -> Result<(), String> {
    if std::fs::read_to_string(path).is_ok_and(|known| known == text) {
        return Ok(());
    }
    let parent = path.parent().unwrap_or(path);
    std::fs::create_dir_all(parent)
        .and_then(|()| std::fs::write(path, text))
        .map_err(|error| format!("error: {}: {error}", path.display()))
}

/// Builds something of the workspace for release.
pub(crate) fn build_release(root: &Path, what: &[&str]) -> Result<(), String> {
    let built = cargo().args(["build", "--release"]).args(what).current_dir(root).status();
    if built.is_ok_and(|status| status.success()) {
        return Ok(());
    }
    Err(format!("error: cargo build --release {} failed", what.join(" ")))
}
