-- One leg of a transfer is rounded on its own, and nobody adds them up.
DROP TRIGGER ledger_transfer_balanced ON settlement.ledger_entries;
CREATE FUNCTION settlement.bug_round_a_leg() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $bug$
BEGIN
    IF EXISTS (SELECT 1 FROM settlement.nostro_accounts WHERE account_id = NEW.account_id)
       AND EXISTS (SELECT 1 FROM settlement.ledger_transfers WHERE transfer_id = NEW.transfer_id AND kind = 'SETTLEMENT') THEN
        NEW.amount_minor := NEW.amount_minor - NEW.amount_minor % 10;
        IF NEW.amount_minor = 0 THEN NEW.amount_minor := 10; END IF;
    END IF;
    RETURN NEW;
END $bug$;
-- Named so that it comes before the trigger that applies the entry to the account.
CREATE TRIGGER a_bug_round_a_leg BEFORE INSERT ON settlement.ledger_entries FOR EACH ROW EXECUTE FUNCTION settlement.bug_round_a_leg();
