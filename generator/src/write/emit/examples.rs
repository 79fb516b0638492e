//! Examples in the documentation.
//!
//! Their blocks say `ignore`, since a crate that includes generated modules would test them with its own
//! documentation. The tests of this repository compile them.

use super::ident;
use crate::crate_plan::{EachItem, Example, ExampleCall, ItemPath, MadeClient, Sample, Start};
use crate::write::form::{self, Array, Call, Each, Form, Joined, Literal, Tuple, Words, chain};
use crate::write::wrap::{Line, Text};
use std::collections::BTreeSet;

/// An example as comments that begin with some slashes, after other documentation. `package` is the name
/// of the crate whose items it uses; without one, it has no `use`.
pub(crate) fn example(text: &mut Text, slashes: &str, example: &Example, package: Option<&str>) {
    text.comment(slashes, |text| {
        text.blank();
        text.line("```ignore");
        code(text, example, package);
        text.line("```");
    });
}

fn code(text: &mut Text, example: &Example, package: Option<&str>) {
    if let Some(package) = package {
        uses(text, example, package);
    }
    match &example.client {
        Some(MadeClient::Default) => {
            text.line("let client = Client::new(\"access token\")?;");
        }
        Some(MadeClient::WithServiceRoot) => {
            let root = "https://example.com/service";
            let arguments = [Literal(root), Literal("access token")];
            let made = Call("Client::with_service_root", arguments);
            text.line(Joined(Joined("let client = ", made), "?;"));
        }
        Some(MadeClient::Built { has_root, with }) => built(text, *has_root, with.as_ref()),
        None => {}
    }
    request(text, example);
    if let (Some(answer), Some(EachItem { name, member })) = (&example.answer, &example.each) {
        let (dot, member) = member.map_or(("", ""), |member| (".", member));
        text.line(Words(["for ", ident(name), " in ", ident(answer), dot, member, " {"]));
        text.line(Words(["    println!(\"{", name.trim_start_matches("r#"), ":?}\");"]));
        text.line("}");
    }
}

/// The client by its builder.
fn built(text: &mut Text, has_root: bool, with: Option<&ExampleCall>) {
    let made = chain("Client::builder()", |steps| {
        if !has_root {
            steps.call("server", [Literal("https://example.com")]);
        }
        steps.call("build", ());
    });
    match with {
        None => text.line(Joined(Joined("let client = ", made), "?;")),
        Some(ExampleCall { method, arguments }) => {
            let made = Line::of(Joined(made, "?"));
            let authorized = chain(&made, |steps| steps.call(ident(method), Each(arguments)));
            text.line(Joined(Joined("let client = ", authorized), ";"));
        }
    }
}

fn uses(text: &mut Text, example: &Example, package: &str) {
    let package = package.replace('-', "_");
    if example.client.is_some() {
        text.line(Words(["use ", &package, "::Client;"]));
    }
    let mut items: BTreeSet<&ItemPath> = BTreeSet::new();
    example.each_item(&mut |item| {
        items.insert(item);
    });
    for item in &items {
        let path: Vec<&str> = item.module.iter().map(|one| ident(one)).collect();
        text.line(Words(["use ", &package, "::", &path.join("::"), "::", ident(&item.name), ";"]));
    }
    if example.client.is_some() || !items.is_empty() {
        text.blank();
    }
}

fn request(text: &mut Text, example: &Example) {
    let sent = chain(On(&example.start), |steps| {
        for ExampleCall { method, arguments } in &example.calls {
            steps.call(ident(method), Each(arguments));
        }
        if example.is_sent {
            steps.field("await?");
        }
    });
    match &example.answer {
        Some(answer) => {
            let variable = Words(["let ", ident(answer), " = "]);
            text.line(Joined(Joined(variable, sent), ";"));
        }
        None => text.line(Joined(sent, ";")),
    }
}

/// What the first method is called on.
struct On<'e>(&'e Start);

impl Form for On<'_> {
    fn write(self, line: &mut Line) {
        match self.0 {
            Start::Client => line.word("client"),
            Start::At(item) => {
                let raw = form::Call("client.raw", [Literal("path/to/it")]);
                form::Call(Words([ident(&item.name), "::at"]), [raw]).write(line);
            }
        }
    }
}

impl Form for &Sample {
    fn write(self, line: &mut Line) {
        match self {
            Sample::Text(text) => Literal(text).write(line),
            Sample::Plain(text) => line.word(text),
            Sample::Member(item, name) => Words([ident(&item.name), "::", ident(name)]).write(line),
            Sample::Called(of, method, arguments) => {
                (&**of).write(line);
                Call(Words([".", method]), Each(arguments)).write(line);
            }
            Sample::New(item) => Words([ident(&item.name), "::new()"]).write(line),
            Sample::Made(item, function, arguments) => {
                Call(Words([ident(&item.name), "::", function]), Each(arguments)).write(line);
            }
            Sample::Array(all) => Array(Each(all)).write(line),
            Sample::Tuple(all) => Tuple(Each(all)).write(line),
        }
    }
}
