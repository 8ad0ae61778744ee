//! Environment of the kiosk's visual tests: an office with texts in every language, and a tablet in one.

use e2e_tests::admin::Admin;
use e2e_tests::office::{TABLET, host_id, someone_of};
use e2e_tests::{Browser, Size, TestEnv};
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::menu::{Ask, Need};
use yobirin_domain::model::settings::SettingsDocument;

use crate::steps::visitor::await_latest_settings;
use crate::visual::{Appearance, appearances_in, check_appearances};

/// Names of menu entries and groups in the other languages.
const NAMES: [(&str, [&str; 4]); 12] = [
    (
        "groups",
        [
            "Choose a department",
            "选择部门",
            "부서 선택",
            "Chọn phòng ban",
        ],
    ),
    (
        "search",
        [
            "Find a person",
            "查找负责人",
            "담당자 검색",
            "Tìm người phụ trách",
        ],
    ),
    (
        "open",
        [
            "Choose a person from the list",
            "从列表中选择负责人",
            "목록에서 담당자 선택",
            "Chọn người phụ trách từ danh sách",
        ],
    ),
    (
        "closed",
        [
            "Enter a person's name",
            "输入负责人姓名",
            "담당자 이름 입력",
            "Nhập tên người phụ trách",
        ],
    ),
    ("parcel", ["Delivery", "快递", "택배", "Giao hàng"]),
    (
        "sales",
        [
            "Talk to Sales",
            "业务咨询",
            "영업 상담",
            "Tư vấn kinh doanh",
        ],
    ),
    (
        "soumu",
        ["General Affairs", "总务部", "총무부", "Phòng Tổng vụ"],
    ),
    (
        "kaihatsu",
        ["Development", "开发部", "개발부", "Phòng Phát triển"],
    ),
    (
        "kaihatsu1",
        ["Development 1", "开发一课", "개발 1과", "Phát triển 1"],
    ),
    (
        "kaihatsu2",
        ["Development 2", "开发二课", "개발 2과", "Phát triển 2"],
    ),
    ("eigyo", ["Sales", "营业部", "영업부", "Phòng Kinh doanh"]),
    (
        "eigyo1",
        ["Sales 1", "营业一课", "영업 1과", "Kinh doanh 1"],
    ),
];

/// A tablet, with the appearances in which its screens are checked.
pub(super) struct KioskEnv {
    pub(super) env: TestEnv,
    pub(super) admin: Admin,
    pub(super) tablet: Browser,
    pub(super) language: &'static str,
    appearances: Vec<Appearance>,
}

/// The languages of this run, each with its appearances.
pub(super) fn every_language() -> Vec<(&'static str, Vec<Appearance>)> {
    let mut sizes = Size::ALL.to_vec();
    sizes.extend([Size::PHONE_LANDSCAPE, Size::LARGE_DISPLAY]);
    appearances_in(Size::TABLET, &["ja", "en", "zh-Hans", "ko", "vi"], sizes)
}

impl KioskEnv {
    /// A browser that shows the pairing screen.
    pub(super) async fn unpaired((language, appearances): (&'static str, Vec<Appearance>)) -> Self {
        let (env, admin) = TestEnv::configured().await;
        let mut document = admin.settings().await;
        add_translations(&mut document);
        admin.save(&document).await;
        let tablet = Browser::start(env.relay.url(), language, Size::TABLET).await;
        tablet.open("/pair").await;
        tablet.sees("[data-screen=pairing]").await;
        Self {
            env,
            admin,
            tablet,
            language,
            appearances,
        }
    }

    /// A paired tablet that shows its menu.
    pub(super) async fn open(language: (&'static str, Vec<Appearance>)) -> Self {
        let kiosk = Self::unpaired(language).await;
        let code = kiosk.admin.pairing_code(TABLET).await.code;
        kiosk.tablet.open("/").await;
        kiosk.tablet.open(&format!("/pair#code={code}")).await;
        kiosk.tablet.sees("[data-screen=menu]").await;
        kiosk.tablet.close_checklist().await;
        kiosk.select_language().await;
        kiosk
    }

    /// Changes the settings; waits until the tablet has them.
    pub(super) async fn change(&self, change: impl FnOnce(&mut SettingsDocument)) {
        let mut document = self.admin.settings().await;
        change(&mut document);
        self.admin.save(&document).await;
        await_latest_settings(&self.tablet).await;
    }

    /// Selects the language of this run, after a reset to the default.
    pub(super) async fn select_language(&self) {
        let language = format!("[data-lang={}]", self.language);
        self.tablet.press(&language).await;
        self.tablet
            .sees(&format!("{language}[aria-pressed=true]"))
            .await;
    }

    pub(super) async fn home(&self) {
        self.tablet
            .press("[data-state=home], [data-state=done]")
            .await;
        self.tablet.sees("[data-screen=menu]").await;
    }

    /// Counts as input, and stops the tablet's clock this many seconds later.
    pub(super) async fn idle(&self, seconds: u32) {
        let idle = format!(
            "window.running ??= Date.now; dispatchEvent(new Event('click'));
             const then = window.running() + {seconds} * 1000; Date.now = () => then;"
        );
        self.tablet.script(&idle).await;
    }

    /// Checks the current screen, without letting the idle reset interrupt the check.
    pub(super) async fn check(&self, page: &str) {
        self.check_then(page, "dispatchEvent(new Event('click'))")
            .await;
    }

    /// Checks the current screen without input.
    pub(super) async fn check_idle(&self, page: &str) {
        self.check_then(page, "").await;
    }

    /// Checks the screen while the tablet's clock stands still, then runs this script and restarts the clock.
    async fn check_then(&self, page: &str, then: &str) {
        let still = "window.running ??= Date.now; const now = Date.now(); Date.now = () => now;";
        self.tablet.script(still).await;
        check_appearances(&self.tablet, &format!("kiosk-{page}"), &self.appearances).await;
        let on = format!("Date.now = window.running; {then}");
        self.tablet.script(&on).await;
        self.tablet.resize(Size::TABLET).await;
    }

    /// Opens a card over the screen, checks it and closes it.
    pub(super) async fn check_card(&self, card: &str) {
        self.tablet.press(&format!("[data-state={card}]")).await;
        self.tablet.sees("dialog[open]").await;
        self.check(card).await;
        self.tablet.press("[data-state=close]").await;
        self.tablet.no_longer_sees("dialog[open]").await;
    }
}

fn add_translations(document: &mut SettingsDocument) {
    document.site.languages = Lang::ALL.to_vec();
    document.site.exit_pin = Some("2468".to_owned());
    let others = [Lang::En, Lang::Zh, Lang::Ko, Lang::Vi];
    let named = |id: &str| NAMES.iter().find(|(named, _)| *named == id);
    let menu = &mut document.devices[0].menu;
    let buttons = menu
        .iter_mut()
        .map(|button| (button.id.to_string(), &mut button.label));
    let groups = document
        .groups
        .iter_mut()
        .map(|group| (group.id.to_string(), &mut group.name));
    for (id, name) in buttons.chain(groups) {
        let (_, words) = named(&id).unwrap_or_else(|| panic!("{id} has no other names"));
        for (lang, word) in others.into_iter().zip(words) {
            name.set(lang, *word);
        }
    }
    let menu = &mut document.devices[0].menu;
    if let Some(sales) = menu.iter_mut().find(|button| button.id.as_str() == "sales") {
        sales.ask = Ask {
            company: Need::Required,
            name: Need::Required,
            people: Need::Optional,
            purpose: Need::Optional,
        };
    }
    for host in &mut document.hosts {
        host.groups.push("eigyo1".parse().expect("a valid id"));
        host.groups.dedup();
    }
    let welcoming = host_id(someone_of("総務"));
    let host = document.hosts.iter_mut().find(|host| host.id == welcoming);
    host.expect("somebody works in 総務").visitor_message =
        "2 階のラウンジへどうぞ。\nそちらのソファでもお待ちいただけます。".to_owned();
}
