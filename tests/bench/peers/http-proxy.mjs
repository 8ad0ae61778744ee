// Node's http-proxy with the token header and persistent connections.
import http from "node:http";
import { createRequire } from "node:module";

const { createProxyServer } = createRequire(`${process.env.BENCH_NPM}/`)("http-proxy");
const proxy = createProxyServer({
  target: `http://${process.env.UPSTREAM}`,
  agent: new http.Agent({ keepAlive: true }),
  headers: { "x-chatworktoken": process.env.TOKEN },
});
proxy.on("error", (error, _, response) => response.writeHead(502).end(String(error)));
const server = http.createServer((request, response) => proxy.web(request, response));
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => console.log(`listening on 127.0.0.1:${server.address().port}`));
