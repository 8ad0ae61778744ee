//! A signed-in admin. Everything that only admins may ask is a method here, so no page can ask
//! without one; an answer of "sign in first" ends the session wherever it comes from.

use std::future::Future;

use leptos::prelude::*;
use yobirin_api::ErrorCode;
use yobirin_api::account::{Account, BothSteps, Enrolment, RecoveryCodes};
use yobirin_api::call::CallPage;
use yobirin_api::chatwork::{Connection, ContactRequest, Listing, NewRoom, Person, Room, Traffic};
use yobirin_api::device::{DeviceStatus, PairingCode};
use yobirin_api::message::{SentMessage, TestMessage};
use yobirin_api::personal::{HostLink, PersonalLink};
use yobirin_api::session::{ChangePassword, OpenSession, Reauthenticate, Session};
use yobirin_api::settings::SavedVersion;
use yobirin_domain::model::id::{CallId, DeviceId, HostId, RoomId};
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_domain::routing::Destination;

use crate::api::client;
use crate::api::response::{ApiResult, WithEtag};
use crate::api::{account, personal};

/// An admin's session.
#[derive(Clone, Copy)]
pub(crate) struct AdminClient {
    /// Told when the relay no longer knows the session.
    lost: Callback<()>,
    demo: bool,
    version: StoredValue<String>,
}

impl AdminClient {
    /// The admin of a session, if it has one.
    pub(crate) fn of(session: &Session, lost: Callback<()>) -> Option<Self> {
        session.admin.then(|| Self {
            lost,
            demo: session.demo,
            version: StoredValue::new(session.version.clone()),
        })
    }

    /// True when Chatwork is simulated.
    pub(crate) fn is_demo(self) -> bool {
        self.demo
    }

    /// Version of the relay.
    pub(crate) fn version(self) -> String {
        self.version.get_value()
    }

    async fn asked<T>(self, request: impl Future<Output = ApiResult<T>>) -> ApiResult<T> {
        let answer = request.await;
        if let Err(error) = &answer
            && error.code() == Some(ErrorCode::NotSignedIn)
        {
            self.lost.try_run(());
        }
        answer
    }

    pub(crate) async fn sign_out(self) -> ApiResult<()> {
        client::logout().await
    }

    pub(crate) async fn connection(self) -> ApiResult<Connection> {
        self.asked(client::connection()).await
    }

    pub(crate) async fn connect(self, token: &str) -> ApiResult<Connection> {
        self.asked(client::connect(token)).await
    }

    pub(crate) async fn disconnect(self) -> ApiResult<()> {
        self.asked(client::disconnect()).await
    }

    pub(crate) async fn rooms(self) -> ApiResult<Listing<Room>> {
        self.asked(client::rooms()).await
    }

    pub(crate) async fn members(self, room: RoomId) -> ApiResult<Listing<Person>> {
        self.asked(client::members(room)).await
    }

    pub(crate) async fn contacts(self) -> ApiResult<Listing<Person>> {
        self.asked(client::contacts()).await
    }

    pub(crate) async fn make_room(self, new: NewRoom) -> ApiResult<Room> {
        self.asked(client::make_room(&new)).await
    }

    pub(crate) async fn contact_requests(self) -> ApiResult<Listing<ContactRequest>> {
        self.asked(client::contact_requests()).await
    }

    pub(crate) async fn accept_contact(self, id: u64) -> ApiResult<()> {
        self.asked(client::accept_contact(id)).await
    }

    pub(crate) async fn traffic(self) -> ApiResult<Traffic> {
        self.asked(client::traffic()).await
    }

    pub(crate) async fn test_message(self, to: Option<Destination>) -> ApiResult<SentMessage> {
        let test = TestMessage { to };
        self.asked(client::test_message(&test)).await
    }

    pub(crate) async fn settings(self) -> ApiResult<Option<WithEtag>> {
        self.asked(client::settings(None)).await
    }

    pub(crate) async fn save_settings(self, document: String, etag: &str) -> ApiResult<String> {
        self.asked(client::save_settings(document, etag)).await
    }

    pub(crate) async fn devices(self) -> ApiResult<Vec<DeviceStatus>> {
        self.asked(client::devices()).await
    }

    pub(crate) async fn pairing_code(self, device: DeviceId) -> ApiResult<PairingCode> {
        self.asked(client::pairing_code(&device)).await
    }

    pub(crate) async fn unpair(self, device: DeviceId) -> ApiResult<()> {
        self.asked(client::unpair(&device)).await
    }

    pub(crate) async fn reload_device(self, device: DeviceId) -> ApiResult<()> {
        self.asked(client::reload_device(&device)).await
    }

    pub(crate) async fn account(self) -> ApiResult<Account> {
        self.asked(account::account()).await
    }

    pub(crate) async fn change_password(self, change: ChangePassword) -> ApiResult<()> {
        self.asked(account::change_password(&change)).await
    }

    pub(crate) async fn reauthenticate(self, proof: Reauthenticate) -> ApiResult<()> {
        self.asked(account::reauthenticate(&proof)).await
    }

    pub(crate) async fn enrol(self, password: String) -> ApiResult<Enrolment> {
        self.asked(account::enrol(password)).await
    }

    pub(crate) async fn confirm_second_step(self, code: String) -> ApiResult<RecoveryCodes> {
        self.asked(account::confirm_second_step(code)).await
    }

    pub(crate) async fn switch_second_step_off(self, proof: BothSteps) -> ApiResult<()> {
        self.asked(account::switch_second_step_off(&proof)).await
    }

    pub(crate) async fn new_recovery_codes(self, proof: BothSteps) -> ApiResult<RecoveryCodes> {
        self.asked(account::new_recovery_codes(&proof)).await
    }

    pub(crate) async fn sessions(self) -> ApiResult<Vec<OpenSession>> {
        self.asked(account::sessions()).await
    }

    pub(crate) async fn end_session(self, id: String) -> ApiResult<()> {
        self.asked(account::end_session(&id)).await
    }

    pub(crate) async fn host_links(self) -> ApiResult<Vec<HostLink>> {
        self.asked(personal::host_links()).await
    }

    pub(crate) async fn make_host_link(self, host: HostId) -> ApiResult<PersonalLink> {
        self.asked(personal::make_host_link(&host)).await
    }

    pub(crate) async fn send_host_link(
        self,
        host: HostId,
        link: PersonalLink,
    ) -> ApiResult<SentMessage> {
        self.asked(personal::send_host_link(&host, &link)).await
    }

    pub(crate) async fn message(self, id: CallId) -> ApiResult<SentMessage> {
        self.asked(personal::message(id)).await
    }

    pub(crate) async fn revoke_host_link(self, host: HostId) -> ApiResult<()> {
        self.asked(personal::revoke_host_link(&host)).await
    }

    pub(crate) async fn calls(self, before: Option<CallId>, filter: String) -> ApiResult<CallPage> {
        self.asked(client::calls(before, &filter)).await
    }

    pub(crate) async fn versions(self) -> ApiResult<Vec<SavedVersion>> {
        self.asked(client::versions()).await
    }

    pub(crate) async fn settings_at(self, number: u64) -> ApiResult<SettingsDocument> {
        self.asked(client::settings_at(number)).await
    }
}
