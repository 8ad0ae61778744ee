//! Bot messages, such as a test or a personal link, in the outbox beside the deliveries of calls. A bot message belongs
//! to no call or tablet, though its id is made like a call's, and is not in the history. A delivery without a device is a
//! bot message. Its text is erased once it is final: it may hold a link that signs somebody in.

use yobirin_api::Millis;
use yobirin_api::message::SentMessage;
use yobirin_domain::bot_message::BotMessage;
use yobirin_domain::model::id::CallId;

use super::{Store, StoreError, Transaction, deliveries, from_bigint, parse_id};

impl Store {
    /// Returns the state of a bot message.
    pub async fn bot_message(&self, id: CallId) -> Result<Option<SentMessage>, StoreError> {
        let row: Option<(String, String, i64)> = sqlx::query_as(
            "SELECT destination, state, expires_at FROM deliveries WHERE bot_message_id = $1",
        )
        .bind(id.to_string())
        .fetch_optional(self.read().await?)
        .await?;
        row.map(|(destination, state, expires)| {
            Ok(SentMessage {
                id,
                to: parse_id(&destination)?,
                state: serde_json::from_str(&state)?,
                expires: from_bigint(expires),
            })
        })
        .transpose()
    }
}

impl Transaction {
    /// Stores a bot message to be sent.
    pub async fn add_bot_message(
        &mut self,
        message: &BotMessage,
        now: Millis,
    ) -> Result<(), StoreError> {
        let outgoing = deliveries::NewDelivery {
            id: message.id,
            device: None,
            index: 0,
            to: message.to,
            text: &message.text,
            accepted_at: now,
            expires_at: message.expires,
            retracts: None,
            after_seconds: None,
        };
        self.add_delivery(outgoing, now).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use yobirin_domain::model::delivery::{DeliveryState, DeliveryUpdate};
    use yobirin_domain::routing::Destination;

    use super::*;
    use crate::CommitListener;

    #[tokio::test]
    async fn the_text_of_a_final_message_is_erased() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("yobirin.db");
        let store = Store::open_file(&file, "test", CommitListener::default())
            .await
            .unwrap();
        let id = CallId::new(1, &[7; 10]);
        let mut transaction = store.begin().await.unwrap();
        let message = BotMessage {
            id,
            to: Destination::Room(7.try_into().unwrap()),
            text: "a link".to_owned(),
            expires: 100,
        };
        transaction.add_bot_message(&message, 1).await.unwrap();
        transaction.commit().await.unwrap();
        let head = &store.heads(1).await.unwrap()[0];
        let mut transaction = store.begin().await.unwrap();
        let delivery = transaction
            .lease(head, 50, 1)
            .await
            .unwrap()
            .expect("leased");
        assert_eq!(
            (delivery.body.as_str(), delivery.device.is_none()),
            ("a link", true)
        );
        let update = DeliveryUpdate::end(DeliveryState::Expired);
        assert!(
            transaction
                .record_result(&delivery, None, update, 2)
                .await
                .unwrap()
        );
        transaction.commit().await.unwrap();
        let body: String = sqlx::query_scalar("SELECT body FROM deliveries")
            .fetch_one(store.read().await.unwrap())
            .await
            .unwrap();
        assert_eq!(body, "");
        let message = store.bot_message(id).await.unwrap().expect("a message");
        assert_eq!(message.state, DeliveryState::Expired);
    }
}
