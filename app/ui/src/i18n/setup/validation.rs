//! Words of validation errors of a settings document.

use yobirin_domain::validate::ValidationError;

use super::words;
use crate::i18n::fill;

words! {
    /// One sentence per fault.
    ValidationTexts {
        empty: "入力してください。", "Fill this in.";
        too_long: "{max} 文字までにしてください。", "Use at most {max} characters.";
        control_character: "画面に出ない文字（制御文字 {code}）が入っています。消して入力し直してください。", "This contains an invisible character (control character {code}). Delete it and type the text again.";
        too_many: "{max} 件までにしてください。", "Use at most {max} entries.";
        duplicate_id: "内部の ID「{id}」が重複しています。片方を削除して作り直してください。", "The internal ID “{id}” is used twice. Delete one of the two and create it again.";
        duplicate_account: "アカウントID {account} は、ほかの担当者にも登録されています。", "Account ID {account} is already set for another host.";
        listed_twice: "同じものが 2 回入っています。片方を外してください。", "The same entry is listed twice. Remove one.";
        unknown_group: "グループが見つかりません。別のグループを選んでください。", "This group no longer exists. Choose another one.";
        unknown_host: "担当者が見つかりません。外すか、別の担当者を選んでください。", "This host no longer exists. Remove them or choose another one.";
        parent_cycle: "グループを自分の下に置くことはできません。", "A group cannot be below itself.";
        own_delegate: "本人を代理にすることはできません。", "A host cannot be their own delegate.";
        no_default_room: "acallルーム（共通ルーム）を選んでください。行き先がないときの通知が届くルームです。", "Choose a common room (acallルーム). Calls that have no other room go there.";
        no_language: "言語を 1 つ以上選んでください。", "Choose at least one language.";
        invalid_colour: "色は #0b6bcb のように入力してください。", "Write the colour like #0b6bcb.";
        unknown_time_zone: "このタイムゾーンはありません。Asia/Tokyo のように入力してください。", "There is no such time zone. Write it like Asia/Tokyo.";
        invalid_time_zone: "タイムゾーンは Asia/Tokyo のように入力してください。", "Write the time zone like Asia/Tokyo.";
        invalid_logo: "ロゴは 96 kB までの PNG、JPEG、WebP にしてください。", "The logo must be a PNG, JPEG or WebP image of at most 96 kB.";
        ends_before_it_begins: "終了は開始より後にしてください。", "The end must be after the start.";
        hours_overlap: "同じ日のほかの時間帯と重なっています。", "This overlaps with other hours of the same day.";
        closed_days_overlap: "ほかの休業日と重なっています。", "This overlaps with other closed days.";
        days_out_of_range: "{min} 日から {max} 日までにしてください。", "Choose {min} to {max} days.";
        invalid_pin: "4～8 桁の数字にしてください。", "Use 4 to 8 digits.";
        unknown_placeholder: "{name} という差し込みはありません。一覧にある名前に直すか、消してください。", "There is no placeholder {name}. Use one from the list, or delete it.";
        misspelt_placeholder: "{name} は、半角のかっこで囲み、このとおりに書いてください。", "Write {name} exactly like this, with both braces.";
        forbidden_tag: "タグ {tag} は通知に使えません。", "The tag {tag} cannot be used in a notification.";
        missing_placeholder: "{name} を入れてください。", "{name} is required.";
        repeated_placeholder: "{name} は 1 回だけ使えます。", "{name} can be used only once.";
        unmatched_brace: "波かっこを文字として使うには、{{ または }} と 2 つ続けて書いてください。", "To write a brace as text, double it: {{ or }}.";
        answers_off: "応答を表示しない設定では使えません。「応答と再通知」で応答を表示するか、この設定を外してください。", "This needs answers. Turn them on under “Answers and reminders”, or remove this setting.";
        step_too_early: "前の通知から {min} 秒以上あけてください。", "Leave at least {min} seconds after the notification before.";
        step_too_late: "最初の通知から {max} 秒以内にしてください。", "Choose at most {max} seconds after the first notification.";
        unknown_version: "設定の形式（バージョン {version}）に対応していません。呼び鈴を更新してください。", "Version {version} of the settings is not supported. Update Yobirin.";
    }
}

impl ValidationTexts {
    /// A fault in words.
    pub(crate) fn of(&self, fault: &ValidationError) -> String {
        let braced = |name: &str| format!("{{{name}}}");
        match fault {
            ValidationError::Empty => self.empty.to_owned(),
            ValidationError::TooLong { max } => fill(self.too_long, &[("max", &max.to_string())]),
            ValidationError::ControlCharacter { character } => {
                let code = format!("U+{character:04X}");
                fill(self.control_character, &[("code", &code)])
            }
            ValidationError::TooMany { max } => fill(self.too_many, &[("max", &max.to_string())]),
            ValidationError::DuplicateId { id } => fill(self.duplicate_id, &[("id", id)]),
            ValidationError::DuplicateAccount { account } => {
                fill(self.duplicate_account, &[("account", &account.to_string())])
            }
            ValidationError::ListedTwice { .. } => self.listed_twice.to_owned(),
            ValidationError::UnknownGroup { .. } => self.unknown_group.to_owned(),
            ValidationError::UnknownHost { .. } => self.unknown_host.to_owned(),
            ValidationError::ParentCycle => self.parent_cycle.to_owned(),
            ValidationError::OwnDelegate => self.own_delegate.to_owned(),
            ValidationError::NoDefaultRoom => self.no_default_room.to_owned(),
            ValidationError::NoLanguage => self.no_language.to_owned(),
            ValidationError::InvalidColour => self.invalid_colour.to_owned(),
            ValidationError::InvalidTimeZone => self.invalid_time_zone.to_owned(),
            ValidationError::UnknownTimeZone => self.unknown_time_zone.to_owned(),
            ValidationError::InvalidLogo => self.invalid_logo.to_owned(),
            ValidationError::EndsBeforeItBegins => self.ends_before_it_begins.to_owned(),
            ValidationError::HoursOverlap => self.hours_overlap.to_owned(),
            ValidationError::ClosedDaysOverlap => self.closed_days_overlap.to_owned(),
            ValidationError::DaysOutOfRange { min, max } => {
                let (min, max) = (min.to_string(), max.to_string());
                fill(self.days_out_of_range, &[("min", &min), ("max", &max)])
            }
            ValidationError::InvalidPin => self.invalid_pin.to_owned(),
            ValidationError::UnknownPlaceholder { name } => {
                fill(self.unknown_placeholder, &[("name", &braced(name))])
            }
            ValidationError::MisspeltPlaceholder { name } => {
                fill(self.misspelt_placeholder, &[("name", &braced(name))])
            }
            ValidationError::ForbiddenTag { tag } => fill(self.forbidden_tag, &[("tag", tag)]),
            ValidationError::MissingPlaceholder { name } => {
                fill(self.missing_placeholder, &[("name", &braced(name))])
            }
            ValidationError::RepeatedPlaceholder { name } => {
                fill(self.repeated_placeholder, &[("name", &braced(name))])
            }
            ValidationError::UnmatchedBrace => self.unmatched_brace.to_owned(),
            ValidationError::AnswersOff => self.answers_off.to_owned(),
            ValidationError::StepTooEarly { min } => {
                fill(self.step_too_early, &[("min", &min.to_string())])
            }
            ValidationError::StepTooLate { max } => {
                fill(self.step_too_late, &[("max", &max.to_string())])
            }
            ValidationError::UnknownVersion { version } => {
                fill(self.unknown_version, &[("version", &version.to_string())])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_named_with_their_braces() {
        let fault = ValidationError::MissingPlaceholder {
            name: "reference".into(),
        };
        assert_eq!(ValidationTexts::EN.of(&fault), "{reference} is required.");
        assert_eq!(
            ValidationTexts::JA.of(&ValidationError::TooLong { max: 80 }),
            "80\u{a0}文字までにしてください。"
        );
    }
}
