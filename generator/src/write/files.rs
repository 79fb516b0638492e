//! All files of a crate, or the one file of a module.
//!
//! Enters: a plan and the configuration. Leaves: text by path. Must not know: the folder that they
//! are written to.

use super::manifest::Manifest;
use super::mark;
use super::render::{render, render_module};
use super::runtime;
use super::tree::FileTree;
use crate::crate_plan::{CratePlan, api};
use crate::input::config::Config;
use crate::input::diagnostic::Diagnostic;
use std::sync::Arc;

/// The files of a crate.
pub(crate) struct Files {
    /// The files of the crate itself.
    pub(crate) tree: FileTree,
    /// The files of the runtime, if the crate contains it.
    pub(crate) runtime: FileTree,
}

impl Files {
    /// Writes the files of a planned crate.
    ///
    /// # Errors
    /// If cargo would refuse the manifest.
    pub(crate) fn of(plan: &CratePlan, config: &Config) -> Result<Self, Diagnostic> {
        if let Some(file) = &config.package.module {
            let mut tree = FileTree::default();
            tree.insert(file, render_module(plan));
            return Ok(Self { tree, runtime: FileTree::default() });
        }
        let manifest = Manifest::of(config, plan)?;
        let api = || Arc::<str>::from(mark::of_api(&plan.command) + &api::text(plan));
        let (mut tree, api) = rayon::join(|| render(plan), api);
        tree.insert("Cargo.toml", manifest.text);
        tree.insert("api.txt", api);
        let runtime = match manifest.carries_runtime {
            true => runtime::files(&config.package.command),
            false => FileTree::default(),
        };
        Ok(Self { tree, runtime })
    }
}
