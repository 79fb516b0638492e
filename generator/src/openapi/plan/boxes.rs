//! Which values must be boxed because their type would otherwise contain itself.
//!
//! A value is boxed if its type refers back to the type that it is in by values alone. Lists and maps hold
//! their values after a pointer, and so does a union its objects.

use super::table::{Made, Table};
use crate::openapi::schema::{Form, ShapeId};

/// The shapes that contain themselves together.
#[derive(Clone, Debug, Default)]
pub(super) struct Boxes {
    values: Cycles,
    required: Cycles,
}

/// The nodes that refer to each other, by a number.
#[derive(Clone, Debug, Default)]
struct Cycles {
    group: Vec<usize>,
    is_cycle: Vec<bool>,
}

impl Boxes {
    pub(super) fn new(table: &Table<'_>) -> Self {
        let shapes = || table.api.shapes.iter();
        let values = shapes().map(|(id, _)| values(table, id)).collect();
        let required = shapes().map(|(id, _)| required(table, id)).collect();
        Self { values: Cycles::new(values), required: Cycles::new(required) }
    }

    /// Whether a value of one shape is boxed where it is in another one.
    pub(super) fn is_boxed(&self, table: &Table<'_>, owner: ShapeId, value: ShapeId) -> bool {
        self.values.has(owner, table.shared.one(value))
    }

    /// Whether what must hold another value must hold itself, if only objects and arrays are valid.
    pub(super) fn is_endless(&self, table: &Table<'_>, owner: ShapeId, value: ShapeId) -> bool {
        self.required.has(owner, table.shared.one(value))
    }
}

impl Cycles {
    fn new(edges: Vec<Vec<usize>>) -> Self {
        let group = groups(&edges);
        let mut size = vec![0usize; edges.len()];
        group.iter().for_each(|one| size[*one] += 1);
        let is_cycle = |at: usize| size[group[at]] > 1 || edges[at].contains(&at);
        let is_cycle = (0..edges.len()).map(is_cycle).collect();
        Self { group, is_cycle }
    }

    /// Whether the edge from one node to another is a part of a cycle.
    fn has(&self, from: ShapeId, to: ShapeId) -> bool {
        let group = |at: ShapeId| self.group.get(at.index());
        group(from) == group(to) && self.is_cycle.get(to.index()).copied().unwrap_or_default()
    }
}

/// The objects and arrays that an object or an array must hold.
fn required(table: &Table<'_>, owner: ShapeId) -> Vec<usize> {
    let form = &table.api.shapes.shape(owner).form;
    let is_struct =
        |shape: &ShapeId| matches!(table.made(*shape), Some(Made::Struct | Made::Tuple));
    form.needed()
        .map(|one| table.shared.one(one.shape))
        .filter(is_struct)
        .map(ShapeId::index)
        .collect()
}

/// The shapes that a shape holds by value.
fn values(table: &Table<'_>, owner: ShapeId) -> Vec<usize> {
    let mut found = Vec::new();
    let mut add = |shape: ShapeId, is_union: bool| {
        let shape = table.shared.one(shape);
        let is_value = match table.made(shape) {
            Some(Made::Struct | Made::Tuple) => !is_union,
            Some(Made::Union) => true,
            _ => false,
        };
        if is_value {
            found.push(shape.index());
        }
    };
    match &table.api.shapes.shape(owner).form {
        Form::Object(object) => {
            object.members.iter().for_each(|one| add(one.value.shape, false));
        }
        Form::Tuple(tuple) => tuple.items.iter().for_each(|one| add(one.shape, false)),
        Form::Union(union) => union.branches.iter().for_each(|one| add(one.shape, true)),
        _ => {}
    }
    found
}

/// The number of the group of each node, where the nodes of a group all refer to each other: the algorithm of
/// Tarjan, without recursion.
fn groups(edges: &[Vec<usize>]) -> Vec<usize> {
    const NEW: usize = usize::MAX;
    let count = edges.len();
    let mut order = vec![NEW; count];
    let mut low = vec![0; count];
    let mut group = vec![NEW; count];
    let mut stack = Vec::new();
    let mut next = 0;
    for start in 0..count {
        if order[start] != NEW {
            continue;
        }
        let mut way = vec![(start, 0)];
        while let Some((at, edge)) = way.pop() {
            if edge == 0 {
                order[at] = next;
                low[at] = next;
                next += 1;
                stack.push(at);
            }
            match edges[at].get(edge) {
                Some(&to) => {
                    way.push((at, edge + 1));
                    if order[to] == NEW {
                        way.push((to, 0));
                    } else if group[to] == NEW {
                        low[at] = low[at].min(order[to]);
                    }
                }
                None => {
                    if low[at] == order[at] {
                        while let Some(one) = stack.pop() {
                            group[one] = at;
                            if one == at {
                                break;
                            }
                        }
                    }
                    if let Some((parent, _)) = way.last() {
                        low[*parent] = low[*parent].min(low[at]);
                    }
                }
            }
        }
    }
    group
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn nodes_that_refer_to_each_other_are_a_group() {
        // 0 → 1 → 2 → 0, 2 → 3, 3 → 3, 4 → 0
        let group = groups(&[vec![1], vec![2], vec![0, 3], vec![3], vec![0]]);
        assert!(group[0] == group[1] && group[1] == group[2]);
        assert!(group[3] != group[0] && group[4] != group[0] && group[3] != group[4]);
    }
}
