//! `schemacrate diff`.

use super::{Force, Outcome, Terminal, documents};
use clap::{Args, ValueEnum};
use schemacrate::config::Config;
use schemacrate::diagnostic::Diagnostic;
use schemacrate::review::{Allow, Format, Gate, Links, Report, Side, Style, diff, list_rules};
use schemacrate::{BuildError, Session};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use time::{Date, OffsetDateTime};

/// Two revisions of a schema.
#[derive(Args)]
pub(super) struct Diff {
    /// The old document, CSDL as XML or JSON
    #[arg(required_unless_present = "list_rules", value_name = "OLD")]
    old: Option<PathBuf>,
    /// The new document
    #[arg(required_unless_present = "list_rules", value_name = "NEW")]
    new: Option<PathBuf>,
    /// A schemacrate.toml: its slice, its names and its accepted breaks
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    reading: documents::Reading,
    /// The format of the report
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    format: ReportFormat,
    /// Writes the report in a further format to a file; may be given more than once
    #[arg(long, value_name = "FORMAT=FILE", value_parser = further)]
    report: Vec<(ReportFormat, PathBuf)>,
    #[command(flatten)]
    force: Force,
    /// What makes the command fail
    #[arg(long, value_enum, default_value_t = FailOn::Any, value_name = "AXIS")]
    fail_on: FailOn,
    /// A path such as /users/{id}/messages/**, or a type or operation by qualified name
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,
    /// Lists all rules, in the given format
    #[arg(long)]
    list_rules: bool,
    /// Also shows changes that a client does not see
    #[arg(long)]
    notes: bool,
    /// The name of the schema in a comment [default: the name of the new document]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The names of the two sides in a comment, such as two commits [default: their file names]
    #[arg(long, value_name = "NAME", num_args = 2)]
    sides: Vec<String>,
    /// The address of the old document; `#L12` is added
    #[arg(long, value_name = "URL")]
    old_link: Option<String>,
    /// The address of the new document; `#L12` is added
    #[arg(long, value_name = "URL")]
    new_link: Option<String>,
    /// The day by which dates are judged [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// For a terminal
    Text,
    /// A comment of at most 60,000 characters
    Markdown,
    /// The same, however long
    FullMarkdown,
    /// For programs
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// A break on the wire
    Wire,
    /// A major change of the crate
    Rust,
    /// Either of these
    Any,
    /// Nothing
    None,
}

fn further(text: &str) -> Result<(ReportFormat, PathBuf), String> {
    let (format, path) = text.split_once('=').ok_or("write it as FORMAT=FILE")?;
    Ok((ReportFormat::from_str(format, false)?, PathBuf::from(path)))
}

fn day(text: &str) -> Result<Date, String> {
    let format = time::format_description::well_known::Iso8601::DATE;
    Date::parse(text, &format).map_err(|_| "write it as 2027-01-31".to_owned())
}

/// The exit code for input that cannot be read: 1 is for a comparison that fails.
const UNREADABLE: u8 = 2;

impl Diff {
    pub(super) fn run(self, terminal: Terminal) -> Outcome {
        if self.list_rules {
            super::print(&list_rules(self.format.format()))?;
            return Ok(ExitCode::SUCCESS);
        }
        match self.compare(terminal) {
            Ok(failed) => Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }),
            Err(message) => {
                super::complain(&message);
                Ok(ExitCode::from(UNREADABLE))
            }
        }
    }

    /// Writes the reports. Returns whether the gate stops a change.
    fn compare(&self, terminal: Terminal) -> Result<bool, String> {
        let (Some(old), Some(new)) = (&self.old, &self.new) else { return Ok(false) };
        let (before, after) = std::thread::scope(|scope| {
            let before = scope.spawn(|| self.side(old, terminal));
            let after = self.side(new, terminal);
            (before.join(), after)
        });
        let (before, _) =
            before.map_err(|_| "error: the old side could not be read".to_owned())??;
        let (after, allows) = after?;
        if let Some(pattern) = after.unmatched.iter().find(|one| before.unmatched.contains(one)) {
            return Err(format!("error: nothing on either side matches `{pattern}`"));
        }
        let today = self.today.unwrap_or_else(|| OffsetDateTime::now_utc().date());
        let report = diff(&before, &after, &allows, today);
        let style = self.style(old, new);
        super::print(&report.show(self.format.format(), &style))?;
        for (shape, path) in &self.report {
            self.force.save(path, &report.show(shape.format(), &style), terminal)?;
        }
        Ok(self.verdict(&report, terminal))
    }

    fn verdict(&self, report: &Report, terminal: Terminal) -> bool {
        let stopped = report.stopped_by(self.fail_on.gate());
        if stopped > 0 {
            let subject =
                if stopped == 1 { "1 change breaks" } else { &format!("{stopped} changes break") };
            terminal.note(&format!(
                "{subject} what --fail-on guards; [[diff.allow]] in schemacrate.toml accepts a break"
            ));
        }
        stopped > 0
    }

    fn style(&self, old: &Path, new: &Path) -> Style {
        let file = |path: &Path| {
            path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
        };
        let sides = match self.sides.as_slice() {
            [old, new] => (old.clone(), new.clone()),
            _ => (file(old), file(new)),
        };
        Style {
            name: self.name.clone().unwrap_or_else(|| file(new)),
            sides,
            links: Links { old: self.old_link.clone(), new: self.new_link.clone() },
            notes: self.notes,
        }
    }

    /// One side, and the accepted breaks of the configuration.
    fn side(&self, document: &Path, terminal: Terminal) -> Result<(Side, Vec<Allow>), String> {
        let mut session = Session::new();
        let read = self.read(document, &mut session);
        let side = read.and_then(|(config, allows)| Ok((Side::read(session, &config)?, allows)));
        side.map_err(|error| error.render(terminal.colour()))
    }

    /// Reads the configuration, if there is one, and the document.
    fn read(
        &self,
        document: &Path,
        session: &mut Session,
    ) -> Result<(Config, Vec<Allow>), BuildError> {
        let configured = self.config.as_deref().map(|path| session.configure_file(path));
        // The session holds the findings in the configuration, which are shown with those in the
        // document.
        let mut config =
            configured.and_then(Result::ok).unwrap_or_else(|| Config::new("client", "client"));
        let spanned = |text: &String| toml::Spanned::new(0..0, text.clone());
        config.slice.include.extend(self.include.iter().map(spanned));
        if let Some(unresolved) = self.reading.unresolved() {
            config.source.unresolved = unresolved;
        }
        let mut allows = Vec::new();
        for allow in &config.diff.allow {
            match Allow::read(allow.get_ref()) {
                Ok(allow) => allows.push(allow),
                Err(message) => {
                    let diagnostic = Diagnostic::error("bad-configuration", message);
                    session.report(diagnostic.help("correct the entry under [[diff.allow]]"));
                }
            }
        }
        let base = self.config.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let configured = config.source.overlays.iter().map(|file| base.join(file.get_ref()));
        let overlays = configured.chain(self.reading.overlays().iter().cloned());
        // The session keeps each finding.
        drop(session.add_overlay_files(overlays));
        session.add_file(document)?;
        session.check()?;
        Ok((config, allows))
    }
}

impl ReportFormat {
    fn format(self) -> Format {
        match self {
            Self::Text => Format::Text,
            Self::Markdown => Format::Markdown,
            Self::FullMarkdown => Format::FullMarkdown,
            Self::Json => Format::Json,
            Self::Github => Format::Github,
            Self::Sarif => Format::Sarif,
        }
    }
}

impl FailOn {
    fn gate(self) -> Gate {
        match self {
            Self::Wire => Gate::Wire,
            Self::Rust => Gate::Rust,
            Self::Any => Gate::Any,
            Self::None => Gate::None,
        }
    }
}
