// Node's standard clients: http, https, http2 and fetch. Arguments: port without TLS, port with TLS, authority.
import assert from "node:assert";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import http from "node:http";
import http2 from "node:http2";
import https from "node:https";

const [clear, secure, authority] = process.argv.slice(2);
const ca = readFileSync(authority);

async function length(stream) {
  let octets = 0;
  for await (const chunk of stream) octets += chunk.length;
  return octets;
}

async function get(client, url, options) {
  const request = client.get(url, options);
  const [response] = await once(request, "response");
  assert.equal(response.statusCode, 200);
  assert.equal(await length(response), 102400);
}

async function stream(session, headers, body) {
  const request = session.request(headers);
  const response = once(request, "response");
  request.end(body);
  const [head] = await response;
  assert.equal(head[":status"], 200);
  return length(request);
}

async function multiplexed(session) {
  const streams = Array.from({ length: 50 }, () => stream(session, { ":path": "/?size=100k" }));
  assert.deepEqual(await Promise.all(streams), Array(50).fill(102400));
  await stream(session, { ":method": "POST", ":path": "/" }, Buffer.alloc(300000));
  session.close();
}

await get(http, `http://127.0.0.1:${clear}/?size=100k`, {});
await get(https, `https://localhost:${secure}/?size=100k`, { ca });
await multiplexed(http2.connect(`http://127.0.0.1:${clear}`));
const session = http2.connect(`https://localhost:${secure}`, { ca });
await once(session, "connect");
assert.equal(session.alpnProtocol, "h2");
await multiplexed(session);
const response = await fetch(`http://127.0.0.1:${clear}/?size=100k`);
assert.equal((await response.arrayBuffer()).byteLength, 102400);
console.log("node: as expected");
