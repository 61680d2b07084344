import { Client } from "pg";
import { readTestedInstance } from "../../tooling/src/testing/e2e-setup";

/** Connects to the product's own database, so that tests can check what was written. */
export async function connect(): Promise<Client> {
  const client = new Client({ connectionString: readTestedInstance().databaseUrl });
  await client.connect();
  return client;
}
