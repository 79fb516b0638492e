//! The elements of CSDL XML as a table: where each is allowed, and its required and optional
//! attributes.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The form of the value of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Anything; later stages check it.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A constant expression or a path, as the value of an annotation.
    Constant,
}

/// One kind of element.
#[derive(Debug)]
pub(super) struct ElementRule {
    pub(super) name: &'static str,
    /// Whether it is of the packaging namespace `edmx`.
    pub(super) packaging: bool,
    /// The elements that may contain it.
    pub(super) parents: &'static [&'static [&'static str]],
    /// The attributes without which it means nothing.
    pub(super) required: &'static [&'static str],
    /// The other attributes; a `?` at the end marks a boolean.
    pub(super) optional: &'static [&'static str],
    /// Whether it may occur only once in its parent.
    pub(super) once: bool,
}

const fn rule(
    name: &'static str,
    parents: &'static [&'static [&'static str]],
    required: &'static [&'static str],
    optional: &'static [&'static str],
) -> ElementRule {
    ElementRule { name, packaging: false, parents, required, optional, once: false }
}

impl ElementRule {
    const fn once(mut self) -> Self {
        self.once = true;
        self
    }

    const fn packaging(mut self) -> Self {
        self.packaging = true;
        self
    }

    /// Whether something is generated from the element, so that it cannot be ignored.
    pub(super) fn is_made(&self) -> bool {
        const PASSED: &[&str] = &[
            "Annotation",
            "Annotations",
            "Apply",
            "Cast",
            "Include",
            "IncludeAnnotations",
            "IsOf",
            "LabeledElement",
            "NavigationPropertyBinding",
            "OnDelete",
            "PropertyValue",
            "Reference",
            "ReferentialConstraint",
            "Term",
        ];
        !PASSED.contains(&self.name)
    }

    /// The form of an attribute; `None` if the element has no such attribute.
    pub(super) fn form(&self, attribute: &str) -> Option<Form> {
        if self.required.contains(&attribute) {
            return Some(Form::Text);
        }
        for known in self.optional {
            match known.strip_suffix('?') {
                Some(known) if known == attribute => return Some(Form::Boolean),
                None if *known == attribute => return Some(Form::Text),
                _ => {}
            }
        }
        let constant = CONSTANTS.contains(&attribute) || attribute == "UrlRef";
        (VALUED.contains(&self.name) && constant).then_some(Form::Constant)
    }
}

/// The rule of an element.
pub(super) fn rule_of(name: &str) -> Option<&'static ElementRule> {
    static BY_NAME: LazyLock<HashMap<&str, &ElementRule>> =
        LazyLock::new(|| RULES.iter().map(|rule| (rule.name, rule)).collect());
    BY_NAME.get(name).copied()
}

/// The elements that hold text.
pub(super) fn holds_text(name: &str) -> bool {
    CONSTANTS.contains(&name) || name == "LabeledElementReference"
}

/// The elements whose value is an attribute or a child.
pub(super) const VALUED: &[&str] = &["Annotation", "PropertyValue", "LabeledElement"];

/// The elements that are expressions, other than constants.
pub(super) const EXPRESSIONS: &[&str] = &[
    "Apply",
    "Cast",
    "Collection",
    "If",
    "IsOf",
    "LabeledElement",
    "LabeledElementReference",
    "Null",
    "Record",
    "UrlRef",
    "And",
    "Or",
    "Not",
    "Eq",
    "Ne",
    "Gt",
    "Ge",
    "Lt",
    "Le",
    "Has",
    "In",
    "Add",
    "Sub",
    "Neg",
    "Mul",
    "Div",
    "DivBy",
    "Mod",
];

/// The constant expressions and paths, which are attributes or elements with text.
pub(crate) const CONSTANTS: &[&str] = &[
    "Binary",
    "Bool",
    "Date",
    "DateTimeOffset",
    "Decimal",
    "Duration",
    "EnumMember",
    "Float",
    "Guid",
    "Int",
    "String",
    "TimeOfDay",
    "AnnotationPath",
    "AnyPropertyPath",
    "ModelElementPath",
    "NavigationPropertyPath",
    "PropertyPath",
    "Path",
];

const ANNOTATED: &[&str] = &[
    "Reference",
    "Include",
    "Schema",
    "EntityType",
    "ComplexType",
    "Property",
    "NavigationProperty",
    "ReferentialConstraint",
    "OnDelete",
    "EnumType",
    "Member",
    "TypeDefinition",
    "Action",
    "Function",
    "Parameter",
    "ReturnType",
    "EntityContainer",
    "EntitySet",
    "Singleton",
    "ActionImport",
    "FunctionImport",
    "Term",
    "Annotations",
    "Annotation",
    "PropertyValue",
];
/// The operators.
pub(crate) const OPERATORS: &[&str] = &[
    "And", "Or", "Not", "Eq", "Ne", "Gt", "Ge", "Lt", "Le", "Has", "In", "Add", "Sub", "Neg",
    "Mul", "Div", "DivBy", "Mod",
];
/// The other elements with expressions as children.
const NESTING: &[&str] = &["Apply", "Cast", "If", "IsOf", "LabeledElement", "UrlRef"];
const OTHER_ANNOTATED: &[&str] = &["Null", "Record", "LabeledElementReference"];
const HOLDERS: &[&str] = &["Annotation", "PropertyValue", "Collection"];
const EXPRESSION_PARENTS: &[&[&str]] = &[OPERATORS, NESTING, HOLDERS];
const STRUCTURED: &[&str] = &["EntityType", "ComplexType"];

const RULES: &[ElementRule] = &[
    rule("Edmx", &[], &["Version"], &[]).packaging(),
    rule("DataServices", &[&["Edmx"]], &[], &["DataServiceVersion", "MaxDataServiceVersion"])
        .packaging(),
    rule("Reference", &[&["Edmx"]], &["Uri"], &[]).packaging(),
    rule("Include", &[&["Reference"]], &["Namespace"], &["Alias"]).packaging(),
    rule(
        "IncludeAnnotations",
        &[&["Reference"]],
        &["TermNamespace"],
        &["Qualifier", "TargetNamespace"],
    )
    .packaging(),
    rule("Schema", &[&["DataServices"]], &["Namespace"], &["Alias"]),
    rule(
        "EntityType",
        &[&["Schema"]],
        &["Name"],
        &["BaseType", "Abstract?", "OpenType?", "HasStream?"],
    ),
    rule("ComplexType", &[&["Schema"]], &["Name"], &["BaseType", "Abstract?", "OpenType?"]),
    rule("Key", &[&["EntityType"]], &[], &[]).once(),
    rule("PropertyRef", &[&["Key"]], &["Name"], &["Alias"]),
    rule(
        "Property",
        &[STRUCTURED],
        &["Name", "Type"],
        &["Nullable?", "MaxLength", "Precision", "Scale", "SRID", "Unicode?", "DefaultValue"],
    ),
    rule(
        "NavigationProperty",
        &[STRUCTURED],
        &["Name", "Type"],
        &["Nullable?", "Partner", "ContainsTarget?"],
    ),
    rule(
        "ReferentialConstraint",
        &[&["NavigationProperty"]],
        &["Property", "ReferencedProperty"],
        &[],
    ),
    rule("OnDelete", &[&["NavigationProperty"]], &["Action"], &[]).once(),
    rule("EnumType", &[&["Schema"]], &["Name"], &["UnderlyingType", "IsFlags?"]),
    rule("Member", &[&["EnumType"]], &["Name"], &["Value"]),
    rule(
        "TypeDefinition",
        &[&["Schema"]],
        &["Name", "UnderlyingType"],
        &["MaxLength", "Precision", "Scale", "SRID", "Unicode?"],
    ),
    rule("Action", &[&["Schema"]], &["Name"], &["IsBound?", "EntitySetPath"]),
    rule("Function", &[&["Schema"]], &["Name"], &["IsBound?", "IsComposable?", "EntitySetPath"]),
    rule(
        "Parameter",
        &[&["Action", "Function"]],
        &["Name", "Type"],
        &["Nullable?", "MaxLength", "Precision", "Scale", "SRID", "Unicode?"],
    ),
    rule(
        "ReturnType",
        &[&["Action", "Function"]],
        &["Type"],
        &["Nullable?", "MaxLength", "Precision", "Scale", "SRID", "Unicode?"],
    )
    .once(),
    rule("EntityContainer", &[&["Schema"]], &["Name"], &["Extends"]),
    rule(
        "EntitySet",
        &[&["EntityContainer"]],
        &["Name", "EntityType"],
        &["IncludeInServiceDocument?"],
    ),
    rule("Singleton", &[&["EntityContainer"]], &["Name", "Type"], &["Nullable?"]),
    rule("ActionImport", &[&["EntityContainer"]], &["Name", "Action"], &["EntitySet"]),
    rule(
        "FunctionImport",
        &[&["EntityContainer"]],
        &["Name", "Function"],
        &["EntitySet", "IncludeInServiceDocument?"],
    ),
    rule("NavigationPropertyBinding", &[&["EntitySet", "Singleton"]], &["Path", "Target"], &[]),
    rule(
        "Term",
        &[&["Schema"]],
        &["Name", "Type"],
        &[
            "BaseTerm",
            "DefaultValue",
            "AppliesTo",
            "Nullable?",
            "MaxLength",
            "Precision",
            "Scale",
            "SRID",
            "Unicode?",
        ],
    ),
    rule("Annotations", &[&["Schema"]], &["Target"], &["Qualifier"]),
    rule(
        "Annotation",
        &[ANNOTATED, OPERATORS, NESTING, OTHER_ANNOTATED],
        &["Term"],
        &["Qualifier"],
    ),
    rule("Apply", EXPRESSION_PARENTS, &["Function"], &[]),
    rule(
        "Cast",
        EXPRESSION_PARENTS,
        &["Type"],
        &["MaxLength", "Precision", "Scale", "SRID", "Unicode?"],
    ),
    rule(
        "IsOf",
        EXPRESSION_PARENTS,
        &["Type"],
        &["MaxLength", "Precision", "Scale", "SRID", "Unicode?"],
    ),
    rule("LabeledElement", EXPRESSION_PARENTS, &["Name"], &[]),
    rule("LabeledElementReference", EXPRESSION_PARENTS, &[], &[]),
    rule("Record", EXPRESSION_PARENTS, &[], &["Type"]),
    rule("PropertyValue", &[&["Record"]], &["Property"], &[]),
    rule("Null", EXPRESSION_PARENTS, &[], &[]),
    rule("Collection", EXPRESSION_PARENTS, &[], &[]),
    rule("If", EXPRESSION_PARENTS, &[], &[]),
    rule("UrlRef", EXPRESSION_PARENTS, &[], &[]),
    rule("And", EXPRESSION_PARENTS, &[], &[]),
    rule("Or", EXPRESSION_PARENTS, &[], &[]),
    rule("Not", EXPRESSION_PARENTS, &[], &[]),
    rule("Eq", EXPRESSION_PARENTS, &[], &[]),
    rule("Ne", EXPRESSION_PARENTS, &[], &[]),
    rule("Gt", EXPRESSION_PARENTS, &[], &[]),
    rule("Ge", EXPRESSION_PARENTS, &[], &[]),
    rule("Lt", EXPRESSION_PARENTS, &[], &[]),
    rule("Le", EXPRESSION_PARENTS, &[], &[]),
    rule("Has", EXPRESSION_PARENTS, &[], &[]),
    rule("In", EXPRESSION_PARENTS, &[], &[]),
    rule("Add", EXPRESSION_PARENTS, &[], &[]),
    rule("Sub", EXPRESSION_PARENTS, &[], &[]),
    rule("Neg", EXPRESSION_PARENTS, &[], &[]),
    rule("Mul", EXPRESSION_PARENTS, &[], &[]),
    rule("Div", EXPRESSION_PARENTS, &[], &[]),
    rule("DivBy", EXPRESSION_PARENTS, &[], &[]),
    rule("Mod", EXPRESSION_PARENTS, &[], &[]),
    rule("Binary", EXPRESSION_PARENTS, &[], &[]),
    rule("Bool", EXPRESSION_PARENTS, &[], &[]),
    rule("Date", EXPRESSION_PARENTS, &[], &[]),
    rule("DateTimeOffset", EXPRESSION_PARENTS, &[], &[]),
    rule("Decimal", EXPRESSION_PARENTS, &[], &[]),
    rule("Duration", EXPRESSION_PARENTS, &[], &[]),
    rule("EnumMember", EXPRESSION_PARENTS, &[], &[]),
    rule("Float", EXPRESSION_PARENTS, &[], &[]),
    rule("Guid", EXPRESSION_PARENTS, &[], &[]),
    rule("Int", EXPRESSION_PARENTS, &[], &[]),
    rule("String", EXPRESSION_PARENTS, &[], &[]),
    rule("TimeOfDay", EXPRESSION_PARENTS, &[], &[]),
    rule("AnnotationPath", EXPRESSION_PARENTS, &[], &[]),
    rule("AnyPropertyPath", EXPRESSION_PARENTS, &[], &[]),
    rule("ModelElementPath", EXPRESSION_PARENTS, &[], &[]),
    rule("NavigationPropertyPath", EXPRESSION_PARENTS, &[], &[]),
    rule("PropertyPath", EXPRESSION_PARENTS, &[], &[]),
    rule("Path", EXPRESSION_PARENTS, &[], &[]),
];
