//! Forms: what is typed and submitted.

use e2e_tests::admin::PASSWORD;
use e2e_tests::office::{host_id, someone_of};
use e2e_tests::{Browser, Stage};
use serde_json::json;

use super::{ANSWERS, answer_with, intercept, tells};
use crate::steps::admin::{at_the_desk, show};

/// A form that is open, and how it is used.
struct Form {
    /// The part of the page that it is and that tells what became of it.
    part: &'static str,
    /// Where its request goes.
    request: (&'static str, &'static str),
    /// Its fields, and what is typed into them.
    typed: &'static [(&'static str, &'static str)],
    /// What is pressed to submit it.
    submit: &'static [&'static str],
}

impl Form {
    /// Submits it once for every answer.
    async fn is_told_every_answer(&self, desk: &Browser) {
        let (method, path) = self.request;
        intercept(desk, method, path).await;
        for (field, text) in self.typed {
            desk.type_into(field, text).await;
        }
        for (_, status, body) in ANSWERS {
            answer_with(desk, status, body).await;
            for button in self.submit {
                desk.press(button).await;
            }
            tells(desk, self.part).await;
            for (field, text) in self.typed {
                let kept = format!("return document.querySelector(`{field}`)?.value");
                assert_eq!(
                    desk.script(&kept).await,
                    *text,
                    "{} keeps {field}",
                    self.part
                );
            }
        }
    }

    /// The same by Enter in the last field.
    async fn is_told_by_keyboard(&self, desk: &Browser) {
        let (last, _) = self.typed.last().expect("a form has fields");
        for (_, status, body) in ANSWERS {
            answer_with(desk, status, body).await;
            desk.key(last, thirtyfour::Key::Enter).await;
            tells(desk, self.part).await;
        }
    }
}

const SIGN_IN: Form = Form {
    part: "[data-form=sign-in]",
    request: ("POST", "/api/login"),
    typed: &[("[name=password]", "something else")],
    submit: &["[data-action=sign-in]"],
};

#[tokio::test]
async fn a_wrong_password_and_whatever_else_stops_a_sign_in_is_said() {
    let (stage, _admin) = Stage::furnished().await;
    let desk = stage.desk().await;
    desk.open("/setup").await;
    // The relay itself.
    desk.type_into("[name=password]", "not the password").await;
    desk.press("[data-action=sign-in]").await;
    desk.says("パスワードが違います。").await;
    desk.sees("[name=password][aria-invalid=true]:focus").await;

    SIGN_IN.is_told_every_answer(&desk).await;
    SIGN_IN.is_told_by_keyboard(&desk).await;
    // Showing the password changes neither the words nor what was typed.
    desk.press("[name=show-password]").await;
    SIGN_IN.is_told_every_answer(&desk).await;

    let needed = json!({ "code": "code_needed", "message": "" }).to_string();
    answer_with(&desk, 401, &needed).await;
    desk.press("[data-action=sign-in]").await;
    let code = Form {
        typed: &[("[name=code]", "123456")],
        ..SIGN_IN
    };
    desk.type_into("[name=code]", "123456").await;
    for (name, status, body) in ANSWERS {
        answer_with(&desk, status, body).await;
        desk.press("[data-action=sign-in]").await;
        tells(&desk, code.part).await;
        if name == "wrong password" {
            // It was changed meanwhile: back to the first step.
            desk.sees("[name=password]:focus").await;
            answer_with(&desk, 401, &needed).await;
            desk.press("[data-action=sign-in]").await;
            desk.sees("[name=code]").await;
        }
    }
    stage.close().await;
}

#[tokio::test]
async fn the_first_run_tells_every_answer() {
    let stage = Stage::open().await;
    let desk = stage.desk().await;
    desk.open(stage.relay.first_run.as_deref().expect("a link"))
        .await;
    let form = Form {
        part: "[data-form=first-run]",
        request: ("POST", "/api/first-run"),
        typed: &[
            ("[name=password]", PASSWORD),
            ("[name=password-again]", PASSWORD),
        ],
        submit: &["[data-action=first-run]"],
    };
    // Nothing is sent before the two are the same, also after they were shown.
    desk.type_into("[name=password]", PASSWORD).await;
    desk.type_into("[name=password-again]", "another").await;
    desk.press("[name=show-password]").await;
    desk.press("[data-action=first-run]").await;
    desk.says("2 つのパスワードが一致しません。").await;
    desk.sees("[name=password-again]:focus").await;
    form.is_told_every_answer(&desk).await;
    form.is_told_by_keyboard(&desk).await;
    stage.close().await;
}

#[tokio::test]
async fn every_form_of_the_security_page_tells_every_answer() {
    let (stage, _admin, desk) = at_the_desk().await;
    show(&desk, "/setup/security").await;
    let password = Form {
        part: "[data-form=password]",
        request: ("POST", "/api/password"),
        typed: &[
            ("[name=old-password]", PASSWORD),
            ("[name=new-password]", "another battery horse"),
            ("[name=new-password-again]", "another battery horse"),
        ],
        submit: &["[data-action=change-password]"],
    };
    password.is_told_every_answer(&desk).await;
    desk.press("[name=show-new-password]").await;
    password.is_told_by_keyboard(&desk).await;

    desk.press("[data-action=begin-second-step]").await;
    let begin = Form {
        part: "[data-form=enrol]",
        request: ("POST", "/api/totp/enrolment"),
        typed: &[("[name=enrol-password]", PASSWORD)],
        submit: &["[data-action=enrol]"],
    };
    begin.is_told_every_answer(&desk).await;
    begin.is_told_by_keyboard(&desk).await;
    intercept(&desk, "PUT", "/api/totp").await;
    desk.press("[data-action=enrol]").await;
    desk.sees("[data-qr]").await;
    let first_code = Form {
        part: "[data-form=first-code]",
        request: ("PUT", "/api/totp"),
        typed: &[("[name=first-code]", "123456")],
        submit: &["[data-action=switch-on]"],
    };
    first_code.is_told_every_answer(&desk).await;
    first_code.is_told_by_keyboard(&desk).await;
    stage.close().await;
}

#[tokio::test]
async fn proving_who_one_is_tells_every_answer() {
    let (stage, _admin, desk) = at_the_desk().await;
    let on = json!({ "password": true, "second_step": { "since": 0, "recovery_left": 8 } });
    intercept(&desk, "GET", "/api/account").await;
    answer_with(&desk, 200, &on.to_string()).await;
    show(&desk, "/setup/security").await;
    desk.press("[data-action=switch-off]").await;
    let mut proof = Form {
        part: "[data-form=proof]",
        request: ("POST", "/api/totp/off"),
        typed: &[
            ("[name=proof-password]", PASSWORD),
            ("[name=proof-code]", "123456"),
        ],
        submit: &["[data-action=prove]"],
    };
    proof.is_told_every_answer(&desk).await;
    desk.press("[data-form=proof] [data-action=cancel]").await;
    desk.press("[data-action=new-codes]").await;
    proof.request = ("POST", "/api/totp/recovery-codes");
    proof.is_told_every_answer(&desk).await;
    stage.close().await;
}

#[tokio::test]
async fn connecting_and_making_a_room_tell_every_answer() {
    let (stage, _admin, desk) = at_the_desk().await;
    show(&desk, "/setup/chatwork").await;
    desk.press("[data-new-room] summary").await;
    desk.type_into("[name=new-room-name]", "").await;
    desk.press("[data-action=make-room]").await;
    desk.sees("[name=new-room-name][aria-invalid=true]:focus")
        .await;
    let room = Form {
        part: "[data-page=chatwork]",
        request: ("POST", "/api/chatwork/rooms"),
        typed: &[("[name=new-room-name]", "受付の新しいルーム")],
        submit: &["[data-action=make-room]"],
    };
    room.is_told_every_answer(&desk).await;

    disconnect(&desk).await;
    let connect = Form {
        part: "[data-form=connect]",
        request: ("PUT", "/api/chatwork"),
        typed: &[("[name=token]", "0123456789abcdef0123456789abcdef")],
        submit: &[
            "[data-action=connect]",
            "[data-dialog=connect] [data-action=confirm]",
        ],
    };
    connect.is_told_every_answer(&desk).await;
    stage.close().await;
}

async fn disconnect(desk: &Browser) {
    desk.press("[data-action=disconnect]").await;
    desk.press("[data-dialog=disconnect] [data-action=confirm]")
        .await;
    desk.sees("[name=token]").await;
}

#[tokio::test]
async fn saving_tells_every_answer_and_keeps_the_draft() {
    let (stage, _admin, desk) = at_the_desk().await;
    show(&desk, "/setup/site").await;
    let save = Form {
        part: ".save-bar",
        request: ("PUT", "/api/settings"),
        typed: &[("[name=site-name]", "株式会社ためし")],
        submit: &["[data-action=save]"],
    };
    save.is_told_every_answer(&desk).await;
    stage.close().await;
}

#[tokio::test]
async fn a_host_s_own_page_tells_every_answer() {
    let (stage, admin) = Stage::furnished().await;
    let host = host_id(someone_of("総務")).to_string();
    let link = admin.personal_link(&host).await;
    let phone = stage.desk().await;
    phone.open(&link).await;
    let form = Form {
        part: "[data-form=me]",
        request: ("PATCH", "/api/me"),
        typed: &[("[name=my-kana]", "べつのよみ")],
        submit: &["[data-action=save-me]"],
    };
    form.is_told_every_answer(&phone).await;
    form.is_told_by_keyboard(&phone).await;
    stage.close().await;
}

#[tokio::test]
async fn pairing_tells_every_answer() {
    let (stage, _admin) = Stage::furnished().await;
    let tablet = stage.tablet().await;
    tablet.open("/pair").await;
    tablet.sees("[data-screen=pairing]").await;
    let form = Form {
        part: "[data-screen=pairing]",
        request: ("POST", "/api/pair"),
        typed: &[("#code", "BBBB-BBBB")],
        submit: &["button[type=submit]"],
    };
    form.is_told_every_answer(&tablet).await;
    form.is_told_by_keyboard(&tablet).await;
    let gone = json!({ "code": "bad_pairing_code", "message": "" }).to_string();
    answer_with(&tablet, 410, &gone).await;
    tablet.press("button[type=submit]").await;
    tablet.sees("#code[aria-invalid=true]:focus").await;
    stage.close().await;
}
