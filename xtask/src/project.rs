//! The schema of this repository and the crate made from it.

use odatagen::Generated;
use odatagen::config::Config;
use odatagen::diagnostic::Diagnostics;
use odatagen::digest::digest;
use odatagen::generate;
use odatagen::source::SourceMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Everything that a chore needs to know.
pub(crate) struct Project {
    /// The folder of the generated crate.
    pub(crate) folder: PathBuf,
    /// The inputs, the configuration first.
    pub(crate) inputs: Vec<Input>,
    /// What the generator made of them.
    pub(crate) generated: Generated,
    schema: PathBuf,
}

/// An input file.
pub(crate) struct Input {
    /// The path below `schema/`.
    pub(crate) name: String,
    digest: String,
}

impl Project {
    /// Reads the schema and generates the crate in memory. The error is ready to be shown.
    pub(crate) fn read(colour: bool) -> Result<Self, String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
        let schema = root.join("schema");
        let mut sources = SourceMap::new();
        let mut diagnostics = Diagnostics::default();
        let mut inputs = Vec::new();
        let mut add = |name: &str, sources: &mut SourceMap, diagnostics: &mut Diagnostics| {
            let bytes = fs::read(schema.join(name))
                .map_err(|error| format!("error[unreadable]: cannot read schema/{name}: {error}\n  = help: schema/odatagen.toml names the documents under [source]"))?;
            inputs.push(Input { name: name.to_owned(), digest: digest(&bytes) });
            match sources.add(format!("schema/{name}"), &bytes) {
                Ok(source) => Ok(Some(source)),
                Err(diagnostic) => {
                    diagnostics.push(diagnostic);
                    Ok::<_, String>(None)
                }
            }
        };
        let configuration = add("odatagen.toml", &mut sources, &mut diagnostics)?;
        let config =
            match configuration.map(|source| Config::parse(&sources.get(source).text, source)) {
                Some(Ok(config)) => config,
                Some(Err(diagnostic)) => {
                    diagnostics.push(diagnostic);
                    return Err(diagnostics.render(&sources, colour));
                }
                None => return Err(diagnostics.render(&sources, colour)),
            };
        let mut documents = Vec::new();
        for file in &config.source.files {
            documents.extend(add(file.get_ref(), &mut sources, &mut diagnostics)?);
        }
        let generated = generate(&sources, &documents, &config, configuration, &mut diagnostics);
        if !diagnostics.is_empty() {
            eprint!("{}", diagnostics.render(&sources, colour));
        }
        let generated = generated
            .filter(|_| !diagnostics.has_errors())
            .ok_or_else(|| "error: the schema has errors; nothing was changed".to_owned())?;
        let folder = schema.join(&config.package.directory);
        Ok(Self { folder, inputs, generated, schema })
    }

    /// Records the inputs. Whether the record changed.
    pub(crate) fn write_lock(&self) -> Result<bool, String> {
        if self.lock_is_current()? {
            return Ok(false);
        }
        let path = self.schema.join("odatagen.lock");
        fs::write(&path, self.lock())
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
        Ok(true)
    }

    /// Whether the record is that of the inputs.
    pub(crate) fn lock_is_current(&self) -> Result<bool, String> {
        let path = self.schema.join("odatagen.lock");
        match fs::read_to_string(&path) {
            Ok(text) => Ok(text == self.lock()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(format!("cannot read {}: {error}", path.display())),
        }
    }

    fn lock(&self) -> String {
        let mut text = format!(
            "# What generated/ was made from. Written by `cargo xtask regen`; do not edit.\ntool = \"{}\"\n\n[inputs]\n",
            env!("CARGO_PKG_VERSION")
        );
        for input in &self.inputs {
            let _ = writeln!(text, "\"{}\" = \"{}\"", input.name, input.digest);
        }
        text
    }
}
