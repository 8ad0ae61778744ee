//! Checks of the keyboard focus and its visibility.

use serde_json::json;

use super::Browser;

/// Color scheme for the check of focus rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// Forced colors of the operating system.
    Forced,
}

/// JavaScript functions for focus checks. A focus ring is an outline of at least 2 px around the element, or
/// around the label of a visually hidden input; its contrast is measured against the background outside it.
const FUNCTIONS: &str = r"
const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
const rgba = color => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
};
const over = ([r, g, b, a], below) => [r, g, b].map((v, i) => v * a / 255 + below[i] * (1 - a / 255));
const light = ([r, g, b]) => {
    const part = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
};
const contrast = (a, b) => {
    const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
};
const ground = element => {
    for (let e = element; e; e = e.parentElement) {
        const color = rgba(getComputedStyle(e).backgroundColor);
        if (color[3] === 255) return color;
    }
    return rgba('Canvas');
};
const name = e => e.outerHTML.replace(/\s+/g, ' ').slice(0, 160);
// The label represents a visually hidden input.
const seen = e => e.matches('input.visually-hidden') ? e.labels[0] ?? e.parentElement : e;
const ringed = element => {
    for (let e = seen(element), up = 0; e && up < 4; e = e.parentElement, up++) {
        const style = getComputedStyle(e);
        const is = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        if (is) {
            const inside = parseFloat(style.outlineOffset) < 0;
            const below = ground(inside ? e : e.parentElement);
            return contrast(over(rgba(style.outlineColor), below), below);
        }
    }
    const active = element.querySelector('.active');
    return active && element.getAttribute('aria-activedescendant') ? ringed(active) : 0;
};
const hidden = element => {
    if (element.ownerDocument !== document) return false; // checked in its own page
    const owner = element.closest('label') ?? seen(element);
    const r = seen(element).getBoundingClientRect();
    const at = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
    return !at || !(element.contains(at) || owner.contains(at) || at.contains(element));
};
";

/// JavaScript that lists focusable elements that Tab did not reach. A group of radio buttons and a table have
/// one tab stop each.
const MISSED: &str = r#"
    const root = document.querySelector('dialog[open]') ?? document;
    const all = 'a[href], button, input:not([type=radio]), select, textarea, summary, [tabindex="0"]';
    const is = e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true });
    return [...root.querySelectorAll(all)].filter(e => is(e) && !window.stops.includes(e))
        .map(e => e.outerHTML.slice(0, 120));
"#;

impl Browser {
    /// Presses the Tab key.
    pub async fn tab(&self) {
        self.type_on("\u{e004}").await;
    }

    /// Presses Tab through the page; every stop must be visible and not covered by a bar. Returns the number of
    /// stops.
    pub async fn every_tab_stop_is_visible(&self, page: &str) -> usize {
        // Starts at the top of the page, or of the open dialog.
        self.script(
            "const dialog = document.querySelector('dialog[open]');
             const start = dialog ?? document.querySelector('#top-of-page') ?? document.createElement('i');
             if (!start.isConnected) { start.id = 'top-of-page'; document.body.prepend(start); }
             start.tabIndex = -1; start.focus(); window.stops = []; scrollTo(0, 0);",
        )
        .await;
        let stop = format!(
            "{FUNCTIONS}
             let active = document.activeElement;
             if (!active || active === document.body) return 'end';
             if (active.matches('iframe')) active = active.contentDocument.activeElement;
             if (active.matches('body')) return 'seen'; // entering the frame
             if (window.stops.at(-1) === active) return 'seen'; // a segment of a date field
             if (window.stops.includes(active)) return 'end';
             window.stops.push(active);
             const ring = ringed(active);
             if (ring < 3) return `no ring (${{ring.toFixed(2)}}): ${{name(active)}}`;
             if (hidden(active)) return `under something: ${{name(active)}}`;
             return 'seen';"
        );
        for stops in 0..400 {
            self.tab().await;
            match self.script(&stop).await.as_str() {
                Some("seen") => {}
                Some("end") => {
                    let missed = self.script(MISSED).await;
                    assert_eq!(missed, json!([]), "{page}: Tab skips these");
                    return stops;
                }
                other => panic!("{page}, stop {stops}: {other:?}"),
            }
        }
        panic!("{page}: pressing Tab never returns to the start");
    }

    /// Every focusable element must show its focus ring in this color scheme.
    pub async fn every_focus_ring_is_visible(&self, page: &str, scheme: Scheme) {
        self.prefer_scheme(scheme).await;
        // Pressing Tab makes the browser show focus rings. The first Tab may leave the page.
        let inside = "return document.hasFocus() && document.activeElement !== document.body";
        let mut tabs = 0;
        while self.script(inside).await != true || tabs == 0 {
            self.tab().await;
            tabs += 1;
            assert!(tabs < 5, "{page}: the Tab key does not lead into the page");
        }
        let rings = format!(
            "{FUNCTIONS}
             const all = 'a[href], button, input, select, textarea, summary, [tabindex=\"0\"]';
             const root = document.querySelector('dialog[open]') ?? document;
             const bad = [];
             for (const e of root.querySelectorAll(all)) {{
                 e.focus();
                 if (document.activeElement !== e) continue;
                 const ring = ringed(e);
                 if (ring < 3) bad.push(`${{ring.toFixed(2)}}: ${{name(e)}}`);
             }}
             return bad;"
        );
        let bad = self.script(&rings).await;
        self.prefer_scheme(Scheme::Light).await;
        assert_eq!(bad, json!([]), "{page} in {scheme:?}");
    }
}
