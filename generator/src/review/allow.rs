//! Breaks that were accepted.

use super::change::Change;
use crate::input::config::AllowConfig;
use time::Date;

/// An accepted break, as the configuration names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    /// The rule.
    pub id: String,
    /// The target; a `*` at its end matches the rest of a name.
    pub target: String,
    /// The last day on which the break is accepted.
    pub until: Option<Date>,
    /// Why it is accepted.
    pub reason: String,
}

/// An accepted break that accepts nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The entry.
    pub allow: Allow,
    /// What is wrong with it.
    pub message: String,
}

impl Allow {
    /// Reads an entry of the configuration.
    ///
    /// # Errors
    /// If the rule is unknown, or the date is not one.
    pub fn read(config: &AllowConfig) -> Result<Self, String> {
        if super::Rule::named(&config.id).is_none() {
            return Err(format!(
                "there is no rule `{}`; `schemacrate diff --list-rules` lists all of them",
                config.id
            ));
        }
        let until = config.until.as_ref().map(|date| {
            let date = date.date.ok_or("`until` is a date such as 2027-01-31")?;
            let month = time::Month::try_from(date.month).map_err(|error| error.to_string())?;
            Date::from_calendar_date(i32::from(date.year), month, date.day)
                .map_err(|error| error.to_string())
        });
        let until = until.transpose()?;
        let (id, target) = (config.id.clone(), config.target.clone());
        Ok(Self { id, target, until, reason: config.reason.clone() })
    }

    /// Whether this entry matches a change.
    fn is_about(&self, change: &Change) -> bool {
        let target = match self.target.strip_suffix('*') {
            Some(beginning) => change.target.starts_with(beginning),
            None => change.target == self.target,
        };
        change.rule.id == self.id && target
    }
}

/// The reason for which each change is accepted, and the entries that accept nothing.
pub(super) fn apply(
    allows: &[Allow],
    changes: &[Change],
    today: Date,
) -> (Vec<Option<String>>, Vec<Complaint>) {
    let mut accepted = vec![None; changes.len()];
    let mut complaints = Vec::new();
    for allow in allows {
        let about: Vec<usize> =
            (0..changes.len()).filter(|at| allow.is_about(&changes[*at])).collect();
        let complain = |message: String| Complaint { allow: allow.clone(), message };
        if about.is_empty() {
            complaints.push(complain("it no longer accepts any change; remove it".to_owned()));
            continue;
        }
        if let Some(until) = allow.until.filter(|until| *until < today) {
            complaints.push(complain(format!("it was accepted until {until} only")));
            continue;
        }
        for at in about {
            accepted[at] = Some(allow.reason.clone());
        }
    }
    (accepted, complaints)
}
