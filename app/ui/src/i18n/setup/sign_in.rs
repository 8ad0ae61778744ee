//! Words of sign-in and first run.
use super::words;

words! {
    /// Texts of the pages that need no sign-in.
    SignIn {
        product: "呼び鈴", "Yobirin";
        sign_in: "ログイン", "Sign in";
        sign_in_lead: "受付の設定を変えるには、管理者のパスワードを入力してください。", "Enter the admin password to change the reception's settings.";
        sign_in_on_tablet: "このブラウザーは受付タブレットです。ログインしても、{minutes} 分使わないか 1 時間たつと自動的にログアウトし、保存していない変更は失われます。", "This browser is a reception tablet. You will be signed out after {minutes} minutes without use, or after one hour; unsaved changes are then lost.";
        back_to_kiosk: "受付画面に戻る", "Back to the reception";
        session_over: "ログインの有効期限が切れました。保存していない変更は残っています。", "Your session has expired. Your unsaved changes are still here.";
        password: "パスワード", "Password";
        wrong_password: "パスワードが違います。忘れたときは、サーバーの管理者に yobirin-relay reset-password を実行してもらってください。", "Wrong password. If you have forgotten it, ask whoever runs the server to run yobirin-relay reset-password.";
        host_link_wrong: "このリンクは使えません。パスワードでログインしてください。", "This link does not work. Sign in with the password.";
        code: "確認コード", "Code";
        code_lead: "パスワードを確認しました。認証アプリに表示されている 6 桁のコードを入力してください。", "Password accepted. Now enter the 6-digit code from your authenticator app.";
        recovery_code_hint: "スマートフォンが手元にないときは、リカバリーコードを 1 つ入力してください。", "If you do not have your phone, enter one of your recovery codes.";
        wrong_code: "コードが違うか、すでに使われています。いま表示されているコードを入力してください。何度も失敗するときは、スマートフォンの時刻が合っているか確かめてください。", "This code is wrong or has already been used. Enter the one shown now. If it keeps failing, check that your phone's clock is right.";
        too_many_codes: "コードの入力に続けて失敗したため、一時的に止められています。5 分ほど待ってからお試しください。", "Too many wrong codes. Wait about 5 minutes and try again.";
        locked_out: "コードを確認できないときは、サーバーの管理者に yobirin-relay reset-password --two-factor を実行してもらうと、パスワードを決め直せます。", "Locked out? Ask whoever runs the server to run yobirin-relay reset-password --two-factor. You can then choose a new password.";
        back_to_password: "パスワードの入力に戻る", "Back to the password";
        signing_in: "ログインしています…", "Signing in…";
        show_password: "パスワードを表示する", "Show the password";
        first_run_title: "ようこそ", "Welcome";
        first_run_lead: "はじめに、設定画面に入るための管理者パスワードを決めます。次からはこのパスワードでログインします。", "First, choose an admin password for these set-up pages. From now on, you sign in with it.";
        first_run_password: "新しいパスワード", "New password";
        first_run_hint: "12 文字以上。関係のない言葉をいくつか組み合わせるのがおすすめです。", "At least 12 characters. Several unrelated words make a good one.";
        repeat_password: "もう一度入力", "Repeat it";
        password_too_short: "あと {count} 文字必要です。", "{count} more characters are needed.";
        password_blank: "空白だけのパスワードは使えません。", "A password cannot consist of spaces only.";
        password_guessable: "よく使われる言葉や並びが多く、推測されやすいパスワードです。関係のない言葉をいくつか組み合わせてください。", "This password is easy to guess because it is made of common words or patterns. Combine several unrelated words.";
        password_too_long: "256 文字までにしてください。", "Use at most 256 characters.";
        passwords_differ: "2 つのパスワードが一致しません。", "The two passwords do not match.";
        start_setup: "設定をはじめる", "Start setting up";
        first_run_link_missing: "はじめての設定には、サーバーの起動時に画面（ログ）に表示されたリンクが必要です。そのリンクを開いてください。", "To set up for the first time, open the link that the server printed (or logged) when it started.";
        first_run_over: "管理者パスワードはすでに決まっています。", "The admin password has already been set.";
        first_run_link_used: "このリンクは正しくないか、すでに使われています。サーバーを最後に起動したときに表示されたリンクを開いてください。", "This link is wrong or has already been used. Open the link that the server printed when it last started.";
    }
}
