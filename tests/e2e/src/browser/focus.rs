//! Checks of the keyboard focus and its visibility.

use serde_json::json;

use super::{Browser, Scheme};

/// JavaScript functions for focus checks. A focus ring is an outline of at least 2 px around the element, or
/// around the label of a visually hidden input; its contrast is measured against the background outside it.
const FUNCTIONS: &str = r"
const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
const rgba = color => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
};
const blend = ([r, g, b, a], below) => [r, g, b].map((v, i) => v * a / 255 + below[i] * (1 - a / 255));
const luminance = ([r, g, b]) => {
    const linear = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
};
const contrast = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
};
const background = element => {
    for (let e = element; e; e = e.parentElement) {
        const color = rgba(getComputedStyle(e).backgroundColor);
        if (color[3] === 255) return color;
    }
    return rgba('Canvas');
};
const name = e => e.outerHTML.replace(/\s+/g, ' ').slice(0, 160);
// Element that shows the focus: the label in place of a visually hidden input.
const shownFor = e => e.matches('input.visually-hidden') ? e.labels[0] ?? e.parentElement : e;
// Contrast of the focus ring, of the element or of up to three ancestors; 0 without a ring.
const ringContrast = element => {
    for (let e = shownFor(element), up = 0; e && up < 4; e = e.parentElement, up++) {
        const style = getComputedStyle(e);
        const hasRing = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        if (hasRing) {
            const inside = parseFloat(style.outlineOffset) < 0;
            const below = background(inside ? e : e.parentElement);
            return contrast(blend(rgba(style.outlineColor), below), below);
        }
    }
    const active = element.querySelector('.active');
    return active && element.getAttribute('aria-activedescendant') ? ringContrast(active) : 0;
};
const isCovered = element => {
    if (element.ownerDocument !== document) return false; // checked in its own page
    const owner = element.closest('label') ?? shownFor(element);
    const box = shownFor(element).getBoundingClientRect();
    const topmost = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return !topmost || !(element.contains(topmost) || owner.contains(topmost) || topmost.contains(element));
};
";

/// JavaScript that lists focusable elements that Tab did not reach. A group of radio buttons and a table have
/// one tab stop each.
const MISSED: &str = r#"
    const root = document.querySelector('dialog[open]') ?? document;
    const all = 'a[href], button, input:not([type=radio]), select, textarea, summary, [tabindex="0"]';
    const canHaveFocus = e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true });
    return [...root.querySelectorAll(all)].filter(e => canHaveFocus(e) && !window.stops.includes(e))
        .map(e => e.outerHTML.slice(0, 120));
"#;

impl Browser {
    /// Presses the Tab key.
    pub async fn tab(&self) {
        self.type_on("\u{e004}").await;
    }

    /// Presses Tab through the page. Asserts that every stop shows its focus ring and is not covered, and that Tab leaves
    /// out no focusable element. Returns the number of stops.
    pub async fn assert_tab_stops_visible(&self, page: &str) -> usize {
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
             if (active.matches('body')) return 'ok'; // the focus is about to enter the frame
             if (window.stops.at(-1) === active) return 'ok'; // a segment of a date field
             if (window.stops.includes(active)) return 'end';
             window.stops.push(active);
             const ring = ringContrast(active);
             if (ring < 3) return `no ring (${{ring.toFixed(2)}}): ${{name(active)}}`;
             if (isCovered(active)) return `covered by another element: ${{name(active)}}`;
             return 'ok';"
        );
        for stops in 0..400 {
            self.tab().await;
            match self.script(&stop).await.as_str() {
                Some("ok") => {}
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

    /// Asserts that every focusable element shows its focus ring in this color scheme.
    pub async fn assert_focus_rings_visible(&self, page: &str, scheme: Scheme) {
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
                 const ring = ringContrast(e);
                 if (ring < 3) bad.push(`${{ring.toFixed(2)}}: ${{name(e)}}`);
             }}
             return bad;"
        );
        let bad = self.script(&rings).await;
        self.prefer_scheme(Scheme::Light).await;
        assert_eq!(bad, json!([]), "{page} in {scheme:?}");
    }
}
