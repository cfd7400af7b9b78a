-- The double-entry ledger: immutable entries, pending transfers (fund locks), balances kept in the same transaction.

CREATE TABLE IF NOT EXISTS settlement.ledger_transfers (
    transfer_id   uuid PRIMARY KEY,
    kind          text NOT NULL CHECK (kind IN ('OPENING', 'SETTLEMENT', 'SUSPENSE', 'RETURN', 'CORRECTION')),
    settlement_id uuid REFERENCES settlement.settlement_transactions,
    attempt       integer,
    step          text,
    description   text NOT NULL CHECK (length(description) <= 200),
    value_date    date NOT NULL,
    as_of         timestamptz NOT NULL,
    recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK ((settlement_id IS NULL) = (attempt IS NULL) AND (settlement_id IS NULL) = (step IS NULL))
);
-- Invariant 5: a settlement is posted at most once, whatever the attempt.
CREATE UNIQUE INDEX IF NOT EXISTS ledger_posted_once ON settlement.ledger_transfers (settlement_id) WHERE kind = 'SETTLEMENT';
CREATE INDEX IF NOT EXISTS ledger_transfer_by_settlement ON settlement.ledger_transfers (settlement_id) WHERE settlement_id IS NOT NULL;

CREATE TABLE IF NOT EXISTS settlement.ledger_entries (
    entry_id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    transfer_id         uuid NOT NULL REFERENCES settlement.ledger_transfers,
    -- No foreign key: ledger_entry_apply refuses an unknown account, and accounts are never deleted. The key's own row lock
    -- would be taken once more on the account that every payment waits for.
    account_id          uuid NOT NULL,
    currency            text NOT NULL,
    amount_minor        bigint NOT NULL CHECK (amount_minor <> 0),
    -- The account's balance, in its natural sign, after this entry.
    balance_after_minor bigint NOT NULL,
    value_date          date NOT NULL,
    as_of               timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS ledger_entry_by_transfer ON settlement.ledger_entries (transfer_id);
CREATE INDEX IF NOT EXISTS ledger_entry_by_account ON settlement.ledger_entries (account_id, entry_id);

CREATE TABLE IF NOT EXISTS settlement.fund_locks (
    lock_id       uuid PRIMARY KEY,
    settlement_id uuid NOT NULL,
    attempt       integer NOT NULL,
    -- No foreign key, as with ledger_entries: fund_lock_apply refuses an unknown account.
    account_id    uuid NOT NULL,
    currency      text NOT NULL,
    amount_minor  bigint NOT NULL CHECK (amount_minor > 0),
    state         text NOT NULL DEFAULT 'ACTIVE' CHECK (state IN ('ACTIVE', 'POSTED', 'VOIDED', 'EXPIRED')),
    placed_as_of  timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    frozen_as_of  timestamptz,
    ended_as_of   timestamptz,
    end_reason    text CHECK (length(end_reason) BETWEEN 1 AND 1000),
    transfer_id   uuid REFERENCES settlement.ledger_transfers,
    recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (settlement_id, attempt, account_id),
    FOREIGN KEY (settlement_id, attempt) REFERENCES settlement.settlement_atomic_operations,
    CHECK ((state = 'ACTIVE') = (ended_as_of IS NULL) AND (state = 'ACTIVE') = (end_reason IS NULL)),
    CHECK ((state = 'POSTED') = (transfer_id IS NOT NULL)),
    CONSTRAINT lock_frozen_never_expires CHECK (state <> 'EXPIRED' OR frozen_as_of IS NULL)
);
CREATE INDEX IF NOT EXISTS fund_lock_active ON settlement.fund_locks (account_id) WHERE state = 'ACTIVE';
CREATE INDEX IF NOT EXISTS fund_lock_expiry ON settlement.fund_locks (expires_at) WHERE state = 'ACTIVE' AND frozen_as_of IS NULL;

-- Queues for accounts, in one order for everybody (by key). Advisory locks queue first come, first served, and wake one
-- waiter; a queue on the row itself wakes all of them for every new version of the row, and they fight for it again.
CREATE OR REPLACE FUNCTION settlement.ledger_queue(p_accounts uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    key bigint;
BEGIN
    FOR key IN SELECT DISTINCT hashtextextended(a::text, 7) FROM unnest(p_accounts) AS a ORDER BY 1 LOOP
        PERFORM pg_advisory_xact_lock(key);
    END LOOP;
END $$;

-- The balance belongs to its entries and locks: only their triggers may move it.
CREATE OR REPLACE FUNCTION settlement.accounts_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'accounts are closed, never deleted' USING ERRCODE = 'SW002';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.posted_minor <> 0 OR NEW.held_minor <> 0 THEN
            RAISE EXCEPTION 'an account opens with a balance of zero; opening balances are entries' USING ERRCODE = 'SW002';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.account_id, NEW.account_number, NEW.kind, NEW.normal_side, NEW.entity_id, NEW.currency, NEW.opened_as_of)
       IS DISTINCT FROM (OLD.account_id, OLD.account_number, OLD.kind, OLD.normal_side, OLD.entity_id, OLD.currency, OLD.opened_as_of) THEN
        RAISE EXCEPTION 'identity, side and currency of an account are immutable' USING ERRCODE = 'SW002';
    END IF;
    IF (NEW.posted_minor, NEW.held_minor) IS DISTINCT FROM (OLD.posted_minor, OLD.held_minor) AND pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'balances are moved by ledger entries and fund locks only' USING ERRCODE = 'SW002';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER accounts_guard BEFORE INSERT OR UPDATE OR DELETE ON settlement.accounts
    FOR EACH ROW EXECUTE FUNCTION settlement.accounts_guard();

CREATE OR REPLACE FUNCTION settlement.ledger_entry_apply() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    account record;
BEGIN
    UPDATE settlement.accounts
       SET posted_minor = posted_minor + CASE normal_side WHEN 'CREDIT' THEN NEW.amount_minor ELSE -NEW.amount_minor END
     WHERE account_id = NEW.account_id
    RETURNING currency, status, posted_minor INTO account;
    IF account.currency IS NULL THEN
        RAISE EXCEPTION 'no such account' USING ERRCODE = 'SW006';
    END IF;
    IF account.currency <> NEW.currency THEN
        RAISE EXCEPTION 'the entry is in % but the account in %', NEW.currency, account.currency USING ERRCODE = 'SW007';
    END IF;
    IF account.status = 'CLOSED' THEN
        RAISE EXCEPTION 'the account is closed' USING ERRCODE = 'SW008';
    END IF;
    NEW.balance_after_minor := account.posted_minor;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER ledger_entry_apply BEFORE INSERT ON settlement.ledger_entries
    FOR EACH ROW EXECUTE FUNCTION settlement.ledger_entry_apply();

-- Invariant 1, at commit, so that the legs may be written in any order.
CREATE OR REPLACE FUNCTION settlement.ledger_transfer_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bad record;
BEGIN
    SELECT currency, sum(amount_minor) AS total INTO bad
      FROM settlement.ledger_entries WHERE transfer_id = NEW.transfer_id
     GROUP BY currency HAVING sum(amount_minor) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'transfer % does not sum to zero: % %', NEW.transfer_id, bad.total, bad.currency USING ERRCODE = 'SW004';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS ledger_transfer_balanced ON settlement.ledger_entries;
CREATE CONSTRAINT TRIGGER ledger_transfer_balanced AFTER INSERT ON settlement.ledger_entries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION settlement.ledger_transfer_balanced();

CREATE OR REPLACE FUNCTION settlement.ledger_transfer_not_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM settlement.ledger_entries WHERE transfer_id = NEW.transfer_id) THEN
        RAISE EXCEPTION 'transfer % has no entries', NEW.transfer_id USING ERRCODE = 'SW004';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS ledger_transfer_not_empty ON settlement.ledger_transfers;
CREATE CONSTRAINT TRIGGER ledger_transfer_not_empty AFTER INSERT ON settlement.ledger_transfers
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION settlement.ledger_transfer_not_empty();

CREATE OR REPLACE FUNCTION settlement.fund_lock_apply() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'ACTIVE' OR NEW.frozen_as_of IS NOT NULL THEN
            RAISE EXCEPTION 'a lock begins active' USING ERRCODE = 'SW003';
        END IF;
        UPDATE settlement.accounts SET held_minor = held_minor + NEW.amount_minor
         WHERE account_id = NEW.account_id AND currency = NEW.currency AND status = 'OPEN';
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the account cannot be locked: it is not open, or of another currency' USING ERRCODE = 'SW008';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'locks end, they are never deleted' USING ERRCODE = 'SW002';
    END IF;
    IF OLD.state <> 'ACTIVE' THEN
        RAISE EXCEPTION 'the lock is % already', OLD.state USING ERRCODE = 'SW003';
    END IF;
    IF (NEW.lock_id, NEW.settlement_id, NEW.attempt, NEW.account_id, NEW.currency, NEW.amount_minor, NEW.placed_as_of)
       IS DISTINCT FROM (OLD.lock_id, OLD.settlement_id, OLD.attempt, OLD.account_id, OLD.currency, OLD.amount_minor, OLD.placed_as_of)
       OR (OLD.frozen_as_of IS NOT NULL AND (NEW.frozen_as_of, NEW.expires_at) IS DISTINCT FROM (OLD.frozen_as_of, OLD.expires_at)) THEN
        RAISE EXCEPTION 'a lock''s account, amount and freezing are immutable' USING ERRCODE = 'SW002';
    END IF;
    IF NEW.state <> 'ACTIVE' THEN
        UPDATE settlement.accounts SET held_minor = held_minor - OLD.amount_minor WHERE account_id = OLD.account_id;
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER fund_lock_apply BEFORE INSERT OR UPDATE OR DELETE ON settlement.fund_locks
    FOR EACH ROW EXECUTE FUNCTION settlement.fund_lock_apply();

-- Places all locks of an attempt or none. Null: done; else the account that
-- refused, with the reason, so that the caller can still record the refusal in this same transaction.
CREATE OR REPLACE FUNCTION settlement.ledger_hold(
    p_settlement uuid, p_attempt integer, p_lock_ids uuid[], p_accounts uuid[], p_amounts bigint[], p_currencies text[],
    p_expires_at timestamptz, p_as_of timestamptz, OUT refused_account uuid, OUT refusal text)
LANGUAGE plpgsql AS $$
DECLARE
    leg record;
BEGIN
    PERFORM settlement.ledger_queue(p_accounts);
    FOR leg IN
        SELECT a.account_id, a.status, a.currency, a.posted_minor - a.held_minor AS available, a.floor_minor, r.amount, r.currency AS wanted
          FROM settlement.accounts a
          JOIN unnest(p_accounts, p_amounts, p_currencies) AS r (account_id, amount, currency) ON r.account_id = a.account_id
         ORDER BY a.account_id
           FOR NO KEY UPDATE OF a
    LOOP
        refusal := CASE
            WHEN leg.status <> 'OPEN' THEN 'ACCOUNT_UNAVAILABLE'
            WHEN leg.currency <> leg.wanted THEN 'CURRENCY_MISMATCH'
            WHEN leg.floor_minor IS NOT NULL AND leg.available::numeric - leg.amount < leg.floor_minor THEN 'INSUFFICIENT_FUNDS' END;
        IF refusal IS NOT NULL THEN
            refused_account := leg.account_id;
            RETURN;
        END IF;
    END LOOP;
    INSERT INTO settlement.fund_locks (lock_id, settlement_id, attempt, account_id, currency, amount_minor, placed_as_of, expires_at)
    SELECT r.lock_id, p_settlement, p_attempt, r.account_id, r.currency, r.amount, p_as_of, p_expires_at
      FROM unnest(p_lock_ids, p_accounts, p_amounts, p_currencies) AS r (lock_id, account_id, amount, currency)
     ORDER BY r.account_id;
END $$;

-- Writes a transfer. With p_locked, all active locks of the attempt become its legs' cover: each locked account must lose
-- exactly the locked amount, and nothing that has no lock may lose any (fees and credits only gain).
CREATE OR REPLACE FUNCTION settlement.ledger_post(
    p_transfer uuid, p_kind text, p_settlement uuid, p_attempt integer, p_step text, p_description text, p_value_date date,
    p_as_of timestamptz, p_accounts uuid[], p_amounts bigint[], p_currencies text[], p_locked boolean) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    bad record;
BEGIN
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
                       JOIN settlement.accounts a ON a.account_id = r.account_id GROUP BY a.account_id) e
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

-- Releases what an attempt still holds; the number of locks released (0: nothing was held, which is no error).
CREATE OR REPLACE FUNCTION settlement.ledger_void(p_settlement uuid, p_attempt integer, p_reason text, p_as_of timestamptz)
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    released integer;
BEGIN
    PERFORM settlement.ledger_queue(ARRAY(SELECT account_id FROM settlement.fund_locks
                                           WHERE settlement_id = p_settlement AND attempt = p_attempt AND state = 'ACTIVE'));
    UPDATE settlement.fund_locks SET state = 'VOIDED', ended_as_of = p_as_of, end_reason = p_reason
     WHERE settlement_id = p_settlement AND attempt = p_attempt AND state = 'ACTIVE';
    GET DIAGNOSTICS released = ROW_COUNT;
    RETURN released;
END $$;

-- Past the point of no return a lock does not expire. Refused if anything of the attempt's lock is gone.
CREATE OR REPLACE FUNCTION settlement.ledger_freeze(p_settlement uuid, p_attempt integer, p_as_of timestamptz)
RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    frozen integer;
    broken integer;
BEGIN
    UPDATE settlement.fund_locks SET frozen_as_of = p_as_of
     WHERE settlement_id = p_settlement AND attempt = p_attempt AND state = 'ACTIVE' AND frozen_as_of IS NULL AND expires_at > p_as_of;
    GET DIAGNOSTICS frozen = ROW_COUNT;
    SELECT count(*) FILTER (WHERE state <> 'ACTIVE' OR frozen_as_of IS NULL) INTO broken
      FROM settlement.fund_locks WHERE settlement_id = p_settlement AND attempt = p_attempt;
    IF frozen = 0 OR broken > 0 THEN
        RAISE EXCEPTION 'the attempt has no complete active lock to freeze' USING ERRCODE = 'SW003';
    END IF;
    RETURN frozen;
END $$;

-- The expiry sweep. A settlement that is in the middle of a step is left to that step (SKIP LOCKED); the order of locks is
-- that of every step: settlement, accounts (ledger_queue), fund locks.
CREATE OR REPLACE FUNCTION settlement.ledger_expire(p_as_of timestamptz, p_limit integer)
RETURNS TABLE (expired_lock_id uuid, expired_settlement_id uuid, expired_attempt integer) LANGUAGE plpgsql AS $$
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
    UPDATE settlement.fund_locks l SET state = 'EXPIRED', ended_as_of = p_as_of, end_reason = 'expired'
     WHERE l.settlement_id = ANY (owners) AND l.state = 'ACTIVE' AND l.frozen_as_of IS NULL AND l.expires_at <= p_as_of
    RETURNING l.lock_id, l.settlement_id, l.attempt;
END $$;
