//! Import of typical files and their issues.

use std::collections::BTreeMap;

use super::layout::Layout;
use super::*;
use crate::chatwork_id::ParseIdError;
use crate::csv::sheet;
use crate::model::directory::Host;
use crate::model::id::{AccountId, GroupId, HostId, RoomId};
use crate::model::lang::Lang;
use crate::test_office::{document, host_in};

/// Chatwork's user export: header, keywords, users.
const CHATWORK: &str = "識別ID,名前,メールアドレス,言語,部署,部署公開設定\r\n\
    account_id,name,login_mail,language,department,department_privacy\r\n\
    101,佐藤花子,sato@example.com,ja,総務,public\r\n\
    108,渡辺 ⑧子,watanabe@example.com,ja,開発部/開発二課,contact\r\n";

/// Host that the import has added last.
fn added_host(proposal: &Proposal) -> &Host {
    let added = &proposal.document.hosts[document().hosts.len()..];
    added.last().expect("an added host")
}

fn propose_with(text: &str, document: SettingsDocument, options: Options) -> Proposal {
    let sheet = sheet::read(text);
    let layout = Layout::guess(&sheet);
    let mut bits = 0_u64;
    let random = move || {
        bits += 1 << 12;
        bits
    };
    Import::new(document, sheet, layout, options, random).finish()
}

fn propose(text: &str) -> Proposal {
    propose_with(text, document(), Options::default())
}

fn propose_with_choice(text: &str, line: usize, choice: RowChoice) -> Proposal {
    let options = Options {
        choices: BTreeMap::from([(line, choice)]),
        ..Options::default()
    };
    propose_with(text, document(), options)
}

fn issues(proposal: &Proposal) -> Vec<(usize, IssueKind)> {
    let issues = proposal.issues.iter();
    issues.map(|issue| (issue.line, issue.kind)).collect()
}

fn outcome(proposal: &Proposal, line: usize) -> &RowOutcome {
    let mut lines = proposal.rows.iter();
    &lines
        .find(|row| row.line == line)
        .expect("a row of this line")
        .outcome
}

fn change(field: Field, before: &str, after: &str) -> FieldChange {
    FieldChange {
        field,
        before: before.to_owned(),
        after: after.to_owned(),
    }
}

#[test]
fn chatworks_user_export_is_read_below_header_and_keywords() {
    let sheet = sheet::read(CHATWORK);
    let layout = Layout::guess(&sheet);
    assert_eq!((layout.kind, layout.first_data_row), (Kind::Hosts, 2));
    let proposal = propose(CHATWORK);
    assert_eq!(issues(&proposal), []);
    // Matched by account; the different spacing of the name is ignored.
    assert_eq!(outcome(&proposal, 3), &RowOutcome::Unchanged);
    let expected = [
        change(Field::Name, "", "渡辺 ⑧子"),
        change(Field::Account, "", "108"),
        change(Field::Groups, "", "開発部/開発二課"),
    ];
    assert_eq!(outcome(&proposal, 4), &RowOutcome::Added(expected.to_vec()));
    assert_eq!(proposal.new_groups, ["開発部/開発二課"]);
    let created = proposal
        .document
        .groups
        .last()
        .expect("a group was created");
    assert_eq!(
        created.parent.as_ref().map(GroupId::as_str),
        Some("kaihatsu")
    );
    assert!(crate::validate::validate(proposal.document).is_ok());
}

#[test]
fn the_first_host_is_not_mistaken_for_keywords() {
    let sheet = sheet::read("識別ID,名前\r\n101,Sato\r\n");
    assert_eq!(Layout::guess(&sheet).first_data_row, 1);
}

#[test]
fn hosts_of_another_reception_system_are_read_by_header() {
    let text = "メールアドレス(*),姓（漢字）(*),名（漢字）,せい（ひらがな）,めい（ひらがな）,表示名,権限,グループ,検索キー,離職,ワーカーメッセージ,ChatWorkアカウントID\r\n\
        a@example.com,山田,太郎,やまだ,たろう,,一般,営業部/営業一課;総務,ヤマちゃん,0,\"3階へ\r\nどうぞ\",120\r\n\
        b@example.com,佐藤,花子,,,*,,,,1,,\r\n\
        c@example.com,退職,済,,,,,,,1,,\r\n";
    let proposal = propose(text);
    let added = added_host(&proposal);
    assert_eq!(
        (added.name.as_str(), added.kana.as_str()),
        ("山田 太郎", "やまだ たろう")
    );
    assert_eq!(added.search_keys, ["ヤマちゃん"]);
    assert_eq!(added.visitor_message, "3階へ\nどうぞ");
    let groups: Vec<&str> = added.groups.iter().map(GroupId::as_str).collect();
    assert_eq!(groups, ["eigyo1", "soumu"]);
    // A host who has left is hidden if existing, skipped if new.
    assert_eq!(
        outcome(&proposal, 4),
        &RowOutcome::Changed(vec![change(Field::Hidden, "", "1")])
    );
    assert_eq!(outcome(&proposal, 5), &RowOutcome::Skipped);
    assert_eq!(issues(&proposal), [(5, IssueKind::HostHasLeft)]);
}

#[test]
fn groups_of_another_reception_system_are_read_in_any_order() {
    let text = "グループ名(*),英語名,親グループ,担当者,Chatwork ROOM ID,デバイス非表示,表示順\r\n\
        法務一課,Legal 1,法務部,佐藤 花子;鈴木一郎,,0,2\r\n\
        法務部,Legal,,,https://www.chatwork.com/#!rid456,1,1\r\n\
        開発一課,,開発部,,rid77,,\r\n";
    let proposal = propose(text);
    assert_eq!(issues(&proposal), []);
    let group = |name: &str| {
        let mut groups = proposal.document.groups.iter();
        groups
            .find(|group| group.name.exactly(Lang::Ja) == name)
            .expect("the group exists")
    };
    let (section, division) = (group("法務一課"), group("法務部"));
    assert_eq!(section.parent.as_ref(), Some(&division.id));
    assert_eq!(section.name.exactly(Lang::En), "Legal 1");
    let in_charge: Vec<&str> = section.in_charge.iter().map(HostId::as_str).collect();
    assert_eq!(in_charge, ["sato", "suzuki"]);
    assert_eq!(
        (
            division.room.map(RoomId::get),
            division.hidden,
            division.order
        ),
        (Some(456), true, 1)
    );
    assert_eq!(
        outcome(&proposal, 4),
        &RowOutcome::Changed(vec![change(Field::Room, "", "77")])
    );
    assert!(crate::validate::validate(proposal.document).is_ok());
}

#[test]
fn groups_of_one_name_are_distinguished_by_parent() {
    let text = "グループ名,親グループ\r\n一課,開発部\r\n一課,営業部\r\n一班,営業部/一課\r\n一班,開発部/一課\r\n";
    let proposal = propose(text);
    assert_eq!(issues(&proposal), []);
    let names = RecordFormatter::of(&proposal.document);
    let added = &proposal.document.groups[document().groups.len()..];
    let paths: Vec<String> = added
        .iter()
        .map(|group| names.groups.label(&group.id))
        .collect();
    assert_eq!(
        paths,
        [
            "開発部/一課",
            "営業部/一課",
            "営業部/一課/一班",
            "開発部/一課/一班"
        ]
    );
}

#[test]
fn a_parent_may_have_a_star_in_its_name() {
    let proposal = propose("グループ名,親グループ\r\n特*部,\r\n開発一課,特*部\r\n");
    assert_eq!(issues(&proposal), []);
    assert!(
        matches!(outcome(&proposal, 3), RowOutcome::Added(_)),
        "another 開発一課, not the one of 開発部: {:?}",
        proposal.rows
    );
}

#[test]
fn invalid_cells_are_reported_by_line_and_the_rest_of_the_row_is_used() {
    let long = "あ".repeat(81);
    let text = format!(
        "ホストID,名前,アカウントID,所属グループ,不在（この日まで）,非表示,代理\r\n\
        sato,佐藤 花子,sato-chan,,2026/2/30,たぶん,\r\n\
        \r\n\
        bad id,新田,rid5,開発部/未定,,,誰か\r\n\
        ,{long},200,,,,\r\n\
        ,,201,,,,\r\n\
        suzuki,鈴木 一郎,101,,,,伊藤 三郎\r\n\
        suzuki,鈴木 一郎,,,,,\r\n\
        ,新人\r\n\
        ,新人,,,,,,余り\r\n"
    );
    let options = Options {
        create_groups: false,
        ..Options::default()
    };
    let proposal = propose_with(&text, document(), options);
    let too_long_name = IssueKind::TooLong { max: 80 };
    assert_eq!(
        issues(&proposal),
        [
            (2, IssueKind::InvalidAccount(ParseIdError::ChatworkName)),
            (2, IssueKind::InvalidDate),
            (2, IssueKind::InvalidFlag),
            (4, IssueKind::InvalidAccount(ParseIdError::RoomForAccount)),
            (4, IssueKind::InvalidId),
            (4, IssueKind::UnknownGroup),
            (4, IssueKind::UnknownHost),
            (5, too_long_name),
            (5, IssueKind::MissingName),
            (6, IssueKind::MissingName),
            (7, IssueKind::AccountTaken),
            (8, IssueKind::DuplicateRow { line: 7 }),
            (9, IssueKind::TooFewCells),
            (10, IssueKind::TooManyCells),
            (10, IssueKind::DuplicateName { line: 9 }),
        ]
    );
    assert_eq!(outcome(&proposal, 2), &RowOutcome::Unchanged);
    let delegates = change(Field::Delegates, "", "伊藤 三郎");
    assert_eq!(outcome(&proposal, 7), &RowOutcome::Changed(vec![delegates]));
    let added = proposal.document.hosts.len() - document().hosts.len();
    assert_eq!(added, 3, "新田 and two 新人");
    assert!(crate::validate::validate(proposal.document).is_ok());
}

#[test]
fn an_ambiguous_row_needs_a_choice() {
    let mut before = document();
    let mut namesake = host_in(&mut before, "sato").clone();
    namesake.id = "sato2".parse().unwrap();
    namesake.account = None;
    before.hosts.push(namesake);
    let text = "名前,ふりがな\r\n佐藤花子,さとう\r\n";
    let proposal = propose_with(text, before.clone(), Options::default());
    let RowOutcome::Ambiguous(candidates) = outcome(&proposal, 2) else {
        panic!("{:?}", proposal.rows)
    };
    let ids: Vec<&str> = candidates.iter().map(|who| who.id.as_str()).collect();
    assert_eq!(ids, ["sato", "sato2"]);
    assert_eq!(candidates[0].note, "総務 · 101");
    assert_eq!(proposal.document, before, "no change before the choice");
    let options = Options {
        choices: BTreeMap::from([(2, RowChoice::Existing("sato2".to_owned()))]),
        ..Options::default()
    };
    let proposal = propose_with(text, before, options);
    let sato2 = proposal.document.hosts.last().expect("the namesake");
    assert_eq!(sato2.kana, "さとう");
}

#[test]
fn the_same_name_with_another_account_needs_a_choice() {
    let text = "名前,識別ID\r\n佐藤花子,999\r\n";
    assert!(matches!(
        outcome(&propose(text), 2),
        RowOutcome::Ambiguous(_)
    ));
    let new = propose_with_choice(text, 2, RowChoice::New);
    assert_eq!(added_host(&new).account.map(AccountId::get), Some(999));
    assert_eq!(issues(&new), []);
    let same = propose_with_choice(text, 2, RowChoice::Existing("sato".to_owned()));
    assert_eq!(
        outcome(&same, 2),
        &RowOutcome::Changed(vec![change(Field::Account, "101", "999")])
    );
    let none = propose_with_choice(text, 2, RowChoice::Skip);
    assert_eq!(
        (outcome(&none, 2), &none.document),
        (&RowOutcome::Skipped, &document())
    );
}

#[test]
fn empty_cells_clear_values_only_by_option_and_a_star_never() {
    let text = "ホストID,名前,ふりがな,アカウントID,所属グループ\r\nsato,佐藤 花子,,,*\r\n";
    assert_eq!(propose(text).document, document());
    let options = Options {
        clear_empty: true,
        ..Options::default()
    };
    let proposal = propose_with(text, document(), options);
    let sato = &proposal.document.hosts[0];
    assert_eq!(
        (sato.kana.as_str(), sato.account, sato.groups.len()),
        ("", None, 1)
    );
}

#[test]
fn a_cycle_of_parents_is_reported_and_broken() {
    let text = "グループID,グループ名,親グループ\r\nkaihatsu,開発部,開発部/開発一課\r\n";
    let proposal = propose(text);
    assert_eq!(issues(&proposal), [(2, IssueKind::ParentCycle)]);
    assert!(crate::validate::validate(proposal.document).is_ok());
}

#[test]
fn undecodable_characters_and_unclosed_quotes_are_reported() {
    let proposal = propose("名前,ふりがな\r\n山\u{fffd},やま\r\n海,\"うみ\r\n空,そら\r\n");
    assert_eq!(
        issues(&proposal),
        [
            (2, IssueKind::UndecodableCharacter),
            (3, IssueKind::UnclosedQuote)
        ]
    );
}

#[test]
fn the_admin_can_assign_columns() {
    let sheet = sheet::read("番号,ヒト\r\n1,山田\r\n");
    let mut layout = Layout::guess(&sheet);
    assert!(!layout.has_name());
    layout.assign(0, Some(Field::Name));
    layout.assign(1, Some(Field::Name));
    assert_eq!(layout.columns, [None, Some(Field::Name)]);
    let proposal = Import::new(document(), sheet, layout, Options::default(), || 1 << 20).finish();
    assert_eq!(added_host(&proposal).name, "山田");
}

#[test]
fn processing_in_steps_gives_the_same_result() {
    let sheet = sheet::read(CHATWORK);
    let layout = Layout::guess(&sheet);
    let mut import = Import::new(document(), sheet, layout, Options::default(), || 7 << 12);
    let mut progress = import.progress();
    while import.step(1) {
        assert!(import.progress() >= progress, "progress never decreases");
        progress = import.progress();
    }
    let whole = propose_with(CHATWORK, document(), Options::default());
    let names = |proposal: &Proposal| -> Vec<String> {
        proposal
            .document
            .hosts
            .iter()
            .map(|host| host.name.clone())
            .collect()
    };
    assert_eq!(names(&import.finish()), names(&whole));
}

#[test]
fn control_characters_of_a_cell_are_removed_from_a_name() {
    let text = "氏名,よみ,メッセージ\n\"山田\n太郎\",やまだ\u{b}たろう,\"一行目\n二行目\0\"\n";
    let proposal = propose(text);
    let host = added_host(&proposal);
    assert_eq!(host.name, "山田 太郎");
    assert_eq!(host.kana, "やまだ たろう");
    assert_eq!(host.visitor_message, "一行目\n二行目");
}

#[test]
fn names_in_half_width_kana_and_full_width_spaces_reach_visitors_in_the_usual_width() {
    let text = "氏名,よみ,表示名,メッセージ\n近藤　一夫,ｺﾝﾄﾞｳ ｶｽﾞｵ,ｺﾝﾄﾞｳ,受付で　お待ちください\n";
    let proposal = propose(text);
    let host = added_host(&proposal);
    let names = (&*host.name, &*host.kana, &*host.display_name);
    assert_eq!(names, ("近藤 一夫", "コンドウ カズオ", "コンドウ"));
    assert_eq!(host.visitor_message, "受付で　お待ちください");
}
