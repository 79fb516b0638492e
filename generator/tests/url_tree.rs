//! The trees that URLs become, by area, and what is refused and where.

#![allow(clippy::unwrap_used)] // A test may panic.

use proptest::prelude::*;
use schemacrate::internals::url::{
    self, Aggregated, Context, ExpandForm, Expression, ExpressionKind, Grouping, Header,
    LiteralKind, OptionKind, Preference, Search, SegmentKind, StepKind, TransformationKind, Url,
};

/// An expression with all precedence shown by parentheses.
fn shown(expression: &Expression) -> String {
    match &expression.kind {
        ExpressionKind::Literal(literal) => format!("{:?}:{}", literal.kind, literal.text),
        ExpressionKind::Path(steps) => {
            let names = steps.iter().map(|step| match &step.kind {
                StepKind::Name(name) => name.clone(),
                StepKind::Variable(name) => format!("${name}"),
                StepKind::Alias(name) => format!("@{name}"),
                StepKind::Lambda(found) => match &found.predicate {
                    Some((name, inner)) => format!("[{name}: {}]", shown(inner)),
                    None => "[]".to_owned(),
                },
                other => format!("{other:?}"),
            });
            names.collect::<Vec<_>>().join("/")
        }
        ExpressionKind::Unary { operator, operand } => format!("({operator} {})", shown(operand)),
        ExpressionKind::Binary { operator, left, right } => {
            format!("({} {operator} {})", shown(left), shown(right))
        }
        ExpressionKind::Group(inner) => shown(inner),
        ExpressionKind::Method { name, arguments } => {
            let arguments: Vec<String> = arguments.iter().map(shown).collect();
            format!("{name}({})", arguments.join(", "))
        }
        ExpressionKind::List(items) => {
            let items: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
            format!("<{}>", items.join(" "))
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn operators_bind_as_the_specification_requires() {
    for (text, expected) in [
        ("a or b and c eq d add e mul f", "(a or (b and (c eq (d add (e mul f)))))"),
        ("a sub b sub c", "((a sub b) sub c)"),
        ("not a eq b", "((not a) eq b)"),
        ("not (a eq b)", "(not (a eq b))"),
        ("-a add -1", "((- a) add Integer:-1)"),
        ("x in ('p', 'q') and y", "((x in <p q>) and y)"),
        ("a/any(v:v/b gt 1.5)", "a/[v: (v/b gt Number:1.5)]"),
        ("StartsWith($it/n,@p)", "startswith($it/n, @p)"),
        ("not(a) or NOT (b)", "((not a) or (not b))"),
        ("nullable eq null", "(nullable eq Null:null)"),
    ] {
        assert_eq!(shown(&url::expression(text).unwrap()), expected);
    }
}

#[test]
fn a_url_becomes_a_tree_with_spans() {
    let text = "https://example.com/v1.0/users('O''Neil%2F1')/messages/$count?$filter=a%20eq%201&@p=5&debug=1";
    let url = Url::parse(text).unwrap();
    assert_eq!(&text[url.root.start..url.root.end], "https://example.com/v1.0/");
    let SegmentKind::Name { name, arguments } = &url.path[0].kind else { panic!("{url:?}") };
    assert_eq!(name, "users");
    let key = &arguments[0][0].value;
    let ExpressionKind::Literal(literal) = &key.kind else { panic!("{url:?}") };
    assert_eq!((&literal.kind, literal.text.as_str()), (&LiteralKind::String, "O'Neil/1"));
    assert_eq!(&text[key.span.start..key.span.end], "'O''Neil%2F1'");
    assert_eq!(url.path[2].kind, SegmentKind::System("$count"));
    let OptionKind::Filter(filter) = &url.options[0].kind else { panic!("{url:?}") };
    assert_eq!(&text[filter.span.start..filter.span.end], "a%20eq%201");
    assert!(matches!(&url.options[1].kind, OptionKind::Alias { name, .. } if name == "p"));
    assert!(matches!(&url.options[2].kind, OptionKind::Custom { name, .. } if name == "debug"));
}

#[test]
fn segments_are_told_apart() {
    let path = url::resource_path("a/n.f(x=1,y=@y)(7)/7/$filter(b/c eq 1)/$each/n.act").unwrap();
    assert!(matches!(&path[1].kind, SegmentKind::Name { arguments, .. } if arguments.len() == 2));
    assert_eq!(path[2].kind, SegmentKind::Key("7".to_owned()));
    assert!(matches!(&path[3].kind, SegmentKind::Filter(_)));
    assert_eq!(path[4].kind, SegmentKind::System("$each"));
    let path = url::resource_path("$crossjoin(a,b)").unwrap();
    assert_eq!(path[0].kind, SegmentKind::Crossjoin(vec!["a".to_owned(), "b".to_owned()]));
    for wrong in [
        "$count",
        "n.a",
        "a/$value/b",
        "a(x=b)",
        "a(1,2)",
        "$metadata",
        "a(1)(2)",
        "a('b c')",
        "a/$each/$count",
    ] {
        assert!(url::resource_path(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn selected_and_expanded_items_have_their_options() {
    let OptionKind::Expand(items) =
        url::option("$expand=a/n.b($levels=max;$expand=c),d/$ref,*").unwrap().kind
    else {
        panic!()
    };
    assert_eq!(items[0].path, ["a", "n.b"]);
    assert_eq!(items[0].options.len(), 2);
    assert_eq!(items[1].form, ExpandForm::References);
    assert_eq!(items[2].path, ["*"]);
    let OptionKind::Select(items) = url::option("$select=a($top=2),n.f(p,q),n.*").unwrap().kind
    else {
        panic!()
    };
    assert_eq!(items[0].options.len(), 1);
    assert_eq!(items[1].overload, Some(vec!["p".to_owned(), "q".to_owned()]));
    for wrong in [
        "$select=a($expand=b)",
        "$select=",
        "$expand=a/$ref($expand=b)",
        "$expand=a/$count($top=1)",
        "$expand=n.t",
        "$expand=a($levels=0)",
        "$levels=2",
        "$expand=a()",
    ] {
        assert!(url::option(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn search_words_are_operators_only_between_words() {
    let word = |text: &str| Search::Word(text.to_owned());
    assert_eq!(url::search_expression("AND").unwrap(), word("AND"));
    assert_eq!(
        url::search_expression("a b OR NOT c").unwrap(),
        Search::Or(
            vec![Search::And(vec![word("a"), word("b")]), Search::Not(Box::new(word("c"))),]
        )
    );
    assert_eq!(url::search_expression("a OR").unwrap(), Search::And(vec![word("a"), word("OR")]));
    assert!(url::search_expression("(a").is_err());
}

#[test]
fn transformations_have_their_parts() {
    let OptionKind::Apply(found) = url::option(
        "$apply=filter(a gt 1)/groupby((b,rollup(c,d)),aggregate($count as N,e with sum from f with max as G))",
    )
    .unwrap()
    .kind
    else {
        panic!()
    };
    assert!(matches!(found[0].kind, TransformationKind::Filter(_)));
    let TransformationKind::GroupBy { by, then } = &found[1].kind else { panic!() };
    assert!(matches!(&by[1], Grouping::Rollup(levels) if levels.len() == 2));
    let TransformationKind::Aggregate(values) = &then[0].kind else { panic!() };
    assert_eq!(values[0].what, Aggregated::Count(Vec::new()));
    assert_eq!(values[1].method.as_deref(), Some("sum"));
    assert_eq!(values[1].from[0].method.as_deref(), Some("max"));
    for wrong in ["concat(identity)", "rank(1,a)", "top(a)", "aggregate(a with total as B)"] {
        assert!(url::option(&format!("$apply={wrong}")).is_err(), "{wrong}");
    }
}

#[test]
fn contexts_and_headers_are_read() {
    let Context::Path { segments, members, suffix } =
        url::context("#a('k')/b/n.c(d,e+(f/g),*)/$entity").unwrap()
    else {
        panic!()
    };
    assert_eq!((segments.len(), segments[0].key.is_some()), (3, true));
    assert!(members.unwrap()[1].recursive);
    assert_eq!(suffix, Some("$entity"));
    let Header::Prefer(found) = url::header("Prefer: return=minimal, odata.maxpagesize=5").unwrap()
    else {
        panic!()
    };
    assert_eq!(found, [Preference::Return { minimal: true }, Preference::MaxPageSize("5".into())]);
    for wrong in ["OData-Version: 3.0", "OData-Version: 4.010", "X: 1", "Prefer: return=all"] {
        assert!(url::header(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn literals_keep_to_their_bounds() {
    for (text, kind) in [
        ("'a''b'", LiteralKind::String),
        ("N.E'a,1'", LiteralKind::Enumeration("N.E".to_owned())),
        ("2012-09-03T13:52Z", LiteralKind::DateTimeOffset),
        ("geometry'SRID=0;Point(1 2)'", LiteralKind::Geometry("Point")),
        ("-INF", LiteralKind::Number),
    ] {
        assert_eq!(url::literal(text).unwrap().kind, kind, "{text}");
    }
    for wrong in
        ["'a", "1.", "2012-13-01", "12:60", "binary'Zh'", "duration'P1Y'", "1e", "N.E'a b'"]
    {
        assert!(url::literal(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn strings_may_be_written_plainly() {
    let written =
        url::encode_strings("a('x/y')/b?$filter=c in ('1 & 2','it''s #3') and d eq n.E'f'");
    let found = Url::parse(&written).unwrap();
    assert_eq!((found.path.len(), found.options.len()), (2, 1));
    for same in ["People/O'Neil/Friends('a')", "a('b%20c')", "$search=Daniel's books", "a('"] {
        assert_eq!(url::encode_strings(same), same);
    }
}

#[test]
fn errors_name_the_place_and_the_expectation() {
    for (text, shown) in [
        ("users?$filter=name eq", "expected the end at byte 18"),
        ("users?$top=many", "expected a value of the option at byte 11"),
        ("users/$count/x", "expected the end at byte 12"),
        ("users?$filter=a eq 'b", "expected `'` or a character that may be in a URL at byte 21"),
    ] {
        assert_eq!(Url::parse(text).unwrap_err().to_string(), shown, "{text}");
    }
}

#[test]
fn what_is_too_deep_or_too_long_is_refused() {
    let deep = [
        "(".repeat(100_000),
        "not ".repeat(100_000),
        "-".repeat(100_000),
        "[".repeat(100_000),
        "a/any(b:".repeat(50_000),
        "cast(".repeat(50_000),
        "f(x=".repeat(50_000),
        "a add ".repeat(100_000) + "a",
    ];
    for text in deep {
        assert!(url::expression(&text).is_err());
    }
    assert!(url::option(&format!("$expand={}", "a($expand=".repeat(50_000))).is_err());
    assert!(url::option(&format!("$apply={}", "concat(".repeat(50_000))).is_err());
    assert!(url::search_expression(&"(".repeat(100_000)).is_err());
    assert!(url::context(&format!("#{}", "a(".repeat(100_000))).is_err());
    // What is as deep as may be is read without harm.
    let nested = format!("{}a{}", "(a add (".repeat(60), "))".repeat(60));
    assert!(url::expression(&nested).is_ok());
}

fn read_all(text: &str) {
    let _ = Url::parse(text);
    let _ = Url::absolute(text);
    let _ = url::resource_path(text);
    let _ = url::options(text);
    let _ = url::expression(text);
    let _ = url::member_path(text);
    let _ = url::search_expression(text);
    let _ = url::context(text);
    let _ = url::header(text);
    let _ = url::preference(text);
    let _ = url::literal(text);
    let _ = url::json_string(text);
    let _ = Url::parse(&url::encode_strings(text));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        read_all(&text);
    }

    #[test]
    fn text_that_looks_like_a_url_is_read_or_refused(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "a", "b.c", "/", "(", ")", "'", "''", "%27", "%2", "%FF", "$", "$filter=", "$it", "@p",
                "=", ",", ";", ":", "1", "-", ".5", " ", " eq ", " and ", "not ", "[", "]", "{", "}",
                "\"", "any(", "in (", "cast(", "&", "?", "#", "$expand=", "$apply=groupby((", "ä", "*",
                "with sum as ", "$count", "https://h/", "2012-09-03", "T12:00Z", "geography'SRID=0;",
            ]),
            0..40,
        )
    ) {
        read_all(&parts.concat());
    }

    #[test]
    fn spans_are_within_the_text(name in "[a-z]{1,8}", value in "[a-zäß ']{0,8}") {
        let quoted = value.replace('\'', "''").replace(' ', "%20").replace('ä', "%C3%A4").replace('ß', "%C3%9F");
        let text = format!("x?$filter=n/{name} eq '{quoted}'");
        let found = Url::parse(&text).unwrap();
        let OptionKind::Filter(filter) = &found.options[0].kind else { panic!() };
        let ExpressionKind::Binary { left, right, .. } = &filter.kind else { panic!() };
        prop_assert_eq!(&text[left.span.start..left.span.end], format!("n/{name}"));
        let ExpressionKind::Literal(literal) = &right.kind else { panic!() };
        prop_assert_eq!(&literal.text, &value);
        prop_assert_eq!(&text[literal.span.start..literal.span.end], format!("'{quoted}'"));
    }
}
