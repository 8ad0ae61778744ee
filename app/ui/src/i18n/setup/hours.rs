//! Words of opening hours.
use super::words;

words! {
    /// Texts of the editor of opening hours.
    HoursTexts {
        title: "受付時間", "Opening hours";
        lead: "受付時間外は、タブレットに案内だけを表示します。", "Outside opening hours, the tablet only shows when you are open.";
        always: "いつでも受付", "Always open";
        always_hint: "曜日や時刻にかかわらず呼び出せます。", "Calls are taken at any time.";
        weekly: "曜日ごとに決める", "By weekday";
        weekly_hint: "オフィスのタイムゾーンの時刻です。", "In the office's time zone.";
        as_site: "オフィスと同じ", "Same as the office";
        as_site_hint: "「オフィス」ページの受付時間に従います。", "Follows the opening hours on the page “Office”.";
        own_hours: "このデバイスだけの時間", "Hours for this device only";
        mon: "月曜日", "Monday";
        tue: "火曜日", "Tuesday";
        wed: "水曜日", "Wednesday";
        thu: "木曜日", "Thursday";
        fri: "金曜日", "Friday";
        sat: "土曜日", "Saturday";
        sun: "日曜日", "Sunday";
        mon_short: "月", "Mon";
        tue_short: "火", "Tue";
        wed_short: "水", "Wed";
        thu_short: "木", "Thu";
        fri_short: "金", "Fri";
        sat_short: "土", "Sat";
        sun_short: "日", "Sun";
        day_range: "〜", "–";
        day_separator: "・", ", ";
        entry_separator: "、", "; ";
        closed: "休み", "Closed";
        span_start: "{day}の開始", "{day}, from";
        span_end: "{day}の終了", "{day}, to";
        add_span: "時間帯を追加", "Add hours";
        add_span_of: "{day}に時間帯を追加", "Add hours on {day}";
        remove_span: "この時間帯を削除", "Remove these hours";
        remove_span_of: "{day}のこの時間帯を削除", "Remove these hours of {day}";
        copy_to_workdays: "平日すべてにコピー", "Copy to all weekdays";
        copy_to_workdays_of: "{day}の時間を平日すべてにコピー", "Copy the hours of {day} to all weekdays";
        open_now: "いまは受付時間内です。", "Open now.";
        closed_now: "いまは受付時間外です。", "Closed now.";
        open_until: "{day} {time} まで。", "Until {day}, {time}.";
        opens_at: "次は {day} {time} に開きます。", "Opens next on {day}, {time}.";
        closed_days: "休業日", "Closed days";
        closed_days_hint: "祝日や年末年始など、曜日にかかわらず休む日です。続けて休む日は、最初と最後の日を入れて 1 行にまとめられます。", "Holidays and other days on which the reception is closed, whatever the weekday. Days in a row can be added as one line, from the first to the last.";
        closed_range: "{first}〜{last}", "{first} – {last}";
        closed_named: "{days}（{name}）", "{days} ({name})";
        closed_count: "{count} 日間", "{count} {day|days}";
        closed_past: "終了", "past";
        closed_first: "最初の日", "First day";
        closed_last: "最後の日", "Last day";
        closed_last_hint: "1 日だけのときは空欄にします。", "Leave it empty for a single day.";
        closed_name: "名前（任意）", "Name (optional)";
        closed_name_hint: "休業日の受付画面に、オフィスの言語で表示します。", "Shown on the tablet on these days, in the office's language.";
        closed_name_example: "年末年始", "New Year's holidays";
        closed_ends_early: "最後の日は、最初の日か、それより後にしてください。", "The last day must be the first day or a later one.";
        closed_already: "{days}と重なっています。", "This overlaps with {days}.";
        add_closed_days: "休業日を追加", "Add closed days";
        remove_past: "終わった休業日を外す（{count} 件）", "Remove past closed days ({count})";
        add_japanese_holidays: "日本の祝日を追加（{year} 年まで {count} 日）", "Add Japanese national holidays ({count} until the end of {year})";
        remove_closed_day: "{day} を外す", "Remove {day}";
    }
}
