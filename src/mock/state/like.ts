import { randomFrom } from "../../verify/random.js";

/**
 * Makes texts of the same form as an example: `mem_abc123def456` gives `mem_` and twelve other hexadecimal digits, a
 * UUID another UUID (version 4, RFC 9562). The same seed makes the same texts.
 */
export function createMaker(seed: number): (example: string) => string {
  const random = randomFrom(seed);
  const pick = (characters: string) => characters[Math.floor(random() * characters.length)] ?? "";
  return (example) => {
    if (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(example)) {
      return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, (kind) => pick(kind === "x" ? hex : "89ab"));
    }
    const [, prefix = "", rest = example] = /^(.*[_.:-])([^_.:-]{3,})$/.exec(example) ?? [];
    // Three digits would soon be used up.
    if (/^\d{1,8}$/.test(rest)) return prefix + Array.from({ length: 9 }, () => pick("123456789")).join("");
    const isHex = /^[\da-f]+$/.test(rest);
    return prefix + rest.replace(/[\da-z]/gi, (one) => pick(isHex ? hex : classOf(one)));
  };
}

const hex = "0123456789abcdef";

function classOf(character: string): string {
  if (/\d/.test(character)) return "0123456789";
  const letters = "abcdefghijklmnopqrstuvwxyz";
  return /[a-z]/.test(character) ? letters : letters.toUpperCase();
}
