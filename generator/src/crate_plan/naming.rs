//! Every Rust name is decided here.
//!
//! Enters: wire names. Leaves: identifiers that are valid, follow Rust's conventions, and do not
//! collide within their [`Scope`]. Must not know: what the names belong to.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use rustc_hash::FxHashMap;
use std::fmt::Write as _;
use unicode_ident::{is_xid_continue, is_xid_start};

/// The names at the crate root that no module of a schema can have: modules and names of the generator, the
/// files and folders in which Cargo looks for a library and programs, and the tool of an attribute.
pub(crate) const ROOT_NAMES: [&str; 8] =
    ["bin", "client", "lib", "main", "schemacrate_runtime", "registry", "runtime", "rustfmt"];

/// A type or a variant: `deviceConfigurationUserStatus` → `DeviceConfigurationUserStatus`.
pub(crate) fn type_name(wire: &str) -> String {
    if is_camel(wire) {
        return valid(capital(wire), "Item");
    }
    valid(separate_plural_acronyms(wire).to_upper_camel_case(), "Item")
}

/// A field, a method, an argument: `lastReportedDateTime` → `last_reported_date_time`.
/// Keywords are not yet escaped; see [`identifier`].
pub(crate) fn value_name(wire: &str) -> String {
    if is_camel(wire) {
        return valid(snake(wire), "item");
    }
    valid(separate_plural_acronyms(wire).to_snake_case(), "item")
}

/// Whether a name is words of letters, each but the first with one capital. Most names are, and
/// need no general rules.
fn is_camel(wire: &str) -> bool {
    let bytes = wire.as_bytes();
    bytes.iter().all(u8::is_ascii_alphabetic)
        && !bytes.windows(2).any(|pair| pair.iter().all(u8::is_ascii_uppercase))
}

/// Whether a name is words of small letters with an underscore between each two.
fn is_snake(name: &str) -> bool {
    name.split('_').all(|word| !word.is_empty() && word.bytes().all(|c| c.is_ascii_lowercase()))
}

/// `abcDef` → `AbcDef`
fn capital(camel: &str) -> String {
    let mut name = camel.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

/// `abcDef` → `abc_def`
fn snake(camel: &str) -> String {
    let mut name = String::with_capacity(camel.len() + 8);
    for c in camel.chars() {
        if c.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(c.to_ascii_lowercase());
    }
    name
}

/// A module, which is also the name of a folder: it never has `r#`, and is not a name that Windows
/// reserves for devices.
pub(crate) fn module_name(wire: &str) -> String {
    let name = file_name(&value_name(wire));
    if is_keyword(&name) || is_device(&name) { format!("{name}_") } else { name }
}

/// The name of a file, and so of the module in it. The compiler requires ASCII there, so other
/// letters are replaced by their numbers. It is cut to the greatest length of file names, with room
/// for a suffix.
pub(crate) fn file_name(name: &str) -> String {
    const LONGEST: usize = 100;
    let mut file = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii() {
            file.push(c);
        } else {
            let _ = write!(file, "u{:x}", u32::from(c));
        }
    }
    file.truncate(LONGEST);
    file
}

fn is_device(name: &str) -> bool {
    let numbered = |prefix| {
        name.strip_prefix(prefix).is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']))
    };
    matches!(name, "aux" | "con" | "nul" | "prn") || numbered("com") || numbered("lpt")
}

/// A constant: `displayName` → `DISPLAY_NAME`.
pub(crate) fn constant_name(wire: &str) -> String {
    if is_snake(wire) {
        return valid(wire.to_ascii_uppercase(), "ITEM");
    }
    valid(separate_plural_acronyms(wire).to_shouty_snake_case(), "ITEM")
}

/// The words of a name, in lower case, which name the file of a type.
pub(crate) fn words(wire: &str) -> Vec<String> {
    value_name(wire).split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The first letters of a name, in lower case, which distinguish tables of names. A character that
/// a file name cannot have becomes a `0`.
pub(crate) fn initials(wire: &str, length: usize) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '0' };
    wire.chars().take(length).map(letter).collect()
}

/// The singular of a navigation property's name, if there is a known one.
///
/// English leaves a choice (`statuses` → `status`, `licenses` → `license`), which the name of the
/// entity type settles where it ends in one of the candidates.
pub(crate) fn singular(plural: &str, type_name: &str) -> String {
    let candidates = singular_candidates(plural);
    let type_name = type_name.to_ascii_lowercase();
    candidates
        .iter()
        .find(|candidate| type_name.ends_with(&candidate.to_ascii_lowercase()))
        .or_else(|| candidates.first())
        .cloned()
        .unwrap_or_else(|| plural.to_owned())
}

/// A name as the beginning of another one: without the underscore that keeps it apart from a keyword or from
/// another name.
pub(crate) fn stem(name: &str) -> &str {
    name.trim_end_matches('_')
}

/// The name of several of a kind: `Pet` → `Pets`, `Category` → `Categories`, `Status` → `StatusList`.
pub(crate) fn plural(singular: &str) -> String {
    let stem = singular.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    match stem {
        Some(stem) => [stem, "ies"].concat(),
        // What ends so may be a plural.
        None if singular.ends_with('s') => [singular, "List"].concat(),
        None if ["x", "z", "ch", "sh"].iter().any(|end| singular.ends_with(end)) => {
            [singular, "es"].concat()
        }
        None => [singular, "s"].concat(),
    }
}

fn singular_candidates(plural: &str) -> Vec<String> {
    let mut candidates = Vec::new();
    if let Some(stem) = plural.strip_suffix("ies") {
        candidates.push(format!("{stem}y"));
    }
    for ending in ["ses", "xes", "zes", "ches", "shes"] {
        if plural.ends_with(ending) {
            candidates.push(plural[..plural.len() - 2].to_owned());
        }
    }
    if !plural.ends_with("ss") {
        candidates.extend(plural.strip_suffix('s').map(str::to_owned));
    }
    candidates
}

/// Escapes keywords: `type` → `r#type`. A configured name may be one of those that cannot be raw.
pub(crate) fn identifier(name: &str) -> String {
    match name {
        "self" | "Self" | "super" | "crate" | "_" => format!("{name}_"),
        _ if is_keyword(name) => format!("r#{name}"),
        _ => name.to_owned(),
    }
}

/// Makes an acronym with a plural `s` one word: `allowedAAGUIDs` → `allowedAaguids`.
fn separate_plural_acronyms(wire: &str) -> String {
    let characters: Vec<char> = wire.chars().collect();
    let mut result = String::with_capacity(wire.len());
    let mut start = 0;
    while start < characters.len() {
        let run = characters[start..].iter().take_while(|c| c.is_uppercase()).count();
        let after = start + run;
        let plural = run >= 2
            && characters.get(after) == Some(&'s')
            && characters.get(after + 1).is_none_or(|c| c.is_uppercase() || *c == '_');
        if plural {
            result.push(characters[start]);
            result.extend(characters[start + 1..after].iter().flat_map(|c| c.to_lowercase()));
        } else {
            result.extend(&characters[start..after]);
        }
        start = after;
        if let Some(&other) = characters.get(start) {
            result.push(other);
            start += 1;
        }
    }
    result
}

/// Names may begin with a digit, become empty when their case changes (`_`, `2fa`, `…`) or contain
/// what is not part of an identifier (`m²`), and four keywords cannot be raw identifiers.
fn valid(mut name: String, fallback: &str) -> String {
    name.retain(is_xid_continue);
    match name.chars().next() {
        None => fallback.to_owned(),
        Some(first) if first != '_' && !is_xid_start(first) => format!("{fallback}{name}"),
        Some(_) if matches!(name.as_str(), "self" | "Self" | "super" | "crate") => {
            format!("{name}_")
        }
        Some(_) => name,
    }
}

fn is_keyword(name: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
        "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
        "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv",
        "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true", "try",
        "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    ];
    KEYWORDS.binary_search(&name).is_ok()
}

/// The names of one Rust scope, each assigned once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    taken: FxHashMap<String, String>,
}

/// A name that a [`Scope`] assigned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim {
    /// The name, keywords not yet escaped.
    pub(crate) name: String,
    /// The element that has the intended name, if it was taken.
    pub(crate) rival: Option<String>,
}

impl Scope {
    /// A scope in which some names are taken by the generator itself.
    pub(crate) fn with_reserved(reserved: &[&str]) -> Self {
        let own = "the generator".to_owned();
        Self { taken: reserved.iter().map(|name| ((*name).to_owned(), own.clone())).collect() }
    }

    /// Whether a name is free.
    pub(crate) fn is_free(&self, name: &str) -> bool {
        !self.taken.contains_key(name)
    }

    /// Takes a name for an element, with `_` after it as often as it takes to be free.
    pub(crate) fn claim(&mut self, wanted: &str, element: &str) -> Claim {
        let rival = self.taken.get(wanted).cloned();
        let mut name = wanted.to_owned();
        if rival.is_some() {
            while self.taken.contains_key(&name) {
                name.push('_');
            }
        }
        self.taken.insert(name.clone(), element.to_owned());
        Claim { name, rival }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_follow_the_conventions_of_rust() {
        assert_eq!(type_name("windows81SCEPCertificateProfile"), "Windows81ScepCertificateProfile");
        assert_eq!(value_name("lastReportedDateTime"), "last_reported_date_time");
        assert_eq!(value_name("allowedAAGUIDs"), "allowed_aaguids");
        assert_eq!(value_name("alerts_v2"), "alerts_v2");
        assert_eq!(value_name("azureADDeviceId"), "azure_ad_device_id");
        assert_eq!(constant_name("displayName"), "DISPLAY_NAME");
    }

    #[test]
    fn names_are_valid_identifiers_whatever_comes_in() {
        assert_eq!(type_name("2fa"), "Item2fa");
        assert_eq!(value_name("_"), "item");
        assert_eq!(identifier("type"), "r#type");
        assert_eq!(value_name("self"), "self_");
        assert_eq!(type_name("self"), "Self_");
        assert_eq!(module_name("type"), "type_");
        for name in [
            "été",
            "名前",
            "ünïcode",
            "request-id",
            "$x",
            "a b",
            "m²",
            "…",
            "\u{301}a",
            "½",
            "a.b/c",
        ] {
            for made in [type_name(name), constant_name(name), module_name(name)] {
                assert!(syn::parse_str::<syn::Ident>(&made).is_ok(), "{name} {made}");
            }
            assert!(syn::parse_str::<syn::Ident>(&identifier(&value_name(name))).is_ok(), "{name}");
        }
    }

    proptest! {
        #[test]
        fn common_names_follow_the_general_rules(camel in "[a-zA-Z]{0,12}", snake in "[a-z_]{0,12}") {
            if is_camel(&camel) {
                prop_assert_eq!(capital(&camel), camel.to_upper_camel_case());
                prop_assert_eq!(super::snake(&camel), camel.to_snake_case());
                prop_assert_eq!(separate_plural_acronyms(&camel), camel);
            }
            if is_snake(&snake) {
                prop_assert_eq!(snake.to_ascii_uppercase(), snake.to_shouty_snake_case());
            }
        }
    }

    #[test]
    fn modules_are_names_of_folders() {
        assert_eq!(module_name("Con"), "con_");
        assert_eq!(module_name("LPT1"), "lpt1_");
        assert_eq!(module_name("Contacts"), "contacts");
        assert_eq!(module_name("größe.名"), "gruf6udfe_u540d");
        assert!(module_name(&"größe".repeat(99)).len() <= 101);
    }

    #[test]
    fn initials_are_parts_of_file_names() {
        assert_eq!(initials("deviceConfiguration", 2), "de");
        assert_eq!(initials("Été_2", 9), "0t002");
        assert_eq!(initials("été", 0), "");
    }

    #[test]
    fn keywords_are_sorted_for_the_search() {
        for keyword in ["Self", "abstract", "gen", "ref", "yield", "match"] {
            assert!(is_keyword(keyword), "{keyword}");
        }
        assert!(!is_keyword("status"));
    }

    #[test]
    fn singulars_follow_the_entity_type() {
        assert_eq!(singular("userStatuses", "deviceConfigurationUserStatus"), "userStatus");
        assert_eq!(singular("licenses", "license"), "license");
        assert_eq!(singular("deviceConfigurations", "deviceConfiguration"), "deviceConfiguration");
        assert_eq!(singular("policies", "policy"), "policy");
        assert_eq!(singular("children", "driveItem"), "children");
    }

    #[test]
    fn plurals_are_english_as_far_as_that_is_certain() {
        for (one, several) in [
            ("Pet", "Pets"),
            ("Category", "Categories"),
            ("Day", "Days"),
            ("Status", "StatusList"),
            ("Pets", "PetsList"),
            ("Box", "Boxes"),
            ("Match", "Matches"),
        ] {
            assert_eq!(plural(one), several);
        }
    }

    #[test]
    fn a_taken_name_gets_an_underscore_and_names_its_rival() {
        let mut scope = Scope::default();
        assert_eq!(scope.claim("location", "Library/Location").rival, None);
        let claim = scope.claim("location", "Library/Location_");
        assert_eq!(claim.name, "location_");
        assert_eq!(claim.rival.as_deref(), Some("Library/Location"));
    }
}
