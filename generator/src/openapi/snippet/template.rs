//! Paths with variables.
//!
//! Enters: the path of an operation and that of an address. Leaves: what is in the place of each variable.
//! Must not know: what the variables are.

/// What is in the places of the variables of a template, percent-encoded, in order; `None` if the path is not one
/// of the template.
pub(super) fn captured<'p, 't>(
    template: &'t str,
    path: &'p str,
) -> Option<Vec<(&'t str, &'p str)>> {
    let template = template.split('?').next().unwrap_or(template);
    let expected: Vec<&str> = template.split('/').collect();
    let found: Vec<&str> = path.split('/').collect();
    // A slash at the end is often added or forgotten.
    let found = match found.as_slice() {
        [rest @ .., ""] if found.len() == expected.len() + 1 => rest,
        all => all,
    };
    if expected.len() != found.len() {
        return None;
    }
    let mut values = Vec::new();
    for (expected, found) in expected.into_iter().zip(found) {
        segment(expected, found, &mut values)?;
    }
    Some(values)
}

/// How much of a template is fixed: the more, the better it fits a path. Whole segments count before what is beside
/// a variable in one.
pub(super) fn fixed(template: &str) -> (usize, usize) {
    let (variables, fixed): (Vec<&str>, Vec<&str>) =
        template.split('/').partition(|segment| segment.contains('{'));
    (fixed.len(), variables.into_iter().map(beside).sum())
}

/// How long the text beside the variables of a segment is.
fn beside(segment: &str) -> usize {
    let Some((before, inside)) = segment.split_once('{') else { return segment.len() };
    before.len() + inside.split_once('}').map_or(0, |(_, after)| beside(after))
}

/// A template with the segments of a path in the places of its variables.
pub(super) fn filled(template: &str, path: &str) -> String {
    let mut found = path.split('/');
    let segments = template.split('/').map(|segment| {
        let found = found.next();
        if segment.contains('{') { found.unwrap_or(segment) } else { segment }
    });
    segments.collect::<Vec<_>>().join("/")
}

fn segment<'p, 't>(
    template: &'t str,
    found: &'p str,
    values: &mut Vec<(&'t str, &'p str)>,
) -> Option<()> {
    let Some((before, inside)) = template.split_once('{') else {
        let is_same = template == found || super::address::decoded(found) == template;
        return is_same.then_some(());
    };
    let (name, after) = inside.split_once('}')?;
    let rest = found.strip_prefix(before)?;
    let next = after.split('{').next().unwrap_or_default();
    let end = match (next.is_empty(), after.is_empty()) {
        (_, true) => rest.len(),
        // Two variables without anything between cannot be told apart.
        (true, false) => return None,
        // The last place where what follows is: `{name}.{format}` of `a.b.json`.
        (false, false) => rest.rfind(next).filter(|at| *at > 0)?,
    };
    values.push((name, &rest[..end]));
    segment(after, &rest[end..], values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_have_what_is_at_their_place() {
        for (template, path, expected) in [
            ("/a/{b}", "/a/c", Some(vec![("b", "c")])),
            ("/a/{b}", "/a/c/", Some(vec![("b", "c")])),
            ("/a/{b}", "/a/c/d", None),
            ("/a/{b}.json", "/a/x.y.json", Some(vec![("b", "x.y")])),
            ("/a/{b}:go", "/a/x:go", Some(vec![("b", "x")])),
            ("/a/{b}:go", "/a/x", None),
            ("/{a}-{b}", "/1-2", Some(vec![("a", "1"), ("b", "2")])),
            ("/{a}{b}", "/12", None),
            ("/a b", "/a%20b", Some(vec![])),
            ("/a?x=1", "/a", Some(vec![])),
            ("/{a}", "/", Some(vec![("a", "")])),
        ] {
            assert_eq!(captured(template, path), expected, "{template} {path}");
        }
    }

    #[test]
    fn what_is_beside_a_variable_is_fixed() {
        let better = [
            ("/a/b", "/a/{b}"),
            ("/a/b", "/a/x:{b}"),
            ("/a/x:{b}", "/a/{b}"),
            ("/a/{b}.json", "/a/{b}"),
            ("/a/{b}:c:{d}", "/a/{b}:{d}"),
        ];
        for (one, other) in better {
            assert!(fixed(one) > fixed(other), "{one} {other}");
        }
    }
}
