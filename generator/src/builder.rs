//! Generation from files to files, for build scripts, tools and the command line.
//!
//! Enters: paths and settings. Leaves: a [`Build`]: what was generated and how the folder differs
//! from it. With `files` and [`disk`] this is the part of the library that touches files.

use crate::files::{add_beside, read, recorded_address, shown};
use crate::input::config::Unresolved;
use crate::input::config::{Config, KeyStyle};
use crate::input::diagnostic::Diagnostic;
use crate::input::digest::digest;
use crate::input::session::{BuildError, Session};
use crate::pipeline::{Generated, Planned};
use crate::write::disk::{self, Difference, DiskError, Overwrite};
use crate::write::manifest::merge;
use std::fs;
use std::path::{Component, Path, PathBuf};
use toml::Spanned;

/// Generates a crate from documents on disk.
///
/// ```
/// # let folder = std::env::temp_dir().join(format!("schemacrate-builder-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let schema = folder.join("library.csdl");
/// # std::fs::write(&schema, r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
/// # <edmx:DataServices><Schema Namespace="library" xmlns="http://docs.oasis-open.org/odata/ns/edm">
/// # <ComplexType Name="book"><Property Name="title" Type="Edm.String"/></ComplexType>
/// # </Schema></edmx:DataServices></edmx:Edmx>"#)?;
/// use schemacrate::Builder;
///
/// let build = Builder::new(folder.join("client"))
///     .schema(&schema)
///     .crate_name("library-client")
///     .service_root("https://example.com/library")
///     .run()?;
/// build.write()?;
/// assert!(folder.join("client/src/library/book_types.rs").exists());
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Builder {
    configuration: Option<PathBuf>,
    out: Option<PathBuf>,
    schemas: Vec<PathBuf>,
    overlays: Vec<PathBuf>,
    crate_name: Option<String>,
    service_root: Option<String>,
    models_only: bool,
    module: Option<String>,
    unresolved: Option<Unresolved>,
    keys: Option<KeyStyle>,
    default_namespaces: Vec<String>,
    include: Vec<String>,
    exclude: Vec<String>,
    command: Option<String>,
    manifest: toml::Table,
    runtime: Option<PathBuf>,
    attributes: Vec<(String, String)>,
    external: Vec<(String, String)>,
    overwrite: Overwrite,
}

/// What was generated, in memory.
#[derive(Debug)]
pub struct Build {
    /// The model, the plan and the files.
    pub generated: Generated,
    /// The folder of the crate.
    pub folder: PathBuf,
    /// How the folder differs from the files.
    pub difference: Difference,
    /// The files that were read, the configuration first.
    pub inputs: Vec<Input>,
    /// What was read, and the findings that did not stop the generation.
    pub session: Session,
    /// Which files [`Build::write`] may overwrite.
    pub overwrite: Overwrite,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The path as the caller spelled it; for documents of a configuration, as the configuration
    /// spells it.
    pub name: String,
    /// The digest of the content.
    pub digest: String,
}

impl Builder {
    /// A crate in a folder.
    pub fn new(out: impl Into<PathBuf>) -> Self {
        Self { out: Some(out.into()), ..Self::default() }
    }

    /// The crate that a `schemacrate.toml` describes. Other settings take precedence over the file.
    pub fn from_config(path: impl Into<PathBuf>) -> Self {
        Self { configuration: Some(path.into()), ..Self::default() }
    }

    /// The folder of the crate, in place of the one that the configuration names.
    #[must_use]
    pub fn out(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out = Some(folder.into());
        self
    }

    /// Makes the runtime a `path` dependency of the crate, in place of one below the crate or of
    /// what the configuration names. An absolute path is written as it is, any other one relative to
    /// the crate.
    #[must_use]
    pub fn runtime_path(mut self, folder: impl Into<PathBuf>) -> Self {
        self.runtime = Some(folder.into());
        self
    }

    /// Lets [`Build::write`] overwrite files that the generator did not write, if they are in the
    /// place of generated ones. It never touches links, folders or anything else that is not a
    /// regular file.
    #[must_use]
    pub fn force(mut self) -> Self {
        self.overwrite = Overwrite::Files;
        self
    }

    /// Adds a document.
    #[must_use]
    pub fn schema(mut self, path: impl Into<PathBuf>) -> Self {
        self.schemas.push(path.into());
        self
    }

    /// Adds an overlay, which changes OpenAPI documents before they are read, after the overlays of the
    /// configuration and those that were added before it.
    #[must_use]
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.overlays.push(path.into());
        self
    }

    /// The package name; by default the name of the folder.
    #[must_use]
    pub fn crate_name(mut self, name: impl Into<String>) -> Self {
        self.crate_name = Some(name.into());
        self
    }

    /// The service root that the generated client uses by default.
    #[must_use]
    pub fn service_root(mut self, root: impl Into<String>) -> Self {
        self.service_root = Some(root.into());
        self
    }

    /// Writes only models, and nothing that makes a request.
    #[must_use]
    pub fn models_only(mut self) -> Self {
        self.models_only = true;
        self
    }

    /// Writes one file into the folder, in place of a crate. A module of some crate includes it, and that
    /// crate depends on `schemacrate-runtime` itself. Nothing else in the folder is touched.
    ///
    /// A build script writes it:
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// println!("cargo::rerun-if-changed=library.csdl");
    /// schemacrate::Builder::new(std::env::var("OUT_DIR")?)
    ///     .schema("library.csdl")
    ///     .module("client.rs")
    ///     .run()?
    ///     .write()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// and the crate has a module with it:
    ///
    /// ```text
    /// pub mod client {
    ///     include!(concat!(env!("OUT_DIR"), "/client.rs"));
    /// }
    /// ```
    #[must_use]
    pub fn module(mut self, file: impl Into<String>) -> Self {
        self.module = Some(file.into());
        self
    }

    /// How to treat types and other names that no document declares: as an error, or as any JSON
    /// with a warning for each.
    ///
    /// ```
    /// # let folder = std::env::temp_dir().join(format!("schemacrate-unresolved-{}", std::process::id()));
    /// # std::fs::create_dir_all(&folder)?;
    /// # let schema = folder.join("library.csdl");
    /// # std::fs::write(&schema, r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
    /// # <edmx:DataServices><Schema Namespace="library" xmlns="http://docs.oasis-open.org/odata/ns/edm">
    /// # <ComplexType Name="book"><Property Name="author" Type="people.author"/></ComplexType>
    /// # </Schema></edmx:DataServices></edmx:Edmx>"#)?;
    /// use schemacrate::Builder;
    /// use schemacrate::config::Unresolved;
    ///
    /// let library = Builder::new(folder.join("client")).schema(&schema);
    /// let refused = library.clone().run().unwrap_err();
    /// assert!(refused.to_string().contains("cannot find the type `people.author`"));
    ///
    /// let build = library.unresolved(Unresolved::Untyped).run()?;
    /// let books = build.generated.tree.get("src/library/book_types.rs").unwrap();
    /// assert!(books.contains("pub author: Option<model::Untyped>"));
    /// # std::fs::remove_dir_all(&folder)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn unresolved(mut self, unresolved: Unresolved) -> Self {
        self.unresolved = Some(unresolved);
        self
    }

    /// How keys are written in paths.
    #[must_use]
    pub fn keys(mut self, keys: KeyStyle) -> Self {
        self.keys = Some(keys);
        self
    }

    /// Adds a namespace whose operations are called in paths by their simple names.
    #[must_use]
    pub fn default_namespace(mut self, namespace: impl Into<String>) -> Self {
        self.default_namespaces.push(namespace.into());
        self
    }

    /// Adds an attribute to types: to the struct or the enum of `Namespace.Type`, of each type of
    /// `Namespace.*`, or of all with `*`. It comes before the attributes that the generator writes.
    ///
    /// A pattern that fits no type, and an attribute that is not Rust, is an error.
    #[must_use]
    pub fn type_attribute(
        mut self,
        pattern: impl Into<String>,
        attribute: impl Into<String>,
    ) -> Self {
        self.attributes.push((pattern.into(), attribute.into()));
        self
    }

    /// Adds an attribute to fields and variants: to that of `Namespace.Type/member`, with `*` for any type
    /// or member. A field of a base type has it in the structs of the derived types as well.
    ///
    /// A pattern that fits no member, and an attribute that is not Rust, is an error.
    #[must_use]
    pub fn field_attribute(self, pattern: impl Into<String>, attribute: impl Into<String>) -> Self {
        let pattern = pattern.into();
        // Without a member it would match types.
        let pattern = if pattern.contains('/') { pattern } else { pattern + "/*" };
        self.type_attribute(pattern, attribute)
    }

    /// Uses a type of Rust, such as `::other::User` or `crate::User`, in place of the struct or the
    /// enum of `Namespace.Type`. `docs/configuration.md` lists the traits that the type has to
    /// implement.
    #[must_use]
    pub fn extern_type(mut self, name: impl Into<String>, path: impl Into<String>) -> Self {
        self.external.push((name.into(), path.into()));
        self
    }

    /// Includes a path, a type or an operation in the slice.
    #[must_use]
    pub fn include(mut self, pattern: impl Into<String>) -> Self {
        self.include.push(pattern.into());
        self
    }

    /// Excludes a path, a type or an operation from the slice.
    #[must_use]
    pub fn exclude(mut self, pattern: impl Into<String>) -> Self {
        self.exclude.push(pattern.into());
        self
    }

    /// The command that generates the crate again, which generated files name.
    #[must_use]
    pub fn command(mut self, command: impl Into<String>) -> Self {
        self.command = Some(command.into());
        self
    }

    /// Lays a table over the generated `Cargo.toml`, key by key.
    #[must_use]
    pub fn manifest(mut self, table: &toml::Table) -> Self {
        merge(&mut self.manifest, table);
        self
    }

    /// Reads the documents and generates the crate in memory. Nothing is written; see
    /// [`Build::write`].
    ///
    /// # Errors
    /// If a file cannot be read, or the documents or the configuration are wrong.
    pub fn run(self) -> Result<Build, BuildError> {
        let mut reader = Loader::default();
        let Prepared { mut config, base } = self.prepare(&mut reader)?;
        let Loader { mut session, inputs } = reader;
        let folder = match &self.out {
            Some(out) if self.configuration.is_some() => {
                std::path::absolute(out).unwrap_or_else(|_| out.clone())
            }
            Some(out) => out.clone(),
            None => base.join(&config.package.directory),
        };
        self.place_runtime(&mut config, &base, &folder).map_err(|one| session.fail(one))?;
        let generated = session.generate(&config)?;
        let difference = match disk::compare(&folder, &generated.files()) {
            // The folder of a module is not the generator's, as that of a crate is.
            Ok(mut difference) if config.package.module.is_some() => {
                difference.files.retain(|file| {
                    file.kind != disk::FileState::LeftOver && file.kind != disk::FileState::Beside
                });
                difference
            }
            Ok(difference) => difference,
            Err(error) => {
                error.diagnostics().into_iter().for_each(|one| session.report(one));
                return Err(session.failure());
            }
        };
        let overwrite = self.overwrite;
        Ok(Build { generated, folder, difference, inputs, session, overwrite })
    }

    /// Makes the path of the runtime relative to the crate, as the manifest needs it.
    fn place_runtime(
        &self,
        config: &mut Config,
        base: &Path,
        folder: &Path,
    ) -> Result<(), Diagnostic> {
        let (named, runtime, place) = match (&self.runtime, &config.runtime.path) {
            (Some(named), _) => (named.clone(), named.clone(), 0..0),
            (None, Some(named)) => {
                (PathBuf::from(named.get_ref()), base.join(named.get_ref()), named.span())
            }
            (None, None) => return Ok(()),
        };
        if !is_runtime(&runtime) {
            let message = format!("{} is not the folder of schemacrate-runtime", shown(&runtime));
            let missing = Diagnostic::error("runtime-missing", message)
                .help("name the folder whose Cargo.toml has the package `schemacrate-runtime`");
            return Err(config.point(missing, place, ""));
        }
        let written = if named.is_absolute() { None } else { relative(folder, &runtime) };
        let written = written.unwrap_or_else(|| runtime.to_string_lossy().into_owned());
        config.runtime.path = Some(Spanned::new(place, written));
        Ok(())
    }

    /// Reads the documents and plans the crate, which is not rendered. Findings that did not stop it are
    /// left out.
    ///
    /// # Errors
    /// If a file cannot be read, or the documents or the configuration are wrong.
    pub fn plan(self) -> Result<(Planned, Config), BuildError> {
        let mut reader = Loader::default();
        let Prepared { config, .. } = self.prepare(&mut reader)?;
        let planned = reader.session.plan(&config)?;
        Ok((planned, config))
    }

    /// Reads the configuration and the documents.
    fn prepare(&self, reader: &mut Loader) -> Result<Prepared, BuildError> {
        let (mut config, base) = self.config(reader)?;
        self.apply(&mut config);
        if config.source.address.is_none()
            && let Some(first) = config.source.files.first()
        {
            let address = recorded_address(&base.join(first.get_ref()));
            config.source.address = address.map(|one| Spanned::new(0..0, one));
        }
        for file in &config.source.files {
            // All files that cannot be read are reported at once.
            let _ = reader.add(&base.join(file.get_ref()), file.get_ref());
        }
        for file in &config.source.overlays {
            let _ = reader.add_overlay(&base.join(file.get_ref()), file.get_ref());
        }
        reader.session.check()?;
        reader.add_beside(&base)?;
        if config.source.files.is_empty() {
            let diagnostic = Diagnostic::error("no-schema", "there is no document to read");
            let help = "name one under [source] or with --schema";
            return Err(reader.session.fail(diagnostic.help(help)));
        }
        Ok(Prepared { config, base })
    }

    /// The configuration, and the folder to which its paths are relative.
    fn config(&self, reader: &mut Loader) -> Result<(Config, PathBuf), BuildError> {
        if let Some(path) = &self.configuration {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let config = reader.configure(path, &name)?;
            return Ok((config, path.parent().unwrap_or(Path::new("")).to_owned()));
        }
        let out = self.out.clone().unwrap_or_else(|| PathBuf::from("generated"));
        // A folder such as `.` or `..` has its real name.
        let named = if out.file_name().is_some() { None } else { fs::canonicalize(&out).ok() };
        let named = named.as_ref().unwrap_or(&out).file_name();
        let name = package_name(&named.unwrap_or_default().to_string_lossy());
        Ok((Config::new(&name, &out.to_string_lossy()), PathBuf::new()))
    }

    /// Lays the settings over a configuration.
    fn apply(&self, config: &mut Config) {
        let spanned = |text: &String| Spanned::new(0..0, text.clone());
        // What a configuration names is relative to its folder.
        let path = |path: &PathBuf| {
            let absolute = self.configuration.is_some().then(|| std::path::absolute(path).ok());
            let path = absolute.flatten().unwrap_or_else(|| path.clone());
            spanned(&path.to_string_lossy().into_owned())
        };
        if !self.schemas.is_empty() {
            config.source.files = self.schemas.iter().map(path).collect();
        }
        config.source.overlays.extend(self.overlays.iter().map(path));
        if let (Some(out), Some(_)) = (&self.out, &self.configuration) {
            let out = std::path::absolute(out).unwrap_or_else(|_| out.clone());
            config.package.directory = out.to_string_lossy().into_owned();
        }
        if let Some(name) = &self.crate_name {
            config.package.name.clone_from(name);
        }
        if let Some(root) = &self.service_root {
            config.service.root = Some(root.clone());
        }
        config.package.models_only |= self.models_only;
        if let Some(file) = &self.module {
            config.package.module = Some(file.clone());
        }
        if let Some(unresolved) = self.unresolved {
            config.source.unresolved = unresolved;
        }
        if let Some(keys) = self.keys {
            config.service.keys = keys;
        }
        config.service.default_namespaces.extend(self.default_namespaces.iter().cloned());
        if let Some(command) = &self.command {
            config.package.command.clone_from(command);
        }
        for (pattern, attribute) in &self.attributes {
            config.attributes.entry(pattern.clone()).or_default().push(spanned(attribute));
        }
        for (name, path) in &self.external {
            config.external.insert(name.clone(), spanned(path));
        }
        config.slice.include.extend(self.include.iter().map(spanned));
        config.slice.exclude.extend(self.exclude.iter().map(spanned));
        merge(config.manifest.get_mut(), &self.manifest);
    }
}

impl Build {
    /// Makes the folder equal to what was generated. Only what differs is written, and only what
    /// the generator wrote before is deleted.
    ///
    /// # Errors
    /// If something that the generator did not write blocks a file, in which case nothing is
    /// changed, or if a file cannot be written or deleted.
    pub fn write(&self) -> Result<(), DiskError> {
        disk::apply(&self.folder, &self.difference, self.overwrite)
    }

    /// The findings, with colours for a terminal or without; empty if there were none.
    pub fn warnings(&self, colour: bool) -> String {
        self.session.render(colour)
    }
}

/// The state before anything is generated.
struct Prepared {
    config: Config,
    /// The folder to which the paths of the configuration are relative.
    base: PathBuf,
}

/// What has been read so far.
#[derive(Default)]
struct Loader {
    session: Session,
    inputs: Vec<Input>,
}

impl Loader {
    fn add(&mut self, path: &Path, name: &str) -> Result<(), BuildError> {
        let bytes = self.read(path, name)?;
        self.session.add(shown(path), &bytes).map(drop)
    }

    /// Adds the files to which the documents refer. Their names are relative to the folder of the
    /// configuration, as those are that it has.
    fn add_beside(&mut self, base: &Path) -> Result<(), BuildError> {
        let Self { session, inputs } = self;
        add_beside(session, |path| {
            let bytes = read(path)?;
            let is_of_configuration = base.components().next().is_some();
            let name = is_of_configuration.then(|| relative(base, path)).flatten();
            let name = name.unwrap_or_else(|| path.display().to_string());
            inputs.push(Input { name, digest: digest(&bytes) });
            Ok(bytes)
        })
    }

    fn add_overlay(&mut self, path: &Path, name: &str) -> Result<(), BuildError> {
        let bytes = self.read(path, name)?;
        self.session.add_overlay(shown(path), &bytes).map(drop)
    }

    fn configure(&mut self, path: &Path, name: &str) -> Result<Config, BuildError> {
        let bytes = self.read(path, name)?;
        self.session.configure(shown(path), &bytes)
    }

    fn read(&mut self, path: &Path, name: &str) -> Result<Vec<u8>, BuildError> {
        let bytes = read(path).map_err(|error| self.session.unreadable(&error))?;
        self.inputs.push(Input { name: name.to_owned(), digest: digest(&bytes) });
        Ok(bytes)
    }
}

/// A folder's name as a package name.
fn package_name(folder: &str) -> String {
    let fits = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
    let name: String = folder.chars().map(fits).collect();
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => name,
        _ => format!("client-{name}"),
    }
}

/// Whether a folder holds the package of the runtime. One line of its manifest shows it; parsing
/// the whole manifest would take longer than planning a small crate.
fn is_runtime(folder: &Path) -> bool {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    let names = |line: &str| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == "name")
            .then(|| value.trim().trim_matches('"') == crate::write::runtime::NAME)
    };
    // The package comes first, and what is below `[[example]]` or `[lib]` has names as well.
    manifest.lines().find_map(names) == Some(true)
}

/// The relative path from one folder to another, with `/`. `None` if there is none, as between two
/// drives.
fn relative(from: &Path, to: &Path) -> Option<String> {
    let (from, to) = (resolved(from)?, resolved(to)?);
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let common = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let is_step = |part: &Component<'_>| matches!(part, Component::Normal(_));
    if common == 0 || !from[common..].iter().chain(&to[common..]).all(is_step) {
        return None;
    }
    let up = std::iter::repeat_n("..".to_owned(), from.len() - common);
    let down = to[common..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned());
    let steps: Vec<String> = up.chain(down).collect();
    Some(if steps.is_empty() { ".".to_owned() } else { steps.join("/") })
}

/// A path without links and `..`, even if a part of it does not exist yet.
fn resolved(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let there = path.ancestors().find(|there| there.exists())?;
    let mut resolved = there.canonicalize().ok()?;
    for part in path.strip_prefix(there).ok()?.components() {
        match part {
            Component::ParentDir => _ = resolved.pop(),
            Component::Normal(name) => resolved.push(name),
            _ => {}
        }
    }
    Some(resolved)
}
