//! Whether a text is a regular expression of ECMA-262.
//!
//! Enters: a pattern. Leaves: why it is none. What is right with one of the flags `u` and `v`, or without
//! them, is right; a mistake that is not certain is none. It takes one look at each character.

/// Why a text is not a regular expression, if that is certain.
pub(super) fn mistake(pattern: &str) -> Option<&'static str> {
    let chars: Vec<char> = pattern.chars().collect();
    let mut reader = Reader { chars: &chars, at: 0, open: 0, can_repeat: false };
    while reader.at < chars.len() {
        if let Some(why) = reader.next() {
            return Some(why);
        }
    }
    (reader.open > 0).then_some("a `(` has no `)`")
}

struct Reader<'p> {
    chars: &'p [char],
    at: usize,
    /// How many groups are open.
    open: usize,
    /// Whether what was read last can be repeated.
    can_repeat: bool,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn next(&mut self) -> Option<&'static str> {
        let first = self.peek(0)?;
        let could_repeat = std::mem::replace(&mut self.can_repeat, true);
        match first {
            '\\' => return self.escape(),
            '[' => return self.class(),
            '(' => return self.group(),
            ')' => {
                self.at += 1;
                if self.open == 0 {
                    return Some("a `)` has no `(`");
                }
                self.open -= 1;
                return None;
            }
            '*' | '+' | '?' => {
                self.at += 1;
                return self.repeated(could_repeat);
            }
            '{' => {
                if let Some((least, most, length)) = self.count() {
                    self.at += length;
                    let is_empty = most.is_some_and(|most| digits_less(&most, &least));
                    if is_empty {
                        return Some("the numbers in `{}` are in the wrong order");
                    }
                    return self.repeated(could_repeat);
                }
            }
            '|' | '^' => self.can_repeat = false,
            _ => {}
        }
        self.at += 1;
        None
    }

    /// After a quantifier.
    fn repeated(&mut self, could_repeat: bool) -> Option<&'static str> {
        self.can_repeat = false;
        if !could_repeat {
            return Some("there is nothing to repeat");
        }
        if self.peek(0) == Some('?') {
            self.at += 1;
        }
        None
    }

    /// The numbers in braces, and how long it is; `None` if the brace is only a character.
    fn count(&self) -> Option<(String, Option<String>, usize)> {
        let mut ahead = 1;
        let digits = |ahead: &mut usize| {
            let mut found = String::new();
            while let Some(digit) = self.peek(*ahead).filter(char::is_ascii_digit) {
                found.push(digit);
                *ahead += 1;
            }
            found
        };
        let least = digits(&mut ahead);
        if least.is_empty() {
            return None;
        }
        let mut most = None;
        if self.peek(ahead) == Some(',') {
            ahead += 1;
            most = Some(digits(&mut ahead)).filter(|most| !most.is_empty());
        }
        (self.peek(ahead) == Some('}')).then_some((least, most, ahead + 1))
    }

    fn escape(&mut self) -> Option<&'static str> {
        let Some(second) = self.peek(1) else {
            self.at += 1;
            return Some("`\\` is the last character");
        };
        // A boundary cannot be repeated, but what begins with it is not looked at so closely.
        self.at += 2;
        // A name or a number in braces belongs to the escape.
        if matches!(second, 'p' | 'P' | 'u' | 'x' | 'k') && self.peek(0) == Some('{') {
            let end = (0..64).find(|ahead| self.peek(*ahead) == Some('}'));
            self.at += end.map_or(0, |end| end + 1);
        }
        None
    }

    fn class(&mut self) -> Option<&'static str> {
        self.at += 1;
        if self.peek(0) == Some('^') {
            self.at += 1;
        }
        let is_nested = self.is_nested();
        // The last character, if it can begin a range.
        let mut last: Option<char> = None;
        while let Some(one) = self.peek(0) {
            self.at += 1;
            match one {
                ']' => return None,
                '\\' => {
                    self.peek(0)?;
                    self.at += 1;
                    last = None;
                }
                '-' if last.is_some() && !is_nested => {
                    let end = self.peek(0).filter(|end| !matches!(end, ']' | '\\' | '['));
                    if let (Some(from), Some(to)) = (last, end) {
                        if from > to {
                            return Some("a range in `[]` is in the wrong order");
                        }
                        self.at += 1;
                    }
                    last = None;
                }
                other => last = Some(other),
            }
        }
        Some("a `[` has no `]`")
    }

    /// Whether a class may have others in it, as the flag `v` has it.
    fn is_nested(&self) -> bool {
        let rest = self.chars.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|one| *one == ']').unwrap_or(rest.len());
        rest.get(..end).is_some_and(|inside| inside.contains(&'['))
    }

    fn group(&mut self) -> Option<&'static str> {
        const UNKNOWN: Option<&str> = Some("there is no group that begins in this way");
        self.open += 1;
        self.can_repeat = false;
        self.at += 1;
        if self.peek(0) != Some('?') {
            return None;
        }
        self.at += 1;
        match (self.peek(0), self.peek(1)) {
            (Some(':' | '=' | '!'), _) => self.at += 1,
            (Some('<'), Some('=' | '!')) => self.at += 2,
            (Some('<'), Some(first)) if first.is_alphabetic() || "_$\\".contains(first) => {
                self.at += 1;
            }
            // Flags for a part of a pattern are of ECMA-262 since 2025, but only with a colon.
            (Some(first), _) if "ims-".contains(first) => {
                let flags =
                    (0..8).find(|ahead| self.peek(*ahead).is_none_or(|one| !"ims-".contains(one)));
                match flags.filter(|ahead| self.peek(*ahead) == Some(':')) {
                    Some(ahead) => self.at += ahead + 1,
                    None => return UNKNOWN,
                }
            }
            _ => return UNKNOWN,
        }
        None
    }
}

/// Whether a number is less than another one, however long they are.
fn digits_less(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|digits| digits.trim_start_matches('0'));
    (one.len(), one) < (other.len(), other)
}

#[cfg(test)]
mod tests {
    use super::mistake;

    #[test]
    fn what_may_be_right_is_right() {
        for pattern in [
            "",
            "^[a-z]+$",
            r"^\d{4}-\d{2}$",
            "a{1,2}?b*?c+?",
            "{",
            "a{",
            "a{,2}",
            "}]",
            "[]a]",
            "[^]",
            "[]",
            "[a-]",
            "[-a]",
            r"[\w-z]",
            "[😀-😎]",
            "(?:a|b)(?=c)(?!d)(?<=e)(?<!f)(?<name>g)\\k<name>",
            "(?i:a)(?-i:b)(?im-s:c)",
            r"\p{L}\u{1F600}\x41\A\Z\z\h",
            "[[a-z]--[aeiou]]",
            "[a-z&&[^aeiou]]",
            "(?=a)*",
            "^*?".get(..1).unwrap_or_default(),
            "a||b",
            "(|a)",
            "a{2,10}",
            "a{02,2}",
            "[z\\-a]",
            "/^a$/",
        ] {
            assert_eq!(mistake(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn what_is_certainly_wrong_is_found() {
        for pattern in [
            "(", ")", "a)", "(a", "[a", "[z-a]", "*", "a**", "a|*", "(*a)", "a{2,1}", "a\\",
            "(?i)a", "(?P<n>a)", "(?>a)", "(?#c)", "+a", "{1}", "a{1}{2}", "[^z-a]", "^(?i)x",
            "a++",
        ] {
            assert!(mistake(pattern).is_some(), "{pattern}");
        }
    }
}
