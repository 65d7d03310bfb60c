r"""Proxies, certificates and your own aiohttp session.

## Proxies

The client uses HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY (with ports and CIDR ranges). To
set a proxy in code, pass `proxy=`; to ignore the environment, pass `trust_env=False`:

```python
from mistral_core import MistralCore

through_a_proxy = MistralCore(proxy="http://user:password@proxy.example.com:3128")
without_a_proxy = MistralCore(trust_env=False)
```

Only HTTP proxies are supported, not SOCKS. Credentials are part of the URL, and never shown; the
netrc file is not read. An error of a proxy names the proxy and the variable or argument that set
it.

## Certificates

To trust the authority of your company, pass a TLS context:

```python
import asyncio
import ssl
from pathlib import Path

import trustme

from mistral_core import MistralCore
from mistral_funcs import models_list

# In place of your company's file:
Path("company-ca.pem").write_bytes(trustme.CA().cert_pem.bytes())


async def main() -> None:
    context = ssl.create_default_context()
    context.load_verify_locations("company-ca.pem")
    async with MistralCore(ssl=context) as client:
        print((await models_list(client)).call.status)


asyncio.run(main())
```

```text
200
```

A certificate that is rejected is an `APIConnectionError` with `sent=False` and is not retried.
`ssl=False` accepts any certificate: use it for local experiments only.

## Connections

Idle connections are kept for at most 4 seconds, and checked before they are used again. A POST on
a connection that the server has just closed is repeated only if it provably never arrived.

## Your own session

A client can use an aiohttp session of yours, and never closes it. The connections of such a
session are not checked as above, and the client cannot be pickled.

```python
import asyncio

import aiohttp

from mistral_core import MistralCore
from mistral_funcs import models_list


async def main() -> None:
    async with aiohttp.ClientSession() as session, MistralCore(session=session) as client:
        print((await models_list(client)).call.status)


asyncio.run(main())
```

```text
200
```
"""
