import { describe, expect, it } from "vitest";
import { headerSecretVariable, hostVariable, originVariable, serverUrlVariable } from "./url-variables";

const messageOf = (
  schema: { safeParse(value: unknown): { error?: { issues: { message: string }[] } } },
  value: string,
) => schema.safeParse(value).error?.issues[0]?.message;

describe("a server's URL with credentials", () => {
  const smtp = serverUrlVariable(["smtp", "smtps"]);
  const postgres = serverUrlVariable(["postgresql", "postgres"], { host: "optional" });

  it.each([
    "smtps://no-reply@mgs.mg:a#2@host:465",
    "smtps://user:a#2@host:465",
    "smtps://user:1#2@host:465",
    "smtps://user:a/2@host:465",
    "smtps://user:1/2@host:465",
    "smtps://user:1?2@host:465",
    "smtps://user:a%2@host:465",
    "smtps://user:a%zz@host:465",
    "smtps://user:%ff@host:465",
    "smtps://user:a b@host:465",
    "smtps://user:a\tb@host:465",
    "smtps://user:a\\b@host:465",
    "smtps://user:pw@host:x",
    "smtps://user:pw@host/%zz",
    "smtps://user:pw@host?name=100%",
  ])("%j is refused with the word percent-encoding, and not quoted", (url) => {
    const message = messageOf(smtp, url);
    expect(message).toContain("percent-encoding");
    expect(message).not.toContain(url.slice("smtps://".length));
  });

  it.each([
    "smtps://no-reply%40mgs.mg:a%232@host:465",
    // The URL is unambiguous for the platform's parser, and many installations have it.
    "smtps://no-reply@mgs.mg:secret@host:465",
    "smtp://127.0.0.1:1025",
    "smtp://[::1]:25?name=mx.example.com",
  ])("%s is taken", (url) => expect(smtp.parse(url)).toBe(url));

  it("refuses another scheme, and a URL without a host", () => {
    expect(messageOf(smtp, "https://host")).toBe("must be a smtp:// or smtps:// URL");
    expect(messageOf(smtp, "host:25")).toBe("must be a smtp:// or smtps:// URL");
    expect(messageOf(smtp, "smtp://")).toBe("names no host");
  });

  it("accepts PostgreSQL's Unix socket in the parameter host", () => {
    for (const url of ["postgresql:///mgs?host=/run/postgresql", "postgres://mgs:pw@/mgs?host=/run/postgresql"]) {
      expect(postgres.parse(url)).toBe(url);
    }
    expect(messageOf(postgres, "postgresql:///mgs")).toBe("names no host");
    expect(messageOf(postgres, "postgresql://mgs:a#b@db/mgs")).toContain("percent-encoding");
  });
});

describe("an origin", () => {
  it("drops the slash at its end, and keeps its port", () => {
    expect(originVariable.parse("https://Intra.example.com/")).toBe("https://intra.example.com");
    expect(originVariable.parse("http://[::1]:3000")).toBe("http://[::1]:3000");
  });

  it.each([
    "https://intra.example.com/mgs",
    "https://intra.example.com//",
    "https://intra.example.com?a=1",
    "https://intra.example.com/?",
    "https://intra.example.com/#",
    "https://user:pw@intra.example.com",
    "https://user@intra.example.com",
    "ftp://intra.example.com",
    "intra.example.com",
    "https://",
  ])("%s is refused, not cut", (url) =>
    expect(messageOf(originVariable, url)).toMatch(/^must be an http\(s\) origin alone/),
  );
});

it.each([
  "https://ws.example.com",
  "ws.example.com:6001",
  "ws.example.com:80",
  "ws.example.com/app",
  "a@b",
  "a b",
  "::1",
])("%s is no host name alone", (host) => expect(messageOf(hostVariable, host)).toContain("host name alone"));

it.each(["ws.example.com", "realtime_server", "127.0.0.1", "[::1]", "Realtime"])("%s is a host name", (host) => {
  expect(hostVariable.parse(host)).toBe(host);
});

it("refuses a secret that is no valid header value, because fetch would print it", () => {
  expect(headerSecretVariable.parse("re_123")).toBe("re_123");
  for (const key of ["re_1 ", "re_1\n", "clé"]) expect(messageOf(headerSecretVariable, key)).toContain("header");
});
