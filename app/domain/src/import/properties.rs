//! Properties of import and export: a round trip changes nothing, and any file leaves a valid document valid.

use proptest::prelude::*;

use super::layout::Layout;
use super::*;
use crate::csv::sheet;
use crate::export;
use crate::model::directory::{Group, Host};
use crate::model::id::{AccountId, GroupId, HostId, RoomId};
use crate::model::lang::{Lang, TranslatedText};
use crate::validate::validate;

/// Text with characters that have a meaning in lists and spreadsheets.
fn any_text() -> impl Strategy<Value = String> {
    prop::string::string_regex("[佐藤ア①,;、/=+@'\"\n髙高 a1*-]{0,6}").expect("a valid regex")
}

/// Text of [`any_text`] on one line.
fn any_line() -> impl Strategy<Value = String> {
    any_text().prop_map(|text| one_line(&text))
}

/// Names with a visible character and without white space around them.
fn any_name() -> impl Strategy<Value = String> {
    ("[佐藤高髙アa]", "[佐藤ア,;、/='\"髙高a1-]{0,4}").prop_map(|(a, b)| format!("{a}{b}"))
}

fn any_document() -> impl Strategy<Value = SettingsDocument> {
    let group = (
        any_name(),
        prop::option::of(any_name()),
        prop::option::of(0_usize..6),
        prop::option::of(1_u64..99),
        prop::collection::btree_set(0_usize..6, 0..3),
        any::<bool>(),
        -3_i32..3,
    );
    let host = (
        any_name(),
        any_line(),
        any_line(),
        prop::collection::vec(any_name(), 0..3),
        prop::collection::btree_set(0_usize..5, 0..3),
        prop::collection::btree_set(0_usize..6, 0..2),
        any_text(),
        any::<bool>(),
    );
    (
        prop::collection::vec(group, 5),
        prop::collection::vec(host, 6),
    )
        .prop_map(|(groups, hosts)| {
            let host_id = |i: usize| format!("h{i}").parse::<HostId>().unwrap();
            let group_id = |i: usize| format!("g{i}").parse::<GroupId>().unwrap();
            let mut document = SettingsDocument::default();
            for (i, (name, english, parent, room, in_charge, hidden, order)) in
                groups.into_iter().enumerate()
            {
                let mut local = TranslatedText::of(Lang::Ja, name);
                local.set(Lang::En, english.unwrap_or_default());
                let mut group = Group::named(group_id(i), local);
                group.parent = parent.filter(|parent| *parent < i).map(group_id);
                group.room = room.and_then(|room| RoomId::try_from(room).ok());
                group.in_charge = in_charge.into_iter().map(host_id).collect();
                (group.hidden, group.not_callable, group.order) = (hidden, !hidden, order);
                document.groups.push(group);
            }
            for (i, (name, kana, display, keys, groups, delegates, message, hidden)) in
                hosts.into_iter().enumerate()
            {
                let mut host = Host::named(host_id(i), name);
                (host.kana, host.display_name, host.visitor_message) = (kana, display, message);
                host.latin_name = host.kana.clone();
                host.search_keys = keys;
                host.account = AccountId::try_from(i as u64 * 7).ok();
                host.groups = groups.into_iter().map(group_id).collect();
                host.delegates = delegates
                    .into_iter()
                    .filter(|other| *other != i)
                    .map(host_id)
                    .collect();
                // Hidden hosts are absent, every second one from a later day on.
                if hidden {
                    host.absent_until = "2026-11-30".parse().ok();
                    host.absent_from = if i % 2 == 0 {
                        "2026-11-28".parse().ok()
                    } else {
                        None
                    };
                }
                host.hidden = hidden;
                document.hosts.push(host);
            }
            document
        })
}

fn import(text: &str, into: SettingsDocument, clear_empty: bool) -> Proposal {
    let sheet = sheet::read(text);
    let layout = Layout::guess(&sheet);
    let options = Options {
        clear_empty,
        ..Options::default()
    };
    Import::new(into, sheet, layout, options, || {
        panic!("the import must not create records")
    })
    .finish()
}

proptest! {
    // Few cases: each is a whole document.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn importing_an_export_changes_nothing(
        document in any_document(), japanese: bool, clear_empty: bool,
    ) {
        let lang = if japanese { Lang::Ja } else { Lang::En };
        for text in [export::hosts(&document, lang), export::groups(&document, lang)] {
            let proposal = import(&text, document.clone(), clear_empty);
            prop_assert_eq!(&proposal.issues, &[]);
            prop_assert!(proposal.rows.iter().all(|line| line.outcome == RowOutcome::Unchanged), "{:?}", proposal.rows);
            prop_assert_eq!(&proposal.document, &document);
        }
    }

    /// The list of groups is imported twice, because its hosts do not exist at first. Lists cannot express white
    /// space around a text and a single `*`.
    #[test]
    fn an_export_restores_all_hosts_and_groups_in_an_empty_document(mut document in any_document()) {
        for host in &mut document.hosts {
            let Host { kana, display_name, latin_name, visitor_message, .. } = host;
            for text in [kana, display_name, latin_name, visitor_message] {
                *text = text.trim().replace('*', "");
                *text = text.trim().to_owned();
            }
            host.search_keys.retain(|key| crate::csv::cell::is_unambiguous(key));
        }
        let (hosts, groups) = (export::hosts(&document, Lang::Ja), export::groups(&document, Lang::Ja));
        let first = import(&groups, SettingsDocument::default(), false).document;
        let second = import(&hosts, first, false);
        prop_assert_eq!(&second.issues, &[]);
        let third = import(&groups, second.document, false);
        prop_assert_eq!(&third.issues, &[]);
        prop_assert_eq!(&third.document.groups, &document.groups);
        prop_assert_eq!(&third.document.hosts, &document.hosts);
    }

    #[test]
    fn any_file_leaves_a_valid_document_valid(
        headers in prop::sample::subsequence(vec!["ホストID", "名前", "識別ID", "グループ", "検索キー", "代理", "非表示", "退職", "不在"], 1..9),
        cells in prop::collection::vec(prop::collection::vec("[hg0-9佐藤; /=a\n\"-]{0,8}", 0..9), 0..12),
        as_groups: bool,
    ) {
        let rows = cells.iter().map(|row| row.join(","));
        let text = format!("{}\n{}", headers.join(","), rows.collect::<Vec<_>>().join("\n"));
        let sheet = sheet::read(&text);
        let kind = if as_groups { Kind::Groups } else { Kind::Hosts };
        let layout = Layout::guess_as(kind, &sheet);
        let mut bits = 0;
        let random = move || { bits += 1 << 12; bits };
        let proposal = Import::new(crate::test_office::document(), sheet, layout, Options::default(), random).finish();
        prop_assert!(validate(proposal.document).is_ok());
    }
}
