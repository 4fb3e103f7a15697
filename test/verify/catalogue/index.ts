import type { CatalogueFault } from "./fault.js";
import { HERMES_FAULTS } from "./hermes.js";
import { HERO_FAULTS } from "./hero.js";
import { HEROBRAIN_FAULTS } from "./herobrain.js";
import { HEYCMO_FAULTS } from "./heycmo.js";

/** Every mistake that the verifier is measured by. */
export const CATALOGUE: readonly CatalogueFault[] = [
  ...HERO_FAULTS,
  ...HEROBRAIN_FAULTS,
  ...HEYCMO_FAULTS,
  ...HERMES_FAULTS,
];

export { type CatalogueFault, sentenceOf } from "./fault.js";
