//! How long reading takes: `cargo test --release -p schemacrate --test node speed -- --ignored --nocapture`.

use super::source;
use schemacrate::internals::node::{self, Syntax};
use std::time::Instant;

/// Ten megabytes.
const SIZE: usize = 10_000_000;

/// A text that is as long, of parts with numbers.
fn repeated(begin: &str, part: fn(usize) -> String, end: &str) -> String {
    let mut text = begin.to_owned();
    for at in 0.. {
        if text.len() >= SIZE {
            break;
        }
        text.push_str(&part(at));
    }
    text + end
}

fn member_of_json(at: usize) -> String {
    format!(
        "\"Type{at}\": {{\n  \"type\": \"object\",\n  \"description\": \"The \\\"{at}\\\" of \u{fc}.\",\n  \
         \"required\": [\"id\", \"name\"],\n  \"properties\": {{\n    \"id\": {{\"type\": \"integer\", \
         \"minimum\": 0, \"maximum\": 1.5e10}},\n    \"name\": {{\"$ref\": \"#/components/schemas/Type{at}\"}}\n  }}\n}},\n"
    )
}

fn member_of_yaml(at: usize) -> String {
    format!(
        "Type{at}:\n  type: object\n  description: |\n    The \"{at}\" of \u{fc}.\n    It has two lines.\n  \
         required: [id, name]\n  properties:\n    id:\n      type: integer\n      minimum: 0\n      \
         maximum: 1.5e10 # or so\n    name:\n      $ref: '#/components/schemas/Type{at}'\n"
    )
}

fn measure(text: &str, syntax: Syntax) {
    let (sources, source) = source(text);
    let run = || {
        let start = Instant::now();
        let document = node::read(&sources, source).unwrap();
        assert_eq!((document.syntax, document.repeated.len()), (syntax, 0));
        start.elapsed()
    };
    let best = (0..5).map(|_| run()).min().unwrap();
    println!("{syntax:?}: {} bytes in {best:?}", text.len());
}

#[test]
#[ignore = "a measurement, which is only right in a release build"]
fn ten_megabytes_of_json() {
    let text = repeated("{", member_of_json, "\"last\": 1}");
    measure(&text, Syntax::Json);
}

#[test]
#[ignore = "a measurement, which is only right in a release build"]
fn ten_megabytes_of_yaml() {
    measure(&repeated("", member_of_yaml, ""), Syntax::Yaml);
}
