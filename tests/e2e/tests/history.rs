//! Filters of the call history in set-up, and its CSV export.

use chatwork_sim::Office;

use crate::steps::admin::{open_setup, show};
use crate::steps::visitor::{await_notified, press_menu};

#[tokio::test]
async fn the_history_can_be_filtered_and_exported_as_csv() {
    let (env, admin, setup) = open_setup().await;
    let tablet = env.paired(&admin).await;
    press_menu(&tablet, "parcel").await;
    await_notified(&tablet).await;
    assert_eq!(env.chatwork.messages(Office::SAMPLE_SOUMU_ROOM).len(), 1);

    show(&setup, "/setup/history").await;
    setup.sees("[data-call][data-state=notified]").await;
    setup
        .choose("select[name=history-outcome]", "not_delivered")
        .await;
    setup.sees("[data-notice=none-found]").await;
    setup.choose("select[name=history-outcome]", "").await;
    setup.type_into("input[name=history-text]", "総務").await;
    setup.sees("[data-call]").await;

    let table = setup.download("[data-action=csv]").await;
    let table = String::from_utf8(table).expect("UTF-8");
    assert_eq!(table.trim_end().lines().count(), 2, "{table}");
    assert!(
        table.contains("1F 受付") && table.contains("通知済み"),
        "{table}"
    );
    env.close().await;
}
