//! Suggests a Chatwork account for each host by name, so that nobody has to type ids. An admin accepts or rejects each
//! suggestion.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::directory::Host;
use crate::model::id::{AccountId, HostId};
use crate::search::{fold, forms_of, letter_count};

/// Minimum length of a name that is matched inside a longer name, in folded characters.
const MIN_PART_CHARS: usize = 3;
/// Characters between the parts of a name in Chatwork, which often holds more than one: 佐藤 花 / Sato Hana,
/// 佐藤花（開発部）.
pub(crate) const PART_SEPARATORS: [char; 14] = [
    '/', '／', '(', ')', '（', '）', '[', ']', '【', '】', '|', '｜', '@', '＠',
];

/// Quality of a name match, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchQuality {
    /// The account's name or a part of it, as in 佐藤花（開発部）, is the host's name apart from spaces, width, case and
    /// variant kanji.
    SameText,
    /// The account's name or a part of it sounds like the host's name in kana or romaji.
    SameSound,
    /// The account's name contains the host's name among other words: 佐藤 花子 in 総務 佐藤花子です.
    Contained,
}

/// Suggested account of a host.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Suggestion {
    /// The host.
    pub host: HostId,
    /// The account.
    pub account: AccountId,
    /// Quality of the match of both names.
    pub quality: MatchQuality,
}

/// Suggests accounts for hosts without account, in the order of the hosts. Only unambiguous matches count: host and
/// account are each other's only best match, and no host has the account yet.
#[must_use]
pub fn suggest_accounts<'a>(
    hosts: &[Host],
    people: impl Iterator<Item = (AccountId, &'a str)>,
) -> Vec<Suggestion> {
    let pairs = pairs(hosts, people);
    let mut pairs_by_host: BTreeMap<&HostId, Vec<&Suggestion>> = BTreeMap::new();
    for pair in &pairs {
        pairs_by_host.entry(&pair.host).or_default().push(pair);
    }
    let mut match_counts: BTreeMap<AccountId, usize> = BTreeMap::new();
    for pair in &pairs {
        *match_counts.entry(pair.account).or_default() += 1;
    }
    let only_best_match = |host: &Host| {
        let pairs = pairs_by_host.get(&host.id)?;
        let best_quality = pairs.iter().map(|pair| pair.quality).min()?;
        let mut best_pairs = pairs.iter().filter(|pair| pair.quality == best_quality);
        let (first, second) = (best_pairs.next()?, best_pairs.next());
        let is_unambiguous = second.is_none() && match_counts.get(&first.account) == Some(&1);
        is_unambiguous.then(|| (*first).clone())
    };
    hosts.iter().filter_map(only_best_match).collect()
}

/// Accounts with a name similar to this host's, best match first, without accounts of other hosts. For choosing
/// among ambiguous matches.
#[must_use]
pub fn candidates<'a>(
    host: &Host,
    hosts: &[Host],
    people: impl Iterator<Item = (AccountId, &'a str)>,
) -> Vec<Suggestion> {
    let taken_by_others: BTreeSet<AccountId> = hosts
        .iter()
        .filter(|other| other.id != host.id)
        .filter_map(|other| other.account)
        .collect();
    let free = people.filter(|(account, _)| !taken_by_others.contains(account));
    let mut without_account = host.clone();
    without_account.account = None;
    let mut found = pairs(&[without_account], free);
    found.sort_by_key(|pair| pair.quality);
    found
}

/// Pairs of a free account and a host without account. Each account is paired with the hosts that it matches best.
fn pairs<'a>(
    hosts: &[Host],
    people: impl Iterator<Item = (AccountId, &'a str)>,
) -> Vec<Suggestion> {
    let taken: BTreeSet<AccountId> = hosts.iter().filter_map(|host| host.account).collect();
    let names = Names::of(hosts.iter().filter(|host| host.account.is_none()));
    let mut pairs = Vec::new();
    for (account, name) in people.filter(|(account, _)| !taken.contains(account)) {
        let (quality, found) = names.best_matches(name);
        pairs.extend(found.into_iter().map(|host| Suggestion {
            host: host.clone(),
            account,
            quality,
        }));
    }
    pairs
}

/// Index of hosts by the folded forms of their names.
#[derive(Default)]
struct Names<'a> {
    by_letters: BTreeMap<String, BTreeSet<&'a HostId>>,
    by_sound: BTreeMap<String, BTreeSet<&'a HostId>>,
    /// Length of the longest name, in folded characters.
    longest: usize,
}

impl<'a> Names<'a> {
    fn of(hosts: impl Iterator<Item = &'a Host>) -> Self {
        let mut names = Self::default();
        for host in hosts {
            // Search keys are left out: a family name alone would match many accounts.
            let forms = forms_of(&Host {
                search_keys: Vec::new(),
                ..host.clone()
            });
            for form in forms.letters {
                names.longest = names.longest.max(form.chars().count());
                names.by_letters.entry(form).or_default().insert(&host.id);
            }
            for form in forms.sounds {
                names.by_sound.entry(form).or_default().insert(&host.id);
            }
        }
        names
    }

    /// Hosts that the name of an account, or a part of it, matches best, with the quality of the match. No hosts if
    /// none matches.
    fn best_matches(&self, name: &str) -> (MatchQuality, BTreeSet<&'a HostId>) {
        let parts = name.split(PART_SEPARATORS);
        let forms_of_text = |text: &str| forms_of(&Host::named(PLACEHOLDER_HOST_ID.clone(), text));
        let mut all_forms: Vec<_> = parts.map(forms_of_text).collect();
        all_forms.push(forms_of_text(name));
        let letters = all_forms.iter().flat_map(|forms| &forms.letters);
        let same_text = union(letters.filter_map(|form| self.by_letters.get(form)));
        if !same_text.is_empty() {
            return (MatchQuality::SameText, same_text);
        }
        let sounds = all_forms.iter().flat_map(|forms| &forms.sounds);
        let same_sound = union(sounds.filter_map(|form| self.by_sound.get(form)));
        if !same_sound.is_empty() {
            return (MatchQuality::SameSound, same_sound);
        }
        (MatchQuality::Contained, self.contained_names(&fold(name)))
    }

    /// Hosts whose whole name is contained in the text; only the longest such names.
    fn contained_names(&self, text: &str) -> BTreeSet<&'a HostId> {
        let chars: Vec<char> = text.chars().collect();
        for length in (MIN_PART_CHARS..=chars.len().min(self.longest)).rev() {
            let windows = chars
                .windows(length)
                .map(|part| part.iter().collect::<String>())
                .filter(|part| letter_count(part) >= MIN_PART_CHARS);
            let found = union(windows.filter_map(|part| self.by_letters.get(&part)));
            if !found.is_empty() {
                return found;
            }
        }
        BTreeSet::new()
    }
}

fn union<'a, 'b>(sets: impl Iterator<Item = &'b BTreeSet<&'a HostId>>) -> BTreeSet<&'a HostId>
where
    'a: 'b,
{
    sets.flatten().copied().collect()
}

/// Host id for folding an account's name like a host's name.
static PLACEHOLDER_HOST_ID: std::sync::LazyLock<HostId> =
    std::sync::LazyLock::new(|| HostId::from_random(0));

#[cfg(test)]
mod tests {
    use super::*;

    fn host(id: &str, name: &str, kana: &str) -> Host {
        let mut host = Host::named(id.parse().unwrap(), name);
        host.kana = kana.into();
        host
    }

    fn account(number: u64) -> AccountId {
        AccountId::try_from(number).unwrap()
    }

    fn suggested(hosts: &[Host], people: &[(u64, &str)]) -> Vec<(String, u64, MatchQuality)> {
        let people = people.iter().map(|&(id, name)| (account(id), name));
        suggest_accounts(hosts, people)
            .into_iter()
            .map(|found| (found.host.to_string(), found.account.get(), found.quality))
            .collect()
    }

    fn row(host: &str, account: u64, quality: MatchQuality) -> (String, u64, MatchQuality) {
        (host.to_owned(), account, quality)
    }

    #[test]
    fn a_name_matches_in_any_spelling() {
        let hosts = [
            host("a", "佐藤 花", "さとう はな"),
            host("b", "高橋 健一", "たかはし けんいち"),
            host("c", "渡邉 彩", "わたなべ あや"),
            host("d", "Tanaka Ken", ""),
        ];
        let people = [
            (1, "佐藤花"),
            (2, "Takahashi Ken'ichi"),
            (3, "渡辺彩（開発部）"),
            (4, "ＴＡＮＡＫＡ　ＫＥＮ / Tokyo"),
        ];
        assert_eq!(
            suggested(&hosts, &people),
            [
                row("a", 1, MatchQuality::SameText),
                row("b", 2, MatchQuality::SameSound),
                row("c", 3, MatchQuality::SameText),
                row("d", 4, MatchQuality::SameText),
            ]
        );
    }

    #[test]
    fn a_contained_name_matches_when_there_is_no_better_match() {
        let hosts = [host("a", "佐藤 花", ""), host("b", "佐藤 花子", "")];
        assert_eq!(
            suggested(&hosts, &[(1, "総務 佐藤花子です"), (2, "営業・佐藤花")]),
            [
                row("a", 2, MatchQuality::Contained),
                row("b", 1, MatchQuality::Contained)
            ]
        );
    }

    #[test]
    fn ambiguous_matches_are_not_suggested() {
        let twins = [host("a", "佐藤 花", ""), host("b", "佐藤花", "")];
        assert_eq!(suggested(&twins, &[(1, "佐藤 花")]), []);
        let one = [host("a", "佐藤 花", "")];
        assert_eq!(suggested(&one, &[(1, "佐藤 花"), (2, "佐藤花")]), []);
        assert_eq!(
            suggested(&one, &[(1, "佐藤")]),
            [],
            "a family name is not enough"
        );
    }

    #[test]
    fn assigned_accounts_and_hosts_are_left_out() {
        let mut with_account = host("a", "佐藤 花", "");
        with_account.account = Some(account(9));
        let hosts = [with_account, host("b", "鈴木 一郎", "")];
        assert_eq!(
            suggested(&hosts, &[(1, "佐藤 花"), (9, "鈴木 一郎"), (3, "鈴木一郎")]),
            [row("b", 3, MatchQuality::SameText)]
        );
    }

    #[test]
    fn candidates_are_sorted_by_match_quality() {
        let hosts = [host("a", "佐藤 花", "さとう はな")];
        let people = [(1, "Sato Hana"), (2, "佐藤花"), (3, "鈴木")];
        let people = people.iter().map(|&(id, name)| (account(id), name));
        let found = candidates(&hosts[0], &hosts, people);
        let ids: Vec<u64> = found.iter().map(|found| found.account.get()).collect();
        assert_eq!(ids, [2, 1]);
    }
}
