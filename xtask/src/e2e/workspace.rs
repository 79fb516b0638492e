//! Generated clients, and the programs that make exchanges with them.
//!
//! Enters: documents, and the Rust of exchanges. Leaves: what does not compile, and what came of running the
//! rest. Must not know: what should have come.
//!
//! The Rust of each exchange is a module of a program, in a file of its own, so an error of the compiler names
//! the exchange: modules with errors are taken out and the rest is built again.

use super::outcome::Outcome;
use crate::conformance::documentation::cargo::{self, Built};
use crate::workplace::{self, text};
use schemacrate::config::{Config, Unresolved};
use schemacrate::internals::crate_plan::CratePlan;
use schemacrate::snippet::{HttpRequest, Snippet, SnippetError, Snippets};
use schemacrate::{Build, Builder, Schema};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder with clients and programs.
pub(super) struct Workspace {
    folder: PathBuf,
    runtime: PathBuf,
    /// By name.
    programs: BTreeMap<String, Program>,
}

/// A program that makes exchanges.
#[derive(Default)]
pub(super) struct Program {
    /// The packages of its clients.
    packages: Vec<String>,
    /// Its modules, by the numbers of their exchanges, which are different in all programs.
    modules: BTreeMap<usize, String>,
}

/// A client that is made of a document.
pub(super) struct Client {
    pub(super) package: String,
    pub(super) plan: CratePlan,
    pub(super) schema: Schema,
}

/// What does not compile, and why.
pub(super) struct Broken {
    /// The modules, by the numbers of their exchanges.
    pub(super) modules: BTreeMap<usize, String>,
    /// The packages of clients.
    pub(super) packages: BTreeMap<String, String>,
}

impl Client {
    /// The Rust of a request.
    pub(super) fn snippet(&self, request: &HttpRequest<'_>) -> Result<Snippet, SnippetError> {
        // A crate of another configuration has the same requests.
        let config = Config::new(&self.package, "out");
        Snippets::new(&self.schema, &self.plan, &config).write(request)
    }

    /// The module of an exchange: the Rust of its request, and a function that calls it with a client, which is
    /// at a path of a service and authorized by methods with arguments.
    pub(super) fn module(
        &self,
        snippet: &Snippet,
        path: &str,
        credentials: &[(String, Vec<String>)],
    ) -> String {
        let package = &self.package;
        let mut text = format!(
            "{}\npub async fn run(base: &str) -> crate::harness::Outcome {{\n    \
             let client = {package}::Client::builder().server(format!(\"{{base}}{path}\"));\n    \
             let client = client.retry({package}::runtime::RetryPolicy::none()).no_client_request_id();\n    \
             let client = client.transport(crate::harness::Recorder::new());\n    \
             let client = match client.build() {{\n        \
             Ok(client) => client,\n        \
             Err(error) => return crate::harness::Outcome::failed(&error),\n    }};\n",
            snippet.code
        );
        for (method, arguments) in credentials {
            let arguments: Vec<String> = arguments.iter().map(|one| format!("{one:?}")).collect();
            let _ = writeln!(text, "    let client = client.{method}({});", arguments.join(", "));
        }
        text.push_str("    crate::outcome!(example(&client).await)\n}\n");
        text
    }
}

impl Program {
    /// Adds the module of an exchange.
    pub(super) fn add(&mut self, number: usize, client: &Client, module: String) {
        if !self.packages.contains(&client.package) {
            self.packages.push(client.package.clone());
        }
        self.modules.insert(number, module);
    }
}

impl Workspace {
    pub(super) fn new(folder: &Path, root: &Path) -> Result<Self, String> {
        fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
        let lock = folder.join("Cargo.lock");
        fs::copy(root.join("Cargo.lock"), &lock).map_err(|error| failed(&lock, &error))?;
        let (folder, runtime) = (folder.to_owned(), root.join("runtime"));
        Ok(Self { folder, runtime, programs: BTreeMap::new() })
    }

    /// Makes the client of a document. What it refers to and is not there may be any JSON.
    pub(super) fn client(&self, document: &Path, package: &str) -> Result<Client, String> {
        let built = Builder::new(self.folder.join(package))
            .schema(document)
            .crate_name(package)
            .runtime_path(&self.runtime)
            .unresolved(Unresolved::Untyped)
            .force()
            .run();
        let build = built.map_err(|error| failed(document, &error))?;
        build.write().map_err(|error| failed(document, &error))?;
        let Build { generated, .. } = build;
        Ok(Client { package: package.to_owned(), plan: generated.plan, schema: generated.schema })
    }

    /// The program of a name.
    pub(super) fn program(&mut self, name: &str) -> &mut Program {
        self.programs.entry(name.to_owned()).or_default()
    }

    /// Compiles everything but what does not compile, which is taken out.
    pub(super) fn build(&mut self) -> Result<Broken, String> {
        let mut broken = Broken { modules: BTreeMap::new(), packages: BTreeMap::new() };
        while !self.programs.is_empty() {
            self.write()?;
            let packages = self.programs.values().map(|program| program.packages.len());
            let modules = self.programs.values().map(|program| program.modules.len());
            eprintln!(
                "building {} clients and {} exchanges",
                packages.sum::<usize>(),
                modules.sum::<usize>()
            );
            let Built::Failed(failure) = cargo::build(&self.folder)? else { return Ok(broken) };
            let is_client = |package: &str| package.replace('-', "_");
            let known = |package: &String| {
                self.programs.values().any(|program| program.packages.contains(package))
            };
            // What the compiler reports of a package has its name in another form than what cargo reports.
            let mut packages: BTreeMap<String, String> = BTreeMap::new();
            for (package, error) in failure.by_package {
                let package = is_client(&package);
                if known(&package) && !error.starts_with("error: could not compile") {
                    packages.insert(package, error);
                } else if known(&package) {
                    packages.entry(package).or_insert(error);
                }
            }
            if failure.by_module.is_empty() && packages.is_empty() {
                return Err(format!("error: the clients cannot be built\n{}", failure.messages));
            }
            for program in self.programs.values_mut() {
                program.modules.retain(|number, _| !failure.by_module.contains_key(number));
            }
            for (package, error) in packages {
                self.programs.retain(|_, program| !program.packages.contains(&package));
                broken.packages.insert(package, error);
            }
            broken.modules.extend(failure.by_module);
        }
        Ok(broken)
    }

    /// Writes the manifests and the programs.
    fn write(&self) -> Result<(), String> {
        let programs = self.programs.iter();
        let members = programs.flat_map(|(name, one)| one.packages.iter().chain([name]));
        self.put("Cargo.toml", &workplace::workspace_manifest(members.map(String::as_str)))?;
        for (name, program) in &self.programs {
            let mut manifest =
                include_str!("../../e2e/runner.toml").replace("\"runner\"", &format!("{name:?}"));
            let _ =
                writeln!(manifest, "schemacrate-runtime = {{ path = {:?} }}", text(&self.runtime));
            for package in &program.packages {
                let _ = writeln!(manifest, "{package} = {{ path = \"../{package}\" }}");
            }
            self.put(&format!("{name}/Cargo.toml"), &manifest)?;
            self.put(&format!("{name}/src/main.rs"), include_str!("../../e2e/runner.rs"))?;
            self.put(&format!("{name}/src/harness.rs"), include_str!("../../e2e/harness.rs"))?;
            self.put(&format!("{name}/src/exchanges.rs"), &program.exchanges())?;
            for (number, text) in &program.modules {
                self.put(&format!("{name}/src/record_{number}.rs"), text)?;
            }
        }
        Ok(())
    }

    /// Writes a file of the workspace, if its content is new.
    fn put(&self, path: &str, content: &str) -> Result<(), String> {
        workplace::put(&self.folder.join(path), content)
    }

    /// Makes the exchanges of a program from a number on, in order, with a service at an address. It ends early if
    /// the service does.
    pub(super) fn run(
        &self,
        program: &str,
        address: &str,
        first: usize,
    ) -> Result<Vec<(usize, Outcome)>, String> {
        let program = self.folder.join("target/debug").join(program);
        let output = Command::new(&program)
            .args([address, &first.to_string()])
            .output()
            .map_err(|error| failed(&program, &error))?;
        let outcomes = String::from_utf8_lossy(&output.stdout);
        let outcomes = outcomes.lines().map(|line| {
            let outcome: Outcome =
                serde_json::from_str(line).map_err(|error| failed(&program, &error))?;
            Ok((outcome.record, outcome))
        });
        let outcomes: Vec<(usize, Outcome)> = outcomes.collect::<Result<_, String>>()?;
        if !output.status.success() {
            let last = outcomes.last().map(|(number, _)| *number);
            let message = String::from_utf8_lossy(&output.stderr);
            return Err(format!("error: the program ended after exchange {last:?}\n{message}"));
        }
        Ok(outcomes)
    }
}

impl Program {
    /// The module that names all others.
    fn exchanges(&self) -> String {
        let mut exchanges = String::new();
        for number in self.modules.keys() {
            let _ = writeln!(exchanges, "#[path = \"record_{number}.rs\"]\nmod record_{number};");
        }
        exchanges.push_str("\npub async fn all(base: &str, first: usize) {\n");
        for number in self.modules.keys() {
            let _ = writeln!(
                exchanges,
                "    crate::harness::report({number}, first, base, Box::pin(record_{number}::run(base))).await;"
            );
        }
        exchanges.push_str("}\n");
        exchanges
    }
}

/// An error of a file.
pub(super) fn failed(path: &Path, error: &dyn std::fmt::Display) -> String {
    format!("error: {}: {error}", text(path))
}
