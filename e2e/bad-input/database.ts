import { Client } from "pg";
import { testedInstance } from "../../tooling/src/testing/e2e-setup";

/** Connects to the product's own database, so that tests can check what was written. */
export async function connect(): Promise<Client> {
  const client = new Client({ connectionString: testedInstance().databaseUrl });
  await client.connect();
  return client;
}
