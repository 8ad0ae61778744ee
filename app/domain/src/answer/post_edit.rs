//! Heading that is put on top of the posts of a call once its outcome is known: who has answered, or that nobody has.
//! The tablet sends the heading with placeholders; the relay fills them and edits the posts.

use super::AnswerAuthor;
use crate::message::{escape, without_reason};
use crate::model::lang::Lang;

/// Maximum length of a heading before it is filled, in characters.
pub const MAX_HEADING_CHARS: usize = 80;
/// Maximum length of the author's name, in characters.
const MAX_NAME_CHARS: usize = 80;

/// Heading of an answered call, with `{who}` and `{time}`, in the office's own language.
#[must_use]
pub fn answered_heading(office_lang: Lang) -> &'static str {
    match office_lang {
        Lang::Ja => "対応中：{who} {time}",
        Lang::En | Lang::Zh | Lang::Ko | Lang::Vi => "Answered by {who}, {time}",
    }
}

/// Heading of a call that nobody has answered, with `{time}`, in the office's own language.
#[must_use]
pub fn unanswered_heading(office_lang: Lang) -> &'static str {
    match office_lang {
        Lang::Ja => "応答なし {time}",
        Lang::En | Lang::Zh | Lang::Ko | Lang::Vi => "No answer, {time}",
    }
}

/// Fills `{who}` and `{time}` of a heading. `time` is formatted in the site's time zone (`14:03`).
#[must_use]
pub fn fill_heading(heading: &str, author: &AnswerAuthor, office_lang: Lang, time: &str) -> String {
    let who = match (author, office_lang) {
        (AnswerAuthor::Host(name), _) => escape(name, MAX_NAME_CHARS),
        (AnswerAuthor::Colleague | AnswerAuthor::Erased, Lang::Ja) => "社内の者".to_owned(),
        (AnswerAuthor::Colleague | AnswerAuthor::Erased, _) => "a colleague".to_owned(),
    };
    // The name comes last, so that placeholders in it stay as they are.
    fill_time(heading, time).replacen("{who}", &who, 1)
}

/// Fills `{time}` of a heading that names nobody.
#[must_use]
pub fn fill_time(heading: &str, time: &str) -> String {
    heading.replacen("{time}", &escape(time, MAX_NAME_CHARS), 1)
}

/// Body of an edited post: the filled heading on top of the text as it was posted, or of its notification. A second
/// edit starts from the posted text again.
#[must_use]
pub fn edited_post(heading: &str, posted: &str) -> String {
    format!("{heading}\n{posted}")
}

/// Outcome of a call that its posts show. Times are formatted in the site's time zone (`14:03`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostOutcome<'a> {
    /// Somebody has answered.
    Answered {
        /// Author of the answer.
        author: &'a AnswerAuthor,
        /// Time of the answer.
        time: &'a str,
    },
    /// Nobody has answered in time.
    Missed {
        /// Heading with its placeholder.
        heading: &'a str,
        /// Time at which the visit was missed.
        time: &'a str,
    },
    /// All answers were deleted.
    Withdrawn,
}

impl<'a> PostOutcome<'a> {
    /// Outcome of a call whose posts are to be edited: from the author and the time of the answer that stands, and
    /// from the heading and the time of a missed visit. An answer that comes after a missed visit counts.
    #[must_use]
    pub fn of(
        answered: Option<&'a (&'a AnswerAuthor, String)>,
        missed: Option<&'a (&'a str, String)>,
    ) -> Self {
        match (answered, missed) {
            (Some((author, time)), _) => Self::Answered { author, time },
            (None, Some((heading, time))) => Self::Missed { heading, time },
            (None, None) => Self::Withdrawn,
        }
    }
}

/// Post of a call.
#[derive(Clone, Copy, Debug)]
pub struct Post<'a> {
    /// Text as it was posted; `""` once it was erased.
    pub text: &'a str,
    /// True for a message of an escalation step.
    pub is_reminder: bool,
}

/// Text that a post shall have. A reminder does not say any more that nobody has answered yet, unless the answer was
/// withdrawn. `None` when the post stays as it is: its posted text was erased, so that a heading
/// cannot be put on top of it any more, or the tablet sent no heading for answers, which only a missed visit does
/// without.
#[must_use]
pub fn post_text(
    post: Post<'_>,
    answered_heading: Option<&str>,
    outcome: PostOutcome<'_>,
    office_lang: Lang,
) -> Option<String> {
    if post.text.is_empty() {
        return None;
    }
    let heading = match outcome {
        PostOutcome::Answered { author, time } => {
            fill_heading(answered_heading?, author, office_lang, time)
        }
        PostOutcome::Missed { heading, time } => fill_time(heading, time),
        PostOutcome::Withdrawn => return answered_heading.map(|_| post.text.to_owned()),
    };
    let text = match post.is_reminder {
        true => without_reason(post.text),
        false => post.text,
    };
    Some(edited_post(&heading, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_shows_the_outcome_and_an_erased_one_stays() {
        let heading = Some(answered_heading(Lang::Ja));
        let author = AnswerAuthor::Host("佐藤".to_owned());
        let answer = (&author, "14:03".to_owned());
        let miss = (unanswered_heading(Lang::Ja), "14:18".to_owned());
        let answered = PostOutcome::of(Some(&answer), Some(&miss));
        let missed = PostOutcome::of(None, Some(&miss));
        assert_eq!(PostOutcome::of(None, None), PostOutcome::Withdrawn);
        let text = |text, heading, outcome| {
            let post = Post {
                text,
                is_reminder: false,
            };
            post_text(post, heading, outcome, Lang::Ja)
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            text("本文", heading, answered),
            some("対応中：佐藤 14:03\n本文")
        );
        assert_eq!(text("本文", None, answered), None);
        assert_eq!(text("本文", None, missed), some("応答なし 14:18\n本文"));
        assert_eq!(text("本文", heading, PostOutcome::Withdrawn), some("本文"));
        assert_eq!(text("本文", None, PostOutcome::Withdrawn), None);
        for outcome in [answered, missed, PostOutcome::Withdrawn] {
            assert_eq!(text("", heading, outcome), None, "erased");
        }
    }

    #[test]
    fn a_reminder_says_that_nobody_has_answered_only_while_it_is_true() {
        let posted = "（再通知）まだ返事がありません。来訪者がお待ちです。\n本文";
        let text = |outcome, is_reminder| {
            let heading = Some(answered_heading(Lang::Ja));
            let post = Post {
                text: posted,
                is_reminder,
            };
            post_text(post, heading, outcome, Lang::Ja).unwrap()
        };
        let author = AnswerAuthor::Host("佐藤".to_owned());
        let answer = (&author, "14:03".to_owned());
        let miss = (unanswered_heading(Lang::Ja), "14:18".to_owned());
        let answered = PostOutcome::of(Some(&answer), None);
        assert_eq!(text(answered, true), "対応中：佐藤 14:03\n本文");
        assert_eq!(
            text(answered, false),
            format!("対応中：佐藤 14:03\n{posted}"),
            "the words of an admin's own template stay"
        );
        let missed = PostOutcome::of(None, Some(&miss));
        assert_eq!(text(missed, true), "応答なし 14:18\n本文");
        assert_eq!(text(PostOutcome::Withdrawn, true), posted);
    }

    #[test]
    fn the_heading_names_author_and_time() {
        let sato = AnswerAuthor::Host("佐藤".to_owned());
        let filled = |author, lang| fill_heading(answered_heading(lang), author, lang, "14:03");
        assert_eq!(filled(&sato, Lang::Ja), "対応中：佐藤 14:03");
        assert_eq!(filled(&sato, Lang::Vi), "Answered by 佐藤, 14:03");
        let colleague = AnswerAuthor::Colleague;
        assert_eq!(filled(&colleague, Lang::Ja), "対応中：社内の者 14:03");
        assert_eq!(
            filled(&colleague, Lang::En),
            "Answered by a colleague, 14:03"
        );
        assert_eq!(
            fill_time(unanswered_heading(Lang::Ja), "14:18"),
            "応答なし 14:18"
        );
        assert_eq!(
            fill_time(unanswered_heading(Lang::En), "14:18"),
            "No answer, 14:18"
        );
    }

    #[test]
    fn a_name_cannot_open_a_tag_or_fill_a_placeholder() {
        let author = AnswerAuthor::Host("[toall](F){time}".to_owned());
        let filled = fill_heading(answered_heading(Lang::Ja), &author, Lang::Ja, "14:03");
        assert_eq!(filled, "対応中：［toall］（F）{time} 14:03");
    }

    #[test]
    fn an_edited_post_begins_with_the_heading_and_keeps_its_text() {
        assert_eq!(
            edited_post("応答なし 14:18", "[To:101] 佐藤さん\n受付番号 1"),
            "応答なし 14:18\n[To:101] 佐藤さん\n受付番号 1"
        );
    }
}
