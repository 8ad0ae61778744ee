//! Words of the page that adds people from Chatwork.
use super::words;

words! {
    /// Texts of the page: people, departments and rooms that the bot sees.
    PeopleFromChatwork {
        title: "Chatwork から追加", "Add from Chatwork";
        lead: "Bot のコンタクトとルームのメンバーから、担当者・グループ・ルームをまとめて登録します。何度開いても、登録済みの人が重複することはありません。", "Adds hosts, groups and rooms from the bot's contacts and the members of its rooms. You can open this page again at any time; nobody is added twice.";
        open: "Chatwork から追加", "Add from Chatwork";
        not_connected: "先に Chatwork に接続してください。", "Connect to Chatwork first.";
        to_chatwork: "Chatwork のページへ", "Go to the Chatwork page";
        reading: "Chatwork から読み込んでいます…", "Reading from Chatwork…";
        reading_members: "ルームのメンバーを読み込んでいます（{done} / {total}）", "Reading room members ({done} of {total})";
        partly_read: "読み込めなかったルームがあります。いなくなった人は、すべて読み込めたときだけ表示します。", "Some rooms could not be read. People who are gone are listed only once everything has been read.";
        read_again: "もう一度読み込む", "Read again";
        add: "{count} 人を追加", "Add {count} {person|people}";
        apply: "選んだ内容を反映", "Apply the selection";
        all_known: "Chatwork の {count} 人は全員、登録済みです。", "Nobody new in Chatwork: {count} {person|people}, all added already.";
        known: "登録済みの担当者のうち、Chatwork アカウントがある人：{count} 人", "Hosts added already, with a Chatwork account: {count}";
        applied: "{count} 人を追加しました。", "{count} {person|people} added.";
        applied_linked: "登録済みの {count} 人にアカウントID を設定しました。", "Account IDs set for {count} existing hosts.";
        applied_groups: "{count} グループを作りました。", "Groups created: {count}.";
        applied_rooms: "{count} グループにルームを設定しました。", "Rooms set for groups: {count}.";
        applied_in_charge: "{count} グループの担当者を決めました。", "People in charge chosen for groups: {count}.";
        applied_removed: "{count} 人を担当者から外しました。", "Hosts removed: {count}.";
        save_it: "保存すると受付に反映されます。", "Save to apply this at the reception.";
        people: "追加する人", "People to add";
        no_department: "部署なし", "No department";
        members: "ルームのメンバー（コンタクトではない人）", "Members of rooms who are not contacts";
        members_lead: "Bot のコンタクトではないため、ダイレクト通知は届きません。ルームでの呼びかけ（To）は届きます。", "They are not contacts of the bot, so direct notifications do not reach them. Mentions (To) in rooms do.";
        link: "登録済みの担当者にアカウントID を設定", "Sets the account ID of an existing host";
        same_name: "同じ名前の担当者がいます", "There is a host with the same name";
        select_all: "{name}の全員", "Select everyone: {name}";
        more: "残りの {count} 人も表示", "Show {count} more";
        no_kana: "Chatwork にはふりがながありません。漢字の名前は、ふりがなを入れるまで、ひらがなやローマ字で探しても見つかりません。あとで担当者のページか名簿の取り込みで入れてください。", "Chatwork has no furigana. Until you enter it, visitors who type kana or Latin letters do not find names in kanji. Add it later on the hosts' pages or by importing a list.";
        departments: "部署をグループにする", "Turn departments into groups";
        departments_hint: "追加する人を、Chatwork の部署と同じ名前のグループに入れます。", "Puts people into groups named after their departments in Chatwork.";
        departments_new: "{count} グループを新しく作ります。", "{count} new {group|groups} will be made.";
        groups: "グループごとの設定（任意）", "Settings for each group (optional)";
        group_rooms_lead: "ルームを選ぶと、そのグループへのルーム通知がそこに届きます。名前が合うルームは選んであります。選ばなければ、上のグループのルームか acallルーム（共通ルーム）に届きます。", "Room notifications for a group go to the room you choose. A room with a matching name is chosen already. Without one, they go to the room of the group above or to the common room.";
        group_in_charge_lead: "グループの担当者は、そのグループが呼び出されたときに応対する人です。ダイレクト通知はこの人に届き、ルーム通知ではこの人に To が付きます。あとからグループのページで増やしたり変えたりできます。", "The person in charge answers when the group is called: direct notifications go to them, and room notifications mention them. You can change this and add more people later on the group's page.";
        group_room: "ルーム", "Room";
        group_room_none: "（専用のルームなし）", "(no room of its own)";
        group_in_charge: "グループの担当者", "Person in charge";
        in_charge_later: "（あとで決める）", "(decide later)";
        more_groups: "残りの {count} グループも表示", "Show {count} more";
        room_proposed: "{room}（名前が一致）", "{room} (name matches)";
        gone: "Chatwork で見つからなくなった人", "People no longer found in Chatwork";
        gone_lead: "担当者のアカウントが、Bot のコンタクトにもルームにも見つかりません。外す人を選んでください。", "Their accounts are neither contacts of the bot nor members of its rooms. Choose whom to remove.";
        gone_remove: "{name}さんを担当者から外す", "Remove {name}";
        contacts_none: "Bot のコンタクトにまだ誰もいません。Chatwork で Bot にコンタクト申請を送ってもらい、承認してください。", "The bot has no contacts yet. Ask people to send the bot a contact request in Chatwork, then accept the requests.";
        import_instead: "名簿のファイルを取り込む", "Import a list instead";
    }
}
