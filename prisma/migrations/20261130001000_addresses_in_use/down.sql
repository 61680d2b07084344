UPDATE "account_links" SET "mailed_at" = NULL;
UPDATE "users" SET "email_confirmed_at" = NULL;
