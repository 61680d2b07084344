import { cpSync, existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { runCommand } from "./command";

const MIRROR = "http://deb.debian.org/debian";
const AUTHORITIES = "etc/ssl/certs/ca-certificates.crt";

/**
 * A folder with a Debian of its own, made once and kept.
 * @param suite `bookworm`, `trixie`
 * @param minimal without what an installer adds, as base images are
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
  trustTheSame(folder);
  await runCommand(["chroot", folder, "update-ca-certificates"]);
  await runCommand(["chroot", folder, "apt-get", "clean"]);
  writeFileSync(stamp, wanted);
}

/** Authorities that this machine trusts besides Debian's: a company's network may look into TLS to the registry. */
function trustTheSame(folder: string): void {
  for (const file of localAuthorities()) cpSync(file, join(folder, "usr/local/share/ca-certificates", basename(file)));
}

/** PEM files of those authorities. */
export function localAuthorities(): string[] {
  return globSync("/usr/local/share/ca-certificates/*.crt");
}

/** Where a Debian keeps all that it trusts, in one PEM file; an absolute path inside it. */
export const TRUSTED = `/${AUTHORITIES}`;

/** A copy of a folder with its owners, modes and links. */
export async function copyTree(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  await runCommand(["cp", "--archive", "--reflink=auto", `${from}/.`, to]);
}
