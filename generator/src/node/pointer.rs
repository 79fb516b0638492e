//! JSON pointers (RFC 6901): the way from a node to one in it.

use super::tree::{Kind, Node, NodeId, Tree};
use std::fmt;
use std::str::FromStr;

/// The names and positions on the way from a node to one in it. Displayed as RFC 6901 has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer {
    steps: Vec<String>,
}

/// Why a text is not a pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadPointer {
    /// It neither is empty nor begins with `/`.
    Slash,
    /// There is a `~` before neither `0` nor `1`.
    Tilde,
    /// There is a `%` that is not before two hexadecimal digits.
    Percent,
    /// The bytes that are written with `%` are not UTF-8.
    Encoding,
}

impl fmt::Display for BadPointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Slash => "a JSON pointer that is not empty begins with `/`",
            Self::Tilde => "in a JSON pointer `~` is written `~0`, and `/` in a name `~1`",
            Self::Percent => "`%` in a URL comes before two hexadecimal digits",
            Self::Encoding => "the bytes that are written with `%` are not UTF-8",
        })
    }
}

impl std::error::Error for BadPointer {}

impl FromStr for Pointer {
    type Err = BadPointer;

    fn from_str(text: &str) -> Result<Self, BadPointer> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let text = text.strip_prefix('/').ok_or(BadPointer::Slash)?;
        let steps = text.split('/').map(unescaped).collect::<Result<_, _>>()?;
        Ok(Self { steps })
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.steps.iter().try_for_each(|step| write!(formatter, "/{}", escaped(step)))
    }
}

impl Pointer {
    /// Reads the fragment of a URL, without `#`, in which characters can be written with `%`.
    ///
    /// # Errors
    /// If it is not a pointer; an anchor (`#name`) is not one.
    pub fn of_fragment(fragment: &str) -> Result<Self, BadPointer> {
        decoded(fragment)?.parse()
    }

    /// The pointer as the fragment of a URL, without `#`.
    pub fn fragment(&self) -> String {
        let mut text = String::new();
        for byte in self.to_string().bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => text.push(char::from(byte)),
                _ if b"-._~!$&'()*+,;=:@/?".contains(&byte) => text.push(char::from(byte)),
                _ => text.push_str(&format!("%{byte:02X}")),
            }
        }
        text
    }

    /// The names and positions.
    pub fn steps(&self) -> &[String] {
        &self.steps
    }

    /// Goes on to a member or an item.
    pub fn push(&mut self, step: impl ToString) {
        self.steps.push(step.to_string());
    }

    /// Goes back by one step.
    pub fn pop(&mut self) -> Option<String> {
        self.steps.pop()
    }

    /// The pointer that goes on to a member or an item.
    #[must_use]
    pub fn with(&self, step: impl ToString) -> Self {
        let mut longer = self.clone();
        longer.push(step);
        longer
    }
}

fn escaped(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

fn unescaped(step: &str) -> Result<String, BadPointer> {
    let mut parts = step.split('~');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match (part.strip_prefix('0'), part.strip_prefix('1')) {
            (Some(rest), _) => text.extend(["~", rest]),
            (_, Some(rest)) => text.extend(["/", rest]),
            _ => return Err(BadPointer::Tilde),
        }
    }
    Ok(text)
}

fn decoded(text: &str) -> Result<String, BadPointer> {
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let digit = |at: usize| char::from(*part.as_bytes().get(at)?).to_digit(16);
        let (Some(high), Some(low)) = (digit(0), digit(1)) else { return Err(BadPointer::Percent) };
        bytes.extend(u8::try_from(high << 4 | low));
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).map_err(|_| BadPointer::Encoding)
}

/// Where a pointer refers to nothing.
#[derive(Clone, Copy, Debug)]
pub struct Missing<'t> {
    /// The number of the step that was not found.
    pub step: usize,
    /// The last node that was found, in which the step was looked for.
    pub in_node: Node<'t>,
}

impl Missing<'_> {
    /// Why the step was not found, in one line.
    pub fn reason(&self, pointer: &Pointer) -> String {
        let step = pointer.steps.get(self.step).map_or("", String::as_str);
        let found = Pointer { steps: pointer.steps[..self.step.min(pointer.steps.len())].to_vec() };
        let place = match found.steps.is_empty() {
            true => "the document".to_owned(),
            false => format!("`{found}`"),
        };
        match self.in_node.kind() {
            Kind::Object(_) => format!("{place} has no member `{step}`"),
            Kind::Array(items) => match position(step) {
                Some(_) => format!("{place} has only {} items, and no item `{step}`", items.len()),
                None => format!("{place} is an array, and `{step}` is not a position in it"),
            },
            other => format!("{place} is {}, and has no member `{step}`", other.name()),
        }
    }
}

/// A position as RFC 6901 writes it: without zeros before it.
fn position(step: &str) -> Option<usize> {
    let is_plain = step == "0" || !step.starts_with(['0', '+']);
    is_plain.then(|| step.parse().ok())?
}

impl<'t> Node<'t> {
    /// The member or item that one step of a pointer refers to.
    pub fn step(self, step: &str) -> Option<Node<'t>> {
        match self.is_array() {
            true => self.item(position(step)?),
            false => self.get(step),
        }
    }

    /// What a pointer from this node refers to.
    ///
    /// # Errors
    /// If there is nothing: the step that was not found, and where.
    pub fn at(self, pointer: &Pointer) -> Result<Node<'t>, Missing<'t>> {
        pointer.steps.iter().enumerate().try_fold(self, |in_node, (at, step)| {
            in_node.step(step).ok_or(Missing { step: at, in_node })
        })
    }
}

impl Tree {
    /// What a pointer from the root refers to.
    ///
    /// # Errors
    /// If there is nothing: the step that was not found, and where.
    pub fn at(&self, pointer: &Pointer) -> Result<Node<'_>, Missing<'_>> {
        self.root().at(pointer)
    }

    /// The pointer from the root to a node: of one with aliases the first in the order of the document.
    /// `None` for the name of a member.
    ///
    /// This looks through the whole document. Who visits many nodes builds the pointer on the way.
    pub fn pointer_to(&self, id: NodeId) -> Option<Pointer> {
        let mut seen = vec![false; self.records.len()];
        let mut pointer = Pointer::default();
        search(self.root(), id, &mut seen, &mut pointer).then_some(pointer)
    }
}

/// Looks for a node in another one. The pointer goes to it if it was found, and is as it was if not.
fn search(from: Node<'_>, id: NodeId, seen: &mut [bool], pointer: &mut Pointer) -> bool {
    if from.id() == id {
        return true;
    }
    // The number of a node is greater than that of any node in it.
    let is_seen =
        seen.get_mut(from.id().0 as usize).is_none_or(|seen| std::mem::replace(seen, true));
    if from.id() < id || is_seen {
        return false;
    }
    let mut step = |name: &dyn fmt::Display, inner: Node<'_>| {
        pointer.push(name);
        let found = search(inner, id, seen, pointer);
        if !found {
            pointer.pop();
        }
        found
    };
    from.items().enumerate().any(|(at, item)| step(&at, item))
        || from.members().any(|member| step(&member.name, member.value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_read_and_written() {
        for (text, steps) in [
            ("", vec![]),
            ("/", vec![""]),
            ("/paths/~1users~1{id}/get", vec!["paths", "/users/{id}", "get"]),
            ("/a~01/0", vec!["a~1", "0"]),
        ] {
            let pointer: Pointer = text.parse().expect("a pointer");
            assert_eq!(pointer.steps(), steps, "{text}");
            assert_eq!(pointer.to_string(), text);
        }
        for (text, why) in
            [("a", BadPointer::Slash), ("/~", BadPointer::Tilde), ("/~2", BadPointer::Tilde)]
        {
            assert_eq!(text.parse::<Pointer>(), Err(why), "{text}");
        }
    }

    #[test]
    fn fragments_have_percent_signs() {
        for (text, steps, again) in [
            ("/paths/~1users~1%7Bid%7D", vec!["paths", "/users/{id}"], "/paths/~1users~1%7Bid%7D"),
            ("/%C3%BC%25/a b", vec!["ü%", "a b"], "/%C3%BC%25/a%20b"),
            ("%2Fa%7E1b", vec!["a/b"], "/a~1b"),
        ] {
            let pointer = Pointer::of_fragment(text).expect("a pointer");
            assert_eq!(pointer.steps(), steps, "{text}");
            assert_eq!(pointer.fragment(), again);
            assert_eq!(Pointer::of_fragment(again), Ok(pointer));
        }
        for (text, why) in [
            ("/%", BadPointer::Percent),
            ("/%2", BadPointer::Percent),
            ("/%zz", BadPointer::Percent),
            ("/%+1", BadPointer::Percent),
            ("/%2ü", BadPointer::Percent),
            ("/%ff", BadPointer::Encoding),
            ("anchor", BadPointer::Slash),
        ] {
            assert_eq!(Pointer::of_fragment(text), Err(why), "{text}");
        }
    }

    #[test]
    fn positions_are_written_in_one_way() {
        assert_eq!(
            ["0", "10", "00", "01", "-", "-1", "+1", "", "1x"].map(position),
            [Some(0), Some(10), None, None, None, None, None, None, None]
        );
    }
}
