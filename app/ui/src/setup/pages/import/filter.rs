//! Filters of the review: the rows that each shows, and their order.

use std::collections::BTreeSet;

use yobirin_domain::import::{Proposal, RowOutcome};

use crate::i18n::setup::Words;

/// Filter of the rows, by their outcome or by their problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowFilter {
    All,
    Ambiguous,
    WithIssues,
    Added,
    Changed,
    Skipped,
    Unchanged,
}

impl RowFilter {
    /// All filters, in the order of their buttons.
    pub(super) const ALL: [Self; 7] = [
        Self::All,
        Self::Ambiguous,
        Self::WithIssues,
        Self::Added,
        Self::Changed,
        Self::Skipped,
        Self::Unchanged,
    ];

    /// Name for tests, in `data-show`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Ambiguous => "conflicts",
            Self::WithIssues => "flaws",
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Unchanged => "same",
            Self::Skipped => "left-out",
        }
    }

    pub(super) fn label(self, words: &Words) -> &'static str {
        let texts = &words.import;
        match self {
            Self::All => texts.all,
            Self::Ambiguous => texts.undecided,
            Self::WithIssues => texts.with_problems,
            Self::Added => texts.added,
            Self::Changed => texts.changed,
            Self::Unchanged => texts.unchanged,
            Self::Skipped => texts.left_out,
        }
    }
}

/// Indices of the rows that each filter shows, among the proposal's rows.
#[derive(Clone, Debug, Default)]
pub(super) struct FilteredRows(Vec<(RowFilter, Vec<usize>)>);

impl FilteredRows {
    pub(super) fn of(proposal: &Proposal) -> Self {
        let lines_with_issues: BTreeSet<usize> =
            proposal.issues.iter().map(|issue| issue.line).collect();
        Self(
            RowFilter::ALL
                .map(|filter| (filter, indices(filter, proposal, &lines_with_issues)))
                .to_vec(),
        )
    }

    /// Indices of the rows that a filter shows, in the order in which it shows them.
    pub(super) fn indices(&self, wanted: RowFilter) -> &[usize] {
        let mut filters = self.0.iter();
        let entry = filters.find(|(filter, _)| *filter == wanted);
        entry.map_or(&[], |(_, indices)| indices)
    }

    pub(super) fn count(&self, wanted: RowFilter) -> usize {
        self.indices(wanted).len()
    }
}

/// Indices of a filter's rows: first the rows that need a decision, then those with problems, then the others, last the
/// unchanged ones; among equals in the order of the file.
fn indices(
    filter: RowFilter,
    proposal: &Proposal,
    lines_with_issues: &BTreeSet<usize>,
) -> Vec<usize> {
    let rows = proposal.rows.iter().enumerate();
    let shown = rows.filter(|(_, row)| match (filter, &row.outcome) {
        (RowFilter::WithIssues, _) => lines_with_issues.contains(&row.line),
        (RowFilter::All, _)
        | (RowFilter::Ambiguous, RowOutcome::Ambiguous(_))
        | (RowFilter::Added, RowOutcome::Added(_))
        | (RowFilter::Changed, RowOutcome::Changed(_))
        | (RowFilter::Unchanged, RowOutcome::Unchanged)
        | (RowFilter::Skipped, RowOutcome::Skipped) => true,
        _ => false,
    });
    let mut indices: Vec<usize> = shown.map(|(index, _)| index).collect();
    indices.sort_by_key(|index| {
        let row = &proposal.rows[*index];
        match &row.outcome {
            RowOutcome::Ambiguous(_) => 0,
            _ if lines_with_issues.contains(&row.line) => 1,
            // Alike, so that a row keeps its place when it is left out or taken again.
            RowOutcome::Added(_) | RowOutcome::Changed(_) | RowOutcome::Skipped => 2,
            RowOutcome::Unchanged => 3,
        }
    });
    indices
}

#[cfg(test)]
mod tests {
    use yobirin_domain::import::{Issue, IssueKind, ProposedRow};

    use super::*;

    /// Rows with the indices 0 to 5, on the lines 2 to 7; those on lines 4 and 6, with the indices 2 and 4, have
    /// issues.
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
            .map(|(index, outcome)| ProposedRow {
                line: index + 2,
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
        // Ambiguous; with issues; added and changed; unchanged.
        assert_eq!(rows.indices(RowFilter::All), [5, 2, 4, 1, 3, 0]);
    }

    #[test]
    fn every_filter_shows_its_rows() {
        let rows = FilteredRows::of(&proposal());
        for (filter, indices) in [
            (RowFilter::Ambiguous, &[5][..]),
            (RowFilter::WithIssues, &[2, 4]),
            (RowFilter::Added, &[4, 1]),
            (RowFilter::Changed, &[3]),
            (RowFilter::Unchanged, &[0]),
            (RowFilter::Skipped, &[2]),
        ] {
            assert_eq!(rows.indices(filter), indices, "{filter:?}");
            assert_eq!(rows.count(filter), indices.len());
        }
    }
}
