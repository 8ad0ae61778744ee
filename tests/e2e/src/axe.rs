//! Accessibility check by axe-core.

use std::path::PathBuf;

use serde_json::Value;

use crate::browser::Browser;
use crate::test_env::tools;

impl Browser {
    /// Runs axe-core (WCAG 2.2 A and AA, best practices); fails on any finding.
    pub async fn assert_accessible(&self, page: &str) {
        let source = std::fs::read_to_string(path()).expect("axe-core is installed by `make test`");
        let script = format!(
            "const done = arguments[arguments.length - 1];
             const module = undefined, exports = undefined, define = undefined;
             {source};
             // A screen that is still fading in has too little contrast. A countdown or a spinner is not waited for.
             const brief = document.getAnimations().filter(a => a.effect.getComputedTiming().endTime <= 1000);
             Promise.allSettled(brief.map(animation => animation.finished))
                .then(() => axe.run(document, {{ resultTypes: ['violations'] }}))
                .then(result => done(result.violations.map(v => ({{
                    rule: v.id, help: v.help,
                    nodes: v.nodes.map(n => n.html + ' — ' + n.failureSummary),
                }}))))
                .catch(error => done([{{ rule: 'axe failed', help: String(error), nodes: [] }}]));"
        );
        let found = self.script_async(&script).await;
        let Value::Array(violations) = &found else {
            panic!("axe answered {found}")
        };
        assert!(violations.is_empty(), "axe on {page}: {found:#}");
    }
}

/// Path of axe-core, installed by `.make/tools.sh`.
fn path() -> PathBuf {
    tools().join("npm/node_modules/axe-core/axe.min.js")
}
