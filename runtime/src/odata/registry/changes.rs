//! Members that are read as their types and written again.

use crate::json::{DecodeError, Slot, Untyped, Update, View, read_slot, text, unread_below};

/// Reads a JSON object. `member` knows some of its members, and returns what is written in their place. The
/// others are kept as they came.
pub(super) fn typed(
    json: &[u8],
    mut member: impl FnMut(&str, &Untyped) -> Result<Option<Untyped>, DecodeError>,
) -> Result<Update, DecodeError> {
    let given: Update = serde_json::from_slice(json).map_err(DecodeError::whole)?;
    let mut update = Update::default();
    for (name, value) in given.iter() {
        let typed = member(name, value).map_err(|error| error.within(name))?;
        update.set_raw(name, typed.unwrap_or_else(|| value.clone()));
    }
    Ok(update)
}

/// Reads the value of a member into its place, which stays empty for null.
pub(super) fn check(slot: Slot<'_>, nullable: bool, value: &Untyped) -> Result<(), DecodeError> {
    let is_collection = matches!(slot, Slot::List(_));
    if is_null(value) && (is_collection || !nullable) {
        return Err(DecodeError::null());
    }
    read_slot(slot, value.text().as_bytes())
}

/// A value as its type writes it.
///
/// # Errors
/// If a member below it is not of its type: no setter accepts a value that is kept as it came.
pub(super) fn checked(view: &View<'_>, came: &Untyped) -> Result<Untyped, DecodeError> {
    match unread_below(view).first() {
        Some(unread) => Err(DecodeError::unread(unread)),
        None => Ok(written(view, came)),
    }
}

/// A value as its type writes it. A place does not distinguish null from absent, so the nulls of an object
/// are those that it came with.
fn written(view: &View<'_>, came: &Untyped) -> Untyped {
    let typed = match view {
        View::Object(object, _) => came.to::<Update>().ok().map(|members| {
            let mut update = Update::default();
            for (name, value) in members.iter() {
                let declared = object.shape().find(name).filter(|_| !is_null(value));
                let typed = declared.map(|index| written(&object.view(index), value));
                update.set_raw(name, typed.unwrap_or_else(|| value.clone()));
            }
            text(&View::Update(&update))
        }),
        View::List(items) => came.to::<Vec<Untyped>>().ok().map(|values| {
            let written: Vec<_> = values
                .iter()
                .take(items.len())
                .enumerate()
                .map(|(index, value)| written(&items.get(index), value))
                .collect();
            let texts: Vec<&str> = written.iter().map(Untyped::text).collect();
            format!("[{}]", texts.join(","))
        }),
        _ => None,
    };
    Untyped::from_text(typed.unwrap_or_else(|| text(view))).unwrap_or_default()
}

fn is_null(value: &Untyped) -> bool {
    value.text() == "null"
}
