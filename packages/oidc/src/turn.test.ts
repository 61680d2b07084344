import { sha256 } from "@mgs/core/crypto";
import { expect, test } from "vitest";
import { currentTurn, runTurn, Turn } from "./turn";

const pending = (id: string, more = {}) => ({ model: "Grant", id, payload: { kind: "Grant", ...more }, expiresIn: 60 });

test("what a request wrote last is what it reads and what is written", () => {
  const turn = new Turn();
  turn.saw("Grant", sha256("a"), { content: '{"kind":"read"}', stored: "sealed" });
  expect(turn.find("Grant", "a")).toEqual({ kind: "read" });
  turn.save(pending("a"));
  expect(turn.find("Grant", "a")).toEqual({ kind: "Grant" });
  turn.remove("Grant", "a");
  expect(turn.find("Grant", "a")).toBeNull();
  expect([turn.saves.size, turn.removals.size]).toEqual([0, 1]);
  turn.save(pending("a"));
  expect([turn.saves.size, turn.removals.size]).toEqual([1, 0]);
  expect(turn.storedText("Grant", "a")).toBe("sealed");
  expect(turn.find("Grant", "b")).toBeUndefined();
});

test("what is read twice cannot change what was read", () => {
  const turn = new Turn();
  turn.saw("Session", sha256("s"), { content: '{"authorizations":{}}', stored: "sealed" });
  Object.assign(turn.find("Session", "s")?.authorizations ?? {}, { portal: { sid: "x" } });
  expect(turn.find("Session", "s")).toEqual({ authorizations: {} });
});

test("a revoked grant takes along what was to be saved for it", () => {
  const turn = new Turn();
  turn.save({ ...pending("token", { grantId: "g" }), model: "AccessToken" });
  turn.save(pending("other"));
  turn.dropGrant("g");
  expect([...turn.saves.values()].map(({ id }) => id)).toEqual(["other"]);
});

test("a request uses up one code or token", () => {
  const turn = new Turn();
  turn.consume("RefreshToken", "a");
  expect(() => turn.consume("AuthorizationCode", "b")).toThrow();
});

test("each request has a turn of its own", async () => {
  const turns = await Promise.all(
    [new Turn(), new Turn()].map((turn) => runTurn(turn, async () => [turn, currentTurn()])),
  );
  for (const [own, current] of turns) expect(current).toBe(own);
  expect(currentTurn()).toBeUndefined();
});
