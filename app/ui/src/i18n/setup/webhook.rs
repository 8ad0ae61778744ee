//! Words of the webhook's card.
use super::words;

words! {
    /// The webhook, which is optional.
    WebhookWords {
        title: "返信をすぐに受け取る（Webhook）", "Replies at once (webhook)";
        lead: "なくても使えます。ふだんは数秒おきに Chatwork を確認しています。Webhook を使うと、Bot への返信や To を、その場で受け取れます。", "Optional. Chatwork is asked every few seconds anyway; with a webhook, replies to the bot and mentions of it come at once.";
        lan: "社外からつながらないネットワークでは使えません。その場合は、何もしなくて構いません。", "It cannot work in a network that nobody reaches from outside. Leave it out there.";
        private_chats: "ダイレクトチャットへの返信は Webhook では届かないため、確認はそのまま続けます。", "Private chats are not sent this way, so asking goes on beside it.";
        on: "{time} から使っています", "In use since {time}";
        received: "最後に受け取った日時：{time}", "Last event: {time}";
        nothing_received: "まだ何も受け取っていません。Bot に To を付けて投稿すると、確かめられます。", "No event yet. Mention the bot in a room to try it.";
        steps: "Chatwork での設定", "At Chatwork";
        step_1: "Bot のアカウントで Chatwork にサインインし、「サービス連携」の「Webhook」を開きます。", "Sign in to Chatwork as the bot, and open Webhook under Service Integration.";
        step_2: "新規作成し、Webhook 名に「呼び鈴」などと入れます。", "Create one, and name it, for example, “Reception”.";
        step_3: "「Webhook URL」に、次のアドレスを入れます。", "As Webhook URL enter this address.";
        step_4: "イベントは「アカウントイベント」の「自分へのメンション」を選び、作成します。", "As event choose Account Event, “Mention to me”, and create it.";
        step_5: "作成すると表示されるトークンを、下に貼り付けます。", "Paste the token that it then shows below.";
        address_not_https: "Chatwork は https:// で始まるアドレスだけを受け付けます。社外から https でつながるアドレスでこの画面を開くと、使えるアドレスになります。", "Chatwork takes only addresses that begin with https://. Open this page under an https address that is reachable from outside, and the right one appears.";
        token: "Webhook のトークン", "Webhook token";
        token_hint: "この端末にもブラウザーにも残りません。あとから見ることもできません。", "It is kept by the relay only, and cannot be read again.";
        token_refused: "トークンの形が違います。Chatwork に表示されたものを、そのまま貼り付けてください。", "This is no webhook token. Paste it as Chatwork shows it.";
        save: "トークンを登録", "Save the token";
        saving: "登録しています…", "Saving…";
        replace: "トークンを入れ替える", "Replace the token";
        stop: "使うのをやめる", "Stop using it";
        stop_ask: "Webhook を使うのをやめますか", "Stop using the webhook?";
        stop_words: "登録したトークンを削除します。返信は、これまでどおり数秒おきに確認します。Chatwork 側の Webhook も削除してください。", "The stored token is deleted. Replies are still asked for every few seconds. Delete the webhook at Chatwork too.";
    }
}
