/** Vitest's own reporters print times, which differ from run to run. */
export default class FailuresReporter {
  /**
   * @param {readonly import("vitest/node").TestModule[]} modules
   * @param {readonly import("vitest").SerializedError[]} unhandled
   */
  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const failed = tests.flatMap((test) =>
      (test.result().errors ?? []).map((error) => `${test.fullName}: ${error.message}`),
    );
    const others = [...modules.flatMap((module) => module.errors()), ...unhandled].map((error) => error.message);
    for (const line of [...failed, ...others]) console.error(line);
  }
}
