-- Clients that were given tokens of a sign-in. Tokens may be revoked before it ends; who held them is told all the same.
CREATE TABLE "session_clients" (
  "user_session_id" UUID NOT NULL,
  "client_id" TEXT NOT NULL,
  CONSTRAINT "session_clients_pkey" PRIMARY KEY ("user_session_id", "client_id"),
  CONSTRAINT "session_clients_user_session_id_fkey" FOREIGN KEY ("user_session_id")
    REFERENCES "user_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
