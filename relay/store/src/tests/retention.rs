//! Retention to the millisecond, on SQLite or, where a server is named, on PostgreSQL.

use std::path::Path;

use sqlx::any::AnyConnectOptions;
use sqlx::{ConnectOptions as _, Executor as _};
use yobirin_domain::model::retention::Retention;
use yobirin_domain::retention::{DAY_MILLIS, RetentionKind, cutoff};

use super::*;

const YEAR: Millis = 365 * DAY_MILLIS;
/// Acceptance on 2027-01-31 at 23:59:59.999 in Tokyo: the last millisecond of a month.
const ACCEPTED: Millis = 1_801_407_599_999;
const RETENTION: Retention = Retention {
    visitors: 60,
    messages: 30,
    answers: 90,
    counts: 365,
};

/// Opens a SQLite file, or a new database of the server that `YOBIRIN_TEST_POSTGRES` names.
macro_rules! open {
    ($folder:expr, $name:literal) => {
        open_store($folder.path(), $name, concat!("CREATE DATABASE ", $name)).await
    };
}

async fn open_store(folder: &Path, name: &str, create: &'static str) -> Store {
    let Ok(server) = std::env::var("YOBIRIN_TEST_POSTGRES") else {
        let file = folder.join("yobirin.db");
        return Store::open_file(&file, "test", CommitListener::default())
            .await
            .unwrap();
    };
    sqlx::any::install_default_drivers();
    let options: AnyConnectOptions = format!("{server}/postgres").parse().unwrap();
    let mut connection = options.connect().await.unwrap();
    connection.execute(create).await.unwrap();
    let Ok(Database::Postgres(url)) = format!("{server}/{name}").parse() else {
        panic!("{server} is no PostgreSQL")
    };
    Store::open_postgres(&url, "test", CommitListener::default())
        .await
        .unwrap()
}

/// Accepts a call of 山田 with one message at this time.
async fn accept(store: &Store, number: u8, now: Millis) {
    let mut new = call(number);
    let mut submitted = Call::clone(&new.call);
    submitted.visitor.name = "山田".to_owned();
    submitted.visitor.people = Some(2);
    new.request = serde_json::to_string(&submitted).unwrap();
    new.call = Arc::new(submitted);
    (new.now, new.expires_at) = (now, now + 1_000);
    let accepted = store.accept(&new).await.unwrap();
    assert!(matches!(accepted, AcceptOutcome::New(_)));
}

/// Ends every delivery, and stores an answer to call 1 and its event.
async fn deliver_and_answer(store: &Store) {
    run_sql(store, "UPDATE deliveries SET is_open = 0").await;
    let mut transaction = store.begin().await.unwrap();
    let call = id_of(1);
    let answer = yobirin_api::call::ShownAnswer {
        who: yobirin_domain::answer::AnswerAuthor::Host("佐藤".to_owned()),
        words: "すぐ行きます".to_owned(),
        at: ACCEPTED,
    };
    let event = yobirin_api::event::Event::Answer { call, answer };
    transaction
        .add_event(&lobby(), event, ACCEPTED)
        .await
        .unwrap();
    sqlx::query(
        "INSERT INTO answers (message_id, call_id, room_id, author, shown_author, words, sent_at, edited_at, \
            event_number) VALUES ('9', $1, 7, 5, '{\"host\":\"佐藤\"}', 'すぐ行きます', 0, 0, 0)",
    )
    .bind(call.to_string())
    .execute(transaction.connection())
    .await
    .unwrap();
    transaction.commit().await.unwrap();
}

/// Erases the words of one kind that are older than the retention of these tests; returns the number of calls.
async fn erase(store: &Store, kind: RetentionKind, now: Millis) -> usize {
    let mut transaction = store.begin().await.unwrap();
    let until = cutoff(&RETENTION, kind, now);
    let erased = transaction.erase_expired(kind, until, now).await.unwrap();
    transaction.commit().await.unwrap();
    erased
}

async fn repair(store: &Store, now: Millis) {
    let mut transaction = store.begin().await.unwrap();
    transaction.repair_kept_from(now).await.unwrap();
    transaction.commit().await.unwrap();
}

/// Everything that is stored of call 1 and can hold words, as one text; empty when the call is gone.
async fn words(store: &Store) -> String {
    let parts: Vec<String> = sqlx::query_scalar(
        "SELECT request FROM calls WHERE id = $1 \
         UNION ALL SELECT body FROM deliveries WHERE call_id = $1 \
         UNION ALL SELECT shown_author || words FROM answers WHERE call_id = $1 \
         UNION ALL SELECT event FROM events WHERE event LIKE '%' || $1 || '%' AND event LIKE '%\"answer\"%'",
    )
    .bind(id_of(1).to_string())
    .fetch_all(store.read().await.unwrap())
    .await
    .unwrap();
    parts.concat()
}

#[tokio::test]
async fn each_kind_goes_at_its_own_millisecond_and_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = open!(folder, "retention_1");
    accept(&store, 1, ACCEPTED).await;
    deliver_and_answer(&store).await;
    for statement in [
        "INSERT INTO attempts (delivery, attempt_number, started_at) SELECT number, 0, 0 FROM deliveries",
        "INSERT INTO post_edits (delivery, version, is_open, due_at, attempt_count) \
         SELECT number, 1, 0, 0, 0 FROM deliveries",
    ] {
        run_sql(&store, statement).await;
    }
    for (kind, erased, kept) in [
        (
            RetentionKind::Messages,
            &["お客様です", "取り消し"][..],
            &["山田", "すぐ行きます"][..],
        ),
        (
            RetentionKind::Visitors,
            &["山田"],
            &["すぐ行きます", "\"people\":2"],
        ),
        (
            RetentionKind::Answers,
            &["\"佐藤\"}すぐ行きます"],
            &["\"people\":2"],
        ),
    ] {
        let due = ACCEPTED + Millis::from(RETENTION.days(kind)) * DAY_MILLIS;
        assert_eq!(
            erase(&store, kind, due - 1).await,
            0,
            "{kind:?}: a millisecond early"
        );
        assert_eq!(erase(&store, kind, due).await, 1, "{kind:?}: on time");
        assert_eq!(erase(&store, kind, due + YEAR).await, 0, "{kind:?}: once");
        let words = words(&store).await;
        for text in erased {
            assert!(!words.contains(text), "{kind:?} left {text}: {words}");
        }
        for text in kept {
            assert!(words.contains(text), "{kind:?} took {text}: {words}");
        }
    }
    let answers = store.answers_of(id_of(1)).await.unwrap();
    let record = answers[0].to_record();
    assert_eq!((record.is_erased, record.words.as_str()), (true, ""));
    let due = ACCEPTED + 365 * DAY_MILLIS;
    let count = async |sql| {
        let count: i64 = sqlx::query_scalar(sql)
            .fetch_one(store.read().await.unwrap())
            .await
            .unwrap();
        count
    };
    let tables = [
        "SELECT COUNT(*) FROM calls",
        "SELECT COUNT(*) FROM deliveries",
        "SELECT COUNT(*) FROM attempts",
        "SELECT COUNT(*) FROM post_edits",
        "SELECT COUNT(*) FROM answers",
    ];
    assert_eq!(erase(&store, RetentionKind::Counts, due - 1).await, 0);
    for table in tables {
        assert!(count(table).await > 0, "{table}");
    }
    assert_eq!(erase(&store, RetentionKind::Counts, due).await, 1);
    for table in tables {
        assert_eq!(count(table).await, 0, "{table}");
    }
}

#[tokio::test]
async fn a_preview_counts_what_the_next_run_erases() {
    let folder = tempfile::tempdir().unwrap();
    let store = open!(folder, "retention_2");
    accept(&store, 1, ACCEPTED).await;
    accept(&store, 2, ACCEPTED + DAY_MILLIS).await;
    deliver_and_answer(&store).await;
    let now = ACCEPTED + 90 * DAY_MILLIS;
    let counted = store.count_expired(&RETENTION, now).await.unwrap();
    assert_eq!(counted, [2, 2, 1, 0]);
    assert_eq!(erase(&store, RetentionKind::Visitors, now).await, 2);
    let counted = store.count_expired(&RETENTION, now).await.unwrap();
    assert_eq!(counted, [0, 2, 1, 0]);
}

#[tokio::test]
async fn an_open_call_is_erased_after_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let store = open!(folder, "retention_3");
    accept(&store, 1, ACCEPTED).await;
    let late = ACCEPTED + 2 * YEAR;
    assert_eq!(
        erase(&store, RetentionKind::Visitors, late).await,
        0,
        "being delivered"
    );
    run_sql(&store, "UPDATE deliveries SET is_open = 0").await;
    run_sql(&store, "UPDATE calls SET missed_check_at = 5").await;
    assert_eq!(
        erase(&store, RetentionKind::Visitors, late).await,
        0,
        "undecided"
    );
    run_sql(&store, "UPDATE calls SET missed_check_at = NULL").await;
    assert_eq!(erase(&store, RetentionKind::Visitors, late).await, 1);
}

#[tokio::test]
async fn a_visit_is_erased_at_once_or_after_its_end_and_no_other_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let store = open!(folder, "retention_4");
    accept(&store, 1, ACCEPTED).await;
    accept(&store, 2, ACCEPTED).await;
    let ask_for = async |number, now| {
        let mut transaction = store.begin().await.unwrap();
        assert!(
            transaction
                .request_erasure(id_of(number), now)
                .await
                .unwrap()
        );
        assert!(!transaction.request_erasure(id_of(9), now).await.unwrap());
        let waiting = transaction.erase_requested(now).await.unwrap();
        transaction.commit().await.unwrap();
        !waiting.is_empty()
    };
    let ask = async |now| ask_for(1, now).await;
    assert!(ask(ACCEPTED + 500).await, "it is being delivered");
    run_sql(
        &store,
        "UPDATE deliveries SET is_open = 0, state = '{\"delivered\":{\"message\":\"1\",\"room\":7,\"at\":1}}'",
    )
    .await;
    assert!(ask(ACCEPTED + 60_000).await, "an answer may still come");
    assert!(words(&store).await.contains("山田"));
    deliver_and_answer(&store).await;
    assert!(!ask(ACCEPTED + 60_500).await, "it is answered");
    let left = words(&store).await;
    for text in ["山田", "お客様です", "取り消し", "佐藤", "すぐ行きます"] {
        assert!(!left.contains(text), "{text} is left: {left}");
    }
    let settings = yobirin_domain::validate::validate(SettingsDocument::default()).unwrap();
    let page = store
        .history(None, 9, &HistoryFilter::default(), &settings)
        .await;
    let marks = |id| {
        let calls = &page.as_ref().unwrap().calls;
        let call = calls.iter().find(|call| call.id == id).unwrap();
        (call.erased, call.erase_requested)
    };
    let (erased, asked) = (ACCEPTED + 60_500, ACCEPTED + 500);
    assert_eq!(marks(id_of(1)), (Some(erased), Some(asked)), "asked once");
    assert_eq!(marks(id_of(2)), (None, None));
    let last = ACCEPTED + 1_000 + 120_000;
    assert!(ask_for(2, last - 1).await, "an answer may still be read");
    assert!(!ask_for(2, last).await, "it has ended without an answer");
}

#[tokio::test]
async fn an_edit_in_chatwork_brings_no_erased_answer_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = open!(folder, "retention_8");
    accept(&store, 1, ACCEPTED).await;
    deliver_and_answer(&store).await;
    let mut answer = yobirin_domain::answer::Answer {
        message: "9".to_owned().try_into().unwrap(),
        call: id_of(1),
        author: 5.try_into().unwrap(),
        words: "山田様の件です".to_owned(),
        sent: 0,
        updated: 1,
        withdrawn: false,
    };
    let record = async |answer: &yobirin_domain::answer::Answer| {
        let who = yobirin_domain::answer::AnswerAuthor::Colleague;
        let room = 7.try_into().unwrap();
        let mut transaction = store.begin().await.unwrap();
        let new = NewAnswer {
            answer,
            room,
            who: &who,
        };
        let is_changed = transaction.record_answer(new, ACCEPTED).await.unwrap();
        transaction.commit().await.unwrap();
        is_changed
    };
    assert!(record(&answer).await, "it is not erased yet");
    assert_eq!(
        erase(&store, RetentionKind::Answers, ACCEPTED + YEAR).await,
        1
    );
    answer.words = "やはり行けません".to_owned();
    assert!(!record(&answer).await);
    assert!(!words(&store).await.contains("行けません"));
}

#[tokio::test]
async fn a_clock_that_is_set_back_and_right_again_erases_nothing_early() {
    let folder = tempfile::tempdir().unwrap();
    let store = open!(folder, "retention_5");
    accept(&store, 1, ACCEPTED).await;
    // The clock falls back by a year; the relay runs, and another visitor calls.
    let back = ACCEPTED - YEAR;
    repair(&store, back).await;
    accept(&store, 2, back).await;
    repair(&store, back + 1).await;
    deliver_and_answer(&store).await;
    run_sql(&store, "UPDATE calls SET expires_at = 0").await;
    // The clock is set right again.
    let right = ACCEPTED + DAY_MILLIS;
    repair(&store, right).await;
    assert_eq!(erase(&store, RetentionKind::Visitors, right).await, 0);
    let due = ACCEPTED + 60 * DAY_MILLIS;
    assert_eq!(erase(&store, RetentionKind::Visitors, due - 1).await, 0);
    assert_eq!(erase(&store, RetentionKind::Visitors, due).await, 2);
}

#[tokio::test]
async fn a_clock_that_was_ahead_keeps_nothing_for_longer_than_once_more_its_time() {
    let folder = tempfile::tempdir().unwrap();
    let store = open!(folder, "retention_6");
    accept(&store, 1, ACCEPTED + 10 * YEAR).await;
    // The clock is set right; the next visitor calls after that.
    accept(&store, 2, ACCEPTED).await;
    deliver_and_answer(&store).await;
    run_sql(&store, "UPDATE calls SET expires_at = 0").await;
    let seen = ACCEPTED + 3_600_000;
    repair(&store, seen).await;
    repair(&store, seen + DAY_MILLIS).await;
    let due = seen + 60 * DAY_MILLIS;
    assert_eq!(erase(&store, RetentionKind::Visitors, due - 1).await, 0);
    assert_eq!(erase(&store, RetentionKind::Visitors, due).await, 2);
}

#[tokio::test]
async fn an_unreadable_call_is_erased_whole() {
    let folder = tempfile::tempdir().unwrap();
    let store = open!(folder, "retention_7");
    accept(&store, 1, ACCEPTED).await;
    deliver_and_answer(&store).await;
    run_sql(&store, "UPDATE calls SET request = '山田'").await;
    assert_eq!(
        erase(&store, RetentionKind::Visitors, ACCEPTED + YEAR).await,
        1
    );
    assert!(!words(&store).await.contains("山田"));
}
