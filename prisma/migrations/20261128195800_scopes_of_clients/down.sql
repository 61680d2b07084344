-- The version before knows four scopes, and a client with another one cannot ask for anything there.
UPDATE "clients" SET "scopes" = ARRAY(
  SELECT scope FROM unnest("scopes") WITH ORDINALITY AS s(scope, place)
  WHERE scope NOT IN ('profile:write', 'notifications:read', 'notifications:write', 'users:read') ORDER BY place)
WHERE "scopes" && ARRAY['profile:write', 'notifications:read', 'notifications:write', 'users:read'];
