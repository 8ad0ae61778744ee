//! Words of the security page.
use super::words;

words! {
    /// Texts of the page: password, second factor, sessions.
    Security {
        title: "セキュリティ", "Security";
        lead: "設定画面にログインする人を確かめる方法です。", "How set-up checks who is signing in.";
        demo_has_no_password: "デモにはパスワードがないため、ここでは何も変えられません。", "The demo has no password, so nothing can be changed here.";
        password: "パスワード", "Password";
        password_lead: "変更すると、このブラウザー以外はすべてログアウトします。", "Changing it signs out every other browser.";
        current_password: "今のパスワード", "Current password";
        new_password: "新しいパスワード", "New password";
        change_password: "パスワードを変更", "Change the password";
        password_changed: "パスワードを変更しました。ほかのブラウザーはログアウトしました。", "The password has been changed. Every other browser has been signed out.";
        wrong_current_password: "今のパスワードが違います。", "The current password is wrong.";
        two_factor: "2 段階認証", "Two-factor authentication";
        two_factor_lead: "パスワードに加えて、スマートフォンの認証アプリ（Google Authenticator、Microsoft Authenticator など）のコードを求めます。パスワードが知られても、ほかの人は入れません。", "Besides the password, signing in asks for a code from an authenticator app on your phone (Google Authenticator, Microsoft Authenticator, …). Someone who learns the password still cannot get in.";
        off: "オフ", "Off";
        on: "オン", "On";
        on_since: "{time} から", "since {time}";
        switch_on_two_factor: "2 段階認証をオンにする", "Turn on two-factor authentication";
        confirm_password: "確認のため、パスワードを入力してください。", "Enter your password to continue.";
        next: "次へ", "Next";
        scan_qr: "1. 認証アプリでこの QR コードを読み取ります。", "1. Scan this QR code with your authenticator app.";
        qr_label: "認証アプリに登録するための QR コード", "QR code for the authenticator app";
        open_app: "この端末の認証アプリで開く", "Open in the app on this device";
        type_key: "読み取れないときは、このキーをアプリに入力してください。", "If it cannot be scanned, type this key into the app.";
        key: "キー", "Key";
        enter_code: "2. アプリに表示された 6 桁のコードを入力します。", "2. Enter the 6-digit code that the app shows.";
        code: "確認コード", "Code";
        switch_on: "オンにする", "Turn on";
        already_on: "2 段階認証はすでにオンです。ページを読み込み直してください。", "Two-factor authentication is already on. Reload the page.";
        enrolment_expired: "時間が経ちすぎたか、別の場所でやり直されました。はじめからやり直してください。", "This took too long, or was started again elsewhere. Start over.";
        codes: "リカバリーコード", "Recovery codes";
        codes_lead: "スマートフォンをなくしたときに、1 つにつき 1 回だけログインできます。今しか表示されません。印刷するか、安全な場所に保管してください。", "Each code signs you in once if you lose your phone. They are shown only now, so print them or keep them somewhere safe.";
        codes_title: "呼び鈴 リカバリーコード", "Yobirin recovery codes";
        copy_codes: "すべてコピー", "Copy all";
        print: "印刷", "Print";
        codes_saved: "保管しました", "I have saved them";
        codes_left: "リカバリーコードは残り {count} 個です。", "Recovery codes left: {count}.";
        few_codes_left: "リカバリーコードが残り少なくなっています（{count} 個）。作り直してください。", "Few recovery codes are left ({count}). Make new ones.";
        new_codes: "リカバリーコードを作り直す", "Make new recovery codes";
        new_codes_explanation: "これまでのリカバリーコードは使えなくなり、ほかのブラウザーはログアウトします。", "Your current recovery codes stop working, and every other browser is signed out.";
        switch_off: "オフにする", "Turn off";
        switch_off_title: "2 段階認証をオフにする", "Turn off two-factor authentication";
        switch_off_explanation: "オフにすると、次からはパスワードだけでログインできるようになり、リカバリーコードも使えなくなります。ほかのブラウザーはログアウトします。", "Once it is off, the password alone is enough to sign in, and the recovery codes stop working. Every other browser is signed out.";
        confirm_identity: "確認", "Confirm";
        confirm_identity_title: "もう一度、本人確認をします", "Confirm that it is you";
        confirm_before_ending_sessions: "ほかのブラウザーをログアウトさせる前に、パスワードを入力してください。確認後 5 分間は、もう一度入力しなくて済みます。", "Enter your password before signing out other browsers. You will not be asked again for 5 minutes.";
        confirm_before_connecting: "2 段階認証がオンなので、Chatwork の接続を変える前に、パスワードと確認コードを入力してください。", "Two-factor authentication is on. Enter your password and a code before changing the connection to Chatwork.";
        on_tablet: "受付タブレット", "Reception tablet";
        code_or_recovery_hint: "認証アプリのコード、またはリカバリーコードです。", "From the app, or a recovery code.";
        sessions: "ログイン中のブラウザー", "Signed-in browsers";
        sessions_lead: "心当たりのないものはログアウトさせてください。", "Sign out any you do not recognise.";
        this_browser: "このブラウザー", "This browser";
        other_browser: "ほかのブラウザー", "Another browser";
        signed_in: "ログイン：{time}", "Signed in: {time}";
        last_seen: "最終利用：{time}", "Last used: {time}";
        end_session: "ログアウト", "Sign out";
        end_named_session: "{name} をログアウト", "Sign out: {name}";
        end_other_sessions: "このブラウザー以外をすべてログアウト", "Sign out all others";
        sessions_ended: "ログアウトしました。", "Signed out.";
    }
}
