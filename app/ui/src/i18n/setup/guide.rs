//! Words of the guided set-up.
use super::words;

words! {
    /// Texts of the steps, from the office's name to a test visit.
    Guide {
        title: "初期設定", "Initial set-up";
        lead: "受付で呼び出しができるまで、順に進めます。途中でやめても、続きから再開できます。", "Step by step to the first visit. You can leave at any time and continue later.";
        steps: "初期設定の手順", "Steps of the initial set-up";
        step_done: "完了", "Done";
        next: "次へ", "Next";
        later: "あとで設定する", "Do this later";
        finish: "完了", "Finish";
        resume: "初期設定を続ける", "Continue the initial set-up";
        remaining_steps: "残り：{steps}", "Still to do: {steps}";
        office: "会社と連絡先", "Office and contact";
        office_lead: "会社名は受付の最初の画面に、連絡先は、返事がないとき、受付時間外、担当者が見つからないときなど、来訪者が困りそうなときに表示します。", "The name greets visitors on the tablet. The contact is shown whenever they may need it: no answer, outside opening hours, or nobody found.";
        office_name: "会社名", "Office name";
        office_missing: "会社名を入力すると進めます。", "Enter the office name to continue.";
        chatwork: "Chatwork", "Chatwork";
        chatwork_lead: "呼び出しを Chatwork に送る Bot を接続し、ほかのルームに届かない通知を受け取る共通のルームを選びます。", "Connect the bot that sends the calls, and choose the common room, which gets calls that no other room gets.";
        chatwork_missing: "Bot を接続すると進めます。", "Connect the bot to continue.";
        to_chatwork: "Chatwork の手順へ", "Go to Chatwork";
        room_missing: "acallルーム（共通ルーム）を選ぶと進めます。", "Choose the common room to continue.";
        people: "担当者とグループ", "Hosts and groups";
        people_lead: "Chatwork で Bot とつながっている人を担当者に、部署をグループにします。", "The people the bot knows in Chatwork become hosts, and their departments become groups.";
        people_add: "{count} 人を追加して次へ", "Add {count} {person|people} and continue";
        people_known: "担当者 {hosts} 人、グループ {groups} 件を登録済みです。", "Hosts added: {hosts}. Groups: {groups}.";
        people_known_next: "Chatwork に、まだ登録していない人はいません。「次へ」で進めます。", "Chatwork has nobody else to add. Press Next to continue.";
        people_known_others: "「次へ」で進めます。上の一覧の人も、選ぶと追加できます。", "Press Next to continue. You can also add the people listed above.";
        tablet: "デバイス", "Devices";
        tablet_lead: "受付に置くタブレットで受付画面を開き、ここで承認します。メニューはよく使うものが入っていて、あとから変えられます。", "Open the kiosk on the reception tablet and approve it here. Its menu suits most offices and can be changed later.";
        tablet_make: "先にデバイスだけ登録する", "Add the device now, pair a tablet later";
        tablet_waiting: "タブレットがペアリングされるのを待っています…", "Waiting for the tablet to be paired…";
        tablet_paired: "このタブレットをペアリングしました。「次へ」で進めます。ほかのタブレットは、あとで「デバイス」のページから追加できます。", "This tablet is paired. Press Next to continue. You can add other tablets later on the page “Devices”.";
        tablet_other_paired: "「{ready}」はペアリング済みなので、「次へ」で進めます。もう 1 台「{name}」も、ここでペアリングできます。", "{ready} is paired, so you can press Next. You can also pair another tablet here, as {name}.";
        visit: "テスト来訪", "Test visit";
        visit_lead: "来訪者になったつもりで、タブレットから自分か同僚を呼び出してください。実際に Chatwork に届きます。", "Act as a visitor and call yourself or a colleague on the tablet. The message really arrives in Chatwork.";
        visit_waiting: "タブレットからの呼び出しを待っています…", "Waiting for a call from the tablet…";
        visit_missing: "呼び出しが届くと完了できます。", "This step is done once a call arrives.";
        visit_no_tablet: "ペアリングしたタブレットがまだありません。先にタブレットを用意してください。", "No tablet is paired yet. Set one up first.";
        to_tablet: "デバイスの手順へ", "Go to Devices";
        visit_sending: "呼び出しがありました。Chatwork に送っています…", "A call came in and is on its way to Chatwork…";
        visit_person: "届きました。{name}さんの画面を見てください。", "It arrived. Look at {name}'s screen.";
        visit_room: "届きました。Chatwork の「{room}」を見てください。", "It arrived. Look at “{room}” in Chatwork.";
        visit_failed: "届きませんでした。理由は呼び出し履歴で確かめられます。", "It did not arrive. See the call history for the reason.";
        see_history: "呼び出し履歴を見る", "See the call history";
        visit_ready: "受付の準備ができました。", "Your reception is ready.";
    }
}
