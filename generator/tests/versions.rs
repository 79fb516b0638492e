//! What versions of types cost, and how they are named in slices and comparisons.

#![allow(clippy::unwrap_used)] // A test may panic.

use expect_test::expect;
use schemacrate::config::Config;
use schemacrate::config::Unresolved;
use schemacrate::internals::slice::{Pattern, Sliced, slice};
use schemacrate::review::{Bump, Side, diff};
use std::fmt::Write as _;
use test_support::{edmx, generated, schema, session};
use time::{Date, Month};

/// A service in the manner of Redfish: some resources that refer to each other, and as many versions of
/// each, of which each adds two members to the one before. `letter` begins the name of a version.
fn service(resources: usize, versions: usize, letter: char) -> String {
    let first = format!("{letter}1_0_0");
    let mut schemas = schema(
        "Resource",
        r#"<EntityType Name="Resource" Abstract="true"><Key><PropertyRef Name="Id"/></Key>
<Property Name="Id" Type="Edm.String" Nullable="false"/></EntityType><ComplexType Name="Links" Abstract="true"/>"#,
    );
    schemas += &schema(
        &format!("Resource.{first}"),
        r#"<EntityType Name="Resource" BaseType="Resource.Resource" Abstract="true"><Property Name="Name" Type="Edm.String"/></EntityType>"#,
    );
    let mut sets = String::new();
    for number in 0..resources {
        let name = format!("Thing{number}");
        let other = format!("Thing{}", (number + 1) % resources);
        let _ = write!(sets, r#"<EntitySet Name="{name}s" EntityType="{name}.{name}"/>"#);
        schemas += &schema(
            &name,
            &format!(
                r#"<EntityType Name="{name}" BaseType="Resource.{first}.Resource" Abstract="true"/>"#
            ),
        );
        let members: String = (0..12)
            .map(|at| format!(r#"<Property Name="First{at}" Type="Edm.String"/>"#))
            .collect();
        schemas += &schema(
            &format!("{name}.{first}"),
            &format!(
                r#"<EntityType Name="{name}" BaseType="{name}.{name}">{members}<Property Name="Links" Type="{name}.{first}.Links"/>
<NavigationProperty Name="Parts" Type="Collection({other}.{other})" ContainsTarget="true"/></EntityType>
<ComplexType Name="Links" BaseType="Resource.Links"><NavigationProperty Name="Owner" Type="{other}.{other}"/></ComplexType>"#
            ),
        );
        for version in 1..versions {
            let before = format!("{name}.{letter}1_{}_0", version - 1);
            schemas += &schema(
                &format!("{name}.{letter}1_{version}_0"),
                &format!(
                    r#"<EntityType Name="{name}" BaseType="{before}.{name}"><Property Name="One{version}" Type="Edm.Int64"/></EntityType>
<ComplexType Name="Links" BaseType="{before}.Links"><Property Name="Two{version}" Type="Edm.String"/></ComplexType>"#
                ),
            );
        }
    }
    edmx(
        &(schemas
            + &schema(
                "Root",
                &format!(r#"<EntityContainer Name="Service">{sets}</EntityContainer>"#),
            )),
    )
}

/// The lines of the crate, without the registry.
fn lines(resources: usize, versions: usize, letter: char) -> usize {
    let crate_ = generated(service(resources, versions, letter), &Config::new("things", "out"));
    let files = crate_.tree.iter().filter(|(path, _)| !path.contains("/registry/"));
    files.map(|(_, text)| text.lines().count()).sum()
}

/// A member costs what it costs in any type: a field, a constant, a slot, a view, a setter, and their
/// documentation.
#[test]
fn a_version_costs_what_its_members_cost() {
    let [one, two, many] = [1, 2, 25].map(|versions| lines(8, versions, 'v'));
    let version = two - one;
    assert!(version <= 8 * 2 * 22, "{version}");
    assert!(many - one <= 24 * (version + 8), "{one} {two} {many}");
    // The same types, whose namespaces do not say that they are versions.
    let plain = lines(8, 25, 'r');
    assert!(plain > 10 * many, "{plain} {many}");
}

#[test]
fn slices_take_the_name_of_any_version() {
    let text = service(3, 3, 'v');
    let model = session("s.csdl", &text).read(Unresolved::Error).unwrap().with_merged_versions();
    let outline = |include: &str, exclude: &[&str]| {
        let parse = |text: &&str| Pattern::parse(text).unwrap();
        let exclude: Vec<Pattern> = exclude.iter().map(parse).collect();
        let Sliced { model, slips, .. } = slice(&model, &[parse(&include)], &exclude);
        assert!(slips.is_empty(), "{slips:?}");
        let members = model.structured_types.iter().map(|one| {
            let properties = one.properties.iter().map(|one| one.name.as_str());
            let navigations = one.navigation_properties.iter().map(|one| one.name.as_str());
            let count = properties.chain(navigations).count();
            format!("{}: {count} members, {} versions\n", one.name, one.versions.len())
        });
        members.collect::<String>()
    };
    expect![[r#"
        Resource.Resource: 2 members, 1 versions
        Resource.Links: 0 members, 0 versions
        Thing1.Thing1: 15 members, 3 versions
        Thing1.v1_0_0.Links: 2 members, 2 versions
    "#]]
    .assert_eq(&outline("Thing1.v1_1_0.Thing1", &[]));
    // No cast is needed for what a version declares.
    expect![[r#"
        Resource.Resource: 2 members, 1 versions
        Resource.Links: 0 members, 0 versions
        Thing0.Thing0: 16 members, 3 versions
        Thing0.v1_0_0.Links: 2 members, 2 versions
        Thing1.Thing1: 13 members, 3 versions
    "#]]
    .assert_eq(&outline("/Thing0s/{id}/Parts", &["Thing1.v1_2_0.Links", "Thing1.Thing1/One1"]));
}

/// A new version is what it adds, on the wire and in the crate.
#[test]
fn a_new_version_is_minor() {
    let side = |versions| {
        let session = session("s.csdl", service(2, versions, 'v'));
        Side::read(session, &Config::new("things", "out")).unwrap()
    };
    let today = Date::from_calendar_date(2026, Month::November, 30).unwrap();
    let report = diff(&side(2), &side(3), &[], today);
    let changes = report.changes.iter().filter(|one| one.target.starts_with("Thing0"));
    let shown: Vec<String> =
        changes.map(|one| format!("{} {}: {:?}", one.rule.id, one.target, one.bump)).collect();
    expect![[r#"
        property-added Thing0.Thing0/One2: Minor
        property-added Thing0.v1_0_0.Links/Two2: Minor
        schema-added Thing0.v1_2_0: None"#]]
    .assert_eq(&shown.join("\n"));
    assert_eq!((report.bump(), report.wire_breaks()), (Bump::Minor, 0));
    let report = diff(&side(3), &side(2), &[], today);
    assert_eq!(report.bump(), Bump::Major);
}
