// Node's own WebSocket client at the address that is the argument; prints what it found.
import { sockets } from "./sockets.mjs";

console.log(JSON.stringify(await sockets(process.argv[2])));
