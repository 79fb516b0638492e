//! Random numbers for delays and ids, without a dependency. They are not fit for secrets.
//!
//! Leaves: bits from the random keys of the standard library's hash maps. Must not know: what they are for.

use std::hash::{BuildHasher, Hasher, RandomState};

/// Random bits.
pub(crate) fn bits() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// A new UUID of version 4.
pub(crate) fn uuid() -> uuid::Uuid {
    let bits = (u128::from(bits()) << 64) | u128::from(bits());
    uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid()
}

/// A number from 0 to 1.
pub(crate) fn fraction() -> f64 {
    f64::from(u32::try_from(bits() >> 32).unwrap_or(u32::MAX)) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn each_uuid_is_another_one() {
        let made: HashSet<uuid::Uuid> = (0..10_000).map(|_| uuid()).collect();
        assert_eq!(made.len(), 10_000);
        assert!(made.iter().all(|uuid| uuid.get_version_num() == 4));
    }

    #[test]
    fn fractions_differ_and_stay_within_bounds() {
        let numbers: Vec<f64> = (0..100).map(|_| fraction()).collect();
        assert!(numbers.iter().all(|number| (0.0..=1.0).contains(number)));
        assert!(numbers.windows(2).any(|pair| pair[0] != pair[1]));
    }
}
