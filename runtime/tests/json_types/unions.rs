//! Unions.

use super::types::{
    All, Animal, Anything, Cat, Either, Feline, Friend, Holder, Known, Loose, Looser, Mixed, Size,
    Tree, Verdict,
};
use super::{error, same, written};
use schemacrate_runtime::codegen;
use schemacrate_runtime::model::{Maybe, Untyped, from_json, unread};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

#[test]
fn the_kind_tells_the_branch() {
    assert!(matches!(same(r#"{"type":"cat","meow":3}"#), Mixed::Cat(cat) if cat.meow == Some(3)));
    assert!(matches!(same("\"a\""), Mixed::Text(text) if text == "a"));
    assert!(matches!(same("[1,2]"), Mixed::Ids(ids) if ids == [1, 2]));
    assert!(matches!(same("1"), Mixed::Count(1)));
    assert!(matches!(same("1.5"), Mixed::Ratio(_)));
    for json in ["true", r#"{"meow":3}"#, "[1,null]", r#"["1"]"#] {
        assert!(matches!(same(json), Mixed::Other(value) if value.text() == json));
    }
    assert!(error::<Mixed>("null").starts_with("null is not a value here"));
    assert!(error::<Mixed>("[1").contains("EOF") && error::<Mixed>("").contains("EOF"));
    assert!(matches!(from_json(b"1.0").unwrap(), Mixed::Count(1)));
    let all: All = same(r#"{"mixed":1.0,"map":{"a":1.0,"b":"x"}}"#);
    assert!(matches!(all.mixed, Some(Mixed::Count(1))));
    let null: All = same(r#"{"mixed":null}"#);
    assert_eq!(unread(&null)[0].path(), "mixed");
}

#[test]
fn a_member_that_may_be_absent_tells_the_branch_if_it_is_there() {
    for (json, expected) in [
        (r#"{"type":"abort","reason":"a"}"#, 2),
        (r#"{"type":"reject"}"#, 1),
        (r#"{"type":"wait","delay":3}"#, 0),
        // What is told is read although another branch has more of it.
        (r#"{"type":"reject","delay":3}"#, 1),
        (r#"{"reason":"a","type":null}"#, 1),
        (r#"{"reason":"a"}"#, 1),
        (r#"{"delay":3}"#, 0),
        ("{}", 1),
        // What no branch has is none of them, and neither is what has another form.
        (r#"{"type":"accept","reason":"a"}"#, 4),
        (r#"{"type":"wait"}"#, 4),
        (r#"{"type":1}"#, 4),
        ("1", 3),
        ("[]", 4),
    ] {
        let branch = match same(json) {
            Verdict::Wait(_) => 0,
            Verdict::Reject(_) => 1,
            Verdict::Abort(_) => 2,
            Verdict::Number(_) => 3,
            Verdict::Other(_) => 4,
        };
        assert_eq!(branch, expected, "{json}");
    }
    // Of two the last one counts.
    let twice = r#"{"type":null,"reason":"a","type":"abort"}"#;
    assert!(matches!(from_json(twice.as_bytes()).unwrap(), Verdict::Abort(_)));
    assert!(error::<Verdict>(r#"{"type":"abort","#).contains("EOF"));
}

#[test]
fn a_member_tells_the_branch_wherever_it_is() {
    let last = r#"{"bark":"loud","more":{"type":"cat","x":[1,{"type":1}]},"type":"dog"}"#;
    let dog: Animal = from_json(last.as_bytes()).unwrap();
    assert!(matches!(&dog, Animal::Dog(dog) if dog.bark == "loud"));
    let first = r#"{"type":"dog","bark":"loud","more":{"type":"cat","x":[1,{"type":1}]}}"#;
    assert_eq!(written(&dog), first);
    assert!(
        matches!(same(r#"{"type":"cat","meow":"no"}"#), Animal::Cat(cat) if cat.meow.is_none())
    );
    assert!(matches!(from_json(br#"{"type":"kitten\u00e9"}"#).unwrap(), Animal::Cat(_)));
    for other in [
        r#"{"type":"cow"}"#,
        r#"{"meow":1}"#,
        r#"{"type":"dog"}"#,
        r#"{"type":2.0,"bark":"x"}"#,
        r#"{"type":null}"#,
        "{}",
        "[]",
    ] {
        assert!(matches!(same(other), Animal::Other(_)), "{other}");
    }
    assert!(matches!(same(r#"{"type":"cow"}"#), Feline::Cat(_)));
    assert!(matches!(same(r#"{"type":"dog","bark":"a"}"#), Feline::Dog(_)));
    assert!(matches!(same(r#"{"type":"dog"}"#), Feline::Other(_)));
    assert!(error::<Animal>(r#"{"type":"cat","#).contains("EOF"));
    assert!(error::<Animal>(r#"{"type":"cat" 1}"#).contains("expected"));
}

#[test]
fn the_last_tag_counts() {
    let twice = r#"{"type":"cat","bark":"a","type":"dog"}"#;
    assert!(matches!(from_json(twice.as_bytes()).unwrap(), Animal::Dog(_)));
    let twice = r#"{"type":"dog","type":"cat"}"#;
    assert!(matches!(from_json(twice.as_bytes()).unwrap(), Animal::Cat(_)));
    let unknown_first = r#"{"type":"cow","type":"cat"}"#;
    assert!(matches!(from_json(unknown_first.as_bytes()).unwrap(), Animal::Cat(_)));
}

/// Neither do tags that come twice at each level make it exponential.
#[test]
fn many_last_tags_are_read_in_bounded_time() {
    let started = Instant::now();
    for second in ["cat", "dog", "cow"] {
        let mut json = r#"{"type":"cat","bark":"a","type":"dog"}"#.to_owned();
        for _ in 0..100 {
            json = format!(
                r#"{{"type":"cat","bark":"x","friend":{json},"meow":1,"type":"{second}"}}"#
            );
        }
        let read: Friend = from_json(json.as_bytes()).unwrap();
        assert_eq!(written(&read.clone()), written(&read));
        let expected = match second {
            "cat" => matches!(read, Friend::Cat(_)),
            "dog" => matches!(read, Friend::Dog(_)),
            _ => matches!(read, Friend::Other(_)),
        };
        assert!(expected, "{second}");
    }
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

#[test]
fn the_members_that_are_there_tell_the_branch() {
    assert!(matches!(same(r#"{"type":"a","bark":"b"}"#), Known::Dog(_)));
    assert!(matches!(same(r#"{"type":"a","meow":1}"#), Known::Cat(_)));
    // It has the members of a dog, but is none.
    assert!(matches!(same(r#"{"type":"a","bark":1}"#), Known::Cat(_)));
    assert!(matches!(same(r#"{"meow":1}"#), Known::Other(_)));
    assert!(matches!(same(r#"{"type":1}"#), Known::Other(_)));
}

#[test]
fn the_first_branch_that_fits_best_is_taken() {
    assert!(matches!(same(r#"{"value":1}"#), Tree::Leaf(_)));
    assert!(matches!(same(r#"{"value":1,"more":2}"#), Tree::Leaf(_)));
    assert!(matches!(same(r#"{"left":{"value":1}}"#), Tree::Branch(_)));
    // Both can hold it: one of them with a member that is not of its type.
    assert!(matches!(same(r#"{"left":{"value":1},"size":"a","value":1}"#), Tree::Branch(_)));
    assert!(matches!(same(r#"{"value":1,"size":2,"left":{"value":1}}"#), Tree::Leaf(_)));
    assert!(matches!(same(r#"{"size":1}"#), Tree::Other(_)));
    assert!(matches!(same("5"), Tree::Number(5)));
    assert!(matches!(same("5.5"), Tree::Big(_)));
    // The first one would be out of range.
    assert!(matches!(from_json(b"3000000000").unwrap(), Tree::Big(_)));
    assert!(matches!(same(r#"["a","b"]"#), Tree::Names(_)));
    assert!(matches!(same(r#"[{"value":1},[1,2]]"#), Tree::Many(_)));
    assert!(matches!(same("[]"), Tree::Many(_)));
    let mixed = r#"["a",1]"#;
    assert!(matches!(same(mixed), Tree::Many(items) if matches!(items[0], Tree::Other(_))));
}

#[test]
fn values_of_unions_have_paths() {
    let all: All =
        same(r#"{"animal":[{"type":"cat","meow":"x"}],"tree":{"left":{"value":1,"size":true}}}"#);
    let paths: Vec<_> = unread(&all).iter().map(|one| one.path().to_owned()).collect();
    assert_eq!(paths, ["animal[0].meow", "tree.left.size"]);
}

/// Nested trials are never exponential, and do not give up within a reasonable depth.
#[test]
fn nested_unions_are_read_in_bounded_time() {
    let started = Instant::now();
    for depth in [5, 20, 60] {
        let mut json = r#"{"value":1,"size":2}"#.to_owned();
        for at in 0..depth {
            json = format!(r#"{{"left":{json},"right":{{"value":{at}}}}}"#);
        }
        let tree: Tree = same(&json);
        let mut depth_found = 0;
        let mut at = &tree;
        while let Tree::Branch(branch) = at {
            at = &branch.left;
            depth_found += 1;
        }
        assert_eq!(depth_found, depth);
        assert!(matches!(at, Tree::Leaf(_)));
    }
    // What fits nothing, at each level.
    let mut json = "true".to_owned();
    for _ in 0..60 {
        json = format!(r#"[{{"left":{json},"size":1}},{{"value":"x"}}]"#);
    }
    same::<Tree>(&json);
    // Deeper than values can be.
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    same::<Tree>(&deep);
    let mut wide = "[".to_owned();
    for at in 0..2000 {
        let _ = write!(wide, r#"{{"left":{{"value":{at},"z":1}},"w":{{"value":2}}}},"#);
    }
    wide.push_str("{\"value\":1}]");
    same::<Tree>(&wide);
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

#[test]
fn a_blank_union_is_null() {
    let blank: Mixed = codegen::blank();
    assert_eq!(blank, Mixed::Other(Untyped::default()));
    let cat: Cat = from_json(br#"{"type":"a"}"#).unwrap();
    assert_eq!(written(&Mixed::Cat(Box::new(cat))), r#"{"type":"a"}"#);
    assert_eq!(format!("{:?}", same::<Mixed>("[1]")), "Ids([1])");
}

/// A branch that would change a number is not taken if another one would not.
#[test]
fn a_number_out_of_range_is_of_another_branch() {
    assert!(matches!(same("255"), Size::Small(255)));
    assert!(matches!(same("256"), Size::Medium(256)));
    assert!(matches!(same("65536"), Size::Large(65536)));
    assert!(matches!(same("-1"), Size::Exact(value) if value.as_str() == "-1"));
    assert!(matches!(same("1.5"), Size::Exact(_)));
}

#[test]
fn null_is_a_value_of_a_branch_that_is_anything() {
    let holder: Holder = same(r#"{"one":null,"two":null,"three":null,"four":[null,1]}"#);
    let null = Anything::Any(Untyped::default());
    assert_eq!((&holder.one, holder.two.as_ref()), (&null, Some(&null)));
    // A member that may be null is null, and not a value of a branch.
    assert_eq!(holder.three, Maybe::Null);
    assert_eq!(holder.four, Some(vec![null, Anything::Number(1)]));
    assert!(unread(&same::<Holder>(r#"{"one":"a"}"#)).is_empty());
}

#[test]
fn null_is_any_other_value_where_such_are_valid() {
    let other = || Loose::Other(Untyped::default());
    for json in ["null", "1.50", "{}", "[1]"] {
        assert!(matches!(same(json), Loose::Other(value) if value.text() == json), "{json}");
    }
    let all: Looser = same(
        r#"{"one":null,"two":null,"three":null,"four":[null,["a"]],"five":{"a":null},"six":null,"x":null}"#,
    );
    assert_eq!((&all.one, all.two.as_ref()), (&other(), Some(&other())));
    // A member that may be null is null.
    assert_eq!((&all.three, &all.six), (&Maybe::Null, &None));
    assert_eq!(all.four, Some(vec![other(), Loose::Names(vec!["a".to_owned()])]));
    assert_eq!((&all.five.as_ref().unwrap()["a"], &all.others["x"]), (&other(), &other()));
    assert!(unread(&all).is_empty());
    same::<Vec<Loose>>("[null,null]");
    assert!(error::<Looser>(r#"{"six":null}"#).contains("one"));
}

/// What is valid is not a reason to try the next branch.
#[test]
fn any_other_value_fits_where_such_are_valid() {
    for json in [r#"{"loose":true}"#, r#"{"loose":["a",1]}"#, r#"{"loose":null}"#] {
        assert!(matches!(same(json), Either::Loose(_)), "{json}");
    }
}
