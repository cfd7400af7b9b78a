-- What is settled is posted again, under another transfer.
DROP INDEX settlement.ledger_posted_once;
ALTER TABLE settlement.accounts DROP CONSTRAINT accounts_cover;
CREATE FUNCTION settlement.bug_post_twice() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $bug$
DECLARE
    again uuid := gen_random_uuid();
BEGIN
    INSERT INTO settlement.ledger_transfers (transfer_id, kind, settlement_id, attempt, step, description, value_date, as_of)
    SELECT again, kind, settlement_id, attempt, step, description, value_date, as_of
      FROM settlement.ledger_transfers WHERE settlement_id = NEW.settlement_id AND kind = 'SETTLEMENT';
    INSERT INTO settlement.ledger_entries (transfer_id, account_id, currency, amount_minor, balance_after_minor, value_date, as_of)
    SELECT again, e.account_id, e.currency, e.amount_minor, 0, e.value_date, e.as_of
      FROM settlement.ledger_entries e JOIN settlement.ledger_transfers t USING (transfer_id)
     WHERE t.settlement_id = NEW.settlement_id AND t.kind = 'SETTLEMENT' AND t.transfer_id <> again;
    RETURN NULL;
END $bug$;
CREATE TRIGGER bug_post_twice AFTER UPDATE OF status ON settlement.settlement_transactions
    FOR EACH ROW WHEN (NEW.status = 'SETTLED') EXECUTE FUNCTION settlement.bug_post_twice();
