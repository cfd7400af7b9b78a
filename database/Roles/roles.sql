-- The group roles of the schema. They belong to the cluster, not to one database, so several databases may create them at once.
-- Programs log in as users of their own that are members (DatabaseRoles.CreateLoginAsync); the archiver has no members and no login.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['settlement_api', 'settlement_worker', 'settlement_auditor', 'settlement_archiver'] LOOP
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', name);
            EXCEPTION
                WHEN duplicate_object OR unique_violation THEN
                    RAISE DEBUG 'another database has created the role % meanwhile', name;
                WHEN insufficient_privilege THEN
                    RAISE WARNING 'the role % is missing and this account may not create it', name;
            END;
        END IF;
    END LOOP;
    -- Whoever owns the schema hands the archive's functions over to the archiver (grants.sql), which takes membership.
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'settlement_archiver') AND NOT pg_has_role(current_user, 'settlement_archiver', 'MEMBER') THEN
        BEGIN
            EXECUTE format('GRANT settlement_archiver TO %I', current_user);
        EXCEPTION
            WHEN insufficient_privilege THEN
                RAISE WARNING 'this account may not become a member of settlement_archiver';
        END;
    END IF;
END $$;
