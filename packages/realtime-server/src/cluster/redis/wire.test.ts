import fc from "fast-check";
import { expect, it } from "vitest";
import { prepareFrame } from "../../protocol/frame";
import { decodeMessage, encodeMarker, encodeMessage } from "./wire";

it("an event comes out as it went in, whatever it contains", () => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.option(fc.constantFrom("1.2", "77.1234"), { nil: undefined }),
      (json, number, id) => {
        const frame = prepareFrame(json);
        const message = decodeMessage(encodeMessage("0123abcd", number, { kind: "event", frame, exceptSocketId: id }));
        expect(message).toEqual({ kind: "event", processId: "0123abcd", number, exceptSocketId: id, frame });
      },
    ),
  );
});

it("orders to terminate and markers come out as they went in", () => {
  expect(decodeMessage(encodeMessage("a", 3, { kind: "terminate" }))).toEqual({
    kind: "terminate",
    mayReturn: false,
    processId: "a",
    number: 3,
  });
  expect(decodeMessage(encodeMarker("a", 4))).toEqual({ kind: "marker", processId: "a", number: 4 });
});

it("a member's id and info may contain anything", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.json(), (userId, info) => {
      const bytes = Buffer.from(`m 5 6 1 ${Buffer.byteLength(userId)}\n${userId}${info}`);
      expect(decodeMessage(bytes)).toEqual({ kind: "member", before: 5, version: 6, replicaCount: 1, userId, info });
    }),
  );
});

it("bytes in another form are ignored, and never an error", () => {
  for (const text of ["", "x", "hello\n", "\n", "{}\n{}"]) expect(decodeMessage(Buffer.from(text))).toBeUndefined();
  fc.assert(fc.property(fc.uint8Array(), (bytes) => void decodeMessage(Buffer.from(bytes))));
});
