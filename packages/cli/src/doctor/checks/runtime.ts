import { readFile } from "node:fs/promises";
import { type Check, fail, ok, warn } from "../check";

const MIN_NODE_VERSION = 22;
const MIN_OPEN_FILES = 4_096;

/** Checks Node's version and this process's limit of open files, since each socket of a page is one. */
export const runtime: Check = {
  name: "runtime",
  title: "Node.js",
  advice: "npm start brings the right Node by itself.",
  async run() {
    const major = Number(process.versions.node.split(".")[0]);
    if (major < MIN_NODE_VERSION)
      return fail(`Node ${process.versions.node}`, `Node ${MIN_NODE_VERSION} or newer is needed.`);
    const limits = await readFile("/proc/self/limits", "utf8").catch(() => "");
    const files = /^Max open files\s+(\S+)/m.exec(limits)?.[1];
    const detail = `Node ${process.versions.node}${files ? `, ${files} open files at most` : ""}`;
    if (files === undefined || files === "unlimited" || Number(files) >= MIN_OPEN_FILES) return ok(detail);
    return warn(
      detail,
      "Raise it where the processes start (LimitNOFILE of systemd, ulimit -n): every open page is one.",
    );
  },
};
