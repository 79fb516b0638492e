//! YAML 1.2 as JSON has it.
//!
//! Enters: text. Leaves: a [`Document`]. This folder alone knows the parser of YAML, and takes only
//! its events. An alias becomes the node that it refers to, which is never copied.

mod merge;
mod scalar;
mod write;

use super::build::Growing;
use super::tree::{NodeId, Text, Value};
use super::{DEEPEST, Document, Occurrences, Syntax, span, too_deep};
use crate::input::diagnostic::Diagnostic;
use crate::input::source::{SourceId, SourceMap, Span};
use granit_parser::{Event, Parser, ScalarStyle, ScanError, StructureStyle, Tag};
use merge::{Merge, Merged};
use scalar::Scalar;
use std::borrow::Cow;
use std::ops::Range;

/// The longest key on one line, in characters. YAML has 1,024, but keys of JSON are longer.
const LONGEST_KEY: usize = 1 << 16;

/// Reads a whole source.
///
/// # Errors
/// If it is not YAML, or YAML that JSON cannot express: why, and where.
pub fn read(sources: &SourceMap, source: SourceId) -> Result<Document, Diagnostic> {
    let shared = sources.share(source);
    let options = granit_parser::options! {
        emit_comments: false,
        simple_key_max_lookahead: LONGEST_KEY,
        flow_nesting_limit: DEEPEST + 1,
        block_nesting_limit: DEEPEST + 1,
    };
    let parser = Parser::new_from_str_with_options(&shared.text, options);
    let reader = Reader {
        text: &shared.text,
        source,
        growing: Growing::new(shared.clone(), source),
        open: Vec::new(),
        anchors: Vec::new(),
        root: None,
        end: 0,
        merged: Merged::default(),
        tags: Occurrences::default(),
        numbers: Occurrences::default(),
        merges: Occurrences::default(),
    };
    reader.document(parser)
}

/// A container that has not ended.
struct Open {
    start: usize,
    /// The first of its members or items.
    first: usize,
    anchor: usize,
    /// Its levels so far.
    height: usize,
    is_flow: bool,
    /// What comes next, if it is a mapping.
    mapping: Option<Next>,
    /// The mappings whose members it takes over.
    merges: Vec<Merge>,
}

/// What comes next in a mapping.
#[derive(Clone, Copy)]
enum Next {
    Key,
    /// The value of a key.
    Value(NodeId),
    /// What `<<` takes over.
    Merged(NodeId),
}

/// What an anchor is at.
#[derive(Clone, Copy)]
enum Anchor {
    /// A value that has not ended, with its first byte.
    Open(usize),
    /// A node, and how many levels it has below it.
    Node(NodeId, usize),
}

struct Reader<'a> {
    text: &'a str,
    source: SourceId,
    growing: Growing,
    open: Vec<Open>,
    /// By the number of the anchor.
    anchors: Vec<Option<Anchor>>,
    root: Option<NodeId>,
    /// Where the last value ended.
    end: usize,
    merged: Merged,
    tags: Occurrences,
    numbers: Occurrences,
    merges: Occurrences,
}

type Read<T> = Result<T, Diagnostic>;

impl<'a> Reader<'a> {
    fn document<I>(mut self, events: I) -> Read<Document>
    where
        I: Iterator<Item = Result<(Event<'a>, granit_parser::Span), ScanError>>,
    {
        for event in events {
            let (event, place) = event.map_err(|error| self.malformed(&error))?;
            let range = place.byte_range().unwrap_or_default();
            self.event(event, range, &place)?;
        }
        let Some(root) = self.root else {
            return Err(self.error("the document is empty", 0..1));
        };
        let findings = self.findings();
        let (tree, repeated) = self.growing.finish(root);
        Ok(Document { tree, syntax: Syntax::Yaml, findings, repeated })
    }

    fn event(
        &mut self,
        event: Event<'a>,
        range: Range<usize>,
        place: &granit_parser::Span,
    ) -> Read<()> {
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                let more = "expected the end: a source has one document";
                Err(self.error(more, range.start..range.end.max(range.start + 1)))
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, (anchor, tag.as_deref()), range, place)
            }
            Event::Alias(anchor) => self.alias(anchor, range),
            Event::SequenceStart(style, anchor, tag) => {
                self.collection_tag(tag, "seq", place);
                self.begin(None, style, anchor, range)
            }
            Event::MappingStart(style, anchor, tag) => {
                self.collection_tag(tag, "map", place);
                self.begin(Some(Next::Key), style, anchor, range)
            }
            Event::SequenceEnd | Event::MappingEnd => self.finish(range),
            _ => Ok(()),
        }
    }

    fn span(&self, range: Range<usize>) -> Span {
        span(self.source, range.start, range.end)
    }

    fn error(&self, message: &str, range: Range<usize>) -> Diagnostic {
        let message = format!("the document is not well-formed YAML: {message}");
        Diagnostic::error("yaml", message).at(self.span(range), "here")
    }

    fn malformed(&self, error: &ScanError) -> Diagnostic {
        let at = error.marker().byte_offset().unwrap_or_default();
        if *error.kind() == granit_parser::ErrorKind::RecursionLimitExceeded {
            return too_deep(self.span(at..at + 1));
        }
        self.error(&error.info(), at..at + 1)
    }

    /// What was found and does not stop the reading.
    fn findings(&self) -> Vec<Diagnostic> {
        let tags = self.tags.finding("a tag of YAML has no meaning in JSON");
        let numbers = self.numbers.finding("JSON has no such number");
        let merges = self.merges.finding("YAML 1.2 has no merge key `<<`");
        let tags = tags.map(|(message, first)| {
            Diagnostic::warning("yaml-tag", message)
                .at(first, "read as if it had no tag")
                .help("remove the tag")
        });
        let numbers = numbers.map(|(message, first)| {
            Diagnostic::violation("yaml-number", message)
                .at(first, "read as a text")
                .help("write a number of JSON, or quote the text")
        });
        let merges = merges.map(|(message, first)| {
            Diagnostic::warning("yaml-merge", message)
                .at(first, "read as YAML 1.1 has it: the members are taken over")
                .help("repeat the members, or use `allOf`")
        });
        [tags, numbers, merges].into_iter().flatten().collect()
    }

    /// The tag of a collection, which cannot change what it is.
    fn collection_tag(
        &mut self,
        tag: Option<Cow<'_, Tag>>,
        own: &str,
        place: &granit_parser::Span,
    ) {
        let is_own = |tag: &Tag| tag.is_yaml_core_schema_tag(own) || is_unspecific(tag);
        if tag.is_some_and(|tag| !is_own(&tag)) {
            self.ignored_tag(place);
        }
    }

    fn ignored_tag(&mut self, place: &granit_parser::Span) {
        let range = place.tag_span().and_then(|tag| tag.byte_range()).or(place.byte_range());
        let place = self.span(range.unwrap_or_default());
        self.tags.add(place);
    }

    /// A text, in the source if it is there as it is meant.
    fn put(&mut self, text: &str, range: &Range<usize>, style: ScalarStyle) -> Text {
        let inner = match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                range.start + 1..range.end.saturating_sub(1)
            }
            _ => range.start..range.start + text.len(),
        };
        match self.text.get(inner.clone()) {
            Some(written) if written == text => Text::of_source(inner.start, inner.end),
            _ => self.growing.copy(text),
        }
    }

    /// A scalar where a key or a value comes.
    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        (anchor, tag): (usize, Option<&Tag>),
        mut range: Range<usize>,
        place: &granit_parser::Span,
    ) -> Read<()> {
        let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        if let Some(written) = self.text.get(range.clone()).filter(|_| is_block) {
            range.end = range.start + written.trim_end().len();
        }
        // The parser has `~` for a value that is not there, and its place before the colon.
        let is_empty = range.is_empty() && style == ScalarStyle::Plain;
        let text = if is_empty { "" } else { text };
        let is_colon = self.text.as_bytes().get(range.start) == Some(&b':');
        if is_empty && is_colon && !self.is_key() {
            range = range.start + 1..range.start + 1;
        }
        self.end = range.end;
        let (scalar, is_ignored) = scalar::resolve(text, style == ScalarStyle::Plain, tag);
        if is_ignored {
            self.ignored_tag(place);
        }
        let is_key = self.is_key();
        let written = self.put(text, &range, style);
        let value = match scalar {
            Scalar::Null => Value::Null,
            Scalar::Bool(value) => Value::Bool(value),
            Scalar::Number(Cow::Borrowed(_)) => Value::Number(written),
            Scalar::Number(Cow::Owned(number)) => Value::Number(self.put(&number, &range, style)),
            Scalar::Text => Value::String(written),
            Scalar::NoNumber => {
                if !is_key {
                    let place = self.span(range.clone());
                    self.numbers.add(place);
                }
                Value::String(written)
            }
        };
        if !is_key {
            let node = self.growing.add(value, range.start, range.end);
            self.anchor(anchor, Anchor::Node(node, 0));
            return self.value(node, 0, range);
        }
        let name = self.growing.add(Value::String(written), range.start, range.end);
        let node = match value {
            Value::String(_) => name,
            _ if anchor == 0 => name,
            _ => self.growing.add(value, range.start, range.end),
        };
        self.anchor(anchor, Anchor::Node(node, 0));
        let is_merge = text == "<<" && style == ScalarStyle::Plain;
        self.next(if is_merge { Next::Merged(name) } else { Next::Value(name) });
        Ok(())
    }

    /// An alias where a key or a value comes.
    fn alias(&mut self, anchor: usize, range: Range<usize>) -> Read<()> {
        self.end = range.end;
        match self.anchors.get(anchor).copied().flatten() {
            Some(Anchor::Node(node, _)) if self.is_key() => {
                if self.growing.tree().node(node).is_container() {
                    return Err(self.complex(range));
                }
                let text = self.growing.tree().scalar_text(node);
                let name = self.growing.add(Value::String(text), range.start, range.end);
                self.next(Next::Value(name));
                Ok(())
            }
            Some(Anchor::Node(node, height)) => self.value(node, height, range),
            Some(Anchor::Open(start)) => {
                let first = self.span(start..start + 1);
                Err(Diagnostic::error("yaml-cycle", "an alias refers to a value that it is in")
                    .at(self.span(range), "this has no end")
                    .related(first, "the value begins here")
                    .help("name the value, and refer to it by `$ref`"))
            }
            None => Err(self.error("the alias refers to nothing", range)),
        }
    }

    fn anchor(&mut self, number: usize, anchor: Anchor) {
        if number == 0 {
            return;
        }
        if self.anchors.len() <= number {
            self.anchors.resize(number + 1, None);
        }
        if let Some(place) = self.anchors.get_mut(number) {
            *place = Some(anchor);
        }
    }

    /// Whether a key comes next.
    fn is_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { mapping: Some(Next::Key), .. }))
    }

    /// Sets what comes next in the mapping.
    fn next(&mut self, next: Next) {
        if let Some(open) = self.open.last_mut() {
            open.mapping = Some(next);
        }
    }

    fn begin(
        &mut self,
        mapping: Option<Next>,
        style: StructureStyle,
        anchor: usize,
        range: Range<usize>,
    ) -> Read<()> {
        if self.is_key() {
            return Err(self.complex(range));
        }
        if self.open.len() > DEEPEST {
            return Err(too_deep(self.span(range.start..range.start + 1)));
        }
        let start = range.start;
        self.anchor(anchor, Anchor::Open(start));
        let first = match mapping {
            Some(_) => self.growing.first_member(),
            None => self.growing.first_item(),
        };
        let is_flow = style == StructureStyle::Flow;
        self.end = range.end;
        let merges = Vec::new();
        self.open.push(Open { start, first, anchor, height: 0, is_flow, mapping, merges });
        Ok(())
    }

    fn complex(&self, range: Range<usize>) -> Diagnostic {
        let range = range.start..range.end.max(range.start + 1);
        self.error("expected a scalar as key, since JSON has no other keys", range)
    }

    /// The innermost container ends.
    fn finish(&mut self, range: Range<usize>) -> Read<()> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        if open.is_flow {
            self.end = range.end;
        }
        // A block ends where the next one begins, so it would have the comments before that.
        let end = self.end.max(open.start);
        let node = match open.mapping {
            Some(_) => {
                self.merged.merge(&mut self.growing, open.first, &open.merges).map_err(
                    |place| {
                        Diagnostic::error("yaml-merge", merge::TOO_MANY).at(place, "not taken over")
                    },
                )?;
                self.growing.object(open.first, open.start, end)
            }
            None => self.growing.array(open.first, open.start, end),
        };
        let height = open.height;
        self.anchor(open.anchor, Anchor::Node(node, height));
        self.value(node, height, open.start..end)
    }

    /// Puts a value where it belongs. `range` is where it is written, if only as an alias.
    fn value(&mut self, node: NodeId, height: usize, range: Range<usize>) -> Read<()> {
        if self.open.len() + height > DEEPEST {
            return Err(too_deep(self.span(range)));
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        open.height = open.height.max(height + 1);
        match open.mapping {
            None => self.growing.item(node),
            Some(Next::Key) => return Err(self.complex(range)),
            Some(Next::Value(name)) => {
                self.growing.member(name, node);
                open.mapping = Some(Next::Key);
            }
            Some(Next::Merged(name)) => {
                open.mapping = Some(Next::Key);
                let tree = self.growing.tree();
                if merge::is_source(tree.node(node)) {
                    let at = self.growing.first_member() - open.first;
                    open.merges.push(Merge { at, name, node });
                    self.merges.add(tree.node(name).span());
                } else {
                    self.growing.member(name, node);
                }
            }
        }
        Ok(())
    }
}

/// Whether a tag is `!`, which is for a value without another one.
fn is_unspecific(tag: &Tag) -> bool {
    tag.parts() == ("", "!")
}
