import { describe, expect, it } from "vitest";
import { hideSecretFields, hideSecrets, maskSecrets } from "./redact";

describe("hideSecrets", () => {
  it.each([
    ["connect to smtps://no-reply@mgs.mg:a#2@host:465 failed", "connect to smtps://[hidden]@host:465 failed"],
    ["redis://:a/b@cache:6379/1", "redis://[hidden]@cache:6379/1"],
    ["redis+cluster://u:p@a,b:7001", "redis+cluster://[hidden]@a,b:7001"],
    ["(postgresql://mgs:pa%2355@db/mgs)", "(postgresql://[hidden]@db/mgs)"],
    ["https://0123456789abcdef@sentry.example.com/1", "https://[hidden]@sentry.example.com/1"],
    ["https://user:pa/ss@example.com/x", "https://[hidden]@example.com/x"],
    ["https://example.com/@scope/name is missing", "https://example.com/@scope/name is missing"],
    ["http://[::1]:3000/@a", "http://[::1]:3000/@a"],
    ["redis://u:pa'ss@cache:6379/1", "redis://[hidden]@cache:6379/1"],
    ['(smtps://no-reply@mgs.mg:a"2<3@host:465)', "(smtps://[hidden]@host:465)"],
    ["https://:a`b@example.com/@x", "https://[hidden]@example.com/@x"],
    ['{"url":"http://portal.test:80","mail":"x@y.mg"}', '{"url":"http://portal.test:80","mail":"x@y.mg"}'],
    ['{"a":"//u:p@h","mail":"x@y.mg"}', '{"a":"//[hidden]@h","mail":"x@y.mg"}'],
    ["redis://h/m?sentinelPassword=s&db=1", "redis://h/m?sentinelPassword=[hidden]&db=1"],
    ["GET /cb?code=abc&state=x&page=2", "GET /cb?code=[hidden]&state=[hidden]&page=2"],
    ["host=db password=pa55 user=mgs", "host=db password=[hidden] user=mgs"],
    ["authorization: Bearer abc.def", "authorization: Bearer [hidden]"],
    ["invalid key re_AbCdEf123456", "invalid key [hidden]"],
    ["a\u0000b\ud800", "ab\ufffd"],
    ["rivo@mgs.mg has 3 tokens", "rivo@mgs.mg has 3 tokens"],
  ])("%j becomes %j", (text, expected) => expect(hideSecrets(text)).toBe(expected));

  it("takes linear time for a long text", () => {
    const before = performance.now();
    hideSecrets("a-".repeat(50_000) + "a.".repeat(50_000) + "//".repeat(50_000));
    expect(performance.now() - before).toBeLessThan(5_000);
  });
});

it("hides log fields with a secret's name, and credentials of addresses in other fields", () => {
  const fields = {
    sentryDsn: "https://key@host/1",
    headers: { "x-api-key": "k" },
    apiKey: "k",
    resetToken: "t",
    tokens: 3,
    cookieless: true,
    url: "smtp://u:p@host",
    path: "/a",
    closeCode: 4001,
  };
  expect(hideSecretFields(fields)).toEqual({
    sentryDsn: "[hidden]",
    headers: { "x-api-key": "[hidden]" },
    apiKey: "[hidden]",
    resetToken: "[hidden]",
    tokens: 3,
    cookieless: true,
    url: "smtp://[hidden]@host",
    path: "/a",
    closeCode: 4001,
  });
  const plain = { path: "/a", count: 1 };
  expect(hideSecretFields(plain)).toBe(plain);
});

it("masks secrets of a payload at any depth", () => {
  const payload = { a: { b: { c: { d: { otp: "1", text: `smtp://u:p@h ${"x".repeat(600)}` } } } }, token: 1 };
  const masked = maskSecrets(payload);
  expect(masked).toMatchObject({ a: { b: { c: { d: { otp: "[hidden]" } } } }, token: "[hidden]" });
  expect(JSON.stringify(masked)).not.toContain("u:p");
  expect(JSON.stringify(masked).length).toBeLessThan(700);
});
