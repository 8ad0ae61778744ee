//! Words of backups.
use super::words;

words! {
    /// Texts about the last backup, and about setting backups up.
    Backup {
        title: "バックアップ", "Backup";
        last: "最後のバックアップ：{time}", "Last backup: {time}";
        never: "バックアップはまだ一度もありません。サーバーが壊れると、設定も履歴も失われます。", "No backup has been made yet. If the server breaks, the settings and the history are lost.";
        good: "正常", "OK";
        old: "古くなっています", "Too old";
        missing: "まだありません", "None yet";
        help: "毎晩のバックアップを設定する", "Set up nightly backups";
        help_ask: "バックアップはサーバーで設定します。まず、Yobirin を設置した人に「毎晩のバックアップを設定してください」と頼んでください。", "Backups are set up on the server. First ask the person who installed Yobirin to set up nightly backups.";
        help_commands: "設置した人向けの手順", "Instructions for the person who installed it";
        help_lead: "サーバーで次のコマンドを実行すると、毎晩 3 時にバックアップをとり、元に戻せることを確かめてから、新しい 14 個を残して古いものを消します。", "Run these commands on the server. Every night at 3:00 a backup is then made and checked by restoring it, and all but the newest 14 are deleted.";
        help_units: "ソースコードのフォルダー（relay/deploy がある場所）で実行します。", "Run them in the folder of the source code, the one that contains relay/deploy.";
        help_timer: "systemd を使わない場合は、次のコマンドを毎晩動かしてください。", "Without systemd, run this command every night.";
        help_copy: "ディスクの故障に備えて、できたファイルを別のマシンにもコピーしてください。暗号の鍵も入っているので、ほかの人が見られない場所に置いてください。", "Copy the files to another machine as well, in case the disk fails. They contain the encryption key, so keep them private.";
        help_postgres: "PostgreSQL を使っている場合は pg_dump でとります。その日時はここには表示されません。", "With PostgreSQL, use pg_dump. The time of those backups is not shown here.";
        help_restore: "元に戻すときは、サーバーを止めて yobirin-relay restore --replace を実行します。", "To restore a backup, stop the server and run yobirin-relay restore --replace.";
    }
}
