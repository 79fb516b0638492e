//! Objects that exist already, where something refers to them.
//!
//! Enters: paths of entities. Leaves: their addresses, and what is sent in place of the objects. Must not
//! know: requests, any particular type.

use crate::json::{
    Borrowed, Boxed, Conversion, Fault, Given, IntoNullable, IntoValue, Related, Sent, Untyped,
    Update, View, text,
};
use crate::odata::annotations::ID;
use crate::odata::query::{DerivedFrom, Queryable};
use crate::odata::resource::Resource;
use std::marker::PhantomData;

/// What follows the name of a navigation property in the name of the member that has the addresses of
/// existing objects.
const BIND: &str = "@odata.bind";

/// The kind of paths to entities of a type.
#[derive(Debug)]
pub struct Entity<T>(PhantomData<T>);

/// The kind of resources, which refer to objects of any type.
#[derive(Debug)]
pub struct AnyEntity;

/// How a value of type `V` refers to an object of type `T`, by the kind of type that `V` is.
pub trait Refers<V, T> {
    /// The resource of the object.
    fn resource(value: &V) -> &Resource;
}

#[diagnostic::do_not_recommend]
impl<V, T, B> Refers<V, B> for Entity<T>
where
    V: AsRef<Resource>,
    T: DerivedFrom<B>,
{
    fn resource(value: &V) -> &Resource {
        value.as_ref()
    }
}

impl<B> Refers<Resource, B> for AnyEntity {
    fn resource(value: &Resource) -> &Resource {
        value
    }
}

#[diagnostic::do_not_recommend]
impl<'a, K: Refers<V, T>, V, T> Refers<&'a V, T> for Borrowed<K> {
    fn resource<'b>(value: &'b &'a V) -> &'b Resource {
        K::resource(value)
    }
}

#[diagnostic::do_not_recommend]
impl<K: Refers<V, T>, V, T> Refers<Box<V>, T> for Boxed<K> {
    fn resource(value: &Box<V>) -> &Resource {
        K::resource(value)
    }
}

impl Sent for Resource {
    type Kind = AnyEntity;
}

/// What refers to an object of type `T` that exists: the path of an entity of this type or of one derived
/// from it, or a [`Resource`]; by value or by reference.
#[diagnostic::on_unimplemented(
    message = "expected the path of an entity of type `{T}`, found `{Self}`",
    label = "not the path of such an entity",
    note = "a reference is to an entity that exists: `client.users().id(\"7\")`, or a `Resource` \
            such as `client.raw(\"users/7\")`",
    note = "an address as text is taken by `add_url` and `set_url`"
)]
pub trait IntoReference<T> {
    /// The address of the object.
    fn into_reference(sent: Self) -> EntityUrl;
}

/// The address of an entity, or why it has none.
#[derive(Debug)]
pub struct EntityUrl(pub(crate) Result<String, Fault>);

impl EntityUrl {
    /// The address that a text is, if it is an absolute URL.
    pub(crate) fn absolute(url: &str) -> Self {
        match url::Url::parse(url) {
            Ok(_) => Self(Ok(url.to_owned())),
            Err(_) => Self(Err(Fault::new(format_args!("`{url}` is not an absolute URL")))),
        }
    }

    fn of(resource: &Resource) -> Self {
        Self(match resource.fault() {
            Some(fault) => Err(fault.clone()),
            None => Ok(resource.url()),
        })
    }
}

#[diagnostic::do_not_recommend]
impl<T, V: Sent> IntoReference<T> for V
where
    V::Kind: Refers<V, T>,
{
    fn into_reference(sent: Self) -> EntityUrl {
        EntityUrl::of(V::Kind::resource(&sent))
    }
}

#[diagnostic::do_not_recommend]
impl<V, T, B: Queryable> Conversion<V, B> for Entity<T>
where
    Self: Refers<V, B>,
{
    fn convert(value: &V) -> Given<B> {
        referred(EntityUrl::of(<Self as Refers<V, B>>::resource(value)))
    }
}

impl<B: Queryable> Conversion<Resource, B> for AnyEntity {
    fn convert(value: &Resource) -> Given<B> {
        referred(EntityUrl::of(value))
    }
}

/// Where objects of any type are expected.
impl<V: AsRef<Resource>, T> Conversion<V, Untyped> for Entity<T> {
    fn convert(value: &V) -> Given<Untyped> {
        referred(EntityUrl::of(value.as_ref()))
    }
}

impl Conversion<Resource, Untyped> for AnyEntity {
    fn convert(value: &Resource) -> Given<Untyped> {
        referred(EntityUrl::of(value))
    }
}

/// An object that exists: by its id where an object is expected (JSON Format 4.01, section 14), and by its
/// address after the name of a navigation property (JSON Format 4.0, section 8.5).
fn referred<T>(url: EntityUrl) -> Given<T> {
    match url.0 {
        Ok(url) => {
            let address = text(&View::Str(&url));
            let mut reference = Update::default();
            reference.set(ID, &url);
            Given::related(Related {
                all: text(&View::Update(&reference)),
                new: None,
                addresses: address,
            })
        }
        Err(fault) => Given::fault(fault),
    }
}

impl Update {
    /// The same update with the objects that a navigation property will refer to. Those that exist already
    /// are named by their addresses, in an annotation of the property.
    #[must_use]
    pub fn with_related<T>(mut self, name: &str, value: impl IntoValue<T>) -> Self {
        self.set_related(name, Some(IntoValue::into_value(value).into_related()));
        self
    }

    /// The same update with the object that a navigation property will refer to, or with none.
    #[must_use]
    pub fn with_nullable_related<T>(mut self, name: &str, value: impl IntoNullable<T>) -> Self {
        self.set_related(name, IntoNullable::into_nullable(value).map(Given::into_related));
        self
    }

    /// Sets both members that a navigation property can have, so that of what is set twice the last counts.
    fn set_related(&mut self, name: &str, value: Option<Result<Result<Related, String>, Fault>>) {
        let bound = [name, BIND].concat();
        let (new, addresses) = match value {
            Some(Ok(Ok(related))) => (related.new, Some(related.addresses)),
            Some(Ok(Err(json))) => (Some(json), None),
            Some(Err(fault)) => return self.fail(fault.within(name)),
            None => (Some("null".to_owned()), None),
        };
        for (member, json) in [(name, new), (&bound, addresses)] {
            match json {
                Some(json) => self.set_text(member, json),
                None => self.unset(member),
            }
        }
    }
}
