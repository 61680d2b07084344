-- Web clients that were registered with every scope there was may go on asking for all that their tokens used to open. Each
-- person is asked by the consent page before any of it is given.
UPDATE "clients" SET "scopes" = "scopes" || ARRAY['profile:write', 'notifications:read', 'notifications:write', 'users:read']
WHERE NOT "first_party" AND cardinality("redirect_uris") > 0
  AND "scopes" @> ARRAY['openid', 'profile', 'email', 'notifications:send']
  AND NOT "scopes" && ARRAY['profile:write', 'notifications:read', 'notifications:write', 'users:read'];
