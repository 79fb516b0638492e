//! A review of the findings of a front end other than OData's.

use super::change::Change;
use super::findings::{Anchor, Announcement, Distance, Explains, Findings, Which};
use super::rule::rule;
use super::{Bump, Notice, Report, Side};
use crate::crate_plan::api::Line;
use crate::input::config::Config;
use crate::input::session::Session;
use time::{Date, Month};

/// A front end whose elements are called by the last word of a wire name.
struct Words;

impl Explains for Words {
    fn anchors(&self, which: Which, line: &Line, named: &[String]) -> Vec<(Distance, Anchor)> {
        let mut found: Vec<(Distance, Anchor)> = Vec::new();
        // The nearest come first, in whatever order they are returned.
        found.extend(named.iter().map(|name| (Distance::Named, Anchor::Element(word(name)))));
        found.push((Distance::Owner, Anchor::Element(word(&line.owner))));
        if let (Some(member), Which::Old) = (&line.member, which) {
            found.push((Distance::Member, Anchor::Element(member.clone())));
        }
        found
    }
}

fn word(name: &str) -> String {
    name.rsplit('.').next().unwrap_or(name).to_owned()
}

fn side(properties: &str) -> Side {
    let document = format!(
        r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
          <edmx:DataServices><Schema Namespace="library" xmlns="http://docs.oasis-open.org/odata/ns/edm">
            <ComplexType Name="book">{properties}</ComplexType>
          </Schema></edmx:DataServices>
        </edmx:Edmx>"#
    );
    let mut session = Session::new();
    session.add("library.csdl", document.as_bytes()).unwrap();
    Side::read(session, &Config::new("client", "client")).unwrap()
}

/// A change as a front end finds it, with the word by which it is called.
fn change(mut change: Change, word: &str) -> Change {
    change.anchors.push(Anchor::Element(word.to_owned()));
    change
}

#[test]
fn a_review_needs_no_more_than_findings() {
    let title = r#"<Property Name="title" Type="Edm.String"/>"#;
    let old = side(&format!(r#"{title}<Property Name="pages" Type="Edm.Int32"/>"#));
    let new = side(&format!(r#"{title}<Property Name="price" Type="Edm.Int32"/>"#));
    let mut gone = change(Change::new(rule!("property-removed"), "#/book/pages"), "pages");
    gone.announced = Some(Announcement { removal: Some("2027-01-31".to_owned()) });
    gone.affects(&["GET /books", "PUT /books", "GET /books/1", "GET /authors"]);
    let mut elsewhere = Change::new(rule!("property-removed"), "#/author/name");
    elsewhere.is_in_slice = false;
    // It is about what has the member, so it is further away than the member itself.
    let book = change(Change::new(rule!("abstract-set"), "#/book"), "book");
    let findings = Findings {
        changes: vec![book, gone, elsewhere],
        plans: [&old.plan, &new.plan],
        sources: [&old.sources, &new.sources],
        is_sliced: true,
        elements: Box::new(Words),
    };
    let today = Date::from_calendar_date(2027, Month::January, 1).unwrap();
    let report = Report::new(findings, &[], today);
    assert_eq!((report.changes.len(), report.outside), (2, 1));
    let found = |target: &str| report.changes.iter().find(|one| one.target == target).unwrap();
    let gone = found("#/book/pages");
    assert_eq!((gone.bump, gone.notice), (Bump::Major, Some(Notice::Early)));
    assert_eq!(gone.requests, ["GET /books", "PUT /books", "GET /books/1"]);
    assert_eq!(gone.more_requests, 1);
    assert!(!gone.rust.is_empty());
    assert!(gone.rust.iter().all(|one| one.new.is_none()), "{:?}", gone.rust);
    // What is new belongs to no change of a member, so its owner's explains it.
    let book = found("#/book");
    assert!(!book.rust.is_empty());
    assert!(book.rust.iter().all(|one| one.old.is_none()), "{:?}", book.rust);
}

#[test]
fn what_nothing_explains_is_a_change_of_its_own() {
    let (old, new) = (side(""), side(r#"<Property Name="title" Type="Edm.String"/>"#));
    let findings = Findings {
        changes: vec![change(Change::new(rule!("description-changed"), "#/book"), "book")],
        plans: [&old.plan, &new.plan],
        sources: [&old.sources, &new.sources],
        is_sliced: false,
        elements: Box::new(Words),
    };
    let today = Date::from_calendar_date(2027, Month::January, 1).unwrap();
    let report = Report::new(findings, &[], today);
    // Other words explain no new item.
    let rules: Vec<&str> = report.changes.iter().map(|one| one.rule.id).collect();
    assert!(rules.contains(&"rust-item-added"), "{rules:?}");
    let words = report.changes.iter().find(|one| one.rule.id == "description-changed").unwrap();
    assert!(words.rust.is_empty());
}
