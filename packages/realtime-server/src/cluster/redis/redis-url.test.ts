import { expect, it } from "vitest";
import { parseRedisUrl } from "./redis-url";

it("reads one server, with its database, its password and TLS", () => {
  expect(parseRedisUrl("redis://localhost")).toEqual({
    kind: "single",
    options: { host: "localhost", port: 6379, db: 0 },
  });
  expect(parseRedisUrl("rediss://me:p%40ss%2F@cache.example:6380/2")).toEqual({
    kind: "single",
    options: { host: "cache.example", port: 6380, db: 2, username: "me", password: "p@ss/", tls: {} },
  });
  expect(parseRedisUrl("redis://:secret@[::1]:6381")).toMatchObject({
    options: { host: "::1", port: 6381, password: "secret" },
  });
});

it("reads Sentinel with the name of the master", () => {
  expect(parseRedisUrl("redis+sentinel://:pw@a,b:26380/mymaster/1?sentinelPassword=s")).toEqual({
    kind: "single",
    options: {
      sentinels: [
        { host: "a", port: 26379 },
        { host: "b", port: 26380 },
      ],
      name: "mymaster",
      db: 1,
      password: "pw",
      sentinelPassword: "s",
    },
  });
});

it("reads a Redis Cluster in three forms", () => {
  const nodes = [
    { host: "a", port: 6379 },
    { host: "b", port: 7001 },
  ];
  for (const url of ["redis+cluster://u:p@a,b:7001", "redis://u:p@a,b:7001", "redis://u:p@a,redis://u:p@b:7001"]) {
    expect(parseRedisUrl(url)).toEqual({ kind: "cluster", nodes, options: { username: "u", password: "p" } });
  }
  expect(parseRedisUrl("redis+cluster://a")).toMatchObject({ kind: "cluster", nodes: [nodes[0]] });
});

it.each([
  "http://a",
  "redis://",
  "localhost:6379",
  "redis+sentinel://a",
  "redis://a/x",
  "redis://a:b:c",
  "redis+x://a",
])("refuses %s", (url) => {
  expect(() => parseRedisUrl(url)).toThrow();
});

it.each(["redis://:p@55@a", "redis://:pa#55@a", "redis://:pa/55@a", "redis+cluster://u:1/55@a,b", "redis://:55%zz@a"])(
  "refuses %s, whose password needs percent-encoding",
  (url) => {
    expect(() => parseRedisUrl(url)).toThrow(/percent-encoding/);
    expect(() => parseRedisUrl(url)).not.toThrow(/55/);
  },
);

it("says what is wrong without the password", () => {
  expect(() => parseRedisUrl("redis://:hidden@a/x")).toThrow(/^((?!hidden).)*$/);
});
