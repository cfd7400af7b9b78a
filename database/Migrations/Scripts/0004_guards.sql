-- The status guard: the only way a settlement changes, whoever asks.

CREATE OR REPLACE FUNCTION settlement.settlement_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'PENDING' OR NEW.attempt <> 1 OR NEW.changed_step <> 'create' THEN
            RAISE EXCEPTION 'a settlement begins PENDING, with attempt 1 and step create' USING ERRCODE = 'SW001';
        END IF;
        IF NOT EXISTS (SELECT 1 FROM settlement.accounts WHERE account_number = NEW.debtor_account
                          AND currency = NEW.currency AND entity_id = NEW.entity_id) THEN
            RAISE EXCEPTION 'the debtor account is unknown, of another currency or of another entity' USING ERRCODE = 'SW006';
        END IF;
        NEW.status_since := NEW.changed_as_of;
        RETURN NEW;
    END IF;
    IF (NEW.settlement_id, NEW.reference, NEW.kind, NEW.entity_id, NEW.debtor_account, NEW.currency, NEW.amount_minor, NEW.fee_minor,
        NEW.quantity, NEW.price, NEW.instrument, NEW.trade_id, NEW.bank_id, NEW.rail, NEW.calendar_codes)
       IS DISTINCT FROM
       (OLD.settlement_id, OLD.reference, OLD.kind, OLD.entity_id, OLD.debtor_account, OLD.currency, OLD.amount_minor, OLD.fee_minor,
        OLD.quantity, OLD.price, OLD.instrument, OLD.trade_id, OLD.bank_id, OLD.rail, OLD.calendar_codes)
       OR (NEW.creditor_name, NEW.creditor_account, NEW.creditor_bic, NEW.creditor_country, NEW.remittance, NEW.stated_trade_date,
           NEW.stated_value_date, NEW.returns_settlement_id, NEW.created_by, NEW.created_as_of, NEW.workflow_input, NEW.recorded_at)
       IS DISTINCT FROM
       (OLD.creditor_name, OLD.creditor_account, OLD.creditor_bic, OLD.creditor_country, OLD.remittance, OLD.stated_trade_date,
        OLD.stated_value_date, OLD.returns_settlement_id, OLD.created_by, OLD.created_as_of, OLD.workflow_input, OLD.recorded_at) THEN
        RAISE EXCEPTION 'amount, parties and terms of a settlement are immutable' USING ERRCODE = 'SW002';
    END IF;
    IF NEW.attempt <> OLD.attempt AND (NEW.attempt <> OLD.attempt + 1 OR OLD.status NOT IN ('AWAITING_RETRY', 'INITIATED')) THEN
        RAISE EXCEPTION 'an attempt begins after the one before it was rolled back' USING ERRCODE = 'SW001';
    END IF;
    IF NEW.status = OLD.status THEN
        NEW.status_since := OLD.status_since;
        RETURN NEW;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM settlement.settlement_transition_rules
                    WHERE kind = NEW.kind AND from_status = OLD.status AND to_status = NEW.status) THEN
        RAISE EXCEPTION 'a % settlement cannot go from % to %', lower(NEW.kind), OLD.status, NEW.status USING ERRCODE = 'SW001';
    END IF;
    NEW.status_since := NEW.changed_as_of;
    IF NEW.status = 'SETTLED' THEN
        NEW.settled_at := NEW.changed_as_of;
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER settlement_guard BEFORE INSERT OR UPDATE ON settlement.settlement_transactions
    FOR EACH ROW EXECUTE FUNCTION settlement.settlement_guard();

-- Invariant 6: every state change has one history row, one audit row and one event, because this trigger writes them.
CREATE OR REPLACE FUNCTION settlement.settlement_record() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    action text;
    old_facts jsonb;
    new_facts jsonb;
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO settlement.settlement_atomic_operations (settlement_id, attempt, state, started_as_of)
        VALUES (NEW.settlement_id, 1, 'IN_PROGRESS', NEW.changed_as_of);
        INSERT INTO settlement.settlement_operation_checkpoints (settlement_id, attempt, step, status_before, status_after, as_of, result)
        VALUES (NEW.settlement_id, 1, 'create', 'PENDING', 'PENDING', NEW.changed_as_of, 'null');
        action := 'created';
        new_facts := jsonb_build_object('status', NEW.status, 'reference', NEW.reference, 'kind', NEW.kind, 'amount_minor', NEW.amount_minor,
                                        'fee_minor', NEW.fee_minor, 'currency', NEW.currency, 'debtor_account', NEW.debtor_account,
                                        'creditor_account', NEW.creditor_account, 'bank_id', NEW.bank_id);
    ELSE
        -- Only what changed, so that a reader of the audit sees the change and not the row.
        SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value) INTO old_facts, new_facts
          FROM jsonb_each(jsonb_build_object(
                   'status', OLD.status, 'attempt', OLD.attempt, 'needs_attention', OLD.needs_attention, 'attention_reason', OLD.attention_reason,
                   'attention_owner', OLD.attention_owner, 'failure', OLD.failure, 'trade_date', OLD.trade_date, 'value_date', OLD.value_date,
                   'opens_at', OLD.opens_at, 'due_at', OLD.due_at, 'warning_at', OLD.warning_at, 'critical_at', OLD.critical_at,
                   'calendar_version', OLD.calendar_version, 'window_version', OLD.window_version)) o
          JOIN jsonb_each(jsonb_build_object(
                   'status', NEW.status, 'attempt', NEW.attempt, 'needs_attention', NEW.needs_attention, 'attention_reason', NEW.attention_reason,
                   'attention_owner', NEW.attention_owner, 'failure', NEW.failure, 'trade_date', NEW.trade_date, 'value_date', NEW.value_date,
                   'opens_at', NEW.opens_at, 'due_at', NEW.due_at, 'warning_at', NEW.warning_at, 'critical_at', NEW.critical_at,
                   'calendar_version', NEW.calendar_version, 'window_version', NEW.window_version)) n
            ON n.key = o.key AND n.value IS DISTINCT FROM o.value;
        action := CASE
            WHEN NEW.status <> OLD.status THEN 'status_changed'
            WHEN NEW.attempt <> OLD.attempt THEN 'attempt_started'
            WHEN (NEW.needs_attention, NEW.attention_reason, NEW.attention_owner)
                 IS DISTINCT FROM (OLD.needs_attention, OLD.attention_reason, OLD.attention_owner) THEN 'attention_changed'
            WHEN new_facts IS NOT NULL THEN 'schedule_changed' END;
        IF action IS NULL THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO settlement.audit_log (settlement_id, entity_id, target, action, actor, actor_source, reason, before, after, as_of)
    VALUES (NEW.settlement_id, NEW.entity_id, 'settlement:' || NEW.reference, action, NEW.changed_by, NEW.changed_source, NEW.changed_reason,
            old_facts, new_facts, NEW.changed_as_of);
    INSERT INTO settlement.outbox_events (settlement_id, entity_id, type, payload, as_of)
    VALUES (NEW.settlement_id, NEW.entity_id,
            'settlement.' || CASE action WHEN 'created' THEN 'pending' WHEN 'status_changed' THEN lower(NEW.status) ELSE action END,
            jsonb_build_object('settlement_id', NEW.settlement_id, 'reference', NEW.reference, 'kind', lower(NEW.kind), 'status', lower(NEW.status),
                               'attempt', NEW.attempt, 'currency', NEW.currency, 'amount_minor', NEW.amount_minor,
                               'needs_attention', NEW.needs_attention, 'attention_reason', lower(NEW.attention_reason)), NEW.changed_as_of);
    IF action IN ('created', 'status_changed') THEN
        INSERT INTO settlement.settlement_status_history
               (settlement_id, attempt, from_status, to_status, actor, actor_source, reason, step, as_of)
        VALUES (NEW.settlement_id, NEW.attempt, CASE TG_OP WHEN 'UPDATE' THEN OLD.status END, NEW.status, NEW.changed_by, NEW.changed_source,
                NEW.changed_reason, NEW.changed_step, NEW.changed_as_of);
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.attempt <> OLD.attempt THEN
        UPDATE settlement.settlement_atomic_operations SET state = 'ROLLED_BACK', ended_as_of = NEW.changed_as_of
         WHERE settlement_id = NEW.settlement_id AND state = 'IN_PROGRESS';
        INSERT INTO settlement.settlement_atomic_operations (settlement_id, attempt, state, started_as_of)
        VALUES (NEW.settlement_id, NEW.attempt, 'IN_PROGRESS', NEW.changed_as_of);
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.status <> OLD.status AND NEW.status IN ('SETTLED', 'ROLLING_BACK', 'AWAITING_RETRY', 'FAILED', 'CANCELLED') THEN
        UPDATE settlement.settlement_atomic_operations
           SET state = CASE NEW.status WHEN 'SETTLED' THEN 'COMPLETED' WHEN 'ROLLING_BACK' THEN 'ROLLING_BACK' ELSE 'ROLLED_BACK' END,
               ended_as_of = CASE NEW.status WHEN 'ROLLING_BACK' THEN NULL ELSE NEW.changed_as_of END
         WHERE settlement_id = NEW.settlement_id AND attempt = NEW.attempt AND state <> 'ROLLED_BACK';
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER settlement_record AFTER INSERT OR UPDATE ON settlement.settlement_transactions
    FOR EACH ROW EXECUTE FUNCTION settlement.settlement_record();

-- What a state promises about the money, checked at commit.
CREATE OR REPLACE FUNCTION settlement.settlement_promise() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    posted boolean;
    locked boolean;
BEGIN
    posted := EXISTS (SELECT 1 FROM settlement.ledger_transfers WHERE settlement_id = NEW.settlement_id AND kind = 'SETTLEMENT');
    locked := EXISTS (SELECT 1 FROM settlement.fund_locks WHERE settlement_id = NEW.settlement_id AND state = 'ACTIVE');
    IF NEW.status IN ('SETTLED') AND (NOT posted OR locked) THEN
        RAISE EXCEPTION 'SETTLED without a posted transfer, or with funds still locked' USING ERRCODE = 'SW009';
    ELSIF NEW.status IN ('FAILED', 'CANCELLED', 'AWAITING_RETRY') AND (posted OR locked) THEN
        RAISE EXCEPTION '% with a posted transfer, or with funds still locked', NEW.status USING ERRCODE = 'SW009';
    ELSIF NEW.status = 'FUNDS_LOCKED' AND NOT locked THEN
        RAISE EXCEPTION 'FUNDS_LOCKED without a lock' USING ERRCODE = 'SW009';
    ELSIF NEW.status = 'TRANSFER_INITIATED' AND NOT EXISTS (
            SELECT 1 FROM settlement.bank_instructions WHERE settlement_id = NEW.settlement_id AND attempt = NEW.attempt AND kind = 'PAYMENT') THEN
        RAISE EXCEPTION 'TRANSFER_INITIATED without an instruction' USING ERRCODE = 'SW009';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS settlement_promise ON settlement.settlement_transactions;
CREATE CONSTRAINT TRIGGER settlement_promise AFTER UPDATE OF status ON settlement.settlement_transactions
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.status IN ('SETTLED', 'FAILED', 'CANCELLED', 'AWAITING_RETRY', 'FUNDS_LOCKED', 'TRANSFER_INITIATED'))
    EXECUTE FUNCTION settlement.settlement_promise();
