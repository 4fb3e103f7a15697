import { answerPaths } from "./kitchen-sink/answers.js";
import { bodyPaths } from "./kitchen-sink/bodies.js";
import { components } from "./kitchen-sink/components.js";
import { parameterPaths } from "./kitchen-sink/parameters.js";

/**
 * A description with one of everything that the case maker and the checks have to cope with. The described APIs use only
 * a part of it, and another part each. Every call makes a new copy, which a test may change.
 */
export function kitchenSink() {
  return structuredClone({
    openapi: "3.2.0",
    info: { title: "Kitchen sink", version: "1.0.0" },
    servers: [{ url: "http://127.0.0.1" }],
    security: [{ key: [] }],
    paths: { ...parameterPaths, ...bodyPaths, ...answerPaths },
    components,
  });
}
