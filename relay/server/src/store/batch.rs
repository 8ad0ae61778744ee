//! Accepting calls together: whoever gets the writer's turn accepts for all who wait, and one commit
//! is shared by all of them. Alone, a call waits for nobody.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedMutexGuard, oneshot};

use super::writer::Writer;
use super::{Accepted, Store, StoreError, Submitted};

/// Calls in one commit at most.
const AT_ONCE: usize = 200;

type Waiting = (Submitted, oneshot::Sender<Result<Accepted, StoreError>>);

/// Who waits for the next commit. Clones share.
#[derive(Clone, Debug, Default)]
pub(super) struct Batch(Arc<Mutex<Vec<Waiting>>>);

impl Batch {
    /// True when nobody is on the way to accept those who wait.
    fn push(&self, waiting: Waiting) -> bool {
        let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        queue.push(waiting);
        queue.len() == 1
    }

    /// Some of those who wait, and whether there are more.
    fn take(&self) -> (Vec<Waiting>, bool) {
        let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let some = queue.len().min(AT_ONCE);
        let taken = queue.drain(..some).collect();
        (taken, !queue.is_empty())
    }
}

impl Store {
    /// Keeps a call, with whichever others are handed in at the same time; returns when it is on
    /// disk.
    pub(crate) async fn accept(&self, call: Submitted) -> Result<Accepted, StoreError> {
        let (told, done) = oneshot::channel();
        if self.batch.push((call, told)) {
            // A task of its own: others share the commit of whoever goes away.
            let store = self.clone();
            tokio::spawn(async move { while store.accept_waiting().await {} });
        }
        done.await.map_err(|_| StoreError::Stopped)?
    }

    /// Accepts some of those who wait; true when there are more.
    async fn accept_waiting(&self) -> bool {
        let turn = self.lock_writer().await;
        let (batch, are_more) = self.batch.take();
        let (calls, tellers): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
        let accepted = match turn {
            Ok(turn) => self.accept_all(turn, &calls).await,
            Err(error) => Err(error),
        };
        match self.last_write.note(accepted) {
            Ok(accepted) => {
                self.last_write.works();
                for (teller, accepted) in tellers.into_iter().zip(accepted) {
                    // Whoever went away asks again and is told then.
                    let _ = teller.send(Ok(accepted));
                }
            }
            // One of them cannot be kept: alone, the others can.
            Err(error) if calls.len() > 1 && error.trouble().is_none() => {
                tracing::error!(%error, calls = calls.len(), "calls that share a commit are tried alone");
                for (call, teller) in calls.iter().zip(tellers) {
                    let _ = teller.send(self.accept_alone(call).await);
                }
            }
            Err(error) => {
                let error = Arc::new(error);
                for teller in tellers {
                    let _ = teller.send(Err(StoreError::Shared(error.clone())));
                }
            }
        }
        are_more
    }

    async fn accept_alone(&self, call: &Submitted) -> Result<Accepted, StoreError> {
        let turn = self.lock_writer().await?;
        let accepted = self.accept_all(turn, std::slice::from_ref(call)).await;
        let accepted = self.last_write.note(accepted)?.pop();
        accepted.ok_or(StoreError::Stopped)
    }

    async fn accept_all(
        &self,
        turn: OwnedMutexGuard<Writer>,
        calls: &[Submitted],
    ) -> Result<Vec<Accepted>, StoreError> {
        let mut write = self.begin_in(turn).await?;
        let accepted = write.add_calls(calls).await?;
        write.commit_here().await?;
        Ok(accepted)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use yobirin_api::call::Call;
    use yobirin_domain::model::call::Visitor;
    use yobirin_domain::model::id::{CallId, DeviceId};
    use yobirin_domain::routing::{Destination, Target};

    use super::*;
    use crate::events::EventBus;

    fn call(number: u8) -> Submitted {
        let random = [number; 16];
        let id = CallId::new(1_800_000_000_000, random.first_chunk().unwrap());
        let device: DeviceId = "lobby".parse().unwrap();
        let text = format!("お客様です {}", id.reference());
        let to = Destination::Room(7.try_into().unwrap());
        let call = Call {
            button: "reception".parse().unwrap(),
            target: Target::Group("soumu".parse().unwrap()),
            visitor: Visitor::default(),
            tapped: 1,
            deadline: 2,
            deliveries: vec![yobirin_api::call::Outgoing {
                to,
                text,
                retraction: None,
            }],
            fallback: None,
            trace: Vec::new(),
        };
        Submitted {
            id,
            device,
            request: serde_json::to_string(&call).unwrap(),
            call: Arc::new(call),
            expires: 2,
            now: 1,
        }
    }

    async fn store(folder: &std::path::Path) -> Store {
        Store::open_file(&folder.join("yobirin.db"), "test", EventBus::default())
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn calls_that_wait_together_share_a_commit_and_each_is_answered() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path()).await;
        let turn = store.writer.clone().lock_owned().await;
        let mut waiting = Vec::new();
        for number in [1, 2, 3, 2] {
            let store = store.clone();
            waiting.push(tokio::spawn(
                async move { store.accept(call(number)).await },
            ));
        }
        while store.batch.0.lock().unwrap().len() < 4 {
            tokio::task::yield_now().await;
        }
        drop(turn);
        let mut accepted = 0;
        for task in waiting {
            let is_new = task.await.unwrap().unwrap() != Accepted::Taken;
            accepted += usize::from(is_new);
        }
        assert_eq!(accepted, 3, "the one that came twice is new once");
        assert_eq!(store.last_event().await.unwrap(), 3);
    }

    #[tokio::test]
    async fn a_call_that_cannot_be_kept_fails_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = store(folder.path()).await;
        let mut write = store.begin().await.unwrap();
        sqlx::query(
            "CREATE TRIGGER refuse BEFORE INSERT ON deliveries WHEN NEW.lane = 'room:13' \
             BEGIN SELECT RAISE(ABORT, 'refused'); END",
        )
        .execute(write.connection())
        .await
        .unwrap();
        write.commit().await.unwrap();
        let turn = store.writer.clone().lock_owned().await;
        let mut waiting = Vec::new();
        for number in [1, 2, 3] {
            let (store, mut call) = (store.clone(), call(number));
            if number == 2 {
                let mut bad = (*call.call).clone();
                bad.deliveries[0].to = Destination::Room(13.try_into().unwrap());
                call.call = Arc::new(bad);
            }
            waiting.push(tokio::spawn(async move { store.accept(call).await }));
        }
        while store.batch.0.lock().unwrap().len() < 3 {
            tokio::task::yield_now().await;
        }
        drop(turn);
        let mut ends = Vec::new();
        for task in waiting {
            ends.push(task.await.unwrap().is_ok());
        }
        assert_eq!(ends, [true, false, true]);
        let kept: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM calls")
            .fetch_one(&store.reads)
            .await
            .unwrap();
        assert_eq!(kept, 2, "nothing of the second was kept");
    }

    /// `cargo test -p yobirin-relay --release -- --ignored --nocapture shared_commit`
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    #[ignore = "a measurement"]
    #[allow(clippy::print_stderr)]
    async fn what_a_shared_commit_is_worth() {
        for at_once in [1_u8, 8, 64] {
            let folder = tempfile::tempdir_in(".").unwrap();
            let store = store(folder.path()).await;
            let began = Instant::now();
            let mut alone = 0;
            while began.elapsed().as_secs() < 2 {
                let mut tasks = Vec::new();
                for _ in 0..at_once {
                    let store = store.clone();
                    let mut one = call(0);
                    one.id = CallId::new(1_800_000_000_000, &rand::random());
                    tasks.push(tokio::spawn(async move {
                        let mut write = store.begin().await.unwrap();
                        write.add_calls(&[one]).await.unwrap();
                        write.commit().await.unwrap();
                    }));
                }
                for task in tasks {
                    task.await.unwrap();
                    alone += 1;
                }
            }
            let (began, mut together) = (Instant::now(), 0);
            while began.elapsed().as_secs() < 2 {
                let mut tasks = Vec::new();
                for _ in 0..at_once {
                    let store = store.clone();
                    let mut one = call(0);
                    one.id = CallId::new(1_800_000_000_000, &rand::random());
                    tasks.push(tokio::spawn(
                        async move { store.accept(one).await.unwrap() },
                    ));
                }
                for task in tasks {
                    task.await.unwrap();
                    together += 1;
                }
            }
            eprintln!(
                "{at_once} at once: {} accepts/s one by one, {} together",
                alone / 2,
                together / 2
            );
        }
    }
}
