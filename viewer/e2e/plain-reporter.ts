import { stripVTControlCharacters } from 'node:util';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** One plain line a test, the reason below a failed one, and `N passed, N failed` at the end. */
export class PlainReporter implements Reporter {
  #passed = 0;
  #failed = 0;

  onTestCaseResult(test: TestCase): void {
    const { state, errors } = test.result();
    if (state === 'passed') this.#passed += 1;
    else if (state === 'failed') this.#failed += 1;
    console.log(`${state === 'passed' ? 'pass' : state === 'failed' ? 'FAIL' : 'skip'}  ${test.fullName}`);
    for (const error of errors ?? []) {
      if (error.diff) console.log(indented(error.diff));
      console.log(indented(error.stack ?? error.message));
    }
  }

  onTestModuleEnd(module: TestModule): void {
    // A file that does not load has no test to fail.
    for (const error of module.errors()) {
      this.#failed += 1;
      console.log(`FAIL  ${module.relativeModuleId}\n${indented(error.stack ?? error.message)}`);
    }
  }

  onTestRunEnd(): void {
    console.log(`${this.#passed} passed, ${this.#failed} failed`);
  }
}

function indented(text: string): string {
  return stripVTControlCharacters(text)
    .split('\n')
    .slice(0, 30)
    .map((line) => `      ${line}`)
    .join('\n');
}
