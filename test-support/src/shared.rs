//! Real schemas, which are not part of the repository.

use std::path::{Path, PathBuf};

/// A file or a folder of the real schemas: below the folder that the environment variable
/// `SCHEMACRATE_SHARED` names, or below `../shared` next to the repository.
///
/// `None` if it does not exist; then a line on standard error reports it, and the test is skipped.
pub fn shared(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let folder = std::env::var_os("SCHEMACRATE_SHARED").map_or(beside, PathBuf::from);
    let path = folder.join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: there is no {}; set SCHEMACRATE_SHARED", path.display());
    None
}
