//! Two-factor authentication: enrolment, one-time codes, recovery codes.

use std::time::Duration;

use relay_tests::{Browser, PASSWORD, TestApp, json, refusal, status};
use totp_rs::Totp;
use yobirin_api::ErrorCode;
use yobirin_api::account::{
    Account, BothFactors, Enrol, Enrolment, FirstCode, RECOVERY_CODES, RecoveryCodes,
};
use yobirin_api::session::{Login, Session};

/// TOTP time step.
const TIME_STEP: Duration = Duration::from_secs(30);

/// An authenticator app.
pub(crate) struct Authenticator(Totp);

impl Authenticator {
    fn from_enrolment(enrolment: &Enrolment) -> Self {
        Self(Totp::from_url(&enrolment.uri).unwrap())
    }

    /// The current code.
    pub(crate) fn code(&self, app: &TestApp) -> String {
        self.code_in(app, 0)
    }

    /// The code of the time `steps` time steps from now.
    fn code_in(&self, app: &TestApp, steps: i64) -> String {
        let now = i64::try_from(app.clock.now() / 1000).unwrap();
        let time = u64::try_from(now + 30 * steps).unwrap();
        self.0.generate(time).to_string()
    }
}

async fn account(browser: &Browser) -> Account {
    json(browser.get("/api/account")).await
}

fn enrol_request(browser: &Browser, password: &str) -> reqwest::RequestBuilder {
    let password = password.to_owned();
    browser
        .post("/api/totp/enrolment")
        .json(&Enrol { password })
}

fn confirm_request(browser: &Browser, code: &str) -> reqwest::RequestBuilder {
    let code = code.to_owned();
    browser.put("/api/totp").json(&FirstCode { code })
}

pub(crate) fn with_password_and_code(
    browser: &Browser,
    path: &str,
    password: &str,
    code: &str,
) -> reqwest::RequestBuilder {
    browser.post(path).json(&BothFactors {
        password: password.to_owned(),
        code: code.to_owned(),
    })
}

pub(crate) fn sign_in_request(
    browser: &Browser,
    password: &str,
    code: &str,
) -> reqwest::RequestBuilder {
    browser.post("/api/login").json(&Login::PasswordAndCode {
        password: password.to_owned(),
        code: code.to_owned(),
    })
}

/// The full-width form of a digit, as Japanese input methods type it.
fn full_width(digit: char) -> char {
    char::from_u32(digit as u32 + 0xFEE0).unwrap()
}

/// Enables two-factor authentication and advances the clock by one time step, so that the next code is unused.
pub(crate) async fn enable_two_factor(app: &TestApp) -> (Authenticator, RecoveryCodes) {
    let authenticator =
        Authenticator::from_enrolment(&json(enrol_request(&app.admin, PASSWORD)).await);
    let codes = json(confirm_request(&app.admin, &authenticator.code(app))).await;
    app.clock.advance(TIME_STEP);
    (authenticator, codes)
}

#[tokio::test]
async fn two_factor_is_enabled_by_its_first_code_and_then_required() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    let other = app.new_browser();
    assert_eq!(status(app.sign_in_request(&other, PASSWORD)).await, 200);
    assert_eq!(
        refusal(confirm_request(&app.admin, "123456")).await,
        ErrorCode::TwoFactorOff,
        "no enrolment was started"
    );
    assert_eq!(
        refusal(enrol_request(&app.admin, "wrong")).await,
        ErrorCode::WrongSecret
    );
    let enrolment: Enrolment = json(enrol_request(&app.admin, PASSWORD)).await;
    assert!(
        enrolment.uri.starts_with("otpauth://totp/Yobirin:admin?")
            && enrolment.uri.contains(&enrolment.secret),
        "{}",
        enrolment.uri
    );
    let authenticator = Authenticator::from_enrolment(&enrolment);
    let wrong = authenticator.code_in(&app, 5);
    assert_eq!(
        refusal(confirm_request(&app.admin, &wrong)).await,
        ErrorCode::WrongCode
    );
    assert_eq!(
        account(&app.admin).await.two_factor,
        None,
        "an enrolment that is not confirmed asks for no code"
    );
    assert_eq!(status(app.sign_in_request(&other, PASSWORD)).await, 200);

    let codes: RecoveryCodes = json(confirm_request(&app.admin, &authenticator.code(&app))).await;
    assert_eq!(codes.codes.len(), RECOVERY_CODES);
    let on = account(&app.admin)
        .await
        .two_factor
        .expect("the second factor is on");
    assert_eq!(on.recovery_left, 10);
    assert!(
        !json::<Session>(other.get("/api/session")).await.admin,
        "a session without the second factor ends"
    );
    assert_eq!(
        refusal(enrol_request(&app.admin, PASSWORD)).await,
        ErrorCode::TwoFactorOn
    );

    app.clock.advance(TIME_STEP);
    assert_eq!(
        refusal(app.sign_in_request(&other, PASSWORD)).await,
        ErrorCode::CodeNeeded
    );
    assert_eq!(
        refusal(sign_in_request(&other, "wrong", &authenticator.code(&app))).await,
        ErrorCode::WrongSecret
    );
    assert!(!json::<Session>(other.get("/api/session")).await.admin);
    let session: Session = json(sign_in_request(&other, PASSWORD, &authenticator.code(&app))).await;
    assert!(session.admin);
    app.close().await;
}

#[tokio::test]
async fn a_code_is_accepted_in_its_own_and_adjacent_time_steps_and_only_once() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    let (authenticator, _) = enable_two_factor(&app).await;
    let browser = app.new_browser();
    app.clock.advance(10 * TIME_STEP);
    for steps in [-2, 2] {
        let code = authenticator.code_in(&app, steps);
        assert_eq!(
            refusal(sign_in_request(&browser, PASSWORD, &code)).await,
            ErrorCode::WrongCode,
            "{steps} steps away"
        );
    }
    let (early, late) = (
        authenticator.code_in(&app, -1),
        authenticator.code_in(&app, 1),
    );
    let wide: String = late.chars().map(full_width).collect();
    assert_eq!(
        status(sign_in_request(&browser, PASSWORD, &early)).await,
        200
    );
    assert_eq!(
        status(sign_in_request(&browser, PASSWORD, &wide)).await,
        200,
        "full-width digits are accepted"
    );
    for used in [early, late, authenticator.code(&app)] {
        assert_eq!(
            refusal(sign_in_request(&browser, PASSWORD, &used)).await,
            ErrorCode::WrongCode,
            "a code that was used, or is older than a used one, is refused"
        );
    }
    app.clock.advance(3 * TIME_STEP);
    let fresh = authenticator.code(&app);
    assert_eq!(
        status(sign_in_request(&browser, PASSWORD, &fresh)).await,
        200
    );
    app.close().await;
}

#[tokio::test]
async fn a_recovery_code_signs_in_once() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    let (authenticator, codes) = enable_two_factor(&app).await;
    let browser = app.new_browser();
    let typed_code = codes.codes[3].to_lowercase().replace('-', " ");
    assert_eq!(
        status(sign_in_request(&browser, PASSWORD, &typed_code)).await,
        200
    );
    let codes_left = account(&browser).await.two_factor.unwrap().recovery_left;
    assert_eq!(codes_left, 9);
    assert_eq!(
        refusal(sign_in_request(&browser, PASSWORD, &codes.codes[3])).await,
        ErrorCode::WrongCode
    );

    let path = "/api/totp/recovery-codes";
    let new: RecoveryCodes = json(with_password_and_code(
        &browser,
        path,
        PASSWORD,
        &authenticator.code(&app),
    ))
    .await;
    assert_eq!(
        refusal(sign_in_request(&browser, PASSWORD, &codes.codes[4])).await,
        ErrorCode::WrongCode,
        "new recovery codes replace the old ones"
    );
    assert_eq!(
        status(sign_in_request(&browser, PASSWORD, &new.codes[4])).await,
        200
    );
    app.close().await;
}

#[tokio::test]
async fn disabling_two_factor_requires_password_and_code() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    let (authenticator, codes) = enable_two_factor(&app).await;
    let disable_request = |password: &str, code: &str| {
        with_password_and_code(&app.admin, "/api/totp/off", password, code)
    };
    assert_eq!(
        refusal(disable_request("wrong", &authenticator.code(&app))).await,
        ErrorCode::WrongSecret
    );
    assert_eq!(
        refusal(disable_request(PASSWORD, "000000")).await,
        ErrorCode::WrongCode
    );
    assert_eq!(
        status(disable_request(PASSWORD, &authenticator.code(&app))).await,
        204
    );
    assert_eq!(
        refusal(disable_request(PASSWORD, &codes.codes[0])).await,
        ErrorCode::TwoFactorOff
    );
    assert_eq!(account(&app.admin).await.two_factor, None);
    let browser = app.new_browser();
    assert_eq!(
        status(app.sign_in_request(&browser, PASSWORD)).await,
        200,
        "the password suffices again"
    );
    app.close().await;
}

#[tokio::test]
async fn guesses_of_codes_are_rate_limited_across_addresses() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    let (authenticator, _) = enable_two_factor(&app).await;
    for _ in 0..10 {
        assert_eq!(
            refusal(sign_in_request(&app.new_browser(), PASSWORD, "000000")).await,
            ErrorCode::WrongCode
        );
    }
    let right = || sign_in_request(&app.admin, PASSWORD, &authenticator.code(&app));
    assert_eq!(refusal(right()).await, ErrorCode::TooManyTries);
    app.clock.advance(Duration::from_secs(5 * 60));
    assert_eq!(
        status(right()).await,
        200,
        "the right code works once the rate limit allows another attempt"
    );
    app.close().await;
}

#[tokio::test]
async fn guesses_of_codes_do_not_lock_the_admin_out() {
    let app = TestApp::unconfigured_with(|options| {
        options.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    })
    .await;
    app.first_run().await;
    let (authenticator, codes) = enable_two_factor(&app).await;
    let thief = app.new_browser();
    let from = |address: &str, code: &str| {
        sign_in_request(&thief, PASSWORD, code).header("x-forwarded-for", address)
    };
    app.with_clock_held(async {
        for _ in 0..10 {
            let guess = from("198.51.100.1", "000000");
            assert_eq!(refusal(guess).await, ErrorCode::WrongCode);
            let guess = from("198.51.100.1", "BBBB-CCCC-DDDD");
            assert_eq!(refusal(guess).await, ErrorCode::WrongCode);
        }
    })
    .await;
    let shut = ErrorCode::TooManyTries;
    assert_eq!(
        refusal(from("198.51.100.2", &authenticator.code(&app))).await,
        shut
    );
    assert_eq!(refusal(from("198.51.100.1", &codes.codes[0])).await, shut);
    let owner = from("198.51.100.2", &codes.codes[0]);
    assert_eq!(
        status(owner).await,
        200,
        "recovery codes are counted by address"
    );
    app.close().await;
}

#[tokio::test]
async fn an_unconfirmed_enrolment_expires() {
    let app = TestApp::unconfigured().await;
    app.first_run().await;
    let first = Authenticator::from_enrolment(&json(enrol_request(&app.admin, PASSWORD)).await);
    let second = Authenticator::from_enrolment(&json(enrol_request(&app.admin, PASSWORD)).await);
    assert_eq!(
        refusal(confirm_request(&app.admin, &first.code(&app))).await,
        ErrorCode::WrongCode,
        "a code of an enrolment that was restarted is refused"
    );
    app.clock.advance(Duration::from_secs(16 * 60));
    assert_eq!(
        refusal(confirm_request(&app.admin, &second.code(&app))).await,
        ErrorCode::TwoFactorOff
    );
    app.close().await;
}

#[tokio::test]
async fn the_totp_secret_is_encrypted_and_survives_a_restart() {
    let mut app = TestApp::unconfigured().await;
    app.first_run().await;
    let enrolment: Enrolment = json(enrol_request(&app.admin, PASSWORD)).await;
    let authenticator = Authenticator::from_enrolment(&enrolment);
    let codes: RecoveryCodes = json(confirm_request(&app.admin, &authenticator.code(&app))).await;
    app.stop().await;
    for entry in std::fs::read_dir(app.data()).unwrap() {
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
    app.restart().await;
    app.clock.advance(TIME_STEP);
    let browser = app.new_browser();
    let code = authenticator.code(&app);
    assert_eq!(
        status(sign_in_request(&browser, PASSWORD, &code)).await,
        200
    );
    app.close().await;
}
