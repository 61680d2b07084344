import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../paths";
import { say } from "../terminal";
import { HOSTS } from "./authority";
import { waitUntil } from "./command";
import { type ComposeService, readComposeFile, startOrder } from "./compose-file";
import { listLimitOptions, type Podman } from "./podman";
import { resolveImageName } from "./stand-ins";

const READY_TIMEOUT_MS = 180_000;
/** The bridge to the outside. Its first address is the server with nginx and the mailbox. */
const OUTSIDE_NETWORK = { subnet: "10.89.7.0/24", server: "10.89.7.1" };

/** Address by which containers reach the server. */
export const SERVER_ADDRESS = OUTSIDE_NETWORK.server;

/** The stack that compose.yaml describes, started by podman. */
export type Stack = {
  /** `docker compose up -d` */
  up(): Promise<void>;
  /** `docker compose run --rm <service> <args>` */
  run(service: string, args: readonly string[], input?: string): Promise<string>;
  /** `docker compose exec -T <service> <args>` */
  exec(service: string, args: readonly string[], input?: string): Promise<string>;
  /** `docker compose down` */
  down(): Promise<void>;
};

/** Opens the stack. @param environment a company's `.env` */
export async function openStack({ podman }: Podman, environment: Readonly<Record<string, string>>): Promise<Stack> {
  const { services, networks, volumes } = readComposeFile(
    readFileSync(join(ROOT, "compose.yaml"), "utf8"),
    environment,
  );
  const nameOf = (name: string) => `mgs-${name}`;
  const down = async () => {
    await podman(["rm", "--force", "--all", "--time", "20"], { also: [1, 125] });
    for (const name of Object.keys(volumes)) await podman(["volume", "rm", "--force", nameOf(name)], { also: [1] });
    for (const name of Object.keys(networks)) await podman(["network", "rm", "--force", nameOf(name)], { also: [1] });
  };
  await down();
  for (const [name, { internal }] of Object.entries(networks)) {
    const how = internal ? ["--internal"] : ["--subnet", OUTSIDE_NETWORK.subnet];
    await podman(["network", "create", ...how, nameOf(name)]);
  }
  const service = (name: string): ComposeService => {
    const found = services[name];
    if (!found) throw new Error(`compose.yaml has no ${name}`);
    return found;
  };
  const options = (name: string) => createOptions(name, service(name), Object.keys(volumes));
  const wordsOf = (name: string, args: readonly string[]) => {
    const { entrypoint, image, command } = service(name);
    const entry = entrypoint ? ["--entrypoint", JSON.stringify(entrypoint)] : [];
    return [...entry, resolveImageName(image), ...(args.length > 0 ? args : command)];
  };

  async function start(name: string): Promise<void> {
    for (const [other, { condition }] of Object.entries(service(name).depends_on)) {
      if (condition === "service_healthy") await untilHealthy(other);
    }
    if (service(name).restart === "no") {
      // This service has to succeed before those that wait for it start.
      const output = await podman(["run", "--rm", "--name", nameOf(name), ...options(name), ...wordsOf(name, [])]);
      say(`  ${name}: ${output.trim().replaceAll("\n", "; ")}`);
      return;
    }
    await podman(["run", "--detach", "--name", nameOf(name), ...options(name), ...wordsOf(name, [])]);
  }

  /** Checks health by the healthcheck of compose.yaml, else by that of the image. */
  async function untilHealthy(name: string): Promise<void> {
    const test = service(name).healthcheck?.test.slice(1);
    await waitUntil(`${name} is healthy`, READY_TIMEOUT_MS, async () => {
      await podman(test ? ["exec", nameOf(name), ...test] : ["healthcheck", "run", nameOf(name)]);
      return true;
    }).catch(async (error: unknown) => {
      const logs = await podman(["logs", "--tail", "40", nameOf(name)], { also: [125] });
      throw new Error(`${String(error)}\n${logs}`);
    });
  }

  return {
    down,
    async up() {
      const order = startOrder(services);
      for (const name of order) await start(name);
      for (const name of order) if (service(name).restart !== "no") await untilHealthy(name);
      say(`  healthy: ${order.filter((name) => service(name).restart !== "no").join(", ")}`);
    },
    run: (name, args, input = "") =>
      podman(["run", "--rm", "--interactive", ...options(name), ...wordsOf(name, args)], { input }),
    exec: (name, args, input = "") => podman(["exec", "--interactive", nameOf(name), ...args], { input }),
  };
}

function createOptions(name: string, service: ComposeService, volumes: readonly string[]): string[] {
  const all = (flag: string, values: readonly string[]) => values.flatMap((value) => [flag, value]);
  const mounts = service.volumes.map((volume) => {
    const [source = "", ...rest] = volume.split(":");
    return [volumes.includes(source) ? `mgs-${source}` : source, ...rest].join(":");
  });
  return [
    ...all(
      "--network",
      service.networks.map((network) => `mgs-${network}:alias=${name}`),
    ),
    // These entries replace the company's DNS.
    ...all(
      "--add-host",
      HOSTS.map((host) => `${host}:${OUTSIDE_NETWORK.server}`),
    ),
    ...all(
      "--env",
      Object.entries(service.environment).map(([variable, value]) => `${variable}=${value}`),
    ),
    ...all("--volume", mounts),
    ...all("--tmpfs", service.tmpfs),
    ...all("--publish", service.ports),
    ...all("--cap-drop", service.cap_drop),
    ...all(
      "--security-opt",
      service.security_opt.map((option) => option.replace(/:true$/, "")),
    ),
    ...listLimitOptions(service.ulimits.nofile?.hard),
    // Docker's `read_only` makes everything read-only except the listed folders.
    ...(service.read_only ? ["--read-only", "--read-only-tmpfs=false"] : []),
    ...(service.init ? ["--init"] : []),
    ...(service.shm_size ? ["--shm-size", service.shm_size.replace(/mb$/, "m")] : []),
  ];
}
