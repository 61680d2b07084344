import type { Cluster } from "../cluster/cluster";
import { createLocalCluster } from "../cluster/local-cluster";

/**
 * A cluster that pauses a stopping server after its drain delay until `goOn`, so that a test can observe it.
 */
export function pausedAfterDrainDelay(): { cluster: Cluster; delayIsOver: Promise<number>; goOn: () => void } {
  const delayIsOver = Promise.withResolvers<number>();
  const gate = Promise.withResolvers<void>();
  const waitForDelivery = (appId?: string) => {
    if (appId !== undefined) return undefined;
    delayIsOver.resolve(performance.now());
    return gate.promise;
  };
  return {
    cluster: { ...createLocalCluster(), waitForDelivery },
    /** `performance.now()` */
    delayIsOver: delayIsOver.promise,
    goOn: gate.resolve,
  };
}
