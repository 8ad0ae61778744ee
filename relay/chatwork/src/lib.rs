//! Client of Chatwork's API, version 2: transport, wire types, classification of responses, and the permits that keep
//! its limits, by the rules of `domain::chatwork_rate_limit`. The outbox of `yobirin-relay` decides which messages are posted.
//!
//! This page lists all facts about the API on which the repository relies. Each has its source: \[doc\] is
//! Chatwork's own documentation or change log, \[code\] is code that Chatwork publishes, \[clients\] is reported
//! from the live API by public clients, \[?\] is undocumented, so that the code must work with or without it.
//!
//! # Transport and authentication
//!
//! - Base address `https://api.chatwork.com/v2`, https only \[doc\]. Chatwork allows no cross-origin calls.
//! - The header `x-chatworktoken` holds the token, which never goes into a URL \[doc\]. A token has 32 letters and
//!   digits \[clients\], does not expire and gives full access to the account \[doc\].
//! - A message is authored by the token's owner, for whom own posts are not unread: hence an account of its own for
//!   the bot \[doc\].
//! - Parameters of POST and PUT are read from the body only, as `application/x-www-form-urlencoded` in UTF-8, since
//!   2025-07-03 \[doc\]. A JSON body is answered 400 \[clients\]. Lists of ids are separated by commas \[doc\].
//! - The parameter `body` has 1 to 65535 units \[doc\] of a kind that is not stated; 80,000 ASCII characters are
//!   answered 400 \[clients\].
//! - Responses are JSON. A `message_id` is a string that holds a 64-bit integer; ids of rooms and accounts are JSON
//!   integers \[doc\]. Unset texts of a profile are `""`.
//! - Empty lists of contacts, messages and incoming requests are answered 204 without a body \[clients\].
//! - On the free plan the header `chatwork-message-limitation: true` says that messages are hidden: a 204, or a 404
//!   on one message, then does not mean that there is none (since 2022-09-06) \[doc\].
//! - There is no paging, and no idempotency key: a timeout after a POST has an unknown outcome.
//!
//! # Errors
//!
//! Chatwork's own errors have the form `{"errors": ["…"]}` \[doc\]. Server errors, and proxies on the way, may answer
//! with anything.
//!
//! | status | text or meaning | source |
//! |---|---|---|
//! | 400 | `Parameter 'body' is required`, and other invalid parameters | doc |
//! | 401 | `Invalid API token`, in upper or lower case | doc, clients |
//! | 403 | the room is unknown, or the bot may not post there | clients |
//! | 404 | documented only for ids of messages, tasks and files; also an unknown path | doc, clients |
//! | 429 | `Rate limit for message posting per room exceeded.` for the room limit | doc |
//! | 429 | general limit, with a text that is not documented | ? |
//!
//! # Limits
//!
//! - 300 requests per 5 minutes and token. `x-ratelimit-limit`, `x-ratelimit-remaining` and `x-ratelimit-reset`, in
//!   Unix seconds, state the count \[doc\]. The window may be fixed or sliding \[?\]. Chatwork's own client trusts the
//!   reset when it is in the future and at most 5 minutes away \[code\].
//! - 10 posts per 10 seconds and room, messages and tasks together. After the 429 a wait of about 10 seconds is asked
//!   for; there is no `Retry-After` \[doc\].
//!
//! # Calls in use
//!
//! | request | parameters | response |
//! |---|---|---|
//! | `GET /me` | | the token's account |
//! | `GET /contacts` | | accounts, each with `room_id` of the private chat |
//! | `GET /rooms` | | rooms of type `my`, `direct` or `group`, with `last_update_time` and `message_num` |
//! | `GET /rooms/{id}/members` | | accounts, each with `role`: `admin`, `member` or `readonly` |
//! | `POST /rooms` | `name`, `members_admin_ids` | `room_id` |
//! | `POST /rooms/{id}/messages` | `body`, `self_unread` (0 or 1) | `message_id` |
//! | `POST /rooms/{id}/tasks` | `body`, `to_ids`, `limit` in Unix seconds, `limit_type` | `task_ids`, one per person |
//! | `GET /rooms/{id}/tasks` | `assigned_by_account_id`, `status`: the latest 100 | tasks with `body` |
//! | `GET /rooms/{id}/messages` | `force=1`: the latest 100 | author, body, `send_time`, `update_time` |
//! | `PUT /rooms/{id}/messages/{id}` | `body` | `message_id`; notifies nobody |
//! | `GET /incoming_requests`, `PUT /incoming_requests/{id}` | | requests to become a contact; accepts one |
//!
//! `force=0` returns only messages that the account has not read yet. Chatwork keeps one read cursor per account and
//! room, which all readers of the account share, so `force=1` is used.
//!
//! # Webhooks
//!
//! An account has at most 5, made on Chatwork's own page and for `https:` only. `mention_to_me` is sent for a mention
//! of the account in any room and for a reply to it. The header `x-chatworkwebhooksignature` holds
//! `base64(HMAC-SHA256(base64-decoded webhook token, raw body))`. An event is to be answered 200 with at most 2,048
//! bytes; it is never sent again, and a webhook whose events fail too often is switched off \[doc\].
//!
//! # Notation
//!
//! `[To:{account}]` mentions a member of the room; an unknown id posts without a mention \[clients\]. There is no
//! official way to escape tags; `domain::message::escape` makes a visitor's words harmless.

mod account;
mod classify;
mod clock;
mod contact_cache;
mod error;
mod gateway;
mod permit;
#[cfg(test)]
mod properties;
mod token;
mod transport;
mod webhook;
mod wire;

pub use account::Account;
pub use classify::{PostOutcome, RecentLookup};
pub use clock::Clock;
pub use error::GatewayError;
pub use gateway::ChatworkGateway;
pub use permit::{Limits, Permit};
pub use token::Token;
pub use transport::{
    API_URL, CHATWORK_UNREACHABLE, ClientBuildError, Timeouts, Transport, TransportError,
    is_loopback,
};
pub use webhook::{WEBHOOK_SIGNATURE_HEADER, is_signed, is_webhook_token, mentioned_in};
pub use yobirin_domain::chatwork_rate_limit::Purpose;
