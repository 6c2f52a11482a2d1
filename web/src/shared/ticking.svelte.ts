/** The platform's clock as a rune: a reader's own clock may be wrong, and the demo's runs at its own pace. */

const TICK_MS = 15_000;

export class PlatformClock {
  #said = $state({ at: Date.now(), heard: Date.now() });
  #tick = $state(Date.now());

  constructor() {
    $effect(() => {
      const timer = setInterval(() => (this.#tick = Date.now()), TICK_MS);
      return () => clearInterval(timer);
    });
  }

  /** The platform said what time it was when it answered. */
  hear(asOf: string): void {
    const at = Date.parse(asOf);
    if (Number.isNaN(at)) return;
    this.#tick = Date.now();
    this.#said = { at, heard: this.#tick };
  }

  /** The platform's time now, by what it last said and what has passed since. */
  get now(): Date {
    return new Date(this.#said.at + Math.max(0, this.#tick - this.#said.heard));
  }
}
