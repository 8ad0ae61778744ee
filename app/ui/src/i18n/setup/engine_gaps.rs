//! Words for the features that a tablet's browser lacks, each with advice.
use super::words;

words! {
    /// A sentence with advice for each feature.
    EngineGaps {
        title: "このタブレットのブラウザーにできないこと", "What this tablet's browser cannot do";
        secure_context: "https でないアドレスで開いているため、画面を点灯し続けることも、ネットワークが切れたときに開き直すこともできません。https のアドレスで開いてください。", "Its address does not begin with https, so it can neither keep the screen on nor open without a network connection. Open the kiosk at an https address.";
        wake_lock: "画面を点灯し続けられません。タブレットの設定で、自動ロックを「なし」にしてください。", "It cannot keep the screen on. Set Auto-Lock to “Never” in the tablet's settings.";
        offline_start: "ネットワークが切れている間は、受付の画面を開き直せません。開いたままにしておいてください。", "It cannot reopen the kiosk without a network connection. Leave the kiosk open.";
        storage: "何も保存できません（空きがないか、保存が禁止されています）。通信が切れている間の呼び出しは、画面を読み込み直すと失われます。ブラウザーの設定で、保存を許可するか、データを削除してください。", "It cannot store anything: its storage is full or blocked. A call that waits for a connection is lost when the page reloads. In the browser's settings, allow site data or delete some.";
        persistent_storage: "使わない日が続くと、保存した内容が消えることがあります。そのときは、もう一度ペアリングしてください。", "It may erase stored data after several days without use. If that happens, pair the tablet again.";
        full_screen: "全画面にできません。ホーム画面に追加し、そこから開いてください。", "It cannot show the kiosk full screen. Add the kiosk to the home screen and open it from there.";
        installation: "アプリとしてインストールできません。タブレットの起動時に受付画面が開くように設定してください。", "It cannot install the kiosk as an app. Set the tablet to open the kiosk when it starts.";
        battery_level: "電池の残量を確認できません。電源につないでおいてください。", "It does not report its battery level. Keep the tablet plugged in.";
    }
}
