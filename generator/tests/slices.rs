//! What patterns keep of a service, what they report, and what is wrong with those that keep nothing.

#![allow(clippy::unwrap_used)] // A test may panic.

use expect_test::{Expect, expect};
use schemacrate::config::{Config, Unresolved};
use schemacrate::internals::edm::Model;
use schemacrate::internals::slice::{Pattern, Sliced, slice, why};
use std::fmt::Write as _;
use test_support::{document, session, shared};
use toml::Spanned;

/// An office: folders contain files, files refer to people, and people have rooms and devices.
const ELEMENTS: &str = r#"
<EntityType Name="entity" Abstract="true"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
<EntityType Name="person" BaseType="n.entity">
  <Property Name="name" Type="Edm.String"/>
  <Property Name="address" Type="n.address"/>
  <NavigationProperty Name="folder" Type="n.folder" ContainsTarget="true"/>
  <NavigationProperty Name="room" Type="n.room"/>
  <NavigationProperty Name="devices" Type="Collection(n.device)"/>
</EntityType>
<EntityType Name="folder" BaseType="n.entity">
  <NavigationProperty Name="files" Type="Collection(n.file)" ContainsTarget="true"/>
  <NavigationProperty Name="owner" Type="n.person"/>
</EntityType>
<EntityType Name="file" BaseType="n.entity">
  <Property Name="size" Type="n.size"/>
  <NavigationProperty Name="author" Type="n.person"/>
  <NavigationProperty Name="printedOn" Type="n.device"/>
  <NavigationProperty Name="anything" Type="Edm.EntityType"/>
</EntityType>
<EntityType Name="picture" BaseType="n.file">
  <NavigationProperty Name="frames" Type="Collection(n.frame)" ContainsTarget="true"/>
</EntityType>
<EntityType Name="frame" BaseType="n.entity"><Property Name="colour" Type="n.colour"/></EntityType>
<EntityType Name="room" BaseType="n.entity"><NavigationProperty Name="devices" Type="Collection(n.device)"/></EntityType>
<EntityType Name="device" BaseType="n.entity"><Property Name="model" Type="n.deviceModel"/></EntityType>
<EntityType Name="printer" BaseType="n.device"/>
<ComplexType Name="address"><Property Name="city" Type="Edm.String"/><Property Name="country" Type="n.country"/></ComplexType>
<ComplexType Name="deviceModel"><Property Name="name" Type="Edm.String"/></ComplexType>
<ComplexType Name="size"><Property Name="bytes" Type="Edm.Int64"/></ComplexType>
<ComplexType Name="share"><Property Name="until" Type="Edm.Date"/></ComplexType>
<EnumType Name="colour"><Member Name="red"/></EnumType>
<EnumType Name="country"><Member Name="fr"/></EnumType>
<Action Name="send" IsBound="true"><Parameter Name="file" Type="n.file"/><Parameter Name="how" Type="n.share"/></Action>
<Function Name="largest" IsBound="true" IsComposable="true"><Parameter Name="of" Type="Collection(n.file)"/><ReturnType Type="n.file"/></Function>
<EntityContainer Name="office">
  <EntitySet Name="people" EntityType="n.person"><NavigationPropertyBinding Path="room" Target="rooms"/></EntitySet>
  <EntitySet Name="rooms" EntityType="n.room"/>
  <Singleton Name="me" Type="n.person"/>
</EntityContainer>"#;

fn office() -> Model {
    session("office.csdl", document(ELEMENTS)).read(Unresolved::Error).unwrap()
}

fn patterns(texts: &[&str]) -> Vec<Pattern> {
    texts.iter().map(|text| Pattern::parse(text).unwrap()).collect()
}

/// The types of a part with the navigation properties that they declare, its operations, and what was
/// reported.
fn outline(include: &[&str], exclude: &[&str]) -> String {
    let office = office();
    let Sliced { model, slips, brought } = slice(&office, &patterns(include), &patterns(exclude));
    assert!(slips.is_empty(), "{slips:?}");
    let mut text = String::new();
    for declared in &model.structured_types {
        let members = declared.properties.iter().map(|one| one.name.clone());
        let navigations = declared.navigation_properties.iter();
        let members: Vec<String> =
            members.chain(navigations.map(|one| format!("{} →", one.name))).collect();
        let _ = writeln!(text, "{}: {}", declared.name.name, members.join(", "));
    }
    let enums: Vec<&str> = model.enum_types.iter().map(|one| one.name.name.as_str()).collect();
    let operations: Vec<&str> = model.operations.iter().map(|one| one.name.name.as_str()).collect();
    let _ = writeln!(text, "enums {enums:?}, operations {operations:?}");
    for line in brought.lines(include.iter().copied()) {
        let _ = writeln!(text, "{line}");
    }
    text
}

#[test]
fn two_stars_follow_containment() {
    // The person is on the path only, and the author of a file is a person. No device is kept, so no file
    // is printed on one. Derived types, what they contain, and what operations need come along.
    expect![[r#"
        entity: id
        person: name, address, folder →
        folder: files →, owner →
        file: size, author →, anything →
        picture: frames →
        frame: colour
        address: city, country
        size: bytes
        share: until
        enums ["colour", "country"], operations ["send", "largest"]
        `/me/folder/**` brings 11 types
        most types come with `n.folder/files` (6), `n.person/address` (2)
    "#]]
    .assert_eq(&outline(&["/me/folder/**"], &[]));
}

#[test]
fn a_member_is_kept_if_its_type_is_kept_by_another_pattern_whatever_the_order() {
    let outlines = [["/me/folder/**", "n.device"], ["n.device", "/me/folder/**"]].map(|include| {
        let office = office();
        let part = slice(&office, &patterns(&include), &[]).model;
        let file = part.structured_types.iter().find(|one| one.name.name == "file").unwrap();
        let names = file.navigation_properties.iter().map(|one| one.name.clone());
        names.collect::<Vec<String>>()
    });
    assert_eq!(outlines[0], ["author", "printedOn", "anything"]);
    assert_eq!(outlines[0], outlines[1]);
}

#[test]
fn references_are_kept_on_request_but_not_followed() {
    // A device is kept with its derived types; nothing leads on from a person that is an owner only.
    expect![[r#"
        entity: id
        person: name, address, folder →
        folder: files →, owner →
        file: size, author →, printedOn →, anything →
        picture: frames →
        frame: colour
        device: model
        printer: 
        address: city, country
        deviceModel: name
        size: bytes
        share: until
        enums ["colour", "country"], operations ["send", "largest"]
        `/me/folder/** +references` brings 14 types
        most types come with `n.folder/files` (9), `n.person/address` (2)
    "#]]
    .assert_eq(&outline(&["/me/folder/** +references"], &[]));
    expect![[r#"
        entity: id
        room: devices →
        device: model
        printer: 
        deviceModel: name
        enums [], operations []
        `/rooms/** +references` brings 5 types
        most types come with `n.room/devices` (3)
    "#]]
    .assert_eq(&outline(&["/rooms/** +references"], &[]));
}

#[test]
fn a_navigation_property_that_is_spelled_is_followed() {
    expect![[r#"
        entity: id
        person: name, address, folder →, room →
        folder: files →
        file: size, printedOn →
        picture: 
        room: devices →
        device: model
        printer: 
        address: city, country
        deviceModel: name
        size: bytes
        enums ["country"], operations ["largest"]
        `/me/room/devices` brings 8 types, 1 of them with no other pattern
        `/me/**/printedOn` brings 11 types, 4 of them with no other pattern
        most types come with `n.person/folder` (4), `n.person/address` (2)
    "#]]
    .assert_eq(&outline(&["/me/room/devices", "/me/**/printedOn"], &[]));
}

#[test]
fn members_are_excluded_where_they_are_declared() {
    expect![[r#"
        entity: id
        person: name, folder →
        folder: owner →
        enums [], operations []
        `/me/**` brings 3 types
    "#]]
    .assert_eq(&outline(&["/me/**"], &["n.person/address", "n.folder/files", "n.person/room"]));
    expect![[r#"
        entity: 
        person: name, address, folder →
        folder: owner →
        address: city, country
        enums ["country"], operations []
        `/me/**` brings 5 types
    "#]]
    .assert_eq(&outline(&["/me/**"], &["n.*/files", "n.entity/id"]));
}

#[test]
fn each_pattern_has_its_count() {
    expect![[r#"
        entity: id
        person: name, address, folder →, room →, devices →
        folder: files →, owner →
        file: size, author →, printedOn →, anything →
        picture: frames →
        frame: colour
        room: devices →
        device: model
        printer: 
        address: city, country
        deviceModel: name
        size: bytes
        share: until
        enums ["colour", "country"], operations ["send", "largest"]
        `/me/**` brings 11 types, 7 of them with no other pattern
        `/rooms/{id}/devices` brings 5 types, 4 of them with no other pattern
        `n.file` brings 4 types, 0 of them with no other pattern
        most types come with `n.person/folder` (4)
    "#]]
    .assert_eq(&outline(&["/me/**", "/rooms/{id}/devices", "n.file"], &[]));
}

#[test]
fn a_type_is_explained_by_the_shortest_chain() {
    let office = office();
    let explained = |include: &[&str], exclude: &[&str], name: &str| match why(
        &office,
        (&patterns(include), &patterns(exclude)),
        name,
    ) {
        Ok(reasons) => {
            let lines = reasons.iter().map(|one| format!("{} | {}\n", one.via, one.reaches));
            lines.collect::<String>()
        }
        Err((message, help)) => format!("{message}; {}\n", help.unwrap_or_default()),
    };
    let all = [
        explained(&["/me/**"], &[], "n.colour"),
        explained(&["/me/**"], &[], "n.share"),
        explained(&["/me/**"], &[], "n.entity"),
        explained(&["/me/**", "n.file"], &[], "n.picture"),
        explained(&["/me/folder/** +references"], &[], "n.printer"),
        explained(&["n.room"], &[], "n.room"),
        // Without patterns everything is included, and everything is followed.
        explained(&[], &[], "n.printer"),
        explained(&["/me/**"], &[], "n.device"),
        explained(&["/me/**"], &["n.person/address"], "n.country"),
        explained(&[], &[], "n.devise"),
        explained(&[], &[], "m.device"),
        explained(&[], &[], "device"),
    ];
    expect![[r#"
        /me | n.person
        /me/folder | n.folder
        /me/folder/files | n.file
        /me/folder/files/{id} | n.file
        /me/folder/files/{id}/n.picture | n.picture
        /me/folder/files/{id}/n.picture/frames | n.frame
        n.frame/colour | n.colour

        /me | n.person
        /me/folder | n.folder
        /me/folder/files | n.file
        /me/folder/files/{id} | n.file
        /me/folder/files/{id}/n.send | n.send
        taken by n.send | n.share

        /me | n.person
        base of n.person | n.entity

        included by name | n.file
        derived from n.file | n.picture

        /me | n.person
        /me/folder | n.folder
        /me/folder/files | n.file
        /me/folder/files/{id} | n.file
        /me/folder/files/{id}/printedOn | n.device
        derived from n.device | n.printer

        included by name | n.room

        /me | n.person
        /me/devices | n.device
        /me/devices/n.printer | n.printer

        `n.device` is not part of the slice; 

        `n.country` is not part of the slice; 

        no type or operation of `n` is called `devise`; is `n.device` meant?

        nothing is declared in the namespace `m`; 

        no type is called `device`; write the qualified name, `Namespace.Type`
    "#]]
    .assert_eq(&all.join("\n"));
}

/// What the configuration reports of some patterns.
fn reported(include: &[&str], exclude: &[&str], expected: &Expect) {
    let text = |text: &&str| Spanned::new(0..0, (*text).to_owned());
    let mut config = Config::new("office", "out");
    config.slice.include = include.iter().map(text).collect();
    config.slice.exclude = exclude.iter().map(text).collect();
    let mut session = session("office.csdl", document(ELEMENTS));
    let error = session.plan(&config).err().map(|error| error.to_string());
    expected.assert_eq(&error.unwrap_or_default());
}

#[test]
fn slips_are_explained_with_the_segment_and_what_is_near() {
    reported(
        &[
            "/me/foldr/**",
            "/peple",
            "/people/folder",
            "/me/{id}",
            "/people/{id}/folder/files/{id}/n.pictures/frames",
            "/**/framess",
            "/me/name/*",
            "n.persn",
            "m.person",
        ],
        &["/me/roomm", "n.person/adress", "n.picture/size", "n.colour/red", "n.*/nothing"],
        &expect![[r#"
            error[unmatched-path]: nothing in the service matches `/me/foldr/**`: `n.person` has no `foldr`
             |
             = help: is `folder` meant?

            error[unmatched-path]: nothing in the service matches `/peple`: the service has no `peple`
             |
             = help: is `people` meant?

            error[unmatched-path]: nothing in the service matches `/people/folder`: a collection of `n.person` has no `folder`
             |
             = help: write the key before it: `{id}/folder`

            error[unmatched-path]: nothing in the service matches `/me/{id}`: `n.person` has no keys

            error[unmatched-path]: nothing in the service matches `/people/{id}/folder/files/{id}/n.pictures/frames`: `n.file` has no `n.pictures`
             |
             = help: is `n.picture` meant?

            error[unmatched-path]: nothing in the service matches `/**/framess`: nothing below it is called `framess`
             |
             = help: is `frames` meant?

            error[unmatched-path]: nothing in the service matches `/me/name/*`: no path goes on from a value that is not an object

            error[unmatched-path]: nothing in the service matches `n.persn`: no type or operation of `n` is called `persn`
             |
             = help: is `n.person` meant?

            error[unmatched-path]: nothing in the service matches `m.person`: nothing is declared in the namespace `m`

            error[unmatched-path]: nothing in the service matches `/me/roomm`: `n.person` has no `roomm`
             |
             = help: is `room` meant?

            error[unmatched-path]: nothing in the service matches `n.person/adress`: `n.person` has no member `adress`
             |
             = help: is `n.person/address` meant?

            error[unmatched-path]: nothing in the service matches `n.picture/size`: `n.picture` inherits `size`, so all types that do would lose it
             |
             = help: exclude it where it is declared: `n.file/size`

            error[unmatched-path]: nothing in the service matches `n.colour/red`: `n.colour` has no members that can be excluded

            error[unmatched-path]: nothing in the service matches `n.*/nothing`: no type of `n` declares `nothing`"#]],
    );
}

#[test]
fn an_exclusion_that_leaves_nothing_of_an_inclusion_is_named() {
    reported(
        &["/me/folder/**", "n.file", "/rooms"],
        &["n.share", "n.person/folder", "n.entity"],
        &expect![[r#"
        error[unmatched-path]: nothing in the service matches `/me/folder/**`: `n.person/folder`, which is excluded, leaves nothing of it
         |
         = help: exclude less, or do not include it

        error[unmatched-path]: nothing in the service matches `n.file`: `n.entity`, which is excluded, leaves nothing of it
         |
         = help: exclude less, or do not include it

        error[unmatched-path]: nothing in the service matches `/rooms`: `n.entity`, which is excluded, leaves nothing of it
         |
         = help: exclude less, or do not include it"#]],
    );
    // Each of them alone leaves something.
    reported(
        &["/**/folder"],
        &["/me", "/people"],
        &expect![[r#"
            error[unmatched-path]: nothing in the service matches `/**/folder`: what is excluded leaves nothing of it
             |
             = help: exclude less, or do not include it"#]],
    );
}

#[test]
fn patterns_that_mean_nothing_are_refused() {
    reported(
        &["/me/folder +references", "/me/** +everything", "n.person +references", "n.person/room"],
        &["/me/** +references", "n.person/", "n.person/a/b"],
        &expect![[r#"
            error[bad-path]: `+references` is about what `**` leaves out, and `/me/folder` has no `**`
             |
             = help: write a path like `/users/{id}/messages/**`, or a qualified name like `microsoft.graph.user`

            error[bad-path]: `+everything` after a path means nothing; only `+references` may be there
             |
             = help: write a path like `/users/{id}/messages/**`, or a qualified name like `microsoft.graph.user`

            error[bad-path]: `n.person +references` is neither a path, which begins with `/`, nor a qualified name
             |
             = help: write a path like `/users/{id}/messages/**`, or a qualified name like `microsoft.graph.user`

            error[bad-path]: `n.person/room` is a member of a type, which can only be excluded: a type that is included has all of its properties, and a path such as `/users/{id}/photo` includes a navigation property
             |
             = help: write a path like `/users/{id}/messages/**`, or a qualified name like `microsoft.graph.user`

            error[bad-path]: `+references` is only for what is included
             |
             = help: write a path like `/users/{id}/messages`, a qualified name like `microsoft.graph.user`, or a member like `microsoft.graph.user/photo`

            error[bad-path]: `n.person/` is neither a path, which begins with `/`, nor a qualified name
             |
             = help: write a path like `/users/{id}/messages`, a qualified name like `microsoft.graph.user`, or a member like `microsoft.graph.user/photo`

            error[bad-path]: `n.person/a/b` is neither a path, which begins with `/`, nor a qualified name
             |
             = help: write a path like `/users/{id}/messages`, a qualified name like `microsoft.graph.user`, or a member like `microsoft.graph.user/photo`"#]],
    );
}

/// Nearly everything of Graph is one step from everything else.
#[test]
fn a_part_of_graph_is_a_part() {
    let Some(path) = shared("graph/v1.0.csdl") else { return };
    let graph = session("v1.0.csdl", std::fs::read(path).unwrap()).read(Unresolved::Error).unwrap();
    let types = |pattern: &str| slice(&graph, &patterns(&[pattern]), &[]).brought.patterns[0].types;
    let found =
        ["/me/drive/**", "/groups/**", "/sites/**", "/teams/**", "/me/drive/** +references"]
            .map(types);
    expect![[r#"
        [
            216,
            1053,
            252,
            423,
            224,
        ]
    "#]]
    .assert_debug_eq(&found);
}
