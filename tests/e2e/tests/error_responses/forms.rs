//! Forms with typed text.

use e2e_tests::admin::PASSWORD;
use e2e_tests::office::{host_id, someone_of};
use e2e_tests::{Browser, TestEnv};
use serde_json::json;

use super::{RESPONSES, intercept, reports, respond_with};
use crate::steps::admin::{open_setup, show};

/// An open form and its use.
struct Form {
    /// Selector of the part that contains the form and reports results.
    part: &'static str,
    /// Method and path of its request.
    request: (&'static str, &'static str),
    /// Selectors of its fields with the texts to type.
    typed: &'static [(&'static str, &'static str)],
    /// Selectors to press for submission.
    submit: &'static [&'static str],
}

impl Form {
    /// Submits the form once for every response.
    async fn reports_every_response(&self, setup: &Browser) {
        let (method, path) = self.request;
        intercept(setup, method, path).await;
        for (field, text) in self.typed {
            setup.type_into(field, text).await;
        }
        for (_, status, body) in RESPONSES {
            respond_with(setup, status, body).await;
            for button in self.submit {
                setup.press(button).await;
            }
            reports(setup, self.part).await;
            for (field, text) in self.typed {
                let field_value = format!("return document.querySelector(`{field}`)?.value");
                assert_eq!(
                    setup.script(&field_value).await,
                    *text,
                    "{} keeps {field}",
                    self.part
                );
            }
        }
    }

    /// Submits the form by Enter in the last field.
    async fn reports_by_keyboard(&self, setup: &Browser) {
        let (last, _) = self.typed.last().expect("a form has fields");
        for (_, status, body) in RESPONSES {
            respond_with(setup, status, body).await;
            setup.key(last, thirtyfour::Key::Enter).await;
            reports(setup, self.part).await;
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
async fn a_failed_sign_in_reports_its_cause() {
    let (env, _admin) = TestEnv::configured().await;
    let setup = env.setup_browser().await;
    setup.open("/setup").await;
    // The relay's own response.
    setup.type_into("[name=password]", "not the password").await;
    setup.press("[data-action=sign-in]").await;
    setup.says("パスワードが違います。").await;
    setup.sees("[name=password][aria-invalid=true]:focus").await;

    SIGN_IN.reports_every_response(&setup).await;
    SIGN_IN.reports_by_keyboard(&setup).await;
    // Showing the password changes neither the error message nor the typed text.
    setup.press("[name=show-password]").await;
    SIGN_IN.reports_every_response(&setup).await;

    let needed = json!({ "code": "code_needed", "message": "" }).to_string();
    respond_with(&setup, 401, &needed).await;
    setup.press("[data-action=sign-in]").await;
    let code = Form {
        typed: &[("[name=code]", "123456")],
        ..SIGN_IN
    };
    setup.type_into("[name=code]", "123456").await;
    for (name, status, body) in RESPONSES {
        respond_with(&setup, status, body).await;
        setup.press("[data-action=sign-in]").await;
        reports(&setup, code.part).await;
        if name == "wrong password" {
            // The password was changed meanwhile: back to the first step.
            setup.sees("[name=password]:focus").await;
            respond_with(&setup, 401, &needed).await;
            setup.press("[data-action=sign-in]").await;
            setup.sees("[name=code]").await;
        }
    }
    env.close().await;
}

#[tokio::test]
async fn the_first_run_reports_every_kind_of_response() {
    let env = TestEnv::open().await;
    let setup = env.setup_browser().await;
    setup
        .open(env.relay.first_run.as_deref().expect("a link"))
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
    // Nothing is sent until both passwords are equal, also when they are shown.
    setup.type_into("[name=password]", PASSWORD).await;
    setup.type_into("[name=password-again]", "another").await;
    setup.press("[name=show-password]").await;
    setup.press("[data-action=first-run]").await;
    setup.says("2 つのパスワードが一致しません。").await;
    setup.sees("[name=password-again]:focus").await;
    form.reports_every_response(&setup).await;
    form.reports_by_keyboard(&setup).await;
    env.close().await;
}

#[tokio::test]
async fn every_form_of_the_security_page_reports_every_kind_of_response() {
    let (env, _admin, setup) = open_setup().await;
    show(&setup, "/setup/security").await;
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
    password.reports_every_response(&setup).await;
    setup.press("[name=show-new-password]").await;
    password.reports_by_keyboard(&setup).await;

    setup.press("[data-action=begin-two-factor]").await;
    let begin = Form {
        part: "[data-form=enrol]",
        request: ("POST", "/api/totp/enrolment"),
        typed: &[("[name=enrol-password]", PASSWORD)],
        submit: &["[data-action=enrol]"],
    };
    begin.reports_every_response(&setup).await;
    begin.reports_by_keyboard(&setup).await;
    intercept(&setup, "PUT", "/api/totp").await;
    setup.press("[data-action=enrol]").await;
    setup.sees("[data-qr]").await;
    let first_code = Form {
        part: "[data-form=first-code]",
        request: ("PUT", "/api/totp"),
        typed: &[("[name=first-code]", "123456")],
        submit: &["[data-action=switch-on]"],
    };
    first_code.reports_every_response(&setup).await;
    first_code.reports_by_keyboard(&setup).await;
    env.close().await;
}

#[tokio::test]
async fn reauthentication_reports_every_kind_of_response() {
    let (env, _admin, setup) = open_setup().await;
    let enabled = json!({ "password": true, "two_factor": { "since": 0, "recovery_left": 8 } });
    intercept(&setup, "GET", "/api/account").await;
    respond_with(&setup, 200, &enabled.to_string()).await;
    show(&setup, "/setup/security").await;
    setup.press("[data-action=switch-off]").await;
    let mut proof = Form {
        part: "[data-form=identity]",
        request: ("POST", "/api/totp/off"),
        typed: &[
            ("[name=identity-password]", PASSWORD),
            ("[name=identity-code]", "123456"),
        ],
        submit: &["[data-action=prove]"],
    };
    proof.reports_every_response(&setup).await;
    setup
        .press("[data-form=identity] [data-action=cancel]")
        .await;
    setup.press("[data-action=new-codes]").await;
    proof.request = ("POST", "/api/totp/recovery-codes");
    proof.reports_every_response(&setup).await;
    env.close().await;
}

#[tokio::test]
async fn connecting_and_creating_a_room_report_every_kind_of_response() {
    let (env, _admin, setup) = open_setup().await;
    show(&setup, "/setup/chatwork").await;
    setup.press("[data-new-room] summary").await;
    setup.type_into("[name=new-room-name]", "").await;
    setup.press("[data-action=make-room]").await;
    setup
        .sees("[name=new-room-name][aria-invalid=true]:focus")
        .await;
    let room = Form {
        part: "[data-page=chatwork]",
        request: ("POST", "/api/chatwork/rooms"),
        typed: &[("[name=new-room-name]", "受付の新しいルーム")],
        submit: &["[data-action=make-room]"],
    };
    room.reports_every_response(&setup).await;

    disconnect(&setup).await;
    let connect = Form {
        part: "[data-form=connect]",
        request: ("PUT", "/api/chatwork"),
        typed: &[("[name=token]", "0123456789abcdef0123456789abcdef")],
        submit: &[
            "[data-action=connect]",
            "[data-dialog=connect] [data-action=confirm]",
        ],
    };
    connect.reports_every_response(&setup).await;
    env.close().await;
}

async fn disconnect(setup: &Browser) {
    setup.press("[data-action=disconnect]").await;
    setup
        .press("[data-dialog=disconnect] [data-action=confirm]")
        .await;
    setup.sees("[name=token]").await;
}

#[tokio::test]
async fn saving_reports_every_kind_of_response_and_keeps_the_draft() {
    let (env, _admin, setup) = open_setup().await;
    show(&setup, "/setup/site").await;
    let save = Form {
        part: ".save-bar",
        request: ("PUT", "/api/settings"),
        typed: &[("[name=site-name]", "株式会社ためし")],
        submit: &["[data-action=save]"],
    };
    save.reports_every_response(&setup).await;
    env.close().await;
}

#[tokio::test]
async fn the_self_service_page_reports_every_kind_of_response() {
    let (env, admin) = TestEnv::configured().await;
    let host = host_id(someone_of("総務")).to_string();
    let link = admin.personal_link(&host).await;
    let phone = env.setup_browser().await;
    phone.open(&link).await;
    let form = Form {
        part: "[data-form=me]",
        request: ("PATCH", "/api/me"),
        typed: &[("[name=my-kana]", "べつのよみ")],
        submit: &["[data-action=save-me]"],
    };
    form.reports_every_response(&phone).await;
    form.reports_by_keyboard(&phone).await;
    env.close().await;
}

#[tokio::test]
async fn pairing_reports_every_kind_of_response() {
    let (env, _admin) = TestEnv::configured().await;
    let tablet = env.tablet_browser().await;
    tablet.open("/pair").await;
    tablet.sees("[data-screen=pairing] [data-code]").await;
    let form = Form {
        part: "[data-screen=pairing]",
        request: ("POST", "/api/pair"),
        typed: &[("#code", "BBBB-BBBB")],
        submit: &["button[type=submit]"],
    };
    form.reports_every_response(&tablet).await;
    form.reports_by_keyboard(&tablet).await;
    let bad_code = json!({ "code": "bad_pairing_code", "message": "" }).to_string();
    respond_with(&tablet, 410, &bad_code).await;
    tablet.press("button[type=submit]").await;
    tablet.sees("#code[aria-invalid=true]:focus").await;
    env.close().await;
}
