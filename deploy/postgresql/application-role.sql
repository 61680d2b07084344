-- Rights of a role that runs the processes but does not own the tables. Run it as the owner, after each migration:
--   psql "$OWNER_DATABASE_URL" -v role=mgs_app -f deploy/postgresql/application-role.sql
-- The role may write the audit trail, and neither change it nor take from it; old stretches go by a function that runs as its owner.
GRANT USAGE ON SCHEMA public TO :"role";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"role";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :"role";
REVOKE UPDATE, DELETE ON "audit_events", "audit_chain" FROM :"role";
REVOKE INSERT, UPDATE, DELETE ON "audit_anchors" FROM :"role";
REVOKE INSERT, UPDATE, DELETE ON "_prisma_migrations" FROM :"role";
