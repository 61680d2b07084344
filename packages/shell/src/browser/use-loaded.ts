import { type ComponentType, useEffect, useState } from "react";

/**
 * Loads a part of the page when it is wanted first. Where it cannot be loaded the page goes on without it, which `lazy` would answer with an
 * error page.
 * @param load the same from one drawing to the next
 */
export function useLoaded(isWanted: boolean, load: () => Promise<ComponentType>): ComponentType | null {
  const [Part, setPart] = useState<ComponentType | null>(null);
  useEffect(() => {
    if (isWanted)
      load().then(
        (part) => setPart(() => part),
        () => {},
      );
  }, [isWanted, load]);
  return Part;
}
