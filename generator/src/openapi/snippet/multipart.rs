//! A body of several parts.
//!
//! Enters: the bytes of the body and its media type. Leaves: its parts. Must not know: types.

/// A part of a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SentPart {
    pub(super) name: String,
    pub(super) file_name: Option<String>,
    pub(super) content_type: Option<String>,
    /// Its other headers.
    pub(super) headers: Vec<(String, String)>,
    pub(super) content: Vec<u8>,
}

/// The parts of a body, in order.
///
/// # Errors
/// If the media type does not name a boundary, or the body has no part between boundaries.
pub(super) fn read(content_type: &str, body: &[u8]) -> Result<Vec<SentPart>, String> {
    let boundary = parameter(content_type, "boundary")
        .ok_or("the media type of a body of several parts names no `boundary`")?;
    let delimiter = format!("--{boundary}");
    let mut parts = Vec::new();
    let mut rest = body;
    // Each delimiter begins a line; the last one has two hyphens after it.
    while let Some(at) = find(rest, delimiter.as_bytes()) {
        // Only before the first part there may be more.
        if at > 0 && !(parts.is_empty() && rest[..at].ends_with(b"\n")) {
            return Err("the body is not divided by its boundary".to_owned());
        }
        rest = &rest[at + delimiter.len()..];
        if rest.starts_with(b"--") {
            return Ok(parts);
        }
        let end = end(rest, delimiter.as_bytes())
            .ok_or("the last part of the body has no boundary after it")?;
        parts.push(part(after_line_end(rest), &rest[..end.0])?);
        rest = &rest[end.1..];
    }
    Err("the body has no part".to_owned())
}

/// Where the content before the next delimiter ends, and where that delimiter begins.
fn end(text: &[u8], delimiter: &[u8]) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let at = from + find(&text[from..], delimiter)?;
        match &text[..at] {
            [.., b'\r', b'\n'] => return Some((at - 2, at)),
            [.., b'\n'] => return Some((at - 1, at)),
            _ => from = at + delimiter.len(),
        }
    }
}

/// How much of a text is the end of its first line.
fn after_line_end(text: &[u8]) -> usize {
    if text.starts_with(b"\r\n") { 2 } else { usize::from(text.starts_with(b"\n")) }
}

fn part(start: usize, text: &[u8]) -> Result<SentPart, String> {
    let mut part = SentPart::default();
    let mut rest = text.get(start..).unwrap_or_default();
    loop {
        let end = rest.iter().position(|one| *one == b'\n');
        let line = &rest[..end.unwrap_or(rest.len())];
        rest = end.map_or(&[][..], |end| &rest[end + 1..]);
        let line = std::str::from_utf8(line).map_err(|_| "the head of a part is not text")?.trim();
        if line.is_empty() {
            part.content = rest.to_vec();
            return Ok(part);
        }
        let (name, value) =
            line.split_once(':').ok_or_else(|| format!("`{line}` is not a header of a part"))?;
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-disposition" => {
                part.name = parameter(value, "name").unwrap_or_default();
                part.file_name = parameter(value, "filename");
            }
            "content-type" => part.content_type = Some(value.to_owned()),
            "content-length" | "content-transfer-encoding" => {}
            _ => part.headers.push((name.trim().to_owned(), value.to_owned())),
        }
    }
}

/// A parameter of a header, without its quotation marks.
fn parameter(header: &str, wanted: &str) -> Option<String> {
    let mut rest = header.split_once(';')?.1;
    loop {
        let (name, value) = rest.split_once('=')?;
        let value = value.trim_start();
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) => quoted_text(quoted),
            None => {
                let (value, after) = value.split_once(';').unwrap_or((value, ""));
                (value.trim().to_owned(), after)
            }
        };
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = after.trim_start().trim_start_matches(';');
    }
}

/// The text up to a quotation mark, and what follows.
fn quoted_text(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return (value, &text[at + 1..]),
            '\\' => value.extend(letters.next().map(|(_, letter)| letter)),
            letter => value.push(letter),
        }
    }
    (value, "")
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_what_is_between_boundaries() {
        let body = b"--x\r\nContent-Disposition: form-data; name=\"a;b\"; filename=\"c\\\"d.txt\"\r\n\
            Content-Type: text/plain\r\nX-Own: 1\r\n\r\n\xff--x\r\n\r\n--x\r\nContent-Disposition: form-data; name=e\r\n\r\n\r\n--x--\r\n";
        let parts = read("multipart/form-data; charset=utf-8; boundary=\"x\"", body).unwrap();
        assert_eq!(parts.len(), 2);
        assert_eq!(
            parts[0],
            SentPart {
                name: "a;b".to_owned(),
                file_name: Some("c\"d.txt".to_owned()),
                content_type: Some("text/plain".to_owned()),
                headers: vec![("X-Own".to_owned(), "1".to_owned())],
                content: b"\xff--x\r\n".to_vec(),
            }
        );
        assert_eq!((parts[1].name.as_str(), parts[1].content.as_slice()), ("e", &b""[..]));
    }

    #[test]
    fn lines_may_end_as_files_have_them() {
        let body = b"\n--x\nContent-Disposition: form-data; name=\"a\"\n\n1\n--x--\n";
        let parts = read("multipart/form-data; boundary=x", body).unwrap();
        assert_eq!((parts[0].name.as_str(), parts[0].content.as_slice()), ("a", &b"1"[..]));
    }

    #[test]
    fn what_has_no_parts_is_an_error() {
        for (content_type, body) in [
            ("multipart/form-data", "--x\r\n\r\n1\r\n--x--"),
            ("multipart/form-data; boundary=x", ""),
            ("multipart/form-data; boundary=x", "--x\r\n\r\n1"),
            ("multipart/form-data; boundary=x", "--x\r\nno header\r\n\r\n1\r\n--x--"),
        ] {
            assert!(read(content_type, body.as_bytes()).is_err(), "{content_type} {body}");
        }
    }
}
