import { expect, test } from "vitest";
import { requestAuthorization } from "./client-authorization";

const request = {
  endpoint: "/broadcasting/auth",
  fields: { socket_id: "1.2", channel_name: "private-session.a" },
  stillWanted: () => true,
  wait: async () => {},
};

/** A portal that gives these answers one after the other. */
function portal(...answers: Array<() => Response>): { fetcher: typeof fetch; bodies: string[] } {
  const bodies: string[] = [];
  return {
    bodies,
    fetcher: async (_input, init) => {
      bodies.push(String(init?.body));
      const answer = answers.shift();
      if (!answer) throw new TypeError("network");
      return answer();
    },
  };
}

test("posts the form that Laravel Echo's servers read", async () => {
  const { fetcher, bodies } = portal(() => Response.json({ auth: "key:signature" }));
  const result = await requestAuthorization({ ...request, fetcher });
  expect(result).toEqual({ ok: true, data: { auth: "key:signature" } });
  expect(bodies).toEqual(["socket_id=1.2&channel_name=private-session.a"]);
});

test("repeats while the portal fails or is away", async () => {
  const { fetcher } = portal(
    () => new Response(null, { status: 503 }),
    () => {
      throw new TypeError("network");
    },
    () => Response.json({ auth: "key:signature" }),
  );
  expect(await requestAuthorization({ ...request, fetcher })).toMatchObject({ ok: true });
});

test("takes a refusal as final", async () => {
  const { fetcher, bodies } = portal(() => new Response(null, { status: 401 }));
  expect(await requestAuthorization({ ...request, fetcher })).toEqual({ ok: false, status: 401 });
  expect(bodies).toHaveLength(1);
});

test("says nothing for a socket that is gone", async () => {
  let wanted = true;
  const { fetcher } = portal(() => {
    wanted = false;
    return Response.json({ auth: "key:signature" });
  });
  expect(await requestAuthorization({ ...request, fetcher, stillWanted: () => wanted })).toBeNull();
});
