//! Words of a call's route and the reasons for it.
use super::words;

words! {
    /// One sentence per step of the routing.
    RouteTraceTexts {
        destination_room: "ルーム「{room}」", "Room {room}";
        destination_private_chat: "{name}さんとのダイレクトチャット", "Private chat with {name}";
        direct_to_host: "ダイレクト：{host}さんと Bot のダイレクトチャットに届きます。", "Direct: goes to the bot's private chat with {host}.";
        direct_to_in_charge: "ダイレクト：「{group}」のグループの担当者（{hosts}）に 1 人ずつ届きます。", "Direct: goes to each person in charge of {group}: {hosts}.";
        own_room: "「{group}」に登録されたルーム「{room}」に届きます。", "{group} has its own room: {room}.";
        ancestor_room: "「{group}」にはルームがないので、上の「{ancestor}」のルーム「{room}」に届きます。", "{group} has no room, so it goes to the room of {ancestor} above it: {room}.";
        default_room: "ほかに届けるルームがないので、acallルーム（共通ルーム）「{room}」に届きます。", "There is no other room for it, so it goes to the common room: {room}.";
        first_group: "{host}さんの先頭グループは「{group}」です。", "{host}'s first group is {group}.";
        host_without_account: "{host}さんにはアカウントID がないため、本人には届けられません。ルームへ送ります。", "{host} has no Chatwork account ID and cannot be notified directly. It goes to the room instead.";
        nobody_in_charge: "「{group}」には、アカウントID を持つグループの担当者がいないため、ダイレクトでは送れません。代わりにルームへ送ります。", "Nobody in charge of {group} has a Chatwork account ID, so it cannot be sent directly. It goes to the room instead.";
        in_charge_without_account: "「{group}」のグループの担当者のうち、{host}さんにはアカウントID がないため送りません。", "{host}, one of the people in charge of {group}, has no Chatwork account ID and is skipped.";
        host_without_groups: "{host}さんはどのグループにも所属していないため、acallルーム（共通ルーム）を使います。", "{host} is in no group, so it goes to the common room.";
        absent: "{host}さんは不在のため、代理の{hosts}さんにも送ります。", "{host} is absent, so the delegates are notified too: {hosts}.";
        absent_alone: "{host}さんは不在ですが、代理の担当者がいません。", "{host} is absent and has no delegate.";
        delegate_absent: "代理の{host}さんも不在です。", "The delegate {host} is absent too.";
        in_charge_mentioned: "本人に To を付けられないので、代わりに「{group}」のグループの担当者に付けます。", "They cannot be mentioned, so the people in charge of {group} are mentioned instead.";
        mentions: "ルームでは {hosts}さんに To が付きます。", "Mentioned in the room: {hosts}.";
        mentions_nobody: "ルームでは誰にも To が付きません。", "Nobody is mentioned in the room.";
        staff_room: "スタッフの呼び出しは、acallルーム（共通ルーム）「{room}」に届きます。", "Calls for staff go to the common room: {room}.";
        staff: "スタッフ", "Staff";
        staff_button: "スタッフを呼ぶ", "Call staff";
        not_offered: "「{group}」は受付画面には表示されませんが、呼び出されれば届きます。", "{group} is not shown on tablets, but calls to it are delivered.";
        unknown_target: "呼び出し先が設定にありません。来訪者を待たせないよう、acallルーム（共通ルーム）に送ります。", "Whom the visitor calls is no longer in the settings. It goes to the common room so that the visitor does not wait in vain.";
        no_default_room: "acallルーム（共通ルーム）が選ばれていないため、ほかに送り先がありません。", "No common room is chosen, so there is nowhere else to send it.";
    }
}
