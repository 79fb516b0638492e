use golden_values::Client;
use golden_values::values::{Dictionary, Everything, Holder};

pub async fn example(client: &Client) -> Result<Holder, Box<dyn std::error::Error>> {
    let mut dictionary = Dictionary::default();
    // `values.dictionary` does not declare `a`.
    dictionary.additional.insert("a", 1_i64);
    let mut inner = Everything::default();
    inner.untyped = Some("[]".parse()?);
    let mut everything = Everything::default();
    everything.binary = Some("T0RhdGE=".parse()?);
    everything.date = Some("2026-02-28".parse()?);
    everything.decimal = Some("34.95".parse()?);
    everything.double = Some(1000.0);
    // The value of `byte` does not have the type that `values.everything` declares.
    everything.additional.insert("byte", 256_i64);
    // The value of `int32` does not have the type that `values.everything` declares.
    everything.additional.insert("int32", "1");
    // The value of `int64` does not have the type that `values.everything` declares.
    everything.additional.insert("int64", "5");
    everything.guid = Some("01234567-89AB-cdef-0123-456789abcdef".parse()?);
    everything.days = Some("monday, tuesday".parse()?);
    // The value of `colour` does not have the type that `values.everything` declares.
    everything.additional.insert("colour", 3_i64);
    everything.holes = Some(vec![None]);
    everything.dictionary = Some(dictionary);
    everything.inner = Some(Box::new(inner));
    everything.empty = Some("{}".parse()?);
    // The value of `single` does not have the type that `values.everything` declares.
    everything.additional.insert("single", "NaN");
    let mut holder = Holder::default();
    holder.id = Some(7);
    holder.everything = Some(everything);
    let answer = client.holders().create(&holder).await?;
    Ok(answer)
}
