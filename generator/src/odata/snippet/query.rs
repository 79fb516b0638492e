//! Query options as calls on a request.
//!
//! Enters: the options of a URL, and what the request returns. Leaves: the request with a call for
//! each: typed if the crate has the names, otherwise as text. Must not know: how expressions are
//! built.

use super::expression::{Names, Subject};
use super::index::Index;
use super::input::WrittenOption;
use crate::crate_plan::program::{Code, Fixed};
use crate::crate_plan::{ItemPath, Type};
use crate::odata::runtime::{expression, navigation, options, queried, request};
use crate::odata::url::{ExpandForm, ExpandItem, OptionKind, OrderItem, QueryOption, SelectItem};

/// The widest tuple that a selection takes.
const WIDEST_SELECTION: usize = 12;

/// The widest tuple that an order takes.
const WIDEST_ORDER: usize = 3;

/// A request with options.
pub(super) struct Queried<'a, 'p> {
    pub(super) names: Names<'a, 'p>,
    pub(super) code: Code,
    pub(super) comments: Vec<String>,
    /// Why the slice does not have what an option names, if that is the reason.
    left_out: &'a dyn Fn(&WrittenOption) -> Option<String>,
}

/// The result that options apply to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ResultKind {
    /// One object.
    Object,
    /// A page of a collection.
    Page,
    /// The number of objects.
    Count,
}

impl<'a, 'p> Queried<'a, 'p> {
    pub(super) fn new(
        index: &'a Index<'p>,
        code: Code,
        left_out: &'a dyn Fn(&WrittenOption) -> Option<String>,
    ) -> Self {
        Self { names: Names { index }, code, comments: Vec::new(), left_out }
    }

    /// Adds the options.
    pub(super) fn with(mut self, options: &[WrittenOption], outcome: &Type) -> Self {
        let subject = self.subject(outcome);
        for option in options {
            let scope = subject.as_ref().map(|(object, scope)| (Some(object), *scope));
            let scope = scope.or_else(|| page_of_values(outcome));
            let typed = scope.and_then(|(object, scope)| self.typed(option, object, scope));
            self.comments.extend((self.left_out)(option));
            match typed {
                Some(code) => self.code = code,
                None => {
                    self.comments.push(self.why(option));
                    let arguments =
                        vec![Code::Text(option.name.clone()), Code::Text(option.value.clone())];
                    self.code = self.code.clone().method(request::QUERY, arguments);
                }
            }
        }
        self
    }

    fn why(&self, option: &WrittenOption) -> String {
        let name = &option.name;
        match &option.read {
            _ if name.starts_with('@') => {
                format!("`{name}` is a parameter alias, which is sent as it is written.")
            }
            _ if !name.starts_with('$') => format!("`{name}` is not a query option of OData."),
            None => format!("The value of `{name}` is not valid by the specification."),
            Some(_) => format!("There is no typed call for `{name}` here."),
        }
    }

    /// The struct whose members can be queried.
    fn subject(&self, outcome: &Type) -> Option<(ItemPath, ResultKind)> {
        match outcome {
            Type::Page(value) => {
                self.names.index.object(value).map(|object| (object, ResultKind::Page))
            }
            Type::Count(value) => {
                self.names.index.object(value).map(|object| (object, ResultKind::Count))
            }
            Type::Option(inner) => self.subject(inner),
            value => self.names.index.object(value).map(|object| (object, ResultKind::Object)),
        }
    }

    fn typed(
        &self,
        option: &WrittenOption,
        object: Option<&ItemPath>,
        scope: ResultKind,
    ) -> Option<Code> {
        let read = option.read.as_ref()?;
        let code = self.code.clone();
        let text = || vec![Code::Text(option.value.clone())];
        let whole = |name: Fixed| self.code.clone().method(name, text());
        let is_of_page = scope == ResultKind::Page;
        match (&read.kind, object) {
            (OptionKind::Select(items), Some(object)) if scope != ResultKind::Count => {
                self.select(code, items, object).or_else(|| Some(whole(queried::SELECT)))
            }
            (OptionKind::Expand(items), Some(object)) if scope != ResultKind::Count => {
                self.expand(code, items, object).or_else(|| Some(whole(queried::EXPAND)))
            }
            (OptionKind::Filter(filter), Some(object)) if scope != ResultKind::Object => {
                let subject = Subject::object(object);
                let filter = self.names.condition(&subject, filter);
                Some(match filter {
                    Some(filter) => code.method(queried::FILTER, vec![filter]),
                    None => whole(queried::FILTER),
                })
            }
            (OptionKind::OrderBy(items), Some(object)) if is_of_page => {
                self.order(code, items, object).or_else(|| Some(whole(queried::ORDER_BY)))
            }
            (OptionKind::System { name: "$top", value }, _) if is_of_page => {
                number(code, queried::TOP, value)
            }
            (OptionKind::System { name: "$skip", value }, _) if is_of_page => {
                number(code, queried::SKIP, value)
            }
            (OptionKind::System { name: "$count", value }, _) if is_of_page && value == "true" => {
                Some(code.method(queried::COUNT, Vec::new()))
            }
            (OptionKind::Search(_), _) if scope != ResultKind::Object => {
                Some(whole(request::SEARCH))
            }
            (OptionKind::Compute(_), _) if is_of_page => Some(whole(request::COMPUTE)),
            (OptionKind::Apply(_), _) if is_of_page => Some(whole(request::APPLY)),
            _ => None,
        }
    }

    fn select(&self, code: Code, items: &[SelectItem], object: &ItemPath) -> Option<Code> {
        let members = items.iter().map(|item| self.selected(item, object));
        let members: Option<Vec<Code>> = members.collect();
        Some(in_tuples(code, queried::SELECT, members?, WIDEST_SELECTION))
    }

    /// A member as its constant, or as text if there is none.
    fn selected(&self, item: &SelectItem, object: &ItemPath) -> Option<Code> {
        if !item.options.is_empty() || item.overload.is_some() {
            return None;
        }
        let path = self.names.path(&Subject::object(object), &item.path);
        Some(path.map_or_else(|| Code::Text(item.path.join("/")), |(code, _)| code))
    }

    fn expand(&self, code: Code, items: &[ExpandItem], object: &ItemPath) -> Option<Code> {
        let items = items.iter().map(|item| self.expanded(item, object));
        let items: Option<Vec<Code>> = items.collect();
        Some(items?.into_iter().fold(code, |code, item| code.method(queried::EXPAND, vec![item])))
    }

    fn expanded(&self, item: &ExpandItem, object: &ItemPath) -> Option<Code> {
        let (navigation, value) = self.names.navigation(object, &item.path)?;
        match item.form {
            ExpandForm::References if item.options.is_empty() => {
                Some(navigation.method(navigation::REFERENCES, Vec::new()))
            }
            ExpandForm::Count if item.options.is_empty() => {
                Some(navigation.method(navigation::NUMBER, Vec::new()))
            }
            ExpandForm::Items if item.options.is_empty() => Some(navigation),
            ExpandForm::Items => {
                let name = "related".to_owned();
                let options = self.nested(&name, &item.options, &value);
                let options = options.filter(|code| !code.can_fail())?;
                let with = Code::Closure(name, Box::new(options));
                Some(navigation.method(navigation::WITH, vec![with]))
            }
            ExpandForm::References | ExpandForm::Count => None,
        }
    }

    /// The options of an expanded navigation property; all of them are typed, or none.
    fn nested(&self, name: &str, options: &[QueryOption], value: &Type) -> Option<Code> {
        let object = self.names.index.object(value)?;
        let mut code = Code::Variable(name.to_owned());
        for option in options {
            code = match &option.kind {
                OptionKind::Select(items) => self.select(code, items, &object)?,
                OptionKind::Expand(items) => self.expand(code, items, &object)?,
                OptionKind::OrderBy(items) => self.order(code, items, &object)?,
                OptionKind::Filter(filter) => {
                    let subject = Subject::object(&object);
                    code.method(queried::FILTER, vec![self.names.condition(&subject, filter)?])
                }
                OptionKind::System { name: "$top", value } => number(code, queried::TOP, value)?,
                OptionKind::System { name: "$skip", value } => number(code, queried::SKIP, value)?,
                OptionKind::System { name: "$count", value } if value == "true" => {
                    code.method(queried::COUNT, Vec::new())
                }
                OptionKind::System { name: "$levels", value } => {
                    let depth = match value.as_str() {
                        "max" => Code::None,
                        value => {
                            let depth: u32 = value.parse().ok()?;
                            Code::Some(Box::new(Code::Number(depth.to_string())))
                        }
                    };
                    code.method(options::LEVELS, vec![depth])
                }
                _ => return None,
            };
        }
        Some(code)
    }

    fn order(&self, code: Code, items: &[OrderItem], object: &ItemPath) -> Option<Code> {
        let subject = Subject::object(object);
        let items: Option<Vec<Code>> = items
            .iter()
            .map(|item| {
                let (value, found) = self.names.value(&subject, &item.value)?;
                // Objects have no order, so there is no call for it.
                if self.names.index.object(&found).is_some() {
                    return None;
                }
                Some(if item.descending {
                    value.method(expression::DESCENDING, Vec::new())
                } else {
                    value
                })
            })
            .collect();
        Some(in_tuples(code, queried::ORDER_BY, items?, WIDEST_ORDER))
    }
}

/// A page of values that are not objects takes the options that name no members.
fn page_of_values(outcome: &Type) -> Option<(Option<&'static ItemPath>, ResultKind)> {
    matches!(outcome, Type::Page(_)).then_some((None, ResultKind::Page))
}

/// Calls with as many arguments at once as a tuple can have.
fn in_tuples(code: Code, method: Fixed, items: Vec<Code>, widest: usize) -> Code {
    items.chunks(widest).fold(code, |code, items| {
        let argument = match items {
            [only] => only.clone(),
            items => Code::Tuple(items.to_vec()),
        };
        code.method(method, vec![argument])
    })
}

fn number(code: Code, method: Fixed, value: &str) -> Option<Code> {
    let number: u64 = value.parse().ok()?;
    // A different spelling is a different text.
    (number.to_string() == value)
        .then(|| code.method(method, vec![Code::Number(number.to_string())]))
}
