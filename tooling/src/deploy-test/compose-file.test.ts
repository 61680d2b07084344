import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../paths";
import { readComposeFile, startOrder } from "./compose-file";

const COMPOSE = readFileSync(join(ROOT, "compose.yaml"), "utf8");
const required = [...COMPOSE.matchAll(/\$\{([A-Z_0-9]+):\?/g)].map(([, name = ""]) => name);
const environment = Object.fromEntries(required.map((name) => [name, `value-of-${name}`]));

test("reads compose.yaml with all required variables", () => {
  const { services, networks } = readComposeFile(COMPOSE, environment);
  expect(services.administration?.environment).toMatchObject({
    DATABASE_URL: "postgresql://mgs:value-of-POSTGRES_PASSWORD@postgres:5432/mgs",
    OAUTH_SERVER_URL: "value-of-ADMINISTRATION_URL",
    DATABASE_POOL: "10",
    NODE_EXTRA_CA_CERTS: "",
  });
  expect(services.administration?.volumes).toEqual(["/dev/null:/etc/mgs/authority.pem:ro"]);
  expect(networks).toEqual({ backend: { internal: true }, outside: { internal: false } });
  const order = startOrder(services);
  expect(order.indexOf("postgres")).toBeLessThan(order.indexOf("release"));
  expect(order.indexOf("release")).toBeLessThan(order.indexOf("administration"));
  expect(order).not.toContain("mgs");
});

test("mounts a company's authority and sets NODE_EXTRA_CA_CERTS", () => {
  const { services } = readComposeFile(COMPOSE, { ...environment, NODE_EXTRA_CA_CERTS: "/srv/ca.pem" });
  for (const name of ["administration", "worker", "release", "mgs"]) {
    expect(services[name]?.environment.NODE_EXTRA_CA_CERTS, name).toBe("/etc/mgs/authority.pem");
    expect(services[name]?.volumes[0], name).toBe("/srv/ca.pem:/etc/mgs/authority.pem:ro");
  }
});

test("reports all missing required variables at once", () => {
  const { POSTGRES_PASSWORD: _, MAIL_FROM: _from, ...without } = environment;
  expect(() => readComposeFile(COMPOSE, without)).toThrow("set in .env: POSTGRES_PASSWORD, MAIL_FROM");
});

test("refuses an unknown key and a cycle of dependencies", () => {
  const unknown = "services: { a: { image: x, networks: [], privileged: true } }\nnetworks: {}\nvolumes: {}";
  expect(() => readComposeFile(unknown, {})).toThrow("privileged");
  const circle = (name: string, other: string) =>
    `${name}: { image: x, networks: [], depends_on: { ${other}: { condition: service_healthy } } }`;
  const both = `services: { ${circle("a", "b")}, ${circle("b", "a")} }\nnetworks: {}\nvolumes: {}`;
  expect(() => startOrder(readComposeFile(both, {}).services)).toThrow("a → b → a");
});
