import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { randomPooled } from "./random";

/** Hashes a text with SHA-256, in base64url. It is for high-entropy secrets only; passwords are hashed with argon2id. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** Compares two texts in constant time, so that the time does not reveal where they differ. */
export function safeEqual(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)));
}

/** Encrypts texts at rest with AES-256-GCM, and derives secrets from texts. */
export type Sealer = {
  /** Binds `context` to the result as additional data, so that a sealed value cannot be moved to another place. */
  seal(plain: string, context: string): string;
  /** @throws Error when the key, the context or the bytes are not those of `seal`. */
  open(sealed: string, context: string): string;
  /** Derives a secret of 256 bits, in base64url: the same for the same text and context, and unknown without the key. */
  derive(text: string, context: string): string;
};

/** Makes a sealer. @param key 32 bytes, base64 or base64url (`MGS_KEY_ENCRYPTION_KEY`) */
export function createSealer(key: string): Sealer {
  const secret = Buffer.from(key, "base64");
  if (secret.length !== 32) throw new Error("the key-encryption key must be 32 bytes in base64");
  // One key for one purpose: secrets are derived with another key than the one that encrypts.
  const derivationKey = Buffer.from(hkdfSync("sha256", secret, "", "mgs derived secrets", 32));
  return {
    seal(plain, context) {
      const iv = randomPooled(12);
      const cipher = createCipheriv("aes-256-gcm", secret, iv);
      cipher.setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return `v1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url")}`;
    },
    open(sealed, context) {
      if (!sealed.startsWith("v1.")) throw new Error("unknown sealed format");
      const bytes = Buffer.from(sealed.slice(3), "base64url");
      const decipher = createDecipheriv("aes-256-gcm", secret, bytes.subarray(0, 12));
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
    },
    derive: (text, context) => createHmac("sha256", derivationKey).update(`${context}\n${text}`).digest("base64url"),
  };
}
