//! Server-sent events, by the algorithm of the standard of HTML (section 9.2.6, "Interpreting an event stream").

use std::mem::take;
use std::time::Duration;

use bytes::{Buf, Bytes};

use super::{Parser, TooLong};

/// An event as it comes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct RawEvent {
    /// The type; empty if it has none.
    pub(super) name: String,
    pub(super) data: String,
    /// The last id so far; empty if there was none.
    pub(super) id: String,
    /// How long to wait before connecting again, if this event changes that.
    pub(super) retry: Option<Duration>,
}

impl RawEvent {
    /// The type.
    pub(super) fn name(&self) -> &str {
        if self.name.is_empty() { "message" } else { &self.name }
    }
}

/// Finds events.
pub(super) struct EventParser {
    /// What is not looked at yet.
    bytes: Bytes,
    /// The beginning of a line whose end has not come.
    line: Vec<u8>,
    event: RawEvent,
    limit: usize,
    /// Whether a line feed belongs to the carriage return before it.
    is_after_return: bool,
    is_first_line: bool,
    /// Whether the rest of an event is ignored, because it is too long.
    is_skipping: bool,
    /// How long to wait before connecting again.
    pub(super) retry: Option<Duration>,
    /// The id of the last event that had one.
    pub(super) last_id: String,
}

impl EventParser {
    /// After the event with an id.
    pub(super) fn new(limit: usize, last_id: String) -> Self {
        Self {
            bytes: Bytes::new(),
            line: Vec::new(),
            event: RawEvent { id: last_id.clone(), ..RawEvent::default() },
            limit,
            is_after_return: false,
            is_first_line: true,
            is_skipping: false,
            retry: None,
            last_id,
        }
    }

    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    pub(super) fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// How many bytes it has room for.
    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.line.capacity() + self.event.data.capacity()
    }

    /// Keeps the beginning of a line, as far as it is needed.
    fn keep(&mut self) -> Result<(), TooLong> {
        let bytes = take(&mut self.bytes);
        if self.is_skipping {
            // Whether the line is blank is all that matters.
            self.line.extend(bytes.first());
            self.line.truncate(1);
            return Ok(());
        }
        if self.line.len() + bytes.len() + self.event.data.len() > self.limit {
            return Err(self.skip(!bytes.is_empty() || !self.line.is_empty()));
        }
        self.line.extend_from_slice(&bytes);
        Ok(())
    }

    /// Ignores the rest of the event.
    fn skip(&mut self, is_within_line: bool) -> TooLong {
        self.is_skipping = true;
        self.is_first_line = false;
        self.line.clear();
        self.line.extend(is_within_line.then_some(b'x'));
        self.event = RawEvent { id: self.last_id.clone(), ..RawEvent::default() };
        TooLong
    }

    /// Takes a line. Returns an event if it ends one.
    fn take_line(&mut self, end: &Bytes) -> Result<Option<RawEvent>, TooLong> {
        let is_blank = self.line.is_empty() && end.is_empty();
        if self.is_skipping {
            self.line.clear();
            self.is_skipping = !is_blank;
            return Ok(None);
        }
        if self.line.len() + end.len() + self.event.data.len() > self.limit {
            return Err(self.skip(false));
        }
        if self.line.is_empty() {
            self.field(end);
        } else {
            let mut line = take(&mut self.line);
            line.extend_from_slice(end);
            self.field(&line);
        }
        Ok(if is_blank { self.dispatch() } else { None })
    }

    /// Takes a line that is not blank.
    fn field(&mut self, line: &[u8]) {
        let is_first = take(&mut self.is_first_line);
        let line = match line.strip_prefix("\u{feff}".as_bytes()) {
            Some(rest) if is_first => rest,
            _ => line,
        };
        let line = String::from_utf8_lossy(line);
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => {
                self.event.data.push_str(value);
                self.event.data.push('\n');
            }
            "event" => value.clone_into(&mut self.event.name),
            "id" if !value.contains('\0') => value.clone_into(&mut self.event.id),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.event.retry = value.parse().ok().map(Duration::from_millis);
                self.retry = self.event.retry.or(self.retry);
            }
            // Comments have an empty name.
            _ => {}
        }
    }

    /// The event that ends here; `None` if it has no data.
    fn dispatch(&mut self) -> Option<RawEvent> {
        self.last_id.clone_from(&self.event.id);
        let next = RawEvent { id: self.last_id.clone(), ..RawEvent::default() };
        let mut event = std::mem::replace(&mut self.event, next);
        event.data.pop()?;
        Some(event)
    }
}

impl Parser for EventParser {
    type Found = RawEvent;

    fn push(&mut self, bytes: Bytes) {
        self.bytes = bytes;
    }

    fn next(&mut self) -> Option<Result<RawEvent, TooLong>> {
        while !self.bytes.is_empty() {
            if take(&mut self.is_after_return) && self.bytes.first() == Some(&b'\n') {
                self.bytes.advance(1);
                continue;
            }
            let Some(end) = self.bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
                return self.keep().err().map(Err);
            };
            let line = self.bytes.split_to(end);
            self.is_after_return = self.bytes.first() == Some(&b'\r');
            self.bytes.advance(1);
            if let Some(found) = self.take_line(&line).transpose() {
                return Some(found);
            }
        }
        None
    }

    /// What is not ended by a blank line is not an event.
    fn end(&mut self) -> Option<Result<RawEvent, TooLong>> {
        None
    }
}
