import { readdirSync, readFileSync } from "node:fs";

/** Linux has this value on every architecture of Node. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4_096;

type Process = { pid: number; parent: number; cpu: number; memory: number };

/** Lists all processes from `/proc`; none without it. */
function listProcesses(): Process[] {
  let names: string[] = [];
  try {
    names = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    try {
      // proc(5): the name in parentheses may contain any character; numbers follow it.
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const fields = stat
        .slice(stat.lastIndexOf(")") + 2)
        .split(" ")
        .map(Number);
      const [parent = 0] = fields.slice(1);
      // The sum contains the process's own time, and that of children that have ended.
      const ticks = fields.slice(11, 15).reduce((sum, one) => sum + one, 0);
      const memory = (fields[21] ?? 0) * PAGE_BYTES;
      return [{ pid: Number(name), parent, cpu: ticks / TICKS_PER_SECOND, memory }];
    } catch {
      return [];
    }
  });
}

/**
 * Measures the use of a process and its descendants.
 * @returns CPU seconds since their start, and bytes in memory now; shared pages count for each process
 */
export function measureUsage(pid: number): { cpu: number; memory: number } {
  const all = listProcesses();
  const family = new Set([pid]);
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const one of all) if (family.has(one.parent)) family.add(one.pid);
  }
  const members = all.filter((one) => family.has(one.pid));
  return {
    cpu: members.reduce((sum, one) => sum + one.cpu, 0),
    memory: members.reduce((sum, one) => sum + one.memory, 0),
  };
}
