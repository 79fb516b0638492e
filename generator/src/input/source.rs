//! Where text came from.
//!
//! Enters: names and bytes of the input files.
//! Leaves: [`SourceMap`], into which every later [`Span`] points.
//! Must not know: what the text means.

use std::fmt;
use std::sync::{Arc, OnceLock};

/// The greatest size of an input, far above any real schema.
pub(crate) const LARGEST: usize = 256 * 1024 * 1024;

/// One input file: its name as the user gave it, and its decoded text.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name shown in diagnostics, normally a path as the user wrote it.
    pub name: String,
    /// The text, decoded to UTF-8 and without byte order mark.
    pub text: String,
    /// Whether the bytes were UTF-16, which a document may declare only if that is true.
    pub is_utf16: bool,
    lines: OnceLock<Lines>,
}

impl Source {
    /// Line and column of a byte of the text, both from 1, the column in characters.
    ///
    /// The beginnings of the lines are computed on first use.
    pub fn line_column(&self, at: usize) -> (usize, usize) {
        self.lines.get_or_init(|| Lines::of(&self.text)).place(&self.text, at)
    }
}

/// Why some bytes are not a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// There are more than 256 MiB of them.
    TooLarge {
        /// The name of the source.
        name: String,
    },
    /// They are UTF-32.
    Utf32 {
        /// The name of the source.
        name: String,
    },
    /// They are neither UTF-8 nor UTF-16.
    Encoding {
        /// The name of the source.
        name: String,
    },
}

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { name } => write!(formatter, "{name} has more than 256 MiB"),
            Self::Utf32 { name } => write!(formatter, "{name} is UTF-32, not UTF-8 or UTF-16"),
            Self::Encoding { name } => write!(formatter, "{name} is neither UTF-8 nor UTF-16"),
        }
    }
}

impl std::error::Error for Unreadable {}

/// The number of a [`Source`] in its [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub u32);

/// A range of bytes in one source, from which a model element or a diagnostic comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The source.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// All inputs. A clone shares the texts.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    sources: Vec<Arc<Source>>,
}

impl SourceMap {
    /// A map without sources.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a source: UTF-8 with or without byte order mark, or UTF-16.
    ///
    /// # Errors
    /// If the bytes have none of these encodings, or there are too many.
    pub fn add(&mut self, name: impl Into<String>, bytes: &[u8]) -> Result<SourceId, Unreadable> {
        let name = name.into();
        if bytes.len() > LARGEST {
            return Err(Unreadable::TooLarge { name });
        }
        if is_utf32(bytes) {
            return Err(Unreadable::Utf32 { name });
        }
        let Some(text) = decode(bytes) else { return Err(Unreadable::Encoding { name }) };
        let id = SourceId(u32::try_from(self.sources.len()).unwrap_or(u32::MAX));
        let (is_utf16, lines) = (is_utf16(bytes), OnceLock::new());
        self.sources.push(Arc::new(Source { name, text, is_utf16, lines }));
        Ok(id)
    }

    /// A source.
    ///
    /// # Panics
    /// If the id belongs to another map.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.sources[id.0 as usize]
    }

    /// A source that the caller keeps.
    ///
    /// # Panics
    /// If the id belongs to another map.
    pub(crate) fn share(&self, id: SourceId) -> Arc<Source> {
        Arc::clone(&self.sources[id.0 as usize])
    }

    /// The bytes of a span, widened to whole characters and within the text.
    pub fn range(&self, span: Span) -> std::ops::Range<usize> {
        let text = &self.get(span.source).text;
        let mut start = (span.start as usize).min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = (span.end as usize).clamp(start, text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        start..end
    }

    /// Line and column of the beginning of a span, both from 1, the column in characters.
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        self.get(span.source).line_column(self.range(span).start)
    }
}

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self { starts: std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect() }
    }

    fn place(&self, text: &str, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        (line, text.get(start..at).unwrap_or_default().chars().count() + 1)
    }
}

/// By the byte order mark, or because the first character is of ASCII, as in each format.
fn is_utf16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [1..=0x7F, 0, ..] | [0, 1..=0x7F, ..])
}

/// In the same ways. As UTF-16 each second character would be a NUL, which no format has.
fn is_utf32(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0xFF, 0xFE, 0, 0, ..]
            | [0, 0, 0xFE, 0xFF, ..]
            | [1..=0x7F, 0, 0, 0, ..]
            | [0, 0, 0, 1..=0x7F, ..]
    )
}

fn decode(bytes: &[u8]) -> Option<String> {
    let wide = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| read(*pair)).collect();
        rest.is_empty().then(|| String::from_utf16(&units).ok())?
    };
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        [0xFF, 0xFE, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => wide(rest, u16::from_be_bytes),
        [1..=0x7F, 0, ..] => wide(bytes, u16::from_le_bytes),
        [0, 1..=0x7F, ..] => wide(bytes, u16::from_be_bytes),
        _ => String::from_utf8(bytes.to_vec()).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_is_found_without_a_mark() {
        for text in ["<a/>", "{}", "openapi: ü"] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            for bytes in [little, big] {
                let mut sources = SourceMap::new();
                let source = sources.add("n", &bytes).expect("UTF-16");
                assert_eq!(sources.get(source).text, text);
                assert!(sources.get(source).is_utf16);
            }
        }
    }

    #[test]
    fn utf_32_is_not_taken_for_utf_16() {
        for text in ["{}", "\u{feff}{}", "openapi: 3.1.0"] {
            let little: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
            let big: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
            for bytes in [little, big] {
                let error = SourceMap::new().add("n", &bytes).expect_err("UTF-32");
                assert_eq!(error, Unreadable::Utf32 { name: "n".to_owned() });
            }
        }
    }

    #[test]
    fn a_span_never_cuts_a_character() {
        let mut sources = SourceMap::new();
        let source = sources.add("n", "aé\nü".as_bytes()).expect("UTF-8");
        let span = |start, end| Span { source, start, end };
        assert_eq!(sources.range(span(2, 5)), 1..6);
        assert_eq!(sources.range(span(4, 900)), 4..6);
        assert_eq!(sources.line_column(span(5, 6)), (2, 1));
        assert_eq!(sources.line_column(span(900, 900)), (2, 2));
    }
}
