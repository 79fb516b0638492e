//! Whether an answer was read as what was sent.
//!
//! Enters: what became of the exchanges. Leaves: what is wrong with each. Must not know: the service's own
//! opinion of the requests.

use super::super::outcome::{Outcome, is_same, shortened};
use super::exchanges::Exchange;
use super::report::Row;

/// Notes what is wrong with the exchanges that were made.
pub(super) fn judge(rows: &mut [Row<'_>], outcomes: &[(usize, Outcome)]) {
    for (number, outcome) in outcomes {
        let Some(row) = rows.get_mut(*number) else { continue };
        match fault(row.exchange, outcome) {
            Ok(is_compared) => row.is_compared = is_compared,
            Err(fault) => row.fault = Some(fault),
        }
    }
    for row in rows.iter_mut().filter(|row| row.fault.is_none()) {
        row.is_read = true;
    }
}

/// Whether the answer was compared with what is declared, or what is wrong.
fn fault(exchange: &Exchange, outcome: &Outcome) -> Result<bool, String> {
    let message = || shortened(&outcome.value);
    match (outcome.kind.as_str(), exchange.status) {
        ("error", expected) if expected >= 400 => match outcome.status {
            Some(status) if status == expected => Ok(true),
            other => Err(format!("{other:?} in place of {expected}: {}", message())),
        },
        ("error", _) => Err(message()),
        (_, expected) if expected >= 400 => Err(format!("no error in place of {expected}")),
        _ => is_same(outcome),
    }
}
