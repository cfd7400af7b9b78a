-- The starter API's own tables. Times here are the machine's clock: keys, tokens and tickets are technical and not business facts.

-- What was answered to each Idempotency-Key, for ever. Written in the same transaction as the settlement's row, so that a key
-- without a settlement, or a settlement without its key, cannot exist.
CREATE TABLE IF NOT EXISTS settlement.api_idempotency_keys (
    entity_id       text NOT NULL CHECK (length(entity_id) BETWEEN 1 AND 64),
    idempotency_key text NOT NULL CHECK (idempotency_key ~ '^[A-Za-z0-9._:-]{8,64}$'),
    request_hash    bytea NOT NULL CHECK (length(request_hash) = 32),
    -- Deferred: the key is claimed first, so that of two equal requests one waits for the other before it writes anything.
    settlement_id   uuid NOT NULL UNIQUE REFERENCES settlement.settlement_transactions DEFERRABLE INITIALLY DEFERRED,
    -- json, not jsonb: the stored answer is given again exactly as it was.
    response        json NOT NULL,
    created_by      text NOT NULL,
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (entity_id, idempotency_key)
);

-- Rotating refresh tokens, hashes only. A used row stays until it expires: showing it again revokes its family.
CREATE TABLE IF NOT EXISTS settlement.api_refresh_tokens (
    token_hash  bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    family      uuid NOT NULL,
    user_name   text NOT NULL CHECK (length(user_name) BETWEEN 1 AND 64),
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at  timestamptz NOT NULL,
    used_at     timestamptz,
    revoked_at  timestamptz
);
CREATE INDEX IF NOT EXISTS api_refresh_token_family ON settlement.api_refresh_tokens (family);
CREATE INDEX IF NOT EXISTS api_refresh_token_owner ON settlement.api_refresh_tokens (user_name, expires_at);

-- One-time proofs of a signed-in approver's agreement, hashes only.
CREATE TABLE IF NOT EXISTS settlement.approval_tickets (
    ticket_hash         bytea PRIMARY KEY CHECK (length(ticket_hash) = 32),
    settlement_id       uuid NOT NULL REFERENCES settlement.settlement_transactions,
    action              text NOT NULL CHECK (action IN ('approve', 'reject', 'resolve')),
    outcome             text CHECK (outcome IN ('confirmed', 'not_executed')),
    approver            text NOT NULL CHECK (length(approver) BETWEEN 1 AND 100),
    reason              text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
    recorded_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at          timestamptz NOT NULL,
    redeemed_at         timestamptz,
    redeemed_request_id text,
    redeemed_by         text,
    CONSTRAINT ticket_resolution_has_outcome CHECK ((action = 'resolve') = (outcome IS NOT NULL)),
    CONSTRAINT ticket_redeemed_whole CHECK ((redeemed_at IS NULL) = (redeemed_request_id IS NULL) AND (redeemed_at IS NULL) = (redeemed_by IS NULL))
);
CREATE INDEX IF NOT EXISTS approval_ticket_by_settlement ON settlement.approval_tickets (settlement_id);

-- A stored answer never changes; a ticket is used once and is otherwise fixed.
CREATE OR REPLACE TRIGGER refuse_rewrite BEFORE UPDATE OR DELETE ON settlement.api_idempotency_keys
    FOR EACH ROW EXECUTE FUNCTION settlement.refuse_rewrite();
CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON settlement.api_idempotency_keys
    FOR EACH STATEMENT EXECUTE FUNCTION settlement.refuse_rewrite();
CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON settlement.approval_tickets
    FOR EACH STATEMENT EXECUTE FUNCTION settlement.refuse_rewrite();

CREATE OR REPLACE FUNCTION settlement.approval_ticket_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'tickets are kept as evidence' USING ERRCODE = 'SW002';
    END IF;
    IF OLD.redeemed_at IS NOT NULL
       OR (NEW.ticket_hash, NEW.settlement_id, NEW.action, NEW.outcome, NEW.approver, NEW.reason, NEW.recorded_at, NEW.expires_at)
          IS DISTINCT FROM (OLD.ticket_hash, OLD.settlement_id, OLD.action, OLD.outcome, OLD.approver, OLD.reason, OLD.recorded_at, OLD.expires_at) THEN
        RAISE EXCEPTION 'a ticket is used once and is otherwise fixed' USING ERRCODE = 'SW002';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER approval_ticket_guard BEFORE UPDATE OR DELETE ON settlement.approval_tickets
    FOR EACH ROW EXECUTE FUNCTION settlement.approval_ticket_guard();
