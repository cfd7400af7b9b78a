-- What is settled is posted again, under another transfer.
DROP INDEX settlement.ledger_posted_once;
ALTER TABLE settlement.accounts DROP CONSTRAINT accounts_cover;
DO $bug$
DECLARE
    sound text := pg_get_functiondef('settlement.ledger_post'::regproc);
    broken text := replace(sound, 'END $function$', $again$
    IF p_kind = 'SETTLEMENT' AND p_locked THEN
        PERFORM settlement.ledger_post(gen_random_uuid(), p_kind, p_settlement, p_attempt, p_step, p_description, p_value_date,
                                       p_as_of, p_accounts, p_amounts, p_currencies, false);
    END IF;
END $function$$again$);
BEGIN
    IF broken = sound THEN RAISE EXCEPTION 'the bug no longer fits settlement.ledger_post'; END IF;
    EXECUTE broken;
END $bug$;
