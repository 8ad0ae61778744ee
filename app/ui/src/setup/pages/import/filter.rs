//! Filters of the review: which rows they show, in which order.

use std::collections::BTreeSet;

use yobirin_domain::import::{Proposal, RowOutcome};

use crate::i18n::setup::Words;

/// Filter of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowFilter {
    All,
    Conflicts,
    Issues,
    Added,
    Changed,
    Same,
    LeftOut,
}

impl RowFilter {
    pub(super) const ALL: [Self; 7] = [
        Self::All,
        Self::Conflicts,
        Self::Issues,
        Self::Added,
        Self::Changed,
        Self::LeftOut,
        Self::Same,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Conflicts => "conflicts",
            Self::Issues => "flaws",
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Same => "same",
            Self::LeftOut => "left-out",
        }
    }

    pub(super) fn words(self, words: &Words) -> &'static str {
        let texts = &words.import;
        match self {
            Self::All => texts.all,
            Self::Conflicts => texts.undecided,
            Self::Issues => texts.with_problems,
            Self::Added => texts.added,
            Self::Changed => texts.changed,
            Self::Same => texts.unchanged,
            Self::LeftOut => texts.left_out,
        }
    }
}

/// Places of the shown rows among the proposal's rows, for each filter.
#[derive(Clone, Debug, Default)]
pub(super) struct FilteredRows(Vec<(RowFilter, Vec<usize>)>);

impl FilteredRows {
    pub(super) fn of(proposal: &Proposal) -> Self {
        let lines_with_issues: BTreeSet<usize> =
            proposal.issues.iter().map(|issue| issue.line).collect();
        Self(
            RowFilter::ALL
                .map(|filter| (filter, places(filter, proposal, &lines_with_issues)))
                .to_vec(),
        )
    }

    pub(super) fn places(&self, wanted: RowFilter) -> &[usize] {
        let mut all = self.0.iter();
        let found = all.find(|(filter, _)| *filter == wanted);
        found.map_or(&[], |(_, places)| places)
    }

    pub(super) fn count(&self, wanted: RowFilter) -> usize {
        self.places(wanted).len()
    }
}

/// Rows of a filter: decisions first, then problems, then the others in file order, unchanged rows last.
fn places(
    filter: RowFilter,
    proposal: &Proposal,
    lines_with_issues: &BTreeSet<usize>,
) -> Vec<usize> {
    let rows = proposal.rows.iter().enumerate();
    let shown = rows.filter(|(_, row)| match (filter, &row.outcome) {
        (RowFilter::Issues, _) => lines_with_issues.contains(&row.line),
        (RowFilter::All, _)
        | (RowFilter::Conflicts, RowOutcome::Ambiguous(_))
        | (RowFilter::Added, RowOutcome::Added(_))
        | (RowFilter::Changed, RowOutcome::Changed(_))
        | (RowFilter::Same, RowOutcome::Unchanged)
        | (RowFilter::LeftOut, RowOutcome::Skipped) => true,
        _ => false,
    });
    let mut places: Vec<usize> = shown.map(|(place, _)| place).collect();
    places.sort_by_key(|place| {
        let row = &proposal.rows[*place];
        match &row.outcome {
            RowOutcome::Ambiguous(_) => 0,
            _ if lines_with_issues.contains(&row.line) => 1,
            // A row keeps its place when it is left out and taken again.
            RowOutcome::Added(_) | RowOutcome::Changed(_) | RowOutcome::Skipped => 2,
            RowOutcome::Unchanged => 3,
        }
    });
    places
}

#[cfg(test)]
mod tests {
    use yobirin_domain::import::{Issue, IssueKind, ProposedRow};

    use super::*;

    fn proposal() -> Proposal {
        let outcomes = [
            RowOutcome::Unchanged,
            RowOutcome::Added(Vec::new()),
            RowOutcome::Skipped,
            RowOutcome::Changed(Vec::new()),
            RowOutcome::Added(Vec::new()),
            RowOutcome::Ambiguous(Vec::new()),
        ];
        let rows = outcomes
            .into_iter()
            .enumerate()
            .map(|(at, outcome)| ProposedRow {
                line: at + 2,
                name: String::new(),
                outcome,
            });
        let issue = |line| Issue {
            line,
            field: None,
            text: String::new(),
            kind: IssueKind::TooFewCells,
        };
        Proposal {
            rows: rows.collect(),
            issues: vec![issue(4), issue(6)],
            ..Proposal::default()
        }
    }

    #[test]
    fn decisions_and_problems_come_first() {
        let rows = FilteredRows::of(&proposal());
        assert_eq!(rows.places(RowFilter::All), [5, 2, 4, 1, 3, 0]);
    }

    #[test]
    fn every_filter_shows_its_rows() {
        let rows = FilteredRows::of(&proposal());
        for (filter, places) in [
            (RowFilter::Conflicts, &[5][..]),
            (RowFilter::Issues, &[2, 4]),
            (RowFilter::Added, &[4, 1]),
            (RowFilter::Changed, &[3]),
            (RowFilter::Same, &[0]),
            (RowFilter::LeftOut, &[2]),
        ] {
            assert_eq!(rows.places(filter), places, "{filter:?}");
            assert_eq!(rows.count(filter), places.len());
        }
    }
}
