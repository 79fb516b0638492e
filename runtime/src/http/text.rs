//! Text of services, shortened to one line.
//!
//! Enters: text of any form and length. Leaves: a short line of it.

/// At most this many characters of a body that is not an error object are shown.
const EXCERPT: usize = 200;

/// Describes in a few words a body that is not an error object.
pub(crate) fn excerpt(body: &str, expected: &str) -> String {
    let line = one_line(body, EXCERPT);
    if line.is_empty() {
        return "the answer has no body".to_owned();
    }
    format!("the body is not {expected}, it starts with `{line}`")
}

/// Joins words with single spaces, drops control characters, and ends long text with an ellipsis.
pub(crate) fn one_line(text: &str, limit: usize) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let mut line = String::new();
    let mut length = 0;
    for word in words.filter(|word| !word.is_empty()) {
        if length > 0 {
            line.push(' ');
            length += 1;
        }
        for character in word.chars() {
            if length >= limit {
                line.push('…');
                return line;
            }
            line.push(character);
            length += 1;
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_one_short_line() {
        assert_eq!(excerpt(" \n", "an error"), "the answer has no body");
        let shown = excerpt("<html>\r\n\x1b[31m  <h1>Bad\tgateway</h1>", "an error");
        assert!(shown.ends_with("`<html> [31m <h1>Bad gateway</h1>`"), "{shown}");
        let long = excerpt(&"ä".repeat(5000), "an error");
        assert!(long.chars().count() < 300 && long.contains('…'));
    }
}
