use golden_values::Client;
use golden_values::runtime::Page;
use golden_values::values::{Days, Everything, Holder};

pub async fn example(
    client: &Client,
) -> Result<Page<Holder>, Box<dyn std::error::Error>> {
    let page = client
        .holders()
        .list()
        .filter(
            Holder::EVERYTHING
                .then(Everything::DATE)
                .gt("2026-01-31")
                .and(Holder::EVERYTHING.then(Everything::DAYS).has(Days::Monday))
                .and(
                    Holder::EVERYTHING.then(Everything::DATE_TIME_OFFSET).year().eq(2026),
                ),
        )
        .await?;
    Ok(page)
}
