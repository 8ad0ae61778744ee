//! Every fault of delivery against every screen of the kiosk: no screen says more than Chatwork shows.
//!
//! A fault begins while the visitor is at a screen. The visitor goes on from there. While the fault lasts,
//! and again when it is over, what the tablet says is held against the messages that Chatwork has stored.
//! Each test is one fault; it writes its row to `target/matrix/<fault>.md`.

mod claims;
mod faults;
mod flood;
mod visitor;

use faults::Fault;
use visitor::{Moment, Visitor};

/// Runs one fault through all screens.
async fn row(fault: Fault) {
    let visitor = Visitor::arrive().await;
    let mut cells = Vec::new();
    for moment in Moment::ALL {
        cells.push(cell(&visitor, fault, moment).await);
    }
    claims::write_row(fault, &cells);
    visitor.leave().await;
}

async fn cell(visitor: &Visitor, fault: Fault, moment: Moment) -> claims::Cell {
    visitor.reach(moment).await;
    let before = visitor.messages_of_call();
    let active = fault.begin(visitor).await;
    if !fault.ends_the_visit() {
        visitor.go_on(moment).await;
    }
    let what = format!("{fault:?} at {moment:?}");
    let during = claims::observe(visitor, &what, fault.lets_through()).await;
    active.end(visitor).await;
    let after = match fault.ends_the_visit() {
        true => claims::is_turned_away(visitor, &what, before).await,
        false => claims::is_settled(visitor, moment, &what).await,
    };
    visitor.start_anew(fault).await;
    claims::Cell {
        moment,
        during,
        after,
    }
}

#[tokio::test]
async fn a_room_that_cannot_be_read() {
    row(Fault::UnreadableRoom).await;
}

#[tokio::test]
async fn odd_entries_in_every_list() {
    row(Fault::OddEntries).await;
}

#[tokio::test]
async fn contacts_that_cannot_be_read() {
    row(Fault::UnreadableContacts).await;
}

#[tokio::test]
async fn a_stranger_s_page_between_tablet_and_relay() {
    row(Fault::ForeignPage).await;
}

#[tokio::test]
async fn a_stranger_s_json_between_tablet_and_relay() {
    row(Fault::ForeignJson).await;
}

#[tokio::test]
async fn a_stranger_s_400_between_relay_and_chatwork() {
    row(Fault::ForeignToRelay).await;
}

#[tokio::test]
async fn a_token_that_is_refused_for_a_while() {
    row(Fault::RefusedToken).await;
}

#[tokio::test]
async fn a_proxy_that_holds_events_back() {
    row(Fault::HeldBack).await;
}

#[tokio::test]
async fn a_proxy_that_cuts_the_stream() {
    row(Fault::CutStream).await;
}

#[tokio::test]
async fn a_wi_fi_portal() {
    row(Fault::Portal).await;
}

#[tokio::test]
async fn page_translation() {
    row(Fault::Translation).await;
}

#[tokio::test]
async fn another_tablet_that_floods_the_room() {
    row(Fault::Flood).await;
}

#[tokio::test]
async fn a_tablet_that_is_revoked() {
    row(Fault::Revoked).await;
}
