import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../paths";
import { say } from "../terminal";
import type { Podman } from "./podman";

const MEGABYTE_BYTES = 1_000_000;
/** Largest size of an image, with its base. */
const MAX_MEGABYTES = { tools: 700, others: 400 } as const;

/** Lists the targets of the Dockerfile's images. */
export function listImageTargets(): string[] {
  const stages = [...readFileSync(join(ROOT, "Dockerfile"), "utf8").matchAll(/^FROM (\S+) AS (\S+)$/gm)];
  const bases = new Set(stages.map(([, from]) => from));
  return stages.flatMap(([, , name = ""]) => (bases.has(name) || name === "build" ? [] : [name]));
}

/**
 * Builds one image from the unchanged Dockerfile. The first one builds the product as well.
 * @throws Error when the build fails, or the image is too large
 */
export async function buildImage(
  { buildah, podman }: Podman,
  target: string,
  output: (chunk: string) => void,
): Promise<void> {
  const image = `docker.io/library/mgs-${target}:latest`;
  const how = ["--layers", "--isolation", "chroot", "--pull-never", "--format", "docker"];
  await buildah(["bud", ...how, "--target", target, "--tag", image, "."], { cwd: ROOT, output });
  const size = Number(await podman(["image", "inspect", "--format", "{{.Size}}", image])) / MEGABYTE_BYTES;
  const most = target === "tools" ? MAX_MEGABYTES.tools : MAX_MEGABYTES.others;
  say(`  mgs-${target}: ${Math.round(size)} MB (at most ${most})`);
  if (!(size < most)) throw new Error(`mgs-${target} has ${Math.round(size)} MB: at most ${most} are allowed`);
}
