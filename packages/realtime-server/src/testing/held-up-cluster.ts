import type { Cluster } from "../cluster/cluster";
import { createLocalCluster } from "../cluster/local";

/**
 * The cluster of a server that stops: after its drain delay the server is held up until `goOn`, neither ready nor gone,
 * so that a test has all the time to look.
 */
export function heldUpAfterDelay(): { cluster: Cluster; delayIsOver: Promise<number>; goOn: () => void } {
  const delayIsOver = Promise.withResolvers<number>();
  const gate = Promise.withResolvers<void>();
  const settle = (appId?: string) => {
    if (appId !== undefined) return undefined;
    delayIsOver.resolve(performance.now());
    return gate.promise;
  };
  return {
    cluster: { ...createLocalCluster(), settle },
    /** `performance.now()` */
    delayIsOver: delayIsOver.promise,
    goOn: gate.resolve,
  };
}
