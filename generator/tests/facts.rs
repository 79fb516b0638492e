//! What an annotation or a hierarchy means is the same to the planner, to URLs, and to comparisons.

use schemacrate::Schema;
use schemacrate::config::Config;
use schemacrate::config::Unresolved;
use schemacrate::internals::binding::{Lookup, resource_path};
use schemacrate::internals::url::Url;
use schemacrate::review::{Report, Side, diff};
use test_support::session;
use time::{Date, Month};
use toml::Spanned;

const COMMUNITY: &str = "OData.Community.Keys.V1.AlternateKeys";
const CORE: &str = "Org.OData.Core.V1.AlternateKeys";

/// A service of things, whose type has these members, and these other elements of the schema.
fn service(members: &str, elements: &str) -> String {
    format!(
        r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="s" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="thing"><Key><PropertyRef Name="id"/></Key>
<Property Name="id" Type="Edm.String" Nullable="false"/>{members}</EntityType>{elements}
<EntityContainer Name="c"><EntitySet Name="things" EntityType="s.thing"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>"#
    )
}

/// A thing with an alternate key, by the name of the term.
fn keyed(term: &str, name: &str) -> String {
    let members = format!(
        r#"<Property Name="{name}" Type="Edm.String"/><Annotation Term="{term}"><Collection><Record>
<PropertyValue Property="Key"><Collection><Record><PropertyValue Property="Name" PropertyPath="{name}"/>
</Record></Collection></PropertyValue></Record></Collection></Annotation>"#
    );
    service(&members, "")
}

fn config() -> Config {
    Config::new("client", "client")
}

/// The file of the things in the crate for a document.
fn generated(document: &str) -> String {
    let made = session("s.csdl", document).generate(&config());
    let made = made.unwrap_or_else(|error| panic!("{error}"));
    made.tree.get("src/s/thing_types.rs").expect("the file").to_owned()
}

fn compared(old: &str, new: &str) -> Report {
    let side = |name: &str, document: &str| {
        Side::read(session(name, document), &config()).unwrap_or_else(|error| panic!("{error}"))
    };
    let today = Date::from_calendar_date(2026, Month::November, 24).expect("a day");
    diff(&side("old.csdl", old), &side("new.csdl", new), &[], today)
}

/// The rules of the changes, each with its target.
fn rules(report: &Report) -> Vec<(&str, &str)> {
    report.changes.iter().map(|one| (one.rule.id, one.target.as_str())).collect()
}

#[test]
fn alternate_keys_of_the_community_are_keys_to_the_crate_and_to_urls() {
    for term in [CORE, COMMUNITY] {
        let document = keyed(term, "mail");
        let file = generated(&document);
        assert!(
            file.contains("pub fn by_mail(&self, mail: impl IntoKey<String>)"),
            "{term}\n{file}"
        );
        let model = session("s.csdl", &document).read(Unresolved::Error).unwrap();
        let lookup = Lookup::new(&model, &[]);
        let url = |text| Url::parse(text).unwrap();
        assert!(resource_path(&lookup, &url("things(mail='a')").path).is_ok(), "{term}");
        assert!(resource_path(&lookup, &url("things(name='a')").path).is_err(), "{term}");
    }
}

#[test]
fn alternate_keys_are_compared_whatever_their_term_is_called() {
    let moved = compared(&keyed(COMMUNITY, "mail"), &keyed(CORE, "mail"));
    assert_eq!(rules(&moved), [], "the keys are the same");
    let none = service(r#"<Property Name="mail" Type="Edm.String"/>"#, "");
    for term in [CORE, COMMUNITY] {
        let report = compared(&none, &keyed(term, "mail"));
        assert_eq!(rules(&report), [("alternate-key-added", "s.thing")], "{term}");
        // The crate has the key, so the change explains its method.
        assert_eq!(report.changes[0].rust.len(), 1, "{term}");
    }
}

/// As many types derived from the thing.
fn derived(count: usize) -> String {
    let one = |at| format!(r#"<EntityType Name="thing{at}" BaseType="s.thing"/>"#);
    service("", &(0..count).map(one).collect::<String>())
}

/// The paths of a base are too wide for casts where a new derived type is nothing new to readers.
#[test]
fn a_base_is_as_wide_to_the_comparison_as_to_the_planner() {
    for (count, is_narrow) in [(64, true), (65, true), (256, true), (257, false)] {
        let file = generated(&derived(count));
        assert!(file.contains("pub enum AnyThing"), "{count}");
        assert_eq!(file.contains("pub fn as_thing0(&self)"), is_narrow, "{count}");
        let report = compared(&derived(count), &derived(count + 1));
        let rule = if is_narrow { "derived-type-added" } else { "entity-type-added" };
        let target = format!("s.thing{count}");
        assert!(rules(&report).contains(&(rule, target.as_str())), "{count} {:?}", rules(&report));
    }
}

/// What only the service writes has no setter, and need not be sent.
#[test]
fn a_member_that_can_only_be_read_is_not_required() {
    let permissions = |attribute: &str| {
        let member = format!(
            r#"<Property Name="at" Type="Edm.Date" Nullable="false"><Annotation
Term="Org.OData.Core.V1.Permissions" {attribute}/></Property>"#
        );
        service(&member, "")
    };
    let writable = r#"EnumMember="Org.OData.Core.V1.Permission/ReadWrite""#;
    let ways = [
        (r#"EnumMember="Org.OData.Core.V1.Permission/Read""#, false),
        (r#"String="Read""#, false),
        (writable, true),
        (r#"String="Read,Write""#, true),
    ];
    for (attribute, is_writable) in ways {
        let document = permissions(attribute);
        let file = generated(&document);
        let (_, update) = file.split_once("impl ThingUpdate {").unwrap();
        assert_eq!(update.contains("pub fn at("), is_writable, "{attribute}");
        let rule = if is_writable { "property-added-required" } else { "property-added" };
        assert_eq!(
            rules(&compared(&service("", ""), &document)),
            [(rule, "s.thing/at")],
            "{attribute}"
        );
        let withdrawn = compared(&permissions(writable), &document);
        let is_computed = rules(&withdrawn).contains(&("computed-set", "s.thing/at"));
        assert_eq!(is_computed, !is_writable, "{attribute}");
    }
}

/// Whoever creates an object names it, unless the service computes the key.
#[test]
fn a_key_that_can_only_be_read_is_set_on_creation() {
    let read = r#"<Annotation Term="Org.OData.Core.V1.Permissions" String="Read"/>"#;
    let computed = r#"<Annotation Term="Org.OData.Core.V1.Computed"/>"#;
    for (annotations, facts) in [
        (String::new(), Some("the key.")),
        (read.to_owned(), Some("the key, set on creation only.")),
        (computed.to_owned(), None),
        ([read, computed].concat(), None),
    ] {
        let id = r#"<Property Name="id" Type="Edm.String" Nullable="false""#;
        let annotated = format!("{id}>{annotations}</Property>");
        let file = generated(&service("", "").replace(&format!("{id}/>"), &annotated));
        let (_, update) = file.split_once("impl ThingUpdate {").unwrap();
        let setter = "    pub fn id(self";
        assert_eq!(update.contains(setter), facts.is_some(), "{annotations}");
        if let Some(facts) = facts {
            let documented = format!("/// Sets [`Thing::id`], {facts}\n{setter}");
            assert!(update.contains(&documented), "{annotations} {update}");
        }
    }
}

/// A path goes through a complex value, so what is below one has a request.
#[test]
fn a_change_names_the_requests_through_complex_values() {
    let document = |member: &str| {
        let elements = format!(
            r#"<ComplexType Name="place"><NavigationProperty Name="country" Type="s.country" ContainsTarget="true"/></ComplexType>
<EntityType Name="country">{member}</EntityType>"#
        );
        service(r#"<Property Name="home" Type="s.place"/>"#, &elements)
    };
    let added = document(r#"<Property Name="name" Type="Edm.String"/>"#);
    let report = compared(&document(""), &added);
    assert_eq!(rules(&report), [("property-added", "s.country/name")]);
    assert_eq!(report.changes[0].requests, ["GET /things/{id}/home/country"]);
}

/// Things and books; both can be searched and peeked into. The graph of the service decides which of the
/// operations a path calls.
fn searched(found_by: &str) -> String {
    let search = |of: &str, parameters: [&str; 2]| {
        let parameters =
            parameters.map(|name| format!(r#"<Parameter Name="{name}" Type="Edm.String"/>"#));
        format!(
            r#"<Function Name="search" IsBound="true"><Parameter Name="of" Type="Collection(s.{of})"/>
{}<ReturnType Type="{found_by}{of}s"/></Function>"#,
            parameters.concat()
        )
    };
    let elements = format!(
        r#"<EntityType Name="book" BaseType="s.thing"/>
<ComplexType Name="things"/><ComplexType Name="books"/>{}{}
<Action Name="peek" IsBound="true"><Parameter Name="into" Type="s.thing"/>
<Parameter Name="depth" Type="Edm.Int32"/></Action>
<Function Name="peek" IsBound="true"><Parameter Name="into" Type="s.book"/>
<ReturnType Type="Edm.String"/></Function>"#,
        search("thing", ["text", "language"]),
        search("book", ["language", "text"]),
    );
    service("", &elements)
}

#[test]
fn an_operation_of_a_derived_type_hides_the_one_that_is_called_the_same_way() {
    let document = searched("s.");
    let file = generated(&document);
    let calls = |of: &str, call: &str| {
        let (_, path) = file.split_once(&format!("impl {of} {{")).unwrap();
        path.split("\nimpl ").next().unwrap().matches(call).count()
    };
    let books = {
        let made = session("s.csdl", &document).generate(&config()).unwrap();
        made.tree.get("src/s/book_types.rs").unwrap().to_owned()
    };
    assert_eq!(calls("ThingCollectionPath", "pub fn search"), 1);
    assert_eq!(books.matches("pub fn search").count(), 1, "{books}");
    // A function and an action are called by different verbs.
    assert_eq!(calls("ThingPath", "pub fn peek"), 1);
    let is_called =
        |by: &str| books.lines().any(|line| line.contains(by) && line.contains("s.peek"));
    assert!(is_called("`POST /") && is_called("`GET /"), "{books}");
    let model = session("s.csdl", &document).read(Unresolved::Error).unwrap();
    let lookup = Lookup::new(&model, &[]);
    for (of, expected) in [("things", "`s.things`"), ("things/s.book", "`s.books`")] {
        let url = Url::parse(&format!("{of}/s.search(text='a',language='b')")).unwrap();
        let path = resource_path(&lookup, &url.path).unwrap();
        assert_eq!(lookup.describe(path.last().unwrap().target), expected);
    }
    // A slice has what its paths call.
    let mut config = config();
    config.slice.include = vec![Spanned::new(0..0, "/things/s.book/search".to_owned())];
    let sliced = session("s.csdl", &document).plan(&config).unwrap();
    let Schema::OData(sliced) = sliced.schema else { panic!("a service") };
    assert_eq!(sliced.model.operations.len(), 1);
    assert!(sliced.model.type_named("s.books").is_some());
    assert!(sliced.model.type_named("s.things").is_none());
}

/// A property with an entity type is against the rules. Its value has no path.
#[test]
fn a_property_with_an_entity_type_is_the_end_of_a_path() {
    let document = |member: &str| {
        let elements = format!(
            r#"<EntityType Name="maker">{member}
<NavigationProperty Name="home" Type="s.home" ContainsTarget="true"/></EntityType>
<EntityType Name="home"/>"#
        );
        service(r#"<Property Name="maker" Type="s.maker"/>"#, &elements)
    };
    let old = document("");
    assert!(!generated(&old).contains("pub fn maker(&self) -> MakerPath"));
    let report = compared(&old, &document(r#"<Property Name="name" Type="Edm.String"/>"#));
    assert_eq!(rules(&report), [("property-added", "s.maker/name")]);
    // The thing holds the maker, and no path continues from there.
    assert_eq!(report.changes[0].requests, ["GET /things", "GET /things/{id}"]);
}
