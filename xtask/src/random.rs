//! Random numbers.
//!
//! Enters: a seed. Leaves: choices, the same ones for the same seed. Must not know: what is chosen.

/// Random numbers, the same ones for the same seed.
pub(crate) struct Random {
    state: u64,
}

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1 }
    }

    fn next(&mut self) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    /// A number below another one, or 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let limit = (limit as u64).max(1);
        usize::try_from(self.next() % limit).unwrap_or_default()
    }

    /// One of some texts.
    pub(crate) fn of<'a>(&mut self, texts: &'a [impl AsRef<str>]) -> &'a str {
        let at = self.below(texts.len());
        texts.get(at).map_or("", AsRef::as_ref)
    }
}
