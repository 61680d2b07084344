import { expect, test } from "vitest";
import { requestAuthorization } from "./client-authorization";

const request = {
  endpoint: "/broadcasting/auth",
  fields: { socket_id: "1.2", channel_name: "private-session.a" },
  isStillWanted: () => true,
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
  expect(result).toEqual({ auth: "key:signature" });
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
  expect(await requestAuthorization({ ...request, fetcher })).toEqual({ auth: "key:signature" });
});

test.each([401, 403])("repeats a refusal with %i with growing pauses, and tells each", async (status) => {
  const refuse = () => new Response(null, { status });
  const { fetcher } = portal(...Array.from({ length: 9 }, () => refuse), () =>
    Response.json({ auth: "key:signature" }),
  );
  const pauses: number[] = [];
  const failures: unknown[] = [];
  const result = await requestAuthorization({
    ...request,
    fetcher,
    wait: async (milliseconds) => void pauses.push(milliseconds),
    onFailure: (failure) => failures.push(failure),
  });
  expect(result).toEqual({ auth: "key:signature" });
  expect(failures).toEqual(Array(9).fill({ status }));
  expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
});

test("a request that never ends is given up, told, and repeated", async () => {
  let calls = 0;
  const failures: unknown[] = [];
  const fetcher: typeof fetch = (_input, init) =>
    ++calls > 1
      ? Promise.resolve(Response.json({ auth: "key:signature" }))
      : new Promise((_resolve, reject) => {
          init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
        });
  const onFailure = (failure: unknown) => failures.push(failure);
  expect(await requestAuthorization({ ...request, fetcher, onFailure, timeoutMs: 20 })).toEqual({
    auth: "key:signature",
  });
  expect(failures).toEqual([{ status: null }]);
});

test("says nothing for a socket that is gone", async () => {
  let wanted = true;
  const { fetcher } = portal(() => {
    wanted = false;
    return Response.json({ auth: "key:signature" });
  });
  expect(await requestAuthorization({ ...request, fetcher, isStillWanted: () => wanted })).toBeNull();
});
