//! The name that was probably meant.

/// The name most like a given one, if one is so much like it that it was probably meant: it differs in
/// case only, or in at most a third of its characters.
pub(crate) fn nearest<'n>(
    given: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    /// Longer names are not compared: nobody mistypes them.
    const LONGEST: usize = 100;
    /// The most names that are compared letter by letter.
    const COMPARED: usize = 500;
    if given.len() > LONGEST {
        return None;
    }
    let lower: Vec<char> = given.to_lowercase().chars().collect();
    let limit = lower.len().div_ceil(3);
    // A mistake in the first letter is rare, and without this many names would be compared.
    let is_like = |name: &&str| {
        *name != given
            && name.len() <= LONGEST
            && name.len().abs_diff(given.len()) <= 4 * limit
            && name.chars().flat_map(char::to_lowercase).next() == lower.first().copied()
    };
    let distance = |name: &'n str| {
        let other: Vec<char> = name.to_lowercase().chars().collect();
        (edits(&lower, &other), name)
    };
    let near = names.into_iter().filter(is_like).take(COMPARED).map(distance);
    near.filter(|(edits, _)| *edits <= limit).min().map(|(_, name)| name)
}

/// How many characters have to be inserted, removed or replaced.
fn edits(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, a) in one.iter().enumerate() {
        let mut before = row[0];
        row[0] = at + 1;
        for (column, b) in other.iter().enumerate() {
            let replaced = before + usize::from(a != b);
            before = row[column + 1];
            row[column + 1] = replaced.min(before + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn what_was_probably_meant_is_found() {
        let names = ["Pet", "Pets", "PetOwner", "Error"];
        for (given, expected) in [
            ("pet", Some("Pet")),
            ("Pest", Some("Pet")),
            ("PetOwners", Some("PetOwner")),
            ("Errors", Some("Error")),
            ("Unrelated", None),
            ("", None),
        ] {
            assert_eq!(nearest(given, names), expected, "{given}");
        }
    }
}
