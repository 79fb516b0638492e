//! Transformations along recursive hierarchies: `ancestors`, `descendants`, `traverse` and
//! `rolluprecursive` of the aggregation extension.
//!
//! Enters: a place after the name. Leaves: a [`Hierarchy`]. Must not know: which hierarchies there are.

use super::apply::{Transformation, comma, names, number, transformations};
use super::cursor::{Cursor, Parsed, is_name};
use super::member::{self, Step, StepKind};
use super::query::{self, OrderItem};

/// A transformation along a hierarchy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hierarchy {
    /// The name of the transformation.
    pub name: String,
    /// The path to the nodes, which begins with `$root`.
    pub nodes: Vec<Step>,
    /// The name of the hierarchy.
    pub qualifier: String,
    /// The path to the property that identifies a node.
    pub node: Vec<String>,
    /// For `traverse`, whether a node comes before its descendants.
    pub preorder: Option<bool>,
    /// The transformations that select the start nodes.
    pub start: Vec<Transformation>,
    /// The greatest distance, as digits.
    pub distance: Option<String>,
    /// Whether the start nodes are kept.
    pub keep_start: bool,
    /// For `traverse`, how siblings are sorted.
    pub order: Vec<OrderItem>,
}

/// Reads the parentheses after the name.
pub(super) fn read(cursor: &mut Cursor, name: &str) -> Parsed<Hierarchy> {
    cursor.expect('(', "`(`")?;
    cursor.blanks();
    let mut found = reference(cursor, name)?;
    match name {
        "traverse" => traverse(cursor, &mut found)?,
        "rolluprecursive" => {
            if cursor.attempt(comma).is_some() {
                found.start = preserving(cursor)?;
            }
        }
        _ => {
            comma(cursor)?;
            found.start = preserving(cursor)?;
            found.distance = cursor.attempt(|cursor| comma(cursor).and_then(|()| number(cursor)));
            found.keep_start = cursor.attempt(keep_start).is_some();
        }
    }
    cursor.blanks();
    cursor.expect(')', "`)`")?;
    Ok(found)
}

fn reference(cursor: &mut Cursor, name: &str) -> Parsed<Hierarchy> {
    if !cursor.looking_at("$root/") {
        return cursor.fail("`$root/`");
    }
    let nodes = member::path(cursor)?;
    if nodes.iter().any(|step| matches!(step.kind, StepKind::Lambda(_) | StepKind::Count(_))) {
        return cursor.fail("a collection");
    }
    comma(cursor)?;
    let qualifier = cursor.identifier()?;
    comma(cursor)?;
    let node = names(cursor)?;
    Ok(Hierarchy {
        name: name.to_owned(),
        nodes,
        qualifier,
        node,
        preorder: None,
        start: Vec::new(),
        distance: None,
        keep_start: false,
        order: Vec::new(),
    })
}

fn keep_start(cursor: &mut Cursor) -> Parsed<()> {
    comma(cursor)?;
    if cursor.take_exact("keep start") { Ok(()) } else { cursor.fail("`keep start`") }
}

fn traverse(cursor: &mut Cursor, found: &mut Hierarchy) -> Parsed<()> {
    comma(cursor)?;
    let preorder = cursor.take_exact("preorder");
    if !preorder && !cursor.take_exact("postorder") {
        return cursor.fail("`preorder` or `postorder`");
    }
    found.preorder = Some(preorder);
    let mut first = true;
    while cursor.attempt(comma).is_some() {
        if first && is_transformation(cursor) {
            found.start = preserving(cursor)?;
        } else {
            found.order.push(query::order_item(cursor)?);
        }
        first = false;
    }
    Ok(())
}

/// Whether a transformation follows, and not an expression to sort by.
fn is_transformation(cursor: &mut Cursor) -> bool {
    const NAMES: &[&str] =
        &["filter", "search", "orderby", "top", "skip", "ancestors", "descendants", "traverse"];
    let start = cursor.position();
    let name = cursor.take_while(|c| is_name(c) || c == '.');
    let is_call = cursor.peek() == Some('(');
    cursor.reset(start);
    let ranked = name.starts_with("top") || name.starts_with("bottom");
    let custom = name.contains('.') && !name.starts_with("geo.");
    name == "identity" || (is_call && (NAMES.contains(&name.as_str()) || ranked || custom))
}

/// Transformations that select and sort.
fn preserving(cursor: &mut Cursor) -> Parsed<Vec<Transformation>> {
    let start = cursor.position();
    let found = transformations(cursor)?;
    if found.iter().all(Transformation::preserves) {
        return Ok(found);
    }
    cursor.reset(start);
    cursor.fail("transformations that select or sort")
}
