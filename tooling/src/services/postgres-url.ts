/** Name of the embedded server's database, and of its owner. */
export const DATABASE_NAME = "mgs";
export const SUPERUSER = "mgs";

/** Makes the URL of the embedded PostgreSQL. */
export function postgresUrl(port: number, password: string, database: string = DATABASE_NAME): string {
  return `postgresql://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}
