//! URLs and literals, as the test cases of the OData ABNF have them.
//!
//! The cases are not part of the repository; they are found through `SCHEMACRATE_SHARED` or in
//! `../shared`. The cases of the repository are in `url_tree.rs`.

#![allow(clippy::unwrap_used)] // A test may panic.

use schemacrate::internals::binding::{
    BindingError, Item, Lookup, Target, check_context, check_options, queried, resource_path,
};
use schemacrate::internals::edm::TypeId;
use schemacrate::internals::url::{
    self, LiteralKind, OptionKind, QueryOption, StepKind, Url, UrlError,
};
use serde_json::Value;
use test_support::{model, shared};

fn cases(name: &str) -> Option<Vec<Value>> {
    let text = std::fs::read_to_string(shared("csdl")?.join(name)).unwrap();
    Some(text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

const OTHER: UrlError = UrlError { at: 0, expected: "what the rule requires" };

/// What the rule asks for beyond the reader that is used for it.
fn only<T>(found: Result<T, UrlError>, fits: impl Fn(&T) -> bool) -> Result<(), UrlError> {
    if fits(&found?) { Ok(()) } else { Err(OTHER) }
}

/// A query option of this name.
fn option(input: &str, fits: impl Fn(&QueryOption) -> bool) -> Result<(), UrlError> {
    only(url::option(input), fits)
}

/// The reader for a rule of the ABNF.
fn read(rule: &str, input: &str) -> Result<(), UrlError> {
    match rule {
        "odataUri" => Url::absolute(input).map(drop),
        "odataRelativeUri" => Url::relative(input).map(drop),
        "resourcePath" => url::resource_path(input).map(drop),
        "odataIdentifier" | "entitySetName" => url::identifier(input).map(drop),
        "functionParameter" => url::function_parameter(input).map(drop),
        "queryOptions" => url::options(input).map(drop),
        "systemQueryOption" => option(input, |option| option.system_name().is_some()),
        "customQueryOption" => option(input, |one| matches!(one.kind, OptionKind::Custom { .. })),
        "aliasAndValue" => option(input, |one| matches!(one.kind, OptionKind::Alias { .. })),
        "inlinecount" => option(input, |option| option.system_name() == Some("$count")),
        "filter" | "orderby" | "orderBy" | "compute" | "expand" | "select" | "search" | "skip"
        | "top" | "apply" | "format" | "id" | "index" | "skiptoken" | "deltatoken"
        | "schemaversion" => {
            let name = format!("${}", rule.to_ascii_lowercase());
            option(input, |option| option.system_name() == Some(&name))
        }
        "orderbyItem" | "selectItem" | "expandItem" | "computeItem" => {
            url::option(&format!("${}={input}", rule.trim_end_matches("Item"))).map(drop)
        }
        "crossjoin" => url::resource_path(input).map(drop),
        "keyPredicate" => url::resource_path(&format!("a{input}")).map(drop),
        "batchOptions" | "metadataOptions" => {
            Url::relative(&format!("${}?{input}", rule.trim_end_matches("Options"))).map(drop)
        }
        "qualifiedTypeName" | "optionallyQualifiedTypeName" | "primitiveTypeName" => {
            url::expression(&format!("isof({input})")).map(drop)
        }
        "searchExpr" | "searchWord" | "searchPhrase" => url::search_expression(input).map(drop),
        "parameterValue" | "arrayOrObject" | "array" | "object" => {
            url::parameter_value(input).map(drop)
        }
        "anyExpr" => only(url::any_or_all(input), |found| !found.all),
        "allExpr" => only(url::any_or_all(input), |found| found.all),
        "firstMemberExpr" | "memberExpr" => url::member_path(input).map(drop),
        "propertyPathExpr" => only(
            url::member_path(input),
            |steps| matches!(&steps[0].kind, StepKind::Name(name) if !name.contains('.')),
        ),
        "context" => url::context(input).map(drop),
        "contextFragment" => url::context(&format!("#{input}")).map(drop),
        "header" | "prefer" | "odata-version" | "odata-maxversion" | "isolation" | "content-id"
        | "asyncresult" | "odata-entityid" | "odata-error" => url::header(input).map(drop),
        "request-id" => url::request_id(input).map(drop),
        _ if rule == "preference" || rule.ends_with("Preference") => {
            url::preference(input).map(drop)
        }
        _ if rule.ends_with("Expr") || rule == "boolcommonExpr" => url::expression(input).map(drop),
        _ => literal(rule, input),
    }
}

/// Whether what was read means something by the model of the test cases.
fn means(lookup: &Lookup<'_>, rule: &str, input: &str, name: &str) -> Result<(), String> {
    let shown = |error: &BindingError| error.to_string();
    match rule {
        "context" => {
            check_context(lookup, &url::context(input).unwrap()).map_err(|error| shown(&error))
        }
        "odataRelativeUri" | "resourcePath" => {
            let url = Url::relative(input).unwrap();
            let path = resource_path(lookup, &url.path).map_err(|error| shown(&error))?;
            let Some(target) = queried(&path) else { return Ok(()) };
            check_options(lookup, target, &url.options).first().map_or(Ok(()), |e| Err(shown(e)))
        }
        "queryOptions" | "filter" | "orderby" | "select" | "expand" | "apply" | "compute" => {
            let options = url::options(input).unwrap();
            // The options of a case are those of the one entity type, unless it specifies others.
            let complex = name.contains("complex resource");
            let subject = if complex { "Model.Address" } else { "Model.Thing" };
            let Some(TypeId::Structured(id)) = lookup.model.type_named(subject) else { panic!() };
            let target = Target { item: Item::Structured(id), many: true };
            check_options(lookup, target, &options).first().map_or(Ok(()), |e| Err(shown(e)))
        }
        _ => Ok(()),
    }
}

/// Runs all cases of a file, and shows all that are wrong at once.
fn run(name: &str, read: fn(&str, &str) -> Result<(), UrlError>) {
    let Some(cases) = cases(name) else { return };
    let model = model(include_bytes!("documents/abnf.csdl"));
    let lookup = Lookup::new(&model, &[]);
    let mut wrong = Vec::new();
    for case in &cases {
        let (rule, input) = (case["rule"].as_str().unwrap(), case["input"].as_str().unwrap());
        let name = case["name"].as_str().unwrap_or_default();
        let valid = case["valid"].as_bool().unwrap();
        let found = read(rule, input).map_err(|error| error.to_string());
        let found = found.and_then(|()| means(&lookup, rule, input, name));
        if found.is_ok() != valid {
            let why = found.err().unwrap_or_else(|| "is read".to_owned());
            wrong.push(format!("{rule} {input}\n    {why}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn urls_are_accepted_and_refused_as_the_specification_requires() {
    run("url-cases.jsonl", read);
}

/// The name of the Edm type in the name of a rule.
fn type_name(rule: &str) -> String {
    let mut name = rule.to_owned();
    name[..1].make_ascii_uppercase();
    name.replace("Sbyte", "SByte")
}

fn literal(rule: &str, input: &str) -> Result<(), UrlError> {
    let kind =
        |kinds: &[LiteralKind]| only(url::literal(input), |found| kinds.contains(&found.kind));
    match rule {
        "boolean" => kind(&[LiteralKind::Boolean]),
        "null" => kind(&[LiteralKind::Null]),
        "date" => kind(&[LiteralKind::Date]),
        "guid" => kind(&[LiteralKind::Guid]),
        "byte" => url::value("Byte", input),
        "stringLiteral" => kind(&[LiteralKind::String]),
        "stringInUrl" => url::json_string(input).map(drop),
        "enumLiteral" => url::enumeration(input).map(drop),
        "enumValue" => url::value("Enumeration", input),
        "binaryLiteral" => kind(&[LiteralKind::Binary]),
        "durationLiteral" => url::duration_literal(input),
        "timeOfDayLiteral" => kind(&[LiteralKind::TimeOfDay]),
        "dateTimeOffsetLiteral" | "dateTimeOffsetValueInUrl" => {
            kind(&[LiteralKind::DateTimeOffset])
        }
        "sbyteLiteral" | "int16Literal" | "int32Literal" | "int64Literal" => {
            kind(&[LiteralKind::Integer])
        }
        "decimalLiteral" | "doubleLiteral" | "singleLiteral" => {
            kind(&[LiteralKind::Integer, LiteralKind::Number])
        }
        "primitiveLiteral" => url::literal(input).map(drop),
        "primitiveValue" => {
            let types = [
                "Boolean",
                "Guid",
                "Duration",
                "DateTimeOffset",
                "Date",
                "TimeOfDay",
                "Enumeration",
                "Geography",
                "Decimal",
                "Binary",
            ];
            let fits = types.iter().any(|name| url::value(name, input).is_ok());
            if fits { Ok(()) } else { Err(OTHER) }
        }
        _ => {
            if let Some(shape) = rule.strip_prefix("geography") {
                return only(
                    url::literal(input),
                    |found| matches!(found.kind, LiteralKind::Geography(found) if found == shape),
                );
            }
            if let Some(shape) = rule.strip_prefix("geometry") {
                return only(
                    url::literal(input),
                    |found| matches!(found.kind, LiteralKind::Geometry(found) if found == shape),
                );
            }
            let name = rule.strip_suffix("Value").unwrap_or_else(|| panic!("no reader for {rule}"));
            url::value(&type_name(name), input)
        }
    }
}

#[test]
fn literals_are_accepted_and_refused_as_the_specification_requires() {
    run("literals.jsonl", read);
}
