//! Words of the layout around every page: header, navigation, save bar.
use super::words;

words! {
    /// Texts of the layout.
    Layout {
        token_alarm: "Chatwork が Bot のトークンを受け付けないため、受付の呼び出しが誰にも届きません。送信待ちの通知は保管しています。", "Chatwork does not accept the bot's token, so visitors' calls reach nobody. Messages waiting to be sent are kept.";
        token_alarm_fix: "新しいトークンで接続し直す", "Connect again with a new token";
        skip_to_content: "本文へ移動", "Skip to content";
        navigation: "設定のメニュー", "Set-up menu";
        preparation: "準備", "Getting ready";
        daily_operation: "毎日の運用", "Day to day";
        administration: "管理", "Administration";
        overview: "概要", "Overview";
        chatwork: "Chatwork", "Chatwork";
        hosts: "担当者", "Hosts";
        groups: "グループ", "Groups";
        devices: "デバイス", "Devices";
        answers: "応答と再通知", "Answers and reminders";
        purpose_notice: "利用目的の表示", "Privacy notice";
        alarms: "異常のお知らせ", "Alerts";
        preview: "通知先の確認", "Who is notified";
        doctor: "診断", "Health check";
        history: "呼び出し履歴", "Call history";
        import: "取り込み・書き出し", "Import and export";
        versions: "変更の履歴", "Change history";
        retention: "保存期間", "Retention";
        site: "オフィス", "Office";
        security: "セキュリティ", "Security";
        language: "表示言語", "Language";
        open_kiosk: "受付画面を開く", "Open the kiosk";
        preview_kiosk: "受付画面を見る", "View the kiosk";
        new_tab: "（新しいタブ）", " (new tab)";
        sign_out: "ログアウト", "Sign out";
        sign_out_failed: "ログアウトできませんでした。まだログインしたままです。", "You could not be signed out and are still signed in.";
        tablet_sign_out_notice: "受付タブレットで設定を開いています。{minutes} 分使わないか、ログインから 1 時間たつと自動的にログアウトし、保存していない変更は失われます。", "You have opened set-up on a reception tablet. You are signed out after {minutes} minutes without use, or one hour after signing in; unsaved changes are then lost.";
        sign_out_unsaved: "保存していない変更があります", "You have unsaved changes";
        sign_out_unsaved_explanation: "このままログアウトすると、保存していない変更は失われます。", "If you sign out now, unsaved changes are lost.";
        demo_notice: "デモ：Chatwork は模擬サーバーです。外部へは何も送信されません。", "Demo: Chatwork is simulated. Nothing leaves this machine.";
        setup_title: "受付の設定", "Reception set-up";
        unsaved: "保存していない変更があります", "You have unsaved changes";
        save: "保存", "Save";
        discard: "変更を破棄", "Discard changes";
        discard_question: "変更を破棄しますか", "Discard your changes?";
        discard_explanation: "最後に保存したあとの変更がすべて失われます。", "Everything changed since the last save will be lost.";
        saving: "保存しています…", "Saving…";
        saved: "保存しました", "Saved";
        saved_merged: "ほかの人の変更とあわせて保存しました", "Saved together with someone else's changes";
        save_failed: "保存できませんでした。", "Could not save.";
        problems: "次の点を直してから、もう一度保存してください（{count} 件）", "Correct the following, then save again ({count})";
        conflict_title: "ほかの人が先に保存しました", "Someone else saved first";
        conflict_explanation: "次の項目は、あなたとほかの人の両方が変更しています。どちらの内容を残すか選んでください。それ以外の変更は両方とも残ります。", "You and someone else both changed the following. Choose whose version to keep. All other changes of both of you are kept.";
        page_not_found: "ページが見つかりません", "Page not found";
        version: "バージョン {version}", "Version {version}";
    }
}
