//! Actions and functions.

use super::{Annotations, QualifiedName, TypeRef};
use crate::input::source::Span;
use crate::odata::csdl::is_query_name;
use std::collections::BTreeSet;

/// Whether an operation may change something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OperationKind {
    /// An action: may have side effects, called with POST.
    Action,
    /// A function: has no side effects, called with GET.
    Function,
}

/// One overload of an action or a function (CSDL 4.01, section 12).
#[derive(Clone, Debug)]
pub struct Operation {
    /// The qualified name; overloads share it.
    pub name: QualifiedName,
    /// Action or function.
    pub kind: OperationKind,
    /// Whether the first parameter is the binding parameter.
    pub is_bound: bool,
    /// Whether the result of the function may be composed upon.
    pub is_composable: bool,
    /// The entity set path: the binding parameter's name and what follows it.
    pub entity_set_path: Option<Vec<String>>,
    /// The parameters, the binding parameter first where the operation is bound.
    pub parameters: Vec<Parameter>,
    /// The return type.
    pub return_type: Option<ReturnType>,
    /// Annotations, inline and targeted ones together.
    pub annotations: Annotations,
    /// Where it is declared (its name).
    pub span: Span,
}

impl Operation {
    /// The binding parameter of a bound operation.
    pub fn binding_parameter(&self) -> Option<&Parameter> {
        self.parameters.first().filter(|_| self.is_bound)
    }

    /// The parameters without the binding parameter.
    pub fn own_parameters(&self) -> &[Parameter] {
        &self.parameters[usize::from(self.is_bound).min(self.parameters.len())..]
    }

    /// The parameters of a function that a path can name.
    pub(crate) fn path_parameters(&self) -> impl Iterator<Item = &Parameter> {
        self.own_parameters().iter().filter(|one| is_query_name(&one.name))
    }

    /// Whether a call with the same binding parameter cannot distinguish this operation from another:
    /// functions also differ in the names of their parameters, in whatever order.
    pub(crate) fn is_called_like(&self, other: &Self) -> bool {
        let names = |one: &Self| -> BTreeSet<String> {
            one.own_parameters().iter().map(|parameter| parameter.name.clone()).collect()
        };
        self.kind == other.kind
            && self.name == other.name
            && (self.kind == OperationKind::Action || names(self) == names(other))
    }
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name.
    pub name: String,
    /// The type.
    pub value: TypeRef,
    /// Annotations, inline and targeted ones together.
    pub annotations: Annotations,
    /// Where it is declared (its name).
    pub span: Span,
}

/// What an operation returns.
#[derive(Clone, Debug)]
pub struct ReturnType {
    /// The type.
    pub value: TypeRef,
    /// Annotations, inline and targeted ones together.
    pub annotations: Annotations,
    /// Where it is declared.
    pub span: Span,
}
