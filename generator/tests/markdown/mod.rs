//! What a reader of documentation sees of its Markdown, by the parser and the options of rustdoc.

use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};

/// What is seen of some Markdown.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// All text, with a blank where a line ends.
    pub(crate) text: String,
    /// The code spans.
    pub(crate) codes: Vec<String>,
    /// The targets of links, except for addresses that are shown as they are.
    pub(crate) links: Vec<String>,
    /// The addresses that are links.
    pub(crate) addresses: Vec<String>,
    /// The headings of the second level and above.
    pub(crate) headings: usize,
    /// The blocks of code that are not tests.
    pub(crate) examples: Vec<String>,
}

/// Reads documentation that may hold paragraphs, code spans, links, headings and blocks of code that are
/// no tests.
///
/// # Errors
/// What else is in it.
pub(crate) fn seen(markdown: &str) -> Result<Seen, String> {
    // All that rustdoc turns on, except for typographic quotes and dashes, which change the text.
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    // rustdoc takes `[…]` for a link to an item whenever it is one.
    let mut item = |link: BrokenLink<'_>| {
        Some((CowStr::from(link.reference.into_string()), CowStr::Borrowed("")))
    };
    let mut seen = Seen::default();
    let mut is_example = false;
    for event in Parser::new_with_broken_link_callback(markdown, options, Some(&mut item)) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) if &*kind == "ignore" => {
                is_example = true;
                seen.examples.push(String::new());
            }
            Event::End(TagEnd::CodeBlock) => is_example = false,
            Event::Text(code) if is_example => {
                seen.examples.last_mut().into_iter().for_each(|example| example.push_str(&code));
            }
            Event::Text(text) => seen.text.push_str(&text),
            Event::Code(code) => {
                seen.text.push_str(&code);
                seen.codes.push(code.into_string());
            }
            Event::SoftBreak => seen.text.push(' '),
            Event::Start(Tag::Paragraph) if !seen.text.is_empty() => seen.text.push('\n'),
            Event::Start(Tag::Paragraph) | Event::End(_) => {}
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => seen.headings += 1,
            Event::Start(Tag::Link { link_type: LinkType::Autolink, dest_url, .. }) => {
                seen.addresses.push(dest_url.into_string());
            }
            Event::Start(Tag::Link { dest_url, .. }) => seen.links.push(dest_url.into_string()),
            other => return Err(format!("{other:?} in\n{markdown}")),
        }
    }
    Ok(seen)
}
