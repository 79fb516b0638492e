//! The other generators: their versions, and how each is installed and called.
//!
//! Enters: the folder for what is installed. Leaves: a program and its arguments. Must not know: what
//! is measured.

use super::models::write_file;
use crate::workplace::{cargo, text};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a generator reads.
pub(super) enum Reads {
    /// The schema as it is.
    Csdl,
    /// The document of the converter, in this version of `OpenAPI`.
    OpenApi(&'static str),
}

/// The source of a program.
pub(super) enum Source {
    /// A program on crates.io.
    Crate,
    /// A library on crates.io, and the program that calls it.
    Library(&'static str),
    /// A package of npm, and the script in it.
    Npm(&'static str),
    /// A package of `PyPI`.
    PyPi,
}

/// A program that is installed from a registry.
pub(super) struct Peer {
    /// The name of its package.
    pub(super) name: &'static str,
    /// The version that is measured.
    pub(super) version: &'static str,
    /// Where it comes from.
    pub(super) source: Source,
    /// What it reads.
    pub(super) reads: Reads,
    /// Its arguments, where `{in}` is the document, `{out}` the folder of the crate, and `{api}` the
    /// version of `OpenAPI`.
    pub(super) arguments: &'static [&'static str],
    /// The dependencies of the generated code, if the generator does not specify them itself.
    pub(super) dependencies: &'static str,
}

/// Makes `OpenAPI` documents from schemas.
pub(super) const CONVERTER: Peer = Peer {
    name: "odata-openapi",
    version: "0.29.0",
    source: Source::Npm("node_modules/odata-openapi/lib/cli.js"),
    reads: Reads::Csdl,
    arguments: &["--openapi-version", "{api}", "--target", "{out}", "{in}"],
    dependencies: "",
};

/// The generators of Rust from OData schemas or from `OpenAPI` documents.
pub(super) const PEERS: [Peer; 5] = [
    Peer {
        name: "odata_client_codegen",
        version: "0.1.0",
        source: Source::Library(CLIENT_CODEGEN),
        reads: Reads::Csdl,
        arguments: &["{in}", "{out}/src/lib.rs"],
        // The library uses features of syn that another package enabled when it was published.
        dependencies: "[dependencies]\nodata_client = \"=0.1.0\"\nsyn = { version = \"1\", features = [\"full\"] }\n",
    },
    Peer {
        name: "cargo-progenitor",
        version: "0.15.1",
        source: Source::Crate,
        reads: Reads::OpenApi("3.0.2"),
        arguments: &[
            "progenitor",
            "--input",
            "{in}",
            "--output",
            "{out}",
            "--name",
            "api",
            "--version",
            "0.0.0",
        ],
        dependencies: "",
    },
    Peer {
        name: "oas3-gen",
        version: "0.29.0",
        source: Source::Crate,
        reads: Reads::OpenApi("3.1.0"),
        arguments: &["generate", "client-mod", "-i", "{in}", "-o", "{out}", "--workspace"],
        dependencies: "",
    },
    Peer {
        name: "openapi-generator-cli",
        version: "7.26.0",
        source: Source::PyPi,
        reads: Reads::OpenApi("3.0.2"),
        arguments: &["generate", "-g", "rust", "-i", "{in}", "-o", "{out}", "--skip-validate-spec"],
        dependencies: "",
    },
    Peer {
        name: "openapi-to-rust",
        version: "0.23.0",
        source: Source::Crate,
        reads: Reads::OpenApi("3.0.2"),
        arguments: &["generate", "{in}", "--output-dir", "{out}/src", "--quiet"],
        dependencies: "",
    },
];

/// Calls `odata_client_codegen`, which is made for build scripts.
const CLIENT_CODEGEN: &str = r#"//! Makes a module of a schema.

use odata_client_codegen::{ConstructConfig, write_module_build_artifact};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(schema), Some(module)) = (arguments.next(), arguments.next()) else {
        panic!("a schema and a module are needed");
    };
    let config = ConstructConfig { skip_invalid_nav_prop_bindings: true };
    let service = "https://example.org/";
    if let Err(error) = write_module_build_artifact(&schema, &module, service, false, config, None) {
        eprintln!("error: {}", error.root_cause());
        std::process::exit(1);
    }
}
"#;

impl Peer {
    /// Its arguments for a document and the folder of a crate; `api` is the version of `OpenAPI`.
    pub(super) fn filled(&self, document: &Path, out: &Path, api: &str) -> Vec<String> {
        let (document, out) = (text(document), text(out));
        let filled = |argument: &&str| {
            argument.replace("{in}", &document).replace("{out}", &out).replace("{api}", api)
        };
        self.arguments.iter().map(filled).collect()
    }

    /// Installs the package, if it is not there yet, and returns what runs it.
    pub(super) fn installed(&self, peers: &Path) -> Result<Vec<String>, String> {
        let folder = peers.join(format!("{}-{}", self.name, self.version));
        let (interpreter, program) = match self.source {
            Source::Npm(script) => (Some("node"), folder.join(script)),
            Source::Crate | Source::Library(_) | Source::PyPi => {
                (None, folder.join("bin").join(self.name))
            }
        };
        if !program.is_file() {
            println!("installing {} {}", self.name, self.version);
            self.install(peers, &folder)?;
        }
        let interpreter = interpreter.map(str::to_owned);
        Ok(interpreter.into_iter().chain([text(&program)]).collect())
    }

    fn install(&self, peers: &Path, folder: &Path) -> Result<(), String> {
        match self.source {
            Source::Crate => {
                let package = format!("{}@{}", self.name, self.version);
                cargo_install(folder, peers, &["--locked", &package])
            }
            Source::Library(main) => {
                let program = self.library(peers, main)?;
                cargo_install(folder, peers, &["--path", &text(&program)])
            }
            Source::Npm(_) => install_npm(folder, &format!("{}@{}", self.name, self.version)),
            Source::PyPi => {
                done(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
                let package = format!("{}=={}", self.name, self.version);
                done(Command::new(folder.join("bin/pip")).args(["install", "--quiet"]).arg(package))
            }
        }
    }

    /// The package of a program that calls a library.
    fn library(&self, peers: &Path, main: &str) -> Result<PathBuf, String> {
        let Self { name, version, .. } = self;
        // The library uses features of syn that another package enabled when it was published.
        let manifest = format!(
            "[package]\nname = \"run-{name}\"\nversion = \"0.0.0\"\nedition = \"2021\"\npublish = false\n\n\
             [[bin]]\nname = \"{name}\"\npath = \"src/main.rs\"\n\n\
             [dependencies]\n{name} = \"={version}\"\nsyn = {{ version = \"1\", features = [\"full\"] }}\n\n\
             [workspace]\n"
        );
        let program = peers.join(format!("run-{name}"));
        write_file(&program.join("Cargo.toml"), &manifest)?;
        write_file(&program.join("src/main.rs"), main)?;
        Ok(program)
    }
}

/// Installs a package of npm into a folder.
pub(super) fn install_npm(folder: &Path, package: &str) -> Result<(), String> {
    done(Command::new("npm").args(["install", "--silent", "--prefix"]).arg(folder).arg(package))
}

/// Installs a program into a folder.
fn cargo_install(folder: &Path, peers: &Path, what: &[&str]) -> Result<(), String> {
    let mut command = cargo();
    command.args(["install", "--quiet", "--root"]).arg(folder).args(what);
    // Programs share many of their dependencies.
    done(command.env("CARGO_TARGET_DIR", peers.join("build")).current_dir(peers))
}

/// Runs a command that installs something.
fn done(command: &mut Command) -> Result<(), String> {
    let run = command
        .output()
        .map_err(|error| format!("error: {}: {error}", command.get_program().display()))?;
    if run.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&run.stderr).into_owned())
}
