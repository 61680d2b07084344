/** Nothing listens there: the worker starts all the same, and works from when its servers are there. */
const NOWHERE = "127.0.0.1:1";

/** A worker's whole environment, none of whose servers answers. */
export const UNREACHABLE = {
  NODE_ENV: "production",
  DATABASE_URL: `postgresql://mgs@${NOWHERE}/mgs`,
  REDIS_URL: `redis://${NOWHERE}`,
  SMTP_URL: `smtp://${NOWHERE}`,
  MAIL_FROM: "MGS <no-reply@mgs.example>",
  PUSHER_APP_ID: "mgs",
  PUSHER_APP_KEY: "key",
  PUSHER_APP_SECRET: "secret",
  PUSHER_HOST: "127.0.0.1",
  PUSHER_PORT: "1",
  PUSHER_SCHEME: "http",
  OAUTH_SERVER_URL: "http://localhost:3000",
  ADMINISTRATION_URL: "http://localhost:3000",
  COMMERCIAL_URL: "http://localhost:3001",
  GESTION_DOSSIER_URL: "http://localhost:3002",
  MGS_KEY_ENCRYPTION_KEY: Buffer.alloc(32, 1).toString("base64"),
  WORKER_PORT: "0",
} as const;
