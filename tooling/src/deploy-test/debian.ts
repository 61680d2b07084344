import { cpSync, existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { runCommand } from "./command";

const MIRROR = "http://deb.debian.org/debian";
const AUTHORITIES_FILE = "etc/ssl/certs/ca-certificates.crt";

/**
 * Makes a folder with a Debian, once.
 * @param suite `bookworm` or `trixie`
 * @param minimal true for a base image's packages only, without those that an installer adds
 */
export async function makeDebian(
  folder: string,
  suite: string,
  packages: readonly string[],
  minimal: boolean,
): Promise<void> {
  const stamp = `${folder}.made`;
  const wanted = JSON.stringify({ suite, packages, minimal });
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  const how = [...(minimal ? ["--variant=minbase"] : []), `--include=${packages.join(",")}`];
  await runCommand(["debootstrap", ...how, suite, folder, MIRROR]);
  copyAuthorities(folder);
  await runCommand(["chroot", folder, "update-ca-certificates"]);
  await runCommand(["chroot", folder, "apt-get", "clean"]);
  writeFileSync(stamp, wanted);
}

/** Copies the authorities that this machine trusts besides Debian's: a company's network may intercept TLS to the registry. */
function copyAuthorities(folder: string): void {
  for (const file of listLocalAuthorities())
    cpSync(file, join(folder, "usr/local/share/ca-certificates", basename(file)));
}

/** Lists the PEM files of those authorities. */
export function listLocalAuthorities(): string[] {
  return globSync("/usr/local/share/ca-certificates/*.crt");
}

/** Path inside a Debian of the PEM file with all authorities that it trusts. */
export const TRUSTED = `/${AUTHORITIES_FILE}`;

/** Copies a folder with its owners, modes and links. */
export async function copyTree(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  await runCommand(["cp", "--archive", "--reflink=auto", `${from}/.`, to]);
}
