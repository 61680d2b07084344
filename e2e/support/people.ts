import { DEMO_PASSWORD, PEOPLE, type Person } from "../../tooling/src/seed/people";

export type { Person };
export const PASSWORD = DEMO_PASSWORD;

/** Finds a person of the demonstration data by name. */
export function person(name: string): Person {
  const found = PEOPLE.find((one) => one.name === name);
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
}

export const ADMIN = person("Voahangy Rasolofoniaina");
export const COMMERCIAL = person("Tojo Andriamanana");
