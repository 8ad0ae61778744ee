//! Words of the reminders of an unanswered call: editor, summary, preview and history.
use super::words;

words! {
    /// Texts of the steps.
    EscalationTexts {
        title: "応答がないときの再通知", "If nobody answers";
        lead: "最初の通知が届いてから、決めた順に知らせます。誰かが応答するか、来訪者が取り消すと止まります。同じ人やルームには、最初の通知を含めて 2 回までしか送りません。", "Times count from when the first notification arrives. Reminders stop when somebody answers or the visitor cancels. No person and no room is notified more than twice, the first notification included.";
        none: "再通知はありません。最初の通知のあとは、誰も応答しなくても何も送りません。", "No reminders. After the first notification nothing more is sent, even if nobody answers.";
        offer: "返事がないときに、もう一度知らせる", "Remind your colleagues when nobody answers";
        offer_reason: "いまは、最初の通知に気づかれないと、来訪者は待ったままになります。", "At present, if the first notification goes unnoticed, the visitor keeps waiting.";
        offer_accepted: "もう一度知らせるようにしました：{steps}", "Reminders are set: {steps}.";
        preset: "おすすめの 3 回を使う", "Use the three suggested reminders";
        preset_hint: "{steps}。最後の再通知のとき、受付画面に電話番号を大きく表示します。", "{steps}. With the last one, the tablet shows the phone number in large type.";
        add: "再通知を追加", "Add a reminder";
        full: "再通知は {max} 回までです。", "You can have up to {max} reminders.";
        start: "最初の通知", "First notification";
        start_hint: "呼び出し先に届いたときです。", "When it arrives in Chatwork.";
        after: "{time}後", "After {time}";
        minutes: "{minutes} 分", "{minutes} min";
        seconds: "{seconds} 秒", "{seconds} s";
        minutes_and_seconds: "{minutes} 分 {seconds} 秒", "{minutes} min {seconds} s";
        time: "{number} 回目の再通知の時間", "Time of reminder {number}";
        earlier: "{number} 回目を {seconds} 秒早くする", "Reminder {number}: {seconds} seconds earlier";
        later: "{number} 回目を {seconds} 秒遅くする", "Reminder {number}: {seconds} seconds later";
        remove: "{number} 回目を外す", "Remove reminder {number}";
        to: "知らせる先", "Notify";
        again: "同じ宛先にもう一度", "the same recipients again";
        delegates: "代理の担当者", "the delegates";
        in_charge: "グループの担当者", "the people in charge of the group";
        group_room: "グループのルーム", "the group's room";
        default_room: "acallルーム（共通ルーム）", "the common room (acallルーム)";
        again_hint: "呼び出しを受け取った人やルームに、もう一度知らせます。", "Notifies the same people and rooms once more.";
        delegates_hint: "呼び出された人の代理に、ダイレクトで知らせます。グループの呼び出しなら、グループの担当者の代理です。", "Notifies the called host's delegates, each in a private chat. For a group, the delegates of the people in charge.";
        in_charge_hint: "グループの担当者に、ダイレクトで知らせます。人の呼び出しなら、その人の先頭グループの担当者です。", "Notifies the people in charge of the called group, or of the host's first group, each in a private chat.";
        group_room_hint: "グループのルームに知らせます。ルームがなければ上のグループ、それもなければ acallルーム（共通ルーム）です。", "Notifies the group's room; if it has none, the room of the group above, otherwise the common room.";
        default_room_hint: "行き先がないときの共通ルームに知らせます。", "Notifies the common room, which gets the calls that have no other room.";
        phone: "このとき、受付画面に電話番号を大きく表示します：{contact}", "At this point the tablet shows in large type: {contact}";
        phone_missing: "電話番号がまだないため、受付画面には表示できません。", "No phone number has been entered yet, so the tablet cannot show one.";
        phone_link: "電話番号を入れる", "Enter a phone number";
        end: "呼び出しの期限", "End of the call";
        end_hint: "これより後には、何も送りません。", "Nothing is sent after this.";
        summary_step: "{time}後に{target}", "{target} after {time}";
        summary_none: "再通知なし", "no reminders";
        summary_separator: " → ", " → ";
        button_title: "応答がないとき", "If nobody answers";
        as_office: "オフィスの設定どおり", "Same as the office";
        as_office_hint: "いまの設定：{steps}", "Currently: {steps}";
        own: "このメニュー専用", "For this button only";
        own_hint: "このメニューだけの順番を決めます。", "Set reminders for this button only.";
        none_choice: "再通知しない", "No reminders";
        none_hint: "宅配など、応答を待たない呼び出しに。", "For calls that need no answer, such as couriers.";
        missed: "応答がないまま終わったら、Chatwork のタスクを作る", "Create a Chatwork task if nobody answers";
        missed_hint: "15 分たっても応答も取り消しもなければ、呼び出された人（受け取れなければグループの担当者）に「折り返しご連絡ください」というタスクを作ります。期限は、その日か次の営業日の受付終了です。タスクにできる人がいなければ、同じ文をルームに投稿します。", "If there is no answer and no cancellation within 15 minutes, a task to contact the visitor goes to the called host or, if that is not possible, to the people in charge of the group. It is due when the reception closes that day or on the next open day. If nobody can be given a task, the same text is posted in the room.";
        edit_office: "オフィスの再通知を開く", "Open the office's reminders";
        preview_title: "応答がないとき", "If nobody answers";
        preview_off: "応答を表示しない設定なので、再通知はありません。", "Answers are off, so there are no reminders.";
        preview_none: "このメニューには、再通知がありません。", "This button has no reminders.";
        sends_nothing: "何も送りません。", "Nothing is sent.";
        reason_again: "呼び出しと同じ宛先です。", "The same recipients as the call.";
        reason_delegates: "代理の{hosts}さんに、1 人ずつ届きます。", "Goes to each delegate in a private chat: {hosts}.";
        reason_in_charge: "「{group}」のグループの担当者（{hosts}）に、1 人ずつ届きます。", "Goes to each person in charge of {group} in a private chat: {hosts}.";
        reason_staff: "acallルーム（共通ルーム）を使うグループの担当者（{hosts}）に、1 人ずつ届きます。", "Goes to each person in charge of the groups whose room is the common room, in a private chat: {hosts}.";
        reason_no_delegates: "アカウントID のある代理の担当者がいません。", "No delegate has a Chatwork account ID.";
        reason_nobody_in_charge: "このグループにも上のグループにも、アカウントID を持つグループの担当者がいません。", "Nobody in charge of the group or of a group above has a Chatwork account ID.";
        reason_twice: "{to}には、この呼び出しで 2 回知らせているため、もう送りません。", "This call has already notified {to} twice, so it is not sent again.";
        reason_too_many: "1 回の呼び出しで送れる数に達したため、ここからは送りません。", "This call has reached its maximum number of messages, so nothing more is sent.";
        missed_title: "応答がなかったとき", "If nobody answered";
        missed_task: "{names}さんのタスクになります。期限は {due} です。", "A task is created for {names}, due {due}.";
        missed_post: "タスクにできる人がいないため、最初に届いた先に投稿します。", "Nobody can be given a task, so it is posted where the call arrived first.";
        phone_shown: "受付画面に電話番号を大きく表示します。", "The tablet shows the phone number in large type.";
    }
}
