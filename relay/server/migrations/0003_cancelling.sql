-- What a visitor who takes a call back needs.

-- Calls that were taken back. A row may come before its call: a request that was under way when the
-- visitor changed their mind is taken in and withdrawn.
CREATE TABLE cancellations (
    call_id TEXT PRIMARY KEY,
    device TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX device_cancellations ON cancellations (device, at);

-- The delivery of the same call that this one takes back; its place comes after all that are asked for.
ALTER TABLE deliveries ADD COLUMN retracts BIGINT;
