// What WebSocket clients find at an endpoint that echoes; pages and Node run the same.

/** Its kind, its octets and their SHA-256. */
export async function description(payload) {
  const octets = typeof payload === "string" ? new TextEncoder().encode(payload) : new Uint8Array(payload);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", octets));
  const hex = Array.from(digest, (octet) => octet.toString(16).padStart(2, "0")).join("");
  return `${typeof payload === "string" ? "text" : "binary"} ${octets.length} ${hex}`;
}

/** Octets that do not repeat soon. */
export function octets(length) {
  return Uint8Array.from({ length }, (_, index) => (index * 2654435761) >>> 13);
}

/** Sends each payload once the one before is back, then closes; without payloads it is the endpoint that closes. */
function talk(url, payloads) {
  return new Promise((resolve) => {
    const socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    const received = [];
    const go = () => {
      if (received.length < payloads.length) socket.send(payloads[received.length]);
      else if (payloads.length > 0) socket.close(4321, "enough");
    };
    socket.onopen = go;
    socket.onmessage = ({ data }) => {
      received.push(data);
      go();
    };
    socket.onclose = async ({ code, reason, wasClean }) =>
      resolve({ received: await Promise.all(received.map(description)), code, reason, wasClean });
  });
}

export async function sockets(url) {
  const payloads = ["Grüße ⛵", "long ".repeat(40000), octets(256), octets(300000)];
  return {
    sent: await Promise.all(payloads.map(description)),
    closed: await talk(url, payloads),
    closedByEndpoint: await talk(`${url}?close=4001`, []),
  };
}
