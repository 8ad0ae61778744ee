//! Words of a call's route and the reasons for it.
use super::words;

words! {
    /// One sentence per step of the routing.
    RouteTraceWords {
        list_separator: "、", ", ";
        destination_room: "ルーム「{room}」", "Room {room}";
        destination_private_chat: "{name}さんとのダイレクトチャット", "Private chat with {name}";
        direct_to_host: "ダイレクト：{host}さんと Bot のダイレクトチャットに届きます。", "Direct: in the bot's private chat with {host}.";
        direct_to_in_charge: "ダイレクト：「{group}」の担当者（{hosts}）に 1 人ずつ届きます。", "Direct: each host in charge of {group} is notified: {hosts}.";
        own_room: "「{group}」に登録されたルーム「{room}」に届きます。", "{group} has a room of its own: {room}.";
        ancestor_room: "「{group}」にはルームがないので、上の「{ancestor}」のルーム「{room}」に届きます。", "{group} has no room, so the room of {ancestor} above it is used: {room}.";
        default_room: "ほかに届けるルームがないので、acallルーム（共通ルーム）「{room}」に届きます。", "No other room claims it, so the default room is used: {room}.";
        first_group: "{host}さんの先頭グループは「{group}」です。", "The first group of {host} is {group}.";
        host_without_account: "{host}さんにはアカウントID がないため、本人には届けられません。ルームへ送ります。", "{host} has no Chatwork account and cannot be notified: the room is used instead.";
        nobody_in_charge: "「{group}」にはアカウントID のある担当者がいないため、ダイレクトでは送れません。代わりにルームへ送ります。", "{group} has nobody in charge with a Chatwork account: the room is used instead.";
        in_charge_without_account: "「{group}」の担当者のうち、{host}さんにはアカウントID がないため送りません。", "{host}, in charge of {group}, has no Chatwork account and is passed over.";
        host_without_groups: "{host}さんはどのグループにも所属していないため、acallルーム（共通ルーム）を使います。", "{host} belongs to no group, so the default room is used.";
        absent: "{host}さんは不在のため、代理の{hosts}さんにも送ります。", "{host} is absent, so the delegates are notified too: {hosts}.";
        absent_alone: "{host}さんは不在ですが、代わりに知らせる人がいません。", "{host} is absent, and there is no delegate to notify.";
        delegate_absent: "代理の{host}さんも不在です。", "The delegate {host} is absent as well.";
        in_charge_mentioned: "本人に To を付けられないので、代わりに「{group}」の担当者に付けます。", "They cannot be mentioned, so those in charge of {group} are.";
        mentions: "ルームでは {hosts}さんに To が付きます。", "In the room it mentions {hosts}.";
        mentions_nobody: "ルームでは誰にも To が付きません。", "In the room it mentions nobody.";
        staff_room: "スタッフの呼び出しは、acallルーム「{room}」に届きます。", "Calls for staff go to the default room: {room}.";
        staff: "スタッフ", "Staff";
        staff_button: "スタッフを呼ぶ", "Call staff";
        not_offered: "「{group}」は受付画面には表示されませんが、呼び出されれば届きます。", "{group} is not offered on tablets, but routes when reached otherwise.";
        unknown_target: "呼び出し先が設定にありません。来訪者を待たせないよう acallルームに送ります。", "The target is not in the settings any more; the default room is told so that nobody waits in vain.";
        no_default_room: "acallルームが選ばれていないため、ほかに送り先がありません。", "No default room is chosen, so there is nowhere left to go.";
    }
}
