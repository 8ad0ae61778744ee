//! Every delivery fault at every screen of the kiosk: no screen claims more than Chatwork's messages show.
//!
//! A fault begins at a screen, and the visitor continues. During and after the fault the tablet's claim is
//! compared with the messages in Chatwork. Each test is one fault and writes its row to
//! `target/matrix/<fault>.md`.

mod claims;
mod faults;
mod flood;
mod visitor;

use faults::Fault;
use visitor::{VisitStep, Visitor};

/// Runs one fault at all screens.
async fn run_fault(fault: Fault) {
    let visitor = Visitor::start().await;
    let mut cells = Vec::new();
    for step in VisitStep::ALL {
        cells.push(run_at_step(&visitor, fault, step).await);
    }
    claims::write_row(fault, &cells);
    visitor.close().await;
}

async fn run_at_step(visitor: &Visitor, fault: Fault, step: VisitStep) -> claims::Cell {
    visitor.go_to(step).await;
    let before = visitor.messages_of_call();
    let active = fault.begin(visitor).await;
    if !fault.ends_the_visit() {
        visitor.continue_from(step).await;
    }
    let what = format!("{fault:?} at {step:?}");
    let during = claims::observe(visitor, &what, fault.allows_delivery()).await;
    active.end(visitor).await;
    let after = match fault.ends_the_visit() {
        true => claims::await_unpaired(visitor, &what, before).await,
        false => claims::await_result(visitor, step, &what).await,
    };
    visitor.reset(fault).await;
    claims::Cell {
        step,
        during,
        after,
    }
}

#[tokio::test]
async fn an_unreadable_room_never_makes_a_screen_claim_too_much() {
    run_fault(Fault::UnreadableRoom).await;
}

#[tokio::test]
async fn malformed_list_entries_never_make_a_screen_claim_too_much() {
    run_fault(Fault::OddEntries).await;
}

#[tokio::test]
async fn unreadable_contacts_never_make_a_screen_claim_too_much() {
    run_fault(Fault::UnreadableContacts).await;
}

#[tokio::test]
async fn a_proxy_page_before_the_relay_never_makes_a_screen_claim_too_much() {
    run_fault(Fault::ForeignPage).await;
}

#[tokio::test]
async fn foreign_json_before_the_relay_never_makes_a_screen_claim_too_much() {
    run_fault(Fault::ForeignJson).await;
}

#[tokio::test]
async fn a_proxy_error_before_chatwork_never_makes_a_screen_claim_too_much() {
    run_fault(Fault::ForeignToRelay).await;
}

#[tokio::test]
async fn a_refused_token_never_makes_a_screen_claim_too_much() {
    run_fault(Fault::RefusedToken).await;
}

#[tokio::test]
async fn buffered_events_never_make_a_screen_claim_too_much() {
    run_fault(Fault::HeldBack).await;
}

#[tokio::test]
async fn closed_event_streams_never_make_a_screen_claim_too_much() {
    run_fault(Fault::CutStream).await;
}

#[tokio::test]
async fn a_captive_portal_never_makes_a_screen_claim_too_much() {
    run_fault(Fault::Portal).await;
}

#[tokio::test]
async fn page_translation_never_makes_a_screen_claim_too_much() {
    run_fault(Fault::Translation).await;
}

#[tokio::test]
async fn a_busy_second_tablet_never_makes_a_screen_claim_too_much() {
    run_fault(Fault::Flood).await;
}

#[tokio::test]
async fn revocation_never_makes_a_screen_claim_too_much() {
    run_fault(Fault::Revoked).await;
}
