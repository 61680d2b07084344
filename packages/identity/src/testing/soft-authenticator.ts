import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import type { Assertion, Attestation } from "../passkeys/passkey-answers";

type Options = {
  rpId: string;
  origin: string;
  /** Whether the person is verified by PIN, finger or face. */
  verifiesUser?: boolean;
  /** Stays at 0 for synchronised passkeys. */
  counts?: boolean;
};

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const ATTESTED = 0x40;

const digest = (data: string | Buffer): Buffer => createHash("sha256").update(data).digest();

/** An authenticator in software with one passkey (ES256), which answers as a browser passes it on. */
export function createSoftAuthenticator(options: Options) {
  const { counts = true } = options;
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const credentialId = randomBytes(32);
  const id = credentialId.toString("base64url");
  let counter = 0;

  const authenticatorData = ({ rpId, verifiesUser = true }: Options, more: Buffer = Buffer.alloc(0)): Buffer => {
    const flags = USER_PRESENT | (verifiesUser ? USER_VERIFIED : 0) | (more.length > 0 ? ATTESTED : 0);
    const head = Buffer.alloc(5);
    head.writeUInt8(flags, 0);
    head.writeUInt32BE(counter, 1);
    return Buffer.concat([digest(rpId), head, more]);
  };

  const clientData = ({ origin }: Options, type: string, challenge: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));

  const coseKey = (): Buffer => {
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    const bytes = (text: string) => Uint8Array.from(Buffer.from(text, "base64url"));
    const key = new Map<number, number | Uint8Array>([
      ...([[1, 2] as const, [3, -7] as const, [-1, 1] as const] satisfies (readonly [number, number])[]),
      [-2, bytes(x)],
      [-3, bytes(y)],
    ]);
    return Buffer.from(isoCBOR.encode(key as never));
  };

  return {
    id,
    /** Sets the count of signatures, as a copy of the authenticator would have it. */
    setCounter(value: number): void {
      counter = value;
    },
    /** Answers `navigator.credentials.create`. */
    register(challenge: string): Attestation {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, credentialId, coseKey()]);
      const object = new Map<string, unknown>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", Uint8Array.from(authenticatorData(options, attested))],
      ]);
      return {
        ...{ id, rawId: id, type: "public-key" as const, clientExtensionResults: {} },
        response: {
          clientDataJSON: clientData(options, "webauthn.create", challenge).toString("base64url"),
          attestationObject: Buffer.from(isoCBOR.encode(object as never)).toString("base64url"),
          transports: ["internal"],
        },
      };
    },
    /** Answers `navigator.credentials.get`. @param changed what a browser elsewhere, or another authenticator, would say */
    answer(challenge: string, changed: Partial<Options> & { userHandle?: string } = {}): Assertion {
      if (counts) counter++;
      const { userHandle, ...said }: typeof changed & Options = { ...options, ...changed };
      const data = authenticatorData(said);
      const client = clientData(said, "webauthn.get", challenge);
      const signature = sign("sha256", Buffer.concat([data, digest(client)]), { key: privateKey, dsaEncoding: "der" });
      return {
        ...{ id, rawId: id, type: "public-key" as const, clientExtensionResults: {} },
        response: {
          clientDataJSON: client.toString("base64url"),
          authenticatorData: data.toString("base64url"),
          signature: signature.toString("base64url"),
          ...(userHandle === undefined ? {} : { userHandle }),
        },
      };
    },
  };
}
export type SoftAuthenticator = ReturnType<typeof createSoftAuthenticator>;
