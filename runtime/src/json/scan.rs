//! Which bytes of a JSON string have no special meaning.
//!
//! Enters: bytes. Leaves: how many of them can be taken as they are.
//! Must not know: what is read or written.

/// How many bytes there are before a quote, a backslash, a control character or the end. Eight of them
/// are looked at together; the last eight as well, though some of them are seen twice.
#[inline]
pub(crate) fn plain(bytes: &[u8]) -> usize {
    let (words, _) = bytes.as_chunks::<8>();
    let mut at = 0;
    for word in words {
        let special = special(u64::from_le_bytes(*word));
        if special != 0 {
            return at + special.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    match bytes.last_chunk::<8>() {
        Some(last) => match special(u64::from_le_bytes(*last)) {
            0 => bytes.len(),
            special => bytes.len() - 8 + special.trailing_zeros() as usize / 8,
        },
        None => short(bytes),
    }
}

/// The same for fewer than eight bytes.
#[inline]
fn short(bytes: &[u8]) -> usize {
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let [first, last] = [first, last].map(|half| u64::from(u32::from_le_bytes(*half)));
        if special(first | last << 32) == 0 {
            return bytes.len();
        }
    }
    let is_plain = |byte: &&u8| **byte >= 0x20 && !matches!(**byte, b'"' | b'\\');
    bytes.iter().take_while(is_plain).count()
}

/// The high bits of the bytes with a special meaning. A byte is below a limit exactly if
/// subtracting the limit from it borrows and it has no high bit; a borrow reaches into the next byte
/// only after one that is found already, so the lowest bit is right. Turning one bit over puts the
/// quote next to the control characters.
#[inline]
fn special(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let quote_or_control = (word ^ (ONES * 0x02)).wrapping_sub(ONES * 0x21);
    let backslash = (word ^ (ONES * 0x5C)).wrapping_sub(ONES);
    (quote_or_control | backslash) & !word & HIGH
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn each_byte_is_found_at_each_place() {
        for byte in 0..=u8::MAX {
            let is_plain = byte >= 0x20 && byte != b'"' && byte != b'\\';
            for length in 1..20 {
                for at in 0..length {
                    let mut bytes = vec![0xE0; length];
                    bytes[at] = byte;
                    assert_eq!(plain(&bytes), if is_plain { length } else { at }, "{bytes:?}");
                    bytes[at / 2] = 0x1F;
                    assert_eq!(plain(&bytes), if is_plain { at / 2 } else { at.min(at / 2) });
                }
            }
        }
        assert_eq!(plain(b""), 0);
    }
}
