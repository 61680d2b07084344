import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export type TestCertificate = { cert: string; key: string; pem: string };

/** A certificate for `localhost` that is its own authority, as files `<name>.crt` and `<name>.key`. */
export function makeCertificate(folder: string, name: string, passphrase?: string): TestCertificate {
  const [cert, key] = [join(folder, `${name}.crt`), join(folder, `${name}.key`)];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-days", "2"];
  const protection = passphrase === undefined ? ["-nodes"] : ["-passout", `pass:${passphrase}`];
  const subject = ["-subj", `/CN=${name}`, "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  execFileSync("openssl", ["req", "-x509", ...kind, ...protection, ...subject, "-keyout", key, "-out", cert], {
    stdio: "ignore",
  });
  return { cert, key, pem: readFileSync(cert, "utf8") };
}
