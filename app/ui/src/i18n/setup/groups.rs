//! Words of the pages of groups.
use super::words;

words! {
    /// Texts of the tree and of one group.
    Groups {
        title: "グループ", "Groups";
        lead: "部署などのまとまりです。ルームを登録すると、そのグループへの通知が届きます。登録がなければ上のグループのルーム、それもなければ acallルーム（共通ルーム）に届きます。", "Departments and other teams. Calls go to the group's room; if it has none, to the nearest group above that has one; otherwise to the common room (acallルーム).";
        add: "グループを追加", "Add a group";
        add_child: "下にグループを追加", "Add a group below";
        empty: "まだグループがありません。", "There are no groups yet.";
        empty_explanation: "総務、営業部、開発部など、受付で選ぶ部署を追加してください。", "Add the departments that visitors can choose.";
        name: "グループ名", "Name";
        details: "基本情報", "Group";
        parent: "上のグループ", "Group above";
        no_parent: "（なし：いちばん上）", "(none: top level)";
        room_title: "通知が届くルーム", "Where calls go";
        room: "Chatwork ROOM ID", "Chatwork room";
        room_change: "Chatwork ROOM ID を変更", "Change the Chatwork room";
        room_lead: "このグループへのルーム通知が届くルームです。", "Room notifications for this group arrive here.";
        room_hint: "名前で探すか、ルームの URL を貼り付けてください。ID は、URL の「#!rid」の後ろの数字です。", "Search by name, or paste the room's URL. Its ID is the number after #!rid in the URL.";
        own_room: "専用ルーム", "Own room";
        uses_room_of: "「{group}」のルームを使用：{room}", "Uses the room of {group}: {room}";
        uses_default_room: "acallルーム（共通ルーム）を使用：{room}", "Uses the common room: {room}";
        no_room: "届くルームがありません。acallルーム（共通ルーム）を選んでください。", "There is no room for it. Choose a common room.";
        in_charge: "グループの担当者", "People in charge";
        in_charge_lead: "このグループが呼び出されたときに応対する人です。ダイレクト通知は全員に届き、ルーム通知では To が付きます。所属する人とは別に決めます。", "They answer when the group is called. Direct notifications go to all of them, and room notifications mention them. They are chosen independently of the group's hosts.";
        in_charge_hint: "名前で探して追加します。", "Search by name to add people.";
        propose_in_charge: "グループの担当者が決まっていないグループが {count} 件あります", "{count} {group has|groups have} nobody in charge";
        propose_in_charge_explanation: "呼び出しても誰にも To が付かず、気づかれないことがあります。所属する人から、次の人をグループの担当者にできます。あとから変えられます。", "Calls to them mention nobody and may go unnoticed. The following hosts of these groups can be put in charge. You can change this later.";
        no_candidates: "次のグループには Chatwork アカウントのある人がいないため、候補を出せません：{names}", "Nobody with a Chatwork account is in these groups, so nobody can be proposed: {names}";
        propose_in_charge_ok: "この人たちをグループの担当者にする", "Put them in charge";
        propose_in_charge_of_group: "{names} をグループの担当者にする", "Put {names} in charge";
        members: "所属する人", "Hosts in this group";
        members_none: "まだ誰も所属していません。所属は、担当者のページで決めます。", "Nobody yet. Groups are chosen on each host's page.";
        members_more: "ほか {count} 人を担当者の一覧で見る", "See {count} more in the list of hosts";
        host_count: "所属：{count} 人", "Hosts: {count}";
        in_charge_count: "グループの担当者：{names}", "In charge: {names}";
        on_tablets: "受付画面", "On tablets";
        hidden: "受付画面に表示しない", "Do not show on tablets";
        hidden_hint: "このグループと、その下のグループが表示されなくなります。", "This group and all groups below it are hidden.";
        not_callable: "呼び出せないようにする", "Cannot be called";
        not_callable_hint: "下のグループや担当者を選ぶための見出しとして表示します。", "Shown only as a heading for choosing the groups and hosts below it.";
        not_callable_badge: "呼び出し不可", "Cannot be called";
        delete: "このグループを削除", "Delete this group";
        delete_question: "「{name}」を削除しますか", "Delete {name}?";
        delete_explanation: "保存すると、このグループは呼び出せなくなります。所属する人は削除されません。", "Once saved, this group can no longer be called. Its hosts are not deleted.";
        delete_children: "下のグループは 1 つ上に移ります：{names}", "These groups move up one level: {names}";
        delete_members: "所属から外れる人：{names}", "Hosts who leave the group: {names}";
        delete_calling_buttons: "次のメニューはこのグループを呼び出しています。保存する前に、別のグループを選んでください：{names}", "These buttons call this group. Choose another group for them before saving: {names}";
        delete_starting_buttons: "次のメニューは、1 つ上のグループから選ぶようになります：{names}", "These buttons will start from the group above instead: {names}";
        search: "グループを探す", "Search groups";
        group_count: "{count} グループ", "Groups: {count}";
        move_hint: "つまんでドラッグするか、Alt＋矢印キーで移動できます。", "Drag by the handle, or press Alt and an arrow key.";
        room_column: "通知が届くルーム", "Where calls go";
        move_column: "移動", "Move";
        move_in: "1 つ下の階層へ", "Move in one level";
        move_out: "1 つ上の階層へ", "Move out one level";
        drag: "ドラッグして移動", "Drag to move";
        fold: "閉じる", "Collapse";
        unfold: "開く", "Expand";
        moved_below: "「{name}」を「{parent}」の下に移動しました", "{name} moved below {parent}";
        moved_top: "「{name}」をいちばん上の階層に移動しました", "{name} moved to the top level";
    }
}
