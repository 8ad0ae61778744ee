//! Editing hosts in the rows of their list.

use e2e_tests::TestEnv;
use e2e_tests::office;
use thirtyfour::Key;

use crate::steps::admin::{show, signed_in};

#[tokio::test]
async fn enter_edits_the_next_host_when_the_edited_one_leaves_a_filtered_list() {
    let (env, admin) = TestEnv::configured().await;
    let mut document = office::sample();
    for host in &mut document.hosts {
        host.account = None;
    }
    admin.save(&document).await;
    let setup = signed_in(&env).await;
    show(&setup, "/setup/hosts").await;
    setup.choose("select[name=filter]", "no-account").await;
    let ids = "return [...document.querySelectorAll('[data-table=hosts] [data-host]')].map(row => row.dataset.host)";
    let ids = setup.script(ids).await;
    let id = |index: usize| ids[index].as_str().expect("a host in this row");

    let edit_first = format!("[data-host='{}'] [data-action=edit-row]", id(0));
    setup.press(&edit_first).await;
    setup.type_into("[name=row-account]", "987654").await;
    setup.key("[name=row-account]", Key::Enter).await;
    let second = format!("[data-host='{}'] [name=row-account]", id(1));
    setup.sees(&second).await;
    setup.no_longer_sees(&edit_first).await;
    env.close().await;
}
