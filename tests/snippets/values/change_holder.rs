use golden_values::Client;
use golden_values::runtime::edm::{
    Binary, Date, DateTimeOffset, Decimal, Duration, GeoJson, Guid, TimeOfDay,
};
use golden_values::runtime::model::{Flags, Untyped};
use golden_values::values::{
    Colour, Days, Dictionary, Everything, EverythingUpdate, Holder, HolderUpdate,
};

pub async fn example(
    client: &Client,
) -> Result<Option<Holder>, Box<dyn std::error::Error>> {
    let all = Everything::default();
    let mut all_2 = Everything::default();
    all_2.string = Some("y".to_owned());
    let mut dictionary = Dictionary::default();
    // `values.dictionary` does not declare `a`.
    dictionary.additional.insert("a", 1_i64);
    // The schema does not allow null for `string`.
    let update = HolderUpdate::new()
        .untyped(r#"{"any": [1, null]}"#.parse::<Untyped>()?)
        .everything(
            EverythingUpdate::new()
                .binary("T0RhdGE".parse::<Binary>()?)
                .boolean(false)
                .byte(255)
                .date("2026-02-28".parse::<Date>()?)
                .date_time_offset(
                    "2017-01-01T00:00:17.7769392-08:00".parse::<DateTimeOffset>()?,
                )
                .decimal("34.95".parse::<Decimal>()?)
                .double(-1.0)
                .duration("P1DT2H3.5S".parse::<Duration>()?)
                .guid("01234567-89ab-cdef-0123-456789abcdef".parse::<Guid>()?)
                .int16(-32768)
                .int32(2147483647)
                .int64(9007199254740993)
                .sbyte(-128)
                .single(0.25)
                .string("x")
                .time_of_day("23:59:59".parse::<TimeOfDay>()?)
                .point(
                    r#"{"type": "Point", "coordinates": [142.1, 64.1]}"#
                        .parse::<GeoJson>()?,
                )
                .untyped(r#""text""#.parse::<Untyped>()?)
                .primitive("1.5".parse::<Untyped>()?)
                .weight("1.5".parse::<Decimal>()?)
                .colour(Colour::Red)
                .days(Flags::from_iter([Days::Monday, Days::Tuesday]))
                .strings(vec!["a".to_owned(), "".to_owned()])
                .holes(vec![Some(1), None, Some(3)])
                .colours(vec![Colour::Red, Colour::from("mauve")])
                .schedules(vec![Flags::from(Days::Monday)])
                .weights(Vec::from(["0.25".parse()?]))
                .inner(
                    EverythingUpdate::new()
                        .int32(1)
                        .additional("string", Untyped::default()),
                )
                .all(vec![all, all_2])
                .empty(r#"["any", 1]"#.parse::<Untyped>()?)
                .dictionary(dictionary),
        );
    let answer = client.holders().id(7).update(update).await?;
    Ok(answer)
}
