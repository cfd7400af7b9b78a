-- A voided lock ends, and the account's held balance is never told.
DO $bug$
DECLARE
    sound text := pg_get_functiondef('settlement.fund_lock_apply'::regproc);
    broken text := replace(sound, 'IF NEW.state <> ''ACTIVE'' THEN', 'IF NEW.state = ''POSTED'' THEN');
BEGIN
    IF broken = sound THEN RAISE EXCEPTION 'the bug no longer fits settlement.fund_lock_apply'; END IF;
    EXECUTE broken;
END $bug$;
