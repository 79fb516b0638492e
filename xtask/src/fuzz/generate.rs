//! What must hold of the generator for any bytes.

use schemacrate::Session;
use schemacrate::config::Config;

/// Generates a crate in memory. `Ok(true)` if the bytes are a document that has one.
pub(super) fn check(bytes: &[u8]) -> Result<bool, String> {
    let mut session = Session::new();
    let is_text = session.add("damaged", bytes).is_ok();
    let is_built = is_text && session.generate(&Config::new("damaged", "out")).is_ok();
    // Every finding can be shown as well.
    let shown = session.render(false);
    match is_built == session.check().is_ok() {
        true => Ok(is_built),
        false => Err(format!("what is found does not fit the outcome: {shown}")),
    }
}
