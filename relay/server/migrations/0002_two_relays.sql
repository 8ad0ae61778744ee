-- What several relays on one database need, and what keeping history for a set time needs.

-- What happened that is not kept for tablets but concerns every relay: settings saved, a token
-- connected or refused, a pairing ended. Numbered by the same counter as events; without device it is
-- for everybody. `origin` is the relay that did it and knows already.
CREATE TABLE notices (
    sequence BIGINT PRIMARY KEY,
    origin TEXT NOT NULL,
    device TEXT,
    event TEXT NOT NULL,
    at BIGINT NOT NULL
);

-- Which relay takes calls to Chatwork: one at a time, so that one count keeps Chatwork's limits.
CREATE TABLE outbox_turn (
    id BIGINT PRIMARY KEY,
    holder TEXT NOT NULL,
    ends_at BIGINT NOT NULL
);
INSERT INTO outbox_turn (id, holder, ends_at) VALUES (1, '', 0);

-- The relay that holds a lease: one that starts again gives back its own, and no other's.
ALTER TABLE deliveries ADD COLUMN leased_by TEXT NOT NULL DEFAULT '';

-- When the visitor's words were erased.
ALTER TABLE calls ADD COLUMN erased_at BIGINT;
CREATE INDEX unerased_calls ON calls (accepted_at) WHERE erased_at IS NULL;
CREATE INDEX old_events ON events (at);
