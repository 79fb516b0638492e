//! Descriptions in CommonMark, as OpenAPI has them, as prose.
//!
//! Enters: a description, hostile ones too. Leaves: a paragraph for each block of it: words, code spans and links
//! to addresses on the web. Must not know: whose description it is.
//!
//! Only what a reader needs of the markup is kept, and all of it is made anew: text goes through the same escapes
//! as any other, so nothing of a description becomes a block of code, a heading or HTML of the documentation. An
//! item of a list and a row of a table begin with a bullet.

use super::{Prose, is_address, split_sentence};
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// How long a block of code may be to be shown as code: a code span is never broken into lines.
const CODE: usize = 100;

impl Prose {
    /// The paragraphs of a description in `CommonMark`. The first sentence is one of its own, since it is shown in
    /// lists.
    pub(crate) fn commonmark(description: &str) -> Vec<Self> {
        if !description.bytes().any(is_markup) {
            return Self::paragraphs(description);
        }
        let mut reader = Reader::default();
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_GFM;
        for event in Parser::new_ext(description, options) {
            reader.read(event);
        }
        reader.end();
        reader.blocks
    }
}

/// Whether a byte can be part of markup, or of the space between paragraphs.
fn is_markup(byte: u8) -> bool {
    !matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b' ' | b',' | b'.' | b'\'' | b'"' | b'(' | b')' | b'/' | b':' | b'?')
}

/// What has been read.
#[derive(Default)]
struct Reader {
    blocks: Vec<Prose>,
    /// The block that is being read, without the last text.
    block: Prose,
    /// Text that belongs together, however it is marked up.
    text: String,
    /// The link that is being read: its address, and where its text begins.
    link: Option<(String, usize)>,
    /// Whether the block is an item of a list or a row of a table.
    is_item: bool,
    /// Whether the block begins with what kind of note it is.
    is_begun: bool,
    /// The block of code that is being read.
    code: Option<String>,
}

impl Reader {
    fn read(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                match &mut self.code {
                    Some(code) => code.push_str(&text),
                    None => self.text.push_str(&text),
                }
            }
            Event::Code(code) if self.link.is_some() => self.text.push_str(&code),
            Event::Code(code) => {
                self.flush();
                self.block = std::mem::take(&mut self.block).code(&code);
            }
            Event::Html(html) | Event::InlineHtml(html) => self.text.push_str(&without_tags(&html)),
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.finish(tag),
            Event::Rule | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Link { dest_url, .. } => {
                self.link = Some((dest_url.into_string(), self.text.len()));
            }
            // What is indented is seldom meant as code.
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => {
                self.end();
                self.code = Some(String::new());
            }
            Tag::Item | Tag::TableRow | Tag::TableHead => {
                self.end();
                self.is_item = true;
            }
            Tag::BlockQuote(Some(kind)) => {
                self.end();
                self.text.push_str(match kind {
                    BlockQuoteKind::Note => "Note: ",
                    BlockQuoteKind::Tip => "Tip: ",
                    BlockQuoteKind::Important => "Important: ",
                    BlockQuoteKind::Warning => "Warning: ",
                    BlockQuoteKind::Caution => "Caution: ",
                });
                self.is_begun = true;
            }
            Tag::TableCell if !self.text.is_empty() || !self.block.0.is_empty() => {
                self.text.push_str(" | ");
            }
            // The first paragraph of an item, or of a note, belongs to what begins it.
            Tag::Paragraph if self.is_begun || self.is_item && self.is_empty() => {
                self.is_begun = false;
            }
            Tag::Paragraph | Tag::Heading { .. } | Tag::List(_) | Tag::BlockQuote(None) => {
                self.end()
            }
            _ => {}
        }
    }

    fn finish(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link => self.finish_link(),
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    let code = code.trim();
                    let block = match code.len() > CODE {
                        true => Prose::default().text(code),
                        false => Prose::default().code(code),
                    };
                    self.blocks.extend(Some(block).filter(|_| !code.is_empty()));
                }
            }
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::Item
            | TagEnd::TableRow
            | TagEnd::TableHead
            | TagEnd::HtmlBlock
            | TagEnd::BlockQuote(_) => self.end(),
            _ => {}
        }
    }

    fn is_empty(&self) -> bool {
        self.block.0.is_empty() && self.text.trim().is_empty()
    }

    /// Makes a link, if its address can be one; else its text is text like any other.
    fn finish_link(&mut self) {
        let Some((address, begin)) = self.link.take() else { return };
        let text = self.text.get(begin..).unwrap_or_default().to_owned();
        // A text with an address in it is a link by itself.
        if is_address(&address) && !text.contains("://") && !text.trim().is_empty() {
            self.text.truncate(begin);
            self.flush();
            self.block = std::mem::take(&mut self.block).linked(&text, &address);
        }
    }

    /// Adds the text to the block.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let mut rest = text.as_str();
        if self.blocks.is_empty() && !self.is_item {
            let (first, others) = split_sentence(&text);
            if !others.is_empty() {
                let block = std::mem::take(&mut self.block).spaced(first);
                self.blocks.push(block);
                rest = others.trim_start();
            }
        }
        self.block = std::mem::take(&mut self.block).spaced(rest);
    }

    /// Ends the block.
    fn end(&mut self) {
        self.text.truncate(self.text.trim_end().len());
        self.flush();
        let mut block = std::mem::take(&mut self.block);
        let is_item = std::mem::take(&mut self.is_item);
        self.is_begun = false;
        block.0.truncate(block.0.trim_end().len());
        if block.0.is_empty() {
            return;
        }
        let is_code = block.0.starts_with('`') && block.0.ends_with('`');
        if is_item {
            block.0.insert_str(0, "• ");
        } else if block.is_open() && !is_code {
            // A number with a full stop would begin a list.
            let is_number = block.0.bytes().all(|byte| byte.is_ascii_digit());
            block.0.push_str(if is_number { "\\." } else { "." });
        }
        self.blocks.push(block);
    }
}

/// The text of some HTML. What looks like a tag of HTML and is not one, such as a placeholder, is text.
fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else {
            rest.find('>').map(|at| at + 1)
        };
        let Some(end) = end else { break };
        let tag = &rest[..end];
        match is_tag(tag) {
            true => text.push(' '),
            false => text.push_str(tag),
        }
        rest = &rest[end..];
    }
    text + rest
}

/// Whether it is a tag or a comment of HTML.
fn is_tag(tag: &str) -> bool {
    const TAGS: [&str; 48] = [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "center",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "font",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "tt",
        "u",
        "ul",
    ];
    let name = tag.trim_start_matches(['<', '/']);
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    tag.starts_with("<!--") || TAGS.contains(&name.to_ascii_lowercase().as_str())
}
