//! Findings about groups.

use super::super::Finding;
use super::found;
use crate::test_office::{group_id, group_in};

#[test]
fn groups_without_recipients_and_unreachable_groups_are_reported() {
    let without_in_charge = found(
        |document| group_in(document, "soumu").in_charge.clear(),
        |_| {},
    );
    assert_eq!(
        without_in_charge,
        [Finding::NobodyInCharge {
            group: group_id("soumu")
        }]
    );
    let unmentioned = found(
        |document| group_in(document, "eigyo").in_charge.clear(),
        |_| {},
    );
    assert_eq!(
        unmentioned,
        [Finding::NobodyMentioned {
            groups: vec![group_id("eigyo")]
        }]
    );
    let unreachable = found(
        |document| {
            group_in(document, "kaihatsu").hidden = true;
            document.devices[0]
                .menu
                .retain(|button| button.id.as_str() == "groups");
        },
        |_| {},
    );
    let groups = vec![group_id("kaihatsu"), group_id("kaihatsu1")];
    assert_eq!(unreachable, [Finding::UnreachableGroups { groups }]);
}
