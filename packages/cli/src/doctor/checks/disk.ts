import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { type Check, fail, ok, warn } from "../check";

const MIB_BYTES = 1024 * 1024;
const WARN_BELOW_MIB = 2_048;
const FAIL_BELOW_MIB = 256;

export const disk: Check = {
  name: "disk",
  title: "Disk",
  advice: "See whether the data folder can be read.",
  async run({ dataDir }) {
    const folder = existsSync(dataDir) ? dataDir : dirname(dataDir);
    const { bavail, bsize } = await statfs(folder);
    const free = Math.floor((bavail * bsize) / MIB_BYTES);
    const detail = `${free} MiB free in ${folder}`;
    const advice = "Make room: logs in its logs folder, old backups, packages of the system.";
    if (free < FAIL_BELOW_MIB) return fail(detail, advice);
    return free < WARN_BELOW_MIB ? warn(detail, advice) : ok(detail);
  },
};
