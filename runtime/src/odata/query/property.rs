//! Properties as the constants of generated crates.

use std::fmt;
use std::ops::Deref;

use super::expand::Expand;
use super::expression::{Expression, Strength};
use super::options::Options;
use super::{Queried, Queryable};

/// A structural property of an object `O` with values of type `T`, or a path to one.
///
/// Generated crates have a constant for each property: `User::DISPLAY_NAME`. It can be selected and
/// sorted by, and it is an [`Expression`] from which filters are made.
pub struct Property<O, T>(Expression<O, T>);

/// A navigation property of an object `O`, or a path to one. `T` is the object it refers to, or a
/// `Vec` of them.
///
/// It can be expanded, and it is an [`Expression`].
pub struct Navigation<O, T>(Expression<O, T>);

/// Declares that an object is derived from a base, whose filters may then refer to its properties.
///
/// Generated crates implement it for every pair of types. Every type is derived from itself, so that
/// what takes objects of a base takes those of the derived types, too.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not derived from `{B}`",
    label = "not derived from `{B}`",
    note = "only `{B}` and the types that the schema derives from it are accepted here"
)]
pub trait DerivedFrom<B>: Queryable {
    /// The qualified name of the derived type, which types of generated crates have anyway.
    const NAME: &'static str = Self::TYPE_NAME;

    /// Whether it is not the base itself.
    const IS_OTHER: bool = true;
}

impl<T: Queryable> DerivedFrom<T> for T {
    const NAME: &'static str = "";
    const IS_OTHER: bool = false;
}

/// A property of an object `O` with values of type `T`, structural or navigation, or a path to one.
#[diagnostic::on_unimplemented(
    message = "expected a property of `{O}`, found `{Self}`",
    label = "not a property of `{O}`",
    note = "what follows `then` is a constant of the type that the property before it has"
)]
pub trait IntoProperty<O, T> {
    /// The property.
    fn into_property(self) -> Property<O, T>;
}

#[diagnostic::do_not_recommend]
impl<O, T, V: Into<Property<O, T>>> IntoProperty<O, T> for V {
    fn into_property(self) -> Property<O, T> {
        self.into()
    }
}

impl<O, T> Property<O, T> {
    /// The property with a wire name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(Expression::primary(name))
    }

    /// A property of this complex value.
    ///
    /// ```
    /// use schemacrate_runtime::query::{Property, Queryable};
    ///
    /// struct Address;
    /// impl Queryable for Address { type Properties = Self; }
    /// const ADDRESS: Property<(), Address> = Property::new("address");
    /// const CITY: Property<Address, String> = Property::new("city");
    /// assert_eq!(ADDRESS.then(CITY).as_str(), "address/city");
    /// ```
    ///
    /// A navigation property can be the next one, too: `country ne null` of an address is
    /// `ADDRESS.then(COUNTRY).is_not_null()`.
    #[must_use]
    pub fn then<U>(&self, next: impl IntoProperty<T::Properties, U>) -> Property<O, U>
    where
        T: Queryable,
    {
        Property(joined(self, &next.into_property()))
    }

    /// This property of a derived type, in an expression about objects of its base.
    ///
    /// ```
    /// use schemacrate_runtime::query::{DerivedFrom, Property, Queryable};
    ///
    /// struct Animal;
    /// struct Dog;
    /// impl Queryable for Dog { type Properties = Self; }
    /// impl DerivedFrom<Animal> for Dog { const NAME: &'static str = "zoo.dog"; }
    /// const BARKS: Property<Dog, bool> = Property::new("barks");
    /// assert_eq!(BARKS.of_base::<Animal>().as_str(), "zoo.dog/barks");
    /// ```
    #[must_use]
    pub fn of_base<B>(&self) -> Property<B, T>
    where
        O: DerivedFrom<B>,
    {
        Property(cast::<O, B, T>(self))
    }
}

impl<O, T> Navigation<O, T> {
    /// The navigation property with a wire name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(Expression::primary(name))
    }

    /// A property of the object that this refers to, structural or navigation.
    ///
    /// ```
    /// use schemacrate_runtime::query::{Navigation, Property, Queryable};
    ///
    /// struct Bot;
    /// impl Queryable for Bot { type Properties = Self; }
    /// const BOTS: Navigation<(), Vec<Bot>> = Navigation::new("bots");
    /// const BOT: Navigation<Bot, Bot> = Navigation::new("bot");
    /// assert_eq!(BOTS.any(|one| one.then(BOT).is_not_null()).as_str(), "bots/any(x1:x1/bot ne null)");
    /// ```
    #[must_use]
    pub fn then<U>(&self, next: impl IntoProperty<T::Properties, U>) -> Property<O, U>
    where
        T: Queryable,
    {
        Property(joined(self, &next.into_property()))
    }

    /// This navigation property of a derived type, in an expression about objects of its base.
    #[must_use]
    pub fn of_base<B>(&self) -> Navigation<B, T>
    where
        O: DerivedFrom<B>,
    {
        Navigation(cast::<O, B, T>(self))
    }

    /// Expands the related objects with nested options.
    ///
    /// ```
    /// use schemacrate_runtime::query::{Expand, Navigation, Property, Queryable};
    ///
    /// struct Team;
    /// impl Queryable for Team { type Properties = Self; }
    /// const TEAMS: Navigation<(), Vec<Team>> = Navigation::new("teams");
    /// const NAME: Property<Team, String> = Property::new("name");
    /// let expand: Expand<()> = TEAMS.with(|teams| teams.select(NAME).filter(NAME.ne("x")).top(3));
    /// assert_eq!(expand.as_str(), "teams($select=name;$filter=name ne 'x';$top=3)");
    /// ```
    pub fn with(
        &self,
        options: impl FnOnce(Options<T::Properties>) -> Options<T::Properties>,
    ) -> Expand<O>
    where
        T: Queried,
    {
        Expand::with_options(self.as_str(), &options(Options::new()))
    }

    /// Expands references to the related objects instead of the objects.
    ///
    /// ```
    /// use schemacrate_runtime::query::Navigation;
    ///
    /// const TEAMS: Navigation<(), Vec<()>> = Navigation::new("teams");
    /// assert_eq!(TEAMS.references().as_str(), "teams/$ref");
    /// ```
    pub fn references(&self) -> Expand<O> {
        Expand::from_text(format!("{}/$ref", self.as_str()))
    }

    /// Expands the number of the related objects instead of the objects.
    pub fn number(&self) -> Expand<O> {
        Expand::from_text(format!("{}/$count", self.as_str()))
    }
}

fn joined<O, T, P, U>(first: &Expression<O, T>, next: &Expression<P, U>) -> Expression<O, U> {
    let path = format!("{}/{}", first.as_str(), next.as_str());
    Expression::new(path, Strength::Primary).failing_as(first).failing_as(next)
}

fn cast<O: DerivedFrom<B>, B, T>(path: &Expression<O, T>) -> Expression<B, T> {
    if !O::IS_OTHER {
        return Expression::new(path.as_str().to_owned(), Strength::Primary).failing_as(path);
    }
    let text = format!("{}/{}", O::NAME, path.as_str());
    Expression::new(text, Strength::Primary).failing_as(path)
}

impl<O, T> Deref for Property<O, T> {
    type Target = Expression<O, T>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<O, T> Deref for Navigation<O, T> {
    type Target = Expression<O, T>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<O, T> From<Property<O, T>> for Expression<O, T> {
    fn from(property: Property<O, T>) -> Self {
        property.0
    }
}

impl<O, T> From<&Property<O, T>> for Expression<O, T> {
    fn from(property: &Property<O, T>) -> Self {
        property.0.clone()
    }
}

/// A lambda variable is used like a property.
impl<O, T> From<Expression<O, T>> for Property<O, T> {
    fn from(expression: Expression<O, T>) -> Self {
        Self(expression)
    }
}

impl<O, T> From<Navigation<O, T>> for Property<O, T> {
    fn from(navigation: Navigation<O, T>) -> Self {
        Self(navigation.0)
    }
}

impl<O, T> From<&Navigation<O, T>> for Property<O, T> {
    fn from(navigation: &Navigation<O, T>) -> Self {
        Self(navigation.0.clone())
    }
}

impl<O, T> Clone for Property<O, T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<O, T> Clone for Navigation<O, T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<O, T> fmt::Debug for Property<O, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Property({})", self.as_str())
    }
}

impl<O, T> fmt::Debug for Navigation<O, T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Navigation({})", self.as_str())
    }
}
