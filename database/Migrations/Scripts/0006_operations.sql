-- Operators' actions that belong to no settlement: once per operator and request id, with the answer that was given.
CREATE TABLE IF NOT EXISTS settlement.operator_actions (
    operator    text NOT NULL CHECK (length(operator) BETWEEN 1 AND 100),
    request_id  text NOT NULL CHECK (length(request_id) BETWEEN 1 AND 64),
    action      text NOT NULL CHECK (length(action) BETWEEN 1 AND 64),
    input_hash  bytea NOT NULL CHECK (length(input_hash) = 32),
    -- json, not jsonb: the first answer is given again exactly as it was.
    reply       json NOT NULL,
    as_of       timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (operator, request_id)
);
CREATE OR REPLACE TRIGGER refuse_rewrite BEFORE UPDATE OR DELETE ON settlement.operator_actions
    FOR EACH ROW EXECUTE FUNCTION settlement.refuse_rewrite();
CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON settlement.operator_actions
    FOR EACH STATEMENT EXECUTE FUNCTION settlement.refuse_rewrite();

-- A ticket may be for the closing of one case of the settlement.
ALTER TABLE settlement.approval_tickets ADD COLUMN IF NOT EXISTS case_id uuid REFERENCES settlement.cases;
ALTER TABLE settlement.approval_tickets DROP CONSTRAINT IF EXISTS approval_tickets_action_check;
ALTER TABLE settlement.approval_tickets ADD CONSTRAINT approval_tickets_action_check
    CHECK (action IN ('approve', 'reject', 'resolve', 'close_case'));
ALTER TABLE settlement.approval_tickets DROP CONSTRAINT IF EXISTS ticket_case;
ALTER TABLE settlement.approval_tickets ADD CONSTRAINT ticket_case CHECK ((action = 'close_case') = (case_id IS NOT NULL));

CREATE OR REPLACE FUNCTION settlement.approval_ticket_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'tickets are kept as evidence' USING ERRCODE = 'SW002';
    END IF;
    IF OLD.redeemed_at IS NOT NULL
       OR (NEW.ticket_hash, NEW.settlement_id, NEW.case_id, NEW.action, NEW.outcome, NEW.approver, NEW.reason, NEW.recorded_at, NEW.expires_at)
          IS DISTINCT FROM (OLD.ticket_hash, OLD.settlement_id, OLD.case_id, OLD.action, OLD.outcome, OLD.approver, OLD.reason, OLD.recorded_at, OLD.expires_at) THEN
        RAISE EXCEPTION 'a ticket is used once and is otherwise fixed' USING ERRCODE = 'SW002';
    END IF;
    RETURN NEW;
END $$;

-- A payment comes back once: one return that has not failed.
CREATE UNIQUE INDEX IF NOT EXISTS settlement_one_return ON settlement.settlement_transactions (returns_settlement_id)
    WHERE returns_settlement_id IS NOT NULL AND status NOT IN ('FAILED', 'CANCELLED');
CREATE INDEX IF NOT EXISTS bank_instruction_by_original ON settlement.bank_instructions (original_uetr) WHERE original_uetr IS NOT NULL;

-- As in 0004, with one exception: a return brings money, so it locks none, and its own instruction is the return.
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
    ELSIF NEW.status = 'FUNDS_LOCKED' AND NOT locked AND NEW.returns_settlement_id IS NULL THEN
        RAISE EXCEPTION 'FUNDS_LOCKED without a lock' USING ERRCODE = 'SW009';
    ELSIF NEW.status = 'TRANSFER_INITIATED' AND NOT EXISTS (
            SELECT 1 FROM settlement.bank_instructions
             WHERE settlement_id = NEW.settlement_id AND attempt = NEW.attempt
               AND kind = CASE WHEN NEW.returns_settlement_id IS NULL THEN 'PAYMENT' ELSE 'RETURN' END) THEN
        RAISE EXCEPTION 'TRANSFER_INITIATED without an instruction' USING ERRCODE = 'SW009';
    END IF;
    RETURN NULL;
END $$;
