/** OAuth clients of the throw-away instance and of the floor's provider. */
export const CLIENT = { id: "bench", secret: "bench-secret-of-a-throw-away-instance" };
export const WEB_CLIENT = {
  id: "bench-web",
  secret: "bench-web-secret-of-a-throw-away-instance",
  redirectUri: "http://127.0.0.1:9/retour",
};

export function createBasicHeader({ id, secret }: { id: string; secret: string }): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
}
