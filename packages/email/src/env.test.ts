import { parseEnvironment } from "@mgs/core/environment";
import { describe, expect, it } from "vitest";
import { defaultMailsPerSecond, mailEnv, senderFor } from "./env";

const parse = (env: Record<string, string>) =>
  parseEnvironment(mailEnv, { NODE_ENV: "test", MAIL_FROM: "no-reply@mgs.example", ...env });

describe("mail settings", () => {
  it("each portal may have its own sender; other senders use the common one", () => {
    const env = parse({ MAIL_FROM_GESTION_DOSSIER: '"MGS, Dossiers" <dossiers@mgs.example>' });
    expect(senderFor(env, "gestion-dossier")).toEqual({ name: "MGS, Dossiers", address: "dossiers@mgs.example" });
    expect(senderFor(env, "commercial")).toEqual({ name: "", address: "no-reply@mgs.example" });
    expect(senderFor(env, "erp")).toEqual({ name: "", address: "no-reply@mgs.example" });
  });

  it.each(["nobody", "a@b@c", "A <a@b> <c@d>", "a@b\r\nBcc: c@d"])("refuses %j as a sender", (value) => {
    expect(() => parse({ MAIL_FROM: value })).toThrow(/MAIL_FROM: must be an address/);
  });

  it("keeps to Resend's rate", () => {
    expect(defaultMailsPerSecond(parse({ SMTP_URL: "smtp://localhost" }))).toBeUndefined();
    expect(defaultMailsPerSecond(parse({ RESEND_API_KEY: "re_x" }))).toBe(2);
  });
});
