-- The second step of signing in, the way back for a locked-out admin, and hosts' personal links.

-- One row at most: begun by an admin, in force once its first code was confirmed. `last_step` is the
-- time step of the code that was used last; no code up to it is taken again.
CREATE TABLE totp (
    id BIGINT PRIMARY KEY,
    sealed_secret TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    last_step BIGINT NOT NULL
);

-- Those that were not used yet.
CREATE TABLE recovery_codes (
    code_hash TEXT PRIMARY KEY
);

-- Made at the terminal: opens the first run once more. One row at most.
CREATE TABLE reset_link (
    id BIGINT PRIMARY KEY,
    link_hash TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- A host's personal link, which works until it is made anew or revoked, and the browsers in which it
-- was opened.
CREATE TABLE host_links (
    host TEXT PRIMARY KEY,
    link_hash TEXT NOT NULL UNIQUE,
    made_at BIGINT NOT NULL,
    opened_at BIGINT
);
CREATE TABLE host_sessions (
    secret_hash TEXT PRIMARY KEY,
    host TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    on_tablet BIGINT NOT NULL
);

-- Fair turns between tablets. `device` is the tablet of the delivery's call, empty for the relay's own
-- messages: the first delivery of each tablet for each destination is found by index.
ALTER TABLE deliveries ADD COLUMN device TEXT NOT NULL DEFAULT '';
UPDATE deliveries SET device = (SELECT c.device FROM calls c WHERE c.id = deliveries.call_id);
DROP INDEX open_lanes;
CREATE UNIQUE INDEX open_queues ON deliveries (lane, device, turn) WHERE is_open = 1;
CREATE INDEX open_due ON deliveries (due_at) WHERE is_open = 1 AND due_at > 0;
CREATE INDEX open_leases ON deliveries (leased_until) WHERE is_open = 1 AND leased_until > 0;

-- When the tablet of a call was revoked while the call was open.
ALTER TABLE calls ADD COLUMN revoked_at BIGINT;
-- When the office was told that nobody knows whether a message of the call was stored.
ALTER TABLE calls ADD COLUMN doubted_at BIGINT;

-- When Chatwork was last asked whether it takes a refused token again, and the last time in which it did
-- not.
ALTER TABLE connection ADD COLUMN probed_at BIGINT;
ALTER TABLE connection ADD COLUMN outage_since BIGINT;
ALTER TABLE connection ADD COLUMN outage_until BIGINT;

-- 1 when the browser is paired as a tablet: the session is short. When the admin last showed password and
-- second step again.
ALTER TABLE sessions ADD COLUMN on_tablet BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN proven_at BIGINT;

-- The history, newest first.
CREATE INDEX calls_by_acceptance ON calls (accepted_at, id);
