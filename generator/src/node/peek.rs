//! The names of the members of a root, found without reading the document: enough to choose its reader.

/// The names of the members of the root of a document, as they are written, if it is an object in JSON or in
/// the block style of YAML. A document that is neither has none, or wrong ones.
pub fn root_names(text: &str) -> impl Iterator<Item = &str> {
    let begin = text.trim_start();
    let (json, yaml) = match begin.as_bytes().first() {
        Some(b'{') => (begin, ""),
        Some(b'<' | b'[') => ("", ""),
        _ => ("", text),
    };
    let json = JsonNames { text: json, at: 0, depth: 0, is_name: false };
    json.chain(yaml.lines().filter_map(yaml_name))
}

/// The name at the beginning of a line that is not indented.
fn yaml_name(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(':')?;
    let name = name.trim_end();
    let is_name = !name.is_empty() && !name.starts_with([' ', '\t', '#', '-', '%']);
    is_name.then(|| name.trim_matches(['"', '\'']))
}

struct JsonNames<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    /// Whether the next string is a name.
    is_name: bool,
}

impl<'t> Iterator for JsonNames<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        while let Some(byte) = self.text.as_bytes().get(self.at).copied() {
            self.at += 1;
            match byte {
                b'{' | b'[' => {
                    self.depth += 1;
                    self.is_name = byte == b'{';
                }
                b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                b',' => self.is_name = true,
                b':' => self.is_name = false,
                b'"' => {
                    let string = self.string();
                    if self.is_name && self.depth == 1 {
                        return Some(string);
                    }
                }
                _ => {}
            }
        }
        None
    }
}

impl<'t> JsonNames<'t> {
    /// A string after its first quote, as it is written.
    fn string(&mut self) -> &'t str {
        let start = self.at;
        while let Some(byte) = self.text.as_bytes().get(self.at).copied() {
            self.at += 1;
            match byte {
                b'"' => return self.text.get(start..self.at - 1).unwrap_or_default(),
                b'\\' => self.at += 1,
                _ => {}
            }
        }
        self.text.get(start..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_root_are_found() {
        let names = |text| root_names(text).collect::<Vec<_>>();
        assert_eq!(names("{}"), [""; 0]);
        assert_eq!(
            names(r#" {"a": {"b": ["c", {"d": 1}]}, "e\"": "f", "g":[] , "h" : "{,"}"#),
            ["a", "e\\\"", "g", "h"]
        );
        assert_eq!(names("{\"a"), ["a"]);
        assert_eq!(names("{\"a\\"), ["a\\"]);
        assert_eq!(names("[\"a\", 1]"), [""; 0]);
        let yaml =
            "# c: d\n%YAML 1.2\n---\n\"openapi\": 3.1.0\ninfo:\n  title: T\npaths : {}\n- x: 1\n";
        assert_eq!(names(yaml), ["openapi", "info", "paths"]);
        assert_eq!(names("text\n\n: x"), [""; 0]);
        assert_eq!(names("<a>\nb: c"), [""; 0]);
    }
}
