DROP TABLE "account_links";

ALTER TABLE "users"
  DROP COLUMN "lockout_noticed_at",
  DROP COLUMN "known_devices_since",
  DROP COLUMN "password_must_change";
