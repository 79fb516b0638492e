//! What can be sent where a type is declared.
//!
//! Enters: what callers have: values, references to them, text, builders, lists of these. Leaves: [`Given`].
//! Must not know: any particular type, or which types are derived from which.
//!
//! Generated types implement [`Sent`], which has no functions: a crate of a large schema has thousands of
//! them. How they are written is defined once for each kind. The other traits are implemented here for what
//! is not generated, so that exactly one type of number fits a member, and a literal `3` has its type.

use super::given::{Fault, Given, list, object};
use super::values::{Enumeration, Primitive};
use super::{
    Alternatives, Formatted, Literals, OpenEnum, OpenLiteral, Strict, Structured, Union, Untyped,
    Value,
};
use indexmap::IndexMap;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

/// A type whose values can be sent where it, or a type that it is derived from, is declared.
///
/// Generated structs, their builders of changes, enumerations and paths implement it, and so does a
/// reference to one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a type that can be sent to a service",
    label = "cannot be sent",
    note = "what can be sent are the structs, builders, enumerations and paths of a generated \
            crate, and references to them"
)]
pub trait Sent {
    /// What is sent, and so how it is written.
    type Kind;
}

/// How a value of type `V` is written where a `T` is declared, by the kind of type that `V` is.
pub trait Conversion<V, T> {
    /// The value as it is sent.
    fn convert(value: &V) -> Given<T>;
}

/// The kind of references to values of a kind.
#[derive(Debug)]
pub struct Borrowed<K>(K);

/// The kind of boxes with values of a kind.
#[derive(Debug)]
pub struct Boxed<K>(K);

#[diagnostic::do_not_recommend]
impl<V: Sent> Sent for &V {
    type Kind = Borrowed<V::Kind>;
}

#[diagnostic::do_not_recommend]
impl<V: Sent> Sent for Box<V> {
    type Kind = Boxed<V::Kind>;
}

#[diagnostic::do_not_recommend]
impl<'a, K: Conversion<V, T>, V, T> Conversion<&'a V, T> for Borrowed<K> {
    fn convert(value: &&'a V) -> Given<T> {
        K::convert(value)
    }
}

#[diagnostic::do_not_recommend]
impl<K: Conversion<V, T>, V, T> Conversion<Box<V>, T> for Boxed<K> {
    fn convert(value: &Box<V>) -> Given<T> {
        K::convert(value)
    }
}

/// A kind of declared types, and the values of type `V` that may be given for a `T` of this kind.
pub trait Accepts<V, T> {
    /// The value as it is sent.
    fn accept(value: &V) -> Given<T>;
}

/// Implements [`Conversion`] for values of a kind, into whatever accepts them.
macro_rules! sent_by_kind {
    ($($kind:ty: $trait:path),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<V: $trait + Value, T: Value> Conversion<V, T> for $kind
        where
            T::Kind: Accepts<V, T>,
        {
            fn convert(value: &V) -> Given<T> {
                T::Kind::accept(value)
            }
        }
    )*};
}

sent_by_kind!(
    Strict: Structured,
    Alternatives: Union,
    Literals: OpenLiteral,
    Enumeration: OpenEnum
);

/// The value as it is written, whatever it is given for.
fn written<T>(value: &impl Value) -> Given<T> {
    Given::text(super::writer::text(&Value::view(value)))
}

#[diagnostic::do_not_recommend]
impl<V: Value> Accepts<V, V> for Strict {
    fn accept(value: &V) -> Given<V> {
        written(value)
    }
}

#[diagnostic::do_not_recommend]
impl<V: Value> Accepts<V, V> for Literals {
    fn accept(value: &V) -> Given<V> {
        written(value)
    }
}

#[diagnostic::do_not_recommend]
impl<V: Value + Clone> Accepts<V, V> for Enumeration {
    fn accept(value: &V) -> Given<V> {
        Given::value(value.clone())
    }
}

/// A union is written as its branch is, so a value of a branch is written as it is.
#[diagnostic::do_not_recommend]
impl<V: Value, T: From<V>> Accepts<V, T> for Alternatives {
    fn accept(value: &V) -> Given<T> {
        written(value)
    }
}

#[diagnostic::do_not_recommend]
impl<V: Value> Accepts<V, Untyped> for Primitive {
    fn accept(value: &V) -> Given<Untyped> {
        written(value)
    }
}

/// What may be given for a place that has values of type `T`.
///
/// For a generated type: a value, a reference to it, the builder of its changes, and any of these of a type
/// that is derived from it. For a union also a value of each branch that has a type of its own. For a primitive type: its Rust type, for moments and spans those of the standard
/// library and of the crate `time`, and text if JSON writes it as text. If the text is not a value, the request fails before anything is sent. An enumeration is never text, because a
/// misspelt member would go unseen, and neither is `Edm.Binary`. For a collection: a `Vec`, an array or a
/// slice of what its items may be, and a tuple of items of several types; `()` is the empty list, since `[]`
/// alone does not determine what its items are.
///
/// ```
/// use schemacrate_runtime::edm::Date;
/// use schemacrate_runtime::model::{IntoValue, Update};
///
/// fn due(value: impl IntoValue<Date>) -> Update {
///     Update::default().with("due", value)
/// }
/// let date: Date = "2026-11-24".parse()?;
/// assert_eq!(due(date).to_json(), br#"{"due":"2026-11-24"}"#);
/// assert_eq!(due("2026-11-24").to_json(), br#"{"due":"2026-11-24"}"#);
/// let fault = due("tomorrow").fault();
/// assert_eq!(fault.unwrap(), "the value of `due` cannot be sent: \"tomorrow\" is not a date such as 2017-01-31");
/// # Ok::<(), schemacrate_runtime::edm::ParseLiteralError>(())
/// ```
///
/// Text is not a number, and what is never null takes no `Option`:
///
/// ```compile_fail,E0277
/// # use schemacrate_runtime::model::Update;
/// let update = Update::default().with::<i64>("count", "3");
/// ```
///
/// ```compile_fail,E0277
/// # use schemacrate_runtime::model::Update;
/// let update = Update::default().with::<i64>("count", Some(3));
/// ```
#[diagnostic::on_unimplemented(
    message = "expected a value of type `{T}`, found `{Self}`",
    label = "not accepted for `{T}`",
    note = "numbers: exactly the declared type; convert another one with `.into()` or \
            `.try_into()?`; bytes: a `Vec<u8>`, `&[u8]` or `Bytes`",
    note = "enumerations: a member, such as `Importance::High`, several of them in an array if it \
            has flags; never text",
    note = "collections: a list of items, such as `[\"a\", \"b\"]`; every other member takes one \
            value",
    note = "objects: the struct or its builder, such as `EventUpdate::new()`; a related object \
            that exists: its path",
    note = "null: only where a member may be null; others take neither an `Option` nor `Null`"
)]
pub trait IntoValue<T> {
    /// The value as it is sent.
    fn into_value(sent: Self) -> Given<T>;
}

#[diagnostic::do_not_recommend]
impl<T, V: Sent> IntoValue<T> for V
where
    V::Kind: Conversion<V, T>,
{
    fn into_value(sent: Self) -> Given<T> {
        V::Kind::convert(&sent)
    }
}

/// What is a value and not the absence of one. Without this, an `Option` could be a value, too.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value",
    label = "may be null, or cannot be sent",
    note = "null is accepted only where a member may be null"
)]
pub trait Present {}

#[diagnostic::do_not_recommend]
impl<V: Sent> Present for V {}

/// Null, where a place accepts it: [`IntoNullable`].
///
/// `None` alone does not determine which `Option` it is, so it cannot be the literal null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Null;

/// What may be given for a place of type `T` that may be null: what [`IntoValue`] accepts, an `Option` of it,
/// or [`Null`].
///
/// ```
/// use schemacrate_runtime::model::{IntoNullable, Null, Update};
///
/// fn name(value: impl IntoNullable<String>) -> Vec<u8> {
///     Update::default().with_nullable("name", value).to_json()
/// }
/// assert_eq!(name("Ada"), br#"{"name":"Ada"}"#);
/// assert_eq!(name(Some("Ada".to_owned())), name(&"Ada".to_owned()));
/// assert_eq!(name(None::<&str>), br#"{"name":null}"#);
/// assert_eq!(name(Null), br#"{"name":null}"#);
/// ```
#[diagnostic::on_unimplemented(
    message = "expected a value of type `{T}` or null, found `{Self}`",
    label = "not accepted for `{T}`",
    note = "numbers: exactly the declared type; convert another one with `.into()` or \
            `.try_into()?`; bytes: a `Vec<u8>`, `&[u8]` or `Bytes`",
    note = "enumerations: a member, such as `Importance::High`, several of them in an array if it \
            has flags; never text",
    note = "collections: a list of items, such as `[\"a\", \"b\"]`; every other member takes one \
            value",
    note = "objects: the struct or its builder, such as `EventUpdate::new()`; a related object \
            that exists: its path",
    note = "null: `None` of an `Option` whose type is known, or `Null`"
)]
pub trait IntoNullable<T>: Sized {
    /// The value as it is sent, or `None` for null.
    fn into_nullable(sent: Self) -> Option<Given<T>>;

    /// Whether it is null.
    fn is_null(&self) -> bool {
        false
    }
}

#[diagnostic::do_not_recommend]
impl<T, V: Present + IntoValue<T>> IntoNullable<T> for V {
    fn into_nullable(sent: Self) -> Option<Given<T>> {
        Some(IntoValue::into_value(sent))
    }
}

#[diagnostic::do_not_recommend]
impl<T, V: IntoValue<T>> IntoNullable<T> for Option<V> {
    fn into_nullable(sent: Self) -> Option<Given<T>> {
        sent.map(V::into_value)
    }

    fn is_null(&self) -> bool {
        self.is_none()
    }
}

#[diagnostic::do_not_recommend]
impl<'a, T, V> IntoNullable<T> for &'a Option<V>
where
    &'a V: IntoValue<T>,
{
    fn into_nullable(sent: Self) -> Option<Given<T>> {
        sent.as_ref().map(IntoValue::into_value)
    }

    fn is_null(&self) -> bool {
        self.is_none()
    }
}

#[diagnostic::do_not_recommend]
impl<T> IntoNullable<T> for Null {
    fn into_nullable(_: Self) -> Option<Given<T>> {
        None
    }

    fn is_null(&self) -> bool {
        true
    }
}

/// What may be given for a key of type `T`: what [`IntoValue`] accepts, or an `Option` of it, such as the
/// member of an object that was read.
///
/// No key is null, so the request for `None` is an error, and nothing is sent.
///
/// ```
/// use schemacrate_runtime::transport::Replay;
/// use schemacrate_runtime::{Request, ServiceClient};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), schemacrate_runtime::Error> {
/// let service = Replay::new();
/// let client = ServiceClient::builder("https://example.com/v1").transport(service.clone()).build()?;
/// let mut id = Some("7".to_owned()); // As in an object that was read.
/// assert_eq!(client.resource("books").key_segment(&id).path(), "/books/7");
///
/// id = None;
/// let error = client.resource("books").key_segment(id).delete().await.expect_err("no key");
/// assert_eq!(error.to_string(), "DELETE /books/{key}: a key cannot be sent: it is null");
/// assert!(service.requests().is_empty());
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a key of type `{T}`",
    label = "not a key of type `{T}`",
    note = "a key is given as its value, as text if the service writes it as text, or as an `Option` of these"
)]
pub trait IntoKey<T> {
    /// The key as it is sent.
    fn into_key(sent: Self) -> Given<T>;
}

impl<T, V: IntoNullable<T>> IntoKey<T> for V {
    fn into_key(sent: Self) -> Given<T> {
        let null = || Given::fault(Fault::new("it is null"));
        IntoNullable::into_nullable(sent).unwrap_or_else(null)
    }
}

/// A type of which text can be a value: strings, what JSON writes as text, and the types of formats of strings.
/// A type of your own for a format (`[openapi.formats]`) can implement it.
#[diagnostic::on_unimplemented(
    message = "text is not a `{Self}`",
    label = "`{Self}` is not written as text",
    note = "text is accepted for strings, dates, times, durations, GUIDs and decimals"
)]
pub trait FromText: Sized {
    /// The value of a text.
    ///
    /// # Errors
    /// Why the text is not a value, with the text.
    fn from_text(text: Cow<'_, str>) -> Result<Self, String>;
}

/// Implements [`FromText`] through `FromStr`.
macro_rules! from_text {
    ($($type:ty),*) => {$(
        impl $crate::json::FromText for $type {
            fn from_text(text: ::std::borrow::Cow<'_, str>) -> Result<Self, String> {
                text.parse().map_err(|error| ::std::string::ToString::to_string(&error))
            }
        }
    )*};
}

/// Implements [`IntoValue`] for a type that is sent as it is, and for a reference to it.
macro_rules! sent_as_itself {
    ($($type:ty),*) => {$(
        impl $crate::json::Present for $type {}
        impl $crate::json::Present for &$type {}

        #[diagnostic::do_not_recommend]
        impl $crate::json::IntoValue<$type> for $type {
            fn into_value(sent: Self) -> $crate::json::Given<$type> {
                $crate::json::Given::value(sent)
            }
        }

        #[diagnostic::do_not_recommend]
        impl $crate::json::IntoValue<$type> for &$type {
            fn into_value(sent: Self) -> $crate::json::Given<$type> {
                $crate::json::Given::value(sent.clone())
            }
        }
    )*};
}

/// Implements [`IntoValue`] for what converts into another type.
macro_rules! sent_as {
    ($declared:ty: $($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl $crate::json::IntoValue<$declared> for $type {
            fn into_value(sent: Self) -> $crate::json::Given<$declared> {
                $crate::json::Given::value(sent.into())
            }
        }
    )*};
}

pub(crate) use {from_text, sent_as, sent_as_itself};

sent_as_itself!(bool, u8, i8, i16, u16, i32, u32, i64, u64, f32, f64, Untyped);
sent_as!(Untyped: bool, i64, f64, serde_json::Value);

impl Present for serde_json::Value {}

impl FromText for String {
    fn from_text(text: Cow<'_, str>) -> Result<Self, String> {
        Ok(text.into_owned())
    }
}

/// The branch of strings.
#[diagnostic::do_not_recommend]
impl<T: Union + Value + From<String>> FromText for T {
    fn from_text(text: Cow<'_, str>) -> Result<Self, String> {
        Ok(text.into_owned().into())
    }
}

/// Implements [`IntoValue`] for what is not generated where a union has a branch of their type.
macro_rules! sent_as_branch {
    ($([$($generic:tt)*] $type:ty),* $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: Union + From<$type>, $($generic)*> IntoValue<T> for $type
        where
            $type: Value,
        {
            fn into_value(sent: Self) -> Given<T> {
                written(&sent)
            }
        }
    )*};
}

sent_as_branch!(
    [] bool, [] u8, [] i8, [] i16, [] u16, [] i32, [] u32, [] i64, [] u64, [] f32, [] f64,
    [D] Formatted<D>,
    [V] IndexMap<String, V>,
);

/// A JSON string.
impl FromText for Untyped {
    fn from_text(text: Cow<'_, str>) -> Result<Self, String> {
        Ok(text.as_ref().into())
    }
}

macro_rules! text {
    ($($type:ty => $text:ident: $cow:expr),* $(,)?) => {$(
        impl Present for $type {}

        #[diagnostic::do_not_recommend]
        impl<T: FromText + Value> IntoValue<T> for $type {
            fn into_value(sent: Self) -> Given<T> {
                let $text = sent;
                match T::from_text($cow) {
                    Ok(value) => Given::value(value),
                    Err(reason) => Given::fault(Fault::new(reason)),
                }
            }
        }
    )*};
}

text!(
    &str => text: Cow::Borrowed(text),
    &&str => text: Cow::Borrowed(*text),
    &String => text: Cow::Borrowed(text.as_str()),
    &Cow<'_, str> => text: Cow::Borrowed(text.as_ref()),
    String => text: Cow::Owned(text),
    Cow<'_, str> => text: text,
);

/// A type of items that a list of `V` can be given for.
#[diagnostic::on_unimplemented(
    message = "expected items of type `{Self}`, found `{V}`",
    label = "not accepted as an item",
    note = "numbers: exactly the declared type; convert another one with `.into()` or \
            `.try_into()?`; bytes: a `Vec<u8>`, `&[u8]` or `Bytes`",
    note = "enumerations: a member, such as `Importance::High`, several of them in an array if it \
            has flags; never text"
)]
pub trait ItemFrom<V>: Sized {
    /// All items as one value.
    fn list(items: impl Iterator<Item = V>) -> Given<Vec<Self>>;

    /// All items with their names as one value.
    fn map(entries: impl Iterator<Item = (String, V)>) -> Given<IndexMap<String, Self>>;
}

#[diagnostic::do_not_recommend]
impl<T: Value, V: IntoValue<T>> ItemFrom<V> for T {
    fn list(items: impl Iterator<Item = V>) -> Given<Vec<Self>> {
        list(items.map(|item| Some(IntoValue::into_value(item))))
    }

    fn map(entries: impl Iterator<Item = (String, V)>) -> Given<IndexMap<String, Self>> {
        object(entries.map(|(name, item)| (name, Some(IntoValue::into_value(item)))))
    }
}

/// Items that may be null.
#[diagnostic::do_not_recommend]
impl<T, V: IntoNullable<T>> ItemFrom<V> for Option<T> {
    fn list(items: impl Iterator<Item = V>) -> Given<Vec<Self>> {
        list(items.map(V::into_nullable))
    }

    fn map(entries: impl Iterator<Item = (String, V)>) -> Given<IndexMap<String, Self>> {
        object(entries.map(|(name, item)| (name, V::into_nullable(item))))
    }
}

/// A map, with its entries in their order.
macro_rules! map {
    ($([$($generic:tt)*] $map:ty: $item:ty),* $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generic)*, T: ItemFrom<$item>> IntoValue<IndexMap<String, T>> for $map
        where
            K: AsRef<str>,
        {
            fn into_value(sent: Self) -> Given<IndexMap<String, T>> {
                T::map(sent.into_iter().map(|(name, item)| (name.as_ref().to_owned(), item)))
            }
        }
    )*};
}

map!(
    [K, V] IndexMap<K, V>: V,
    ['a, K, V] &'a IndexMap<K, V>: &'a V,
    [K, V] BTreeMap<K, V>: V,
    ['a, K, V] &'a BTreeMap<K, V>: &'a V,
    [K, V, S] HashMap<K, V, S>: V,
    ['a, K, V, S] &'a HashMap<K, V, S>: &'a V,
    [K, V, const N: usize] [(K, V); N]: V,
);

impl<V> Present for Vec<V> {}
impl<V> Present for &Vec<V> {}
impl<V> Present for &[V] {}
impl<V, const N: usize> Present for [V; N] {}
impl<V, const N: usize> Present for &[V; N] {}
impl<K, V> Present for IndexMap<K, V> {}
impl<K, V> Present for &IndexMap<K, V> {}
impl<K, V> Present for BTreeMap<K, V> {}
impl<K, V> Present for &BTreeMap<K, V> {}
impl<K, V, S> Present for HashMap<K, V, S> {}
impl<K, V, S> Present for &HashMap<K, V, S> {}

/// A tuple may mix types, such as builders of several derived types, which an array cannot.
macro_rules! tuple {
    ($($type:ident)+) => {
        impl<$($type),+> Present for ($($type,)+) {}

        #[diagnostic::do_not_recommend]
        impl<T: Value, $($type: IntoValue<T>),+> IntoValue<Vec<T>> for ($($type,)+) {
            fn into_value(sent: Self) -> Given<Vec<T>> {
                #[allow(non_snake_case)] // The variables have the names of their types.
                let ($($type,)+) = sent;
                list([$(Some(IntoValue::into_value($type))),+].into_iter())
            }
        }
    };
}

/// The list without items.
#[diagnostic::do_not_recommend]
impl<T: Value> IntoValue<Vec<T>> for () {
    fn into_value((): Self) -> Given<Vec<T>> {
        list(std::iter::empty::<Option<Given<T>>>())
    }
}

impl Present for () {}

tuple!(A);
tuple!(A B);
tuple!(A B C);
tuple!(A B C D);
tuple!(A B C D E);
tuple!(A B C D E F);
tuple!(A B C D E F G);
tuple!(A B C D E F G H);

#[diagnostic::do_not_recommend]
impl<T: ItemFrom<V>, V> IntoValue<Vec<T>> for Vec<V> {
    fn into_value(sent: Self) -> Given<Vec<T>> {
        T::list(sent.into_iter())
    }
}

#[diagnostic::do_not_recommend]
impl<'a, T: ItemFrom<&'a V>, V> IntoValue<Vec<T>> for &'a Vec<V> {
    fn into_value(sent: Self) -> Given<Vec<T>> {
        T::list(sent.iter())
    }
}

#[diagnostic::do_not_recommend]
impl<'a, T: ItemFrom<&'a V>, V> IntoValue<Vec<T>> for &'a [V] {
    fn into_value(sent: Self) -> Given<Vec<T>> {
        T::list(sent.iter())
    }
}

#[diagnostic::do_not_recommend]
impl<T: ItemFrom<V>, V, const N: usize> IntoValue<Vec<T>> for [V; N] {
    fn into_value(sent: Self) -> Given<Vec<T>> {
        T::list(sent.into_iter())
    }
}

#[diagnostic::do_not_recommend]
impl<'a, T: ItemFrom<&'a V>, V, const N: usize> IntoValue<Vec<T>> for &'a [V; N] {
    fn into_value(sent: Self) -> Given<Vec<T>> {
        T::list(sent.iter())
    }
}

/// A list where any JSON is accepted.
macro_rules! untyped_list {
    ($([$($generic:tt)*] $list:ty: $item:ty),* $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generic)*> IntoValue<Untyped> for $list
        where
            $item: IntoValue<Untyped>,
        {
            fn into_value(sent: Self) -> Given<Untyped> {
                list::<Untyped, _>(sent.into_iter().map(|item| Some(IntoValue::into_value(item))))
            }
        }
    )*};
}

untyped_list!(
    [V] Vec<V>: V,
    ['a, V] &'a Vec<V>: &'a V,
    ['a, V] &'a [V]: &'a V,
    [V, const N: usize] [V; N]: V,
    ['a, V, const N: usize] &'a [V; N]: &'a V,
);

/// A list where a union has a branch of such lists.
macro_rules! list_as_branch {
    ($([$($generic:tt)*] $list:ty),* $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl<V: Value, T: Union + From<Vec<V>>, $($generic)*> IntoValue<T> for $list {
            fn into_value(sent: Self) -> Given<T> {
                list::<V, T>(sent.iter().map(|item| Some(written(item))))
            }
        }
    )*};
}

list_as_branch!(
    [] Vec<V>,
    [] &Vec<V>,
    [] &[V],
    [const N: usize] [V; N],
    [const N: usize] &[V; N],
);
