import { createRequire } from "node:module";
import { createAsyncApiDocument, describeChannels } from "@mgs/portal/asyncapi/create-asyncapi";
import { listChannels } from "@mgs/portal/asyncapi/read-asyncapi";
import { CLIENT_EVENTS, EVENTS } from "@mgs/realtime/names";
import Ajv from "ajv";
import { expect, it } from "vitest";
import { z } from "zod";
import { PORTAL_MODULES } from "../portal-modules";
import { writeAsyncApiFile } from "./write-asyncapi-file";

const document = await createAsyncApiDocument(PORTAL_MODULES);
const channels = await describeChannels(PORTAL_MODULES);

it("docs/api/asyncapi.yaml says what the channels and events say", async () => {
  await expect(await writeAsyncApiFile(PORTAL_MODULES)).toMatchFileSnapshot("../../../../docs/api/asyncapi.yaml");
});

it("is valid AsyncAPI 3.0 by the specification's own schema", () => {
  const load = createRequire(import.meta.url);
  const schema = load("@asyncapi/specs/schemas/3.0.0-without-$id.json") as object;
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const validate = ajv.compile(schema);
  validate(JSON.parse(JSON.stringify(document)));
  expect(validate.errors ?? []).toEqual([]);
});

it("has a place for every reference", () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = ""]) => path);
  expect(references.length).toBeGreaterThan(20);
  const missing = references.filter(
    (path) =>
      path
        .split("/")
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document as unknown) ===
      undefined,
  );
  expect(missing).toEqual([]);
});

it("has the channels of all rules, those that need no authorization, and no other", () => {
  const ruled = new Set(PORTAL_MODULES.flatMap((one) => (one.channels ?? []).map(({ pattern }) => pattern)));
  const addresses = listChannels(document as never).map(({ address }) => address);
  expect(addresses.filter((address) => ruled.has(address)).sort()).toEqual([...ruled].sort());
  expect(addresses.filter((address) => !ruled.has(address)).sort()).toEqual(["maintenance", "sport-session.{id}"]);
});

it("has every event that our processes and pages send, and no other", () => {
  const namesOf = (kind: "events" | "clientEvents") => [
    ...new Set(listChannels(document as never).flatMap((channel) => channel[kind].map(({ name }) => name))),
  ];
  expect(namesOf("events").sort()).toEqual(Object.values<string>(EVENTS).sort());
  expect(namesOf("clientEvents").sort()).toEqual(Object.values<string>(CLIENT_EVENTS).sort());
});

it("is one portal's own where it is asked for one, and refuses what is not described", async () => {
  const own = await createAsyncApiDocument(PORTAL_MODULES, "commercial");
  expect(own.info.title).toContain("Commercial");
  expect(Object.keys(own.channels)).toEqual(Object.keys(document.channels));
  const rule = { pattern: "private-x.{id}", scope: "openid", clientEvents: false, authorize: () => false } as const;
  await expect(createAsyncApiDocument([{ name: "x", channels: [rule] }])).rejects.toThrow("described 0 times");
  const asyncApi = async () => [{ pattern: "private-x.{id}", summary: "X" }];
  await expect(createAsyncApiDocument([{ name: "x", asyncApi }])).rejects.toThrow("has 0 rules");
  const payload = z.object({});
  const talking = async () => [
    { pattern: "private-x.{id}", summary: "X", clientEvents: [{ name: "client-x", summary: "X", payload }] },
  ];
  await expect(createAsyncApiDocument([{ name: "x", channels: [rule], asyncApi: talking }])).rejects.toThrow("refused");
});

it("says of each channel who may hear it", () => {
  for (const { pattern, scopes, summary } of channels) {
    expect(summary.length, pattern).toBeGreaterThan(20);
    expect(scopes.length > 0, pattern).toBe(/^(private|presence)-/.test(pattern));
  }
});
