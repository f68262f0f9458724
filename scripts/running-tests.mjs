/** A reporter for vitest that is silent until asked, by SIGUSR2: then it names the tests that have begun and not ended. */
export default class RunningTests {
  #running = new Map()

  onInit() {
    process.on('SIGUSR2', () => {
      const names = [...this.#running.values()]
      console.error(`running: ${names.length > 0 ? names.join('\n         ') : 'no test'}`)
    })
  }

  onTestModuleStart(module) {
    this.#running.set(module.id, module.moduleId)
  }

  onTestModuleEnd(module) {
    this.#running.delete(module.id)
  }

  onTestCaseReady(test) {
    this.#running.set(test.id, test.fullName)
  }

  onTestCaseResult(test) {
    this.#running.delete(test.id)
  }
}
