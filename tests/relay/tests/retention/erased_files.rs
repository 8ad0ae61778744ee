//! Files of SQLite after an erasure: neither the database nor its write-ahead log holds the words any more.

use relay_tests::{CallDraft, HOST, LOBBY, ROOM, TestApp, eventually, json, settings_with_answers};
use yobirin_domain::retention::VisitErasure;
use yobirin_relay::Database;

use super::records;

#[tokio::test]
async fn erased_words_are_gone_from_the_database_file_and_its_log() {
    let app = TestApp::start().await;
    if !matches!(app.options().database, Database::Sqlite) {
        return app.close().await;
    }
    app.save(&settings_with_answers()).await;
    let tablet = app.tablet(LOBBY).await;
    let mut draft = CallDraft::at(app.clock.now()).with_text(ROOM, "雲隠様がおいでです");
    draft.call.visitor.name = "霧隠才蔵".to_owned();
    tablet.hand_over(&draft).await;
    tablet.final_status(&draft).await;
    let post = app.sim.messages(ROOM)[0].message_id;
    app.sim.reply_as(ROOM, HOST, post, "ひみつの返事").unwrap();
    app.shown_answer(&tablet, &draft, |answer| answer.words == "ひみつの返事")
        .await;
    let holds = |file: &str, words: &str| {
        let bytes = std::fs::read(app.data().join(file)).unwrap();
        String::from_utf8_lossy(&bytes).contains(words)
    };
    let words = ["雲隠", "霧隠", "ひみつ"];
    let files = ["yobirin.db", "yobirin.db-wal"];
    for word in words {
        assert!(files.iter().any(|file| holds(file, word)), "{word}");
    }
    let path = format!("/api/calls/{}/words", draft.id);
    eventually(
        "its post is edited, and nothing is on its way",
        async || {
            let asked: VisitErasure = json(app.admin.delete(&path)).await;
            asked.is_erased.then_some(())
        },
    )
    .await;
    eventually("no file holds a word", async || {
        let is_held = |word| files.iter().any(|file| holds(file, word));
        (!words.iter().any(|word| is_held(word))).then_some(())
    })
    .await;
    let record = records(&app).await.remove(0);
    assert!(record.erased.is_some(), "the visit itself still counts");
    app.close().await;
}
