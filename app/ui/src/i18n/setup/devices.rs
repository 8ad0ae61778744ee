//! Words of the pages of devices: tablets, their state and pairing.
use super::words;

words! {
    /// Devices.
    Devices {
        title: "デバイス", "Devices";
        lead: "受付に置くタブレットと、その画面のメニューです。", "The tablets at your reception and their menus.";
        add: "デバイスを追加", "Add a device";
        empty: "まだデバイスがありません。", "There are no devices yet.";
        empty_words: "「デバイスを追加」すると、よく使うメニューが入った状態で始められます。", "“Add a device” begins with a menu that suits most offices.";
        new_name: "受付 {count}", "Reception {count}";
        details: "基本情報", "Device";
        name: "デバイス名", "Name";
        name_hint: "通知に表示されます。例：1F 受付", "Shown in notifications. For example: 1F reception";
        place: "設置場所", "Place";
        place_hint: "管理用のメモです。通知の文面にも差し込めます。", "A note for admins. It can also be inserted into messages.";
        menu_count: "メニュー {count} 件", "Buttons: {count}";
        status: "ペアリングと状態", "Pairing and state";
        unpaired: "未ペアリング", "Not paired";
        online: "オンライン", "Online";
        offline: "オフライン", "Offline";
        silent: "応答なし", "Silent";
        last_seen: "最後の通信：{time}", "Last contact: {time}";
        silent_title: "このタブレットから応答がありません。最後の通信：{time}", "This tablet is not responding. Last contact: {time}";
        silent_power: "電源が入っていて、画面がついていますか。", "Is it switched on, and is the screen lit?";
        silent_battery: "最後の通信では、電池の残りは {percent}% でした。充電が切れたのかもしれません。", "At the last contact its battery was at {percent}%. It may have run out.";
        silent_wifi: "Wi-Fi につながっていますか。", "Is it connected to the Wi-Fi?";
        silent_browser: "受付画面のアプリやブラウザーが閉じていませんか。もう一度開けば、そのまま使えます。", "Was the kiosk's app or browser closed? Open it again and it continues as before.";
        silent_ends: "つながると、この表示は自動で消えます。", "This notice disappears automatically once the tablet is back.";
        stale: "いまサーバーにつながらないため、少し前の状態を表示しています。", "The server cannot be reached right now. This is the state from a moment ago.";
        outdated_app: "アプリが古いままです（{version}）。再読み込みさせてください", "Outdated app ({version}): reload the tablet";
        current_app: "アプリ：{version}", "App: {version}";
        queued_calls: "送信待ち：{count} 件", "Waiting to be sent: {count}";
        events_held_back: "途中のプロキシが通信をためています（表示が遅れます）", "A proxy holds back its connection (shows results late)";
        events_cut: "途中のプロキシが接続を切っています（表示が遅れます）", "A proxy cuts its connection (shows results late)";
        battery: "電池：{percent}%", "Battery: {percent}%";
        to_pairing: "ペアリングする", "Pair a tablet";
        pair: "ペアリングコードを発行", "Get a pairing code";
        pair_again: "新しいコードを発行", "Get a new code";
        pair_scan: "Android と PC では、カメラで読み取るとそのままペアリングできます。iPad では、ホーム画面に追加したアプリの中でコードを入力してください。", "On an Android tablet or a PC, scan this with the camera to pair it. On an iPad, enter the code in the app that you added to the home screen.";
        qr_label: "ペアリング用リンクの QR コード", "QR code of the pairing link";
        pair_without_camera: "カメラを使わないときは、タブレットで次のページを開き、コードを入力してください。", "Without a camera, open this page on the tablet and enter the code.";
        pair_page: "タブレットで開くページ", "Page to open on the tablet";
        code: "ペアリングコード", "Pairing code";
        link: "ペアリング用リンク", "Pairing link";
        copy: "コピー", "Copy";
        copied: "コピーしました", "Copied";
        expires: "あと {time} 有効です。一度だけ使えます。", "Valid for {time}. It can be used once.";
        expired: "コードの有効期限が切れました。", "The code has expired.";
        save_first: "ペアリングするには、先にこのデバイスを保存してください。", "Save this device before pairing it.";
        open_on_tablet: "タブレットで次のページを開きます。ここにタブレットのコードが現れたら、承認してください。", "Open this page on the tablet. When its code appears here, approve it.";
        open_qr: "受付画面のアドレスの QR コード", "QR code of the kiosk's address";
        open_ipad: "iPad は、先に Safari で「ホーム画面に追加」し、そのアイコンから開きます（Safari とアプリは別の端末として扱われます）。", "On an iPad, first add it to the home screen in Safari, then open it from the new icon: Safari and the app count as two devices.";
        none_waiting: "タブレットを待っています…", "Waiting for a tablet…";
        waiting_tablet: "コード {code} のタブレットが待っています", "A tablet with the code {code} is waiting";
        waiting_check: "目の前のタブレットに同じコードが出ているときだけ承認してください。接続元：{address}", "Approve it only if the tablet in front of you shows the same code. Connecting from: {address}";
        becomes: "どのデバイスにしますか", "Which device should it become?";
        become_new: "新しいデバイス", "A new device";
        become_instead: "{name}（いまのタブレットと入れ替え）", "{name} (replaces its current tablet)";
        approve: "承認して受付にする", "Approve this tablet";
        approved: "承認しました。数秒で受付画面が始まります。", "Approved. The kiosk starts in a few seconds.";
        approve_title: "タブレットの承認", "Approve a tablet";
        not_waiting: "コード {code} のタブレットは待っていません。", "No tablet is waiting with the code {code}.";
        not_waiting_words: "期限（10 分）が切れたか、もう承認されています。タブレットに表示されているコードを確かめてください。", "It has expired (after 10 minutes) or was already approved. Check the code shown on the tablet.";
        checks_waiting: "タブレットからの連絡を待っています…", "Waiting for the tablet to report…";
        checks_hint: "タブレットから届いた状態です。できた項目には自動で印が付きます。", "As reported by the tablet. Completed items are ticked automatically.";
        test_call: "テスト呼び出し", "Test call";
        unpair: "ペアリングを解除", "Unpair";
        unpair_ask: "「{name}」のペアリングを解除しますか", "Unpair {name}?";
        unpair_words: "このタブレットはすぐに受付として使えなくなり、まだ送られていない通知は取り消されます。もう一度使うには、新しいコードでのペアリングが必要です。", "This tablet stops working as a reception at once, and notifications not yet sent are withdrawn. To use it again, it must be paired with a new code.";
        unpair_queued_calls: "このタブレットには送信待ちの呼び出しが {count} 件あります。解除すると失われます。", "{count} calls are waiting on this tablet. They will be lost.";
        reload: "再読み込みさせる", "Reload the tablet";
        reload_requested: "再読み込みを指示しました。来訪者が使っていなければ、すぐに始まります。", "The tablet has been told to reload. It does so once no visitor is using it.";
        delete: "このデバイスを削除", "Delete this device";
        delete_ask: "「{name}」を削除しますか", "Delete {name}?";
        delete_words: "保存すると、このタブレットでは受付ができなくなります。メニューの設定も失われます。", "Once saved, this tablet no longer works as a reception. Its menu is lost too.";
    }
}
