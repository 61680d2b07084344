import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./command";
import { listLocalAuthorities } from "./debian";

/** Host names of the guides' examples. */
export const HOSTS = ["administration", "commercial", "gestion-dossier", "ws"].map((name) => `${name}.example.com`);

/** PEM files of a company's certificate authority, and of the certificate that it issued for the four host names. */
export type Authority = {
  /** The authority's own certificate, and those of authorities that this machine trusts besides Debian's. */
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
};

export async function makeAuthority(folder: string): Promise<Authority> {
  mkdirSync(folder, { recursive: true });
  const file = (name: string) => join(folder, name);
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const authority = ["-x509", "-days", "30", "-subj", "/CN=Example Company Authority"];
  const signing = ["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign"];
  await runCommand([
    "openssl",
    "req",
    ...key,
    ...authority,
    ...signing,
    "-keyout",
    file("ca.key"),
    "-out",
    file("ca.crt"),
  ]);
  await runCommand([
    "openssl",
    "req",
    ...key,
    "-subj",
    `/CN=${HOSTS[0]}`,
    "-keyout",
    file("privkey.pem"),
    "-out",
    file("request"),
  ]);
  writeFileSync(file("names"), `subjectAltName=${HOSTS.map((host) => `DNS:${host}`).join(",")}\n`);
  const signer = ["-CA", file("ca.crt"), "-CAkey", file("ca.key"), "-CAcreateserial", "-days", "30"];
  await runCommand([
    "openssl",
    "x509",
    "-req",
    "-in",
    file("request"),
    ...signer,
    "-extfile",
    file("names"),
    "-out",
    file("leaf.crt"),
  ]);
  const read = (name: string) => readFileSync(name, "utf8");
  writeFileSync(file("fullchain.pem"), read(file("leaf.crt")) + read(file("ca.crt")));
  writeFileSync(file("authority.pem"), [file("ca.crt"), ...listLocalAuthorities()].map(read).join("\n"));
  return { authority: file("authority.pem"), certificate: file("fullchain.pem"), key: file("privkey.pem") };
}
