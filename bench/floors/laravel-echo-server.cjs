// laravel-echo-server beside the realtime server; installed by bench/realtime/rivals.ts.
const { createServer } = require("node:net");
const echo = require(`${process.env.RIVALS}/node_modules/laravel-echo-server`);

process.on("disconnect", () => process.exit());
console.log = () => undefined;
// It takes a port but does not tell one: a free one is looked for first.
const probe = createServer().listen(0, "127.0.0.1", () => {
  const { port } = probe.address();
  probe.close(() => {
    echo
      .run({
        host: "127.0.0.1",
        port,
        clients: [{ appId: "bench", key: "bench-key" }],
        subscribers: { http: true, redis: false },
        databaseConfig: { redis: { lazyConnect: true } },
      })
      .then(() => process.send({ port }));
  });
});
