//! What is written of one element of a schema: one item of the crate for each case.
//!
//! `UPDATE_EXPECT=1 cargo test -p schemacrate --test emit` writes the items anew.

use expect_test::{Expect, expect};
use test_support::emitted;

/// Compares an item of the crate that is made of some elements with the expected text. [`emitted`]
/// describes how items are named.
#[track_caller]
fn check_emit(elements: &str, item: &str, expected: Expect) {
    expected.assert_eq(&emitted(elements, item));
}

/// An entity type with a set of it, so that requests reach it.
fn entity(members: &str) -> String {
    format!(
        r#"<EntityType Name="book"><Key><PropertyRef Name="id"/></Key>
        <Property Name="id" Type="Edm.String" Nullable="false"/>{members}</EntityType>
        <EntityContainer Name="service"><EntitySet Name="books" EntityType="n.book"/></EntityContainer>"#
    )
}

#[test]
fn a_struct() {
    check_emit(
        r#"<ComplexType Name="book"><Property Name="title" Type="Edm.String"/></ComplexType>"#,
        "Book",
        expect![[r#"
            /// The complex type `n.book`.
            #[doc(alias = "n.book")]
            #[derive(Default)]
            #[non_exhaustive]
            pub struct Book {
                /// The property `title`.
                pub title: Option<String>,
                /// Members that the service sent besides those above, annotations included.
                pub additional: model::Additional,
            }
        "#]],
    );
}

#[test]
fn members_by_index() {
    check_emit(
        r#"<ComplexType Name="book"><Property Name="type" Type="Edm.String"/></ComplexType>"#,
        "impl Described for Book",
        expect![[r#"
            impl codegen::Described for Book {
                const SHAPE: &'static codegen::Shape = &codegen::Shape::odata("n.book", &["type"]);
                #[inline]
                fn slot(&mut self, index: usize) -> codegen::Slot<'_> {
                    match index {
                        0 => codegen::slot(&mut self.r#type),
                        _ => codegen::Slot::Additional(&mut self.additional),
                    }
                }
                #[inline]
                fn view(&self, index: usize) -> codegen::View<'_> {
                    match index {
                        0 => codegen::view(&self.r#type),
                        _ => codegen::View::Additional(&self.additional),
                    }
                }
            }
        "#]],
    );
}

#[test]
fn a_struct_that_contains_itself() {
    check_emit(
        r#"<ComplexType Name="node"><Property Name="next" Type="n.node"/>
        <Property Name="all" Type="Collection(n.node)"/></ComplexType>"#,
        "Node",
        expect![[r#"
            /// The complex type `n.node`.
            #[doc(alias = "n.node")]
            #[derive(Default)]
            #[non_exhaustive]
            pub struct Node {
                /// The property `next`.
                pub next: Option<Box<Node>>,
                /// The property `all`.
                pub all: Option<Vec<Node>>,
                /// Members that the service sent besides those above, annotations included.
                pub additional: model::Additional,
            }
        "#]],
    );
}

#[test]
fn constants_for_queries() {
    check_emit(
        r#"<ComplexType Name="book"><Property Name="pages" Type="Collection(Edm.Int32)"/></ComplexType>"#,
        "Book::PAGES",
        expect![[r#"
            impl Book {
                /// `pages`, for queries.
                pub const PAGES: Property<Self, Vec<i32>> = Property::new("pages");
            }
        "#]],
    );
}

#[test]
fn an_enum() {
    check_emit(
        r#"<EnumType Name="state"><Member Name="in"/><Member Name="checked-out"/></EnumType>"#,
        "State",
        expect![[r#"
            /// The enumeration `n.state`.
            #[doc(alias = "n.state")]
            #[derive(Clone, Debug)]
            #[non_exhaustive]
            pub enum State {
                /// The member `in`.
                In,
                /// The member `checked-out`.
                #[doc(alias = "checked-out")]
                CheckedOut,
                /// A member that the schema does not know, by its wire name.
                Unrecognized(String),
            }
        "#]],
    );
}

#[test]
fn a_set_of_flags() {
    check_emit(
        r#"<EnumType Name="days" IsFlags="true"><Member Name="mon" Value="1"/><Member Name="tue" Value="2"/></EnumType>
        <ComplexType Name="plan"><Property Name="open" Type="n.days"/></ComplexType>"#,
        "Plan::OPEN",
        expect![[r#"
            impl Plan {
                /// `open`, for queries.
                pub const OPEN: Property<Self, model::Flags<super::Days>> = Property::new("open");
            }
        "#]],
    );
}

#[test]
fn a_hierarchy() {
    check_emit(
        r#"<ComplexType Name="item"/><ComplexType Name="book" BaseType="n.item"/>"#,
        "AnyItem",
        expect![[r#"
            /// An object of type `n.item` or of a type derived from it.
            ///
            /// A type that the schema does not know is kept as the base type, with its `@odata.type`.
            #[non_exhaustive]
            pub enum AnyItem {
                /// The base type `n.item`, or a derived type that is not known.
                Item(Box<Item>),
                /// The derived type `n.book`.
                Book(Box<super::Book>),
            }
        "#]],
    );
}

#[test]
fn a_setter_of_an_update() {
    check_emit(
        &entity(r#"<Property Name="title" Type="Edm.String"/>"#),
        "BookUpdate::title",
        expect![[r#"
            impl BookUpdate {
                /// Sets [`Book::title`].
                pub fn title(self, value: impl IntoNullable<String>) -> Self {
                    Self(self.0.with_nullable("title", value))
                }
            }
        "#]],
    );
}

#[test]
fn a_setter_that_takes_no_null() {
    check_emit(
        &entity(r#"<Property Name="pages" Type="Edm.Int32" Nullable="false"/>"#),
        "BookUpdate::pages",
        expect![[r#"
            impl BookUpdate {
                /// Sets [`Book::pages`].
                pub fn pages(self, value: impl IntoValue<i32>) -> Self {
                    Self(self.0.with("pages", value))
                }
            }
        "#]],
    );
}

#[test]
fn the_requests_of_an_entity() {
    check_emit(
        &entity(""),
        "impl BookPath",
        expect![[r#"
            impl BookPath {
                /// Reads the entity: `GET /books({id})`.
                #[doc(alias = "get book")]
                #[inline]
                pub fn get(&self) -> Request<Book> {
                    self.0.get()
                }
                /// Changes the entity: `PATCH /books({id})`.
                ///
                /// Returns the changed entity, or nothing if the service answers with 204.
                #[doc(alias = "update book")]
                pub fn update(&self, update: impl model::IntoBody<Book>) -> Request<Option<Book>> {
                    self.0.update_as(update)
                }
                /// Replaces the entity: `PUT /books({id})`.
                ///
                /// Members that the value does not have are set to their defaults.
                pub fn replace(&self, value: impl model::IntoBody<Book>) -> Request<Option<Book>> {
                    self.0.replace_as(value)
                }
                /// Deletes the entity: `DELETE /books({id})`.
                #[doc(alias = "delete book")]
                #[inline]
                pub fn delete(&self) -> Request<()> {
                    self.0.delete()
                }
            }
        "#]],
    );
}

#[test]
fn an_entity_by_its_key() {
    check_emit(
        &entity(""),
        "BookCollectionPath::id",
        expect![[r#"
            impl BookCollectionPath {
                /// The entity with this key: `/books({id})`.
                pub fn id(&self, id: impl IntoKey<String>) -> BookPath {
                    BookPath(self.0.key(Literal::key(id)))
                }
            }
        "#]],
    );
}

#[test]
fn a_navigation_property() {
    check_emit(
        &entity(
            r#"<NavigationProperty Name="parts" Type="Collection(n.book)" ContainsTarget="true"/>"#,
        ),
        "BookPath::parts",
        expect![[r#"
            impl BookPath {
                /// The related entities: `/books({id})/parts`.
                #[inline]
                pub fn parts(&self) -> BookCollectionPath {
                    BookCollectionPath(self.0.child("parts"))
                }
            }
        "#]],
    );
}

#[test]
fn a_bound_action() {
    let action = r#"<Action Name="lend" IsBound="true"><Parameter Name="book" Type="n.book"/>
        <Parameter Name="until" Type="Edm.Date"/></Action>"#;
    check_emit(
        &(entity("") + action),
        "BookPath::lend",
        expect![[r#"
            impl BookPath {
                /// Calls the action: `POST /books({id})/n.lend`.
                pub fn lend(
                    &self,
                    parameters: impl model::IntoBody<super::BookLendParameters>,
                ) -> Request<()> {
                    self.0.child("n.lend").invoke_as(parameters)
                }
            }
        "#]],
    );
}

#[test]
fn the_parameters_of_an_action() {
    let action = r#"<Action Name="lend" IsBound="true"><Parameter Name="book" Type="n.book"/>
        <Parameter Name="until" Type="Edm.Date"/></Action>"#;
    check_emit(
        &(entity("") + action),
        "BookLendParameters::until",
        expect![[r#"
            impl BookLendParameters {
                /// The parameter `until`.
                pub fn until(self, value: impl IntoNullable<edm::Date>) -> Self {
                    Self(self.0.with_nullable("until", value))
                }
            }
        "#]],
    );
}

#[test]
fn a_bound_function() {
    let function = r#"<Function Name="copies" IsBound="true"><Parameter Name="book" Type="n.book"/>
        <Parameter Name="since" Type="Edm.Date" Nullable="false"/><ReturnType Type="Edm.Int32" Nullable="false"/></Function>"#;
    check_emit(
        &(entity("") + function),
        "BookPath::copies",
        expect![[r#"
            impl BookPath {
                /// Calls the function: `GET /books({id})/n.copies(since={since})`.
                pub fn copies(&self, since: impl IntoValue<edm::Date>) -> Request<i32> {
                    self.0.child("n.copies").arguments(&[("since", Some(Literal::of(since)))]).get()
                }
            }
        "#]],
    );
}

#[test]
fn a_composable_function_returns_a_path() {
    let function = r#"<Function Name="original" IsBound="true" IsComposable="true" EntitySetPath="book">
        <Parameter Name="book" Type="n.book"/><ReturnType Type="n.book"/></Function>"#;
    check_emit(
        &(entity("") + function),
        "BookPath::original",
        expect![[r#"
            impl BookPath {
                /// Calls the function: `/books({id})/n.original()`.
                #[inline]
                pub fn original(&self) -> BookPath {
                    BookPath(self.0.child("n.original").arguments(&[]))
                }
            }
        "#]],
    );
}

#[test]
fn a_media_entity() {
    let elements = entity("").replace("Name=\"book\">", "Name=\"book\" HasStream=\"true\">");
    check_emit(
        &elements,
        "media_path!(BookPath, Book)",
        expect![[r#"
        schemacrate_runtime::media_path!(BookPath, Book);
    "#]],
    );
}

#[test]
fn a_deprecated_member() {
    let revisions = r#"<Property Name="isbn" Type="Edm.String">
        <Annotation Term="Org.OData.Core.V1.Revisions"><Collection><Record>
        <PropertyValue Property="Kind" EnumMember="Org.OData.Core.V1.RevisionKind/Deprecated"/>
        <PropertyValue Property="Description" String="Use `ean`."/></Record></Collection></Annotation></Property>"#;
    check_emit(
        &entity(revisions),
        "Book",
        expect![[r#"
            /// The entity type `n.book`.
            #[doc(alias = "n.book")]
            #[derive(Default)]
            #[non_exhaustive]
            pub struct Book {
                /// The property `id`, the key, never null.
                pub id: Option<String>,
                /// The property `isbn`.
                #[deprecated(note = "Use \\`ean\\`.")]
                pub isbn: Option<String>,
                /// Members that the service sent besides those above, annotations included.
                pub additional: model::Additional,
            }
        "#]],
    );
}

#[test]
fn a_set_that_is_only_read() {
    let restricted = r#"<EntitySet Name="books" EntityType="n.book">
        <Annotation Term="Org.OData.Capabilities.V1.InsertRestrictions"><Record>
        <PropertyValue Property="Insertable" Bool="false"/></Record></Annotation></EntitySet>"#;
    let elements =
        entity("").replace(r#"<EntitySet Name="books" EntityType="n.book"/>"#, restricted);
    check_emit(
        &elements,
        "impl BookCollectionPath",
        expect![[r#"
            impl BookCollectionPath {
                /// Reads the first page: `GET /books`.
                #[doc(alias = "list books")]
                #[inline]
                pub fn list(&self) -> Request<Page<Book>> {
                    self.0.list()
                }
                /// The entity with this key: `/books({id})`.
                pub fn id(&self, id: impl IntoKey<String>) -> BookPath {
                    BookPath(self.0.key(Literal::key(id)))
                }
            }
        "#]],
    );
}

#[test]
fn an_alternate_key() {
    let key = r#"<Property Name="isbn" Type="Edm.String" Nullable="false"/>
        <Annotation Term="Org.OData.Core.V1.AlternateKeys"><Collection><Record>
        <PropertyValue Property="Key"><Collection><Record><PropertyValue Property="Name" PropertyPath="isbn"/>
        <PropertyValue Property="Alias" String="isbn"/></Record></Collection></PropertyValue></Record></Collection></Annotation>"#;
    check_emit(
        &entity(key),
        "BookCollectionPath::by_isbn",
        expect![[r#"
            impl BookCollectionPath {
                /// The entity with this alternate key: `/books(isbn={isbn})`.
                pub fn by_isbn(&self, isbn: impl IntoKey<String>) -> BookPath {
                    BookPath(self.0.compound_key(&[("isbn", Literal::key(isbn))]))
                }
            }
        "#]],
    );
}

#[test]
fn a_path_through_a_complex_property() {
    let complex = r#"<ComplexType Name="origin"><NavigationProperty Name="source" Type="n.book"/></ComplexType>"#;
    let elements = entity(r#"<Property Name="origin" Type="n.origin"/>"#) + complex;
    check_emit(
        &elements,
        "OriginPath::source",
        expect![[r#"
            impl OriginPath {
                /// The related entity: `/books({id})/origin/source`.
                #[inline]
                pub fn source(&self) -> super::BookPath {
                    super::BookPath(self.0.child("source"))
                }
            }
        "#]],
    );
}

#[test]
fn a_member_whose_name_is_a_keyword() {
    check_emit(
        r#"<ComplexType Name="book"><Property Name="self" Type="Edm.String"/></ComplexType>"#,
        "impl Book",
        expect![[r#"
            impl Book {
                /// `self`, for queries.
                pub const SELF: Property<Self, String> = Property::new("self");
            }
        "#]],
    );
}

#[test]
fn a_singleton_of_the_client() {
    let elements = entity("").replace(
        r#"<EntitySet Name="books" EntityType="n.book"/>"#,
        r#"<Singleton Name="latest" Type="n.book"/>"#,
    );
    check_emit(
        &elements,
        "Client::latest",
        expect![[r#"
            impl Client {
                /// The singleton: `/latest`.
                #[inline]
                pub fn latest(&self) -> n::BookPath {
                    n::BookPath(self.0.resource("latest"))
                }
            }
        "#]],
    );
}

#[test]
fn a_type_definition() {
    let definition = r#"<TypeDefinition Name="isbn" UnderlyingType="Edm.String" MaxLength="13">
        <Annotation Term="Org.OData.Core.V1.Description" String="The number of a book. It never changes."/>
        <Annotation Term="Org.OData.Validation.V1.Pattern" String="^[0-9]+$"/>
        <Annotation Term="Org.OData.Core.V1.Revisions"><Collection><Record>
        <PropertyValue Property="Kind" EnumMember="Org.OData.Core.V1.RevisionKind/Deprecated"/>
        <PropertyValue Property="Description" String="Use `ean`."/></Record></Collection></Annotation>
        </TypeDefinition>"#;
    check_emit(
        definition,
        "Isbn",
        expect![[r#"
            /// The number of a book.
            ///
            /// It never changes.
            ///
            /// Wire name `n.isbn`, underlying type `Edm.String`, at most 13 long, of the form
            /// `^[0-9]+$`.
            #[doc(alias = "n.isbn")]
            #[deprecated(note = "Use \\`ean\\`.")]
            pub type Isbn = String;
        "#]],
    );
    check_emit(
        r#"<TypeDefinition Name="weight" UnderlyingType="Edm.Decimal" Precision="9" Scale="3"/>"#,
        "Weight",
        expect![[r#"
            /// The type definition `n.weight`, underlying type `Edm.Decimal`, `Precision=9`, `Scale=3`.
            #[doc(alias = "n.weight")]
            pub type Weight = edm::Decimal;
        "#]],
    );
}

#[test]
fn a_type_definition_that_is_called_as_what_its_file_uses() {
    let elements = r#"<TypeDefinition Name="Decimal" UnderlyingType="Edm.Decimal"/>
        <TypeDefinition Name="String" UnderlyingType="Edm.String"/>
        <TypeDefinition Name="Self" UnderlyingType="Edm.Guid"/>
        <TypeDefinition Name="Option" UnderlyingType="Edm.Boolean"/>
        <ComplexType Name="optionBook"><Property Name="is" Type="n.Option"/></ComplexType>
        <ComplexType Name="decimalBook"><Property Name="price" Type="n.Decimal"/></ComplexType>"#;
    check_emit(
        elements,
        "Decimal",
        expect![[r#"
            /// The type definition `n.Decimal`, underlying type `Edm.Decimal`.
            #[doc(alias = "n.Decimal")]
            pub type Decimal = edm::Decimal;
        "#]],
    );
    check_emit(
        elements,
        "String",
        expect![[r#"
            /// The type definition `n.String`, underlying type `Edm.String`.
            #[doc(alias = "n.String")]
            pub type String = ::std::string::String;
        "#]],
    );
    check_emit(
        elements,
        "Self_",
        expect![[r#"
            /// The type definition `n.Self`, underlying type `Edm.Guid`.
            #[doc(alias = "n.Self")]
            pub type Self_ = edm::Guid;
        "#]],
    );
    check_emit(
        elements,
        "OptionBook",
        expect![[r#"
            /// The complex type `n.optionBook`.
            #[doc(alias = "n.optionBook")]
            #[derive(Default)]
            #[non_exhaustive]
            pub struct OptionBook {
                /// The property `is`, type `n.Option`.
                pub is: ::std::option::Option<bool>,
                /// Members that the service sent besides those above, annotations included.
                pub additional: model::Additional,
            }
        "#]],
    );
    check_emit(
        elements,
        "DecimalBook",
        expect![[r#"
            /// The complex type `n.decimalBook`.
            #[doc(alias = "n.decimalBook")]
            #[derive(Default)]
            #[non_exhaustive]
            pub struct DecimalBook {
                /// The property `price`, type `n.Decimal`.
                pub price: Option<edm::Decimal>,
                /// Members that the service sent besides those above, annotations included.
                pub additional: model::Additional,
            }
        "#]],
    );
}

#[test]
fn a_type_definition_takes_no_name_that_anything_else_wants() {
    let elements = r#"<TypeDefinition Name="Book" UnderlyingType="Edm.String"/>
        <TypeDefinition Name="BookUpdate" UnderlyingType="Edm.String"/>
        <ComplexType Name="book"><Property Name="title" Type="Edm.String"/></ComplexType>"#;
    check_emit(
        elements,
        "Book_",
        expect![[r#"
            /// The type definition `n.Book`, underlying type `Edm.String`.
            #[doc(alias = "n.Book")]
            pub type Book_ = String;
        "#]],
    );
    check_emit(
        elements,
        "BookUpdate_",
        expect![[r#"
            /// The type definition `n.BookUpdate`, underlying type `Edm.String`.
            #[doc(alias = "n.BookUpdate")]
            pub type BookUpdate_ = String;
        "#]],
    );
}
