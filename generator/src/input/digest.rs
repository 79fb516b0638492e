//! A digest by which a change of an input is noticed.
//!
//! It guards against forgetting to run a command, not against an attacker, so a simple one is
//! enough, and the build script of the schema can share this file without dependencies.

/// The FNV-1a digest of some bytes, as sixteen hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in bytes {
        hash ^= u64::from(*byte);
        hash = hash.wrapping_mul(0x0000_0100_0000_01b3);
    }
    format!("{hash:016x}")
}
