-- The lock is placed whatever the account has.
ALTER TABLE settlement.accounts DROP CONSTRAINT accounts_cover;
DO $bug$
DECLARE
    sound text := pg_get_functiondef('settlement.ledger_hold'::regproc);
    broken text := regexp_replace(sound, 'WHEN leg\.floor_minor IS NOT NULL AND [^\n]*', 'END;');
BEGIN
    IF broken = sound THEN RAISE EXCEPTION 'the bug no longer fits settlement.ledger_hold'; END IF;
    EXECUTE broken;
END $bug$;
