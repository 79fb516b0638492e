//! The file that an item is written to.
//!
//! Enters: the wire name of a type or an action. Leaves: the name of a file in the module of the
//! item. Must not know: what else the schema declares. So adding or removing a type never moves
//! another one.

use super::naming;

/// The most words that name a file. With fewer, a service in which most names begin alike has huge
/// files; with more, most files hold one type.
const MOST_WORDS: usize = 3;

/// The file of a type: the words of its name without the last one, which is what it is called in its
/// family. `order`, `orderLine` → `order_types`; `orderLineDiscount` → `order_line_types`.
pub(crate) fn of_type(wire: &str) -> String {
    let words = naming::words(wire);
    let length = words.len().saturating_sub(1).clamp(1, MOST_WORDS);
    let family = words.get(..length).unwrap_or(&words).join("_");
    // The suffix keeps files apart from the modules of namespaces.
    format!("{}_types", naming::file_name(&family))
}

/// The file of the parameters of an action: all with the same first letter share one, since a type may
/// have hundreds of actions.
pub(crate) fn of_parameters(action: &str) -> String {
    format!("parameters_{}", naming::initials(action, 1))
}

/// The file of what belongs to one request: all with the same first letter share one.
pub(crate) fn of_request(name: &str) -> String {
    format!("requests_{}", naming::initials(name, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_of_a_type_is_not_part_of_its_family() {
        for (name, file) in [
            ("order", "order_types"),
            ("orderLine", "order_types"),
            ("orderLineDiscount", "order_line_types"),
            ("windows10EndpointProtectionConfiguration", "windows10_endpoint_protection_types"),
            ("androidForWorkGmailEasConfiguration", "android_for_work_types"),
            ("a_very_long_name_of_a_type", "a_very_long_types"),
            ("Größe", "gruf6udfe_types"),
            ("_", "item_types"),
        ] {
            assert_eq!(of_type(name), file, "{name}");
        }
    }

    #[test]
    fn parameters_are_found_by_the_first_letter_of_the_action() {
        for (name, file) in [
            ("sendMail", "parameters_s"),
            ("SetAutoReply", "parameters_s"),
            ("élire", "parameters_0"),
        ] {
            assert_eq!(of_parameters(name), file, "{name}");
        }
    }
}
