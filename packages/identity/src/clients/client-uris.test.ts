import { describe, expect, test } from "vitest";
import { problemOfClientUri } from "./client-uris";

describe("an address of a client", () => {
  test.each([
    "https://agenda.mgs.mg/retour",
    "https://agenda.mgs.mg",
    "https://agenda.mgs.mg:8443/a/b.c/..d?x=1&y=%2e%2e",
    "http://localhost:9999/callback",
    "http://127.0.0.1/callback",
    "http://[::1]:8000/callback",
    "https://xn--caf-dma.mg/retour",
  ])("%s may be registered", (uri) => {
    expect(problemOfClientUri(uri)).toBeNull();
  });

  test.each([
    ["https://a.mg/#", "URI_FRAGMENT"],
    ["https://a.mg/retour#x", "URI_FRAGMENT"],
    ["https://*.a.mg/retour", "URI_WILDCARD"],
    ["https://a.mg/*", "URI_WILDCARD"],
    ["/retour", "URI_NOT_ABSOLUTE"],
    ["//a.mg/retour", "URI_NOT_ABSOLUTE"],
    ["", "URI_NOT_ABSOLUTE"],
    ["a.mg", "URI_NOT_ABSOLUTE"],
    ["https:/a.mg", "URI_NOT_ABSOLUTE"],
    ["https:a.mg", "URI_NOT_ABSOLUTE"],
    ["https://", "URI_NOT_ABSOLUTE"],
    ["javascript:alert(1)", "URI_NOT_ABSOLUTE"],
    ["com.example.app:/retour", "URI_NOT_ABSOLUTE"],
    ["ftp://a.mg/", "URI_NOT_ABSOLUTE"],
    ["https://a.mg\\@evil.example/", "URI_NOT_ABSOLUTE"],
    [" https://a.mg/", "URI_NOT_ABSOLUTE"],
    ["https://a.mg/a b", "URI_NOT_ABSOLUTE"],
    ["https://a.mg/\n", "URI_NOT_ABSOLUTE"],
    ["https://café.mg/", "URI_NOT_ABSOLUTE"],
    ["https://a.mg:99999/", "URI_NOT_ABSOLUTE"],
    ["https://user:secret@a.mg/", "URI_CREDENTIALS"],
    ["https://user@a.mg/", "URI_CREDENTIALS"],
    ["https://@a.mg/", "URI_CREDENTIALS"],
    ["https://a.mg/a/../b", "URI_DOT_SEGMENTS"],
    ["https://a.mg/.", "URI_DOT_SEGMENTS"],
    ["https://a.mg/a/%2e%2E/b", "URI_DOT_SEGMENTS"],
    ["https://a.mg/a/.%2e", "URI_DOT_SEGMENTS"],
    ["http://a.mg/retour", "URI_NOT_HTTPS"],
    ["http://localhost.evil.example/", "URI_NOT_HTTPS"],
    ["http://127.0.0.1.evil.example/", "URI_NOT_HTTPS"],
    ["http://10.0.0.1/", "URI_NOT_HTTPS"],
    [`https://a.mg/${"a".repeat(2_000)}`, "TOO_LONG"],
  ])("%j may not: %s", (uri, problem) => {
    expect(problemOfClientUri(uri)).toBe(problem);
  });
});
