-- Securities in custody: quantities per account and instrument, by the same rules as money. A transfer may have legs of both, so that
-- delivery and payment are one posting.

CREATE TABLE IF NOT EXISTS settlement.custody_accounts (
    account_id   uuid PRIMARY KEY REFERENCES settlement.accounts,
    custodian_id text NOT NULL CHECK (length(custodian_id) BETWEEN 1 AND 64),
    number_there text NOT NULL CHECK (length(number_there) BETWEEN 1 AND 64),
    -- False for the account that stands for the outside world: what comes in from there makes it negative.
    covered      boolean NOT NULL DEFAULT true,
    UNIQUE (custodian_id, number_there)
);

CREATE TABLE IF NOT EXISTS settlement.custody_holdings (
    account_id uuid NOT NULL REFERENCES settlement.custody_accounts,
    instrument text NOT NULL CHECK (length(instrument) BETWEEN 1 AND 64),
    posted     numeric(28, 8) NOT NULL DEFAULT 0,
    covered    boolean NOT NULL,
    PRIMARY KEY (account_id, instrument),
    -- Nobody delivers what is not there; checked inside the write.
    CONSTRAINT custody_cover CHECK (NOT covered OR posted >= 0)
) WITH (fillfactor = 70);

CREATE TABLE IF NOT EXISTS settlement.custody_entries (
    entry_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transfer_id   uuid NOT NULL REFERENCES settlement.ledger_transfers,
    account_id    uuid NOT NULL,
    instrument    text NOT NULL,
    -- Positive: received. Sums to zero per instrument in every transfer.
    quantity      numeric(28, 8) NOT NULL CHECK (quantity <> 0),
    balance_after numeric(28, 8) NOT NULL,
    value_date    date NOT NULL,
    as_of         timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS custody_entry_by_transfer ON settlement.custody_entries (transfer_id);
CREATE INDEX IF NOT EXISTS custody_entry_by_account ON settlement.custody_entries (account_id, instrument, entry_id);

CREATE OR REPLACE FUNCTION settlement.custody_holding_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR pg_trigger_depth() < 2
       OR (TG_OP = 'UPDATE' AND (NEW.account_id, NEW.instrument, NEW.covered) IS DISTINCT FROM (OLD.account_id, OLD.instrument, OLD.covered)) THEN
        RAISE EXCEPTION 'holdings are moved by custody entries only' USING ERRCODE = 'SW002';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER custody_holding_guard BEFORE INSERT OR UPDATE OR DELETE ON settlement.custody_holdings
    FOR EACH ROW EXECUTE FUNCTION settlement.custody_holding_guard();

CREATE OR REPLACE FUNCTION settlement.custody_entry_apply() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_covered boolean;
BEGIN
    SELECT c.covered INTO is_covered FROM settlement.custody_accounts c JOIN settlement.accounts a USING (account_id)
     WHERE c.account_id = NEW.account_id AND a.kind = 'CUSTODY' AND a.status = 'OPEN';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such open custody account' USING ERRCODE = 'SW006';
    END IF;
    -- The row first, the quantity then: a new holding that begins below zero must meet the same check as any other.
    INSERT INTO settlement.custody_holdings (account_id, instrument, covered) VALUES (NEW.account_id, NEW.instrument, is_covered) ON CONFLICT DO NOTHING;
    UPDATE settlement.custody_holdings SET posted = posted + NEW.quantity WHERE account_id = NEW.account_id AND instrument = NEW.instrument
    RETURNING posted INTO NEW.balance_after;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER custody_entry_apply BEFORE INSERT ON settlement.custody_entries
    FOR EACH ROW EXECUTE FUNCTION settlement.custody_entry_apply();

CREATE OR REPLACE FUNCTION settlement.custody_transfer_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bad record;
BEGIN
    SELECT instrument, sum(quantity) AS total INTO bad FROM settlement.custody_entries WHERE transfer_id = NEW.transfer_id
     GROUP BY instrument HAVING sum(quantity) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'transfer % does not sum to zero: % %', NEW.transfer_id, bad.total, bad.instrument USING ERRCODE = 'SW004';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS custody_transfer_balanced ON settlement.custody_entries;
CREATE CONSTRAINT TRIGGER custody_transfer_balanced AFTER INSERT ON settlement.custody_entries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION settlement.custody_transfer_balanced();

CREATE OR REPLACE TRIGGER refuse_rewrite BEFORE UPDATE OR DELETE ON settlement.custody_entries FOR EACH ROW EXECUTE FUNCTION settlement.refuse_rewrite();
CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON settlement.custody_entries FOR EACH STATEMENT EXECUTE FUNCTION settlement.refuse_rewrite();
CREATE OR REPLACE TRIGGER refuse_truncate BEFORE TRUNCATE ON settlement.custody_holdings FOR EACH STATEMENT EXECUTE FUNCTION settlement.refuse_rewrite();

-- A transfer has legs of money, of securities, or of both.
CREATE OR REPLACE FUNCTION settlement.ledger_transfer_not_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM settlement.ledger_entries WHERE transfer_id = NEW.transfer_id)
       AND NOT EXISTS (SELECT 1 FROM settlement.custody_entries WHERE transfer_id = NEW.transfer_id) THEN
        RAISE EXCEPTION 'transfer % has no entries', NEW.transfer_id USING ERRCODE = 'SW004';
    END IF;
    RETURN NULL;
END $$;

-- Adds the legs in securities to a transfer that this same transaction has written; one that is committed takes no more.
CREATE OR REPLACE FUNCTION settlement.custody_deliver(p_transfer uuid, p_accounts uuid[], p_instruments text[], p_quantities numeric[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = settlement, pg_temp AS $$
DECLARE
    posting record;
BEGIN
    SELECT t.value_date, t.as_of INTO posting FROM settlement.ledger_transfers t WHERE t.transfer_id = p_transfer AND t.xmin = pg_current_xact_id()::xid;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'securities are delivered in the transaction that writes their transfer' USING ERRCODE = 'SW009';
    END IF;
    PERFORM settlement.ledger_queue(p_accounts);
    INSERT INTO settlement.custody_entries (transfer_id, account_id, instrument, quantity, balance_after, value_date, as_of)
    SELECT p_transfer, d.account_id, d.instrument, d.quantity, 0, posting.value_date, posting.as_of
      FROM unnest(p_accounts, p_instruments, p_quantities) AS d (account_id, instrument, quantity)
     ORDER BY d.account_id, d.instrument, d.quantity;
END $$;

-- Holdings that are there when an account opens. Nobody but the owner of the schema may call this.
CREATE OR REPLACE FUNCTION settlement.custody_open(
    p_transfer uuid, p_description text, p_value_date date, p_as_of timestamptz, p_accounts uuid[], p_instruments text[], p_quantities numeric[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO settlement.ledger_transfers (transfer_id, kind, description, value_date, as_of)
    VALUES (p_transfer, 'OPENING', p_description, p_value_date, p_as_of);
    PERFORM settlement.custody_deliver(p_transfer, p_accounts, p_instruments, p_quantities);
END $$;
