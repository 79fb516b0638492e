//! `cargo xtask diff-audit`: does the Rust verdict of a comparison agree with Rust itself?
//!
//! For each pair of real revisions both sides are cut down to what changed, both crates are
//! generated, and the verdict is compared with those of `cargo-semver-checks` and
//! `cargo-public-api`. It must never be milder. Where it is stricter than the first one, which does not
//! compare types, the second one has to confirm it.

use schemacrate::config::Config;
use schemacrate::review::{Bump, Report, RustChangeKind, Side, diff};
use schemacrate::{Builder, Session};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use time::OffsetDateTime;

/// The package name of both crates.
const PACKAGE: &str = "graph-audit";

/// How many types and operations a slice starts with; breaking changes are taken first.
const MOST: usize = 60;

/// The pairs to audit.
pub(crate) struct Audit<'a> {
    pub(crate) root: &'a Path,
    /// Only pairs whose old file has this in its name.
    pub(crate) only: &'a [String],
}

/// What the tools report about two crates.
struct Verdicts {
    semver: Bump,
    public_api: Bump,
    /// The lines of the public API that are gone.
    gone: usize,
}

impl Audit<'_> {
    /// Audits the pairs. Returns whether every verdict is strict enough and explained.
    pub(crate) fn run(&self) -> Result<bool, String> {
        let shared = crate::workplace::shared(self.root);
        let history = shared.join("graph/history");
        if !history.is_dir() {
            println!("diff-audit: skipped, there is no {}", history.display());
            return Ok(true);
        }
        for tool in ["semver-checks", "public-api"] {
            let found = Command::new("cargo").args([tool, "--version"]).output();
            if !found.is_ok_and(|output| output.status.success()) {
                return Err(format!(
                    "error: there is no cargo-{tool}; run `cargo install --locked cargo-{tool}`"
                ));
            }
        }
        let pairs = std::fs::read_to_string(history.join("pairs.json"))
            .map_err(|error| format!("error: cannot read pairs.json: {error}"))?;
        let pairs: Vec<serde_json::Value> =
            serde_json::from_str(&pairs).map_err(|error| format!("error: pairs.json: {error}"))?;
        println!("| old | changes in the slice | schemacrate | semver-checks | public-api | |");
        println!("|---|--:|---|---|---|---|");
        let mut all = true;
        for pair in &pairs {
            let name = |side: &str| pair[side].as_str().unwrap_or_default().to_owned();
            let (old, new) = (name("old"), name("new"));
            if self.only.is_empty() || self.only.iter().any(|one| old.contains(one)) {
                all &= self.pair(&history.join(&old), &history.join(&new), &old)?;
            }
        }
        Ok(all)
    }

    fn pair(&self, old: &Path, new: &Path, name: &str) -> Result<bool, String> {
        let whole = Config::new(PACKAGE, "client");
        let (before, after) = (side(old, &whole)?, side(new, &whole)?);
        let today = OffsetDateTime::now_utc().date();
        let containers = [&before, &after].map(|side| side.whole.container.as_ref());
        let containers = containers.map(|one| one.map(|one| one.name.to_string()));
        let patterns = patterns(&diff(&before, &after, &[], today), &containers);
        let mut config = whole;
        let spanned = |pattern: &String| toml::Spanned::new(0..0, pattern.clone());
        config.slice.include = patterns.iter().map(spanned).collect();
        let (before, after) = (side(old, &config)?, side(new, &config)?);
        let report = diff(&before, &after, &[], today);
        let folder = self.root.join("target/diff-audit");
        for (document, side, which) in [(old, &before, "old"), (new, &after, "new")] {
            self.generate(document, &folder.join(which), &patterns, &side.unmatched)?;
        }
        let verdicts = verdicts(&folder, &report)?;
        let strict = report.bump() >= verdicts.semver && report.bump() >= verdicts.public_api;
        let changed = report.changes.iter().flat_map(|change| &change.rust);
        let changed = changed.filter(|one| one.kind == RustChangeKind::Changed).count();
        let explained = report.bump() < Bump::Major || verdicts.public_api == Bump::Major;
        let remark = match (strict, explained, report.bump() > verdicts.semver) {
            (false, ..) => "MILDER".to_owned(),
            (true, false, _) => "STRICTER WITHOUT A REASON".to_owned(),
            (true, true, true) if report.bump() < Bump::Major => {
                "there is only something new, for which semver-checks has no lint here".to_owned()
            }
            (true, true, true) => format!(
                "stricter than semver-checks: {changed} signatures have other types, which it does not compare; {} lines of the API are gone",
                verdicts.gone
            ),
            (true, true, false) => String::new(),
        };
        println!(
            "| {name} | {} | {:?} | {:?} | {:?} | {remark} |",
            report.changes.len(),
            report.bump(),
            verdicts.semver,
            verdicts.public_api
        );
        Ok(strict && explained)
    }

    fn generate(
        &self,
        document: &Path,
        folder: &Path,
        patterns: &[String],
        unmatched: &[String],
    ) -> Result<(), String> {
        let mut builder = Builder::new(folder)
            .force()
            .schema(document)
            .crate_name(PACKAGE)
            .runtime_path(self.root.join("runtime"));
        for pattern in patterns.iter().filter(|one| !unmatched.contains(one)) {
            builder = builder.include(pattern);
        }
        // The crates are not members of this repository's workspace.
        let manifest =
            toml::Table::from_iter([("workspace".to_owned(), toml::Table::new().into())]);
        let build = builder.manifest(&manifest).run().map_err(|error| error.to_string())?;
        build.write().map_err(|error| format!("error: {error}"))
    }
}

fn side(document: &Path, config: &Config) -> Result<Side, String> {
    let mut session = Session::new();
    let read = session.add_file(document).and_then(|()| Side::read(session, config));
    read.map_err(|error| error.render(false))
}

/// The types, operations and members of the containers that changed, breaking changes first.
fn patterns(report: &Report, containers: &[Option<String>]) -> Vec<String> {
    let mut patterns: Vec<String> = Vec::new();
    for change in &report.changes {
        let owner = change.owner.split('(').next().unwrap_or_default().to_owned();
        let is_root = containers.iter().flatten().any(|name| *name == owner);
        let pattern = match change.target.split('/').nth(1) {
            Some(member) if is_root => format!("/{member}"),
            _ => owner,
        };
        if (pattern.contains('.') || pattern.starts_with('/')) && !patterns.contains(&pattern) {
            patterns.push(pattern);
        }
    }
    patterns.truncate(MOST);
    patterns
}

fn verdicts(folder: &Path, report: &Report) -> Result<Verdicts, String> {
    let semver = |release: &str| -> Result<bool, String> {
        let output = Command::new("cargo")
            .args(["semver-checks", "--color", "never", "--release-type", release])
            .arg("--manifest-path")
            .arg(folder.join("new/Cargo.toml"))
            .arg("--baseline-root")
            .arg(folder.join("old"))
            .env("CARGO_TARGET_DIR", folder.join("target"))
            .output()
            .map_err(|error| format!("error: cannot run cargo-semver-checks: {error}"))?;
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        if !stderr.contains("Summary") {
            return Err(format!("error: cargo-semver-checks did not finish\n{stderr}"));
        }
        Ok(output.status.success())
    };
    let semver = match (semver("minor")?, semver("patch")?) {
        (false, _) => Bump::Major,
        (true, false) => Bump::Minor,
        (true, true) => Bump::Patch,
    };
    let (old, new) = (public_api(folder, "old")?, public_api(folder, "new")?);
    let widened: Vec<String> = report
        .changes
        .iter()
        .flat_map(|change| &change.rust)
        .filter(|one| one.kind == RustChangeKind::Widened)
        .map(|one| format!("::{}(", one.path.trim_end_matches("()")))
        .collect();
    // A setter that also takes null has another signature, but breaks no call.
    let stays = |line: &&String| widened.iter().any(|path| line.contains(path.as_str()));
    let gone = old.difference(&new).filter(|line| !stays(line)).count();
    let public_api = match (gone, new.len() > old.len() || new != old) {
        (1.., _) => Bump::Major,
        (0, true) => Bump::Minor,
        (0, false) => Bump::None,
    };
    let semver = if semver == Bump::Patch { Bump::None } else { semver };
    Ok(Verdicts { semver, public_api, gone })
}

/// The public items of a crate, as rustdoc lists them.
fn public_api(folder: &Path, side: &str) -> Result<BTreeSet<String>, String> {
    let output = Command::new("cargo")
        .args(["+nightly", "public-api", "-ss", "--color", "never", "--manifest-path"])
        .arg(folder.join(side).join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env_remove("CARGO")
        .env_remove("RUSTUP_TOOLCHAIN")
        .output()
        .map_err(|error| format!("error: cannot run cargo-public-api: {error}"))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        return Err(format!("error: cargo-public-api: {stderr}"));
    }
    Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
}
