//! What a caller needs: schemes that are not there, and scopes that no flow has.

use super::Rules;
use crate::input::diagnostic::Diagnostic;
use crate::input::nearest::nearest;
use crate::openapi::description::Version;
use crate::openapi::model::{Id, RequiredScheme, Requirement, SchemeKind, SecurityScheme, Words};
use rustc_hash::{FxHashMap, FxHashSet};

/// The scopes of each scheme that has some.
type Scopes<'m> = FxHashMap<Id<SecurityScheme>, FxHashSet<&'m str>>;

impl Rules<'_, '_> {
    pub(super) fn security(&mut self) {
        let model = self.model;
        let with = model.schemes.iter().filter_map(|(id, scheme)| match &scheme.kind {
            SchemeKind::OAuth2 { flows, .. } => {
                let all = flows.iter().flat_map(|flow| &flow.scopes);
                Some((id, all.map(|(name, _)| name.text.as_str()).collect()))
            }
            _ => None,
        });
        let scopes: Scopes<'_> = with.collect();
        let of_operations = model.operations.iter().filter_map(|(_, one)| one.security.as_ref());
        for requirement in model.security.iter().chain(of_operations.flatten()) {
            for required in &requirement.schemes {
                match required.scheme {
                    None => self.unknown_scheme(&required.name),
                    Some(_) => self.scopes(&scopes, requirement, required),
                }
            }
        }
    }

    fn unknown_scheme(&mut self, name: &Words) {
        // No API has as many.
        let some = self.model.schemes.iter().take(100);
        let names = some.map(|(_, one)| one.name.text.as_str());
        let help = match nearest(&name.text, names) {
            Some(near) => format!("is `{near}` meant?"),
            None => "describe it in `securitySchemes`, in 2.0 in `securityDefinitions`".to_owned(),
        };
        let message = format!("there is no security scheme `{}`", name.shown());
        self.report(
            Diagnostic::violation("unknown-security-scheme", message)
                .at(name.span, "the caller has to set the credentials")
                .help(help),
        );
    }

    fn scopes(
        &mut self,
        scopes: &Scopes<'_>,
        requirement: &Requirement,
        required: &RequiredScheme,
    ) {
        let Some(scheme) = required.scheme.map(|id| &self.model.schemes[id]) else { return };
        let Some(first) = required.scopes.first() else { return };
        let name = &scheme.name;
        match &scheme.kind {
            SchemeKind::OAuth2 { .. } => {
                let known = required.scheme.and_then(|id| scopes.get(&id));
                let has =
                    |scope: &Words| known.is_some_and(|all| all.contains(scope.text.as_str()));
                for scope in required.scopes.iter().filter(|scope| !has(scope)) {
                    let message =
                        format!("no flow of `{}` has the scope `{}`", name.shown(), scope.shown());
                    self.report(
                        Diagnostic::warning("unknown-scope", message)
                            .at(scope.span, "asked for as it is written")
                            .help("add it to the scopes of the flows"),
                    );
                }
            }
            SchemeKind::OpenIdConnect { .. } | SchemeKind::Unknown { .. } => {}
            // Since 3.1 they can be roles.
            _ => {
                let document = requirement.location.document;
                if self.description.document(document).version < Version::V31 {
                    let message = format!("the security scheme `{}` has no scopes", name.shown());
                    self.report(
                        Diagnostic::violation("scope-of-scheme", message)
                            .at(first.span, "ignored")
                            .help("write an empty list"),
                    );
                }
            }
        }
    }
}
