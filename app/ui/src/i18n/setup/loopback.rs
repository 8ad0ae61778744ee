//! Words about links that only this machine can open.
use super::words;

words! {
    /// Warnings beside such links.
    Loopback {
        only_here: "このリンクは、この PC でしか開けません。", "Only this computer can open this link.";
        send_question: "この PC でしか開けないリンクを送りますか", "Send a link that only this computer can open?";
        send_explanation: "受け取った人の端末では開けません。使えるリンクにする方法は、リンクの下に書いてあります。", "It does not open on the recipient's device. How to get a link that does is explained below the link.";
        send_anyway: "それでも送る", "Send it anyway";
        what_to_do: "受付の設定を、ほかの端末からも開けるアドレス（例：https://reception.example.jp、http://192.168.1.10:8080）で開き直すと、使えるリンクになります。開けないときは、設置した人にサーバーの起動オプション --listen と --public-url を確かめてもらってください。", "Open these pages at an address that other devices can reach, such as https://reception.example.com or http://192.168.1.10:8080, and the link works for them too. If there is no such address, ask whoever installed the server to check its options --listen and --public-url.";
    }
}
