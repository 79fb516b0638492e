//! Lines and documentation. The tests of the forms compare these with the formatter.

use super::*;
use proptest::prelude::*;

proptest! {
    #[test]
    fn documentation_of_any_text(text in any::<String>()) {
        let mut item = Text::default();
        item.doc(&[" ", &text]);
        item.line("struct A;");
        let written = item.into_string();
        let file = syn::parse_file(&written).expect("an item");
        prop_assert_eq!(file.items.len(), 1);
        prop_assert_eq!(written.lines().count(), 2);
    }
}

#[test]
fn documentation_stays_in_its_line() {
    let mut text = Text::default();
    text.doc(&[" a\r\nfn b() {} "]);
    assert_eq!(text.into_string(), "/// a  fn b() {}\n");
}

#[test]
fn any_level_is_indented() {
    let mut text = Text::default();
    text.deepen(3);
    text.begin(9).word("a");
    text.end();
    text.rise(2);
    text.line("b");
    assert_eq!(text.into_string(), format!("{:48}a\n{:4}b\n", "", ""));
}
