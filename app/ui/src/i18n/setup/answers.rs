//! Words of the page of answers and reminders.
use super::words;

words! {
    /// Texts of the page: answers on the tablet, and help for hosts who reply.
    AnswersTexts {
        title: "応答と再通知", "Answers and reminders";
        lead: "担当者が Chatwork で返信すると、受付画面に表示できます。誰も応答しないときは、決めた順にほかの人にも知らせます。", "Replies in Chatwork can appear on the tablet. If nobody answers, others are notified in the order you choose.";
        display_title: "受付画面に表示する応答", "Answers on the tablet";
        display_lead: "担当者は、いつもどおり Chatwork で返信するだけです。", "Hosts simply reply in Chatwork, as they always do.";
        off: "表示しない", "Nothing";
        off_hint: "返信は読み取りません。来訪者には、届いたことだけを伝えます。", "Replies are not read. Visitors only see that the message has arrived.";
        noticed: "応答した人だけ", "Who answered";
        noticed_hint: "名前を表示します。返信の内容は表示しません。", "Shows the name, never the reply.";
        words: "応答した人と内容", "Who answered and what they wrote";
        words_hint: "名前と、返信の内容を 1 行で表示します。80 文字を超えた部分は省きます。", "Shows the name, and the reply in one line. Anything beyond 80 characters is left out.";
        picture: "受付画面の例：", "Example on the tablet: ";
        picture_notified: "佐藤にお知らせしました", "We have notified Sato";
        picture_wait: "こちらでお待ちください。", "Please wait here.";
        picture_host: "佐藤", "Sato";
        picture_answered: "お返事がありました", "Someone has answered";
        picture_words: "「2 分ほどで参ります」", "“I'll be there in 2 minutes”";
        how_title: "返信のしかたと、表示しないもの", "How to reply, and what is never shown";
        how_reply: "Bot の投稿に［返信］すると、その呼び出しへの応答になります。担当者でない社員の返信も応答になります。", "A reply to the bot's message answers that call. Any colleague can reply, not only the host.";
        how_private: "Bot とのダイレクトチャットでは、お待ちの来訪者がひと組だけなら、ふつうに書いた文も応答になります。", "In a private chat with the bot, any message counts as an answer while only one visitor is waiting.";
        how_room: "グループのルームでは、お待ちの来訪者がひと組だけなら、Bot に To を付けた文も応答になります。", "In a group's room, a message that mentions the bot (To) also counts while only one visitor is waiting.";
        how_several: "ふた組以上がお待ちのときは、どの来訪者への応答かわかるように［返信］してください。ふつうに書いた文は、応答になりません。", "While two or more visitors are waiting, please reply to the message about the right one. Nothing else counts as an answer then.";
        how_talk: "それ以外の会話は、保存も記録もせず、受付画面にも出ません。", "All other conversation is neither stored nor logged, and is never shown.";
        how_edit: "返信を編集すると表示も変わり、削除すると表示が消えます。", "If a reply is edited, the tablet shows the new text. If it is deleted, it disappears from the tablet.";
        how_hint: "通知の文面に「返信の案内」を入れておくと、担当者が迷いません。標準の文面には入っています。", "The placeholder “How to reply” tells hosts about this. The standard message includes it.";
        off_question: "応答の表示をやめますか", "Stop showing answers?";
        off_explanation: "応答があったかどうかがわからなくなるため、次の設定も外れます。保存するまでは「元に戻す」で戻せます。", "It is then unknown whether a call was answered, so the following settings are removed too. Until you save, Undo brings them back.";
        off_ask_site: "オフィスの再通知", "The office's reminders";
        off_ask_buttons: "メニュー {count} 件の、専用の再通知や、応答がなかったときのタスク", "Reminders or tasks of {count} {button|buttons}";
        off_ok: "表示しない", "Stop showing them";
        unavailable: "応答を読み取らないと、誰かが応答したかどうかがわからないため、再通知は使えません。", "Reminders need answers: without reading replies, nobody can tell whether a call was answered.";
        unavailable_for_button: "応答を読み取らないと、応答があったかどうかがわからないため、再通知とタスクは使えません。", "Reminders and tasks need answers: without reading replies, nobody can tell whether a call was answered.";
        switch_on: "応答を表示する", "Show answers";
        faster: "返信をより早く表示するには", "To show replies sooner";
        faster_explanation: "ふだんは数秒おきに Chatwork を確認します。Webhook を使うと、返信をその場で受け取れます。", "Chatwork is normally checked every few seconds. With a webhook, replies arrive at once.";
        faster_link: "Webhook の設定を見る", "Open the webhook settings";
    }
}
