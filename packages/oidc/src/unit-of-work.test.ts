import { sha256 } from "@mgs/core/crypto";
import { expect, test } from "vitest";
import { currentUnitOfWork, ProviderUnitOfWork, runInUnitOfWork } from "./unit-of-work";

const pending = (id: string, more = {}) => ({ model: "Grant", id, payload: { kind: "Grant", ...more }, expiresIn: 60 });

test("a request reads and writes what it saved last", () => {
  const unit = new ProviderUnitOfWork();
  unit.cachePayload("Grant", sha256("a"), { content: '{"kind":"read"}', version: "sealed" });
  expect(unit.find("Grant", "a")).toEqual({ kind: "read" });
  unit.save(pending("a"));
  expect(unit.find("Grant", "a")).toEqual({ kind: "Grant" });
  unit.remove("Grant", "a");
  expect(unit.find("Grant", "a")).toBeNull();
  expect([unit.saves.size, unit.removals.size]).toEqual([0, 1]);
  unit.save(pending("a"));
  expect([unit.saves.size, unit.removals.size]).toEqual([1, 0]);
  expect(unit.versionOf("Grant", "a")).toBe("sealed");
  expect(unit.find("Grant", "b")).toBeUndefined();
});

test("a change of what was found does not change the cache", () => {
  const unit = new ProviderUnitOfWork();
  unit.cachePayload("Session", sha256("s"), { content: '{"authorizations":{}}', version: "sealed" });
  Object.assign(unit.find("Session", "s")?.authorizations ?? {}, { portal: { sid: "x" } });
  expect(unit.find("Session", "s")).toEqual({ authorizations: {} });
});

test("a revoked grant discards what is pending for it", () => {
  const unit = new ProviderUnitOfWork();
  unit.save({ ...pending("token", { grantId: "g" }), model: "AccessToken" });
  unit.save(pending("other"));
  unit.discardGrant("g");
  expect([...unit.saves.values()].map(({ id }) => id)).toEqual(["other"]);
});

test("a request consumes one code or token", () => {
  const unit = new ProviderUnitOfWork();
  unit.consume("RefreshToken", "a");
  expect(() => unit.consume("AuthorizationCode", "b")).toThrow();
});

test("each request has a unit of work of its own", async () => {
  const units = await Promise.all(
    [new ProviderUnitOfWork(), new ProviderUnitOfWork()].map((unit) =>
      runInUnitOfWork(unit, async () => [unit, currentUnitOfWork()]),
    ),
  );
  for (const [own, current] of units) expect(current).toBe(own);
  expect(currentUnitOfWork()).toBeUndefined();
});
