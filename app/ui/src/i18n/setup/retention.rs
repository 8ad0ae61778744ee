//! Words of the retention page, of the question before a retention is shortened, and of erasing one visit.
use super::words;

words! {
    /// Texts about how long records are kept.
    RetentionTexts {
        title: "記録の保存期間", "Retention";
        lead: "呼び出しの記録を残す期間です。過ぎた記録は自動で消去され、元に戻せません。", "How long records of calls are kept. After that they are erased automatically and cannot be restored.";
        kinds: "種類ごとの期間", "Period for each kind of record";
        kinds_lead: "呼び出しを受け付けた時刻から、24 時間を 1 日として数えます。", "Counted from the time of the call. One day is 24 hours.";
        visitors: "来訪者の入力", "What visitors enter";
        visitors_hint: "会社名、お名前、ご用件です。個人情報保護法は、利用する必要がなくなった個人データを遅滞なく消去するよう求めています。来訪の確認に必要な期間だけ残してください。迷うときは標準のままにし、社内の規程（プライバシーマークなど）が記録の保管を求めるときだけ、その期間にします。", "Company, name and purpose. Japan's privacy law (APPI) asks you to erase personal data without delay once it is no longer needed, so keep them only as long as you need to look up a visit. If in doubt, keep the standard; choose a longer period only where rules of your office, such as those for the PrivacyMark, require it.";
        messages: "通知の文面", "Texts of notifications";
        messages_hint: "Chatwork に送った文面の控えです。来訪者の入力を含むので、それより長くは残りません。", "Copies of what was sent to Chatwork. They contain what the visitor entered, so they are never kept longer than that.";
        answers: "担当者の応答", "Hosts' answers";
        answers_hint: "応答した人の名前と、その言葉です。", "Who answered, and what they wrote.";
        counts: "呼び出しの記録（個人情報なし）", "Call records (without personal details)";
        counts_hint: "日時、デバイス、メニュー、結果だけの記録です。過ぎると履歴から消えます。ほかの記録も、これより長くは残りません。", "Only time, device, button and result. After this period the call disappears from the history. No other record is kept longer than this.";
        days: "{count} 日", "{count} {day|days}";
        years: "{count} 年", "{count} {year|years}";
        standard: "{time}（標準）", "{time} (standard)";
        applied: "実際に残る期間：{time}", "Actually kept: {time}";
        ceiling: "この受付では、サーバーの管理者が上限を {time}に決めています。来訪者の入力、通知の文面、担当者の応答は、それより長くは残りません。", "Whoever runs the server has set a limit of {time}. What visitors enter, notification texts and answers are never kept longer.";
        stays: "ここでは消えないもの", "What this does not erase";
        stays_chatwork: "Chatwork に投稿されたもの。消せるのは、Chatwork でそのルームにいる人だけです。", "Posts in Chatwork. Only members of the room can delete them there.";
        stays_backups: "バックアップの中の記録。復元すると、期間を過ぎた記録はすぐに消去されます。", "Records in backups. After a restore, records past their period are erased at once.";
        one_visit: "1 件だけ今すぐ消すときは、呼び出し履歴でその呼び出しの「詳細」を開いてください。", "To erase one visit now, open its details in the call history.";
        open_history: "呼び出し履歴を開く", "Open the call history";
        shorten_question: "保存期間を短くしますか", "Shorten the retention period?";
        shorten_explanation: "保存するとすぐに、次の記録が消去されます。元に戻せません。", "As soon as you save, the following is erased. This cannot be undone.";
        shorten_open: "続いている呼び出しは、終わってから消去します（ふつう受け付けから {minutes} 分以内です）。", "Calls that are still open are erased after they have ended, usually within {minutes} minutes of their start.";
        shorten_nothing: "いま消去される記録はありません。これからの記録は、早く消去されるようになります。", "Nothing is erased right now. From now on, records are erased earlier.";
        shorten_visitors: "来訪者の入力：{count} 件", "What was entered on {count} {visit|visits}";
        shorten_messages: "通知の文面：{count} 件", "Texts of {count} {notification|notifications}";
        shorten_answers: "担当者の応答：{count} 件", "{count} {answer|answers} of hosts";
        shorten_counts: "呼び出し：{count} 件（履歴から消えます）", "{count} {call|calls}, removed from the history";
        shorten_ok: "消去して保存", "Erase and save";
        shorten_save: "保存", "Save";
        erase: "この来訪の記録を消去", "Erase this visit";
        erase_question: "この来訪の記録を消去しますか", "Erase this visit?";
        erase_explanation: "来訪者の入力、通知の文面、担当者の応答を消去します。元に戻せません。日時と結果は残ります。", "What the visitor entered, the texts of the notifications and the answers are erased for good. Time and result are kept.";
        needed_for_answer: "担当者の応答を待っている呼び出しです。応答があるか来訪者が取り消すと消去し、どちらもなければ {time} を過ぎてから消去します。通知や再通知は取り消されません。", "This call is waiting for an answer. It is erased once somebody answers or the visitor cancels, otherwise after {time}. Its notifications and reminders are not cancelled.";
        needed_for_cancellation: "来訪者がまだ取り消せる呼び出しです。取り消しのお知らせに文面が必要なため、{time} を過ぎてから消去します。通知は取り消されません。", "The visitor can still cancel this call, and the cancellation notice needs its texts. It is erased after {time}. Its notifications are not cancelled.";
        needed_for_delivery: "まだ送り終わっていない通知があります。送り終わりしだい、遅くとも {time} を過ぎると消去します。", "A notification is still on its way. The visit is erased once that is done, after {time} at the latest.";
        needed_for_retraction: "取り消しのお知らせを送っているところです。送り終わりしだい、遅くとも {time} を過ぎると消去します。", "Notices of the cancellation are on their way. The visit is erased once that is done, after {time} at the latest.";
        needed_for_missed_visit: "応答がなかったため、タスクを作っているところです。できしだい、遅くとも {time} を過ぎると消去します。", "Nobody answered, and a task is being made. The visit is erased once that is done, after {time} at the latest.";
        erase_ok: "消去する", "Erase";
        left_in_chatwork: "Chatwork には次の投稿が残ります。消せるのは、Chatwork でそのルームにいる人だけです。返信があれば、同じルームにあります。", "The following remains in Chatwork. Only members of the room can delete it there; any replies are in the same room.";
        nothing_in_chatwork: "Chatwork に届いた投稿はありません。", "Nothing of this visit was posted in Chatwork.";
        post_in: "{room}の投稿", "Post: {room}";
        task_in: "{room}のタスク", "Task: {room}";
        erased: "記録を消去しました（{time}）", "Erased ({time})";
        erased_visitor: "来訪者の入力は消去済み", "Visitor's details erased";
        erasure_asked: "消去の依頼を受け付けました。{why}", "To be erased. {why}";
        erasure_is_near: "まもなく消去します。", "That takes a moment.";
        erased_later: "{what}：{time} を過ぎると自動で消去されます", "{what}: erased automatically after {time}";
    }
}
