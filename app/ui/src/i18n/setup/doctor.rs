//! Words of the doctor.
use super::words;

words! {
    /// Findings and their repairs.
    Doctor {
        title: "診断", "Doctor";
        lead: "次の来訪で困ることがないか、設定と Chatwork をつき合わせて調べます。", "Checks your settings against Chatwork for anything that would go wrong with the next visit.";
        checking: "Chatwork とタブレットを確認しています…", "Looking at Chatwork and the tablets…";
        reading_members: "ルームのメンバーを確認しています（{done} / {total}）", "Reading the members of rooms ({done} of {total})";
        finished: "診断が終わりました", "The check is finished";
        found: "気になる点が {count} 件見つかりました", "{count} {problem|problems} found";
        check_again: "もう一度診断する", "Check again";
        members_unread: "Chatwork の制限があるため、{count} 個のルームのメンバーはまだ確認していません。", "Chatwork limits requests: the members of {count} rooms were not read yet.";
        read_more_members: "続きを確認する", "Read on";
        no_problems: "問題は見つかりませんでした", "No problems found";
        no_problems_words: "調べた範囲では、どのボタンの通知にも届け先があります。", "As far as could be checked, the calls of every button have somewhere to go.";
        severity_broken: "通知が届きません", "Calls do not arrive";
        severity_risk: "来訪のときに困るかもしれません", "May go wrong at a visit";
        severity_hint: "確認しておくと安心です", "Worth a look";
        and_more: "{names} ほか {count}", "{names} and {count} more";
        default_room: "acallルーム", "the default room";
        open: "{name}を開く", "Open {name}";
        open_chatwork: "Chatwork の設定を開く", "Open the Chatwork page";
        set_account: "アカウントID {id} を設定する", "Use account {id}";
        set_all_accounts: "まとめて設定する", "Set them all";
        namesakes: "{count} 人は、Chatwork に同じ名前の人がひとりずついます。アカウントID をまとめて設定できます。", "{count} hosts have exactly one namesake in Chatwork. Their accounts can be set at once.";
        accept: "申請を承認する", "Accept the request";
        accepting: "承認しています…", "Accepting…";
        use_parent_room: "ルームを外して上のグループに送る", "Use the room above instead";
        not_connected: "Chatwork に接続していません。", "Chatwork is not connected.";
        not_connected_fix: "Bot の API トークンを登録すると、通知を送れるようになります。", "Register the bot's API token so that calls can be sent.";
        token_refused: "Chatwork がトークンを受け付けていません。", "Chatwork refuses the token.";
        token_refused_fix: "通知は待機しています。新しいトークンで接続し直してください。", "Calls are waiting. Connect again with a new token.";
        no_default_room: "acallルームが選ばれていません。", "No default room is chosen.";
        no_default_room_fix: "ルームのないグループへの通知は、acallルームに届きます。", "Calls to groups without a room go there.";
        unreadable_entries: "Chatwork から届いた一覧のうち {count} 件を読み取れませんでした。", "{count} {entry|entries} in Chatwork's lists could not be read.";
        unreadable_entries_fix: "読み取れなかったルームや人は、選択肢や診断に出てきません。ほかの人への通知には影響しません。", "Rooms or people that could not be read are missing from choices and checks. Calls to everybody else are not affected.";
        room_without_bot: "{owners}のルーム「{room}」に Bot が入っていません。", "The bot is not in “{room}”, the room of {owners}.";
        room_without_bot_fix: "ルームがなくなったか、Bot がメンバーではありません。Chatwork で Bot を招待するか、別のルームを選んでください。", "The room is gone or the bot is no member. Invite the bot in Chatwork or choose another room.";
        not_a_group_chat: "{owners}のルーム「{room}」は、グループチャットではありません。", "“{room}”, the room of {owners}, is no group chat.";
        not_a_group_chat_fix: "個人のチャットに届きます。グループチャットを選んでください。", "Calls arrive in a private chat. Choose a group chat.";
        shared_account: "{names}に同じアカウントID {id} が設定されています。", "{names} share the account {id}.";
        shared_account_fix: "このままでは保存できません。どちらかを直してください。", "This cannot be saved. Correct one of them.";
        bot_is_host: "トークンは{name}さん本人のものです。", "The token belongs to {name}.";
        bot_is_host_fix: "自分の投稿には未読が付かないため、本人が気づけません。Bot 専用のアカウントを使ってください。", "One's own posts raise no unread mark. Use an account made for the bot.";
        not_a_contact: "{name}さんは Bot のコンタクトではありません。", "{name} is not the bot's contact.";
        not_a_contact_fix: "ダイレクトの通知が届きません。本人から Bot にコンタクト申請を送ってもらい、承認してください。", "Direct calls do not arrive. Ask them to send the bot a contact request, and accept it.";
        not_a_contact_asked: "コンタクト申請が届いています。承認するとダイレクトの通知が届きます。", "Their contact request is waiting. Accept it, and direct calls arrive.";
        unknown_account: "{name}さんのアカウントID が Chatwork に見つかりません。", "{name}'s account was not found in Chatwork.";
        unknown_account_fix: "番号が違うか、Bot と同じルームにいません。アカウントID を確かめてください。", "The number is wrong, or they share no room with the bot. Check the account ID.";
        not_in_room: "ルーム「{room}」に{names}さんがいません。", "{names} is not in the room “{room}”.";
        not_in_room_fix: "メッセージは届きますが、本人には通知されません。Chatwork でルームに追加してください。", "The message arrives, the mention does not. Add them to the room in Chatwork.";
        no_account: "{name}さんにアカウントID がありません。", "{name} has no Chatwork account.";
        no_account_fix: "呼び出されても本人には通知されません。ルームに届け、グループの担当者がいればその人に To を付けます。", "A call does not notify them. It goes to the room and mentions those in charge of their group, if any.";
        no_account_namesake: "Chatwork に同じ名前の人がひとりいます。", "There is one person of that name in Chatwork.";
        nobody_in_charge: "「{name}」の担当者に通知できる人がいません。", "Nobody in charge of “{name}” can be notified.";
        nobody_in_charge_fix: "ダイレクトの代わりにルームに届きます。担当者を決めてください。", "Direct calls go to a room instead. Choose who is in charge.";
        nobody_mentioned: "{names}を呼び出しても、誰にも To が付きません。", "Calls to {names} mention nobody.";
        nobody_mentioned_fix: "ルームにメッセージだけが届きます。担当者を決めると気づきやすくなります。", "Only the message arrives. Choose who is in charge so that somebody is notified.";
        absent_with_delegates: "{name}さんは不在で、代理の担当者も全員不在です。", "{name} is absent, and so is everybody who stands in.";
        absent_alone: "{name}さんは不在で、代理の担当者がいません。", "{name} is absent and nobody stands in.";
        absent_fix: "不在の間に来訪があると、気づかれないかもしれません。代理の担当者を決めてください。", "Visits may go unnoticed meanwhile. Choose somebody to stand in.";
        empty_menu: "「{name}」のメニューにボタンがありません。", "The menu of “{name}” has no buttons.";
        empty_menu_fix: "来訪者は誰も呼び出せません。", "Visitors can call nobody there.";
        not_paired: "「{name}」はタブレットとペアリングされていません。", "“{name}” is not paired with a tablet.";
        not_paired_fix: "デバイスを開き、ペアリングコードをタブレットに入力してください。", "Open the device and enter its pairing code on the tablet.";
        events_held_back: "「{name}」に、届いたことの知らせや設定の変更がすぐに伝わりません。途中のプロキシが知らせをためています。", "News reaches “{name}” late: a proxy in between holds events back.";
        events_cut: "「{name}」への知らせの接続が、途中のプロキシで何度も切られています。", "A proxy in between keeps cutting the event stream of “{name}”.";
        late_events_fix: "呼び出しは届きますが、タブレットの表示が数秒遅れます。プロキシが /api/events をためたり途中で切ったりしないように設定してください。nginx と Caddy の設定例が README にあります。", "Calls arrive, but the tablet shows it some seconds late. Set the proxy to neither buffer nor cut /api/events; the README has lines for nginx and Caddy.";
        unreachable_groups: "{names}は、どのボタンからも呼び出せません。", "No button leads to {names}.";
        unreachable_groups_fix: "使わないグループならそのままで構いません。", "That is fine for groups you do not use.";
        request_waiting: "{name}さんのコンタクト申請が届いています。", "{name} asks to become the bot's contact.";
        request_waiting_fix: "承認すると、ダイレクトで通知できるようになります。", "Once accepted, they can be notified directly.";
    }
}
