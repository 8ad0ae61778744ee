//! Words of the Chatwork page.
use super::words;

words! {
    /// The connection.
    Chatwork {
        title: "Chatwork", "Chatwork";
        lead: "受付からの通知を送る Bot を接続します。", "Connect the bot that posts the reception's notifications.";
        connection: "接続", "Connection";
        token: "API トークン", "API token";
        token_hint: "Bot 用に作成した Chatwork アカウントの API トークンを貼り付けてください。トークンは暗号化して保管し、画面には二度と表示しません。", "Paste the API token of the Chatwork account you made for the bot. It is kept encrypted and never shown again.";
        connect: "接続する", "Connect";
        ask: "Chatwork に接続しますか", "Connect to Chatwork?";
        ask_words: "次の 2 点を確認してください。", "Please make sure of two things.";
        ask_bot: "Bot 専用の Chatwork アカウントを作成しましたか（自分のアカウントではありません）", "Have you made a Chatwork account for the bot (not your own)?";
        ask_token: "その Bot アカウントの API トークンですか", "Is this the API token of that account?";
        ok: "OK", "OK";
        connecting: "Chatwork に確認しています…", "Asking Chatwork…";
        refused: "Chatwork がこのトークンを受け付けませんでした。貼り付けたトークンに抜けや余分な文字がないか確認してください。組織契約のプランでは、管理者による API 利用の承認も必要です。", "Chatwork does not accept this token. Check that it was pasted whole. On business plans an administrator must also approve the use of the API.";
        unreachable: "このアプリのサーバーにつながりません。端末のネットワークを確認してください。", "The app's own server cannot be reached. Check this device's network.";
        chatwork_unreachable: "サーバーから Chatwork につながりません。サーバーのインターネット接続を確認して、もう一度お試しください。", "The server cannot reach Chatwork. Check the server's internet connection and try again.";
        connected: "接続中", "Connected";
        since: "{time} から", "since {time}";
        disconnect: "接続解除", "Disconnect";
        disconnect_ask: "Chatwork との接続を解除しますか", "Disconnect from Chatwork?";
        disconnect_words: "保管しているトークンを削除します。もう一度接続するまで、受付で呼び出しても担当者に通知が届きません。設定とペアリングはそのまま残ります。", "The stored token is deleted. Until you connect again, visitors' calls reach nobody. Settings and pairings stay.";
        was_refused: "Chatwork がトークンを受け付けなくなりました。トークンが再発行されたか、API の利用が止められた可能性があります。新しいトークンで接続し直してください。送信待ちの通知は失われません。", "Chatwork no longer accepts the token. It may have been reissued, or the use of the API withdrawn. Connect again with a new token; waiting calls are not lost.";
        is_host: "この Bot は担当者「{host}」と同じアカウントです。自分の投稿は未読にならないため、{host}さんは通知に気づけません。Bot 専用のアカウントで接続し直すことをおすすめします。", "This bot is the same account as the host {host}. One's own posts are never marked unread, so {host} would miss notifications. Connect with an account made only for the bot.";
        where_title: "API トークンの取得方法", "Where to find the API token";
        where_1: "いま Chatwork にログインしている場合はログアウトし、Bot のアカウントでログインします。", "If you are signed in to Chatwork, sign out, and sign in with the bot's account.";
        where_2: "右上の自分の名前から「サービス連携」を開き、「API トークン」を選びます。", "Open the menu at the top right, choose “Service Integration”, then “API Token”.";
        where_3: "パスワードを入力すると表示されるトークンをコピーし、上の欄に貼り付けます。", "Enter the password, copy the token that appears, and paste it above.";
        where_free: "フリープラン・パーソナルプラン：すぐに取得できます。", "Free and personal plans: available at once.";
        where_business: "ビジネスプラン・エンタープライズプラン：先に組織の管理者へ API の利用を申請し、承認を受ける必要があります。", "Business and enterprise plans: ask your organisation's administrator to approve the use of the API first.";
        room_title: "acallルーム", "Default room";
        room_lead: "グループのルームが決まらないときに通知が届くルームです。Bot を参加させておいてください。", "Calls that no group's room claims go here. The bot must be a member.";
        room: "acallルーム", "Default room";
        room_hint: "Bot が参加しているルームの名前で探すか、ルームの URL を貼り付けてください。", "Search the bot's rooms by name, or paste the room's URL.";
        room_example: "総務、https://www.chatwork.com/#!rid… など", "a name, or https://www.chatwork.com/#!rid…";
        room_unseen: "Bot はこのルームに参加していないようです。Chatwork で Bot をこのルームに招待してください。", "The bot does not seem to be in this room. Invite it in Chatwork.";
        rooms_again: "ルームと連絡先を読み直す", "Look at rooms and contacts again";
    }
}
