//! Words of the security page.
use super::words;

words! {
    /// Password, second step, sessions.
    Security {
        title: "セキュリティ", "Security";
        lead: "設定画面に入る人を確かめる方法です。", "How set-up checks who is signing in.";
        demo_has_no_password: "デモにはパスワードがないため、ここでは何も変えられません。", "The demo has no password, so nothing can be changed here.";
        password: "パスワード", "Password";
        password_lead: "変更すると、このブラウザー以外はすべてサインアウトします。", "Changing it signs every other browser out.";
        current_password: "今のパスワード", "Current password";
        new_password: "新しいパスワード", "New password";
        change_password: "パスワードを変更", "Change the password";
        password_changed: "パスワードを変更しました。ほかのブラウザーはサインアウトしました。", "The password is changed. Every other browser is signed out.";
        wrong_current_password: "今のパスワードが違います。", "The current password is wrong.";
        two_step: "2 段階認証", "Two-step sign-in";
        two_step_lead: "パスワードに加えて、スマートフォンの認証アプリ（Google Authenticator、Microsoft Authenticator など）のコードを求めます。パスワードが知られても、ほかの人は入れません。", "Besides the password, signing in asks for a code from an authenticator app on your phone (Google Authenticator, Microsoft Authenticator, …). Someone who learns the password still cannot get in.";
        off: "オフ", "Off";
        on: "オン", "On";
        on_since: "{time} から", "since {time}";
        switch_on_two_step: "2 段階認証をオンにする", "Switch two-step sign-in on";
        confirm_password: "確認のため、パスワードを入力してください。", "Enter your password to go on.";
        next: "次へ", "Next";
        scan_qr: "1. 認証アプリでこの QR コードを読み取ります。", "1. Scan this QR code with your authenticator app.";
        qr_label: "認証アプリに登録するための QR コード", "QR code for the authenticator app";
        open_app: "この端末の認証アプリで開く", "Open in the app on this device";
        type_key: "読み取れないときは、このキーをアプリに入力してください。", "If it cannot be scanned, type this key into the app.";
        key: "キー", "Key";
        enter_code: "2. アプリに表示された 6 桁のコードを入力します。", "2. Enter the 6-digit code that the app shows.";
        code: "確認コード", "Code";
        switch_on: "オンにする", "Switch on";
        already_on: "2 段階認証はすでにオンです。ページを読み込み直してください。", "Two-step sign-in is on already. Load the page anew.";
        enrolment_expired: "時間が経ちすぎたか、別の場所でやり直されました。はじめからやり直してください。", "This took too long, or was begun anew elsewhere. Begin again.";
        codes: "リカバリーコード", "Recovery codes";
        codes_lead: "スマートフォンをなくしたときに、1 つにつき 1 回だけサインインできます。今しか表示されません。印刷するか、安全な場所に保管してください。", "Each signs you in once when you have lost your phone. They are shown only now: print them or keep them somewhere safe.";
        codes_title: "呼び鈴 リカバリーコード", "Yobirin recovery codes";
        copy_codes: "すべてコピー", "Copy all";
        print: "印刷", "Print";
        codes_saved: "保管しました", "I have saved them";
        codes_left: "リカバリーコードは残り {count} 個です。", "{count} recovery codes are left.";
        few_codes_left: "リカバリーコードが残り少なくなっています（{count} 個）。作り直してください。", "Only {count} recovery codes are left. Make new ones.";
        new_codes: "リカバリーコードを作り直す", "Make new recovery codes";
        new_codes_words: "これまでのリカバリーコードは使えなくなり、ほかのブラウザーはサインアウトします。", "The recovery codes you have stop working, and every other browser is signed out.";
        switch_off: "オフにする", "Switch off";
        switch_off_title: "2 段階認証をオフにする", "Switch two-step sign-in off";
        switch_off_words: "オフにすると、次からはパスワードだけでサインインできるようになり、リカバリーコードも使えなくなります。ほかのブラウザーはサインアウトします。", "Once it is off, the password alone signs in, and the recovery codes stop working. Every other browser is signed out.";
        confirm_identity: "確認", "Confirm";
        confirm_identity_title: "もう一度、ご本人の確認をします", "Confirm that it is you";
        confirm_before_ending_sessions: "ほかのブラウザーをサインアウトさせる前に、パスワードを入力してください。確認後 5 分間は、もう一度入力しなくて済みます。", "Enter your password before signing other browsers out. You are not asked again for five minutes.";
        confirm_before_connecting: "2 段階認証がオンなので、Chatwork の接続を変える前に、パスワードと確認コードを入力してください。", "Two-step sign-in is on: enter your password and a code before changing the connection to Chatwork.";
        on_tablet: "受付タブレット", "Reception tablet";
        code_or_recovery_hint: "認証アプリのコード、またはリカバリーコードです。", "From the app, or a recovery code.";
        sessions: "サインイン中のブラウザー", "Signed-in browsers";
        sessions_lead: "心当たりのないものは終了してください。", "End any that you do not know.";
        this_browser: "このブラウザー", "This browser";
        other_browser: "ほかのブラウザー", "Another browser";
        signed_in: "サインイン：{time}", "Signed in {time}";
        last_seen: "最終利用：{time}", "Last used {time}";
        end_session: "終了", "End";
        end_named_session: "{name} を終了", "End: {name}";
        end_other_sessions: "このブラウザー以外をすべて終了", "End all others";
        sessions_ended: "終了しました。", "Ended.";
    }
}
