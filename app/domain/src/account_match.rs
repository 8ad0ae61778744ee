//! Which Chatwork account is probably whose, by name: what set-up offers so that nobody has to type
//! ids. Only a suggestion: people accept it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::directory::Host;
use crate::model::id::{AccountId, HostId};
use crate::search::{fold, forms_of};

/// Fewest folded characters of a name that is looked for inside a longer one.
const MIN_PART_CHARS: usize = 3;

/// How a name was found again, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchQuality {
    /// Written the same, but for spaces, width, case and variant kanji.
    SameText,
    /// Sounds the same: kana against romaji.
    SameSound,
    /// The whole name stands inside the account's name: 佐藤 花 in 佐藤花（開発部）.
    Contained,
}

/// An account that is probably this host's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Suggestion {
    /// The host.
    pub host: HostId,
    /// The account.
    pub account: AccountId,
    /// Why.
    pub quality: MatchQuality,
}

/// Accounts for hosts that have none, where the name leaves no doubt: the host is the only one whom
/// the account is most like, the account the only one that is most like the host, and nobody has it
/// yet. In the order of the hosts.
#[must_use]
pub fn accounts<'a>(
    hosts: &[Host],
    people: impl Iterator<Item = (AccountId, &'a str)>,
) -> Vec<Suggestion> {
    let pairs = pairs(hosts, people);
    let mut of_host: BTreeMap<&HostId, Vec<&Suggestion>> = BTreeMap::new();
    for pair in &pairs {
        of_host.entry(&pair.host).or_default().push(pair);
    }
    let mut of_account: BTreeMap<AccountId, usize> = BTreeMap::new();
    for pair in &pairs {
        *of_account.entry(pair.account).or_default() += 1;
    }
    let sure = |host: &Host| {
        let mine = of_host.get(&host.id)?;
        let best = mine.iter().map(|pair| pair.quality).min()?;
        let mut best_matches = mine.iter().filter(|pair| pair.quality == best);
        let (first, second) = (best_matches.next()?, best_matches.next());
        let alone = second.is_none() && of_account.get(&first.account) == Some(&1);
        alone.then(|| (*first).clone())
    };
    hosts.iter().filter_map(sure).collect()
}

/// Accounts whose names are like this host's, the best_matches first, those of others left out: for
/// choosing where there is doubt.
#[must_use]
pub fn candidates<'a>(
    host: &Host,
    hosts: &[Host],
    people: impl Iterator<Item = (AccountId, &'a str)>,
) -> Vec<Suggestion> {
    let others: BTreeSet<AccountId> = hosts
        .iter()
        .filter(|other| other.id != host.id)
        .filter_map(|other| other.account)
        .collect();
    let free = people.filter(|(account, _)| !others.contains(account));
    let mut unset = host.clone();
    unset.account = None;
    let mut found = pairs(&[unset], free);
    found.sort_by_key(|pair| pair.quality);
    found
}

/// Every account with the hosts it is most like, hosts with an account and accounts that are taken
/// left out.
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

/// Hosts by the folded forms of their names.
#[derive(Default)]
struct Names<'a> {
    letters: BTreeMap<String, BTreeSet<&'a HostId>>,
    sounds: BTreeMap<String, BTreeSet<&'a HostId>>,
    /// Length of the longest name, in characters.
    longest: usize,
}

impl<'a> Names<'a> {
    fn of(hosts: impl Iterator<Item = &'a Host>) -> Self {
        let mut names = Self::default();
        for host in hosts {
            // Search keys are for visitors: a family name alone is one, and would fit many.
            let forms = forms_of(&Host {
                search_keys: Vec::new(),
                ..host.clone()
            });
            for form in forms.letters {
                names.longest = names.longest.max(form.chars().count());
                names.letters.entry(form).or_default().insert(&host.id);
            }
            for form in forms.sounds {
                names.sounds.entry(form).or_default().insert(&host.id);
            }
        }
        names
    }

    fn best_matches(&self, name: &str) -> (MatchQuality, BTreeSet<&'a HostId>) {
        // Chatwork names often carry more: 佐藤 花 / Sato Hana, 佐藤花（開発部）.
        let pieces = name.split([
            '/', '／', '(', ')', '（', '）', '[', ']', '【', '】', '|', '｜', '@', '＠',
        ]);
        let named = |text: &str| Host::named(PLACEHOLDER_HOST_ID.clone(), text);
        let mut all: Vec<_> = pieces.map(|piece| forms_of(&named(piece))).collect();
        all.push(forms_of(&named(name)));
        let letters = all.iter().flat_map(|forms| &forms.letters);
        let same = union(letters.filter_map(|form| self.letters.get(form)));
        if !same.is_empty() {
            return (MatchQuality::SameText, same);
        }
        let sounds = all.iter().flat_map(|forms| &forms.sounds);
        let sounding = union(sounds.filter_map(|form| self.sounds.get(form)));
        if !sounding.is_empty() {
            return (MatchQuality::SameSound, sounding);
        }
        (MatchQuality::Contained, self.contained_names(&fold(name)))
    }

    /// Hosts whose whole name stands in this text; only the longest such names.
    fn contained_names(&self, text: &str) -> BTreeSet<&'a HostId> {
        let chars: Vec<char> = text.chars().collect();
        for length in (MIN_PART_CHARS..=chars.len().min(self.longest)).rev() {
            let windows = chars
                .windows(length)
                .map(|part| part.iter().collect::<String>());
            let found = union(windows.filter_map(|part| self.letters.get(&part)));
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

/// Stands for an account's owner where a name is folded the way hosts' names are.
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
        accounts(hosts, people)
            .into_iter()
            .map(|found| (found.host.to_string(), found.account.get(), found.quality))
            .collect()
    }

    fn row(host: &str, account: u64, quality: MatchQuality) -> (String, u64, MatchQuality) {
        (host.to_owned(), account, quality)
    }

    #[test]
    fn a_name_is_known_again_however_it_is_written() {
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
    fn a_name_inside_a_longer_one_is_found_when_nothing_is_surer() {
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
    fn where_there_is_doubt_nothing_is_suggested() {
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
    fn accounts_and_hosts_that_are_settled_are_left_alone() {
        let mut settled = host("a", "佐藤 花", "");
        settled.account = Some(account(9));
        let hosts = [settled, host("b", "鈴木 一郎", "")];
        assert_eq!(
            suggested(&hosts, &[(1, "佐藤 花"), (9, "鈴木 一郎"), (3, "鈴木一郎")]),
            [row("b", 3, MatchQuality::SameText)]
        );
    }

    #[test]
    fn the_likest_come_first_where_people_choose() {
        let hosts = [host("a", "佐藤 花", "さとう はな")];
        let people = [(1, "Sato Hana"), (2, "佐藤花"), (3, "鈴木")];
        let people = people.iter().map(|&(id, name)| (account(id), name));
        let found = candidates(&hosts[0], &hosts, people);
        let ids: Vec<u64> = found.iter().map(|found| found.account.get()).collect();
        assert_eq!(ids, [2, 1]);
    }
}
