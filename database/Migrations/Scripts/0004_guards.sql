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
        -- Only what changed, so that a reader of the audit sees the change and not the row; a missing member was null.
        old_facts := jsonb_strip_nulls(jsonb_build_object(
            'status', CASE WHEN NEW.status IS DISTINCT FROM OLD.status THEN OLD.status END,
            'attempt', CASE WHEN NEW.attempt IS DISTINCT FROM OLD.attempt THEN OLD.attempt END,
            'needs_attention', CASE WHEN NEW.needs_attention IS DISTINCT FROM OLD.needs_attention THEN OLD.needs_attention END,
            'attention_reason', CASE WHEN NEW.attention_reason IS DISTINCT FROM OLD.attention_reason THEN OLD.attention_reason END,
            'attention_owner', CASE WHEN NEW.attention_owner IS DISTINCT FROM OLD.attention_owner THEN OLD.attention_owner END,
            'failure', CASE WHEN NEW.failure IS DISTINCT FROM OLD.failure THEN OLD.failure END,
            'trade_date', CASE WHEN NEW.trade_date IS DISTINCT FROM OLD.trade_date THEN OLD.trade_date END,
            'value_date', CASE WHEN NEW.value_date IS DISTINCT FROM OLD.value_date THEN OLD.value_date END,
            'opens_at', CASE WHEN NEW.opens_at IS DISTINCT FROM OLD.opens_at THEN OLD.opens_at END,
            'due_at', CASE WHEN NEW.due_at IS DISTINCT FROM OLD.due_at THEN OLD.due_at END,
            'warning_at', CASE WHEN NEW.warning_at IS DISTINCT FROM OLD.warning_at THEN OLD.warning_at END,
            'critical_at', CASE WHEN NEW.critical_at IS DISTINCT FROM OLD.critical_at THEN OLD.critical_at END,
            'calendar_version', CASE WHEN NEW.calendar_version IS DISTINCT FROM OLD.calendar_version THEN OLD.calendar_version END,
            'window_version', CASE WHEN NEW.window_version IS DISTINCT FROM OLD.window_version THEN OLD.window_version END));
        new_facts := jsonb_strip_nulls(jsonb_build_object(
            'status', CASE WHEN NEW.status IS DISTINCT FROM OLD.status THEN NEW.status END,
            'attempt', CASE WHEN NEW.attempt IS DISTINCT FROM OLD.attempt THEN NEW.attempt END,
            'needs_attention', CASE WHEN NEW.needs_attention IS DISTINCT FROM OLD.needs_attention THEN NEW.needs_attention END,
            'attention_reason', CASE WHEN NEW.attention_reason IS DISTINCT FROM OLD.attention_reason THEN NEW.attention_reason END,
            'attention_owner', CASE WHEN NEW.attention_owner IS DISTINCT FROM OLD.attention_owner THEN NEW.attention_owner END,
            'failure', CASE WHEN NEW.failure IS DISTINCT FROM OLD.failure THEN NEW.failure END,
            'trade_date', CASE WHEN NEW.trade_date IS DISTINCT FROM OLD.trade_date THEN NEW.trade_date END,
            'value_date', CASE WHEN NEW.value_date IS DISTINCT FROM OLD.value_date THEN NEW.value_date END,
            'opens_at', CASE WHEN NEW.opens_at IS DISTINCT FROM OLD.opens_at THEN NEW.opens_at END,
            'due_at', CASE WHEN NEW.due_at IS DISTINCT FROM OLD.due_at THEN NEW.due_at END,
            'warning_at', CASE WHEN NEW.warning_at IS DISTINCT FROM OLD.warning_at THEN NEW.warning_at END,
            'critical_at', CASE WHEN NEW.critical_at IS DISTINCT FROM OLD.critical_at THEN NEW.critical_at END,
            'calendar_version', CASE WHEN NEW.calendar_version IS DISTINCT FROM OLD.calendar_version THEN NEW.calendar_version END,
            'window_version', CASE WHEN NEW.window_version IS DISTINCT FROM OLD.window_version THEN NEW.window_version END));
        action := CASE
            WHEN NEW.status <> OLD.status THEN 'status_changed'
            WHEN NEW.attempt <> OLD.attempt THEN 'attempt_started'
            WHEN (NEW.needs_attention, NEW.attention_reason, NEW.attention_owner)
                 IS DISTINCT FROM (OLD.needs_attention, OLD.attention_reason, OLD.attention_owner) THEN 'attention_changed'
            WHEN new_facts <> old_facts THEN 'schedule_changed' END;
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
