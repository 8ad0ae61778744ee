//! Every form with every kind of response that a network can produce: the error is reported, typed text is kept,
//! and the focus is placed usefully.

mod actions;
mod forms;

use e2e_tests::Browser;
use serde_json::json;

/// Responses in the relay's place: name, status (0 means no network) and body.
pub(crate) const RESPONSES: [(&str, u16, &str); 14] = [
    (
        "wrong password",
        401,
        r#"{"code":"wrong_secret","message":""}"#,
    ),
    ("wrong code", 401, r#"{"code":"wrong_code","message":""}"#),
    ("not allowed", 403, r#"{"code":"forbidden","message":""}"#),
    ("refused by a proxy", 403, "<html>Forbidden</html>"),
    ("not found", 404, r#"{"code":"not_found","message":""}"#),
    ("conflict", 409, r#"{"code":"two_factor_off","message":""}"#),
    ("too large for a proxy", 413, "<html>Too large</html>"),
    (
        "refused by Chatwork",
        422,
        r#"{"code":"token_refused","message":""}"#,
    ),
    (
        "too many tries",
        429,
        r#"{"code":"too_many_tries","message":""}"#,
    ),
    (
        "an internal error of the relay",
        500,
        r#"{"code":"internal","message":""}"#,
    ),
    (
        "database unavailable",
        503,
        r#"{"code":"storage_away","message":""}"#,
    ),
    ("disk full", 507, r#"{"code":"storage_full","message":""}"#),
    (
        "a captive portal's page",
        200,
        "<html>Welcome to the Wi-Fi</html>",
    ),
    ("no network", 0, ""),
];

/// Intercepts the page's requests with this method and path prefix: they get the response of [`respond_with`], and
/// `window.answered` counts them.
pub(crate) async fn intercept(setup: &Browser, method: &str, path: &str) {
    let script = format!(
        "window.relay ??= window.fetch;
         window.answered = 0;
         window.fetch = (request, options) => {{
             const requested = options?.method ?? request.method ?? 'GET';
             const url = new URL(request.url ?? request, location);
             if (requested !== '{method}' || !url.pathname.startsWith('{path}'))
                 return window.relay(request, options);
             const [status, body] = window.answer;
             window.answered++;
             const headers = body.startsWith('{{') ? {{ 'yobirin-relay': '1' }} : {{}}; // marks the relay's own responses
             return status === 0
                 ? Promise.reject(new TypeError('Failed to fetch'))
                 : Promise.resolve(new Response(body, {{ status, headers }}));
         }};"
    );
    setup.script(&script).await;
}

/// Sets the next response.
pub(crate) async fn respond_with(setup: &Browser, status: u16, body: &str) {
    let response = json!([status, body]);
    setup
        .script(&format!("window.answer = {response}; window.answered = 0;"))
        .await;
}

/// Waits until the response has arrived and this part of the page reports it: a focused invalid field with a
/// description, or an announced text. The focus must not be lost.
pub(crate) async fn reports(setup: &Browser, part: &str) {
    let is_reported = format!(
        "if (window.answered === 0) return 'no request';
         const part = document.querySelector(`{part}`);
         if (!part) return 'no {part}';
         const active = document.activeElement;
         if (!active || active === document.body) return 'the focus is lost';
         const shown = e => e.getClientRects().length > 0 && e.innerText.trim() !== '';
         const invalid = [...part.querySelectorAll('[aria-invalid=true]')];
         if (invalid.length > 0) {{
             const ids = invalid[0].getAttribute('aria-describedby').split(' ');
             const words = ids.map(id => document.getElementById(id))
                 .filter(e => e && e.closest('[aria-live], [role=alert]') && shown(e));
             if (words.length === 0) return 'an invalid field without words';
             return active === invalid[0] || `the focus is on ${{active.outerHTML}}`;
         }}
         const announced = '[role=alert], [role=status], [aria-live]';
         const live = [part, ...part.querySelectorAll(announced)].filter(e => e.matches(announced));
         return live.some(e => shown(e) && !e.querySelector('.spinner')) || 'no text is announced';"
    );
    setup.until(&is_reported).await;
}
