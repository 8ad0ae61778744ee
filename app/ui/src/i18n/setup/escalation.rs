//! Words of the reminders of an unanswered call: editor, summary, preview and history.
use super::words;

words! {
    /// Steps of escalation.
    EscalationWords {
        title: "応答がないときの再通知", "When nobody answers";
        lead: "最初の通知が届いてから、決めた順に知らせます。誰かが応答するか、来訪者が取り消すと止まります。", "Counted from the moment the call has arrived. An answer or the visitor's cancelling stops it.";
        none: "再通知はありません。最初の通知のあとは、誰も応答しなくても何も送りません。", "There are no reminders: after the first message nothing more is sent.";
        preset: "おすすめの 3 回を使う", "Use the suggested three";
        preset_hint: "{steps}。最後の再通知のとき、受付画面に電話番号を大きく表示します。", "{steps}. With the last one the tablet shows the telephone number, large.";
        add: "再通知を追加", "Add a reminder";
        full: "再通知は {max} 回までです。", "There are at most {max} reminders.";
        start: "最初の通知", "The call";
        start_hint: "呼び出し先に届いたときです。", "It has arrived in Chatwork.";
        after: "{time}後", "After {time}";
        minutes: "{minutes} 分", "{minutes} min";
        seconds: "{seconds} 秒", "{seconds} s";
        minutes_and_seconds: "{minutes} 分 {seconds} 秒", "{minutes} min {seconds} s";
        time: "{number} 回目の再通知の時間", "Time of reminder {number}";
        earlier: "{number} 回目を {seconds} 秒早くする", "Reminder {number}: {seconds} seconds earlier";
        later: "{number} 回目を {seconds} 秒遅くする", "Reminder {number}: {seconds} seconds later";
        remove: "{number} 回目を外す", "Remove reminder {number}";
        to: "知らせる先", "Tell";
        again: "同じ宛先にもう一度", "the same again";
        delegates: "代理の担当者", "delegates";
        in_charge: "グループの担当者", "those in charge of the group";
        group_room: "グループのルーム", "the group's room";
        default_room: "acallルーム", "the default room";
        again_hint: "呼び出しを受け取った人やルームに、もう一度知らせます。", "Whoever got the call gets it once more.";
        delegates_hint: "呼び出された人の代理に、ダイレクトで知らせます。グループの呼び出しなら、その担当者の代理です。", "Each delegate of the called host, or of those in charge, in a private chat.";
        in_charge_hint: "呼び出された人の先頭グループ（またはそのグループ）の担当者に、ダイレクトで知らせます。", "Each host in charge of the group, in a private chat. A host's group is their first one.";
        group_room_hint: "グループのルームに知らせます。ルームがなければ上のグループ、それもなければ acallルームです。", "The group's room; without one that of the group above, and else the default room.";
        default_room_hint: "acallルームに知らせます。", "Everybody in the default room can see it.";
        phone: "このとき、受付画面に電話番号を大きく表示します：{contact}", "With this one the tablet shows, large: {contact}";
        phone_missing: "電話番号がまだないため、受付画面には表示できません。", "There is no telephone number yet for the tablet to show.";
        phone_link: "電話番号を入れる", "Enter a number";
        end: "呼び出しの期限", "The call ends";
        end_hint: "これより後には、何も送りません。", "Nothing is sent after this.";
        summary_step: "{time}後に{target}", "{target} after {time}";
        summary_none: "再通知なし", "no reminders";
        summary_separator: " → ", " → ";
        button_title: "応答がないとき", "When nobody answers";
        as_office: "オフィスの設定どおり", "As the office";
        as_office_hint: "いまの設定：{steps}", "Now: {steps}";
        own: "このメニュー専用", "Its own";
        own_hint: "このメニューだけの順番を決めます。", "An order only for this button.";
        none_choice: "再通知しない", "None";
        none_hint: "宅配など、応答を待たない呼び出しに。", "For calls that wait for no answer, such as couriers.";
        missed: "応答がないまま終わったら、Chatwork のタスクを作る", "Make a task in Chatwork when nobody has answered";
        missed_hint: "15 分たっても応答も取り消しもなければ、呼び出された人（受け取れなければグループの担当者）に「折り返しご連絡ください」というタスクを作ります。期限は、その日か次の営業日の受付終了です。タスクにできる人がいなければ、同じ文をルームに投稿します。", "After 15 minutes without an answer or a cancellation, the called host, or else those in charge of the group, get a task to contact the visitor, due when the reception closes that day or the next open day. Where nobody can have a task, the same words are posted.";
        edit_office: "オフィスの設定を開く", "Open the office's reminders";
        preview_title: "応答がないとき", "When nobody answers";
        preview_off: "応答を表示しない設定なので、再通知はありません。", "Answers are off, so there are no reminders.";
        preview_none: "このメニューには、再通知がありません。", "This button has no reminders.";
        sends_nothing: "何も送りません。", "Sends nothing.";
        reason_again: "呼び出しと同じ宛先です。", "The same destinations as the call.";
        reason_delegates: "代理の{hosts}さんに、1 人ずつ届きます。", "Delegates, each in a private chat: {hosts}.";
        reason_in_charge: "「{group}」の担当者（{hosts}）に、1 人ずつ届きます。", "In charge of {group}, each in a private chat: {hosts}.";
        reason_staff: "acallルームのグループの担当者（{hosts}）に、1 人ずつ届きます。", "In charge of the default room's groups, each in a private chat: {hosts}.";
        reason_no_delegates: "アカウントID のある代理の担当者がいません。", "There is no delegate with a Chatwork account.";
        reason_nobody_in_charge: "アカウントID のある担当者が、グループにも上のグループにもいません。", "Nobody in charge, here or above, has a Chatwork account.";
        reason_twice: "{to}には、この呼び出しで 2 回知らせているため、もう送りません。", "This call has told {to} twice already.";
        reason_too_many: "1 回の呼び出しで送れる数に達したため、ここからは送りません。", "The call has reached its most messages; no more are sent.";
        missed_title: "応答がなかったとき", "Nobody answered";
        missed_task: "{names}さんのタスクになります。期限は {due} です。", "It becomes a task for {names}, due {due}.";
        missed_post: "タスクにできる人がいないため、最初に届いた先に投稿します。", "Nobody can have a task, so it is posted where the call arrived first.";
        phone_shown: "受付画面に電話番号を大きく表示します。", "The tablet shows the telephone number, large.";
    }
}
