-- Who may do what, in one place. Run again after every migration and whenever this file changes; it begins by taking everything
-- away, so that what is not written here is not granted. Everybody reads (secrets excepted); every right to write is named.

REVOKE ALL ON SCHEMA settlement, archive FROM PUBLIC, settlement_api, settlement_worker, settlement_auditor, settlement_archiver;
REVOKE ALL ON ALL TABLES IN SCHEMA settlement, archive FROM PUBLIC, settlement_api, settlement_worker, settlement_auditor, settlement_archiver;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA settlement, archive FROM PUBLIC, settlement_api, settlement_worker, settlement_auditor, settlement_archiver;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA settlement, archive FROM PUBLIC, settlement_api, settlement_worker, settlement_auditor, settlement_archiver;

GRANT USAGE ON SCHEMA settlement, archive TO settlement_api, settlement_worker, settlement_auditor;
GRANT SELECT ON ALL TABLES IN SCHEMA settlement, archive TO settlement_api, settlement_worker, settlement_auditor;
GRANT SELECT ON public.schema_migrations TO settlement_api, settlement_worker, settlement_auditor;

-- Hashes of tokens and tickets are for the one program that checks them.
REVOKE SELECT ON settlement.api_refresh_tokens FROM settlement_worker, settlement_auditor;
REVOKE SELECT ON settlement.approval_tickets FROM settlement_auditor;
GRANT SELECT (settlement_id, case_id, action, outcome, approver, reason, recorded_at, expires_at, redeemed_at, redeemed_request_id, redeemed_by)
    ON settlement.approval_tickets TO settlement_auditor;

-- The starter API: PENDING rows (the guard refuses any other), and its own tables. No status, no balance, no function of the ledger.
GRANT INSERT ON settlement.settlement_transactions TO settlement_api;
GRANT INSERT ON settlement.api_idempotency_keys TO settlement_api;
GRANT INSERT, UPDATE, DELETE ON settlement.api_refresh_tokens TO settlement_api;
GRANT INSERT ON settlement.approval_tickets TO settlement_api;
GRANT INSERT, UPDATE (repeats) ON settlement.bank_messages TO settlement_api;
GRANT INSERT, UPDATE ON settlement.switches TO settlement_api;
-- A switch is set by the API itself, so that it works while Temporal is away; the action is kept with its answer.
GRANT INSERT ON settlement.operator_actions TO settlement_api;
GRANT INSERT ON settlement.audit_log TO settlement_api;

-- The worker: the steps. States by the guard's rules; money by the ledger's functions only; history, audit and entries never again.
GRANT INSERT ON settlement.settlement_transactions TO settlement_worker;
GRANT UPDATE (status, attempt, failure, failure_message, settled_at, status_since,
              trade_date, value_date, opens_at, due_at, warning_at, critical_at, calendar_version, window_version,
              needs_attention, attention_reason, attention_owner, attention_since,
              changed_by, changed_source, changed_reason, changed_as_of, changed_step)
    ON settlement.settlement_transactions TO settlement_worker;
GRANT INSERT ON settlement.settlement_operation_checkpoints TO settlement_worker;
GRANT INSERT, UPDATE (state, tries, last_error, evidence, tried_as_of, completed_as_of) ON settlement.compensation_transactions TO settlement_worker;
GRANT INSERT, UPDATE (state, owner, resolution, resolved_by, approved_by, resolved_as_of) ON settlement.cases TO settlement_worker;
GRANT INSERT, UPDATE (state, bank_reference, bank_reason, answered_as_of) ON settlement.bank_instructions TO settlement_worker;
GRANT INSERT, UPDATE (disposition, settlement_id, repeats) ON settlement.bank_messages TO settlement_worker;
GRANT UPDATE (redeemed_at, redeemed_request_id, redeemed_by) ON settlement.approval_tickets TO settlement_worker;
GRANT INSERT, UPDATE (position, published_at) ON settlement.outbox_events TO settlement_worker;
GRANT INSERT, UPDATE (seal_number) ON settlement.audit_log TO settlement_worker;
GRANT INSERT ON settlement.audit_seals TO settlement_worker;
GRANT INSERT, UPDATE (state, runner, tries, started_as_of, ended_as_of, detail) ON settlement.job_runs TO settlement_worker;
GRANT INSERT, UPDATE (interval_seconds, grace_seconds, active, known_since) ON settlement.job_schedules TO settlement_worker;
-- Operators' actions: calendars and windows get new versions and extensions, switches change.
GRANT INSERT ON settlement.operator_actions, settlement.calendars, settlement.settlement_windows, settlement.settlement_window_extensions TO settlement_worker;
GRANT INSERT, UPDATE ON settlement.switches TO settlement_worker;
-- Cleanup removes tokens that have expired, without reading them.
GRANT SELECT (expires_at), DELETE ON settlement.api_refresh_tokens TO settlement_worker;
GRANT EXECUTE ON FUNCTION
    settlement.ledger_hold(uuid, integer, uuid[], uuid[], bigint[], text[], timestamptz, timestamptz),
    settlement.ledger_post(uuid, text, uuid, integer, text, text, date, timestamptz, uuid[], bigint[], text[], boolean),
    settlement.ledger_void(uuid, integer, text, timestamptz),
    settlement.ledger_freeze(uuid, integer, timestamptz),
    settlement.ledger_expire(timestamptz, integer),
    settlement.statement_close(uuid, date, timestamptz),
    settlement.custody_deliver(uuid, uuid[], text[], numeric[]),
    archive.store(timestamptz, timestamptz, integer),
    archive.restore(uuid, text, text, text, timestamptz)
    TO settlement_worker;

-- The archiver: nobody logs in as it. The triggers that refuse let it pass, and only the archive's functions run as it. It moves what
-- an ended settlement leaves behind; entries, seals, instructions and messages it cannot touch either.
GRANT USAGE ON SCHEMA settlement TO settlement_archiver;
GRANT USAGE, CREATE ON SCHEMA archive TO settlement_archiver;
GRANT SELECT ON settlement.settlement_transactions, settlement.bank_messages TO settlement_archiver;
GRANT UPDATE (archived_as_of, changed_by, changed_source, changed_reason, changed_as_of, changed_step) ON settlement.settlement_transactions TO settlement_archiver;
GRANT SELECT, INSERT, DELETE ON
    settlement.settlement_status_history, settlement.settlement_operation_checkpoints, settlement.compensation_transactions, settlement.fund_locks,
    settlement.cases, settlement.outbox_events, settlement.audit_log, archive.audit_log
    TO settlement_archiver;
GRANT SELECT, INSERT, UPDATE (restored_as_of, restored_by) ON archive.settlements TO settlement_archiver;
ALTER FUNCTION archive.link(bytea, uuid, timestamptz, json) OWNER TO settlement_archiver;
ALTER FUNCTION archive.store_one(uuid, text, text, timestamptz) OWNER TO settlement_archiver;
ALTER FUNCTION archive.store(timestamptz, timestamptz, integer) OWNER TO settlement_archiver;
ALTER FUNCTION archive.restore(uuid, text, text, text, timestamptz) OWNER TO settlement_archiver;
