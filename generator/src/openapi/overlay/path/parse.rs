//! From the text of a path to a [`Query`].

use super::literal::{Read, Text};
use super::{Comparison, Condition, Literal, Malformed, Operand, Query, Segment, Selector};

/// The most brackets in brackets, since reading and testing call themselves for each.
const DEEPEST: usize = 64;

/// Reads a path.
///
/// # Errors
/// What was expected, and where.
pub(in super::super) fn parse(text: &str) -> Result<Query, Malformed> {
    let mut parser = Parser { text: Text { text, at: 0 }, depth: 0 };
    if !parser.text.take("$") {
        return parser.text.expected("`$`, with which each path begins");
    }
    let query = parser.query(true)?;
    match parser.text.rest() {
        "" => Ok(query),
        _ => parser.text.expected("`.`, `..`, `[` or the end"),
    }
}

struct Parser<'p> {
    text: Text<'p>,
    /// The brackets that are open.
    depth: usize,
}

/// What a filter is made of, before it is known whether it is compared.
enum Part {
    Literal(Literal),
    Query(Query),
    /// A function that returns a value.
    Value(Operand),
    /// A function that is true or false.
    Logical(Condition),
}

impl Parser<'_> {
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == DEEPEST {
            return self.text.expected(&format!("at most {DEEPEST} brackets in brackets"));
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    /// The steps after `$` or `@`.
    fn query(&mut self, from_root: bool) -> Read<Query> {
        let mut segments = Vec::new();
        loop {
            let end = self.text.at;
            self.text.blanks();
            let is_descendant = self.text.take("..");
            let selectors = if self.text.take("[") {
                self.nested(Self::selectors)?
            } else if is_descendant || self.text.take(".") {
                vec![self.shorthand()?]
            } else {
                self.text.at = end;
                return Ok(Query { from_root, segments });
            };
            segments.push(Segment { is_descendant, selectors });
        }
    }

    fn shorthand(&mut self) -> Read<Selector> {
        match self.text.take("*") {
            true => Ok(Selector::Wildcard),
            false => self.text.name().map(Selector::Name),
        }
    }

    /// The selectors after `[`.
    fn selectors(&mut self) -> Read<Vec<Selector>> {
        let mut selectors = Vec::new();
        loop {
            self.text.blanks();
            selectors.push(self.selector()?);
            self.text.blanks();
            if self.text.take("]") {
                return Ok(selectors);
            }
            if !self.text.take(",") {
                return self.text.expected("`,` or `]`");
            }
        }
    }

    fn selector(&mut self) -> Read<Selector> {
        match self.text.peek() {
            Some('\'' | '"') => self.text.string().map(Selector::Name),
            Some('*') => {
                self.text.at += 1;
                Ok(Selector::Wildcard)
            }
            Some('?') => {
                self.text.at += 1;
                self.text.blanks();
                self.nested(Self::alternatives).map(Selector::Filter)
            }
            _ => self.positions(),
        }
    }

    /// A position or a slice.
    fn positions(&mut self) -> Read<Selector> {
        let start = self.text.position()?;
        let after = self.text.at;
        self.text.blanks();
        if !self.text.take(":") {
            self.text.at = after;
            return start.map_or_else(
                || self.text.expected("a name in quotes, a position, `*`, or `?` with a condition"),
                |at| Ok(Selector::Index(at)),
            );
        }
        self.text.blanks();
        let end = self.text.position()?;
        let after = self.text.at;
        self.text.blanks();
        let mut step = 1;
        if self.text.take(":") {
            self.text.blanks();
            step = self.text.position()?.unwrap_or(1);
        } else {
            self.text.at = after;
        }
        Ok(Selector::Slice { start, end, step })
    }

    /// Conditions with `||` between them.
    fn alternatives(&mut self) -> Read<Condition> {
        self.several("||", Self::all, Condition::Or)
    }

    /// Conditions with `&&` between them.
    fn all(&mut self) -> Read<Condition> {
        self.several("&&", Self::condition, Condition::And)
    }

    fn several(
        &mut self,
        between: &str,
        one: impl Fn(&mut Self) -> Read<Condition>,
        join: impl Fn(Vec<Condition>) -> Condition,
    ) -> Read<Condition> {
        let first = one(self)?;
        let mut all = vec![first];
        loop {
            let end = self.text.at;
            self.text.blanks();
            if !self.text.take(between) {
                self.text.at = end;
                break;
            }
            self.text.blanks();
            all.push(one(self)?);
        }
        Ok(match all.len() {
            1 => all.remove(0),
            _ => join(all),
        })
    }

    fn condition(&mut self) -> Read<Condition> {
        let is_negated = self.text.peek() == Some('!');
        if is_negated {
            self.text.at += 1;
            self.text.blanks();
        }
        let start = self.text.at;
        let condition = if self.text.take("(") {
            self.text.blanks();
            let inner = self.nested(Self::alternatives)?;
            self.text.blanks();
            if !self.text.take(")") {
                return self.text.expected("`)`");
            }
            inner
        } else {
            let part = self.part()?;
            let comparison = if is_negated { None } else { self.comparison() };
            match comparison {
                Some(comparison) => {
                    let left = self.operand(part, start)?;
                    self.text.blanks();
                    let start = self.text.at;
                    let right = self.part()?;
                    Condition::Compare(left, comparison, self.operand(right, start)?)
                }
                None => self.test(part, start)?,
            }
        };
        Ok(if is_negated { Condition::Not(Box::new(condition)) } else { condition })
    }

    /// A sign between two values; nothing is read if there is none.
    fn comparison(&mut self) -> Option<Comparison> {
        let end = self.text.at;
        self.text.blanks();
        let signs = [
            ("==", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        let found = signs.into_iter().find(|(sign, _)| self.text.take(sign));
        if found.is_none() {
            self.text.at = end;
        }
        found.map(|(_, comparison)| comparison)
    }

    fn part(&mut self) -> Read<Part> {
        let literal = |literal| Ok(Part::Literal(literal));
        match self.text.peek() {
            Some('\'' | '"') => self.text.string().map(|text| Part::Literal(Literal::Text(text))),
            Some('-' | '0'..='9') => {
                self.text.number().map(|number| Part::Literal(Literal::Number(number)))
            }
            Some(start @ ('$' | '@')) => {
                self.text.at += 1;
                self.query(start == '$').map(Part::Query)
            }
            Some('a'..='z') => {
                let start = self.text.at;
                let word = self.text.span(|c| matches!(c, 'a'..='z' | '0'..='9' | '_'));
                match word {
                    _ if self.text.take("(") => self.nested(|parser| parser.function(word, start)),
                    "true" => literal(Literal::Bool(true)),
                    "false" => literal(Literal::Bool(false)),
                    "null" => literal(Literal::Null),
                    _ => {
                        self.text.at = start;
                        self.text.expected("`@`, `$`, a function, or a value in quotes")
                    }
                }
            }
            _ => self.text.expected("`@`, `$`, a function, or a value"),
        }
    }

    /// The arguments of a function, and what it returns.
    fn function(&mut self, name: &str, start: usize) -> Read<Part> {
        let arguments = match name {
            "length" | "count" | "value" => 1,
            "match" | "search" => 2,
            _ => {
                self.text.at = start;
                return self.text.expected(
                    "one of the functions `length`, `count`, `value`, `match` and `search`",
                );
            }
        };
        let mut given = Vec::new();
        for at in 0..arguments {
            self.text.blanks();
            if at > 0 {
                if !self.text.take(",") {
                    return self.text.expected("`,`");
                }
                self.text.blanks();
            }
            let start = self.text.at;
            let part = self.part()?;
            given.push((part, start));
        }
        self.text.blanks();
        if !self.text.take(")") {
            return self.text.expected("`)`");
        }
        let end = self.text.at;
        let mut given = given.into_iter();
        let mut next = || given.next().unwrap_or((Part::Literal(Literal::Null), end));
        let (first, at) = next();
        Ok(match name {
            "length" => Part::Value(Operand::Length(Box::new(self.operand(first, at)?))),
            "count" => Part::Value(Operand::Count(self.nodes(first, at)?)),
            "value" => Part::Value(Operand::Value(self.nodes(first, at)?)),
            _ => {
                let text = self.operand(first, at)?;
                let (second, at) = next();
                let pattern = self.operand(second, at)?;
                Part::Logical(Condition::Pattern { is_whole: name == "match", text, pattern })
            }
        })
    }

    /// A part as one value.
    fn operand(&mut self, part: Part, start: usize) -> Read<Operand> {
        match part {
            Part::Literal(literal) => Ok(Operand::Literal(literal)),
            Part::Value(operand) => Ok(operand),
            Part::Query(query) if query.is_singular() => Ok(Operand::One(query)),
            Part::Query(_) => {
                self.text.at = start;
                self.text.expected("a path to one value, without `*`, `..` and `?`")
            }
            Part::Logical(_) => {
                self.text.at = start;
                self.text.expected("a value, and not what is true or false")
            }
        }
    }

    /// A part as what a path selects.
    fn nodes(&mut self, part: Part, start: usize) -> Read<Query> {
        match part {
            Part::Query(query) => Ok(query),
            _ => {
                self.text.at = start;
                self.text.expected("a path")
            }
        }
    }

    /// A part as what is true or false.
    fn test(&mut self, part: Part, start: usize) -> Read<Condition> {
        match part {
            Part::Query(query) => Ok(Condition::Exists(query)),
            Part::Logical(condition) => Ok(condition),
            Part::Literal(_) | Part::Value(_) => {
                if self.text.rest().is_empty() {
                    return self.text.expected("a comparison");
                }
                self.text.at = start;
                self.text.expected("a condition, and not only a value")
            }
        }
    }
}
