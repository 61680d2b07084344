import { pathOf } from "./access-cases";
import type { Call } from "./call";
import type { Case } from "./case";
import type { PathRoutes } from "./routes";
import type { World } from "./world";

const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";
const invalid = { status: 422, code: "VALIDATION_ERROR" as const };
const unreadable = { status: 400, code: "INVALID_JSON" as const };

const TWO_MB = 2_000_000;

/** Routes that need nothing in their body: an empty object is not bad input. */
const TAKING_NOTHING: readonly string[] = [
  "/interaction/{uid}/passkey/options",
  "/interaction/{uid}/enrolment/passkey/options",
  // A change of nothing.
  "/api/views/{id}",
  "/api/conversations/{id}",
  "/api/conversations/scheduled/{id}",
  "/api/presence/me",
  // Everything is read.
  "/api/conversations/{id}/read",
];

/** Bodies that every route has to refuse. */
export function bodyCases(route: PathRoutes, world: World): Case[] {
  const { body } = route;
  if (!body) return [];
  const locale = route.access === "public" ? {} : ({ locale: "fr" } as const);
  const credentials: Record<string, string> = route.access === "public" ? {} : { authorization: world.bearer.me };
  // These routes answer browsers with pages; a script asks for JSON.
  const accept: Record<string, string> = route.access === "public" ? { accept: JSON_TYPE } : {};
  return body.methods.flatMap((method) => {
    const path = pathOf(route, world);
    const as = (type: string | undefined, content?: Call["body"], more: Partial<Call> = {}): Call => ({
      method,
      path,
      headers: { ...credentials, ...accept, ...(type === undefined ? {} : { "content-type": type }), ...more.headers },
      ...(content === undefined ? {} : { body: content }),
      ...(more.chunked ? { chunked: true } : {}),
    });
    const good = body.kind === "json" ? "{}" : "decision=accept";
    const right = body.kind === "json" ? JSON_TYPE : FORM_TYPE;
    const padding = "x".repeat(body.maxBytes);
    const tooBig = body.kind === "json" ? JSON.stringify({ message: padding }) : `email=${padding}`;
    const wrongTypes = [
      undefined,
      "text/plain",
      "application/xml",
      "application/octet-stream",
      "text/html; charset=utf-8",
    ];
    const own =
      body.kind === "json" ? [FORM_TYPE, "multipart/form-data; boundary=x", `${JSON_TYPE}; charset=latin1`] : [];
    const isBad = ({ name }: Case) => name !== "an empty object" || !TAKING_NOTHING.includes(route.path);
    const unsupported = { status: 415, code: "UNSUPPORTED_MEDIA_TYPE" as const };
    const large = { status: 413, code: "PAYLOAD_TOO_LARGE" as const };
    return [
      ...[...wrongTypes, ...own].map((type) => ({
        name: `type ${type}`,
        call: as(type, good),
        ...unsupported,
        ...locale,
      })),
      { name: "oversized", call: as(right, tooBig), ...large, ...locale },
      { name: "oversized, in chunks", call: as(right, tooBig, { chunked: true }), ...large, ...locale },
      ...(body.maxBytes < TWO_MB
        ? [
            { name: "2 MB", call: as(right, "x".repeat(TWO_MB)), ...large, ...locale },
            { name: "2 MB, in chunks", call: as(right, "x".repeat(TWO_MB), { chunked: true }), ...large, ...locale },
          ]
        : []),
      ...(body.kind === "json" ? jsonCases(as, locale).filter(isBad) : []),
    ];
  });
}

type As = (type: string | undefined, content?: Call["body"], more?: Partial<Call>) => Call;

function jsonCases(as: As, locale: Pick<Case, "locale">): Case[] {
  const broken: Record<string, Call["body"]> = {
    "an empty body": "",
    "half an object": '{"titre":',
    "two values": "{}{}",
    "single quotes": "{'a':1}",
    NaN: "NaN",
    "20,000 open brackets": "[".repeat(20_000),
    "bytes that are not UTF-8": new Uint8Array([0x22, 0xff, 0xfe, 0x22]),
    "a raw NUL": '{"titre":"\u0000"}',
    "UTF-16": Buffer.from('{"a":1}', "utf16le"),
  };
  const wrong: Record<string, string> = {
    null: "null",
    "a number": "1",
    "a text": '"x"',
    "an array": "[]",
    true: "true",
    "20,000 nested arrays": "[".repeat(20_000) + "]".repeat(20_000),
    "10,000 nested objects": `${'{"a":'.repeat(6_000)}1${"}".repeat(6_000)}`,
    "a huge array": `[${"1,".repeat(20_000)}1]`,
    "__proto__ for everything":
      '{"__proto__":{"user_id":1,"type":"x","titre":"x","message":"x","read":true,"locale":"fr"}}',
    "constructor.prototype": '{"constructor":{"prototype":{"read":true,"locale":"fr"}}}',
    "an empty object": "{}",
  };
  return [
    { name: "no body", call: as(JSON_TYPE), ...unreadable, ...locale },
    {
      name: "a compressed body",
      call: as(JSON_TYPE, "{}", { headers: { "content-encoding": "gzip" } }),
      status: 415,
      code: "UNSUPPORTED_MEDIA_TYPE",
      ...locale,
    },
    ...Object.entries(broken).map(([name, content]) => ({
      name,
      call: as(JSON_TYPE, content),
      ...unreadable,
      ...locale,
    })),
    ...Object.entries(wrong).map(([name, content]) => ({ name, call: as(JSON_TYPE, content), ...invalid, ...locale })),
  ];
}
