# Python's standard clients: http.client, urllib and asyncio over TLS with ssl. Arguments: port without TLS, port with TLS, authority.
import asyncio
import http.client
import ssl
import sys
import urllib.request

clear, secure, authority = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
context = ssl.create_default_context(cafile=authority)
body = b"x" * 300_000


def keep_alive(connection):
    for _ in range(3):
        connection.request("GET", "/?size=100k")
        response = connection.getresponse()
        assert response.status == 200 and len(response.read()) == 102_400
    connection.request("POST", "/api/check", body=iter([body[:1], body[1:]]), encode_chunked=True, headers={"Transfer-Encoding": "chunked"})
    response = connection.getresponse()
    assert response.status < 500, response.status
    response.read()
    connection.close()


async def raw():
    reader, writer = await asyncio.open_connection("localhost", secure, ssl=context)
    assert writer.get_extra_info("ssl_object").version() == "TLSv1.3"
    writer.write(b"GET /api/check HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    answer = await reader.read()
    assert answer.startswith(b"HTTP/1.1 200 "), answer
    writer.close()


keep_alive(http.client.HTTPConnection("127.0.0.1", clear))
keep_alive(http.client.HTTPSConnection("localhost", secure, context=context))
for url in (f"http://127.0.0.1:{clear}/?size=1m", f"https://localhost:{secure}/?size=1m"):
    with urllib.request.urlopen(url, context=context if url.startswith("https") else None) as response:
        assert response.status == 200 and len(response.read()) == 1_048_576
asyncio.run(raw())
print("python: as expected")
