-- Schema of the relay, for SQLite and PostgreSQL: TEXT and BIGINT only. Times are milliseconds since 1970.
-- Records that are never searched are JSON.

-- Number of the latest event or notice. Every writing transaction locks this row first, so numbers become
-- visible in their order.
CREATE TABLE event_counter (
    id BIGINT PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO event_counter (id, value) VALUES (1, 0);

-- One row at most.
CREATE TABLE admin_password (
    id BIGINT PRIMARY KEY,
    password_hash TEXT NOT NULL,
    set_at BIGINT NOT NULL
);

-- Sessions of the admin, whose `host_id` is NULL, and of hosts' own pages. `on_tablet` is 1 when the browser is paired
-- as a tablet: the session is short. `reauthenticated_at` is when the admin last entered password and second factor again.
CREATE TABLE sessions (
    secret_hash TEXT PRIMARY KEY,
    host_id TEXT,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    on_tablet BIGINT NOT NULL DEFAULT 0,
    reauthenticated_at BIGINT
);

-- Second factor of signing in (TOTP), one row at most. It is in force once `confirmed_at` is set. Codes up to the
-- time step `last_time_step` are used up.
CREATE TABLE totp (
    id BIGINT PRIMARY KEY,
    encrypted_secret TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    last_time_step BIGINT NOT NULL
);

-- Unused recovery codes.
CREATE TABLE recovery_codes (
    code_hash TEXT PRIMARY KEY
);

-- Link made by `reset-password`, which opens the first run once more. One row at most.
CREATE TABLE password_reset_link (
    id BIGINT PRIMARY KEY,
    link_hash TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Chatwork account in use, one row at most. `refused_since` is set while Chatwork refuses the token, `probed_at` is
-- the time of the last probe, `outage_since` to `outage_until` the latest refusal that has ended.
CREATE TABLE chatwork_connection (
    id BIGINT PRIMARY KEY,
    encrypted_token TEXT NOT NULL,
    bot TEXT NOT NULL,
    connected_at BIGINT NOT NULL,
    refused_since BIGINT,
    probed_at BIGINT,
    outage_since BIGINT,
    outage_until BIGINT
);

-- Webhook of the connected account, one row at most.
CREATE TABLE chatwork_webhook (
    id BIGINT PRIMARY KEY,
    encrypted_token TEXT NOT NULL,
    set_at BIGINT NOT NULL
);

-- Versions of the settings document. `editor_name` is the name that the admin's browser stated; `changes` counts the
-- differences from the version before.
CREATE TABLE settings_versions (
    version BIGINT PRIMARY KEY,
    document TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    saved_by TEXT NOT NULL,
    editor_name TEXT,
    changes TEXT NOT NULL
);

CREATE TABLE devices (
    id TEXT PRIMARY KEY,
    secret_hash TEXT UNIQUE,
    paired_at BIGINT,
    seen_at BIGINT,
    heartbeat TEXT
);

CREATE TABLE pairing_codes (
    code_hash TEXT PRIMARY KEY,
    device_id TEXT NOT NULL UNIQUE,
    expires_at BIGINT NOT NULL
);

-- Unpaired tablets that wait for an admin's approval, by the hash of a cookie. The code is shown to the admin and
-- is no secret. `asked_at` is the time of the tablet's latest request, at most ten seconds too early. `device_id` is
-- set by the approval.
CREATE TABLE pairing_requests (
    secret_hash TEXT PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    address TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    device_id TEXT
);

-- Hosts' personal links, which are valid until they are replaced or revoked.
CREATE TABLE host_links (
    host_id TEXT PRIMARY KEY,
    link_hash TEXT NOT NULL UNIQUE,
    made_at BIGINT NOT NULL,
    opened_at BIGINT
);

-- Calls of tablets. `expires_at` is the deadline, until which answers are expected; `asks_for_answer` is 0 for a call
-- whose messages ask for none. `missed_check_at` is when it is decided whether the visit was missed (unset once it is
-- decided, and for a call without a task), `revoked_at` when the tablet was revoked while the call was open,
-- `doubt_reported_at` when the default room was told that the result of a delivery is unknown.
--
-- Retention counts from `kept_from`: the time of acceptance, or the latest `kept_from` before it if the clock was set
-- back since. While the clock is behind that time, `kept_from` is when the relay saw this, and `kept_from_ahead` the time
-- itself. The visitor's words, the texts of the messages and the answers were erased at `…_erased_at`; at
-- `erase_requested_at` an admin asked for all three.
CREATE TABLE calls (
    id TEXT PRIMARY KEY,
    device_id TEXT NOT NULL,
    request TEXT NOT NULL,
    accepted_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    asks_for_answer BIGINT NOT NULL,
    kept_from BIGINT NOT NULL,
    kept_from_ahead BIGINT,
    visitor_erased_at BIGINT,
    messages_erased_at BIGINT,
    answers_erased_at BIGINT,
    erase_requested_at BIGINT,
    revoked_at BIGINT,
    doubt_reported_at BIGINT,
    missed_check_at BIGINT
);
CREATE INDEX missed_checks ON calls (missed_check_at) WHERE missed_check_at IS NOT NULL;
CREATE INDEX calls_by_acceptance ON calls (accepted_at, id);
CREATE INDEX calls_by_deadline ON calls (expires_at);
CREATE INDEX calls_by_retention ON calls (kept_from);
CREATE INDEX kept_visitors ON calls (kept_from) WHERE visitor_erased_at IS NULL;
CREATE INDEX kept_messages ON calls (kept_from) WHERE messages_erased_at IS NULL;
CREATE INDEX kept_answers ON calls (kept_from) WHERE answers_erased_at IS NULL;
CREATE INDEX future_calls ON calls (kept_from_ahead) WHERE kept_from_ahead IS NOT NULL;
CREATE INDEX erasure_requests ON calls (erase_requested_at) WHERE erase_requested_at IS NOT NULL;

-- The outbox: deliveries of calls, and bot messages, which belong to no call. `number` is the number of the first
-- event; deliveries of one device for one destination are sent in its order. Bot messages have an empty
-- `device_id`. `delivery_index` is the delivery's index in its call; `retracts_index` the index of the delivery that
-- it retracts. `accepted_at` is when the call or the bot message was accepted, or from when a retraction or a task for a
-- missed visit was necessary. `event_number` is the number of its latest event. `leased_by` is the relay that holds the
-- lease. `ended_at` is when the state became final.
--
-- An escalation step has its time in `after_seconds`. Its `due_at` is the largest number until that time is known.
CREATE TABLE deliveries (
    number BIGINT PRIMARY KEY,
    call_id TEXT REFERENCES calls (id) ON DELETE CASCADE,
    bot_message_id TEXT,
    delivery_index BIGINT NOT NULL,
    device_id TEXT NOT NULL,
    destination TEXT NOT NULL,
    body TEXT NOT NULL,
    accepted_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    is_open BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    retry_count BIGINT NOT NULL,
    leased_until BIGINT NOT NULL,
    leased_by TEXT NOT NULL DEFAULT '',
    event_number BIGINT NOT NULL,
    retracts_index BIGINT,
    after_seconds BIGINT,
    ended_at BIGINT,
    UNIQUE (call_id, delivery_index),
    CHECK ((call_id IS NULL) <> (bot_message_id IS NULL))
);
CREATE UNIQUE INDEX bot_messages ON deliveries (bot_message_id) WHERE bot_message_id IS NOT NULL;
CREATE INDEX open_queues ON deliveries (destination, device_id, number) WHERE is_open = 1;
CREATE INDEX open_numbers ON deliveries (number) WHERE is_open = 1;
CREATE INDEX open_deadlines ON deliveries (expires_at) WHERE is_open = 1;
CREATE INDEX open_due ON deliveries (due_at) WHERE is_open = 1 AND due_at > 0;
CREATE INDEX open_steps ON deliveries (call_id) WHERE is_open = 1 AND after_seconds IS NOT NULL;
CREATE INDEX open_leases ON deliveries (leased_until) WHERE is_open = 1 AND leased_until > 0;

-- Written before anything is sent: a row without outcome is an attempt of unknown result.
CREATE TABLE attempts (
    delivery BIGINT NOT NULL REFERENCES deliveries (number) ON DELETE CASCADE,
    attempt_number BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    outcome TEXT,
    PRIMARY KEY (delivery, attempt_number)
);
CREATE INDEX recent_attempts ON attempts (started_at);

-- Answers of hosts: Chatwork messages that answer a call. `author` is the Chatwork account, 0 once it was erased;
-- `shown_author` the name at the time of the answer, as JSON. `sent_at` and `edited_at` (0 when never edited) are of
-- Chatwork's clock; `withdrawn_at` is when the relay saw that the message was deleted. `event_number` is the number of
-- the latest event.
CREATE TABLE answers (
    message_id TEXT PRIMARY KEY,
    call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
    room_id BIGINT NOT NULL,
    author BIGINT NOT NULL,
    shown_author TEXT NOT NULL,
    words TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    edited_at BIGINT NOT NULL,
    withdrawn_at BIGINT,
    event_number BIGINT NOT NULL
);
CREATE INDEX call_answers ON answers (call_id);

-- Posts of calls that are edited in place, so that they begin with the outcome of the call: its heading is in the call's
-- request. `version` grows whenever the outcome changes. `attempt_count` is the number of failed attempts.
CREATE TABLE post_edits (
    delivery BIGINT PRIMARY KEY REFERENCES deliveries (number) ON DELETE CASCADE,
    version BIGINT NOT NULL,
    is_open BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempt_count BIGINT NOT NULL
);
CREATE INDEX open_post_edits ON post_edits (due_at) WHERE is_open = 1;

-- Cancelled calls. A row may precede its call: a call that was in flight when it was cancelled is accepted and
-- withdrawn.
CREATE TABLE cancellations (
    call_id TEXT PRIMARY KEY,
    device_id TEXT NOT NULL,
    cancelled_at BIGINT NOT NULL
);
CREATE INDEX device_cancellations ON cancellations (device_id, cancelled_at);

-- Events for tablets, so that an interrupted stream can resume.
CREATE TABLE events (
    number BIGINT PRIMARY KEY,
    device_id TEXT NOT NULL,
    event TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX device_events ON events (device_id, number);
CREATE INDEX old_events ON events (created_at);

-- Changes for the other relays of a cluster: settings saved, a token connected or refused, a pairing ended, rooms that
-- a webhook event has named to a relay that does not lead.
-- Numbered by the same counter as events; without device a notice is for all tablets. `origin` is the relay that
-- wrote the notice. `content` is an event, or the rooms to read.
CREATE TABLE cluster_notices (
    number BIGINT PRIMARY KEY,
    origin TEXT NOT NULL,
    device_id TEXT,
    content TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Alarm state in one row: incidents, and the posts and notices about them, as JSON. `version` grows with each change.
CREATE TABLE alarms (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL,
    state TEXT NOT NULL
);
INSERT INTO alarms (id, version, state) VALUES (1, 0, '{}');

-- The leader, which alone sends to Chatwork, so that one count keeps Chatwork's limits.
CREATE TABLE leader_lease (
    id BIGINT PRIMARY KEY,
    holder TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
INSERT INTO leader_lease (id, holder, expires_at) VALUES (1, '', 0);

-- Holds a row for a moment while the relay probes whether a failed database accepts writes again.
CREATE TABLE write_probe (
    id BIGINT PRIMARY KEY,
    filler TEXT NOT NULL
);
