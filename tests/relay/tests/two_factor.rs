//! The second step of signing in: switched on with a first code, each code good once, recovery codes
//! for who has lost the phone.

use std::time::Duration;

use relay_tests::{Browser, Desk, PASSWORD, json, refusal, status};
use totp_rs::Totp;
use yobirin_api::ErrorCode;
use yobirin_api::account::{
    Account, BothSteps, Enrol, Enrolment, FirstCode, RECOVERY_CODES, RecoveryCodes,
};
use yobirin_api::session::{Login, Session};

/// A time step of TOTP.
const STEP: Duration = Duration::from_secs(30);

/// What an authenticator app does.
pub(crate) struct App(Totp);

impl App {
    fn scanning(enrolment: &Enrolment) -> Self {
        Self(Totp::from_url(&enrolment.uri).unwrap())
    }

    /// The code it shows now.
    pub(crate) fn code(&self, desk: &Desk) -> String {
        self.code_in(desk, 0)
    }

    /// The code it shows so many steps later.
    fn code_in(&self, desk: &Desk, steps: i64) -> String {
        let now = i64::try_from(desk.clock.now() / 1000).unwrap();
        let then = u64::try_from(now + 30 * steps).unwrap();
        self.0.generate(then).to_string()
    }
}

async fn account(browser: &Browser) -> Account {
    json(browser.get("/api/account")).await
}

fn enrolling(browser: &Browser, password: &str) -> reqwest::RequestBuilder {
    let password = password.to_owned();
    browser
        .post("/api/totp/enrolment")
        .json(&Enrol { password })
}

fn confirming(browser: &Browser, code: &str) -> reqwest::RequestBuilder {
    let code = code.to_owned();
    browser.put("/api/totp").json(&FirstCode { code })
}

pub(crate) fn both(
    browser: &Browser,
    path: &str,
    password: &str,
    code: &str,
) -> reqwest::RequestBuilder {
    browser.post(path).json(&BothSteps {
        password: password.to_owned(),
        code: code.to_owned(),
    })
}

pub(crate) fn signing_in(browser: &Browser, password: &str, code: &str) -> reqwest::RequestBuilder {
    browser.post("/api/login").json(&Login::PasswordAndCode {
        password: password.to_owned(),
        code: code.to_owned(),
    })
}

/// A digit as a Japanese keyboard may write it.
fn full_width(digit: char) -> char {
    char::from_u32(digit as u32 + 0xFEE0).unwrap()
}

/// Switches the second step on; the clock stands one step later, so that a fresh code is there.
pub(crate) async fn switched_on(desk: &Desk) -> (App, RecoveryCodes) {
    let app = App::scanning(&json(enrolling(&desk.admin, PASSWORD)).await);
    let codes = json(confirming(&desk.admin, &app.code(desk))).await;
    desk.clock.advance(STEP);
    (app, codes)
}

#[tokio::test]
async fn it_is_switched_on_by_its_first_code_and_then_asked_for() {
    let desk = Desk::bare().await;
    desk.first_run().await;
    let other = desk.stranger();
    assert_eq!(status(desk.signing_in(&other, PASSWORD)).await, 200);
    assert_eq!(
        refusal(confirming(&desk.admin, "123456")).await,
        ErrorCode::SecondStepOff,
        "nothing was begun"
    );
    assert_eq!(
        refusal(enrolling(&desk.admin, "wrong")).await,
        ErrorCode::WrongSecret
    );
    let enrolment: Enrolment = json(enrolling(&desk.admin, PASSWORD)).await;
    assert!(
        enrolment.uri.starts_with("otpauth://totp/Yobirin:admin?")
            && enrolment.uri.contains(&enrolment.secret),
        "{}",
        enrolment.uri
    );
    let app = App::scanning(&enrolment);
    let wrong = app.code_in(&desk, 5);
    assert_eq!(
        refusal(confirming(&desk.admin, &wrong)).await,
        ErrorCode::WrongCode
    );
    assert_eq!(account(&desk.admin).await.second_step, None, "not yet on");
    assert_eq!(status(desk.signing_in(&other, PASSWORD)).await, 200);

    let codes: RecoveryCodes = json(confirming(&desk.admin, &app.code(&desk))).await;
    assert_eq!(codes.codes.len(), RECOVERY_CODES);
    let on = account(&desk.admin).await.second_step.expect("it is on");
    assert_eq!(on.recovery_left, 10);
    assert!(
        !json::<Session>(other.get("/api/session")).await.admin,
        "a session without the second step ends"
    );
    assert_eq!(
        refusal(enrolling(&desk.admin, PASSWORD)).await,
        ErrorCode::SecondStepOn
    );

    desk.clock.advance(STEP);
    assert_eq!(
        refusal(desk.signing_in(&other, PASSWORD)).await,
        ErrorCode::CodeNeeded
    );
    assert_eq!(
        refusal(signing_in(&other, "wrong", &app.code(&desk))).await,
        ErrorCode::WrongSecret
    );
    assert!(!json::<Session>(other.get("/api/session")).await.admin);
    let session: Session = json(signing_in(&other, PASSWORD, &app.code(&desk))).await;
    assert!(session.admin);
    desk.close().await;
}

#[tokio::test]
async fn a_code_is_good_for_its_half_minute_and_the_neighbours_and_only_once() {
    let desk = Desk::bare().await;
    desk.first_run().await;
    let (app, _) = switched_on(&desk).await;
    let browser = desk.stranger();
    desk.clock.advance(10 * STEP);
    for steps in [-2, 2] {
        let code = app.code_in(&desk, steps);
        assert_eq!(
            refusal(signing_in(&browser, PASSWORD, &code)).await,
            ErrorCode::WrongCode,
            "{steps} steps away"
        );
    }
    let (early, late) = (app.code_in(&desk, -1), app.code_in(&desk, 1));
    let wide: String = late.chars().map(full_width).collect();
    assert_eq!(status(signing_in(&browser, PASSWORD, &early)).await, 200);
    assert_eq!(
        status(signing_in(&browser, PASSWORD, &wide)).await,
        200,
        "a Japanese keyboard's digits do as well"
    );
    for used in [early, late, app.code(&desk)] {
        assert_eq!(
            refusal(signing_in(&browser, PASSWORD, &used)).await,
            ErrorCode::WrongCode,
            "used, or older than one that was"
        );
    }
    desk.clock.advance(3 * STEP);
    let fresh = app.code(&desk);
    assert_eq!(status(signing_in(&browser, PASSWORD, &fresh)).await, 200);
    desk.close().await;
}

#[tokio::test]
async fn a_recovery_code_signs_in_once() {
    let desk = Desk::bare().await;
    desk.first_run().await;
    let (app, codes) = switched_on(&desk).await;
    let browser = desk.stranger();
    let written = codes.codes[3].to_lowercase().replace('-', " ");
    assert_eq!(status(signing_in(&browser, PASSWORD, &written)).await, 200);
    let left = account(&browser).await.second_step.unwrap().recovery_left;
    assert_eq!(left, 9);
    assert_eq!(
        refusal(signing_in(&browser, PASSWORD, &codes.codes[3])).await,
        ErrorCode::WrongCode
    );

    let path = "/api/totp/recovery-codes";
    let new: RecoveryCodes = json(both(&browser, path, PASSWORD, &app.code(&desk))).await;
    assert_eq!(
        refusal(signing_in(&browser, PASSWORD, &codes.codes[4])).await,
        ErrorCode::WrongCode,
        "the old ones have ended"
    );
    assert_eq!(
        status(signing_in(&browser, PASSWORD, &new.codes[4])).await,
        200
    );
    desk.close().await;
}

#[tokio::test]
async fn switching_it_off_takes_both_steps() {
    let desk = Desk::bare().await;
    desk.first_run().await;
    let (app, codes) = switched_on(&desk).await;
    let off = |password: &str, code: &str| both(&desk.admin, "/api/totp/off", password, code);
    assert_eq!(
        refusal(off("wrong", &app.code(&desk))).await,
        ErrorCode::WrongSecret
    );
    assert_eq!(refusal(off(PASSWORD, "000000")).await, ErrorCode::WrongCode);
    assert_eq!(status(off(PASSWORD, &app.code(&desk))).await, 204);
    assert_eq!(
        refusal(off(PASSWORD, &codes.codes[0])).await,
        ErrorCode::SecondStepOff
    );
    assert_eq!(account(&desk.admin).await.second_step, None);
    let browser = desk.stranger();
    assert_eq!(
        status(desk.signing_in(&browser, PASSWORD)).await,
        200,
        "the password is enough again"
    );
    desk.close().await;
}

#[tokio::test]
async fn guessing_codes_is_slowed_down_wherever_it_comes_from() {
    let desk = Desk::bare().await;
    desk.first_run().await;
    let (app, _) = switched_on(&desk).await;
    for _ in 0..10 {
        assert_eq!(
            refusal(signing_in(&desk.stranger(), PASSWORD, "000000")).await,
            ErrorCode::WrongCode
        );
    }
    let right = || signing_in(&desk.admin, PASSWORD, &app.code(&desk));
    assert_eq!(refusal(right()).await, ErrorCode::TooManyTries);
    desk.clock.advance(Duration::from_secs(5 * 60));
    assert_eq!(status(right()).await, 200, "a while later");
    desk.close().await;
}

#[tokio::test]
async fn guesses_of_codes_leave_the_owner_a_way_in() {
    let desk =
        Desk::bare_with(|options| options.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()])
            .await;
    desk.first_run().await;
    let (app, codes) = switched_on(&desk).await;
    let thief = desk.stranger();
    let from = |address: &str, code: &str| {
        signing_in(&thief, PASSWORD, code).header("x-forwarded-for", address)
    };
    desk.in_no_time(async {
        for _ in 0..10 {
            let guess = from("198.51.100.1", "000000");
            assert_eq!(refusal(guess).await, ErrorCode::WrongCode);
            let guess = from("198.51.100.1", "BBBB-CCCC-DDDD");
            assert_eq!(refusal(guess).await, ErrorCode::WrongCode);
        }
    })
    .await;
    let shut = ErrorCode::TooManyTries;
    assert_eq!(refusal(from("198.51.100.2", &app.code(&desk))).await, shut);
    assert_eq!(refusal(from("198.51.100.1", &codes.codes[0])).await, shut);
    let owner = from("198.51.100.2", &codes.codes[0]);
    assert_eq!(
        status(owner).await,
        200,
        "recovery codes are counted by address"
    );
    desk.close().await;
}

#[tokio::test]
async fn an_enrolment_that_was_left_lying_is_over() {
    let desk = Desk::bare().await;
    desk.first_run().await;
    let first = App::scanning(&json(enrolling(&desk.admin, PASSWORD)).await);
    let second = App::scanning(&json(enrolling(&desk.admin, PASSWORD)).await);
    assert_eq!(
        refusal(confirming(&desk.admin, &first.code(&desk))).await,
        ErrorCode::WrongCode,
        "begun anew meanwhile"
    );
    desk.clock.advance(Duration::from_secs(16 * 60));
    assert_eq!(
        refusal(confirming(&desk.admin, &second.code(&desk))).await,
        ErrorCode::SecondStepOff
    );
    desk.close().await;
}

#[tokio::test]
async fn the_secret_lies_sealed_and_outlives_a_restart() {
    let mut desk = Desk::bare().await;
    desk.first_run().await;
    let enrolment: Enrolment = json(enrolling(&desk.admin, PASSWORD)).await;
    let app = App::scanning(&enrolment);
    let codes: RecoveryCodes = json(confirming(&desk.admin, &app.code(&desk))).await;
    desk.stop().await;
    for entry in std::fs::read_dir(desk.data()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let holds = |text: &str| {
            bytes
                .windows(text.len())
                .any(|part| part == text.as_bytes())
        };
        assert!(!holds(&enrolment.secret), "the secret is on disk");
        let plain = codes.codes[0].replace('-', "");
        assert!(
            !holds(&codes.codes[0]) && !holds(&plain),
            "a recovery code is on disk"
        );
    }
    desk.start_again().await;
    desk.clock.advance(STEP);
    let browser = desk.stranger();
    let code = app.code(&desk);
    assert_eq!(status(signing_in(&browser, PASSWORD, &code)).await, 200);
    desk.close().await;
}
