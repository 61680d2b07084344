import { expect, it } from "vitest";
import { capacity, descriptorLimit, parseLimit } from "./descriptors";

const LINUX = (soft: string) => `Limit                     Soft Limit           Hard Limit           Units
Max processes             123                  123                  processes
Max open files            ${soft.padEnd(21)}524288               files
`;

it.each([
  [LINUX("1024"), 1024],
  [LINUX("unlimited"), undefined],
  ["256\n", 256],
  ["unlimited\n", undefined],
  ["", undefined],
])("the limit of %j is %s", (text, expected) => {
  expect(parseLimit(text)).toBe(expected);
});

it.each(["linux", "darwin"] as const)("this process's limit, asked as on %s", async (platform) => {
  if (platform === "linux" && process.platform !== "linux") return;
  expect(await descriptorLimit(platform)).toSatisfy((limit) => limit === undefined || Number(limit) > 0);
});

it.each([
  [undefined, 100_000, 100_000],
  [1_000_000, 100_000, 100_000],
  [1024, 100_000, 768],
  [1024, 500, 500],
  [100, 500, 1],
])("with %s open files and %i asked for, %i fit", (limit, asked, clients) => {
  const result = capacity(limit, asked);
  expect(result.clients).toBe(clients);
  expect(result.advice === undefined).toBe(clients === asked);
});

it("says how to raise it", () => {
  expect(capacity(1024, 10_000).advice).toBe(
    "1024 open files are allowed, 10000 clients need 10256: ulimit -n 10256, or LimitNOFILE=10256 in the systemd unit, " +
      "or docker run --ulimit nofile=10256:10256",
  );
});
