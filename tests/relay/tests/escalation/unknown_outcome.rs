//! Steps while the relay does not know whether an earlier delivery has arrived.

use std::time::Duration;

use chatwork_sim::{Effect, Fault, RequestFilter};
use relay_tests::{CallDraft, HOST, ROOM, TestApp, eventually, fault_on_posts, private_room};
use yobirin_domain::escalation::MAX_DOUBT_WAIT_MILLIS;
use yobirin_domain::model::delivery::DeliveryState;

use super::{STEP_MILLIS, STEP_SECONDS, cancel, delivery_time, start_escalating, until_final};

#[tokio::test]
async fn a_delivery_of_unknown_outcome_is_reconciled_before_the_next_step() {
    let (app, tablet) = TestApp::start_listening().await;
    let private = private_room(&app);
    let unreadable = app
        .sim
        .inject(Fault::new(Effect::RoomRefused).on(RequestFilter::reads_of(private)));
    app.sim.inject(
        Fault::new(Effect::HangAfterStoring)
            .on(RequestFilter::posts_to(private))
            .once(),
    );
    let draft = CallDraft::at(app.clock.now())
        .to_room(ROOM)
        .to_account(HOST);
    let draft = draft.escalate_to_room(STEP_SECONDS[0], ROOM);
    tablet.hand_over(&draft).await;
    let delivered = eventually(
        "one delivery has arrived, the outcome of the other is unknown",
        async || {
            let [arrived, unknown] = &tablet.status(&draft).await.deliveries[..] else {
                panic!("two deliveries");
            };
            delivery_time(arrived).filter(|_| *unknown == DeliveryState::Unknown)
        },
    )
    .await;
    let step_at = delivered + STEP_MILLIS[0];
    while app.clock.now() < step_at + MAX_DOUBT_WAIT_MILLIS / 3 {
        app.clock.advance(Duration::from_secs(5));
        assert_eq!(tablet.status(&draft).await.later[0], DeliveryState::Waiting);
    }
    app.sim.remove_fault(unreadable);
    let status = app
        .eventually_with_fast_clock("both are final", async || {
            let is_waiting = app.clock.now() < step_at + MAX_DOUBT_WAIT_MILLIS;
            let status = tablet.status(&draft).await;
            let (first, step) = (&status.deliveries[1], &status.later[0]);
            assert!(!is_waiting || first.is_final() || !step.is_final());
            (first.is_final() && step.is_final()).then_some(status)
        })
        .await;
    assert!(delivery_time(&status.deliveries[1]).is_some());
    assert!(delivery_time(&status.later[0]).is_some());
    assert_eq!(
        (
            app.message_count(ROOM, &draft),
            app.message_count(private, &draft)
        ),
        (2, 1)
    );
    app.close().await;
}

#[tokio::test]
async fn a_step_without_a_response_is_found_and_not_taken_for_the_first_message() {
    for (effect, posts) in [
        (Effect::HangAfterStoring, 2),
        (Effect::ConnectionResetAfterStoring, 2),
        (Effect::Hang, 2),
    ] {
        let (app, tablet, draft) = start_escalating().await;
        app.sim.inject(fault_on_posts(effect.clone()).once());
        let status = until_final(&app, &tablet, &draft, 0).await;
        let ids = app.posts_of(ROOM, &draft);
        let ids: Vec<String> = ids.iter().map(|post| post.message_id.to_string()).collect();
        assert_eq!(ids.len(), posts, "{effect:?}");
        let known: Vec<&str> = [&status.deliveries[0], &status.later[0]]
            .into_iter()
            .map(|state| match state {
                DeliveryState::Delivered { message, .. } => message.as_str(),
                other => panic!("{effect:?}: {other:?}"),
            })
            .collect();
        assert_eq!(known, ids, "{effect:?}");
        cancel(&tablet, &draft).await;
        app.close().await;
    }
}
