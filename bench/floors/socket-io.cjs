// Socket.IO beside the realtime server, as its documentation has it; installed by bench/realtime/rivals.ts.
const { createServer } = require("node:http");
const { Server } = require(`${process.env.RIVALS}/node_modules/socket.io`);

const http = createServer((request, response) => {
  if (request.method !== "POST") return;
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  request.on("end", () => {
    const { channel, name, data } = JSON.parse(body);
    io.to(channel).emit(name, data);
    response.setHeader("content-type", "application/json").end("{}");
  });
});
const io = new Server(http);
io.on("connection", (socket) => {
  socket.on("subscribe", (channel) => {
    socket.join(channel);
    socket.emit("ready");
  });
});
process.on("disconnect", () => process.exit());
http.listen(0, "127.0.0.1", () => process.send({ port: http.address().port }));
