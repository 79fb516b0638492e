//! The names of vocabularies and of their terms.
//!
//! Enters: nothing. Leaves: names. Must not know: what a term means, which `facts.rs` decides.
//!
//! No other file contains such a name, which a test checks.

/// The beginning of the names of all OASIS vocabularies.
const STANDARD: &str = "Org.OData.";

pub(super) const CAPABILITIES: &str = "Org.OData.Capabilities.V1.";
pub(super) const VALIDATION: &str = "Org.OData.Validation.V1.";

pub(super) const ALTERNATE_KEYS: &str = "Org.OData.Core.V1.AlternateKeys";
/// The name of alternate keys before the Core vocabulary had them.
pub(super) const COMMUNITY_KEYS: &str = "OData.Community.Keys.V1.AlternateKeys";
pub(super) const AUTHORIZATIONS: &str = "Org.OData.Authorization.V1.Authorizations";
pub(super) const COMPUTED: &str = "Org.OData.Core.V1.Computed";
pub(super) const DEFAULT_NAMESPACE: &str = "Org.OData.Core.V1.DefaultNamespace";
pub(super) const DERIVED_TYPES: &str = "Org.OData.Validation.V1.DerivedTypeConstraint";
pub(super) const DESCRIPTION: &str = "Org.OData.Core.V1.Description";
pub(super) const IMMUTABLE: &str = "Org.OData.Core.V1.Immutable";
pub(super) const IS_URL: &str = "Org.OData.Core.V1.IsURL";
pub(super) const LONG_DESCRIPTION: &str = "Org.OData.Core.V1.LongDescription";
pub(super) const OPTIONAL_PARAMETER: &str = "Org.OData.Core.V1.OptionalParameter";
pub(super) const PATTERN: &str = "Org.OData.Validation.V1.Pattern";
pub(super) const PERMISSIONS: &str = "Org.OData.Core.V1.Permissions";
pub(super) const REVISIONS: &str = "Org.OData.Core.V1.Revisions";
pub(super) const SECURITY_SCHEMES: &str = "Org.OData.Authorization.V1.SecuritySchemes";

/// Whether a namespace is one of a vocabulary of OASIS, which documents use without declaring it.
pub(super) fn is_standard(namespace: &str) -> bool {
    namespace.starts_with(STANDARD)
}

#[cfg(test)]
mod tests {
    use proc_macro2::{Delimiter, TokenStream, TokenTree};
    use std::path::{Path, PathBuf};

    /// The sources of the generator, except this file.
    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|ext| ext == "rs")
                && !path.ends_with(Path::new(file!()).file_name().expect("a name"))
            {
                found.push(path);
            }
        }
    }

    /// The literals in some tokens that name a vocabulary; documentation is an attribute by now.
    fn named(tokens: TokenStream, found: &mut Vec<String>) {
        let mut after_hash = false;
        for token in tokens {
            let is_mark = matches!(&token, TokenTree::Punct(one) if one.as_char() == '#')
                || after_hash && matches!(&token, TokenTree::Punct(one) if one.as_char() == '!');
            match token {
                TokenTree::Group(group) => {
                    if !(after_hash && group.delimiter() == Delimiter::Bracket) {
                        named(group.stream(), found);
                    }
                }
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    if text.contains("Org.OData.") || text.contains("OData.Community.") {
                        found.push(text);
                    }
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) => {}
            }
            after_hash = is_mark;
        }
    }

    #[test]
    fn no_other_source_names_a_term() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = Vec::new();
        sources(&root, &mut files);
        assert!(files.len() > 100, "{}", files.len());
        for file in files {
            let text = std::fs::read_to_string(&file).expect("a source");
            let mut found = Vec::new();
            named(text.parse().expect("Rust"), &mut found);
            assert!(found.is_empty(), "{}: {found:?}", file.display());
        }
    }

    #[test]
    fn a_name_in_a_literal_is_found_and_one_in_documentation_is_not() {
        let text = "/// Org.OData.Core.V1\nfn f() { g(&[\"Org.OData.Core.V1.Computed\"]); }";
        let mut found = Vec::new();
        named(text.parse().expect("Rust"), &mut found);
        assert_eq!(found, ["\"Org.OData.Core.V1.Computed\""]);
    }
}
