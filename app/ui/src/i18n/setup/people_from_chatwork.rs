//! Words of the page that adds people from Chatwork.
use super::words;

words! {
    /// People, departments and rooms that the bot sees.
    PeopleFromChatwork {
        title: "Chatwork から追加", "Add from Chatwork";
        lead: "Bot のコンタクトとルームのメンバーから、担当者・グループ・ルームをまとめて登録します。何度開いても、登録済みの人が重複することはありません。", "Adds hosts, groups and rooms from the bot's contacts and the members of its rooms. Nobody is added twice, however often you open it.";
        open: "Chatwork から追加", "Add from Chatwork";
        not_connected: "先に Chatwork に接続してください。", "Connect to Chatwork first.";
        to_chatwork: "Chatwork のページへ", "To the Chatwork page";
        reading: "Chatwork から読み込んでいます…", "Reading from Chatwork…";
        reading_members: "ルームのメンバーを読み込んでいます（{done} / {total}）", "Reading the members of rooms ({done} of {total})";
        partly_read: "読み込めなかったルームがあります。いなくなった人は、すべて読み込めたときだけ表示します。", "Some rooms could not be read. People who are gone are listed only when everything was read.";
        read_again: "もう一度読み込む", "Read again";
        add: "{count} 人を追加", "Add {count} {person|people}";
        apply: "選んだ内容を反映", "Apply the choice";
        all_known: "Chatwork の {count} 人は全員、登録済みです。", "{count} {person|people} in Chatwork, all added already.";
        known: "登録済み：{count} 人", "Added already: {count}";
        applied: "{count} 人を追加しました。", "{count} {person|people} added.";
        applied_linked: "登録済みの {count} 人にアカウントID を設定しました。", "{count} {host|hosts} got a Chatwork account.";
        applied_groups: "{count} グループを作りました。", "{count} {group|groups} made.";
        applied_rooms: "{count} グループにルームを設定しました。", "{count} {group|groups} got a room.";
        applied_removed: "{count} 人を担当者から外しました。", "{count} {host|hosts} removed.";
        save_it: "保存すると受付で使われます。", "Save, and the reception uses it.";
        people: "追加する人", "People to add";
        no_department: "部署なし", "No department";
        members: "ルームのメンバー（コンタクトではない人）", "Members of rooms who are not contacts";
        members_lead: "Bot のコンタクトではないため、ダイレクト通知は届きません。ルームでの呼びかけ（To）は届きます。", "They cannot be notified in a private chat, because they are not contacts of the bot. Mentions in rooms reach them.";
        link: "登録済みの担当者にアカウントを設定", "Sets the account of an existing host";
        same_name: "同じ名前の担当者がいます", "A host has the same name";
        select_all: "{name}の全員", "Everyone: {name}";
        more: "残りの {count} 人も表示", "Show the other {count}";
        no_kana: "よみがなは Chatwork にありません。あとで担当者のページか名簿の取り込みで入れると、五十音でも探せます。", "Chatwork has no readings. Add them on the hosts' pages or by an import, and visitors find people by kana too.";
        departments: "部署をグループにする", "Make departments groups";
        departments_hint: "追加する人を、Chatwork の部署と同じ名前のグループに入れます（新しいグループ：{count}）。", "Puts the people into groups named like their departments in Chatwork (new groups: {count}).";
        rooms: "グループのルーム", "Rooms of groups";
        rooms_lead: "名前が合うルームです。外したグループへの通知は、acallルーム（共通ルーム）に届きます。", "Rooms whose names fit. Calls of a group without one go to the default room.";
        room_same_name: "同じ名前", "Same name";
        room_same_word: "「ルーム」などを除くと同じ名前", "Same name apart from a word such as “room”";
        gone: "Chatwork にいなくなった人", "People who are gone from Chatwork";
        gone_lead: "担当者のアカウントが、Bot のコンタクトにもルームにも見つかりません。外す人を選んでください。", "Their accounts are neither contacts of the bot nor members of its rooms. Choose whom to remove.";
        gone_remove: "{name}さんを担当者から外す", "Remove {name}";
        contacts_none: "Bot のコンタクトにまだ誰もいません。Chatwork で Bot にコンタクト申請を送ってもらい、承認してください。", "The bot has no contacts yet. Have people send the bot a contact request in Chatwork, and accept them.";
        import_instead: "名簿のファイルを取り込む", "Import a list instead";
    }
}
