//! Words of backups.
use super::words;

words! {
    /// The last backup, and how backups are set up.
    Backup {
        title: "バックアップ", "Backup";
        last: "最後のバックアップ：{time}", "Last backup: {time}";
        never: "バックアップはまだ一度もありません。サーバーが壊れると、設定も履歴も戻せません。", "There has been no backup yet. If the server breaks, settings and history are lost.";
        good: "正常", "Good";
        old: "古くなっています", "Too old";
        missing: "まだありません", "None yet";
        help: "毎晩のバックアップを設定する", "Set up a backup for every night";
        help_lead: "サーバーで次のコマンドを実行すると、毎晩 3 時にバックアップをとり、元に戻せることを確かめてから、新しい 14 個を残して古いものを消します。", "Run these commands on the server. Every night at three a backup is made and restored on trial; then all but the newest 14 are deleted.";
        help_units: "ソースコードのフォルダー（relay/deploy がある場所）で実行します。", "Run them in the folder of the source code, where relay/deploy is.";
        help_timer: "systemd を使わない場合は、次のコマンドを毎晩動かしてください。", "Without systemd, have this command run every night.";
        help_copy: "ディスクの故障に備えて、できたファイルを別の機械にも写してください。中には鍵も入っています。", "A broken disk takes both along: copy the files to another machine. They hold the key.";
        help_postgres: "PostgreSQL を使っている場合は pg_dump でとります。その日時はここには表示されません。", "With PostgreSQL use pg_dump; its time is not shown here.";
        help_readme: "くわしくは README の「Backup」をご覧ください。", "The README tells more under “Backup”.";
    }
}
