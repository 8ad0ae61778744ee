//! Pages of an office manager's daily work: the question for a name, the author of a version, absences, holidays, and
//! groups without anybody in charge.

use e2e_tests::office::{host_id, someone_of};
use e2e_tests::{Browser, Size, TestEnv};

use super::{appearances, check_appearances, check_part};
use crate::steps::admin::{save, show, sign_in};

#[tokio::test]
async fn the_daily_work_of_an_office_manager_is_accessible_and_fits() {
    for (language, appearances) in appearances(Size::DESKTOP) {
        let (env, admin) = TestEnv::configured().await;
        let mut document = admin.settings().await;
        document.groups[0].in_charge.clear();
        document.groups[2].in_charge.clear();
        admin.save(&document).await;
        let setup = Browser::start(env.relay.url(), language, Size::DESKTOP).await;
        setup.open("/setup").await;
        sign_in(&setup).await;

        let id = host_id(someone_of("総務")).to_string();
        show(&setup, "/setup/hosts").await;
        setup.press(&format!("a[href='/setup/hosts/{id}']")).await;
        setup.type_into("input[name=host-kana]", "そうむ").await;
        setup
            .type_time("input[name=host-absent-from]", "12012099")
            .await;
        setup.sees("input[name=editor-name]").await;
        check_part(&setup, "absence", "[data-section=absence]", &appearances).await;
        setup.resize(Size::DESKTOP).await;
        setup.type_into("input[name=editor-name]", "佐藤").await;
        save(&setup).await;
        check_appearances(&setup, "editor-line", &appearances).await;
        setup.resize(Size::DESKTOP).await;
        setup.press("[data-action=change-editor]").await;
        setup.sees("[data-dialog=editor] input").await;
        check_appearances(&setup, "editor-dialog", &appearances).await;
        setup.press("[data-action=keep-editor]").await;
        setup.no_longer_sees("[data-dialog=editor] input").await;

        setup.resize(Size::DESKTOP).await;
        show(&setup, "/setup/site").await;
        setup
            .press("[data-section=opening-hours] [data-choice=weekly]")
            .await;
        check_part(&setup, "holidays", "[name=closed-day]", &appearances).await;
        setup.resize(Size::DESKTOP).await;
        setup.press("[data-action=add-holidays]").await;
        save(&setup).await;
        check_part(&setup, "holidays-added", "[name=closed-day]", &appearances).await;

        setup.resize(Size::DESKTOP).await;
        show(&setup, "/setup/versions").await;
        setup.sees("[data-version='4'] [data-summary]").await;
        check_appearances(&setup, "versions-named", &appearances).await;

        setup.resize(Size::DESKTOP).await;
        show(&setup, "/setup/history").await;
        setup.press("[data-period=yesterday]").await;
        setup.sees("[data-notice=none-found]").await;
        check_appearances(&setup, "history-periods", &appearances).await;

        setup.resize(Size::DESKTOP).await;
        show(&setup, "/setup/doctor").await;
        setup.sees("[data-notice=nobody-in-charge]").await;
        check_appearances(&setup, "doctor-in-charge", &appearances).await;

        setup.resize(Size::DESKTOP).await;
        show(&setup, "/setup/groups").await;
        setup.press("a[href='/setup/groups/soumu']").await;
        setup.sees("[data-section=members]").await;
        check_part(
            &setup,
            "group-members",
            "[data-section=in-charge]",
            &appearances,
        )
        .await;
        env.close().await;
    }
}
