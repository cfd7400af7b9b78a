-- Everything the development server keeps. Times are 100 ns ticks since 0001-01-01 UTC (DateTimeOffset.UtcTicks): exact, and the same order
-- as in memory. Texts compare by code point (collation "C"), as in memory.

-- One row. The server that holds it writes; its number is checked in every transaction (WriterLease).
CREATE TABLE writer_lease (
    id smallint PRIMARY KEY CHECK (id = 1),
    fence bigint NOT NULL,
    owner text NOT NULL,
    acquired_at timestamptz NOT NULL
);
INSERT INTO writer_lease VALUES (1, 0, 'nobody', now());

-- fillfactor: each transition rewrites its run's row, which stays on its page (no indexed column changes) as long as there is room.
CREATE TABLE runs (
    run_id uuid PRIMARY KEY,
    namespace_id uuid NOT NULL,
    workflow_id text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    next_event_id bigint NOT NULL,
    extras bytea NOT NULL,
    is_live boolean NOT NULL,
    next_due bigint,
    has_tasks boolean NOT NULL,
    retain_until bigint
) WITH (fillfactor = 70);
CREATE INDEX runs_live ON runs (run_id) WHERE is_live;
CREATE INDEX runs_retention ON runs (retain_until) WHERE retain_until IS NOT NULL;

CREATE TABLE events (
    run_id uuid NOT NULL,
    first_event_id bigint NOT NULL,
    event_count integer NOT NULL,
    data bytea NOT NULL,
    PRIMARY KEY (run_id, first_event_id)
);

CREATE TABLE current_runs (
    namespace_id uuid NOT NULL,
    workflow_id text COLLATE "C" NOT NULL,
    run_id uuid NOT NULL,
    status smallint NOT NULL,
    start_request_id text NOT NULL,
    start_time bigint NOT NULL,
    PRIMARY KEY (namespace_id, workflow_id)
) WITH (fillfactor = 80);

CREATE TABLE documents (
    kind smallint NOT NULL,
    scope text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (kind, scope, name)
);

-- namespace_division is '' for none, not NULL: an index gives its order only behind columns that equal something.
-- close_order is close_time, or the largest bigint while open: listings put open runs first.
CREATE TABLE visibility (
    run_id uuid PRIMARY KEY,
    namespace_id uuid NOT NULL,
    workflow_id text COLLATE "C" NOT NULL,
    workflow_type text COLLATE "C" NOT NULL,
    task_queue text COLLATE "C" NOT NULL,
    status smallint NOT NULL,
    start_time bigint NOT NULL,
    execution_time bigint NOT NULL,
    close_time bigint,
    close_order bigint NOT NULL,
    execution_duration bigint,
    history_length bigint NOT NULL,
    history_size bigint NOT NULL,
    state_transitions bigint NOT NULL,
    parent_workflow_id text COLLATE "C",
    parent_run_id text COLLATE "C",
    root_workflow_id text COLLATE "C",
    root_run_id text COLLATE "C",
    namespace_division text COLLATE "C" NOT NULL,
    memo bytea NOT NULL,
    search_attributes jsonb NOT NULL
);
-- The division comes second in each because almost every query asks for none: so counts are answered from an index alone.
CREATE INDEX visibility_order ON visibility (namespace_id, namespace_division, close_order DESC, start_time DESC, run_id DESC);
CREATE INDEX visibility_status ON visibility (namespace_id, namespace_division, status, close_order DESC, start_time DESC, run_id DESC);
CREATE INDEX visibility_type ON visibility (namespace_id, namespace_division, workflow_type, status, close_order DESC, start_time DESC, run_id DESC);
CREATE INDEX visibility_id ON visibility (namespace_id, namespace_division, workflow_id, status);
CREATE INDEX visibility_started ON visibility (namespace_id, namespace_division, start_time, status);
CREATE INDEX visibility_attributes ON visibility USING gin (search_attributes jsonb_path_ops);
