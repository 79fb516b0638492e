use golden_values::Client;
use golden_values::runtime::edm::Binary;
use golden_values::runtime::model::{Flags, Null, Untyped};
use golden_values::values::{
    Days, DictionaryUpdate, EverythingUpdate, Holder, HolderUpdate,
};

pub async fn example(client: &Client) -> Result<Holder, Box<dyn std::error::Error>> {
    // The value of `byte` does not have the type that `values.everything` declares.
    // The value of `int32` does not have the type that `values.everything` declares.
    // The value of `int64` does not have the type that `values.everything` declares.
    // The schema does not allow null for `string`.
    // The value of `colour` does not have the type that `values.everything` declares.
    // The value of `holes` does not have the type that `values.everything` declares.
    // `values.dictionary` does not declare `a`.
    // The value of `single` does not have the type that `values.everything` declares.
    let holder = HolderUpdate::new()
        .id(7)
        .untyped(Null)
        .everything(
            EverythingUpdate::new()
                .binary("T0RhdGE=".parse::<Binary>()?)
                .date("2026-02-28")
                .decimal("34.95")
                .double(1000.0)
                .additional("byte", 256)
                .additional("int32", "1")
                .additional("int64", "5")
                .guid("01234567-89AB-cdef-0123-456789abcdef")
                .additional("string", Null)
                .days("monday, tuesday".parse::<Flags<Days>>()?)
                .additional("colour", 3)
                .additional("holes", "[null]".parse::<Untyped>()?)
                .dictionary(DictionaryUpdate::new().additional("a", 1))
                .inner(EverythingUpdate::new().untyped("[]".parse::<Untyped>()?))
                .empty("{}".parse::<Untyped>()?)
                .additional("single", "NaN"),
        );
    let answer = client.holders().create(holder).await?;
    Ok(answer)
}
