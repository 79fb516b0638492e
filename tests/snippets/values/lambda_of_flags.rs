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
                .then(Everything::ALL)
                .any(|x1| {
                    x1
                        .then(Everything::BOOLEAN)
                        .and(x1.then(Everything::BOOLEAN).not())
                        .and(x1.then(Everything::DAYS).has(Days::Monday))
                })
                .and(
                    Holder::EVERYTHING
                        .then(Everything::ALL)
                        .any(|x1| x1.then(Everything::BOOLEAN)),
                ),
        )
        .await?;
    Ok(page)
}
