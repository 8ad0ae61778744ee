//! Words of failed requests: errors of the relay, and responses from something between browser and relay.
use super::words;

words! {
    /// One sentence per error.
    ApiErrors {
        unreachable: "サーバーにつながりません。ネットワークを確認して、もう一度お試しください。", "The server cannot be reached. Check the network and try again.";
        not_relay: "受付のサーバー以外から応答がありました。Wi-Fi のログイン画面やプロキシの設定を確認して、もう一度お試しください。", "The answer did not come from the reception server. Check for a Wi-Fi sign-in page or a proxy in between, and try again.";
        unexpected: "サーバーから予期しない応答がありました。少し待ってから、もう一度お試しください。", "The server gave an unexpected response. Wait a moment and try again.";
        too_large: "内容が大きすぎるため、サーバーに送れませんでした。ロゴを小さくするか、一度に変更する量を減らしてください。", "This is too much to send at once. Use a smaller logo, or change less at a time.";
        forbidden: "サーバーがこの操作を許可しませんでした。アドレスを確かめてページを開き直し、もう一度お試しください。", "The server did not allow this. Check the address, open the page again and try once more.";
        too_many_tries: "操作が続いたため、一時的に止められています。しばらく待ってからお試しください。", "Too many attempts. Wait a while and try again.";
        busy: "サーバーが混み合っています。数秒待ってから、もう一度お試しください。", "The server is busy. Wait a few seconds and try again.";
        chatwork_unreachable: "Chatwork につながりません。少し待ってから、もう一度お試しください。", "Chatwork cannot be reached. Wait a moment and try again.";
        chatwork_failed: "Chatwork から予期しない応答がありました。少し待ってから、もう一度お試しください。", "Chatwork gave an unexpected response. Wait a moment and try again.";
        chatwork_limited: "Chatwork の利用制限（5 分間に 300 回）に達しています。{time} を過ぎたら、もう一度お試しください。来訪者の呼び出しは優先して送信します。", "Chatwork's limit of 300 requests per 5 minutes is used up. Try again after {time}. Visitors' calls have priority and are still sent.";
        storage_full: "サーバーのディスクがいっぱいで、保存できませんでした。サーバーの管理者に空き容量を作ってもらい、もう一度お試しください。", "Nothing was saved because the server's disk is full. Ask whoever runs the server to free some space, then try again.";
        storage_unreachable: "サーバーのデータベースが応答していないため、保存できませんでした。少し待ってから、もう一度お試しください。", "Nothing was saved because the server's database is not responding. Wait a moment and try again.";
        not_connected: "まだ Chatwork に接続していません。", "Chatwork is not connected yet.";
        not_found: "見つかりません。削除されたか、アドレスが違います。", "Not found. It was deleted, or the address is wrong.";
    }
}
