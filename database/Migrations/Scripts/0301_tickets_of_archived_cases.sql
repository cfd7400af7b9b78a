-- A ticket is evidence and stays, while the case that it closed moves to the archive with its settlement: a foreign key would hold every
-- settlement back whose case was closed by hand, and with it the whole batch of the archive job.
ALTER TABLE settlement.approval_tickets DROP CONSTRAINT IF EXISTS approval_tickets_case_id_fkey;
