-- Everything the relay keeps. SQL that both SQLite and PostgreSQL accept: TEXT and BIGINT only, times
-- are milliseconds since 1970, whole records that are never searched are JSON in a TEXT.

-- One growing number orders the events. Every writing transaction takes it first, so numbers become
-- visible in their order.
CREATE TABLE counter (
    id BIGINT PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counter (id, value) VALUES (1, 0);

CREATE TABLE admin (
    id BIGINT PRIMARY KEY,
    password TEXT NOT NULL,
    set_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    secret_hash TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

CREATE TABLE connection (
    id BIGINT PRIMARY KEY,
    sealed_token TEXT NOT NULL,
    bot TEXT NOT NULL,
    since BIGINT NOT NULL,
    refused_since BIGINT
);

CREATE TABLE settings (
    version BIGINT PRIMARY KEY,
    document TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    saved_by TEXT NOT NULL
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
    device TEXT NOT NULL UNIQUE,
    expires_at BIGINT NOT NULL
);

CREATE TABLE calls (
    id TEXT PRIMARY KEY,
    device TEXT NOT NULL,
    request TEXT NOT NULL,
    accepted_at BIGINT NOT NULL
);

-- `lane` is the destination: within it deliveries go out in the order of `turn`. `sequence` is the
-- number of the latest event about it.
CREATE TABLE deliveries (
    call_id TEXT NOT NULL REFERENCES calls (id),
    place BIGINT NOT NULL,
    lane TEXT NOT NULL,
    turn BIGINT NOT NULL,
    body TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    is_open BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    delays BIGINT NOT NULL,
    leased_until BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    PRIMARY KEY (call_id, place)
);
CREATE UNIQUE INDEX open_lanes ON deliveries (lane, turn) WHERE is_open = 1;
CREATE INDEX open_turns ON deliveries (turn) WHERE is_open = 1;
CREATE INDEX open_deadlines ON deliveries (expires_at) WHERE is_open = 1;

-- Written before anything is sent: a row without outcome is a try whose end nobody saw.
CREATE TABLE attempts (
    call_id TEXT NOT NULL,
    place BIGINT NOT NULL,
    number BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    outcome TEXT,
    PRIMARY KEY (call_id, place, number),
    FOREIGN KEY (call_id, place) REFERENCES deliveries (call_id, place)
);

CREATE INDEX recent_attempts ON attempts (started_at);

CREATE TABLE events (
    sequence BIGINT PRIMARY KEY,
    device TEXT NOT NULL,
    event TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX device_events ON events (device, sequence);
