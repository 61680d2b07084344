import { describe, expect, it } from "vitest";
import { portalUrlsOf, readEnv } from "./env";

const complete: NodeJS.ProcessEnv = {
  NODE_ENV: "test",
  DATABASE_URL: "postgresql://localhost/mgs",
  REDIS_URL: "redis://localhost",
  SMTP_URL: "smtp://localhost:1025",
  MAIL_FROM: "MGS <no-reply@mgs.example>",
  PUSHER_APP_ID: "mgs",
  PUSHER_APP_KEY: "key",
  PUSHER_APP_SECRET: "secret",
  OAUTH_SERVER_URL: "http://localhost:3000",
  ADMINISTRATION_URL: "http://localhost:3000/",
  COMMERCIAL_URL: "http://localhost:3001",
  GESTION_DOSSIER_URL: "http://localhost:3002",
  MGS_KEY_ENCRYPTION_KEY: Buffer.alloc(32).toString("base64"),
};

describe("the worker's environment", () => {
  it("is read with its defaults", () => {
    const env = readEnv(complete);
    expect(env).toMatchObject({ WORKER_PORT: 3010, WORKER_CONCURRENCY: 10, LOG_LEVEL: "info" });
    expect(portalUrlsOf(env).administration).toBe("http://localhost:3000");
  });

  it("requires SMTP_URL or RESEND_API_KEY", () => {
    const { SMTP_URL: _, ...without } = complete;
    expect(() => readEnv(without)).toThrow(/SMTP_URL: is required where RESEND_API_KEY is not set/);
    expect(readEnv({ ...without, RESEND_API_KEY: "re_x" }).RESEND_API_KEY).toBe("re_x");
  });

  it("requires CANARY_MAIL_TO unless mail stays on this machine", () => {
    expect(readEnv({ ...complete, CANARY_INTERVAL: "60" }).CANARY_INTERVAL).toBe(60);
    const leaving = { ...complete, CANARY_INTERVAL: "60", SMTP_URL: "smtp://mail.example.com" };
    expect(() => readEnv(leaving)).toThrow(/CANARY_MAIL_TO: is required/);
    expect(readEnv({ ...leaving, CANARY_MAIL_TO: "Ops@mgs.mg" }).CANARY_MAIL_TO).toBe("ops@mgs.mg");
    expect(() => readEnv({ ...complete, CANARY_INTERVAL: "1" })).toThrow(/CANARY_INTERVAL/);
  });

  it("reports all invalid variables at once, without their values", () => {
    const wrong = () => readEnv({ NODE_ENV: "test", DATABASE_URL: "mysql://user:pa55@host", MAIL_FROM: "nobody" });
    expect(wrong).toThrow(/DATABASE_URL[\s\S]*REDIS_URL[\s\S]*MAIL_FROM[\s\S]*SMTP_URL/);
    expect(wrong).not.toThrow(/pa55/);
  });
});
