//! Queries with more than a name: honorifics, titles, departments and the company.

use super::super::{Index, SearchResults};
use super::{host_ids, index};
use crate::model::directory::Group;
use crate::model::id::GroupId;
use crate::model::lang::{Lang, TranslatedText};
use crate::test_office::{host, office};

fn sample() -> Index {
    Index::of(&office(|document| {
        document.site.name = "株式会社よびりん商事".to_owned();
        document.site.names = TranslatedText::of(Lang::En, "Yobirin Trading");
        document.groups = [
            ("affairs", "総務部", "General Affairs"),
            ("dev", "開発", "Development"),
            ("old", "旧部署", ""),
        ]
        .map(|(id, ja, en)| {
            Group::named(
                id.parse().unwrap(),
                TranslatedText::of(Lang::Ja, ja).and(Lang::En, en),
            )
        })
        .into();
        document.groups[2].hidden = true;
        let mut team = Group::named(
            "team".parse().unwrap(),
            TranslatedText::of(Lang::Ja, "開発一課"),
        );
        team.parent = Some("dev".parse().unwrap());
        document.groups.push(team);
        document.devices.clear();
        document.hosts = vec![
            host("yamada", "山田 太郎", "やまだ たろう", 0, &["affairs"]),
            host("yamada2", "山田 花子", "やまだ はなこ", 0, &["team"]),
            host("tanaka", "田中 一", "たなか はじめ", 0, &["dev"]),
            host("hayashi", "林 進", "はやし すすむ", 0, &[]),
        ];
    }))
}

fn groups(results: &SearchResults) -> Vec<&str> {
    results.groups.iter().map(GroupId::as_str).collect()
}

#[test]
fn honorifics_titles_department_and_company_may_surround_a_name() {
    let index = sample();
    for (query, hosts) in [
        ("山田さん", "yamada yamada2"),
        ("山田 太郎 様", "yamada"),
        ("山田部長", "yamada yamada2"),
        ("たなか様", "tanaka"),
        ("tanaka-san", "tanaka"),
        ("Mr. Tanaka", "tanaka"),
        ("tanakasan", "tanaka"),
        ("林先生", "hayashi"),
        ("林社長", "hayashi"),
        ("田中取締役", "tanaka"),
        ("開発の山田さん", "yamada2 yamada"),
        ("開発部 山田", "yamada2 yamada"),
        ("総務の山田さん", "yamada yamada2"),
        ("総務部山田課長様", "yamada yamada2"),
        ("株式会社よびりん商事 総務部 山田様", "yamada yamada2"),
        ("よびりん商事の田中さん", "tanaka"),
        ("受付の田中さん", "tanaka"),
        ("general affairs yamada", "yamada yamada2"),
        ("田中님", "tanaka"),
        ("田中经理", "tanaka"),
        ("佐藤さん", ""),
        ("さん", ""),
        ("部長", ""),
        ("総務", ""),
    ] {
        let expected: Vec<&str> = hosts.split_whitespace().collect();
        assert_eq!(host_ids(&index.find(query, 10)), expected, "{query}");
    }
}

#[test]
fn a_query_that_finds_a_host_as_it_is_typed_is_not_shortened() {
    let index = index(vec![
        host("a", "山田", "やまだ", 0, &[]),
        host("b", "山田さん太", "やまださんた", 0, &[]),
        host("c", "三田 社長", "みた", 0, &[]),
    ]);
    assert_eq!(host_ids(&index.find("山田さん", 10)), ["b"]);
    assert_eq!(host_ids(&index.find("社長", 10)), ["c"]);
}

#[test]
fn groups_are_a_separate_kind_of_result() {
    let index = sample();
    for (query, expected) in [
        ("総務", "affairs"),
        ("総務部", "affairs"),
        ("総務課", "affairs"),
        ("開発", "dev team"),
        ("開発部", "dev"),
        ("開発一課", "team"),
        ("かいはつ", ""),
        ("general", "affairs"),
        ("develop", "dev"),
        ("総務の山田さん", "affairs"),
        ("山田", ""),
        ("旧部署", ""),
        ("よびりん商事", ""),
        ("", ""),
    ] {
        let expected: Vec<&str> = expected.split_whitespace().collect();
        assert_eq!(groups(&index.search(query, 10)), expected, "{query}");
    }
    let results = index.search("山田さん", 1);
    assert_eq!((results.hosts.len(), results.groups.len()), (1, 0));
    assert_eq!(index.search("開発", 1).groups.len(), 1);
}

#[test]
fn closed_matches_do_not_count_the_honorific() {
    let index = sample();
    assert_eq!(
        host_ids(&index.closed_matches("山田さん")),
        ["yamada", "yamada2"]
    );
    for query in ["林さん", "林様", "김", "김씨", "さん"] {
        assert!(index.closed_matches(query).is_empty(), "{query}");
    }
}
