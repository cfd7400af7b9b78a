-- Records that only the application kept as they were now keep themselves; functions that write for callers who may not; and the
-- one door for the archive: triggers that refuse let pass what runs as settlement_archiver, a role without login that nobody is
-- a member of and as which only the functions of the schema "archive" run.

-- Written through by callers that have no right to these tables (see Roles/grants.sql).
ALTER FUNCTION settlement.settlement_record() SECURITY DEFINER SET search_path = settlement, pg_temp;
ALTER FUNCTION settlement.switch_audit() SECURITY DEFINER SET search_path = settlement, pg_temp;
ALTER FUNCTION settlement.ledger_hold(uuid, integer, uuid[], uuid[], bigint[], text[], timestamptz, timestamptz) SECURITY DEFINER SET search_path = settlement, pg_temp;
ALTER FUNCTION settlement.ledger_void(uuid, integer, text, timestamptz) SECURITY DEFINER SET search_path = settlement, pg_temp;
ALTER FUNCTION settlement.ledger_freeze(uuid, integer, timestamptz) SECURITY DEFINER SET search_path = settlement, pg_temp;

-- A rate has two currencies: what the customer gives and what the nostro pays meet in two position accounts of the environment.
ALTER TABLE settlement.accounts DROP CONSTRAINT IF EXISTS accounts_kind_check;
ALTER TABLE settlement.accounts ADD CONSTRAINT accounts_kind_check
    CHECK (kind IN ('NOSTRO', 'VOSTRO', 'CUSTOMER', 'SUSPENSE', 'FEE', 'OPENING', 'CUSTODY', 'FX_POSITION'));

-- Writes a transfer of a settlement. With p_locked, all active locks of the attempt become its legs' cover: each locked account
-- must lose exactly the locked amount, and nothing that has no lock may lose any: fees and credits only gain. The environment's own
-- position accounts have no floor and no lock; they take the two sides of an exchange.
CREATE OR REPLACE FUNCTION settlement.ledger_post(
    p_transfer uuid, p_kind text, p_settlement uuid, p_attempt integer, p_step text, p_description text, p_value_date date,
    p_as_of timestamptz, p_accounts uuid[], p_amounts bigint[], p_currencies text[], p_locked boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = settlement, pg_temp AS $$
DECLARE
    bad record;
BEGIN
    IF p_settlement IS NULL OR p_kind = 'OPENING' THEN
        RAISE EXCEPTION 'a posting belongs to a settlement; opening balances have a function of their own' USING ERRCODE = 'SW009';
    END IF;
    PERFORM settlement.ledger_queue(p_accounts);
    INSERT INTO settlement.ledger_transfers (transfer_id, kind, settlement_id, attempt, step, description, value_date, as_of)
    VALUES (p_transfer, p_kind, p_settlement, p_attempt, p_step, p_description, p_value_date, p_as_of);
    IF p_locked THEN
        SELECT coalesce(l.account_id, e.account_id) AS account_id, l.amount_minor AS locked, e.lost INTO bad
          FROM (SELECT account_id, amount_minor FROM settlement.fund_locks
                 WHERE settlement_id = p_settlement AND attempt = p_attempt AND state = 'ACTIVE'
                   AND (frozen_as_of IS NOT NULL OR expires_at > p_as_of)) l
          FULL JOIN (SELECT a.account_id, -sum(CASE a.normal_side WHEN 'CREDIT' THEN r.amount ELSE -r.amount END) AS lost
                       FROM unnest(p_accounts, p_amounts) AS r (account_id, amount)
                       JOIN settlement.accounts a ON a.account_id = r.account_id
                      WHERE a.kind <> 'FX_POSITION' GROUP BY a.account_id) e
            ON e.account_id = l.account_id
         WHERE coalesce(l.amount_minor, 0) <> greatest(coalesce(e.lost, 0), 0) LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'account % would lose % but has % locked', bad.account_id, coalesce(bad.lost, 0), coalesce(bad.locked, 0)
                USING ERRCODE = 'SW003';
        END IF;
        UPDATE settlement.fund_locks SET state = 'POSTED', ended_as_of = p_as_of, end_reason = p_description, transfer_id = p_transfer
         WHERE settlement_id = p_settlement AND attempt = p_attempt AND state = 'ACTIVE';
    END IF;
    INSERT INTO settlement.ledger_entries (transfer_id, account_id, currency, amount_minor, balance_after_minor, value_date, as_of)
    SELECT p_transfer, r.account_id, r.currency, r.amount, 0, p_value_date, p_as_of
      FROM unnest(p_accounts, p_amounts, p_currencies) AS r (account_id, amount, currency)
     ORDER BY r.account_id, r.amount;
END $$;

-- Opening balances belong to no settlement. Nobody but the owner of the schema may call this.
CREATE OR REPLACE FUNCTION settlement.ledger_open(
    p_transfer uuid, p_description text, p_value_date date, p_as_of timestamptz, p_accounts uuid[], p_amounts bigint[], p_currencies text[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM settlement.ledger_queue(p_accounts);
    INSERT INTO settlement.ledger_transfers (transfer_id, kind, description, value_date, as_of)
    VALUES (p_transfer, 'OPENING', p_description, p_value_date, p_as_of);
    INSERT INTO settlement.ledger_entries (transfer_id, account_id, currency, amount_minor, balance_after_minor, value_date, as_of)
    SELECT p_transfer, r.account_id, r.currency, r.amount, 0, p_value_date, p_as_of
      FROM unnest(p_accounts, p_amounts, p_currencies) AS r (account_id, amount, currency)
     ORDER BY r.account_id, r.amount;
END $$;

-- The expiry sweep. A settlement that is in the middle of a step is left to that step (SKIP LOCKED); the order of locks is
-- that of every step: settlement, accounts (ledger_queue), fund locks. What it ends is audited: nobody else was there.
CREATE OR REPLACE FUNCTION settlement.ledger_expire(p_as_of timestamptz, p_limit integer)
RETURNS TABLE (expired_lock_id uuid, expired_settlement_id uuid, expired_attempt integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = settlement, pg_temp AS $$
DECLARE
    owners uuid[];
BEGIN
    SELECT array_agg(c.settlement_id) INTO owners FROM (
        SELECT s.settlement_id FROM settlement.settlement_transactions s
         WHERE EXISTS (SELECT 1 FROM settlement.fund_locks l
                        WHERE l.settlement_id = s.settlement_id AND l.state = 'ACTIVE' AND l.frozen_as_of IS NULL AND l.expires_at <= p_as_of)
         LIMIT p_limit FOR NO KEY UPDATE OF s SKIP LOCKED) c;
    PERFORM settlement.ledger_queue(ARRAY(SELECT l.account_id FROM settlement.fund_locks l WHERE l.settlement_id = ANY (owners) AND l.state = 'ACTIVE'));
    RETURN QUERY
    WITH ended AS (
        UPDATE settlement.fund_locks l SET state = 'EXPIRED', ended_as_of = p_as_of, end_reason = 'expired'
         WHERE l.settlement_id = ANY (owners) AND l.state = 'ACTIVE' AND l.frozen_as_of IS NULL AND l.expires_at <= p_as_of
        RETURNING l.lock_id, l.settlement_id, l.attempt, l.account_id, l.amount_minor, l.expires_at),
    written AS (
        INSERT INTO settlement.audit_log (settlement_id, entity_id, target, action, actor, actor_source, reason, before, after, as_of)
        SELECT e.settlement_id, s.entity_id, 'settlement:' || s.reference, 'lock_expired', 'system', 'JOB', 'nothing was sent before its time was over',
               jsonb_build_object('state', 'ACTIVE', 'lock_id', e.lock_id, 'amount_minor', e.amount_minor, 'expires_at', e.expires_at),
               jsonb_build_object('state', 'EXPIRED'), p_as_of
          FROM ended e JOIN settlement.settlement_transactions s USING (settlement_id))
    SELECT e.lock_id, e.settlement_id, e.attempt FROM ended e;
END $$;

-- A lock that covers an instruction which may have reached the bank is released only on the way back, which begins with proof.
CREATE OR REPLACE FUNCTION settlement.fund_lock_frozen_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM settlement.settlement_transactions WHERE settlement_id = NEW.settlement_id AND status = 'ROLLING_BACK') THEN
        RAISE EXCEPTION 'a lock that covers an instruction is released only while its settlement rolls back' USING ERRCODE = 'SW003';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER fund_lock_frozen_guard BEFORE UPDATE ON settlement.fund_locks
    FOR EACH ROW WHEN (NEW.state = 'VOIDED' AND OLD.state = 'ACTIVE' AND OLD.frozen_as_of IS NOT NULL)
    EXECUTE FUNCTION settlement.fund_lock_frozen_guard();

-- An instruction to pay exists only over frozen locks; checked at commit, since a step writes the two in either order.
CREATE OR REPLACE FUNCTION settlement.instruction_is_covered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM settlement.fund_locks WHERE settlement_id = NEW.settlement_id AND attempt = NEW.attempt AND state = 'ACTIVE' AND frozen_as_of IS NULL)
       OR NOT EXISTS (SELECT 1 FROM settlement.fund_locks WHERE settlement_id = NEW.settlement_id AND attempt = NEW.attempt AND frozen_as_of IS NOT NULL) THEN
        RAISE EXCEPTION 'an instruction to pay without frozen locks under it' USING ERRCODE = 'SW009';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS instruction_is_covered ON settlement.bank_instructions;
CREATE CONSTRAINT TRIGGER instruction_is_covered AFTER INSERT ON settlement.bank_instructions
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kind = 'PAYMENT') EXECUTE FUNCTION settlement.instruction_is_covered();

-- What was sent is what was recorded; an answer may follow an answer, but nothing becomes unsent, and what moved money stays so.
CREATE OR REPLACE FUNCTION settlement.bank_instruction_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.instruction_id, NEW.settlement_id, NEW.attempt, NEW.kind, NEW.uetr, NEW.original_uetr, NEW.bank_id, NEW.currency, NEW.amount_minor, NEW.recorded_as_of)
       IS DISTINCT FROM
       (OLD.instruction_id, OLD.settlement_id, OLD.attempt, OLD.kind, OLD.uetr, OLD.original_uetr, OLD.bank_id, OLD.currency, OLD.amount_minor, OLD.recorded_as_of) THEN
        RAISE EXCEPTION 'an instruction''s UETR, bank and amount are immutable' USING ERRCODE = 'SW002';
    END IF;
    IF NEW.state <> OLD.state AND (NEW.state = 'RECORDED' OR (OLD.state = 'CONFIRMED' AND NEW.state NOT IN ('RECALLED'))) THEN
        RAISE EXCEPTION 'an instruction cannot go from % to %', OLD.state, NEW.state USING ERRCODE = 'SW002';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER bank_instruction_guard BEFORE UPDATE ON settlement.bank_instructions
    FOR EACH ROW EXECUTE FUNCTION settlement.bank_instruction_guard();

-- What a bank said is kept as it was said; only what became of it is noted, and repeats are counted.
CREATE OR REPLACE FUNCTION settlement.bank_message_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(NEW) - ARRAY['disposition', 'repeats', 'settlement_id']) IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['disposition', 'repeats', 'settlement_id'])
       OR NEW.repeats < OLD.repeats OR (OLD.settlement_id IS NOT NULL AND NEW.settlement_id IS DISTINCT FROM OLD.settlement_id)
       OR (NEW.disposition = 'RECEIVED' AND OLD.disposition <> 'RECEIVED') THEN
        RAISE EXCEPTION 'a bank''s message is kept as it came' USING ERRCODE = 'SW002';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER bank_message_guard BEFORE UPDATE ON settlement.bank_messages
    FOR EACH ROW EXECUTE FUNCTION settlement.bank_message_guard();

CREATE OR REPLACE FUNCTION settlement.compensation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('SUCCEEDED', 'NOT_NEEDED') OR NEW.state = 'REGISTERED' OR NEW.tries < OLD.tries
       OR (NEW.compensation_id, NEW.settlement_id, NEW.attempt, NEW.action, NEW.registered_as_of)
          IS DISTINCT FROM (OLD.compensation_id, OLD.settlement_id, OLD.attempt, OLD.action, OLD.registered_as_of) THEN
        RAISE EXCEPTION 'a compensation is tried until it is done, and then stays as it is' USING ERRCODE = 'SW002';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER compensation_guard BEFORE UPDATE ON settlement.compensation_transactions
    FOR EACH ROW EXECUTE FUNCTION settlement.compensation_guard();

CREATE OR REPLACE FUNCTION settlement.atomic_operation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.settlement_id, NEW.attempt, NEW.started_as_of) IS DISTINCT FROM (OLD.settlement_id, OLD.attempt, OLD.started_as_of)
       OR (OLD.state IN ('COMPLETED', 'ROLLED_BACK') AND NEW.state <> OLD.state) THEN
        RAISE EXCEPTION 'an attempt that has ended stays as it ended' USING ERRCODE = 'SW002';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER atomic_operation_guard BEFORE UPDATE ON settlement.settlement_atomic_operations
    FOR EACH ROW EXECUTE FUNCTION settlement.atomic_operation_guard();

-- Limits and accounts change with an audit entry, whoever changes them.
CREATE OR REPLACE FUNCTION settlement.account_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = settlement, pg_temp AS $$
BEGIN
    INSERT INTO settlement.audit_log (entity_id, target, action, actor, actor_source, reason, before, after, as_of)
    VALUES (NEW.entity_id, 'account:' || NEW.account_number, 'account_changed', session_user, 'MIGRATION', 'status, floor or name changed',
            jsonb_build_object('status', OLD.status, 'floor_minor', OLD.floor_minor, 'name', OLD.name),
            jsonb_build_object('status', NEW.status, 'floor_minor', NEW.floor_minor, 'name', NEW.name), clock_timestamp());
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER account_audit AFTER UPDATE ON settlement.accounts
    FOR EACH ROW WHEN ((NEW.status, NEW.floor_minor, NEW.name) IS DISTINCT FROM (OLD.status, OLD.floor_minor, OLD.name))
    EXECUTE FUNCTION settlement.account_audit();

CREATE OR REPLACE FUNCTION settlement.limit_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = settlement, pg_temp AS $$
BEGIN
    INSERT INTO settlement.audit_log (entity_id, target, action, actor, actor_source, reason, before, after, as_of)
    VALUES (NULLIF(NEW.entity_id, '*'), 'limits:' || NEW.entity_id || '/' || NEW.currency, 'limits_set', NEW.changed_by,
            coalesce(NULLIF(current_setting('settlement.change_source', true), ''), 'MIGRATION'),
            coalesce(NULLIF(current_setting('settlement.change_reason', true), ''), 'changed by hand'),
            CASE TG_OP WHEN 'UPDATE' THEN to_jsonb(OLD) END, to_jsonb(NEW), NEW.changed_as_of);
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER limit_audit AFTER INSERT OR UPDATE ON settlement.settlement_limits
    FOR EACH ROW EXECUTE FUNCTION settlement.limit_audit();
CREATE OR REPLACE TRIGGER refuse_delete BEFORE DELETE ON settlement.settlement_limits
    FOR EACH ROW EXECUTE FUNCTION settlement.refuse_rewrite();

-- The archive's door. Each trigger that refuses is made again with the same function and one condition more.
CREATE OR REPLACE TRIGGER fund_lock_apply BEFORE INSERT OR UPDATE OR DELETE ON settlement.fund_locks
    FOR EACH ROW WHEN (current_user <> 'settlement_archiver') EXECUTE FUNCTION settlement.fund_lock_apply();
CREATE OR REPLACE TRIGGER audit_log_guard BEFORE INSERT OR UPDATE OR DELETE ON settlement.audit_log
    FOR EACH ROW WHEN (current_user <> 'settlement_archiver') EXECUTE FUNCTION settlement.audit_log_guard();
CREATE OR REPLACE TRIGGER outbox_guard BEFORE UPDATE OR DELETE ON settlement.outbox_events
    FOR EACH ROW WHEN (current_user <> 'settlement_archiver') EXECUTE FUNCTION settlement.outbox_guard();
CREATE OR REPLACE TRIGGER refuse_rewrite BEFORE UPDATE OR DELETE ON settlement.settlement_status_history
    FOR EACH ROW WHEN (current_user <> 'settlement_archiver') EXECUTE FUNCTION settlement.refuse_rewrite();
CREATE OR REPLACE TRIGGER refuse_rewrite BEFORE UPDATE OR DELETE ON settlement.settlement_operation_checkpoints
    FOR EACH ROW WHEN (current_user <> 'settlement_archiver') EXECUTE FUNCTION settlement.refuse_rewrite();
CREATE OR REPLACE TRIGGER refuse_delete BEFORE DELETE ON settlement.compensation_transactions
    FOR EACH ROW WHEN (current_user <> 'settlement_archiver') EXECUTE FUNCTION settlement.refuse_rewrite();
CREATE OR REPLACE TRIGGER refuse_delete BEFORE DELETE ON settlement.cases
    FOR EACH ROW WHEN (current_user <> 'settlement_archiver') EXECUTE FUNCTION settlement.refuse_rewrite();

-- Scripts that are run again whenever they change (Roles/): what was applied last.
CREATE TABLE IF NOT EXISTS settlement.schema_scripts (
    name       text PRIMARY KEY,
    sha256     bytea NOT NULL CHECK (length(sha256) = 32),
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
