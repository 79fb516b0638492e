//! The JSON that a request sends.
//!
//! Enters: values of generated types, builders, any JSON. Leaves: [`JsonBody`]. Must not know: requests.

use super::conversion::{Borrowed, Boxed, Conversion, IntoValue, Sent};
use super::given::{Fault, Given};
use super::values::{Enumeration, Object};
use super::{Alternatives, Formatted, Literals, Strict, Union, Untyped, Update, Value, writer};
use indexmap::IndexMap;
use std::fmt;
use std::marker::PhantomData;

/// The JSON body of a request, or why there is none: a value in it is not of its declared type, and the
/// request fails with this reason before anything is sent.
pub struct JsonBody(Result<String, Fault>);

impl JsonBody {
    /// The JSON of any value.
    ///
    /// ```
    /// use schemacrate_runtime::model::JsonBody;
    ///
    /// assert_eq!(JsonBody::new(&vec![1, 2]).to_json()?, b"[1,2]");
    /// # Ok::<(), String>(())
    /// ```
    pub fn new(value: &impl Value) -> Self {
        Self(Ok(writer::text(&value.view())))
    }

    /// The JSON text.
    ///
    /// # Errors
    /// Why a value in it is not of its declared type.
    pub fn to_json(&self) -> Result<&[u8], String> {
        self.0.as_ref().map(String::as_bytes).map_err(ToString::to_string)
    }

    pub(crate) fn given<T>(value: Given<T>) -> Self {
        Self(value.into_json())
    }

    /// The JSON of an object that has only one member.
    pub(crate) fn of_member<T>(name: &str, value: Given<T>) -> Self {
        Self(value.into_json().map(|json| {
            let mut object = Update::default();
            object.set_raw(name, Untyped::from_value(json));
            writer::text(&super::View::Update(&object))
        }))
    }

    pub(crate) fn into_result(self) -> Result<Vec<u8>, Fault> {
        self.0.map(String::into_bytes)
    }
}

/// Shows no values, which may be personal data.
impl fmt::Debug for JsonBody {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Ok(json) => write!(formatter, "JsonBody({} bytes)", json.len()),
            Err(fault) => write!(formatter, "JsonBody({fault})"),
        }
    }
}

/// What can be sent as the body of a request where a `T` is declared: a `T`, a reference to one, the builder
/// of its changes, or any of these of a type that is derived from it. For the parameters of an action it is
/// their builder, or `()` if none is set.
///
/// A derived type names itself, because the service would otherwise take the object for one of the declared
/// type (JSON Format 4.01, section 4.6.3).
///
/// ```
/// use schemacrate_runtime::codegen::Changes;
/// use schemacrate_runtime::model::{IntoBody, Sent, Update};
/// use schemacrate_runtime::query::{DerivedFrom, Queryable};
///
/// struct Animal;
/// struct Dog;
/// struct DogUpdate(Update);
/// impl Queryable for Animal { type Properties = Self; }
/// impl Queryable for Dog { type Properties = Self; }
/// impl DerivedFrom<Animal> for Dog { const NAME: &'static str = "zoo.dog"; }
/// impl AsRef<Update> for DogUpdate { fn as_ref(&self) -> &Update { &self.0 } }
/// impl Sent for DogUpdate { type Kind = Changes<Dog>; }
///
/// let body = |animal: &dyn Fn() -> DogUpdate| IntoBody::<Animal>::into_body(animal());
/// let body = body(&|| DogUpdate(Update::default().with::<bool>("barks", true)));
/// assert_eq!(body.to_json()?, br##"{"@odata.type":"#zoo.dog","barks":true}"##);
/// # Ok::<(), String>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "expected a body of type `{T}`, found `{Self}`",
    label = "neither of this type nor its builder",
    note = "a body is the struct or the builder of the declared type or of a type that is derived \
            from it, such as `EventUpdate::new().subject(\"Lunch\")`",
    note = "any other JSON is sent by the methods of `.resource()`, for example as a \
            `serde_json::Value`"
)]
pub trait IntoBody<T> {
    /// The body.
    fn into_body(sent: Self) -> JsonBody;
}

#[diagnostic::do_not_recommend]
impl<T, V: Sent> IntoBody<T> for V
where
    V::Kind: Conversion<V, T> + Body,
{
    fn into_body(sent: Self) -> JsonBody {
        JsonBody::given(V::Kind::convert(&sent))
    }
}

/// None of the parameters of an action.
#[diagnostic::do_not_recommend]
impl<P: Sent<Kind = Parameters>> IntoBody<P> for () {
    fn into_body((): Self) -> JsonBody {
        JsonBody::given(Given::<P>::text("{}".to_owned()))
    }
}

/// Where any JSON is accepted, a body is sent as it is.
#[diagnostic::do_not_recommend]
impl IntoBody<Untyped> for JsonBody {
    fn into_body(sent: Self) -> JsonBody {
        sent
    }
}

macro_rules! untyped {
    ($($type:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl IntoBody<Untyped> for $type {
            fn into_body(sent: Self) -> JsonBody {
                JsonBody::given(IntoValue::<Untyped>::into_value(sent))
            }
        }
    )*};
}

untyped!(Untyped, &Untyped, serde_json::Value, bool, i64, f64, &str, &String, String);

/// Implements [`IntoBody`] for what may be a branch of a union and is not an object.
macro_rules! branches {
    ($([$($generic:tt)*] $type:ty),* $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($generic)* T: Union> IntoBody<T> for $type
        where
            $type: IntoValue<T>,
        {
            fn into_body(sent: Self) -> JsonBody {
                JsonBody::given(IntoValue::<T>::into_value(sent))
            }
        }
    )*};
}

branches!(
    [] bool,
    [] u8,
    [] i8,
    [] i16,
    [] u16,
    [] i32,
    [] u32,
    [] i64,
    [] u64,
    [] f32,
    [] f64,
    ['a,] &'a str,
    ['a,] &'a String,
    [] String,
    [D,] Formatted<D>,
    [V,] IndexMap<String, V>,
    [V,] Vec<V>,
    ['a, V,] &'a Vec<V>,
    ['a, V,] &'a [V],
    [V, const N: usize,] [V; N],
    ['a, V, const N: usize,] &'a [V; N],
);

/// A kind of types whose values can be the body of a request.
pub trait Body {}

/// The kind of builders of changes to a type.
#[derive(Debug)]
pub struct Changes<T>(PhantomData<T>);

/// The kind of builders of parameters.
#[derive(Debug)]
pub struct Parameters;

/// The kind of updates of no particular type.
#[derive(Debug)]
pub struct AnyChanges;

impl Body for Object {}
impl Body for Strict {}
impl Body for Alternatives {}
// Branches of unions.
impl Body for Enumeration {}
impl Body for Literals {}
impl<T> Body for Changes<T> {}
impl Body for Parameters {}
impl Body for AnyChanges {}
impl<K: Body> Body for Borrowed<K> {}
impl<K: Body> Body for Boxed<K> {}

impl<V: AsRef<Update>> Conversion<V, V> for Parameters {
    fn convert(value: &V) -> Given<V> {
        Given::of_update(value.as_ref())
    }
}

impl<V: AsRef<Update>> Conversion<V, Untyped> for Parameters {
    fn convert(value: &V) -> Given<Untyped> {
        Given::of_update(value.as_ref())
    }
}

/// An update that is built by hand is accepted where any JSON is.
impl Sent for Update {
    type Kind = AnyChanges;
}

impl Conversion<Update, Untyped> for AnyChanges {
    fn convert(value: &Update) -> Given<Untyped> {
        Given::of_update(value)
    }
}

impl<T> Given<T> {
    /// The object that an update makes.
    pub(crate) fn of_update(update: &Update) -> Self {
        match update.json() {
            Ok(json) => Self::text(json),
            Err(fault) => Self::fault(fault),
        }
    }
}
