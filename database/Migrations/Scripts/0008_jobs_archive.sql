-- The run ledger of scheduled jobs, statements per account and day, and the archive.

-- Which jobs are expected, and how often: a slot that nobody ran is noticed because this table says that it was due.
CREATE TABLE IF NOT EXISTS settlement.job_schedules (
    job              text PRIMARY KEY CHECK (length(job) BETWEEN 1 AND 64),
    interval_seconds integer NOT NULL CHECK (interval_seconds >= 1),
    -- So long after its slot a run may begin without being missed.
    grace_seconds    integer NOT NULL CHECK (grace_seconds >= 1),
    active           boolean NOT NULL,
    -- Slots before this are nobody's duty.
    known_since      timestamptz NOT NULL
);

ALTER TABLE settlement.job_runs DROP CONSTRAINT IF EXISTS job_runs_state_check;
ALTER TABLE settlement.job_runs ADD CONSTRAINT job_runs_state_check CHECK (state IN ('RUNNING', 'SUCCEEDED', 'FAILED', 'MISSED', 'SKIPPED'));

CREATE OR REPLACE FUNCTION settlement.job_run_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('SUCCEEDED', 'SKIPPED') OR (NEW.job, NEW.slot) IS DISTINCT FROM (OLD.job, OLD.slot) OR NEW.tries < OLD.tries THEN
        RAISE EXCEPTION 'a slot that has been run stays as it is' USING ERRCODE = 'SW002';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER job_run_guard BEFORE UPDATE ON settlement.job_runs
    FOR EACH ROW EXECUTE FUNCTION settlement.job_run_guard();

-- Booked statements: one per account and day with movements, in sequence; each opens with what the one before closed with.
CREATE TABLE IF NOT EXISTS settlement.account_statements (
    account_id       uuid NOT NULL REFERENCES settlement.accounts,
    statement_number integer NOT NULL CHECK (statement_number >= 1),
    -- Booking day, UTC. An entry that is booked after its day was closed stands in the next statement.
    date             date NOT NULL,
    opening_minor    bigint NOT NULL,
    closing_minor    bigint NOT NULL,
    entry_count      integer NOT NULL CHECK (entry_count >= 1),
    first_entry_id   bigint NOT NULL,
    last_entry_id    bigint NOT NULL,
    closed_as_of     timestamptz NOT NULL,
    recorded_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (account_id, statement_number),
    UNIQUE (account_id, date),
    CHECK (last_entry_id >= first_entry_id)
);
CREATE OR REPLACE TRIGGER refuse_rewrite BEFORE UPDATE OR DELETE ON settlement.account_statements
    FOR EACH ROW EXECUTE FUNCTION settlement.refuse_rewrite();
CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON settlement.account_statements
    FOR EACH STATEMENT EXECUTE FUNCTION settlement.refuse_rewrite();

CREATE OR REPLACE FUNCTION settlement.account_statement_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    previous settlement.account_statements;
    moved record;
BEGIN
    SELECT * INTO previous FROM settlement.account_statements WHERE account_id = NEW.account_id ORDER BY statement_number DESC LIMIT 1;
    SELECT count(*) AS entries, min(e.entry_id) AS first_id, max(e.entry_id) AS last_id,
           coalesce(sum(CASE a.normal_side WHEN 'CREDIT' THEN e.amount_minor ELSE -e.amount_minor END), 0) AS total INTO moved
      FROM settlement.ledger_entries e JOIN settlement.accounts a USING (account_id)
     WHERE e.account_id = NEW.account_id AND e.entry_id > coalesce(previous.last_entry_id, 0) AND e.entry_id <= NEW.last_entry_id;
    IF NEW.statement_number <> coalesce(previous.statement_number, 0) + 1 OR NEW.date <= previous.date
       OR NEW.opening_minor <> coalesce(previous.closing_minor, 0) OR NEW.closing_minor <> NEW.opening_minor + moved.total
       OR (NEW.entry_count, NEW.first_entry_id, NEW.last_entry_id) IS DISTINCT FROM (moved.entries, moved.first_id, moved.last_id) THEN
        RAISE EXCEPTION 'statement % of account % does not follow from the one before it and its entries', NEW.statement_number, NEW.account_id
            USING ERRCODE = 'SW009';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER account_statement_guard BEFORE INSERT ON settlement.account_statements
    FOR EACH ROW EXECUTE FUNCTION settlement.account_statement_guard();

-- Closes an account's books up to a day: one statement for each day with movements. Waits for its turn at the account, so that no
-- entry with a lower number can still be on its way. Returns the number of statements written.
CREATE OR REPLACE FUNCTION settlement.statement_close(p_account uuid, p_until date, p_as_of timestamptz)
RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = settlement, pg_temp AS $$
DECLARE
    previous settlement.account_statements;
    next_day date;
    next_open bigint;
    cut record;
    written integer := 0;
BEGIN
    PERFORM settlement.ledger_queue(ARRAY[p_account]);
    SELECT * INTO previous FROM settlement.account_statements WHERE account_id = p_account ORDER BY statement_number DESC LIMIT 1;
    LOOP
        SELECT greatest(previous.date + 1, (e.as_of AT TIME ZONE 'UTC')::date) INTO next_day
          FROM settlement.ledger_entries e WHERE e.account_id = p_account AND e.entry_id > coalesce(previous.last_entry_id, 0)
         ORDER BY e.entry_id LIMIT 1;
        EXIT WHEN NOT FOUND OR next_day > p_until;
        SELECT min(entry_id) INTO next_open FROM settlement.ledger_entries
         WHERE account_id = p_account AND entry_id > coalesce(previous.last_entry_id, 0) AND (as_of AT TIME ZONE 'UTC')::date > next_day;
        SELECT count(*) AS entries, min(entry_id) AS first_id, max(entry_id) AS last_id INTO cut FROM settlement.ledger_entries
         WHERE account_id = p_account AND entry_id > coalesce(previous.last_entry_id, 0) AND (next_open IS NULL OR entry_id < next_open);
        INSERT INTO settlement.account_statements
               (account_id, statement_number, date, opening_minor, closing_minor, entry_count, first_entry_id, last_entry_id, closed_as_of)
        SELECT p_account, coalesce(previous.statement_number, 0) + 1, next_day, coalesce(previous.closing_minor, 0), e.balance_after_minor,
               cut.entries, cut.first_id, cut.last_id, p_as_of
          FROM settlement.ledger_entries e WHERE e.entry_id = cut.last_id
        RETURNING * INTO previous;
        written := written + 1;
    END LOOP;
    RETURN written;
END $$;

-- The archive ---------------------------------------------------------------------------------------------------------------------
-- A settlement that ended long ago keeps its row, its instructions, its bank messages and its postings: its reference, trade, UETR,
-- message ids and idempotency key are refused for ever, and the books stay complete. What moves is the rest, as one document.
ALTER TABLE settlement.settlement_transactions ADD COLUMN IF NOT EXISTS archived_as_of timestamptz;
ALTER TABLE settlement.settlement_transactions DROP CONSTRAINT IF EXISTS settlement_archived_ended;
ALTER TABLE settlement.settlement_transactions ADD CONSTRAINT settlement_archived_ended
    CHECK (archived_as_of IS NULL OR (status IN ('SETTLED', 'FAILED', 'CANCELLED') AND NOT needs_attention));
CREATE INDEX IF NOT EXISTS settlement_to_archive ON settlement.settlement_transactions (status_since)
    WHERE archived_as_of IS NULL AND status IN ('SETTLED', 'FAILED', 'CANCELLED');

CREATE SCHEMA IF NOT EXISTS archive;

-- One link per archived settlement: sha256 over the link before and the document.
CREATE TABLE IF NOT EXISTS archive.settlements (
    archive_number bigint PRIMARY KEY CHECK (archive_number >= 1),
    settlement_id  uuid NOT NULL REFERENCES settlement.settlement_transactions,
    reference      text NOT NULL,
    archived_as_of timestamptz NOT NULL,
    -- json, not jsonb: kept and given back byte for byte.
    record         json NOT NULL,
    previous_hash  bytea NOT NULL CHECK (length(previous_hash) = 32),
    hash           bytea NOT NULL CHECK (length(hash) = 32),
    restored_as_of timestamptz,
    restored_by    text,
    recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK ((restored_as_of IS NULL) = (restored_by IS NULL))
);
CREATE UNIQUE INDEX IF NOT EXISTS archive_one_kept ON archive.settlements (settlement_id) WHERE restored_as_of IS NULL;

-- The audit rows of archived settlements, column for column: the hash chain over all audit rows is verified over both tables.
CREATE TABLE IF NOT EXISTS archive.audit_log (
    audit_id      bigint PRIMARY KEY,
    settlement_id uuid,
    entity_id     text,
    target        text NOT NULL,
    action        text NOT NULL,
    actor         text NOT NULL,
    actor_source  text NOT NULL,
    reason        text NOT NULL,
    request_id    text,
    before        jsonb,
    after         jsonb,
    as_of         timestamptz NOT NULL,
    recorded_at   timestamptz NOT NULL,
    seal_number   bigint NOT NULL
);
CREATE INDEX IF NOT EXISTS archive_audit_by_seal ON archive.audit_log (seal_number, audit_id);
CREATE INDEX IF NOT EXISTS archive_audit_by_settlement ON archive.audit_log (settlement_id, audit_id);

CREATE OR REPLACE VIEW settlement.audit_trail AS
    SELECT audit_id, settlement_id, entity_id, target, action, actor, actor_source, reason, request_id, before, after, as_of, recorded_at, seal_number
      FROM settlement.audit_log
    UNION ALL
    SELECT audit_id, settlement_id, entity_id, target, action, actor, actor_source, reason, request_id, before, after, as_of, recorded_at, seal_number
      FROM archive.audit_log;

CREATE OR REPLACE TRIGGER refuse_rewrite BEFORE INSERT OR UPDATE OR DELETE ON archive.audit_log
    FOR EACH ROW WHEN (current_user <> 'settlement_archiver') EXECUTE FUNCTION settlement.refuse_rewrite();
CREATE OR REPLACE TRIGGER refuse_rewrite BEFORE INSERT OR UPDATE OR DELETE ON archive.settlements
    FOR EACH ROW WHEN (current_user <> 'settlement_archiver') EXECUTE FUNCTION settlement.refuse_rewrite();
CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON archive.audit_log FOR EACH STATEMENT EXECUTE FUNCTION settlement.refuse_rewrite();
CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON archive.settlements FOR EACH STATEMENT EXECUTE FUNCTION settlement.refuse_rewrite();

CREATE OR REPLACE FUNCTION archive.link(p_previous bytea, p_settlement uuid, p_archived_as_of timestamptz, p_record json)
RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(p_previous || convert_to(
        p_settlement::text || E'\n' || (extract(epoch FROM p_archived_as_of) * 1000000)::bigint::text || E'\n' || p_record::text, 'UTF8'))
$$;

-- Moves one ended settlement. Its row is locked by the caller.
CREATE OR REPLACE FUNCTION archive.store_one(p_settlement uuid, p_reference text, p_entity text, p_as_of timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    document json;
    last_link record;
    number bigint;
    new_hash bytea;
BEGIN
    SELECT json_build_object(
        'format', 1,
        'settlement_status_history', (SELECT json_agg(h ORDER BY h.history_id) FROM settlement.settlement_status_history h WHERE h.settlement_id = p_settlement),
        'settlement_operation_checkpoints', (SELECT json_agg(c ORDER BY c.recorded_at, c.step) FROM settlement.settlement_operation_checkpoints c WHERE c.settlement_id = p_settlement),
        'compensation_transactions', (SELECT json_agg(c ORDER BY c.recorded_at) FROM settlement.compensation_transactions c WHERE c.settlement_id = p_settlement),
        'fund_locks', (SELECT json_agg(l ORDER BY l.lock_id) FROM settlement.fund_locks l WHERE l.settlement_id = p_settlement),
        'cases', (SELECT json_agg(c ORDER BY c.case_id) FROM settlement.cases c WHERE c.settlement_id = p_settlement),
        'outbox_events', (SELECT json_agg(o ORDER BY o.sequence) FROM settlement.outbox_events o WHERE o.settlement_id = p_settlement),
        'audit_ids', (SELECT json_agg(a.audit_id ORDER BY a.audit_id) FROM settlement.audit_log a WHERE a.settlement_id = p_settlement)) INTO document;
    SELECT archive_number, hash INTO last_link FROM archive.settlements ORDER BY archive_number DESC LIMIT 1;
    number := coalesce(last_link.archive_number, 0) + 1;
    new_hash := archive.link(coalesce(last_link.hash, decode(repeat('00', 32), 'hex')), p_settlement, p_as_of, document);
    INSERT INTO archive.settlements (archive_number, settlement_id, reference, archived_as_of, record, previous_hash, hash)
    VALUES (number, p_settlement, p_reference, p_as_of, document, coalesce(last_link.hash, decode(repeat('00', 32), 'hex')), new_hash);
    WITH gone AS (DELETE FROM settlement.audit_log WHERE settlement_id = p_settlement RETURNING *)
    INSERT INTO archive.audit_log
    SELECT audit_id, settlement_id, entity_id, target, action, actor, actor_source, reason, request_id, before, after, as_of, recorded_at, seal_number FROM gone;
    DELETE FROM settlement.settlement_status_history WHERE settlement_id = p_settlement;
    DELETE FROM settlement.settlement_operation_checkpoints WHERE settlement_id = p_settlement;
    DELETE FROM settlement.compensation_transactions WHERE settlement_id = p_settlement;
    DELETE FROM settlement.fund_locks WHERE settlement_id = p_settlement;
    DELETE FROM settlement.cases WHERE settlement_id = p_settlement;
    DELETE FROM settlement.outbox_events WHERE settlement_id = p_settlement;
    UPDATE settlement.settlement_transactions
       SET archived_as_of = p_as_of, changed_by = 'system', changed_source = 'JOB', changed_reason = 'archived', changed_as_of = p_as_of, changed_step = 'archive'
     WHERE settlement_id = p_settlement;
    INSERT INTO settlement.audit_log (settlement_id, entity_id, target, action, actor, actor_source, reason, after, as_of)
    VALUES (p_settlement, p_entity, 'settlement:' || p_reference, 'archived', 'system', 'JOB', 'ended long ago',
            jsonb_build_object('archive_number', number, 'hash', encode(new_hash, 'hex')), p_as_of);
    RETURN number;
END $$;

-- Archives settlements that ended before an instant and have nothing open: no case, no attention, no compensation still tried, no
-- unsealed audit row, no unpublished event, no bank message that waits. One at a time in the whole cluster, so that the chain has no forks.
CREATE OR REPLACE FUNCTION archive.store(p_ended_before timestamptz, p_as_of timestamptz, p_limit integer)
RETURNS TABLE (settlement_id uuid, reference text, archive_number bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = archive, settlement, pg_temp AS $$
DECLARE
    next_one record;
BEGIN
    PERFORM pg_advisory_xact_lock(41233);
    FOR next_one IN
        SELECT s.settlement_id AS id, s.reference AS ref, s.entity_id AS entity FROM settlement.settlement_transactions s
         WHERE s.archived_as_of IS NULL AND s.status IN ('SETTLED', 'FAILED', 'CANCELLED') AND s.status_since < p_ended_before AND NOT s.needs_attention
           AND NOT EXISTS (SELECT 1 FROM settlement.cases c WHERE c.settlement_id = s.settlement_id AND c.state = 'OPEN')
           AND NOT EXISTS (SELECT 1 FROM settlement.compensation_transactions c WHERE c.settlement_id = s.settlement_id AND c.state = 'FAILING')
           AND NOT EXISTS (SELECT 1 FROM settlement.fund_locks l WHERE l.settlement_id = s.settlement_id AND l.state = 'ACTIVE')
           AND NOT EXISTS (SELECT 1 FROM settlement.audit_log a WHERE a.settlement_id = s.settlement_id AND a.seal_number IS NULL)
           -- The newest position stays where it is: the relay counts on from it.
           AND NOT EXISTS (SELECT 1 FROM settlement.outbox_events o WHERE o.settlement_id = s.settlement_id
                              AND (o.position IS NULL OR o.position = (SELECT max(x.position) FROM settlement.outbox_events x)))
           AND NOT EXISTS (SELECT 1 FROM settlement.bank_messages m WHERE m.settlement_id = s.settlement_id AND m.disposition = 'RECEIVED')
         ORDER BY s.status_since LIMIT p_limit FOR NO KEY UPDATE OF s SKIP LOCKED
    LOOP
        settlement_id := next_one.id;
        reference := next_one.ref;
        archive_number := archive.store_one(next_one.id, next_one.ref, next_one.entity, p_as_of);
        RETURN NEXT;
    END LOOP;
END $$;

-- Brings an archived settlement's records back, exactly as they were. False: it is not archived. The archive keeps its copy and its
-- link; the copy is checked against the link first.
CREATE OR REPLACE FUNCTION archive.restore(p_settlement uuid, p_by text, p_source text, p_reason text, p_as_of timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = archive, settlement, pg_temp AS $$
DECLARE
    kept archive.settlements;
    checkpoint settlement.settlement_operation_checkpoints;
    a_case settlement.cases;
    event settlement.outbox_events;
    owner text;
BEGIN
    SELECT s.entity_id INTO owner FROM settlement.settlement_transactions s
     WHERE s.settlement_id = p_settlement AND s.archived_as_of IS NOT NULL FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    SELECT * INTO kept FROM archive.settlements WHERE settlement_id = p_settlement AND restored_as_of IS NULL;
    IF NOT FOUND OR kept.hash <> archive.link(kept.previous_hash, kept.settlement_id, kept.archived_as_of, kept.record) THEN
        RAISE EXCEPTION 'the archived record of settlement % is missing or altered', p_settlement USING ERRCODE = 'SW010';
    END IF;
    -- Row by row where a column that may not be null holds the JSON value null: the reader of records takes that for no value.
    FOR checkpoint IN SELECT * FROM json_populate_recordset(NULL::settlement.settlement_operation_checkpoints, coalesce((kept.record ->> 'settlement_operation_checkpoints')::json, '[]')) LOOP
        checkpoint.result := coalesce(checkpoint.result, 'null');
        INSERT INTO settlement.settlement_operation_checkpoints VALUES (checkpoint.*);
    END LOOP;
    INSERT INTO settlement.settlement_status_history OVERRIDING SYSTEM VALUE
    SELECT * FROM json_populate_recordset(NULL::settlement.settlement_status_history, coalesce((kept.record ->> 'settlement_status_history')::json, '[]'));
    INSERT INTO settlement.compensation_transactions
    SELECT * FROM json_populate_recordset(NULL::settlement.compensation_transactions, coalesce((kept.record ->> 'compensation_transactions')::json, '[]'));
    INSERT INTO settlement.fund_locks
    SELECT * FROM json_populate_recordset(NULL::settlement.fund_locks, coalesce((kept.record ->> 'fund_locks')::json, '[]'));
    FOR a_case IN SELECT * FROM json_populate_recordset(NULL::settlement.cases, coalesce((kept.record ->> 'cases')::json, '[]')) LOOP
        a_case.evidence := coalesce(a_case.evidence, 'null');
        INSERT INTO settlement.cases VALUES (a_case.*);
    END LOOP;
    FOR event IN SELECT * FROM json_populate_recordset(NULL::settlement.outbox_events, coalesce((kept.record ->> 'outbox_events')::json, '[]')) LOOP
        event.payload := coalesce(event.payload, 'null');
        INSERT INTO settlement.outbox_events OVERRIDING SYSTEM VALUE VALUES (event.*);
    END LOOP;
    WITH back AS (DELETE FROM archive.audit_log WHERE settlement_id = p_settlement RETURNING *)
    INSERT INTO settlement.audit_log (audit_id, settlement_id, entity_id, target, action, actor, actor_source, reason, request_id, before, after, as_of, recorded_at, seal_number)
    OVERRIDING SYSTEM VALUE
    SELECT audit_id, settlement_id, entity_id, target, action, actor, actor_source, reason, request_id, before, after, as_of, recorded_at, seal_number FROM back;
    UPDATE archive.settlements SET restored_as_of = p_as_of, restored_by = p_by WHERE archive_number = kept.archive_number;
    UPDATE settlement.settlement_transactions
       SET archived_as_of = NULL, changed_by = p_by, changed_source = p_source, changed_reason = p_reason, changed_as_of = p_as_of, changed_step = 'restore'
     WHERE settlement_id = p_settlement;
    INSERT INTO settlement.audit_log (settlement_id, entity_id, target, action, actor, actor_source, reason, after, as_of)
    VALUES (p_settlement, owner, 'settlement:' || kept.reference, 'restored', p_by, p_source, p_reason, jsonb_build_object('archive_number', kept.archive_number), p_as_of);
    RETURN true;
END $$;
