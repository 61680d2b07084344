import { readFile } from "node:fs/promises";
import { createSecureContext, type SecureContextOptions } from "node:tls";

/** Where certificate (with its chain) and key are, in PEM. */
export type TlsFiles = { cert: string; key: string; passphrase?: string | undefined };

/**
 * Reads certificate and key, and tries that they belong together.
 * @throws Error of the file system, or of OpenSSL
 */
export async function loadCertificate(files: TlsFiles): Promise<SecureContextOptions> {
  const [cert, key] = await Promise.all([readFile(files.cert), readFile(files.key)]);
  const options: SecureContextOptions = {
    cert,
    key,
    minVersion: "TLSv1.2",
    ...(files.passphrase === undefined ? {} : { passphrase: files.passphrase }),
  };
  createSecureContext(options);
  return options;
}
