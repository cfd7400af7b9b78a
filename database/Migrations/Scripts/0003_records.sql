-- What is written down: events, audit, jobs; and the reference data that settlements read.

CREATE TABLE IF NOT EXISTS settlement.outbox_events (
    sequence      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id      uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    settlement_id uuid REFERENCES settlement.settlement_transactions,
    entity_id     text,
    type          text NOT NULL CHECK (length(type) BETWEEN 1 AND 100),
    payload       jsonb NOT NULL,
    as_of         timestamptz NOT NULL,
    recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Given by the one relay in the order in which readers may see them; identities can commit out of order, positions cannot.
    position      bigint UNIQUE,
    published_at  timestamptz
) WITH (fillfactor = 80);
CREATE INDEX IF NOT EXISTS outbox_unpublished ON settlement.outbox_events (sequence) WHERE position IS NULL;
CREATE INDEX IF NOT EXISTS outbox_by_settlement ON settlement.outbox_events (settlement_id, sequence);

CREATE TABLE IF NOT EXISTS settlement.audit_log (
    audit_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    settlement_id uuid,
    entity_id     text,
    target        text NOT NULL CHECK (length(target) BETWEEN 1 AND 200),
    action        text NOT NULL CHECK (length(action) BETWEEN 1 AND 100),
    actor         text NOT NULL CHECK (length(actor) BETWEEN 1 AND 100),
    actor_source  text NOT NULL,
    reason        text NOT NULL CHECK (length(reason) <= 1000),
    request_id    text CHECK (length(request_id) <= 200),
    before        jsonb,
    after         jsonb,
    as_of         timestamptz NOT NULL,
    recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Set once, by the sealer.
    seal_number   bigint
) WITH (fillfactor = 80);
CREATE INDEX IF NOT EXISTS audit_unsealed ON settlement.audit_log (audit_id) WHERE seal_number IS NULL;
CREATE INDEX IF NOT EXISTS audit_by_seal ON settlement.audit_log (seal_number, audit_id);
CREATE INDEX IF NOT EXISTS audit_by_settlement ON settlement.audit_log (settlement_id, audit_id);

-- The hash chain, one link per sealed batch: sha256 over the previous link and the batch's rows in order of audit_id.
CREATE TABLE IF NOT EXISTS settlement.audit_seals (
    seal_number   bigint PRIMARY KEY CHECK (seal_number >= 1),
    row_count     integer NOT NULL CHECK (row_count >= 1),
    previous_hash bytea NOT NULL CHECK (length(previous_hash) = 32),
    hash          bytea NOT NULL CHECK (length(hash) = 32),
    sealed_at     timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE IF NOT EXISTS settlement.calendars (
    code         text NOT NULL CHECK (length(code) BETWEEN 1 AND 32),
    version      integer NOT NULL CHECK (version >= 1),
    valid_from   date NOT NULL,
    valid_to     date NOT NULL CHECK (valid_to >= valid_from),
    weekend      integer[] NOT NULL,
    holidays     date[] NOT NULL,
    published_by text NOT NULL,
    published_as_of timestamptz NOT NULL,
    PRIMARY KEY (code, version)
);

CREATE TABLE IF NOT EXISTS settlement.settlement_windows (
    rail          text NOT NULL CHECK (length(rail) BETWEEN 1 AND 32),
    currency      text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    version       integer NOT NULL CHECK (version >= 1),
    calendar_code text NOT NULL,
    zone_id       text NOT NULL,
    opens         time NOT NULL,
    cut_off       time,
    published_by  text NOT NULL,
    published_as_of timestamptz NOT NULL,
    PRIMARY KEY (rail, currency, version)
);

CREATE TABLE IF NOT EXISTS settlement.settlement_window_extensions (
    rail         text NOT NULL,
    currency     text NOT NULL,
    date         date NOT NULL,
    cut_off      time NOT NULL,
    published_by text NOT NULL,
    reason       text NOT NULL,
    published_as_of timestamptz NOT NULL,
    extension_id bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (rail, currency, date, extension_id)
);

-- '*' stands for any; the most specific row holds.
CREATE TABLE IF NOT EXISTS settlement.settlement_limits (
    entity_id               text NOT NULL,
    currency                text NOT NULL,
    max_amount_minor        bigint CHECK (max_amount_minor > 0),
    approval_above_minor    bigint CHECK (approval_above_minor >= 0),
    approval_backdated_days integer NOT NULL DEFAULT 7 CHECK (approval_backdated_days >= 0),
    max_backdated_days      integer NOT NULL DEFAULT 90 CHECK (max_backdated_days >= 0),
    max_forward_days        integer NOT NULL DEFAULT 365 CHECK (max_forward_days >= 0),
    changed_by              text NOT NULL,
    changed_as_of           timestamptz NOT NULL,
    PRIMARY KEY (entity_id, currency)
);

CREATE TABLE IF NOT EXISTS settlement.screening_lists (
    version      bigint PRIMARY KEY,
    names        text[] NOT NULL,
    bics         text[] NOT NULL,
    countries    text[] NOT NULL,
    source       text NOT NULL,
    published_as_of timestamptz NOT NULL
);

CREATE TABLE IF NOT EXISTS settlement.switches (
    name          text PRIMARY KEY CHECK (name ~ '^[a-z_]+(:[A-Za-z0-9_-]{1,64})?$'),
    stopped       boolean NOT NULL,
    reason        text NOT NULL CHECK (length(reason) <= 1000),
    changed_by    text NOT NULL CHECK (length(changed_by) BETWEEN 1 AND 100),
    changed_source text NOT NULL,
    changed_as_of timestamptz NOT NULL
);

CREATE TABLE IF NOT EXISTS settlement.job_runs (
    job           text NOT NULL CHECK (length(job) BETWEEN 1 AND 64),
    slot          timestamptz NOT NULL,
    state         text NOT NULL CHECK (state IN ('RUNNING', 'SUCCEEDED', 'FAILED')),
    runner        text NOT NULL,
    tries         integer NOT NULL DEFAULT 1,
    started_as_of timestamptz NOT NULL,
    ended_as_of   timestamptz,
    detail        jsonb,
    recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (job, slot)
);

-- Records that are never rewritten.
CREATE OR REPLACE FUNCTION settlement.refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'SW002';
END $$;
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['settlement_status_history', 'settlement_operation_checkpoints', 'ledger_transfers', 'ledger_entries',
                                'audit_seals', 'calendars', 'settlement_windows', 'settlement_window_extensions', 'screening_lists'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER refuse_rewrite BEFORE UPDATE OR DELETE ON settlement.%I FOR EACH ROW EXECUTE FUNCTION settlement.refuse_rewrite()', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['settlement_status_history', 'settlement_operation_checkpoints', 'ledger_transfers', 'ledger_entries', 'fund_locks',
                                'accounts', 'audit_seals', 'audit_log', 'outbox_events', 'settlement_transactions', 'bank_instructions', 'bank_messages',
                                'calendars', 'settlement_windows', 'settlement_window_extensions', 'screening_lists'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON settlement.%I FOR EACH STATEMENT EXECUTE FUNCTION settlement.refuse_rewrite()', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['settlement_transactions', 'settlement_atomic_operations', 'compensation_transactions', 'bank_instructions', 'bank_messages', 'cases', 'switches', 'job_runs'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER refuse_delete BEFORE DELETE ON settlement.%I FOR EACH ROW EXECUTE FUNCTION settlement.refuse_rewrite()', name);
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION settlement.audit_log_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.seal_number IS NULL AND NEW.seal_number IS NOT NULL
       AND (to_jsonb(NEW) - 'seal_number') = (to_jsonb(OLD) - 'seal_number') THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.seal_number IS NOT NULL THEN
            RAISE EXCEPTION 'an audit row is sealed after it is written' USING ERRCODE = 'SW002';
        END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit_log is append-only: % is refused', TG_OP USING ERRCODE = 'SW002';
END $$;
CREATE OR REPLACE TRIGGER audit_log_guard BEFORE INSERT OR UPDATE OR DELETE ON settlement.audit_log
    FOR EACH ROW EXECUTE FUNCTION settlement.audit_log_guard();

CREATE OR REPLACE FUNCTION settlement.outbox_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.position IS NULL AND NEW.position IS NOT NULL
       AND (to_jsonb(NEW) - ARRAY['position', 'published_at']) = (to_jsonb(OLD) - ARRAY['position', 'published_at']) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an event is published once and never changed' USING ERRCODE = 'SW002';
END $$;
CREATE OR REPLACE TRIGGER outbox_guard BEFORE UPDATE OR DELETE ON settlement.outbox_events
    FOR EACH ROW EXECUTE FUNCTION settlement.outbox_guard();

-- A switch changes with its audit entry, whoever changes it.
CREATE OR REPLACE FUNCTION settlement.switch_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO settlement.audit_log (target, action, actor, actor_source, reason, before, after, as_of)
    VALUES ('switch:' || NEW.name, CASE WHEN NEW.stopped THEN 'switch_stopped' ELSE 'switch_released' END, NEW.changed_by, NEW.changed_source,
            NEW.reason, CASE TG_OP WHEN 'UPDATE' THEN jsonb_build_object('stopped', OLD.stopped) END,
            jsonb_build_object('stopped', NEW.stopped), NEW.changed_as_of);
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER switch_audit AFTER INSERT OR UPDATE ON settlement.switches FOR EACH ROW EXECUTE FUNCTION settlement.switch_audit();

-- Cases: opened and resolved with audit and event. Their evidence is kept; a resolution is final.
CREATE OR REPLACE FUNCTION settlement.case_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'RESOLVED'
       OR (NEW.case_id, NEW.settlement_id, NEW.reason, NEW.amount_minor, NEW.currency, NEW.evidence, NEW.opened_as_of)
          IS DISTINCT FROM (OLD.case_id, OLD.settlement_id, OLD.reason, OLD.amount_minor, OLD.currency, OLD.evidence, OLD.opened_as_of) THEN
        RAISE EXCEPTION 'a case keeps its facts, and a resolution is final' USING ERRCODE = 'SW002';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER case_guard BEFORE UPDATE ON settlement.cases FOR EACH ROW EXECUTE FUNCTION settlement.case_guard();
