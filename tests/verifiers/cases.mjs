// The cases that a verifier is shown, and how its verdicts are told.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

export const cases = JSON.parse(await readFile(join(process.argv[2], "cases.json"), "utf8"));

/** Says what `judge` says: it returns, or it throws. */
export async function tell(one, form, judge) {
    let accepted = true;
    let said;
    try {
        said = await judge();
    } catch (refusal) {
        accepted = false;
        said = refusal?.message ?? String(refusal);
    }
    console.log(JSON.stringify({ case: one.name, form, accepted, said: String(said).slice(0, 800) }));
}

/** What is published at an address of the web of a case, for who asks for JSON; undefined if nothing is. */
export function published(one, address) {
    const answer = one.web[address];
    return answer === undefined ? undefined : JSON.parse(answer.json);
}

/** Where the document of a did:web stands. */
export function didAddress(did) {
    return `https://${did.slice("did:web:".length).replaceAll(":", "/")}/did.json`;
}
