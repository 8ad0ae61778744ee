//! Words of the webhook's card.
use super::words;

words! {
    /// Texts of the card: the webhook is optional, and set up in Chatwork.
    WebhookTexts {
        title: "返信をすぐに受け取る（Webhook）", "Receive replies at once (webhook)";
        lead: "なくても使えます。ふだんは数秒おきに Chatwork を確認しています。Webhook を使うと、Bot への返信や To を、その場で受け取れます。", "Optional. Chatwork is normally checked every few seconds. With a webhook, replies to the bot and mentions of it arrive at once.";
        lan: "社外からつながらないネットワークでは使えません。その場合は、何もしなくて構いません。", "It does not work on a network that cannot be reached from outside. In that case you need not do anything.";
        private_chats: "ダイレクトチャットへの返信は Webhook では届かないため、数秒おきの確認も続けます。", "Replies in private chats do not come by webhook, so checking every few seconds continues as well.";
        on: "{time} から使っています", "In use since {time}";
        received: "最後に受け取った日時：{time}", "Last event: {time}";
        nothing_received: "まだ何も受け取っていません。Bot に To を付けて投稿すると、確かめられます。", "Nothing received yet. Mention the bot in a room to try it.";
        steps: "Chatwork での設定", "In Chatwork";
        step_1: "Bot のアカウントで Chatwork にログインし、「サービス連携」の「Webhook」を開きます。", "Sign in to Chatwork with the bot's account and open “Webhook” under “Service Integration”.";
        step_2: "新規作成し、Webhook 名に「呼び鈴」などと入れます。", "Create a webhook and give it a name such as “Reception”.";
        step_3: "「Webhook URL」に、次のアドレスを入れます。", "Enter this address as its “Webhook URL”.";
        step_4: "イベントは「アカウントイベント」の「自分へのメンション」を選び、作成します。", "For the event, choose “Account Event” and “Mention to me”, then create it.";
        step_5: "作成すると表示されるトークンを、下に貼り付けます。", "Chatwork then shows a token. Paste it below.";
        address_not_https: "Chatwork は https:// で始まるアドレスだけを受け付けます。社外から https でつながるアドレスでこの画面を開くと、使えるアドレスになります。", "Chatwork accepts only addresses that begin with https://. Open this page at an https address that can be reached from outside, and the right address appears here.";
        token: "Webhook のトークン", "Webhook token";
        token_hint: "サーバーに暗号化して保管します。あとから表示することはできません。", "It is kept encrypted on the server and is never shown again.";
        token_refused: "トークンの形が違います。Chatwork に表示されたものを、そのまま貼り付けてください。", "This does not look like a webhook token. Paste it exactly as Chatwork shows it.";
        save: "トークンを登録", "Save the token";
        saving: "登録しています…", "Saving…";
        replace: "トークンを入れ替える", "Replace the token";
        stop: "使うのをやめる", "Stop using it";
        stop_question: "Webhook を使うのをやめますか", "Stop using the webhook?";
        stop_explanation: "登録したトークンを削除します。返信は、これまでどおり数秒おきに確認します。Chatwork 側の Webhook も削除してください。", "The stored token is deleted. Replies are still checked every few seconds. Delete the webhook in Chatwork as well.";
    }
}
