//! Words of times that have passed.
use super::words;

words! {
    /// Durations since an event, shown beside its date.
    Moments {
        just_now: "たったいま", "just now";
        minutes_ago: "{count} 分前", "{count} min ago";
        hours_ago: "{count} 時間前", "{count} h ago";
        days_ago: "{count} 日前", "{count} {day|days} ago";
        with_age: "{time}（{ago}）", "{time} ({ago})";
    }
}
