//! Words of the overview.
use super::words;

words! {
    /// Texts of the page: the parts of set-up and their progress. The common room is the settings' default room; Japanese
    /// pages, and the vendor's help, call it acallルーム.
    Overview {
        title: "概要", "Overview";
        lead: "次の準備が終わると、受付からの呼び出しが Chatwork に届くようになります。", "Once the following is set up, calls from the reception reach your colleagues in Chatwork.";
        done: "完了", "Done";
        todo: "未完了", "To do";
        partly: "一部未完了", "Partly done";
        broken: "停止中", "Not working";
        set_up: "設定する", "Set up";
        review: "確認する", "Review";
        chatwork: "Chatwork に接続する", "Connect to Chatwork";
        chatwork_todo: "Bot の API トークンを登録します。", "Register the bot's API token.";
        chatwork_refused: "Chatwork がトークンを受け付けていません。通知は待機しています。1 分ごとに確認し、受け付けられるようになれば自動で再開します。", "Chatwork does not accept the token. Calls are on hold. The token is checked every minute, and sending resumes automatically once it is accepted.";
        chatwork_outage: "{from} から {until} まで Chatwork がトークンを受け付けず、通知が待機していました。自動で再開しています。", "From {from} to {until} Chatwork did not accept the token and calls were on hold. Sending has resumed.";
        chatwork_room: "acallルーム（共通ルーム：行き先がないときに届く）がまだ選ばれていません。", "No common room (acallルーム) has been chosen yet: calls that have no other room go there.";
        chatwork_done: "「{bot}」として接続しています。", "Connected as {bot}.";
        hosts: "担当者を登録する", "Add hosts";
        hosts_todo: "呼び出される人を登録します。", "Add the people who can be called.";
        hosts_partly: "{count} 人のうち {missing} 人にアカウントID がありません。", "{missing} of {count} without a Chatwork account ID.";
        hosts_done: "{count} 人、全員にアカウントID があります。", "{count} {host, with|hosts, all with} a Chatwork account ID.";
        groups: "グループとルームを決める", "Arrange groups and rooms";
        groups_todo: "部署をグループとして登録し、通知を送るルームを選びます。", "Add your departments and choose the room where each one is notified.";
        groups_done: "{count} グループ、うち {rooms} グループに専用のルームがあります。", "{count} {group|groups}, {rooms} with {its|their} own room.";
        groups_default: "{count} グループ。専用のルームはまだなく、通知はすべて acallルーム（共通ルーム）に届きます。", "{count} {group|groups}. None has its own room yet, so every call goes to the common room (acallルーム).";
        groups_nowhere: "{count} グループ。通知を送るルームがまだありません。", "{count} {group|groups}, but no room to notify yet.";
        devices: "デバイスを用意する", "Prepare devices";
        devices_todo: "受付に置くタブレットのメニューを作り、ペアリングします。", "Create the tablet's menu and pair the tablet.";
        devices_partly: "{count} 台のうち {missing} 台がまだペアリングされていません。", "{missing} of {count} still to be paired.";
        devices_unpaired: "まだペアリングされていません（{count} 台）。", "Not paired yet: {count}.";
        devices_done: "{count} 台、すべてペアリング済みです。", "{count} {tablet|tablets, all} paired.";
        ready_without_findings: "準備ができました。", "All set.";
        ready_with_findings: "基本の設定は完了しています。", "The basics are set up.";
        ready_explanation: "実際にどこへ届くかは、「通知先の確認」で確かめられます。", "“Who is notified” shows where each call goes.";
        doctor_problems: "診断で気になる点が {count} 件見つかりました。最初に直すのはこれです。", "The health check found {count} {problem|problems}. Start with this one.";
        doctor_problems_quick: "簡単な確認で、気になる点が {count} 件見つかりました。診断ではルームのメンバーまで調べます。", "A quick check found {count} {problem|problems}. The health check also looks at the members of rooms.";
        doctor_problems_so_far: "確認しています。これまでに、気になる点が {count} 件見つかりました。", "Checking. {count} {problem|problems} found so far.";
        see_doctor: "診断を見る", "Open the health check";
        today: "今日", "Today";
        no_calls: "今日の呼び出しはまだありません。", "No calls yet today.";
        calls: "今日の呼び出しは {count} 件です。", "Calls today: {count}.";
        calls_lost: "うち {count} 件は通知できませんでした。", "{count} of them reached nobody.";
        figures: "今日の応答", "Answers today";
        answered: "応答あり", "Answered";
        unanswered: "応答なし", "No answer";
        awaiting: "応答待ち", "Waiting";
        not_awaited: "取り消し・応答不要など", "Cancelled or no answer needed";
        median: "応答までの時間（中央値）", "Time to an answer (median)";
        count: "{count} 件", "{count}";
        no_median: "まだありません", "none yet";
        see_history: "履歴を見る", "See the history";
        tablets: "タブレット", "Tablets";
        all_tablets: "{count} 台すべてを見る", "See all {count}";
        tablets_connected: "{count} 台が動いています", "{count} {tablet is|tablets are} connected";
        tablets_away: "{count} 台が接続待ちです", "{count} {tablet is|tablets are} waiting to connect";
        tablets_silent: "{count} 台から応答がありません", "{count} {tablet is|tablets are} not responding";
        tablets_unpaired: "{count} 台は未ペアリングです", "{count} {tablet is|tablets are} not paired yet";
        counts_separator: "・", " · ";
        silent_one: "「{name}」から応答がありません。最後の通信：{time}", "{name} is not responding. Last contact: {time}.";
        silent_several: "{count} 台のタブレットから応答がありません。", "{count} tablets are not responding.";
        silent_advice: "電源、Wi-Fi、受付画面が閉じていないかを確かめてください。", "Check its power and Wi-Fi, and that the kiosk has not been closed.";
        silent_advice_several: "電源、Wi-Fi、受付画面が閉じていないかを確かめてください。同時に止まったときは、ルーターやハブも確かめてください。", "Check their power and Wi-Fi, and that the kiosk has not been closed. If they all stopped at the same time, check the router or switch as well.";
        silent_open: "タブレットを見る", "Open the tablet's page";
        silent_open_all: "デバイスを見る", "Open the devices";
        try_preview: "通知先を確かめる", "See who is notified";
    }
}
