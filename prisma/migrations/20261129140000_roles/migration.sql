-- Roles are rows: administrators name them and choose what they open and allow. Every look-up of a sign-in joins the row, so a
-- change holds with the next request. The role of administrators has everything by its slug, whatever its columns say.
CREATE TABLE "roles" (
  "slug" TEXT NOT NULL,
  "name_fr" TEXT NOT NULL,
  "name_en" TEXT NOT NULL,
  "built_in" BOOLEAN NOT NULL DEFAULT false,
  "portals" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  "permissions" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  "version" INTEGER NOT NULL DEFAULT 1,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "roles_pkey" PRIMARY KEY ("slug"),
  CONSTRAINT "roles_portals" CHECK ("portals" <@ ARRAY['administration', 'commercial', 'gestion-dossier'])
);

INSERT INTO "roles" ("slug", "name_fr", "name_en", "built_in", "portals") VALUES
  ('administrateur', 'Administrateur', 'Administrator', true, '{administration,commercial,gestion-dossier}'),
  ('direction', 'Direction', 'Management', true, '{commercial,gestion-dossier}'),
  ('commercial', 'Commercial', 'Sales', true, '{commercial}'),
  ('gestionnaire', 'Gestionnaire', 'Case manager', true, '{gestion-dossier}'),
  ('comptable', 'Comptable', 'Accountant', true, '{commercial,gestion-dossier}');

ALTER TABLE "users" DROP CONSTRAINT "users_role";
ALTER TABLE "users" ADD CONSTRAINT "users_role_fkey"
  FOREIGN KEY ("role") REFERENCES "roles" ("slug") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Of a role's people: how many there are, who they are, and that the role is not removed under them.
CREATE INDEX "users_role_idx" ON "users" ("role");

CREATE OR REPLACE VIEW "live_bearers" AS
SELECT p."model", p."id_hash", p."payload", p."consumed_at",
  c."id" AS "client", s."id" AS "session", u."id" AS "user_id", u."role", u."locale", r."portals", r."permissions"
FROM "oidc_payloads" p
  LEFT JOIN "clients" c ON c."id" = p."client_id" AND c."revoked_at" IS NULL
  LEFT JOIN "user_sessions" s ON s."oidc_session_uid" = p."session_uid" AND s."ended_at" IS NULL
  LEFT JOIN "users" u ON u."id" = s."user_id" AND u."disabled_at" IS NULL
  LEFT JOIN "roles" r ON r."slug" = u."role"
WHERE p."model" IN ('AccessToken', 'ClientCredentials') AND p."expires_at" > now();
