import { Client } from "pg";
import { testedInstance } from "../../tooling/src/testing/e2e-setup";

/** A connection to the product's own database: what is written is looked up where it would stand. */
export async function connect(): Promise<Client> {
  const client = new Client({ connectionString: testedInstance().databaseUrl });
  await client.connect();
  return client;
}
