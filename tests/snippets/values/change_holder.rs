use golden_values::Client;
use golden_values::runtime::edm::{Binary, GeoJson};
use golden_values::runtime::model::{Flags, Null, Untyped};
use golden_values::values::{
    Colour, Days, DictionaryUpdate, EverythingUpdate, Holder, HolderUpdate,
};

pub async fn example(
    client: &Client,
) -> Result<Option<Holder>, Box<dyn std::error::Error>> {
    // The schema does not allow null for `string`.
    // `values.dictionary` does not declare `a`.
    let update = HolderUpdate::new()
        .untyped(r#"{"any": [1, null]}"#.parse::<Untyped>()?)
        .everything(
            EverythingUpdate::new()
                .binary("T0RhdGE".parse::<Binary>()?)
                .boolean(false)
                .byte(255)
                .date("2026-02-28")
                .date_time_offset("2017-01-01T00:00:17.7769392-08:00")
                .decimal("34.95")
                .double(-1.0)
                .duration("P1DT2H3.5S")
                .guid("01234567-89ab-cdef-0123-456789abcdef")
                .int16(-32768)
                .int32(2147483647)
                .int64(9007199254740993)
                .sbyte(-128)
                .single(0.25)
                .string("x")
                .time_of_day("23:59:59")
                .point(
                    r#"{"type": "Point", "coordinates": [142.1, 64.1]}"#
                        .parse::<GeoJson>()?,
                )
                .untyped("text")
                .primitive(1.5)
                .weight("1.5")
                .colour(Colour::Red)
                .days([Days::Monday, Days::Tuesday])
                .strings(["a", ""])
                .holes([Some(1), None, Some(3)])
                .colours([Colour::Red, Colour::from("mauve")])
                .schedules(["monday".parse::<Flags<Days>>()?])
                .weights(["0.25"])
                .inner(EverythingUpdate::new().int32(1).additional("string", Null))
                .all([EverythingUpdate::new(), EverythingUpdate::new().string("y")])
                .empty(r#"["any", 1]"#.parse::<Untyped>()?)
                .dictionary(DictionaryUpdate::new().additional("a", 1)),
        );
    let answer = client.holders().id(7).update(update).await?;
    Ok(answer)
}
