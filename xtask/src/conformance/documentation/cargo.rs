//! What cargo reports about a build.
//!
//! Enters: a workspace. Leaves: whether it builds, or the errors by the module or the package that they
//! are about. Must not know: what is done with modules with errors.

use super::workspace::record_of;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// The outcome of a build.
pub(crate) enum Built {
    /// Everything builds.
    Fine,
    /// Something does not.
    Failed(Failure),
}

/// The errors of a build.
#[derive(Debug, Default)]
pub(crate) struct Failure {
    /// The first error of each module, by the number of its record.
    pub(crate) by_module: BTreeMap<usize, String>,
    /// The first error of each package whose errors name no module.
    pub(crate) by_package: BTreeMap<String, String>,
    /// The errors without a place, then the end of cargo's output.
    pub(crate) messages: String,
}

/// Builds as much of a workspace as possible.
pub(crate) fn build(folder: &Path) -> Result<Built, String> {
    let output = crate::workplace::cargo()
        .args(["build", "--workspace", "--keep-going", "--color=never", "--message-format=json"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .map_err(|error| format!("error: cannot run cargo: {error}"))?;
    if output.status.success() {
        return Ok(Built::Fine);
    }
    let mut failure = read(&String::from_utf8_lossy(&output.stdout));
    let stderr = String::from_utf8_lossy(&output.stderr);
    for line in stderr.lines() {
        // A compiler that crashes names no file.
        let package = line.strip_prefix("error: could not compile `");
        if let Some((package, _)) = package.and_then(|rest| rest.split_once('`')) {
            failure.by_package.entry(package.to_owned()).or_insert_with(|| line.to_owned());
        }
    }
    // An error without a place, such as a full disk, is only in the messages.
    let placeless = std::mem::take(&mut failure.messages);
    let lines: Vec<&str> = stderr.lines().collect();
    failure.messages = placeless + &lines[lines.len().saturating_sub(20)..].join("\n");
    Ok(Built::Failed(failure))
}

#[derive(Deserialize)]
struct Line {
    reason: String,
    #[serde(default)]
    target: Option<Target>,
    #[serde(default)]
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Message {
    level: String,
    message: String,
    #[serde(default)]
    code: Option<Code>,
    #[serde(default)]
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: u64,
    is_primary: bool,
    /// The call of the macro that the place is in.
    #[serde(default)]
    expansion: Option<Expansion>,
}

#[derive(Deserialize)]
struct Expansion {
    span: Box<Span>,
}

/// Reads the messages of cargo, one JSON object a line.
fn read(messages: &str) -> Failure {
    let mut failure = Failure::default();
    for line in messages.lines() {
        let Ok(Line { reason, target, message: Some(message) }) = serde_json::from_str(line) else {
            continue;
        };
        if reason != "compiler-message" || !message.level.starts_with("error") {
            continue;
        }
        let code = message.code.as_ref().map(|code| format!("{}: ", code.code)).unwrap_or_default();
        match module(&message.spans) {
            Some((number, line)) => {
                let text = format!("{code}{} (line {line})", message.message);
                failure.by_module.entry(number).or_insert(text);
            }
            // The last message only counts the others. Any other is about the machine or the compiler.
            None if message.spans.is_empty() && message.code.is_none() => {
                let _ = writeln!(failure.messages, "error: {}", message.message);
            }
            None => {
                let package = target.map(|target| target.name.replace('_', "-"));
                let text = format!("{code}{}", message.message);
                let _ = writeln!(failure.messages, "error: {text}");
                failure.by_package.entry(package.unwrap_or_default()).or_insert(text);
            }
        }
    }
    failure
}

/// The module that an error is in: that of its primary place, else of any other one.
fn module(spans: &[Span]) -> Option<(usize, u64)> {
    let (primary, others): (Vec<&Span>, Vec<&Span>) = spans.iter().partition(|one| one.is_primary);
    primary.into_iter().chain(others).find_map(|span| {
        let mut place = Some(span);
        while let Some(span) = place {
            if let Some(number) = record_of(&span.file_name) {
                return Some((number, span.line_start));
            }
            place = span.expansion.as_ref().map(|expansion| &*expansion.span);
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(level: &str, code: &str, spans: &str) -> String {
        format!(
            r#"{{"reason":"compiler-message","target":{{"name":"batch_0"}},"message":{{"level":"{level}","message":"no","code":{code},"spans":[{spans}]}}}}"#
        )
    }

    fn span(file: &str, primary: bool) -> String {
        format!(
            r#"{{"file_name":"{file}","line_start":3,"is_primary":{primary},"expansion":null}}"#
        )
    }

    #[test]
    fn errors_belong_to_modules() {
        let code = r#"{"code":"E0425"}"#;
        let inner = span("batch-0/src/record_7.rs", true);
        let expanded = format!(
            r#"{{"file_name":"/std/macros.rs","line_start":1,"is_primary":true,"expansion":{{"span":{inner}}}}}"#
        );
        let lines = [
            message("error", code, &span("batch-0/src/record_4.rs", true)),
            message("error", "null", &span("batch-0/src/record_4.rs", true)),
            message("warning", "null", &span("batch-0/src/record_5.rs", true)),
            message(
                "error",
                "null",
                &format!(
                    "{},{}",
                    span("batch-0/src/record_6.rs", false),
                    span("client/src/a.rs", true)
                ),
            ),
            message("error", "null", &expanded),
            message("error", "null", ""),
            r#"{"reason":"build-finished","success":false}"#.to_owned(),
            "no JSON".to_owned(),
        ];
        let failure = read(&lines.join("\n"));
        let found: Vec<(usize, &str)> =
            failure.by_module.iter().map(|(number, text)| (*number, text.as_str())).collect();
        assert_eq!(found, [(4, "E0425: no (line 3)"), (6, "no (line 3)"), (7, "no (line 3)")]);
        assert!(failure.by_package.is_empty());
        let failure = read(&message("error", code, &span("batch-0/src/lib.rs", true)));
        assert_eq!(failure.by_package["batch-0"], "E0425: no");
        assert_eq!(failure.messages, "error: E0425: no\n");
        let failure = read(&message("error", "null", ""));
        assert!(failure.by_package.is_empty());
        assert_eq!(failure.messages, "error: no\n");
    }
}
