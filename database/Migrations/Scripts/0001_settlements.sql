-- Settlements, their states and what belongs to each state change.
-- Business instants (…_as_of, …_at of the schedule) are handed in; only recorded_at is the machine's clock.
CREATE SCHEMA IF NOT EXISTS settlement;

-- The one table of MONEY.md "States", filled from Settlement.Domain by the migration class and compared by a test.
CREATE TABLE IF NOT EXISTS settlement.settlement_transition_rules (
    kind        text NOT NULL,
    from_status text NOT NULL,
    to_status   text NOT NULL,
    PRIMARY KEY (kind, from_status, to_status)
);

CREATE TABLE IF NOT EXISTS settlement.accounts (
    account_id     uuid PRIMARY KEY,
    account_number text NOT NULL UNIQUE CHECK (length(account_number) BETWEEN 1 AND 64),
    kind           text NOT NULL CHECK (kind IN ('NOSTRO', 'VOSTRO', 'CUSTOMER', 'SUSPENSE', 'FEE', 'OPENING', 'CUSTODY')),
    -- Entries are signed, credit positive. A DEBIT account (an asset, such as a nostro) shows the opposite sign.
    normal_side    text NOT NULL CHECK (normal_side IN ('CREDIT', 'DEBIT')),
    entity_id      text NOT NULL CHECK (length(entity_id) BETWEEN 1 AND 64),
    name           text NOT NULL CHECK (length(name) BETWEEN 1 AND 140),
    currency       text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    status         text NOT NULL DEFAULT 'OPEN' CHECK (status IN ('OPEN', 'BLOCKED', 'CLOSED')),
    posted_minor   bigint NOT NULL DEFAULT 0,
    held_minor     bigint NOT NULL DEFAULT 0 CHECK (held_minor >= 0),
    floor_minor    bigint,
    opened_as_of   timestamptz NOT NULL,
    recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Invariant 3, checked inside the write that would break it.
    CONSTRAINT accounts_cover CHECK (floor_minor IS NULL OR posted_minor - held_minor >= floor_minor)
) WITH (fillfactor = 70);
CREATE INDEX IF NOT EXISTS accounts_entity ON settlement.accounts (entity_id, account_number);

CREATE TABLE IF NOT EXISTS settlement.nostro_accounts (
    account_id   uuid PRIMARY KEY REFERENCES settlement.accounts,
    bank_id      text NOT NULL,
    bank_bic     text NOT NULL CHECK (bank_bic ~ '^[A-Z0-9]{8}([A-Z0-9]{3})?$'),
    number_there text NOT NULL,
    currency     text NOT NULL,
    UNIQUE (bank_id, currency)
);

CREATE TABLE IF NOT EXISTS settlement.vostro_accounts (
    account_id uuid PRIMARY KEY REFERENCES settlement.accounts,
    bank_id    text NOT NULL,
    bank_bic   text NOT NULL CHECK (bank_bic ~ '^[A-Z0-9]{8}([A-Z0-9]{3})?$'),
    currency   text NOT NULL,
    UNIQUE (bank_id, currency)
);

CREATE TABLE IF NOT EXISTS settlement.settlement_transactions (
    settlement_id       uuid PRIMARY KEY,
    reference           text NOT NULL UNIQUE CHECK (reference ~ '^S[0-9]{8}[0-9A-HJKMNP-TV-Z]{10}$'),
    kind                text NOT NULL CHECK (kind IN ('CASH', 'PURCHASE', 'DVP')),
    status              text NOT NULL DEFAULT 'PENDING',
    attempt             integer NOT NULL DEFAULT 1 CHECK (attempt >= 1),
    entity_id           text NOT NULL CHECK (length(entity_id) BETWEEN 1 AND 64),
    -- No foreign key: settlement_guard refuses an unknown account, and accounts are never deleted or renumbered. The key's
    -- row lock would make every new settlement touch the account row that payments are waiting for.
    debtor_account      text NOT NULL,
    currency            text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    amount_minor        bigint NOT NULL CHECK (amount_minor > 0),
    fee_minor           bigint NOT NULL DEFAULT 0 CHECK (fee_minor >= 0),
    quantity            numeric(28, 8) CHECK (quantity > 0),
    price               numeric(28, 8) CHECK (price > 0),
    instrument          text CHECK (length(instrument) <= 64),
    trade_id            text UNIQUE CHECK (length(trade_id) BETWEEN 1 AND 64),
    bank_id             text NOT NULL CHECK (length(bank_id) BETWEEN 1 AND 64),
    rail                text NOT NULL CHECK (length(rail) BETWEEN 1 AND 32),
    calendar_codes      text[] NOT NULL CHECK (cardinality(calendar_codes) BETWEEN 1 AND 8),
    creditor_name       text NOT NULL CHECK (length(creditor_name) BETWEEN 1 AND 140),
    creditor_account    text NOT NULL CHECK (length(creditor_account) BETWEEN 1 AND 64),
    creditor_bic        text CHECK (creditor_bic ~ '^[A-Z0-9]{8}([A-Z0-9]{3})?$'),
    creditor_country    text CHECK (creditor_country ~ '^[A-Z]{2}$'),
    remittance          text CHECK (length(remittance) <= 140),
    stated_trade_date   date,
    stated_value_date   date,
    returns_settlement_id uuid REFERENCES settlement.settlement_transactions,
    created_by          text NOT NULL CHECK (length(created_by) BETWEEN 1 AND 100),
    created_as_of       timestamptz NOT NULL,
    workflow_input      jsonb NOT NULL,
    -- The schedule: set by validation, moved only by a recomputation or an operator's extension, each audited.
    trade_date          date,
    value_date          date,
    opens_at            timestamptz,
    due_at              timestamptz,
    warning_at          timestamptz,
    critical_at         timestamptz,
    calendar_version    integer,
    window_version      integer,
    -- What operators look for.
    needs_attention     boolean NOT NULL DEFAULT false,
    attention_reason    text,
    attention_owner     text,
    attention_since     timestamptz,
    failure             text,
    failure_message     text CHECK (length(failure_message) <= 1000),
    settled_at          timestamptz,
    -- The change under way: every update states who, why, when and in which step, and the trigger writes it down.
    changed_by          text NOT NULL CHECK (length(changed_by) BETWEEN 1 AND 100),
    changed_source      text NOT NULL,
    changed_reason      text NOT NULL CHECK (length(changed_reason) <= 1000),
    changed_as_of       timestamptz NOT NULL,
    changed_step        text NOT NULL,
    status_since        timestamptz NOT NULL,
    recorded_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT settlement_attention CHECK (needs_attention = (attention_reason IS NOT NULL) AND needs_attention = (attention_since IS NOT NULL)),
    CONSTRAINT settlement_purchase CHECK ((kind = 'CASH') = (quantity IS NULL) AND (quantity IS NULL) = (price IS NULL))
) WITH (fillfactor = 80);
CREATE INDEX IF NOT EXISTS settlement_by_entity ON settlement.settlement_transactions (entity_id, settlement_id DESC);
CREATE INDEX IF NOT EXISTS settlement_open ON settlement.settlement_transactions (status, settlement_id)
    WHERE status NOT IN ('SETTLED', 'FAILED', 'CANCELLED');
CREATE INDEX IF NOT EXISTS settlement_attention_open ON settlement.settlement_transactions (settlement_id) WHERE needs_attention;
CREATE INDEX IF NOT EXISTS settlement_by_account ON settlement.settlement_transactions (debtor_account, settlement_id DESC);
CREATE INDEX IF NOT EXISTS settlement_by_value_date ON settlement.settlement_transactions (value_date, settlement_id DESC);

-- One per attempt: the saga's own state.
CREATE TABLE IF NOT EXISTS settlement.settlement_atomic_operations (
    settlement_id uuid NOT NULL REFERENCES settlement.settlement_transactions,
    attempt       integer NOT NULL,
    state         text NOT NULL CHECK (state IN ('IN_PROGRESS', 'ROLLING_BACK', 'ROLLED_BACK', 'COMPLETED')),
    started_as_of timestamptz NOT NULL,
    ended_as_of   timestamptz,
    PRIMARY KEY (settlement_id, attempt)
);

-- One per executed step: what it found, what it left and what it answered. The key of idempotency.
CREATE TABLE IF NOT EXISTS settlement.settlement_operation_checkpoints (
    settlement_id uuid NOT NULL,
    attempt       integer NOT NULL,
    step          text NOT NULL,
    status_before text NOT NULL,
    status_after  text NOT NULL,
    as_of         timestamptz NOT NULL,
    -- json, not jsonb: the first answer is given again exactly as it was.
    result        json NOT NULL,
    recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (settlement_id, attempt, step),
    FOREIGN KEY (settlement_id, attempt) REFERENCES settlement.settlement_atomic_operations
);

CREATE TABLE IF NOT EXISTS settlement.settlement_status_history (
    history_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    settlement_id uuid NOT NULL REFERENCES settlement.settlement_transactions,
    attempt       integer NOT NULL,
    from_status   text,
    to_status     text NOT NULL,
    actor         text NOT NULL,
    actor_source  text NOT NULL,
    reason        text NOT NULL,
    step          text NOT NULL,
    as_of         timestamptz NOT NULL,
    recorded_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- No status changes outside a step: at commit the step's checkpoint must be there.
    CONSTRAINT history_has_step FOREIGN KEY (settlement_id, attempt, step)
        REFERENCES settlement.settlement_operation_checkpoints DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX IF NOT EXISTS history_by_settlement ON settlement.settlement_status_history (settlement_id, history_id);

CREATE TABLE IF NOT EXISTS settlement.compensation_transactions (
    compensation_id    uuid PRIMARY KEY,
    settlement_id      uuid NOT NULL,
    attempt            integer NOT NULL,
    action             text NOT NULL CHECK (action IN ('VOID_LOCK', 'RECALL', 'RETURN')),
    state              text NOT NULL CHECK (state IN ('REGISTERED', 'FAILING', 'SUCCEEDED', 'NOT_NEEDED')),
    tries              integer NOT NULL DEFAULT 0,
    last_error         text CHECK (length(last_error) <= 1000),
    evidence           jsonb,
    registered_as_of   timestamptz NOT NULL,
    tried_as_of        timestamptz,
    completed_as_of    timestamptz,
    recorded_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (settlement_id, attempt, action),
    FOREIGN KEY (settlement_id, attempt) REFERENCES settlement.settlement_atomic_operations,
    CHECK ((state IN ('SUCCEEDED', 'NOT_NEEDED')) = (completed_as_of IS NOT NULL))
);
CREATE INDEX IF NOT EXISTS compensation_open ON settlement.compensation_transactions (state) WHERE state IN ('REGISTERED', 'FAILING');

CREATE TABLE IF NOT EXISTS settlement.cases (
    case_id         uuid PRIMARY KEY,
    settlement_id   uuid REFERENCES settlement.settlement_transactions,
    reason          text NOT NULL,
    state           text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'RESOLVED')),
    owner           text,
    amount_minor    bigint,
    currency        text,
    evidence        jsonb NOT NULL,
    opened_as_of    timestamptz NOT NULL,
    resolution      text,
    resolved_by     text,
    approved_by     text,
    resolved_as_of  timestamptz,
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK ((state = 'RESOLVED') = (resolved_as_of IS NOT NULL)),
    CONSTRAINT case_four_eyes CHECK (approved_by IS NULL OR approved_by <> resolved_by)
);
CREATE UNIQUE INDEX IF NOT EXISTS case_one_open ON settlement.cases (settlement_id, reason) WHERE state = 'OPEN';
CREATE INDEX IF NOT EXISTS case_open ON settlement.cases (opened_as_of) WHERE state = 'OPEN';

CREATE TABLE IF NOT EXISTS settlement.bank_instructions (
    instruction_id  uuid PRIMARY KEY,
    settlement_id   uuid NOT NULL,
    attempt         integer NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('PAYMENT', 'RECALL', 'RETURN')),
    -- A payment's own; lower case by nature of the type. A recall or a return refers to the payment's.
    uetr            uuid UNIQUE,
    original_uetr   uuid,
    bank_id         text NOT NULL,
    currency        text NOT NULL,
    amount_minor    bigint NOT NULL CHECK (amount_minor > 0),
    state           text NOT NULL CHECK (state IN ('RECORDED', 'ACCEPTED', 'CONFIRMED', 'REJECTED', 'UNKNOWN', 'RECALLED', 'REFUSED')),
    bank_reference  text CHECK (length(bank_reference) <= 140),
    bank_reason     text CHECK (length(bank_reason) <= 1000),
    recorded_as_of  timestamptz NOT NULL,
    answered_as_of  timestamptz,
    recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (settlement_id, attempt, kind),
    FOREIGN KEY (settlement_id, attempt) REFERENCES settlement.settlement_atomic_operations,
    CHECK ((kind = 'PAYMENT') = (uetr IS NOT NULL) AND (kind = 'PAYMENT') = (original_uetr IS NULL))
);

CREATE TABLE IF NOT EXISTS settlement.bank_messages (
    bank_id        text NOT NULL CHECK (length(bank_id) BETWEEN 1 AND 64),
    message_id     text NOT NULL CHECK (length(message_id) BETWEEN 1 AND 64),
    uetr           uuid NOT NULL,
    type           text NOT NULL CHECK (length(type) BETWEEN 1 AND 32),
    status         text NOT NULL CHECK (length(status) BETWEEN 1 AND 32),
    currency       text,
    amount_minor   bigint,
    settlement_id  uuid REFERENCES settlement.settlement_transactions,
    disposition    text NOT NULL CHECK (disposition IN ('RECEIVED', 'APPLIED', 'REDUNDANT', 'LATE', 'MISMATCH', 'UNMATCHED')),
    repeats        integer NOT NULL DEFAULT 0,
    payload        jsonb NOT NULL,
    received_as_of timestamptz NOT NULL,
    recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (bank_id, message_id, uetr)
);
CREATE INDEX IF NOT EXISTS bank_message_by_uetr ON settlement.bank_messages (uetr);
