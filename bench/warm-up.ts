import { measureThroughput } from "./measure";
import { createSendRequest, openConnections, sendAccepted } from "./sends";
import type { World } from "./world";

const SENDER_COUNT = 16;
const WARM_UP_MS = 4_000;

/**
 * Sends to each port until its processes have compiled their hot code, and waits until all is delivered. A company's processes have
 * run for days; without this the first rounds would measure V8, whose work grows with the amount of code.
 */
export async function warmUp(world: World, token: string, ports: readonly number[], isQuick = false): Promise<void> {
  for (const port of ports) {
    const open = await openConnections(port, SENDER_COUNT);
    const work = open.map((connection) => () => sendAccepted(connection, createSendRequest(token)));
    await measureThroughput(work, isQuick ? 100 : WARM_UP_MS);
    for (const connection of open) connection.close();
    await world.delivered();
  }
}
