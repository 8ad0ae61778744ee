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
    seen_at BIGINT NOT NULL
);
