//! Times and targets of steps in words.

use yobirin_domain::model::escalation_step::{EscalationStep, EscalationTarget};

use crate::i18n::fill;
use crate::i18n::setup::{SetupLang, Words};

/// A time in minutes and seconds, such as `2 分 30 秒`.
pub(crate) fn duration_text(words: &Words, seconds: u64) -> String {
    let texts = &words.escalation;
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    let sentence = match (minutes, seconds) {
        (0, _) => texts.seconds,
        (_, 0) => texts.minutes,
        _ => texts.minutes_and_seconds,
    };
    let values = [
        ("minutes", minutes.to_string()),
        ("seconds", seconds.to_string()),
    ];
    fill(
        sentence,
        &values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str())),
    )
}

/// Time of a step, such as `2 分 30 秒後`.
pub(crate) fn after_text(words: &Words, after_seconds: u16) -> String {
    let time = duration_text(words, u64::from(after_seconds));
    fill(words.escalation.after, &[("time", &time)])
}

/// Name of a target.
pub(crate) fn target_name(words: &Words, to: EscalationTarget) -> &'static str {
    let texts = &words.escalation;
    match to {
        EscalationTarget::Again => texts.again,
        EscalationTarget::Delegates => texts.delegates,
        EscalationTarget::InCharge => texts.in_charge,
        EscalationTarget::GroupRoom => texts.group_room,
        EscalationTarget::DefaultRoom => texts.default_room,
    }
}

/// Name of a target as the beginning of a line: in English with a capital.
pub(crate) fn target_heading(words: &Words, to: EscalationTarget) -> String {
    let name = target_name(words, to);
    if words.lang == SetupLang::Ja {
        return name.to_owned();
    }
    let mut chars = name.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}

/// Explains which recipients a target stands for.
pub(super) fn target_hint(words: &Words, to: EscalationTarget) -> &'static str {
    let texts = &words.escalation;
    match to {
        EscalationTarget::Again => texts.again_hint,
        EscalationTarget::Delegates => texts.delegates_hint,
        EscalationTarget::InCharge => texts.in_charge_hint,
        EscalationTarget::GroupRoom => texts.group_room_hint,
        EscalationTarget::DefaultRoom => texts.default_room_hint,
    }
}

/// All steps in one line.
pub(crate) fn summary(words: &Words, steps: &[EscalationStep]) -> String {
    let texts = &words.escalation;
    if steps.is_empty() {
        return texts.summary_none.to_owned();
    }
    let step = |step: &EscalationStep| {
        let time = duration_text(words, u64::from(step.after_seconds));
        let values = [
            ("time", time.as_str()),
            ("target", target_name(words, step.to)),
        ];
        fill(texts.summary_step, &values)
    };
    let steps: Vec<String> = steps.iter().map(step).collect();
    steps.join(texts.summary_separator)
}

#[cfg(test)]
mod tests {
    use yobirin_domain::escalation::preset;

    use super::*;

    #[test]
    fn times_are_written_in_minutes_and_seconds() {
        for (seconds, ja, en) in [
            (45, "45\u{a0}秒", "45 s"),
            (60, "1\u{a0}分", "1 min"),
            (150, "2\u{a0}分 30\u{a0}秒", "2 min 30 s"),
        ] {
            assert_eq!(duration_text(SetupLang::Ja.words(), seconds), ja);
            assert_eq!(duration_text(SetupLang::En.words(), seconds), en);
        }
    }

    #[test]
    fn a_target_begins_an_english_line_with_a_capital() {
        let heading = |lang: SetupLang| target_heading(lang.words(), EscalationTarget::DefaultRoom);
        assert_eq!(heading(SetupLang::En), "The common room (acallルーム)");
        assert_eq!(heading(SetupLang::Ja), "acallルーム（共通ルーム）");
    }

    #[test]
    fn the_preset_is_read_in_one_line() {
        assert_eq!(
            summary(SetupLang::Ja.words(), &preset()),
            "1\u{a0}分後に同じ宛先にもう一度 → 2\u{a0}分 30\u{a0}秒後にグループのルーム → 5\u{a0}分後にacallルーム（共通ルーム）"
        );
        assert_eq!(summary(SetupLang::En.words(), &[]), "no reminders");
    }
}
