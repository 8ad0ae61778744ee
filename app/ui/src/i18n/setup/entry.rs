//! Words of sign-in and first run.
use super::words;

words! {
    /// Signing in.
    Entry {
        product: "呼び鈴", "Yobirin";
        sign_in: "サインイン", "Sign in";
        sign_in_lead: "受付の設定を変えるには、管理者のパスワードを入力してください。", "Enter the admin password to change the reception's settings.";
        sign_in_on_tablet: "このブラウザーは受付タブレットです。サインインしても、{minutes} 分使わないか 1 時間たつと自動的にサインアウトし、保存していない変更は残りません。", "This browser is a reception tablet. You will be signed out after {minutes} minutes without use, or after an hour; unsaved changes are not kept.";
        session_over: "サインインの有効期限が切れました。保存していない変更は残っています。", "Your session has ended. Unsaved changes are still here.";
        password: "パスワード", "Password";
        wrong_password: "パスワードが違います。", "That password is wrong.";
        host_link_wrong: "このリンクは使えません。パスワードでサインインしてください。", "This link does not work. Sign in with the password.";
        code: "確認コード", "Code";
        code_lead: "パスワードを確認しました。認証アプリに表示されている 6 桁のコードを入力してください。", "The password is right. Now enter the 6-digit code that your authenticator app shows.";
        recovery_code_hint: "スマートフォンが手元にないときは、リカバリーコードを 1 つ入力してください。", "Without your phone, enter one of your recovery codes.";
        wrong_code: "コードが違うか、すでに使われています。いま表示されているコードを入力してください。何度も失敗するときは、スマートフォンの時刻が合っているか確認してください。", "This code is wrong or was used already. Enter the one shown now. If it keeps failing, check that the phone's clock is right.";
        too_many_codes: "コードの入力に続けて失敗したため、一時的に止められています。5 分ほど待ってからお試しください。", "Too many wrong codes. Wait about five minutes and try again.";
        locked_out: "コードを確認できないときは、サーバーで yobirin-relay reset-password --second-step を実行すると、パスワードを決め直せます。", "Locked out? Whoever runs the server can let you choose a new password with yobirin-relay reset-password --second-step.";
        back_to_password: "パスワードの入力に戻る", "Back to the password";
        signing_in: "サインインしています…", "Signing in…";
        show_password: "パスワードを表示する", "Show the password";
        first_run_title: "ようこそ", "Welcome";
        first_run_lead: "はじめに、設定画面に入るための管理者パスワードを決めます。次からはこのパスワードでサインインします。", "First, choose the admin password for this set-up. You will sign in with it from now on.";
        first_run_password: "新しいパスワード", "New password";
        first_run_hint: "12 文字以上。いくつかの言葉の組み合わせがおすすめです。", "At least 12 characters. Several words make a good one.";
        repeat_password: "もう一度入力", "Repeat it";
        password_too_short: "あと {count} 文字必要です。", "{count} more characters are needed.";
        password_blank: "空白だけのパスワードは使えません。", "A password of blanks alone does not work.";
        password_guessable: "よく使われる言葉や並びが多く、推測されやすいパスワードです。関係のない言葉をいくつか組み合わせてください。", "This password is easy to guess: it is made of common words or patterns. Combine several words that have nothing to do with each other.";
        password_too_long: "256 文字までにしてください。", "Use at most 256 characters.";
        passwords_differ: "2 つのパスワードが一致しません。", "The two passwords differ.";
        start_setup: "設定をはじめる", "Start setting up";
        first_run_link_missing: "はじめての設定には、起動時に画面（ログ）に表示されたリンクが必要です。そのリンクをもう一度開いてください。", "The first run needs the link that was printed when the server started. Open that link again.";
        first_run_over: "管理者パスワードはすでに決まっています。", "The admin password has already been chosen.";
        first_run_link_used: "このリンクは正しくないか、すでに使われています。起動時に表示されたリンクをもう一度開いてください。", "This link is wrong or was used already. Open the link that was printed at start again.";
    }
}
