//! The text of a program that makes one request.
//!
//! Enters: a [`Program`] and the plan of the crate that it uses. Leaves: formatted Rust.
//! Must not know: the schema, the request that the program was made of.
//!
//! Programs are tokens, since they can have any form of code.

use super::emit::{Imports, Name};
use crate::crate_plan::program::{Code, Owner, Program, Provider, Statement};
use crate::crate_plan::{CratePlan, Type};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};
use std::fmt::Write as _;

/// The beginning of a doc comment that represents a plain comment, since comments are not tokens.
/// It is a private-use character, which texts of schemas and requests have no reason to contain.
const COMMENT: &str = "\u{E000}";

/// An identifier of the plan, raw or not, as a token.
fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

fn comments(lines: &[String]) -> TokenStream {
    let line = |text: &String| {
        let text = text.replace(char::is_control, " ");
        let line = format!("{COMMENT} {text}");
        quote!(#[doc = #line])
    };
    lines.iter().map(line).collect()
}

/// A function that makes the request with a client and returns the answer.
fn function_item(imports: &mut Imports, program: &Program) -> TokenStream {
    let client = imports.root("Client");
    let outcome = imports.value(&program.outcome);
    let body = body(imports, program);
    let end = match program.outcome {
        Type::Unit => quote!(Ok(())),
        _ => {
            let answer = ident(&program.answer);
            quote!(Ok(#answer))
        }
    };
    quote! {
        pub async fn example(client: &#client) -> Result<#outcome, Box<dyn std::error::Error>> {
            #body
            #end
        }
    }
}

/// A whole program that makes the request and shows the answer. `root` is the service root, if the
/// crate does not know it.
fn main_item(
    imports: &mut Imports,
    program: &Program,
    root: Option<&str>,
    takes_credential: bool,
) -> TokenStream {
    let client = imports.root("Client");
    let token = takes_credential.then(|| quote!(let token = std::env::var("ACCESS_TOKEN")?;));
    let made = match (root, takes_credential) {
        (Some(root), true) => quote!(#client::with_service_root(#root, token)?),
        (None, true) => quote!(#client::new(token)?),
        (Some(root), false) => quote!(#client::builder().server(#root).build()?),
        (None, false) => quote!(#client::builder().build()?),
    };
    let keys = program.keys.iter().map(|(method, variables)| {
        let method = ident(method);
        quote!(.#method(#(std::env::var(#variables)?),*))
    });
    let made = quote!(#made #(#keys)*);
    let body = body(imports, program);
    let show = match &program.outcome {
        Type::Unit => quote!(),
        Type::Bytes => {
            let answer = ident(&program.answer);
            quote!(println!("{} bytes", #answer.len());)
        }
        _ => {
            let format = format!("{{{}:#?}}", program.answer.trim_start_matches("r#"));
            quote!(println!(#format);)
        }
    };
    quote! {
        #[tokio::main]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            #token
            let client = #made;
            #body
            #show
            Ok(())
        }
    }
}

fn body(imports: &mut Imports, program: &Program) -> TokenStream {
    let statements: TokenStream =
        program.statements.iter().map(|one| statement(imports, one)).collect();
    let comments = comments(&program.comments);
    let request = code(imports, &program.request);
    let sent = match program.outcome {
        Type::Unit => quote!(#comments #request.await?;),
        _ => {
            let answer = ident(&program.answer);
            quote!(#comments let #answer = #request.await?;)
        }
    };
    quote!(#statements #sent)
}

fn statement(imports: &mut Imports, statement: &Statement) -> TokenStream {
    let comments = comments(&statement.comments);
    let name = ident(&statement.name);
    let value = code(imports, &statement.value);
    quote!(#comments let #name = #value;)
}

fn codes(imports: &mut Imports, all: &[Code]) -> Vec<TokenStream> {
    all.iter().map(|one| code(imports, one)).collect()
}

fn code(imports: &mut Imports, expression: &Code) -> TokenStream {
    match expression {
        Code::Variable(name) => {
            let name = ident(name);
            quote!(#name)
        }
        Code::Associated(owner, name) => {
            let name = ident(name);
            let owner = self::owner(imports, owner);
            quote!(#owner::#name)
        }
        Code::Call(function, arguments) => {
            let function = code(imports, function);
            let arguments = codes(imports, arguments);
            quote!(#function(#(#arguments),*))
        }
        Code::Method { receiver, name, provider, generic, arguments } => {
            let receiver = code(imports, receiver);
            let name = ident(name);
            let generic = generic.as_ref().map(|generic| imports.value(generic));
            let generic = generic.map(|generic| quote!(::<#generic>));
            let arguments = codes(imports, arguments);
            // A trait whose name means something else here cannot be imported.
            match provider.map(|provider| self::provider(imports, provider)) {
                Some(path) if path.contains(':') => {
                    quote!(#path::#name #generic(&#receiver #(, #arguments)*))
                }
                _ => quote!(#receiver.#name #generic(#(#arguments),*)),
            }
        }
        Code::Parse(text, explicit) => {
            let text = code(imports, text);
            let explicit = explicit.as_ref().map(|explicit| imports.value(explicit));
            let explicit = explicit.map(|explicit| quote!(::<#explicit>));
            quote!(#text.parse #explicit()?)
        }
        Code::Text(text) => quote!(#text),
        Code::Raw(text) => raw(text),
        Code::Bytes(bytes) => {
            let bytes = Literal::byte_string(bytes);
            quote!(#bytes.as_slice())
        }
        Code::Number(number) => self::number(number),
        Code::Bool(value) => quote!(#value),
        Code::Null => {
            let null = imports.runtime(&["model", "Null"]);
            quote!(#null)
        }
        Code::None => quote!(None),
        Code::Some(inner) => {
            let inner = code(imports, inner);
            quote!(Some(#inner))
        }
        Code::Reference(inner) => {
            let inner = code(imports, inner);
            quote!(&#inner)
        }
        Code::New(value) => {
            let value = imports.value(value);
            quote!(<#value>::new())
        }
        Code::Empty(item) => {
            let vec = imports.prelude(&["std", "vec", "Vec"]);
            let item = imports.value(item);
            quote!(#vec::<#item>::new())
        }
        Code::List(items) => {
            let items = codes(imports, items);
            quote!(vec![#(#items),*])
        }
        Code::Decoded(json, value) => {
            let from_json = imports.runtime(&["model"]);
            let (json, value) = (raw(json), imports.value(value));
            quote!(#from_json::from_json::<#value>(#json.as_bytes())?)
        }
        Code::Array(items) => {
            let items = codes(imports, items);
            quote!([#(#items),*])
        }
        Code::Tuple(items) => {
            let items = codes(imports, items);
            quote!((#(#items),*))
        }
        Code::Closure(argument, body) => {
            let argument = ident(argument);
            let body = code(imports, body);
            quote!(|#argument| #body)
        }
    }
}

fn owner(imports: &mut Imports, owner: &Owner) -> TokenStream {
    let name = match owner {
        Owner::Item(item) => imports.item(item),
        Owner::HttpMethod => imports.runtime(&["http", "Method"]),
        Owner::Query => imports.runtime(&["query"]),
        Owner::Runtime(path) => imports.runtime(path),
        Owner::Standard(path) => imports.prelude(path),
    };
    name.to_token_stream()
}

/// A trait, which is in scope if its name has no path.
fn provider(imports: &mut Imports, provider: Provider) -> Name {
    match provider {
        Provider::EntityPath => imports.runtime(&["paths", "EntityPathExt"]),
    }
}

/// A string without escapes, where that makes it easier to read.
fn raw(text: &str) -> TokenStream {
    let is_plain = !text.contains(['"', '\\', '\n']);
    // A carriage return cannot be in a raw string.
    if is_plain || text.contains('\r') {
        return quote!(#text);
    }
    let mut hashes = String::from("#");
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    let written = format!("r{hashes}\"{text}\"{hashes}");
    written.parse().unwrap_or_else(|_| quote!(#text))
}

fn number(text: &str) -> TokenStream {
    match text.strip_prefix('-') {
        Some(positive) => {
            let positive = number(positive);
            quote!(-#positive)
        }
        None => text.parse::<Literal>().map_or_else(|_| quote!(#text), |number| quote!(#number)),
    }
}

/// The names that a program has itself, whatever it uses.
const OF_PROGRAM: &[&str] = &["example", "main", "tokio", "std"];

/// The function that makes a request with the crate of a plan.
pub(crate) fn function(plan: &CratePlan, program: &Program) -> String {
    let mut imports = Imports::of_program(&plan.name, OF_PROGRAM);
    let item = function_item(&mut imports, program);
    written(&imports, item)
}

/// The program that makes a request with the crate of a plan. `root` is the service root, if it is
/// not that of the crate.
pub(crate) fn main(plan: &CratePlan, program: &Program, root: Option<&str>) -> String {
    /// The placeholder for an address that is not known.
    const UNKNOWN: &str = "https://service.example";
    let root = root.or(if plan.service_root.is_some() { None } else { Some(UNKNOWN) });
    let mut imports = Imports::of_program(&plan.name, OF_PROGRAM);
    let item = main_item(&mut imports, program, root, plan.takes_credential());
    written(&imports, item)
}

/// The text of a program, with the comments that came as documentation.
fn written(imports: &Imports, item: TokenStream) -> String {
    let mut text = imports.declarations();
    text.push('\n');
    for line in formatted(item).lines() {
        let code = line.trim_start();
        match code.strip_prefix("///").and_then(|line| line.strip_prefix(COMMENT)) {
            Some(comment) => {
                let indent = &line[..line.len() - code.len()];
                let _ = writeln!(text, "{indent}//{comment}");
            }
            None => {
                let _ = writeln!(text, "{line}");
            }
        }
    }
    text
}

/// Formats one item. The emitter writes only code that parses; if it did not, the text would be a
/// compile error.
fn formatted(tokens: TokenStream) -> String {
    match syn::parse2::<syn::File>(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => {
            format!(
                "compile_error!(\"schemacrate emitted code that is not Rust: {error}\");\n{tokens}\n"
            )
        }
    }
}
