// jose, which knows tokens and nothing of badges: signature and dates, by the published set of keys.

import { createLocalJWKSet, jwtVerify } from "jose";
import { cases, didAddress, published, tell } from "./cases.mjs";

for (const one of cases) {
    if (one.token === null) continue;
    await tell(one, "token", async () => {
        const set = published(one, didAddress(one.issuer).replace("did.json", "jwks.json"));
        const { payload } = await jwtVerify(one.token, createLocalJWKSet(set), { issuer: one.issuer, subject: one.holder });
        return payload.jti;
    });
}
