// @digitalbazaar/vc: documents with their status lists. It says « verified » of a revoked badge: what the list says
// stands in another place of its answer.

import * as vc from "@digitalbazaar/vc";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import { securityLoader } from "@digitalcredentials/security-document-loader";
import { cases, didAddress, published, tell } from "./cases.mjs";

const contexts = securityLoader({ fetchRemoteContexts: false }).build();

function loader(one) {
    return async (address) => {
        const found = address.startsWith("did:") ? ofIssuer(one, address) : published(one, address);
        return found === undefined
            ? contexts(address)
            : { contextUrl: null, documentUrl: address, document: found };
    };
}

/** The document of an issuer, or one of its keys. */
function ofIssuer(one, address) {
    const [did, key] = address.split("#");
    const document = published(one, didAddress(did));
    if (key === undefined) return document;
    const method = document.verificationMethod.find((method) => method.id === address);
    if (method === undefined) throw new Error(`no key ${address}`);
    return { "@context": "https://w3id.org/security/multikey/v1", ...method };
}

function reasons(answer) {
    const errors = [answer.error, ...(answer.error?.errors ?? []), answer.statusResult?.error];
    return errors.filter(Boolean).map((error) => error.message).join("; ");
}

for (const one of cases) {
    if (one.document === null) continue;
    await tell(one, "document", async () => {
        const credential = JSON.parse(one.document);
        const suite = new DataIntegrityProof({ cryptosuite });
        const answer = await vc.verifyCredential({ credential, suite, documentLoader: loader(one), checkStatus });
        if (!answer.verified) throw new Error(reasons(answer) || "not verified");
        const results = answer.statusResult?.results ?? [];
        if (results.length === 0) throw new Error("the status was not looked at");
        if (results.some((result) => result.status)) throw new Error("revoked");
        return "verified, status false";
    });
}
