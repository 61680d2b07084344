import { AppError } from "@mgs/core/errors";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { decodeForm, readJson, readQuery } from "./body";

const schema = z.object({ name: z.string(), count: z.int().optional(), tags: z.strictObject({}).optional() });

function post(body: BodyInit | null, headers: Record<string, string> = { "content-type": "application/json" }) {
  return new Request("http://app.test/x", { method: "POST", headers, body });
}

async function refusal(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof AppError) return error;
  throw new Error("expected an AppError", { cause: error });
}

describe("readJson", () => {
  it.each([
    "application/json",
    "application/json; charset=utf-8",
    "Application/JSON;charset=UTF-8",
    'application/json; charset="utf8"',
  ])("reads %s", async (type) => {
    await expect(readJson(post('{"name":"é"}', { "content-type": type }), schema)).resolves.toEqual({ name: "é" });
  });

  it.each(["text/plain", "application/json; charset=latin1", "application/jsonp", "application/x-www-form-urlencoded"])(
    "refuses %s",
    async (type) => {
      const { code } = await refusal(readJson(post("{}", { "content-type": type }), schema));
      expect(code).toBe("UNSUPPORTED_MEDIA_TYPE");
    },
  );

  it("refuses a compressed body and a body without type", async () => {
    const packed = post("x", { "content-type": "application/json", "content-encoding": "gzip" });
    expect((await refusal(readJson(packed, schema))).code).toBe("UNSUPPORTED_MEDIA_TYPE");
    expect((await refusal(readJson(post(new Uint8Array([123]), {}), schema))).code).toBe("UNSUPPORTED_MEDIA_TYPE");
  });

  it.each([
    ["nothing", null],
    ["an empty text", ""],
    ["half a JSON", '{"name":'],
    ["two JSONs", "{}{}"],
    ["invalid UTF-8", new Uint8Array([0x22, 0xff, 0x22])],
    ["a surrogate in UTF-8", new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ])("refuses %s", async (_, body) => {
    expect((await refusal(readJson(post(body), schema))).code).toBe("INVALID_JSON");
  });

  it("stops reading at the limit instead of holding the rest", async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(1024).fill(0x20));
      },
    });
    const request = new Request("http://app.test/x", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: endless,
      duplex: "half",
    } as RequestInit);
    expect((await refusal(readJson(request, schema, { maxBytes: 4096 }))).code).toBe("PAYLOAD_TOO_LARGE");
    expect(pulled).toBeLessThan(10);
  });

  it("takes a body of exactly the limit", async () => {
    const body = JSON.stringify({ name: "x".repeat(89) });
    expect(body.length).toBe(100);
    await expect(readJson(post(body), schema, { maxBytes: 100 })).resolves.toBeDefined();
    expect((await refusal(readJson(post(body), schema, { maxBytes: 99 }))).code).toBe("PAYLOAD_TOO_LARGE");
  });

  it("answers bad request when the caller hangs up in the middle", async () => {
    const broken = new ReadableStream({ start: (controller) => controller.error(new Error("gone")) });
    const request = new Request("http://app.test/x", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: broken,
      duplex: "half",
    } as RequestInit);
    expect((await refusal(readJson(request, schema))).code).toBe("BAD_REQUEST");
  });

  it("survives deep nesting, prototype keys and hostile names", async () => {
    const deep = `{"name":"x","y":${"[".repeat(30_000)}${"]".repeat(30_000)}}`;
    await expect(readJson(post(deep), schema)).resolves.toEqual({ name: "x" });
    await readJson(
      post('{"name":"x","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
      schema,
    );
    expect("polluted" in {}).toBe(false);
    const names = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`\ud800${"k".repeat(90)}${i}`, 1]));
    const error = await refusal(readJson(post(JSON.stringify({ name: "x", tags: names })), schema));
    expect(error.details).toHaveLength(20);
    expect(error.details?.every(({ path }) => path.isWellFormed() && path.length <= 100)).toBe(true);
  });
});

describe("readQuery", () => {
  const query = z.object({ after: z.coerce.number(), word: z.string().optional() });

  it("reads and coerces", () => {
    expect(readQuery(new Request("http://a.test/?after=7&word=%C3%A9"), query)).toEqual({ after: 7, word: "é" });
  });

  it.each(["?after=x", "?", "?after=%FF%00", "?after=%", "?after=%ED%A0%80"])("refuses %s", (search) => {
    expect(() => readQuery(new Request(`http://a.test/${search}`), query)).toThrow(AppError);
  });
});

describe("decodeForm", () => {
  it.each([
    ["a=H%C3%A9l%C3%A8ne", "a=H%C3%A9l%C3%A8ne"],
    ["a=Hélène&b=100%", "a=Hélène&b=100%"],
  ])("reads %s", (text, expected) => {
    expect(decodeForm(Buffer.from(text))).toBe(expected);
  });

  it.each(["a=H\xe9l\xe8ne", "a=H%E9l%E8ne", "a=%C3", "a=%ff"])("refuses what is not UTF-8: %j", (text) => {
    expect(() => decodeForm(Buffer.from(text, "latin1"))).toThrow("BAD_REQUEST");
  });
});
