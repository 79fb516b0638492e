//! Values that are skipped, or kept as their text.

use super::{Fault, Reader};

impl<'json> Reader<'json> {
    /// Skips a value and returns its text.
    #[inline]
    pub(crate) fn raw(&mut self) -> Result<&'json str, Fault> {
        self.peek();
        let start = self.at;
        self.skip()?;
        Ok(self.since(start))
    }

    /// Skips a value. It must be JSON.
    #[inline]
    pub(crate) fn skip(&mut self) -> Result<(), Fault> {
        match self.peek() {
            Some(b'{' | b'[') => self.skip_nested(),
            _ => self.skip_scalar(),
        }
    }

    fn skip_scalar(&mut self) -> Result<(), Fault> {
        match self.peek() {
            Some(b'"') => self.skip_string(),
            Some(b'n') => self.literal("null"),
            Some(b't') => self.literal("true"),
            Some(b'f') => self.literal("false"),
            Some(b'-' | b'0'..=b'9') => self.skip_number(),
            _ => Err(self.fault()),
        }
    }

    /// Skips an object or a collection. Its levels are not levels of calls, so there may be any number of
    /// them.
    fn skip_nested(&mut self) -> Result<(), Fault> {
        let mut around = Around::default();
        loop {
            match self.peek() {
                Some(b'{') => {
                    self.at += 1;
                    if !self.eat(b'}') {
                        around.push(true);
                        self.skip_name()?;
                        continue;
                    }
                }
                Some(b'[') => {
                    self.at += 1;
                    if !self.eat(b']') {
                        around.push(false);
                        continue;
                    }
                }
                _ => self.skip_scalar()?,
            }
            if self.skip_ends(&mut around)? {
                return Ok(());
            }
        }
    }

    /// Skips what follows a value, up to the next one. Returns whether there is none.
    #[inline]
    fn skip_ends(&mut self, around: &mut Around) -> Result<bool, Fault> {
        while let Some(is_object) = around.last() {
            match self.peek() {
                Some(b',') => {
                    self.at += 1;
                    if is_object {
                        self.skip_name()?;
                    }
                    return Ok(false);
                }
                Some(b'}') if is_object => self.at += 1,
                Some(b']') if !is_object => self.at += 1,
                _ => return Err(self.fault()),
            }
            around.pop();
        }
        Ok(true)
    }

    #[inline]
    fn skip_name(&mut self) -> Result<(), Fault> {
        match self.peek() {
            Some(b'"') => self.skip_string()?,
            _ => return Err(self.fault()),
        }
        self.colon()
    }
}

/// What is around a value: for each level a bit that is set if it is an object.
#[derive(Default)]
struct Around {
    /// The innermost levels, the last one lowest.
    bits: u64,
    count: usize,
    /// All bits of full words.
    full: Vec<u64>,
}

impl Around {
    #[inline]
    fn push(&mut self, is_object: bool) {
        if self.count > 0 && self.count.is_multiple_of(64) {
            self.full.push(self.bits);
        }
        self.bits = self.bits << 1 | u64::from(is_object);
        self.count += 1;
    }

    #[inline]
    fn pop(&mut self) {
        self.count = self.count.saturating_sub(1);
        self.bits >>= 1;
        if self.count > 0 && self.count.is_multiple_of(64) {
            self.bits = self.full.pop().unwrap_or_default();
        }
    }

    #[inline]
    fn last(&self) -> Option<bool> {
        (self.count > 0).then_some(self.bits & 1 == 1)
    }
}
