import fc from "fast-check";
import { expect, it } from "vitest";
import { readBroadcast } from "./broadcast";

const PREFIX = "laravel_database_";
const read = (payload: unknown, channel = `${PREFIX}private-user.1`) =>
  readBroadcast(PREFIX, channel, typeof payload === "string" ? payload : JSON.stringify(payload));

it("reads what Laravel's Redis broadcaster publishes", () => {
  expect(read({ event: "App\\Events\\Paid", data: { amount: 3 }, socket: "12.34" })).toEqual({
    channel: "private-user.1",
    event: "App\\Events\\Paid",
    data: '{"amount":3}',
    exceptSocketId: "12.34",
  });
});

it("leaves numbers, spaces and escapes as Laravel wrote them", () => {
  const data = '{"id":9007199254740993, "solde":1.10,"titre":"\\u00c9t\\u00e9"}';
  expect(read(`{"event":"e","data":${data},"socket":null}`)?.data).toBe(data);
});

it("sends to all subscribers without a socket, or with an invalid one", () => {
  for (const socket of [null, undefined, "", "x", 5]) {
    expect(read({ event: "e", data: [], socket })).toMatchObject({ data: "[]", exceptSocketId: undefined });
  }
});

it("leaves text as it is, and has nothing for no data", () => {
  expect(read({ event: "e", data: "text" })?.data).toBe("text");
  expect(read({ event: "e" })?.data).toBe("null");
});

it("ignores other messages", () => {
  for (const payload of ["", "x", "[]", {}, { event: 1 }, { event: "" }]) expect(read(payload)).toBeUndefined();
  for (const channel of ["other", PREFIX, `${PREFIX}a b`, `${PREFIX}queues:default`, `${PREFIX}#server-to-user-1`]) {
    expect(read({ event: "e", data: {} }, channel)).toBeUndefined();
  }
});

it("never fails, whatever comes", () => {
  fc.assert(fc.property(fc.string(), fc.string(), (channel, text) => void read(text, PREFIX + channel)));
  fc.assert(fc.property(fc.json(), (text) => void read(text)));
});
