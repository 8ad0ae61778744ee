//! Settings of the measurements, based on the simulator's sample office.

use chatwork_sim::{Office, Staff};
use relay_tests::{HOST, settings};
use yobirin_domain::model::directory::{Group, Host};
use yobirin_domain::model::lang::{Lang, TranslatedText};
use yobirin_domain::model::settings::SettingsDocument;

/// The office of the relay's tests, with all employees of the sample office as its hosts.
pub(crate) fn sample() -> SettingsDocument {
    let mut document = settings();
    document.hosts = Office::sample_staff().iter().map(host).collect();
    document.groups[0].in_charge = vec![format!("host-{HOST}").parse().unwrap()];
    document
}

/// [`sample`] with `count` additional tablets, named by [`tablet_id`].
pub(crate) fn with_tablets(count: usize) -> SettingsDocument {
    let mut document = sample();
    let template = document.devices[0].clone();
    for number in 0..count {
        let mut device = template.clone();
        device.id = tablet_id(number).parse().unwrap();
        device.name = format!("受付 {number}");
        for button in &mut device.menu {
            button.id = format!("{}-reception", tablet_id(number)).parse().unwrap();
        }
        document.devices.push(device);
    }
    document
}

/// Device id of an additional tablet, counted from 0.
pub(crate) fn tablet_id(number: usize) -> String {
    format!("tablet-{number}")
}

/// The document with one more department, as a change to save.
pub(crate) fn with_department(mut document: SettingsDocument, number: usize) -> SettingsDocument {
    let name = TranslatedText::of(Lang::Ja, format!("新部署 {number}"));
    let id = format!("new-{number}").parse().unwrap();
    document.groups.push(Group::named(id, name));
    document
}

/// Employees who are contacts of the bot.
pub(crate) fn contacts() -> impl Iterator<Item = &'static Staff> {
    let non_contacts = Office::SAMPLE_NON_CONTACTS;
    Office::sample_staff()
        .iter()
        .filter(move |staff| !non_contacts.contains(&staff.account_id))
}

fn host(staff: &Staff) -> Host {
    let id = format!("host-{}", staff.account_id).parse().unwrap();
    Host {
        kana: staff.kana.to_owned(),
        account: Some(staff.account_id.try_into().unwrap()),
        groups: vec!["soumu".parse().unwrap()],
        ..Host::named(id, staff.name)
    }
}
